# One `./anydial` per instance, and its guard: if we die without a word (kill -9), the guard ends what we started.
# shellcheck shell=bash

instance_lock='' guard_fd=''

# lock_instance: fails with the way out if this instance runs already.
lock_instance() {
  exec {instance_lock}>>"$run/lock"
  # 30 s: after kill -9 of an earlier run its guard holds the lock until all is ended.
  if ! flock -n "$instance_lock"; then
    refuse_running_instance
    flock -w 30 "$instance_lock" || fail "an earlier run of '$instance' does not end" "./anydial down"
  fi
  printf '%s %s\n' $$ "$(start_time $$)" >"$run/anydial.pid"
}

refuse_running_instance() {
  ! is_running anydial || fail "the instance '$instance' is running already (process $(recorded_pid anydial))" \
    "./anydial down ends it; ./anydial doctor says how it is"
}

# The guard inherits the instance's lock on purpose: nobody starts the instance while it is still ending things.
start_guard() {
  exec {guard_fd}> >(exec setsid bash "$scripts/guard.sh" "$home" "$state" >>"$log/guard.log" 2>&1)
}

dismiss_guard() {
  [ -n "$guard_fd" ] || return 0
  printf 'done\n' >&"$guard_fd" || true
  exec {guard_fd}>&-
  guard_fd=
}

# In a child: files that only we may hold open.
close_own_files() {
  local fd
  for fd in $instance_lock $guard_fd $port_lock; do exec {fd}>&-; done
}
