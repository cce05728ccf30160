# ./anydial test: lint, types, and every suite against an instance of its own that starts empty.
# shellcheck shell=bash

command_test() {
  (($# == 0)) || fail "test takes no arguments" "run one suite with: npm run test:unit -- <path>"
  local clean_before=no
  ! tree_is_clean || clean_before=yes
  say 'Anydial: setting up'
  prepare_machine
  cd "$home"
  step "Lint" "$setup_log" "${as_owner[@]}" npm run --silent lint
  step "Types" "$setup_log" "${as_owner[@]}" npm run --silent typecheck
  begin_instance test 1000
  step "The entry's own tests" "$log/entry.log" bash "$scripts/test/run.sh"
  start_servers empty
  say 'Suites'
  start_suites
  local status=0
  supervise "$suites_pid" || status=$?
  end_everything
  [ -z "$(processes_below "$state")" ] || fail "processes are left over: $(processes_below "$state")" "read $log"
  if [ "$clean_before" = yes ] && ! tree_is_clean; then
    git -C "$home" status --short >&2
    fail "the tests changed the checkout" "write only below ANYDIAL_STATE_DIR or the system's temporary directory"
  fi
  print_result
  return "$status"
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
    exec setsid "${as_reader[@]}" env --default-signal=INT,QUIT bash "$scripts/suites.sh"
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
    console.log(`\n${passed} passed, ${failed} failed`);' "$state"
}
