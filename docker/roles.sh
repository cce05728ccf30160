#!/usr/bin/env bash
# Run once by the postgres image on an empty data directory: the role whose only right is to read the ps_* views.
set -euo pipefail
psql --no-psqlrc -v ON_ERROR_STOP=1 -v password="$ASTERISK_DB_PASSWORD" -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
CREATE ROLE anydial_asterisk LOGIN PASSWORD :'password' CONNECTION LIMIT 8;
ALTER ROLE anydial_asterisk SET statement_timeout = '1s';
SQL
