# ./anydial restart: a new application process. The old one says that it is not ready, takes no new call, finishes its requests and jobs, and
# ends within 14 s; calls that ring or talk go on in Asterisk, and the new process takes them up.
# shellcheck shell=bash

command_restart() {
  local old began=$EPOCHREALTIME
  (($# == 0)) || fail "restart takes no arguments" "./anydial restart"
  choose_user
  open_instance "${ANYDIAL_USE:-main}"
  old=$(recorded_pid app) || fail "the application does not run" "./anydial up"
  load_environment
  kill -s TERM "$old"
  # Whoever supervises it (./anydial up) starts the next one as soon as this one is gone.
  local deadline=$((SECONDS + 60)) now=''
  until now=$(recorded_pid app) && [ "$now" != "$old" ]; do
    ((SECONDS < deadline)) || fail "no new process came within a minute" "read $log/app.log and $log/up.log"
    sleep 0.05
  done
  wait_for_app
  say "Process $old was followed by $now; ready again after $(seconds_since "$began")."
}
