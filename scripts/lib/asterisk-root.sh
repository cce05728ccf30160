# Which Asterisk: the host's own if it is 22.10.1 or newer, else Debian unstable's, unpacked once per machine and run by its own
# dynamic loader, without chroot and without root (docs/adr/0002).
# shellcheck shell=bash

readonly oldest_asterisk=22.10.1
readonly asterisk_cache=${ANYDIAL_ASTERISK_ROOT:-/var/cache/anydial/asterisk-22}
readonly asterisk_packages=asterisk,asterisk-modules,asterisk-config,asterisk-core-sounds-en-gsm

# Set by choose_asterisk: how to run it, its modules and its data. Capital names are variables of the templates.
asterisk_program=() ASTERISK_ROOT='' asterisk_modules='' asterisk_data='' asterisk_version=''

choose_asterisk() {
  use_asterisk_of_host && return
  use_asterisk_of_root && return
  [ -z "$asterisk_version" ] || say "  Asterisk $asterisk_version is not the 22 (>= $oldest_asterisk) that we need"
  return 1
}

use_asterisk_of_host() {
  local program
  program=$(command -v asterisk) || return 1
  asterisk_program=("$program")
  ASTERISK_ROOT=/
  asterisk_modules=$(first_directory /usr/lib/*/asterisk/modules /usr/lib/asterisk/modules /usr/lib64/asterisk/modules)
  asterisk_data=$(first_directory /usr/share/asterisk /var/lib/asterisk)
  version_is_right
}

use_asterisk_of_root() {
  local root=$asterisk_cache loader libraries
  [ -x "$root/usr/sbin/asterisk" ] || return 1
  loader=$(first_file "$root"/lib64/ld-linux-x86-64.so.2 "$root"/lib/ld-linux-aarch64.so.1)
  libraries=$(first_directory "$root"/usr/lib/*-linux-gnu)
  ASTERISK_ROOT=$root
  asterisk_program=("$loader" --library-path "$libraries" "$root/usr/sbin/asterisk")
  asterisk_modules=$libraries/asterisk/modules
  asterisk_data=$root/usr/share/asterisk
  version_is_right
}

# Asterisk 22 from 22.10.1: earlier ones dead-lock under ARI load (asterisk#1962); another major is another ARI.
version_is_right() {
  asterisk_version=$("${asterisk_program[@]}" -V 2>/dev/null | grep -oE '[0-9]+(\.[0-9]+)+' | head -n 1) || return 1
  [[ $asterisk_version == "${oldest_asterisk%%.*}".* ]] &&
    [ "$(printf '%s\n' "$oldest_asterisk" "$asterisk_version" | sort -V | head -n 1)" = "$oldest_asterisk" ]
}

first_directory() {
  local one
  for one; do [ ! -d "$one" ] || { printf '%s' "$one" && return; }; done
}
first_file() {
  local one
  for one; do [ ! -e "$one" ] || { printf '%s' "$one" && return; }; done
}

need_asterisk() {
  ! choose_asterisk || return 0
  [ -z "${ANYDIAL_ASTERISK_ROOT:-}" ] ||
    fail "no Asterisk $oldest_asterisk or newer below ANYDIAL_ASTERISK_ROOT=$asterisk_cache" "unset it, or point it to a newer one"
  running_as_root || command -v sudo >/dev/null ||
    fail "Asterisk 22 (>= $oldest_asterisk) is not on this machine, and unpacking it needs root once" \
      "as root: $home/anydial up (once; it fills $asterisk_cache for everybody), or install Asterisk >= $oldest_asterisk"
  say "  unpacking Asterisk 22 from Debian unstable into $asterisk_cache (once per machine, about 500 MB, a minute)"
  ask_for_root
  step "Asterisk 22" "$setup_log" unpack_asterisk
  choose_asterisk ||
    fail "Debian unstable has Asterisk ${asterisk_version:-(none)} today, but we need 22 from $oldest_asterisk" \
      "install Asterisk >= $oldest_asterisk on this machine, or set ANYDIAL_ASTERISK_ROOT to a root folder that has it"
}

# One at a time on the machine, and never half a folder under the final name.
unpack_asterisk() {
  local new=$asterisk_cache.new
  as_root mkdir -p "${asterisk_cache%/*}"
  # shellcheck disable=SC2016
  as_root flock "${asterisk_cache%/*}" bash -c '
    set -euo pipefail
    [ ! -x "$1/usr/sbin/asterisk" ] || [ -n "$4" ] || exit 0
    umask 022
    rm -rf "$2"
    debootstrap --variant=minbase --include="$3" sid "$2" http://deb.debian.org/debian
    rm -rf "$2"/var/cache/apt/archives/*.deb "$1"
    mv "$2" "$1"' - "$asterisk_cache" "$new" "$asterisk_packages" "$asterisk_version"
}
