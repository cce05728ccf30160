# ./anydial help
# shellcheck shell=bash

command_help() {
  cat <<'EOF'
usage: ./anydial COMMAND

  up [--detach]    set up what is missing, start everything, place the proof calls; Ctrl-C ends it
  down             end what `up` started
  demo [--json]    the proof calls: phone to phone, phone to PSTN gateway
  explain STRING   how a dialled string is read and routed, step by step
  test [PATTERN…]  everything that is checked: lint, types, unit, medium and e2e suites; with patterns only the matching test files
  bench NAME       workloads beside their peers (bench/)
  doctor           check every part, and say how to mend what is wrong

State, secrets and logs of an instance are in .anydial/<instance>/ (main: up; test: test).
EOF
  [ "${1:-}" != --usage-error ] || exit 64
}
