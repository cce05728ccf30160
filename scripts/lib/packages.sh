# Debian packages: the one list. Only what is missing is installed, and no service of the system is started or changed.
# shellcheck shell=bash

# A command that proves the package, and the package. PostgreSQL is looked up by postgres_bin.
readonly -A package_of=(
  [redis-server]=redis-server
  [pgbouncer]=pgbouncer
  [debootstrap]=debootstrap
  [sipp]=sip-tester
  [sox]=sox
  [espeak-ng]=espeak-ng
  [openssl]=openssl
  [flock]=util-linux
  [setpriv]=util-linux
  [npm]=npm
  [curl]=curl
  [jq]=jq
)

# Browser tests need them, a service does not: `test` sets with_browser before it prepares the machine.
with_browser=
readonly -A browser_package_of=(
  [/usr/bin/chromium]=chromium
  [/usr/lib/chromium/chromium-headless-shell]=chromium-headless-shell
  [/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc]=fonts-noto-cjk
)

missing_packages() {
  local tool file
  for tool in "${!package_of[@]}"; do
    command -v "$tool" >/dev/null || [ -x "/usr/sbin/$tool" ] || printf '%s\n' "${package_of[$tool]}"
  done
  [ -n "$(postgres_bin)" ] || printf 'postgresql\n'
  [ -n "$with_browser" ] || return 0
  for file in "${!browser_package_of[@]}"; do
    [ -e "$file" ] || printf '%s\n' "${browser_package_of[$file]}"
  done
}

need_packages() {
  local missing
  mapfile -t missing < <(missing_packages | sort -u)
  ((${#missing[@]} > 0)) || return 0
  command -v apt-get >/dev/null ||
    fail "missing programs, and this is no Debian: ${missing[*]}" "install them by hand (names are Debian's packages)"
  say "  installing Debian packages: ${missing[*]}"
  ask_for_root
  step "Debian packages" "$setup_log" install_packages "${missing[@]}"
}

# PostgreSQL's and Redis' packages would make and start servers of the system. We bring our own, so: no main cluster, and
# nothing is started or enabled that this installation brought.
install_packages() {
  local policy=/usr/sbin/policy-rc.d cluster=/etc/postgresql-common/createcluster.conf
  # Also when interrupted: the machine's owner must find both as they were.
  trap 'restore_package_settings' EXIT
  if [ ! -e "$policy" ]; then
    restore=("$policy")
    as_root sh -c "printf '#!/bin/sh\nexit 101\n' >$policy && chmod 0755 $policy"
  fi
  if [ ! -e "$cluster" ]; then
    restore+=("$cluster")
    as_root sh -c "mkdir -p ${cluster%/*} && echo 'create_main_cluster = false' >$cluster"
  fi
  as_root apt-get update -q
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends \
    -o Dpkg::Options::=--force-confold "$@"
  if [[ " $* " == *' redis-server '* ]] && [ -d /run/systemd/system ]; then
    as_root systemctl disable --quiet redis-server || true
  fi
}

restore=()
restore_package_settings() {
  local file
  for file in "${restore[@]}"; do
    if [ -e "$file.ucf-dist" ]; then as_root mv "$file.ucf-dist" "$file"; else as_root rm -f "$file"; fi
  done
}
