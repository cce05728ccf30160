# A backup: one tar file with the database as pg_dump writes it, the files that go with it, and a manifest of checksums and row counts.
# shellcheck shell=bash

# What a restored instance needs to read and honour what the database holds; everything else is made anew.
readonly sealed_names=(PERSONAL_DATA_KEYS SESSION_SECRET CARD_FILE_KEY WEB_PUSH_PUBLIC_KEY WEB_PUSH_PRIVATE_KEY LAB_PHONE_SECRET)
# Below the instance's directory: voice messages and recorded calls, and call records that PostgreSQL does not have yet.
readonly archived_files=(asterisk/spool/recording journal)

# `rows <table>|<count>` of every table.
readonly counts_query="SELECT format('SELECT %L, count(*) FROM %I', 'rows ' || relname, relname) FROM pg_class
 WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname \\gexec"

# write_archive FILE SEAL: SEAL is a file with a passphrase, or empty. The dump and the counts are of one snapshot, held open meanwhile.
write_archive() {
  local file=$1 seal=$2 place snapshot to from holder
  local -a parts=(manifest.txt database.dump files.tar)
  place=$(private_place)
  coproc HOLDER { sql anydial; }
  to=${HOLDER[1]} from=${HOLDER[0]} holder=$HOLDER_PID
  printf '%s\n' 'BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY;' 'SELECT pg_export_snapshot();' >&"$to"
  read -r -t 30 snapshot <&"$from" || fail "PostgreSQL does not answer" "./anydial doctor"
  "${as_service[@]}" "$(postgres_bin)/pg_dump" -h "$run" -p "$POSTGRES_PORT" -U postgres --snapshot="$snapshot" \
    --format=custom --file="$place/database.dump" anydial
  printf '%s\n' "$counts_query" "SELECT 'end';" >&"$to"
  while read -r -t 60 snapshot <&"$from" && [ "$snapshot" != end ]; do printf '%s\n' "${snapshot/|/ }"; done >"$place/rows"
  printf '\\q\n' >&"$to"
  wait "$holder"
  # Files last: one that came meanwhile is in the archive without a row, never the other way round.
  local -a there=()
  local one
  for one in "${archived_files[@]}"; do [ ! -d "$state/$one" ] || there+=("$one"); done
  tar -C "$state" -cf "$place/files.tar" "${there[@]}"
  if [ -n "$seal" ]; then
    seal_secrets "$seal" "$place/secrets.sealed"
    parts+=(secrets.sealed)
  fi
  cli check-books >"$place/books" || true
  manifest "$place" >"$place/manifest.txt"
  (umask 077 && tar -C "$place" -cf "$file.new" "${parts[@]}")
  mv "$file.new" "$file"
  rm -rf "$place"
}

# A folder that the service user (pg_dump runs as it) and we may write.
private_place() {
  local place
  place=$(mktemp -d "$state/tmp/archive.XXXXXX")
  ! running_as_root || chown "$service_user:" "$place"
  printf '%s' "$place"
}

manifest() {
  local part
  printf '%s\n' 'anydial backup 1' "made $(date -u +%FT%TZ)" "instance $instance" \
    "commit $(git -C "$home" rev-parse HEAD 2>/dev/null || echo unknown)"
  printf 'migrations %s\n' "$(sql anydial -c 'SELECT count(*) FROM schema_migration')"
  for part in database.dump files.tar secrets.sealed; do
    [ ! -e "$1/$part" ] || printf 'sha256 %s %s\n' "$(sha256sum <"$1/$part" | cut -d' ' -f1)" "$part"
  done
  sed -nE 's/^(ok|WRONG) +([a-z-]+):.*/books \2 \1/p' "$1/books"
  cat "$1/rows"
}

# books_as_backed_up FILE: no check finds anything here that it did not find where the backup was made.
books_as_backed_up() {
  comm -13 <(tar -xOf "$1" manifest.txt | sed -n 's/^books \(.*\) WRONG$/\1/p' | sort) \
    <(cli check-books | sed -nE 's/^WRONG ([a-z-]+):.*/\1/p' | sort) >"$state/tmp/new-findings" || true
  [ ! -s "$state/tmp/new-findings" ] || {
    printf 'found here and not where the backup was made: %s\n' "$(tr '\n' ' ' <"$state/tmp/new-findings")"
    return 1
  }
}

# AES-256 under a key that PBKDF2 makes of the passphrase; that nobody changed it says the manifest's checksum.
seal_secrets() {
  local name
  for name in "${sealed_names[@]}"; do printf '%s=%s\n' "$name" "${!name:-}"; done |
    openssl enc -aes-256-cbc -pbkdf2 -iter 600000 -salt -pass "file:$1" -out "$2"
}
open_secrets() { openssl enc -d -aes-256-cbc -pbkdf2 -iter 600000 -pass "file:$1" -in "$2"; }

# unpack_archive FILE PLACE: fails unless every part is what the manifest says.
unpack_archive() {
  local file=$1 place=$2 sum part
  tar -C "$place" -xf "$file" --no-same-owner manifest.txt database.dump files.tar 2>/dev/null ||
    fail "$file is no backup of ours" "./anydial backup FILE writes one"
  tar -C "$place" -xf "$file" --no-same-owner secrets.sealed 2>/dev/null || true
  grep -qx 'anydial backup 1' "$place/manifest.txt" || fail "$file was written by another version" "restore it with that one"
  while read -r _ sum part; do
    [ "$(sha256sum <"$place/$part" 2>/dev/null | cut -d' ' -f1)" = "$sum" ] ||
      fail "$part in $file is damaged" "take another backup: nothing was restored"
  done < <(grep '^sha256 ' "$place/manifest.txt")
  ! running_as_root || chown -R "$service_user:" "$place"
}

# restore_archive PLACE: into the running PostgreSQL of this instance, which must have an empty database; then the files.
restore_archive() {
  local place=$1
  "${as_service[@]}" "$(postgres_bin)/pg_restore" -h "$run" -p "$POSTGRES_PORT" -U postgres -d anydial --exit-on-error \
    "$place/database.dump"
  "${as_service[@]}" tar -C "$state" -xf "$place/files.tar" --no-same-owner
}

# same_counts PLACE: every table has as many rows as when it was backed up.
same_counts() {
  local now
  now=$(sql anydial <<<"$counts_query" | sed 's/|/ /')
  diff <(grep '^rows ' "$1/manifest.txt") <(printf '%s\n' "$now")
}

# The entry stands in /: a path of the caller's is meant from where he stands.
from_caller_folder() {
  case $1 in
    /*) printf '%s' "$1" ;;
    *) printf '%s/%s' "${caller_folder:-/}" "$1" ;;
  esac
}

# read_archive_wish COMMAND ARGUMENT…: sets $file and $seal, which the caller declares.
read_archive_wish() {
  local command=$1 usage="./anydial $1 FILE [--seal-with PASSPHRASE_FILE]"
  shift
  while (($# > 0)); do
    case $1 in
      --seal-with)
        (($# > 1)) || fail "$command: --seal-with what?" "$usage"
        seal=$(from_caller_folder "$2")
        shift
        ;;
      -*) fail "$command: unknown option '$1'" "$usage" ;;
      *) file=$(from_caller_folder "$1") ;;
    esac
    shift
  done
  [ -n "$file" ] || {
    say "usage: $usage" >&2
    exit 64
  }
}
