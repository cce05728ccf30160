#!/usr/bin/env bash
# usage: suites.sh LANE LANES QUEUE [PATTERN…]
# The jest runs of one lane of `./anydial test`, in its instance's environment: lane 1 has the unit tests, lanes 1 and 2 (or 1 alone) half of
# the medium ones each, one file after the other because they share the servers; then all take e2e files from QUEUE until none is left.
# Counts go to QUEUE/results/. With patterns: only the test files whose path matches one of them.
set -uo pipefail
lane=$1 lanes=$2 queue=$3
shift 3
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

# suite PROJECT NAME ARGUMENT…
suite() {
  local project=$1 name=$2
  shift 2
  printf '\n%s\n' "$name"
  jest_run "$project" "$name" "${patterns[@]}" "$@" || failed=1
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

((lane > 1)) || suite unit unit
halves=$((lanes > 1 ? 2 : 1))
((lane > halves)) || suite medium "medium-$lane" --runInBand --shard="$lane/$halves"
take_from_queue
exit "$failed"
