# shellcheck shell=bash

# A server of the test's instance: sets $server.
serve() {
  (close_own_files && mark_as_ours && exec sleep 1000) &
  server=$!
  until [ -n "$(processes_below "$state")" ]; do sleep 0.02; done
}

given_a_pid_file_of_a_process_that_is_gone_when_read_then_nothing_runs() {
  sleep 0 &
  printf '%s %s\n' "$!" "$(start_time $!)" >"$run/app.pid"
  wait
  expect running "$(is_running app && echo yes || echo no)" no
}

given_a_pid_that_another_process_has_today_when_read_then_it_is_not_ours_and_not_ended() {
  sleep 1000 &
  local stranger=$!
  # shellcheck disable=SC2064
  trap "kill $stranger" EXIT
  printf '%s %s\n' "$stranger" "$(($(start_time $stranger) - 1))" >"$run/app.pid"
  expect running "$(is_running app && echo yes || echo no)" no
  end_everything
  kill -0 "$stranger"
}

given_an_orphan_without_a_pid_file_when_everything_is_ended_then_it_is_found_and_ended() {
  serve
  end_everything
  expect left "$(processes_below "$state")" ''
}

given_a_server_of_another_instance_when_everything_is_ended_then_it_lives_on() {
  serve
  (state=$place-other end_everything)
  kill -0 "$server"
  end_everything
}

given_a_server_that_ignores_term_when_ended_then_it_is_killed() {
  (mark_as_ours && exec bash -c 'trap "" TERM; echo up >"$0"; while :; do sleep 1; done' "$place/up") &
  local stubborn=$!
  until [ -s "$place/up" ]; do sleep 0.02; done
  end_process "$stubborn" TERM 1
  expect running "$(kill -0 "$stubborn" 2>/dev/null && is_same "$stubborn" "$(start_time "$stubborn")" && echo yes || echo no)" no
}

given_anydial_killed_without_a_word_when_its_guard_notices_then_its_servers_are_ended() {
  local main
  (
    lock_instance
    start_guard
    serve
    echo "$server" >"$place/server"
    exec sleep 1000
  ) &
  main=$!
  until [ -s "$place/server" ]; do sleep 0.02; done
  kill -KILL "$main"
  # The guard holds the instance's lock until it has ended everything.
  exec {guarded}>>"$run/lock"
  flock -w 10 "$guarded"
  expect left "$(processes_below "$state")" ''
}

given_a_running_instance_when_started_again_then_it_is_refused() {
  (
    lock_instance
    touch "$place/locked"
    exec sleep 1000
  ) &
  local first=$!
  until [ -e "$place/locked" ]; do sleep 0.02; done
  expect second "$( (lock_instance) >/dev/null 2>&1 && echo started || echo refused)" refused
  kill "$first"
}
