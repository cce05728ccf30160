# ./anydial test [PATTERN…]: lint, types, and every suite against instances of its own that start empty. With patterns: only the
# test files whose path matches one of them, in one instance, and nothing else.
# shellcheck shell=bash

command_test() {
  local clean_before=no lanes=${ANYDIAL_TEST_LANES:-3}
  (($# == 0)) || lanes=1
  [[ $lanes =~ ^[1-9]$ ]] || fail "ANYDIAL_TEST_LANES is '$lanes'" "a number from 1 to 9: how many instances share the e2e tests"
  ! tree_is_clean || clean_before=yes
  # Read by need_sounds, link_data and need_packages.
  # shellcheck disable=SC2034
  sounds_folder=sounds-quick speech_rate=300 with_browser=yes
  say 'Anydial: setting up'
  prepare_machine
  (($# > 0)) || need_promtool
  cd "$home"
  # A failure of these three does not keep the suites from running: one run shows all that is wrong.
  if (($# == 0)); then
    check "Lint" "${as_owner[@]}" npm run --silent lint
    check "Types" "${as_owner[@]}" npm run --silent typecheck
    check "The entry's own tests" bash "$scripts/test/run.sh"
  fi
  begin_instance test 1000
  fill_queue "$lanes" "$@"
  start_lanes "$lanes"
  start_servers empty
  start_suites 1 "$lanes" "$@"
  supervise "$suites_pid" || failed_checks+=(suites)
  wait_for_lanes
  fail_on_leftovers
  if [ "$clean_before" = yes ] && ! tree_is_clean; then
    git -C "$home" status --short >&2
    fail "the tests changed the checkout" "write only below ANYDIAL_STATE_DIR or the system's temporary directory"
  fi
  print_result
  ((${#failed_checks[@]} == 0))
}

failed_checks=()
check() {
  local title=$1 status=0
  shift
  run_step "$title" "$setup_log" "$@"
  ((status == 0)) || failed_checks+=("$title")
}

tree_is_clean() {
  git -C "$home" rev-parse --is-inside-work-tree >/dev/null 2>&1 && [ -z "$(git -C "$home" status --porcelain)" ]
}

# The last lines of all: what CI and people read. A file of the queue without a result counts as failed.
print_result() {
  local failed=0
  "${as_reader[@]}" node "$scripts/test-result.cjs" "$queue" "${failed_checks[@]}" || failed=$?
  ((failed == 0)) || [[ " ${failed_checks[*]} " == *" suites "* ]] || failed_checks+=(suites)
}
