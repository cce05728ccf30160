# ./anydial doctor [INSTANCE]: checks every part and says how to mend what is wrong. Works when nothing runs; changes nothing.
# shellcheck shell=bash

wrongs=0

command_doctor() {
  local name=${1:-main}
  [[ $name =~ ^(main|test|bench)$ ]] || fail "doctor: no instance '$name'" './anydial doctor [main|test|bench]'
  find_instance "$name"
  say 'This machine'
  check_programs
  check_node
  check_postgres_version
  check_asterisk_program
  check_limits
  check_clock
  check_disk
  say "The instance '$name'"
  if check_environment; then
    check_addresses
    check_running "$name"
  fi
  say
  if ((wrongs > 0)); then
    say "$wrongs things to mend."
    return 1
  fi
  say 'All well.'
}

# ok WHAT, note WHAT, wrong WHAT HOW_TO_MEND
ok() { printf '  ok     %s\n' "$1"; }
note() { printf '  note   %s\n' "$1"; }
wrong() {
  wrongs=$((wrongs + 1))
  printf '  WRONG  %s\n         to mend it: %s\n' "$1" "$2"
}

# Paths of the instance, without making anything.
find_instance() {
  instance=$1
  state_root=$(readlink -f "$home/.anydial" 2>/dev/null || printf '%s' "$home/.anydial")
  state=$state_root/$instance run=$state_root/$instance/run log=$state_root/$instance/log
  ! running_as_root || ! getent passwd anydial >/dev/null || choose_user
}

check_programs() {
  local missing
  mapfile -t missing < <(missing_packages | sort -u)
  if ((${#missing[@]} == 0)); then
    ok 'Debian packages'
  else
    wrong "missing Debian packages: ${missing[*]}" "./anydial up installs them, or: apt-get install ${missing[*]}"
  fi
}

check_node() {
  if ! node "$scripts/modules-current.cjs" "$home" 2>/dev/null; then
    wrong 'node_modules is not what package-lock.json names' './anydial up installs it, or: npm ci'
  elif [[ $("$home/node_modules/.bin/node" -v 2>/dev/null) == v24.* ]]; then
    ok "Node $("$home/node_modules/.bin/node" -v) in node_modules"
  else
    wrong 'node_modules/.bin/node is not Node 24' 'rm -r node_modules && ./anydial up'
  fi
  if [ "$(cat "$home/dist/.built" 2>/dev/null)" = "$(source_fingerprint)" ]; then
    ok 'the build is current'
  else
    note 'the build is older than the sources; the next ./anydial up makes it anew'
  fi
}

check_postgres_version() {
  local bin
  bin=$(postgres_bin)
  [ -z "$bin" ] || ok "$("$bin/postgres" -V), $(redis-server -v 2>/dev/null | grep -oE 'Redis server v=[0-9.]+')"
}

check_asterisk_program() {
  if ! choose_asterisk; then
    wrong "no Asterisk 22 (>= $oldest_asterisk)${asterisk_version:+; there is $asterisk_version}" \
      "./anydial up unpacks it (root once), or set ANYDIAL_ASTERISK_ROOT to a root folder that has it"
    return
  fi
  ok "Asterisk $asterisk_version: ${asterisk_program[-1]}"
  local lacking
  lacking=$(wanted_modules "$home/asterisk/node" | while read -r module; do
    [ -e "$asterisk_modules/$module" ] || printf ' %s' "$module"
  done)
  if [ -z "$lacking" ]; then
    ok "Asterisk's modules ($(wanted_modules "$home/asterisk/node" | wc -l))"
  else
    wrong "this Asterisk lacks modules:$lacking" \
      "install all of its packages (asterisk-modules), or remove $asterisk_cache and let ./anydial up unpack it again"
  fi
}

wanted_modules() { sed -nE 's/^(load|preload) = //p' "$1/modules.conf"; }

check_limits() {
  local files
  files=$(ulimit -n)
  if [ "$files" = unlimited ] || ((files >= 10000)); then
    ok "open files per process: $files"
  else
    wrong "only $files open files per process; a call takes about 10 of Asterisk's" \
      "raise it: ulimit -n 20000 (limits.conf, or LimitNOFILE= of the unit)"
  fi
}

check_clock() {
  local year synchronised=''
  year=$(date -u +%Y)
  if ((year < 2025)); then
    wrong "the clock says $(date -u +%FT%TZ): call times and certificates would be wrong" 'set the clock; run an NTP service'
    return
  fi
  [ ! -d /run/systemd/system ] || synchronised=$(timedatectl show -p NTPSynchronized --value 2>/dev/null || true)
  case $synchronised in
    yes) ok "clock $(date -u +%FT%TZ), synchronised" ;;
    no) wrong "the clock ($(date -u +%FT%TZ)) is not synchronised: call times are billed by it" \
      'timedatectl set-ntp true, or install chrony' ;;
    *) note "clock $(date -u +%FT%TZ); whether it is synchronised cannot be seen here" ;;
  esac
}

