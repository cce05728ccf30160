# ./anydial lane NUMBER LANES QUEUE: started by `./anydial test`, not by people. A further test instance that takes e2e files from QUEUE; the
# tests' output goes to file descriptor 3.
# shellcheck shell=bash

command_lane() {
  # That mark is for us alone: what we start, the guard among it, is this lane's.
  export -n ANYDIAL_BELONGS_TO
  (($# == 3)) && [[ $1$2 =~ ^[2-9][2-9]$ ]] && [ -r "$3/files" ] || fail "lane: started by hand" "./anydial test"
  # Read by need_sounds and link_data.
  # shellcheck disable=SC2034
  sounds_folder=sounds-quick speech_rate=300
  prepare_machine
  cd "$home"
  begin_instance "test-$1" 1000
  start_servers empty
  queue=$3
  local status=0
  start_suites "$1" "$2" >&3 2>&1
  supervise "$suites_pid" || status=$?
  fail_on_leftovers
  # Failed tests are told by their results; a lane fails for other reasons.
  ((status <= 1))
}
