# ./anydial rehearse-restore FILE [--seal-with PASSPHRASE_FILE]: proves a backup. Restores it into an instance of its own, starts everything on
# it, has the books checked, places calls there, and takes it away again. What runs is not touched.
# shellcheck shell=bash

command_rehearse_restore() {
  local file='' seal='' began=$EPOCHREALTIME
  # shellcheck source=restore.sh
  source "$scripts/restore.sh"
  read_archive_wish rehearse-restore "$@"
  [ -r "$file" ] || fail "$file cannot be read" "./anydial backup FILE writes one"
  choose_user
  forget_rehearsal
  # The announcements that are there: a test's are spoken quickly.
  # shellcheck disable=SC2034
  [ -d "$state_root/sounds" ] || [ ! -d "$state_root/sounds-quick" ] || sounds_folder=sounds-quick speech_rate=300
  prepare_machine
  open_instance "$rehearsal"
  say 'Rehearsing: a restore beside what runs'
  restore_instance 1000 "$file" "$seal"
  start_servers
  start_app
  step "Application on port $HTTP_PORT" "$log/app.log" wait_for_app
  step "The books, over all time" "$log/restore.log" books_as_backed_up "$file"
  step "Two calls" "$log/restore.log" prove
  end_everything
  say "Restored, checked and telephoned with: $(seconds_since "$began")."
  # A rehearsal that failed stays to be looked at, until the next one.
  # Read by on_exit.
  # shellcheck disable=SC2034
  forget_state=$state
}

rehearsal=rehearsal${ANYDIAL_USE:+-$ANYDIAL_USE}

forget_rehearsal() {
  choose_state_root
  [ -n "$(processes_below "$state_root/$rehearsal")" ] || rm -rf "${state_root:?}/$rehearsal"
}
