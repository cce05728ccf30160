#!/usr/bin/env bash
# Tests of ./anydial's own parts: every function named given_* in the files beside this one, each in a subshell with an empty
# directory ($place). usage: run.sh [PATTERN]
set -Eeuo pipefail
shopt -s inherit_errexit
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
scripts=$home/scripts
for part in "$scripts"/lib/*.sh "$scripts"/test/*.spec.sh; do
  # shellcheck source=/dev/null
  source "$part"
done

# expect WHAT ACTUAL EXPECTED
expect() {
  [ "$2" = "$3" ] || {
    printf '    %s: expected "%s", got "%s"\n' "$1" "$3" "$2"
    exit 1
  }
}

passed=0 failed=0
for name in $(compgen -A function given_); do
  [[ $name == *${1:-}* ]] || continue
  place=$(mktemp -d /tmp/anydial-test.XXXXXX)
  # In the background: after && or || bash would ignore every failing line of the test.
  (
    # No part of the test may run as another user: what is tested is the same, and CI may not be root.
    # shellcheck disable=SC2317
    running_as_root() { false; }
    state=$place run=$place/run log=$place/log instance=test
    mkdir -p "$run" "$log"
    # Two runs at once on one machine test their own locks.
    port_locks=$place
    "$name"
  ) >"$place/output" 2>&1 &
  status=0
  wait "$!" || status=$?
  if ((status == 0)); then
    passed=$((passed + 1))
    printf '  ok      %s\n' "${name//_/ }"
  else
    failed=$((failed + 1))
    printf '  FAILED  %s\n' "${name//_/ }"
    sed 's/^/    | /' "$place/output"
  fi
  # What a failed test left behind.
  for pid in $(processes_below "$place"); do kill -KILL "$pid"; done
  rm -rf "$place"
done
printf '%d passed, %d failed\n' "$passed" "$failed"
((failed == 0 && passed > 0))
