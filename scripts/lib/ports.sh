# An instance's block of ports: found free, then kept by a lock while the instance runs.
# shellcheck shell=bash

# Below Linux' ephemeral range (32768), so that no outgoing connection sits on one of ours by chance.
readonly first_base=10000 last_base=31000 base_step=1000
# One directory for all checkouts and users of the machine.
port_locks=/tmp
port_lock=

# Every local TCP port that listens and every bound UDP port, as decimal numbers, one a line.
ports_in_use() {
  local table address state rest
  for table in tcp tcp6 udp udp6; do
    [ -r "/proc/net/$table" ] || continue
    while read -r _ address _ state rest; do
      [[ $address == *:* ]] || continue
      [[ $table == tcp* && $state != 0A ]] || printf '%d\n' "$((16#${address##*:}))"
    done <"/proc/net/$table"
  done
}

# block_is_free BASE SIZE: no port of the block is in use.
block_is_free() {
  local base=$1 size=$2 port
  for port in $(ports_in_use); do
    ((port < base || port >= base + size)) || return 1
  done
}

# lock_block BASE SIZE: takes the machine-wide locks of the block's grid cells, or fails. They end with this process.
lock_block() {
  local base=$1 size=$2 cell file taken=() fd
  for ((cell = base; cell < base + size; cell += base_step)); do
    file=$port_locks/anydial-ports-$cell.lock
    [ -e "$file" ] || (umask 0 && : >>"$file") 2>/dev/null || true
    # Read-only: another user's lock file in /tmp may be locked, never written.
    if [ -r "$file" ] && exec {fd}<"$file" && flock -n "$fd"; then
      taken+=("$fd")
    else
      [ -z "${fd:-}" ] || exec {fd}<&-
      for fd in "${taken[@]}"; do exec {fd}<&-; done
      return 1
    fi
  done
  port_lock=${taken[*]}
}

# claim_block WISH SIZE SEED: prints nothing, sets $port_base to a free, locked block; WISH (may be empty) is tried first,
# then the grid from a place that SEED picks, so that two checkouts seldom meet.
claim_block() {
  local wish=$1 size=$2 cells=$(((last_base - first_base) / base_step + 1)) start base i
  start=$(($(cksum <<<"$3" | cut -d' ' -f1) % cells))
  local candidates=()
  [ -z "$wish" ] || candidates+=("$wish")
  for ((i = 0; i < cells; i++)); do
    base=$((first_base + (start + i) % cells * base_step))
    ((base + size > last_base + base_step)) || candidates+=("$base")
  done
  for base in "${candidates[@]}"; do
    if block_is_free "$base" "$size" && lock_block "$base" "$size"; then
      port_base=$base
      return
    fi
  done
  fail "no free block of $size ports between $first_base and $((last_base + base_step - 1))" \
    "stop another instance (./anydial down in its checkout), or set ANYDIAL_PORT_BASE to the start of a free range"
}
