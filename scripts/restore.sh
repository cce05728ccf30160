# ./anydial restore FILE [--seal-with PASSPHRASE_FILE]: into an instance that holds nothing yet. `./anydial up` starts it afterwards.
# shellcheck shell=bash

command_restore() {
  local file='' seal=''
  read_archive_wish restore "$@"
  [ -r "$file" ] || fail "$file cannot be read" "./anydial backup FILE writes one"
  choose_user
  open_instance "${ANYDIAL_USE:-main}"
  refuse_running_instance
  [ ! -e "$state/pg" ] || fail "the instance '$instance' holds data already" \
    "ANYDIAL_USE=<another name> ./anydial restore …, or move $state away: a restore never overwrites"
  prepare_machine
  restore_instance 2000 "$file" "$seal"
  say "Restored into '$instance', every row counted. $([ "$instance" = main ] || echo "ANYDIAL_USE=$instance ")./anydial up starts it."
}

# restore_instance SIZE FILE SEAL: the instance is open and empty. Ends with PostgreSQL stopped and every table counted.
restore_instance() {
  local size=$1 file=$2 seal=$3 place
  own_directory "$state/tmp"
  place=$(private_place)
  unpack_archive "$file" "$place"
  if [ -n "$seal" ]; then
    [ -e "$place/secrets.sealed" ] || fail "no secrets are sealed in $file" "restore without --seal-with"
    (umask 077 && open_secrets "$seal" "$place/secrets.sealed" >"$state/instance.env") ||
      fail "the passphrase does not open the secrets of $file" "nothing was restored"
  fi
  # begin_instance empties tmp.
  rm -rf "$state/restoring"
  mv "$place" "$state/restoring"
  place=$state/restoring
  begin_instance "$instance" "$size"
  check_postgres
  step "PostgreSQL's data directory" "$log/postgres.log" prepare_postgres
  start_postgres
  step "PostgreSQL on port $POSTGRES_PORT" "$log/postgres.log" wait_for_postgres
  step "Roles and database" "$log/postgres.log" make_database
  step "The data" "$log/restore.log" restore_archive "$place"
  step "Every row counted" "$log/restore.log" same_counts "$place"
  end_service postgres INT 20
  unset "service_pid[postgres]"
  rm -rf "$place"
}
