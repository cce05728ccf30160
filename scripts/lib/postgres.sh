# The instance's own PostgreSQL: data in pg/, socket in run/, loopback only, passwords by scram.
# shellcheck shell=bash

readonly oldest_postgres=15

# Directory of the newest installed server's programs (of the data directory's version once there is one); empty if none.
postgres_bin() {
  local version directory best=''
  version=$(cat "${state:+$state/pg/PG_VERSION}" 2>/dev/null || true)
  # Unquoted on purpose: a pattern while no version is given.
  # shellcheck disable=SC2231
  for directory in /usr/lib/postgresql/${version:-*}/bin /usr/pgsql-${version:-*}/bin; do
    [ ! -x "$directory/initdb" ] || best+="$directory"$'\n'
  done
  [ -z "$best" ] || sort -V <<<"${best%$'\n'}" | tail -n 1
}

check_postgres() {
  local bin version
  bin=$(postgres_bin)
  [ -n "$bin" ] || fail "PostgreSQL $(cat "$state/pg/PG_VERSION" 2>/dev/null) is not installed, but $state/pg was made by it" \
    "install that version, or move the data with pg_upgrade, or remove $state/pg to start empty"
  version=$("$bin/postgres" -V | grep -oE '[0-9]+' | head -n 1)
  ((version >= oldest_postgres)) ||
    fail "PostgreSQL $version is too old" "install PostgreSQL $oldest_postgres or newer: apt-get install postgresql"
}

prepare_postgres() {
  local bin
  bin=$(postgres_bin)
  if [ ! -d "$state/pg" ]; then
    rm -rf "$state/pg.new"
    "${as_service[@]}" env TZ=UTC "$bin/initdb" --pgdata="$state/pg.new" --username=postgres --auth-local=peer \
      --auth-host=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8
    mv "$state/pg.new" "$state/pg"
  fi
  postgres_settings >"$state/pg/postgresql.conf"
  printf 'instance %s postgres\n' "$service_user" >"$state/pg/pg_ident.conf"
  printf '%s\n' 'local all postgres peer map=instance' 'local all all scram-sha-256' \
    'host all all 127.0.0.1/32 scram-sha-256' >"$state/pg/pg_hba.conf"
  # A pid file left by kill -9 is stale, whoever has that pid today; but never start beside a backend that still lives.
  [ -z "$(processes_in "$state/pg")" ] || fail "a PostgreSQL still works in $state/pg" './anydial down'
  rm -f "$state/pg/postmaster.pid" "$run/.s.PGSQL."*
}

postgres_settings() {
  cat <<EOF
# Written by ./anydial at every start; ALTER SYSTEM (postgresql.auto.conf) wins over it.
listen_addresses = '127.0.0.1'
port = $POSTGRES_PORT
unix_socket_directories = '$run'
unix_socket_permissions = 0700
password_encryption = scram-sha-256
max_connections = 100
shared_buffers = 128MB
# A call record that was acknowledged is on disk.
fsync = on
synchronous_commit = on
timezone = UTC
log_timezone = UTC
log_line_prefix = '%m [%p] %q%u@%d '
log_min_duration_statement = 500
# A slow statement or a failed one is told without its values, an error without the row that it is about: they are people's.
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_error_verbosity = terse
log_lock_waits = on
EOF
}

start_postgres() {
  spawn postgres plain as_service "$(postgres_bin)/postgres" -D "$state/pg"
}

# sql DATABASE [PSQL OPTION…]: as the superuser over the socket; statements on stdin, so no secret is ever an argument.
sql() {
  local database=$1
  shift
  "${as_service[@]}" env PGOPTIONS=--client-min-messages=warning "$(postgres_bin)/psql" -XqAt -v ON_ERROR_STOP=1 \
    -h "$run" -p "$POSTGRES_PORT" -U postgres -d "$database" "$@"
}

wait_for_postgres() {
  until "$(postgres_bin)/pg_isready" -q -h 127.0.0.1 -p "$POSTGRES_PORT"; do
    is_running postgres || fail "PostgreSQL ended while starting" "read $log/postgres.log"
    sleep 0.05
  done
}

# Roles and the database. Asterisk's role may look at the ps_* views (granted by our migrations) and nothing else; a query of it
# that takes longer than a second is ended, because Asterisk waits for it with a lock held. Tests may go behind the triggers' back, to
# break what they guard and see it found.
make_database() {
  sql postgres <<EOF
SELECT 'CREATE ROLE ' || name FROM (VALUES ('anydial'), ('anydial_asterisk')) AS wanted (name)
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
ALTER ROLE anydial LOGIN CREATEDB PASSWORD '$DATABASE_PASSWORD';
ALTER ROLE anydial_asterisk LOGIN CONNECTION LIMIT 5 PASSWORD '$ASTERISK_DB_PASSWORD';
ALTER ROLE anydial_asterisk SET statement_timeout = '1s';
ALTER ROLE anydial_asterisk SET default_transaction_read_only = on;
-- Where the node's RTP is bound (the ps_endpoints view hands it on).
ALTER ROLE anydial_asterisk SET anydial.media_address = '$(media_address)';
-- The application copies that view for the time when PostgreSQL is away.
ALTER ROLE anydial SET anydial.media_address = '$(media_address)';
${1:-}
SELECT 'CREATE DATABASE anydial OWNER anydial' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'anydial') \gexec
REVOKE ALL ON DATABASE anydial FROM PUBLIC;
GRANT CONNECT ON DATABASE anydial TO anydial_asterisk;
$([[ $instance != test* ]] || printf 'GRANT SET ON PARAMETER session_replication_role TO anydial;')
EOF
}

media_address() { [ "$SIP_HOST" = 0.0.0.0 ] || printf '%s' "$SIP_HOST"; }

# For tests: as if the instance had never run.
make_empty_database() {
  make_database 'DROP DATABASE IF EXISTS anydial WITH (FORCE);'
}