check_disk() {
  local place free
  place=$(first_directory "$state_root" "$home")
  free=$(df -Pm "$place" | awk 'NR == 2 { print $4 }')
  if ((free >= 2000)); then
    ok "disk: $free MB free below $place"
  else
    wrong "disk: only $free MB free below $place" 'make room: PostgreSQL stops when its disk is full'
  fi
}

# Succeeds when the instance has an environment to go on with.
check_environment() {
  local file=$state/instance.env mode name empty=''
  if [ ! -r "$file" ]; then
    [ ! -e "$file" ] || {
      wrong "$file cannot be read by $(id -un)" "run doctor as $(stat -c %U "$file") or root"
      return 1
    }
    note 'not set up yet: ./anydial up does it'
    return 1
  fi
  mode=$(stat -c %a "$file")
  if [ "$mode" = 600 ]; then ok 'instance.env (mode 600)'; else wrong "instance.env has mode $mode: secrets" "chmod 600 $file"; fi
  load_environment
  for name in "${secret_names[@]}" DATABASE_URL REDIS_URL ARI_URL SIP_PORT RTP_PORT_MIN RTP_PORT_MAX; do
    [ -n "${!name:-}" ] || empty+=" $name"
  done
  [ -z "$empty" ] || wrong "instance.env lacks$empty" './anydial down && ./anydial up writes it anew and keeps the rest'
}

