# ./anydial up: everything, in the foreground; Ctrl-C ends it. --detach: the same in the background.
# shellcheck shell=bash

command_up() {
  case ${1:-} in
    '') run_in_foreground ;;
    --detach) run_in_background ;;
    *) fail "up: unknown option '$1'" "./anydial up [--detach]" ;;
  esac
}

run_in_foreground() {
  local began=$EPOCHREALTIME
  choose_user
  open_instance main
  refuse_running_instance
  say 'Anydial: setting up'
  prepare_machine
  begin_instance main 2000
  start_servers
  start_app
  step "Application on port $HTTP_PORT" "$log/app.log" wait_for_app
  say "Ready after $(seconds_since "$began")."
  prove || say "  The proof calls failed; the system stays up so that you can look: $(shown_path "$log")"
  say
  print_guide
  : >"$run/ready"
  supervise
}

run_in_background() {
  choose_user
  open_instance main
  refuse_running_instance
  rm -f "$run/ready"
  : >"$log/up.log"
  setsid "$home/anydial" up </dev/null >>"$log/up.log" 2>&1 &
  local background=$! reader
  tail -n +1 -f --pid="$background" "$log/up.log" &
  reader=$!
  until [ -e "$run/ready" ]; do
    kill -0 "$background" 2>/dev/null || { wait "$reader"; fail 'it did not start' "read $log/up.log"; }
    sleep 0.1
  done
  sleep 0.2
  kill "$reader"
  say "Running in the background; ./anydial down ends it. Log: $(shown_path "$log/up.log")"
}

print_guide() {
  cat <<EOF
  pages           $PUBLIC_URL/   (sign in there as the operator below)
  REST            $PUBLIC_URL/v1   (health: $PUBLIC_URL/health/ready)
  operator        ${BOOTSTRAP_OPERATOR_EMAIL:-} / ${BOOTSTRAP_OPERATOR_PASSWORD:-}
  SIP             udp/tcp $SIP_HOST:$SIP_PORT, tls $SIP_HOST:$SIP_TLS_PORT, ws://$SIP_HOST:$SIP_WS_PORT/ws, realm $SIP_REALM
EOF
  print_phones
  cat <<EOF

  Try next:  register a softphone with one of these accounts and dial another one's number, in any spelling
             ./anydial explain     how a dialled string is read and routed
             ./anydial demo        the proof calls again (--json: their traces)
             ./anydial doctor      every part checked; Ctrl-C (or ./anydial down) ends everything
EOF
}

print_phones() {
  say '  sample phones (account, secret, number)'
  run_ours "$scripts/sample-phones.mjs" | sed 's/^/    /' || true
}
