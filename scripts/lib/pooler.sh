# Between Asterisk and PostgreSQL: pgbouncer, because res_config_pgsql has one connection, waits on it without an end, and holds a
# lock meanwhile. A query that takes longer than a second fails here; with the database away every further one fails at once.
# shellcheck shell=bash

prepare_pooler() {
  pooler_settings >"$state/pooler/pgbouncer.ini"
  printf '"anydial_asterisk" "%s"\n' "$ASTERISK_DB_PASSWORD" >"$state/pooler/users.txt"
  chmod 0600 "$state"/pooler/*
  ! running_as_root || chown "$service_user:" "$state"/pooler/*
}

pooler_settings() {
  cat <<EOF
; Written by ./anydial at every start.
[databases]
anydial = host=127.0.0.1 port=$POSTGRES_PORT dbname=anydial
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $POOLER_PORT
unix_socket_dir =
auth_type = scram-sha-256
auth_file = $state/pooler/users.txt
pool_mode = session
max_client_conn = 20
default_pool_size = 2
; Neither checked nor reset: a connection to a frozen server would wait for that answer for ever, and as long as there is one pgbouncer
; does not say at once that the database is away.
server_check_query =
server_reset_query =
; Seconds.
query_timeout = 1
query_wait_timeout = 1
server_connect_timeout = 1
server_login_retry = 2
ignore_startup_parameters = extra_float_digits
log_connections = 1
log_disconnections = 1
log_stats = 0
EOF
}

start_pooler() {
  spawn pooler plain as_service pgbouncer "$state/pooler/pgbouncer.ini"
}

wait_for_pooler() {
  until "$(postgres_bin)/pg_isready" -q -h 127.0.0.1 -p "$POOLER_PORT" -U anydial_asterisk -d anydial; do
    is_running pooler || fail "pgbouncer ended while starting" "read $log/pooler.log"
    sleep 0.05
  done
}