check_addresses() {
  local legs ephemeral
  legs=$(((RTP_PORT_MAX - RTP_PORT_MIN + 1) / 2))
  if ((legs >= 100)); then
    ok "RTP ports $RTP_PORT_MIN-$RTP_PORT_MAX: $legs call legs at a time"
  else
    wrong "RTP ports $RTP_PORT_MIN-$RTP_PORT_MAX: only $legs call legs at a time" 'widen the range (RTP_PORT_MIN, RTP_PORT_MAX)'
  fi
  read -r ephemeral _ </proc/sys/net/ipv4/ip_local_port_range
  ((RTP_PORT_MAX < ephemeral)) ||
    wrong "RTP ports overlap Linux' ephemeral ports ($ephemeral and up): a call may find its port taken" \
      'set ANYDIAL_PORT_BASE lower, or raise net.ipv4.ip_local_port_range'
  case ${EXTERNAL_ADDRESS:-}/$SIP_HOST in
    ?*/*) ok "external address $EXTERNAL_ADDRESS" ;;
    /127.* | /localhost) note "SIP listens on $SIP_HOST: phones on this machine only" ;;
    /10.* | /192.168.* | /172.1[6-9].* | /172.2?.* | /172.3[01].*)
      wrong "SIP listens on the private address $SIP_HOST and no external address is set: no sound for phones outside" \
        'EXTERNAL_ADDRESS=<public address> ./anydial up' ;;
    *) ok "SIP address $SIP_HOST" ;;
  esac
}

check_running() {
  local left
  if recorded_pid anydial >/dev/null; then
    ok "running (process $(recorded_pid anydial))"
    check_postgres_server
    check_redis_server
    check_asterisk_server
    [ "$1" != main ] || check_application
    return
  fi
  left=$(processes_below "$state")
  if [ -n "$left" ]; then
    wrong "not running, but an earlier run left processes: ${left//$'\n'/ }" './anydial down'
  else
    note 'not running: ./anydial up starts it'
  fi
  local port busy=''
  for port in $(ports_in_use); do
    ((port < ANYDIAL_PORT_BASE || port > LAB_RTP_PORT_MAX)) || busy+=" $port"
  done
  [ -z "$busy" ] || note "ports in use by others:$busy; the next ./anydial up takes another block"
}

check_postgres_server() {
  if ! "$(postgres_bin)/pg_isready" -q -h 127.0.0.1 -p "$POSTGRES_PORT"; then
    wrong "PostgreSQL does not answer on port $POSTGRES_PORT" "read $log/postgres.log; ./anydial down && ./anydial up"
    return
  fi
  local answer
  if answer=$(cli migrate --check 2>&1); then
    ok "PostgreSQL on port $POSTGRES_PORT, migrations $answer"
  else
    wrong "database: ${answer##*$'\n'}" './anydial down && ./anydial up runs the migrations'
  fi
  answer=$(sql postgres -c 'SHOW fsync' -c 'SHOW synchronous_commit' || true)
  [ "$answer" = $'on\non' ] || wrong "PostgreSQL: fsync and synchronous_commit are ${answer//$'\n'/ and }" \
    'ALTER SYSTEM RESET ALL, then restart: an acknowledged call record must be on disk'
}

check_redis_server() {
  local policy
  policy=$(redis_command CONFIG GET maxmemory-policy 2>/dev/null | tail -n 2 | head -n 1 || true)
  case $policy in
    noeviction) ok "Redis on port $REDIS_PORT, noeviction" ;;
    '') wrong "Redis does not answer on port $REDIS_PORT" "read $log/redis.log; ./anydial down && ./anydial up" ;;
    *) wrong "Redis may evict keys ($policy): queued jobs would vanish" 'CONFIG SET maxmemory-policy noeviction' ;;
  esac
}

check_asterisk_server() {
  local basic answer version loaded wanted name
  basic=$(printf '%s:%s' "$ARI_USERNAME" "$ARI_PASSWORD" | base64 -w 0)
  answer=$(http_get "$SIP_WS_PORT" '/ari/asterisk/info?only=system' "Authorization: Basic $basic" || true)
  version=$(grep -oE '"version":"[0-9.]+' <<<"$answer" | cut -d'"' -f4 || true)
  case $answer in
    200*) ok "ARI log-in; Asterisk $version runs" ;;
    401*) wrong 'ARI refuses our password' './anydial down && ./anydial up writes ari.conf anew' ;;
    *) wrong "Asterisk does not answer on port $SIP_WS_PORT" "read $log/asterisk.log and $state/asterisk/log/messages.log" ;;
  esac
  for name in asterisk lab; do
    wanted=$(wanted_modules "$state/$name/etc" | wc -l)
    loaded=$(asterisk_says "$name" module show 2>/dev/null | grep -c ' Running ' || true)
    if ((loaded >= wanted && wanted > 0)); then
      ok "$name: $loaded modules run"
    else
      wrong "$name: $loaded of $wanted modules run" "read $state/$name/log/messages.log"
    fi
  done
}

check_application() {
  local answer
  answer=$(http_get "$HTTP_PORT" /health/ready || true)
  case $answer in
    200*) ok "the application is ready on port $HTTP_PORT" ;;
    '') wrong "the application does not answer on port $HTTP_PORT" "read $log/app.log" ;;
    *) wrong "the application is not ready: ${answer#*$'\n'}" "read $log/app.log" ;;
  esac
}
