# ./anydial test [PATTERN…]: lint, types, and every suite against an instance of its own that starts empty. With patterns: only the
# test files whose path matches one of them, and nothing else.
# shellcheck shell=bash

command_test() {
  local clean_before=no
  ! tree_is_clean || clean_before=yes
  # Read by need_sounds and link_data.
  # shellcheck disable=SC2034
  sounds_folder=sounds-quick speech_rate=300
  say 'Anydial: setting up'
  prepare_machine
  cd "$home"
  # A failure of these three does not keep the suites from running: one run shows all that is wrong.
  if (($# == 0)); then
    check "Lint" "${as_owner[@]}" npm run --silent lint
    check "Types" "${as_owner[@]}" npm run --silent typecheck
    check "The entry's own tests" bash "$scripts/test/run.sh"
  fi
  begin_instance test 1000
  start_servers empty
  start_suites "$@"
  supervise "$suites_pid" || failed_checks+=(suites)
  fail_on_leftovers
  if [ "$clean_before" = yes ] && ! tree_is_clean; then
    git -C "$home" status --short >&2
    fail "the tests changed the checkout" "write only below ANYDIAL_STATE_DIR or the system's temporary directory"
  fi
  print_result
  ((${#failed_checks[@]} == 0))
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

suites_pid=''
start_suites() {
  rm -f "$state"/suites-*.json
  (
    close_own_files
    clean_environment instance
    cd "$home"
    exec setsid "${as_reader[@]}" env --default-signal=INT,QUIT bash "$scripts/suites.sh" "$@"
  ) </dev/null &
  suites_pid=$!
  printf '%s %s\n' "$suites_pid" "$(start_time "$suites_pid")" >"$run/suites.pid"
}

# The last line of all: what CI and people read.
print_result() {
  # shellcheck disable=SC2016
  "${as_reader[@]}" node -e '
    let passed = 0, failed = 0;
    for (const project of ["unit", "medium", "e2e"]) {
      try {
        const one = JSON.parse(require("node:fs").readFileSync(`${process.argv[1]}/suites-${project}.json`, "utf8"));
        passed += one.numPassedTests;
        failed += one.numFailedTests + one.numRuntimeErrorTestSuites;
      } catch { failed += 1; }
    }
    const [, , ...checks] = process.argv;
    failed += checks.filter((one) => one !== "suites").length;
    console.log(checks.length > 0 ? `\nfailed: ${checks.join(", ")}` : "");
    console.log(`${passed} passed, ${failed} failed`);' "$state" "${failed_checks[@]}"
}
