# The queue that the lanes of `./anydial test` share, and how a lane's end is judged.
# shellcheck shell=bash

given_patterns_when_the_queue_is_filled_then_it_holds_the_matching_e2e_files_only() {
  fill_queue 3 e2e/crash e2e/dtmf
  expect 'files' "$(sort "$queue/files" | paste -sd' ')" 'test/e2e/crash.spec.ts test/e2e/dtmf.spec.ts'
}

given_no_pattern_when_the_queue_is_filled_then_every_e2e_file_is_in_it_once() {
  fill_queue 3
  expect 'files' "$(sort "$queue/files")" "$(cd "$home" && ls test/e2e/*.spec.ts | sort)"
}

given_an_earlier_run_when_the_queue_is_filled_then_nothing_counts_as_taken() {
  fill_queue 3
  mkdir "$queue/taken/crash"
  : >"$queue/results/crash.json"
  fill_queue 3
  expect 'left' "$(ls "$queue/taken" "$queue/results" | grep -c crash || true)" 0
}

given_lanes_when_one_ends_badly_or_without_a_word_then_both_are_failed_checks() {
  (exit 0) &
  lane_pids=([2]=$! [3]=$! [4]=$!)
  echo 0 >"$run/lane-2.code"
  echo 1 >"$run/lane-3.code"
  failed_checks=()
  wait_for_lanes
  expect 'failed' "${failed_checks[*]%% (*}" 'lane 3 lane 4'
}

given_a_file_without_a_result_when_results_are_added_up_then_the_run_has_failed() {
  fill_queue 3 e2e/crash
  local name status=0 output
  for name in unit medium-1 medium-2; do
    printf '{"numPassedTests":3,"numFailedTests":0,"numRuntimeErrorTestSuites":0,"testResults":[]}' >"$queue/results/$name.json"
  done
  output=$(node "$scripts/test-result.cjs" "$queue") || status=$?
  expect 'status' "$status" 1
  expect 'last line' "$(tail -n 1 <<<"$output")" '9 passed, 1 failed'
}
