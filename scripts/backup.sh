# ./anydial backup FILE [--seal-with PASSPHRASE_FILE]: of a running instance, while calls go on.
# shellcheck shell=bash

command_backup() {
  local file='' seal=''
  read_archive_wish backup "$@"
  [ -z "$seal" ] || [ -s "$seal" ] || fail "no passphrase in $seal" "head -c 32 /dev/urandom | base64 > $seal, and keep it elsewhere"
  choose_user
  open_instance "${ANYDIAL_USE:-main}"
  [ -r "$state/instance.env" ] || fail "nothing is set up yet" "./anydial up"
  load_environment
  "$(postgres_bin)/pg_isready" -q -h 127.0.0.1 -p "$POSTGRES_PORT" || fail "PostgreSQL does not run" "./anydial up"
  write_archive "$file" "$seal"
  say "$file: $(du -h "$file" | cut -f1), $(tar -xOf "$file" manifest.txt |
    awk '$1 == "rows" { tables++; sum += $3 } END { print tables " tables, " sum " rows" }')"
  [ -n "$seal" ] ||
    say 'Without secrets: keep instance.env elsewhere, or seal them in with --seal-with. Personal data cannot be read without PERSONAL_DATA_KEYS.'
}
