#!/usr/bin/env bash
# Started by ./anydial beside everything else. Reads from a pipe that only ./anydial holds: a line means a clean end; end of file
# without a line means that ./anydial was killed, and then this ends the instance's processes.
# usage: guard.sh HOME STATE
set -Eeuo pipefail
home=$1 state=$2 run=$2/run scripts=$1/scripts
# shellcheck source=lib/processes.sh
source "$scripts/lib/processes.sh"
if read -r _; then exit 0; fi
printf '%s ./anydial was killed: ending what it started\n' "$(date -u +%FT%TZ)"
end_everything
rm -f "$run/anydial.pid"
printf '%s all ended\n' "$(date -u +%FT%TZ)"
