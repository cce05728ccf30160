# Our Node program: its commands and its server.
# shellcheck shell=bash

# run_ours FILE ARGUMENT…: a compiled program of ours with the instance's environment.
run_ours() {
  (
    close_own_files
    clean_environment instance
    cd "$home"
    exec "${as_reader[@]}" node "$@"
  )
}

cli() { run_ours "$home/dist/src/cli.js" "$@"; }

# The proof calls: phone to phone, phone to PSTN gateway.
prove() { run_ours "$home/dist/test/lab/demo.js" "$@"; }

# The static way out for emergency calls, written for Asterisk; what was written last stays when the database is away.
write_emergency_plan() {
  local generated=$state/asterisk/etc/generated
  cli emergency-plan "$generated" || {
    [ -e "$generated/extensions-emergency.conf" ] || return 1
    printf 'the emergency plan could not be renewed; the last one stays in force\n'
  }
}

start_app() {
  spawn app instance as_reader node "$home/dist/src/main.js"
}

# http_get PORT PATH [HEADER]: the status on the first line, then the body; fails when nobody answers within 5 s.
http_get() {
  local socket status line
  { exec {socket}<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null || return 1
  printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n%s\r\n' "$2" "${3:+$3$'\r\n'}" >&"$socket"
  read -r -t 5 _ status _ <&"$socket" || status=
  printf '%s\n' "$status"
  while read -r -t 5 line <&"$socket" && [ "$line" != $'\r' ]; do :; done
  timeout 5 cat <&"$socket" || true
  exec {socket}>&-
}

wait_for_app() {
  local deadline=$((SECONDS + 60))
  until [[ $(http_get "$HTTP_PORT" /health/ready) == 200* ]]; do
    is_running app || fail "the application ended while starting" "read $log/app.log"
    ((SECONDS < deadline)) || fail "the application runs but is not ready" "curl $PUBLIC_URL/health/ready says what it waits for"
    sleep 0.1
  done
}
