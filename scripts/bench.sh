# ./anydial bench NAME …: a workload beside its peers (bench/NAME.ts), against an instance of its own that starts empty.
# shellcheck shell=bash

command_bench() {
  local name=${1:-} one
  if [[ ! $name =~ ^[a-z][a-z0-9-]*$ ]] || [ ! -f "$home/bench/$name.ts" ]; then
    say 'usage: ./anydial bench NAME [--json], NAME being one of' >&2
    for one in "$home"/bench/*.ts; do [ ! -f "$one" ] || say "  $(basename "$one" .ts)" >&2; done
    exit 64
  fi
  shift
  {
    prepare_machine
    begin_instance bench 4000
    start_servers empty
  } >&2
  run_ours "$home/dist/bench/$name.js" "$@"
}
