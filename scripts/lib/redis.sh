# The instance's own Redis: the bell for BullMQ. noeviction, because a queue must not lose keys; append-only file on.
# shellcheck shell=bash

prepare_redis() {
  redis_settings >"$state/redis/redis.conf"
  ! running_as_root || chown "$service_user:" "$state/redis/redis.conf"
  chmod 0600 "$state/redis/redis.conf"
}

redis_settings() {
  cat <<EOF
# Written by ./anydial at every start.
bind 127.0.0.1
port $REDIS_PORT
requirepass $REDIS_PASSWORD
daemonize no
dir $state/redis
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
# Its title would overwrite the environment by which ./anydial recognises it.
set-proc-title no
EOF
}

start_redis() {
  spawn redis plain as_service redis-server "$state/redis/redis.conf"
}

# redis_command WORD…: the answer's lines; the password goes over the socket, never into an argument.
redis_command() {
  local socket line
  exec {socket}<>"/dev/tcp/127.0.0.1/$REDIS_PORT" || return 1
  printf 'AUTH %s\r\n%s\r\nQUIT\r\n' "$REDIS_PASSWORD" "$*" >&"$socket"
  while read -r -t 5 line <&"$socket"; do printf '%s\n' "${line%$'\r'}"; done
  exec {socket}>&-
}

wait_for_redis() {
  until [[ $(redis_command PING 2>/dev/null) == *+PONG* ]]; do
    is_running redis || fail "Redis ended while starting" "read $log/redis.log"
    sleep 0.05
  done
}

empty_redis() { [[ $(redis_command FLUSHALL) == *+OK* ]]; }
