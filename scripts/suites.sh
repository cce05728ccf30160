#!/usr/bin/env bash
# usage: suites.sh [PATTERN…]: only the test files whose path matches one of these.
# The three jest runs of `./anydial test`, in the instance's environment. unit in parallel; medium and e2e one file after the
# other, because they share the servers. Each leaves its counts in $ANYDIAL_STATE_DIR/suites-<project>.json.
set -uo pipefail
failed=0
patterns=()
(($# == 0)) || patterns=(--passWithNoTests --testPathPatterns "$@")
suite() {
  local project=$1
  shift
  printf '\n%s\n' "$project"
  node --experimental-vm-modules --no-warnings node_modules/jest/bin/jest.js --selectProjects "$project" --ci \
    --cacheDirectory="$ANYDIAL_STATE_DIR/jest-cache" --json --outputFile="$ANYDIAL_STATE_DIR/suites-$project.json" "${patterns[@]}" "$@" || failed=1
}
suite unit
suite medium --runInBand
suite e2e --runInBand
exit "$failed"
