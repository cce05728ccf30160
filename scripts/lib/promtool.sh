# Prometheus' own checker of alert rules: the host's, or that of Debian's package, of which nothing else is unpacked and nothing started.
# shellcheck shell=bash

promtool_cache=/var/cache/anydial/promtool

# The path of a promtool; fails where there is none.
promtool_path() {
  command -v promtool || { [ -x "$promtool_cache" ] && printf '%s' "$promtool_cache"; }
}

# For `test`. Without it the rules are still held against a real scrape, and against the handbook.
need_promtool() {
  ! promtool_path >/dev/null && running_as_root && command -v apt-get >/dev/null || return 0
  local status=0
  run_step "promtool" "$setup_log" unpack_promtool
  ((status == 0)) || say '  promtool could not be fetched: the alert rules are not tried out'
}

unpack_promtool() {
  local place
  place=$(mktemp -d /tmp/anydial-promtool.XXXXXX)
  # shellcheck disable=SC2064
  trap "rm -rf '$place'" EXIT
  cd "$place"
  apt-get download prometheus || { apt-get update -q && apt-get download prometheus; }
  dpkg-deb --fsys-tarfile prometheus_*.deb | tar -x ./usr/bin/promtool
  install -D -m 0755 usr/bin/promtool "$promtool_cache"
}
