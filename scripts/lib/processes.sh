# Starting, recognising and ending the processes of an instance.
# Every process we start, and all that it starts, carries ANYDIAL_BELONGS_TO=<state directory> in its environment: that, read
# from /proc, says what is ours; a pid alone could have been reused. run/<name>.pid holds "<pid> <start time>" for people and tests.
# shellcheck shell=bash

declare -A service_pid=()

# mark_as_ours: in a subshell, before a command is run.
mark_as_ours() { export ANYDIAL_BELONGS_TO=$state; }

# clean_environment [instance]: in a subshell: nothing of the caller's environment (cloud keys, proxies) reaches a server;
# with `instance`, instance.env is added.
clean_environment() {
  local name
  while read -r name; do export -n "${name?}"; done < <(compgen -e)
  export PATH=$home/node_modules/.bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  export HOME=$state TMPDIR=$state/tmp LANG=C.UTF-8 TZ=UTC
  # Saves Node a third of its start-up: compiled code is kept between starts.
  export NODE_COMPILE_CACHE=$state/compile-cache
  [ "${1:-}" != instance ] || load_environment
  mark_as_ours
}

# spawn NAME ENVIRONMENT PREFIX_ARRAY COMMAND…: starts a server in a session of its own (Ctrl-C must not reach it: we end them
# in order), output appended to log/NAME.log.
spawn() {
  local name=$1 environment=$2 file=$log/$1.log
  local -n prefix=$3
  shift 3
  rotate_log "$file"
  (
    close_own_files
    clean_environment "$environment"
    cd "$home"
    # Bash starts background commands with SIGINT ignored; PostgreSQL and jest want it.
    exec setsid "${prefix[@]}" env --default-signal=INT,QUIT "$@"
  ) </dev/null >>"$file" 2>&1 &
  service_pid[$name]=$!
  printf '%s %s\n' "$!" "$(start_time "$!")" >"$run/$name.pid"
}

rotate_log() {
  local size
  size=$(stat -c %s "$1" 2>/dev/null || echo 0)
  ((size < 10000000)) || mv "$1" "$1.1"
}

# Clock ticks since boot when the process started (proc(5), stat, field 22); empty when it is gone.
start_time() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
  stat=${stat##*) }
  read -ra stat <<<"$stat"
  printf '%s' "${stat[19]}"
}

# recorded_pid NAME: the pid in run/NAME.pid if that very process still lives.
recorded_pid() {
  local pid started
  [ -r "$run/$1.pid" ] && read -r pid started <"$run/$1.pid" || return 1
  [ -n "$started" ] && [ "$(start_time "$pid")" = "$started" ] || return 1
  printf '%s' "$pid"
}

is_running() { recorded_pid "$1" >/dev/null; }

# processes_below DIRECTORY: pids of all processes of the instance whose state is DIRECTORY or lies below it.
processes_below() {
  local literal
  # shellcheck disable=SC2001
  literal=$(sed 's/[][\\.*^$+?(){}|]/\\&/g' <<<"$1")
  { grep -lzE "^ANYDIAL_BELONGS_TO=$literal(/|\$)" /proc/[0-9]*/environ 2>/dev/null || true; } | cut -d/ -f3
}

# processes_in DIRECTORY: pids of all processes whose working directory it is.
processes_in() {
  local process directory
  while IFS=$'\t' read -r process directory; do
    [ "$directory" != "$1" ] || printf '%s\n' "${process##*/}"
  done < <(find /proc/[0-9]*/cwd -maxdepth 0 -printf '%h\t%l\n' 2>/dev/null)
}

# end_process PID SIGNAL SECONDS: asks, waits, then kills.
end_process() {
  local pid=$1 signal=$2 patience=$3 started waited=0
  started=$(start_time "$pid")
  [ -n "$started" ] || return 0
  kill -s "$signal" "$pid" 2>/dev/null || return 0
  while is_same "$pid" "$started"; do
    ((waited++ < patience * 20)) || { kill -s KILL "$pid" 2>/dev/null || true; }
    ((waited < patience * 20 + 100)) || return 1
    sleep 0.05
  done
}

# A zombie has ended; its parent has only not looked yet.
is_same() { [ "$(start_time "$1")" = "$2" ] && ! grep -q '^State:.*Z' "/proc/$1/status" 2>/dev/null; }

end_service() {
  local pid
  pid=$(recorded_pid "$1") || return 0
  end_process "$pid" "$2" "$3"
  rm -f "$run/$1.pid"
}

# Ends the servers in the order in which nobody misses anybody: application, Asterisks, Redis, PostgreSQL.
end_servers() {
  local pid
  end_service suites TERM 5
  # It drains for 4 s at most, and closes within 10 (src/start.ts).
  end_service app TERM 16
  end_service asterisk TERM 5
  end_service lab TERM 5
  end_service pooler TERM 5
  end_service redis TERM 10
  end_service postgres INT 20
  # A PostgreSQL without its pid file, and backends whose server was killed (their environment is overwritten by their title, but
  # they stand in the data directory). INT is a server's orderly quick shutdown.
  for pid in $(processes_in "$state/pg"); do end_process "$pid" INT 20; done
}

# Used to end a run and to heal after a crash: the servers, then whatever else carries the mark.
end_everything() {
  local pid
  end_servers
  for pid in $(processes_below "$state"); do end_process "$pid" TERM 3; done
}
