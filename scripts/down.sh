# ./anydial down: ends `up`, wherever it runs, and whatever an earlier run left behind.
# shellcheck shell=bash

command_down() {
  choose_user
  open_instance main
  local pid
  if pid=$(recorded_pid anydial); then
    end_process "$pid" TERM 60
    say 'Ended.'
  elif [ -n "$(processes_below "$state")" ]; then
    end_everything
    say 'Ended what an earlier run had left.'
  else
    say 'Nothing is running.'
  fi
}
