# ./anydial explain …: how a dialled string is read and routed; needs a running instance for its database.
# shellcheck shell=bash

command_explain() {
  choose_user
  open_instance main
  [ -r "$state/instance.env" ] || fail "nothing is set up yet" "./anydial up"
  load_environment
  cli explain "$@"
}
