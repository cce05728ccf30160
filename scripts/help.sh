# ./anydial help
# shellcheck shell=bash

command_help() {
  cat <<'EOF'
usage: ./anydial COMMAND

Running it
  up [--detach]          set up what is missing, start everything, place the proof calls; Ctrl-C ends it
  down                   end what `up` started
  restart                a new process in place of the application; calls go on
  doctor [INSTANCE]      check every part, and say how to mend what is wrong

Looking at it
  demo [--json]          the proof calls: phone to phone, phone to PSTN gateway
  explain STRING --from PHONE|COUNTRY
                         how a dialled string is read and routed, step by step, without a call

Keeping it
  backup FILE            database, recordings and voice messages with their checksums; --seal-with FILE: secrets, too
  restore FILE           into an instance that holds nothing yet
  rehearse-restore FILE  restores it beside the running one, checks the books, places a call there, takes it away again

Working on it
  test [PATTERN…]        everything that is checked: lint, types, unit, medium and e2e suites; with patterns only the matching files
  bench NAME             workloads beside their peers (bench/)

State, secrets and logs of an instance are in .anydial/<instance>/ (main: up; test: test). ANYDIAL_USE=<instance> makes commands act on
another than main. What to do when: docs/handbook.md.
EOF
  [ "${1:-}" != --usage-error ] || exit 64
}
