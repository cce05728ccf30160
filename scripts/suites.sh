#!/usr/bin/env bash
# usage: suites.sh first QUEUE [PATTERN…] | suites.sh more QUEUE
# The jest runs of one lane of `./anydial test`, in its instance's environment. `first`: unit in parallel, then medium, one file after
# the other because they share the servers; both then take e2e files from QUEUE until none is left. Counts go to QUEUE/results/.
# With patterns: only the test files whose path matches one of them.
set -uo pipefail
lane=$1 queue=$2
shift 2
failed=0
patterns=()
(($# == 0)) || patterns=(--passWithNoTests --testPathPatterns "$@")

# jest_run PROJECT NAME ARGUMENT…: the result is in QUEUE/results/NAME.json. The cache of compiled files is every lane's.
jest_run() {
  local project=$1 name=$2
  shift 2
  node --experimental-vm-modules --no-warnings node_modules/jest/bin/jest.js --selectProjects "$project" --ci \
    --cacheDirectory="$queue/jest-cache" --json --outputFile="$queue/results/$name.json" "$@"
}

suite() {
  local project=$1
  shift
  printf '\n%s\n' "$project"
  jest_run "$project" "$project" "${patterns[@]}" "$@" || failed=1
}

# Each file in one piece, so that lanes do not talk into each other's sentences.
e2e_file() {
  local file=$1 name=$2 output status=0
  output=$(mktemp)
  jest_run e2e "$name" --runInBand --runTestsByPath "$file" >"$output" 2>&1 || status=1
  flock "$queue/talking" grep -vE '^(Running one project|Ran all test suites|Test results written|Snapshots:|Test Suites:|$)' "$output"
  rm -f "$output"
  return "$status"
}

# QUEUE/files: paths, the longest first. A file is a lane's once it has made the directory of its name.
take_from_queue() {
  local file name
  while read -r file; do
    name=$(basename "$file" .spec.ts)
    mkdir "$queue/taken/$name" 2>/dev/null || continue
    e2e_file "$file" "$name" || failed=1
  done <"$queue/files"
}

if [ "$lane" = first ]; then
  suite unit
  suite medium --runInBand
fi
take_from_queue
exit "$failed"
