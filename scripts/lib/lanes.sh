# Lanes: e2e tests wait for telephones most of their time, so several instances (test, test-2, …) work through them side by side.
# The files stand in one queue; each lane takes the next one when it has finished one.
# shellcheck shell=bash

queue='' suites_pid=''
declare -a lane_pids=()

# fill_queue LANES [PATTERN…]: a new queue in this instance's state, with the e2e files (matching a pattern), those with the most tests
# first, and the names of the other runs.
fill_queue() {
  local lanes=$1
  shift
  queue=$state/queue
  local kept_cache=$queue/jest-cache file
  rm -rf "$queue"/{files,taken,results}
  own_directory "$queue"
  for file in "$queue"/{taken,results} "$kept_cache"; do own_directory "$file"; done
  : >"$queue/talking"
  : >"$queue/files"
  printf '%s\n' unit medium-1 >"$queue/runs"
  ((lanes == 1)) || echo medium-2 >>"$queue/runs"
  ! running_as_root || chown "$service_user:" "$queue"/{talking,files}
  (cd "$home" && grep -cE '^ *(it|test)(\.each\S*)?\(' test/e2e/*.spec.ts) | matching "$@" | sort -t: -k2,2nr -k1,1 | cut -d: -f1 >>"$queue/files"
}

matching() {
  if (($# == 0)); then cat; else
    local IFS='|'
    grep -E "^[^:]*($*)" || true
  fi
}

# start_lanes COUNT: COUNT - 1 further instances, each run by a process of its own that ends when this one does (by its mark).
start_lanes() {
  local number
  for ((number = 2; number <= $1; number++)); do
    rm -f "$run/lane-$number.code"
    (
      close_own_files
      mark_as_ours
      code=0
      # 3: where the tests' output goes; the lane's own steps go to a log.
      setsid "$home/anydial" lane "$number" "$1" "$queue" 3>&1 >"$log/lane-$number.log" 2>&1 || code=$?
      printf '%s\n' "$code" >"$run/lane-$number.code"
    ) </dev/null &
    lane_pids[number]=$!
  done
}

# wait_for_lanes: adds the lanes that did not end well to failed_checks.
wait_for_lanes() {
  local number
  for number in "${!lane_pids[@]}"; do
    # `supervise` may have heard of its end already: the code is in a file.
    wait "${lane_pids[$number]}" 2>/dev/null || true
    [ "$(cat "$run/lane-$number.code" 2>/dev/null)" = 0 ] || failed_checks+=("lane $number ($(shown_path "$log/lane-$number.log"))")
  done
  lane_pids=()
}

# start_suites LANE LANES [PATTERN…]: the jest runs of this instance, in the background ($suites_pid).
start_suites() {
  (
    close_own_files
    clean_environment instance
    cd "$home"
    exec setsid "${as_reader[@]}" env --default-signal=INT,QUIT bash "$scripts/suites.sh" "$1" "$2" "$queue" "${@:3}"
  ) </dev/null &
  suites_pid=$!
  printf '%s %s\n' "$suites_pid" "$(start_time "$suites_pid")" >"$run/suites.pid"
}

# What still lives when the servers have ended was started by a test.
fail_on_leftovers() {
  end_servers
  local left
  left=$(processes_below "$state")
  [ -n "$left" ] || return 0
  local pid
  for pid in $left; do printf '  %s %s\n' "$pid" "$(tr '\0' ' ' <"/proc/$pid/cmdline")" >&2; done
  fail "tests left processes behind" "end in the test what the test starts"
}
