# What the user sees: plain lines, one line per step with its time, and failures that name the way out.
# shellcheck shell=bash

say() { printf '%s\n' "$*"; }

# fail MESSAGE [HINT]: ends the command; the hint says what to do.
fail() {
  printf '\nanydial: %s\n' "$1" >&2
  [ -z "${2:-}" ] || printf '  to mend it: %s\n' "$2" >&2
  exit 1
}

# Seconds since START (an $EPOCHREALTIME), with one decimal.
seconds_since() {
  local tenths=$(((${EPOCHREALTIME/./} - ${1/./}) / 100000))
  printf '%d.%d s' $((tenths / 10)) $((tenths % 10))
}

step_pid=

# step TITLE LOG COMMAND…: runs COMMAND in a subshell with its output in LOG and prints how long it took; a failure ends all.
# Never call it behind `if`, `&&` or `||`: bash would switch `set -e` off inside COMMAND.
step() {
  local status=0
  run_step "$@"
  ((status == 0)) || fail "$1 did not succeed (exit code $status)" "read $2; ./anydial doctor checks every part"
}

# Sets $status, which the caller declares.
run_step() {
  local title=$1 log=$2 began=$EPOCHREALTIME
  shift 2
  [ ! -t 1 ] || printf '  %-38s …' "$title"
  # A process group of its own (set -m), so that an interruption ends all of it.
  set -m
  (
    set +m
    close_own_files
    mark_as_ours
    # What goes to a log has no colours.
    export NO_COLOR=1 FORCE_COLOR=0
    "$@"
  ) >>"$log" 2>&1 </dev/null &
  step_pid=$!
  set +m
  wait "$step_pid" || status=$?
  step_pid=
  [ ! -t 1 ] || printf '\r'
  if ((status == 0)); then
    printf '  %-38s %8s   %s\n' "$title" "$(seconds_since "$began")" "$(shown_path "$log")"
    return
  fi
  printf '  %-38s failed after %s\n' "$title" "$(seconds_since "$began")"
  printf -- '  --- last lines of %s\n' "$(shown_path "$log")" >&2
  tail -n 25 "$log" | sed 's/\x1b\[[0-9;]*m//g; s/^/  | /' >&2
}

# Ends the step that is under way, if any.
end_step() {
  local waited=0
  [ -n "$step_pid" ] || return 0
  kill -s TERM -- "-$step_pid" 2>/dev/null || return 0
  while kill -0 -- "-$step_pid" 2>/dev/null && ((waited++ < 100)); do sleep 0.05; done
  kill -s KILL -- "-$step_pid" 2>/dev/null || true
}

# Paths below the checkout are shown relative to it.
shown_path() { printf '%s' "${1#"$home"/}"; }
