# ./anydial demo [--json]: the proof calls, against a running `up`, or against one that is started for it and ended after.
# shellcheck shell=bash

command_demo() {
  case ${1:-} in
    '' | --json) ;;
    *) fail "demo: unknown option '$1'" "./anydial demo [--json]" ;;
  esac
  choose_user
  open_instance main
  if is_running anydial; then
    load_environment
    prove "$@"
    return
  fi
  # Only the proof itself belongs on stdout: with --json it is one object.
  {
    prepare_machine
    begin_instance main 2000
    start_servers
    start_app
    step "Application on port $HTTP_PORT" "$log/app.log" wait_for_app
  } >&2
  prove "$@"
}
