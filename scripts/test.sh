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
  summarise
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
# Unit and medium in parallel workers, e2e one after the other (they share the Asterisks); one jest, one summary.
start_suites() {
  (
    close_own_files
    clean_environment instance
    cd "$home"
    exec setsid "${as_reader[@]}" env --default-signal=INT,QUIT node --experimental-vm-modules --no-warnings \
      "$home/node_modules/jest/bin/jest.js" --runInBand --json --outputFile="$state/suites.json" \
      --cacheDirectory="$state/tmp/jest"
  ) </dev/null &
  suites_pid=$!
  printf '%s %s\n' "$suites_pid" "$(start_time "$suites_pid")" >"$run/suites.pid"
}
