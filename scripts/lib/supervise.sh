# Keeps the servers running: one that dies is started again, at once the first time, then after 1, 2, 4 … 30 s.
# shellcheck shell=bash

declare -A started_at=() restarts=() due=()

# supervise [UNTIL]: returns when the process UNTIL has ended, with its exit code; without it, never.
supervise() {
  local until=${1:-} ended status name
  for name in "${!service_pid[@]}"; do started_at[$name]=$EPOCHSECONDS; done
  while true; do
    status=0
    # stderr: bash's own remark about killed children.
    wait -n -p ended 2>/dev/null || status=$?
    # 127: nothing left to wait for.
    ((status != 127)) || fail "no server is left to look after" "read the logs in $log"
    [ -n "${ended:-}" ] || continue
    [ "$ended" != "$until" ] || return "$status"
    if [ -n "${due[$ended]:-}" ]; then
      name=${due[$ended]}
      unset "due[$ended]"
      say "$(clock) $name: starting it again"
      restart_service "$name"
      continue
    fi
    for name in "${!service_pid[@]}"; do
      [ "${service_pid[$name]}" != "$ended" ] || plan_restart "$name" "$status"
    done
  done
}

# sysexits.h EX_CONFIG: a program that says so would only fail again. EX_NOPERM from our application: another exchange steers this
# Asterisk now; started again, the two would take it from each other in turns.
readonly exit_config=78 exit_replaced=77

plan_restart() {
  local name=$1 status=$2 pause
  unset "service_pid[$name]"
  ((EPOCHSECONDS - started_at[$name] < 60)) || restarts[$name]=0
  pause=$((restarts[$name] == 0 ? 0 : 1 << (restarts[$name] - 1)))
  ((pause <= 30)) || pause=30
  restarts[$name]=$((restarts[$name] + 1))
  if ((status == exit_config)); then
    say "$(clock) $name ended: its configuration is not usable. See $(shown_path "$log/$name.log")"
    return
  fi
  if ((status == exit_replaced)); then
    say "$(clock) $name ended: another exchange steers this Asterisk now. See $(shown_path "$log/$name.log")"
    return
  fi
  say "$(clock) $name ended (code $status); next start in $pause s. Log: $(shown_path "$log/$name.log")"
  (close_own_files && exec sleep "$pause") &
  due[$!]=$name
}

restart_service() {
  "start_$1"
  started_at[$1]=$EPOCHSECONDS
}

clock() { printf '%(%H:%M:%S)T' -1; }
