# The order in which an instance is set up, started and ended: shared by `up` and `test`.
# shellcheck shell=bash

setup_log=''

# prepare_machine: everything that is not of one instance.
prepare_machine() {
  choose_user
  choose_state_root
  own_directory "$state_root/log"
  setup_log=$state_root/log/setup.log
  rotate_log "$setup_log"
  : >>"$setup_log"
  # Two commands at once in one checkout install and build one after the other.
  local setup_lock
  exec {setup_lock}>>"$state_root/setup.lock"
  flock "$setup_lock"
  # A command of the service user's own (a test's) writes there, too.
  ! running_as_root || chown "$service_user:" "$setup_log" "$state_root/setup.lock"
  trap 'on_interrupt' INT TERM HUP
  trap 'on_exit' EXIT
  need_packages
  need_modules
  need_build
  need_pages
  need_asterisk
  need_sounds
  exec {setup_lock}>&-
}

# begin_instance NAME SIZE: locked, healed, with its environment; from here on every way out ends what was started.
begin_instance() {
  open_instance "$1"
  lock_instance
  local left
  left=$({ processes_below "$state" && processes_in "$state/pg"; } | sort -nu)
  if [ -n "$left" ]; then
    say "  an earlier run left processes behind (${left//$'\n'/ }): ending them"
    end_everything
  fi
  rm -rf "$run"/{app,asterisk,lab,redis,postgres,suites}.pid "$run/ready" "$state/tmp"
  own_directory "$state/tmp"
  write_environment "$2"
  start_guard
}

# start_servers EMPTY: PostgreSQL and Redis, the schema, the demo world, both Asterisks. EMPTY=empty forgets all data first.
start_servers() {
  local empty=${1:-}
  check_postgres
  prepare_redis
  prepare_pooler
  [ -z "$empty" ] || rm -f "$state/asterisk/lib/astdb.sqlite3" "$CEL_FILE" "$ENDPOINT_COPY"*
  step "PostgreSQL's data directory" "$log/postgres.log" prepare_postgres
  start_postgres
  start_redis
  step "Asterisk's configuration" "$setup_log" prepare_asterisks
  start_lab
  step "PostgreSQL on port $POSTGRES_PORT" "$log/postgres.log" wait_for_postgres
  step "Redis on port $REDIS_PORT" "$log/redis.log" wait_for_redis
  if [ -n "$empty" ]; then
    step "Roles and an empty database" "$log/postgres.log" make_empty_database
    step "An empty Redis" "$log/redis.log" empty_redis
  else
    step "Roles and database" "$log/postgres.log" make_database
  fi
  start_pooler
  step "Pooler on port $POOLER_PORT" "$log/pooler.log" wait_for_pooler
  step "Migrations" "$log/migrate.log" cli migrate
  step "The demo world" "$log/migrate.log" cli seed lab
  step "Emergency plan" "$log/migrate.log" write_emergency_plan
  start_asterisk
  step "Asterisk $asterisk_version on port $SIP_PORT" "$log/asterisk.log" wait_for_asterisk asterisk
  step "Lab Asterisk on port $LAB_SIP_PORT" "$log/lab.log" wait_for_asterisk lab
}

prepare_asterisks() {
  [[ $instance != test* ]] || make_stir_shaken_lab
  prepare_asterisk asterisk "$home/asterisk/node"
  prepare_asterisk lab "$home/asterisk/lab"
}

on_interrupt() {
  trap '' INT TERM HUP
  [ -z "$step_pid" ] || printf '\n'
  say 'ending …'
  exit 130
}

on_exit() {
  local status=$? left
  trap '' INT TERM HUP
  trap - EXIT
  # Bash would remark on every child that we kill.
  disown -a
  end_step
  # Before begin_instance there is nothing else to end.
  [ -n "$guard_fd" ] || exit "$status"
  end_everything || true
  rm -f "$run/anydial.pid"
  dismiss_guard
  left=$(processes_below "$state")
  if [ -n "$left" ]; then
    say "anydial: these processes did not end: ${left//$'\n'/ }" >&2
    ((status != 0)) || status=1
  fi
  # A rehearsal's.
  [ -z "${forget_state:-}" ] || rm -rf "$forget_state"
  exit "$status"
}
