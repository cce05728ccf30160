# ./anydial explain …: how a dialled string is read and routed; needs a running instance for its database.
# shellcheck shell=bash

command_explain() {
  if (($# == 0)); then
    say "usage: ./anydial explain 'DIALLED' --from PHONE|COUNTRY[:AREA] [--json]" >&2
    say "  for example: ./anydial explain '0262006200*082' --from US:212" >&2
    exit 64
  fi
  choose_user
  open_instance "${ANYDIAL_USE:-main}"
  [ -r "$state/instance.env" ] || fail "nothing is set up yet" "./anydial up"
  load_environment
  cli explain "$@"
}
