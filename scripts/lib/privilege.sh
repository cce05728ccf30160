# Who runs what. Root only prepares the machine; every server runs as the system user `anydial` (or as whoever called us).
# Builds run as the owner of the checkout, so that no root-owned files appear in somebody's tree.
# shellcheck shell=bash

# Prefixes of commands, set by choose_user: as_service for servers that need nothing of the checkout, as_reader for those
# that read it (Node, jest), as_owner for builds.
as_service=() as_reader=() as_owner=()
service_user=$(id -un)

running_as_root() { ((EUID == 0)); }

# as_root COMMAND…: the two places that need it: Debian packages and Asterisk's root folder.
as_root() {
  if running_as_root; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "this needs root: $*" "run it as root once, or install sudo; everything else runs without"
  fi
}

# Before a step that uses as_root: sudo asks for its password here, in the foreground, not behind the step's log.
ask_for_root() {
  running_as_root || ! command -v sudo >/dev/null || sudo -v || fail "sudo refuses" "run ./anydial as root once"
}

choose_user() {
  running_as_root || return 0
  service_user=anydial
  if ! getent passwd anydial >/dev/null; then
    useradd --system --user-group --home-dir /var/lib/anydial --shell /usr/sbin/nologin anydial
  fi
  install -d -m 0755 -o anydial -g anydial /var/lib/anydial
  local -a become=(setpriv --reuid anydial --regid anydial --clear-groups --no-new-privs)
  as_service=("${become[@]}" --inh-caps=-all --bounding-set=-all)
  choose_reader
  local owner
  owner=$(stat -c %u "$home")
  ((owner == 0)) || as_owner=(setpriv --reuid "$owner" --regid "$(stat -c %g "$home")" --init-groups)
}

# A checkout below a 0700 directory (CI, /root) is closed to the user anydial. Then the processes that read it keep exactly
# one capability: reading past permissions. Nothing else of root is left to them. Without no_setuid_fixup access(2), and so
# Node's existsSync, would ignore it.
choose_reader() {
  as_reader=("${as_service[@]}")
  checkout_is_open && return
  # shellcheck disable=SC2054
  as_reader=("${become[@]}" --inh-caps=-all,+dac_read_search --ambient-caps=-all,+dac_read_search
    --bounding-set=-all,+dac_read_search --securebits=+no_setuid_fixup,+no_setuid_fixup_locked)
  "${as_reader[@]}" head -c 1 "$home/package.json" >/dev/null 2>&1 ||
    fail "the user anydial cannot read this checkout, and this machine does not let root pass that one right on" \
      "move the checkout to where everybody may read (for example /opt/anydial), or chmod a+x the directories above $home"
}

checkout_is_open() { ! running_as_root || "${as_service[@]}" head -c 1 "$home/package.json" >/dev/null 2>&1; }
