# An instance's block of ports: found free, then kept by a lock while the instance runs.
# shellcheck shell=bash

# Below Linux' ephemeral range (32768), so that no outgoing connection sits on one of ours by chance.
readonly first_base=10000 last_base=31000 base_step=1000
# One directory for all checkouts and users of the machine.
port_locks=/tmp
port_lock=

# Every local TCP port that listens (state 0A) and every bound UDP port, as decimal numbers, one a line.
ports_in_use() {
  cat /proc/net/{tcp,tcp6,udp,udp6} 2>/dev/null | awk '
    $1 == "sl" { tables++; next }
    tables <= tcp && $4 != "0A" { next }
    {
      split($2, address, ":")
      port = 0
      for (i = 1; i <= 4; i++) port = port * 16 + index("0123456789ABCDEF", substr(address[2], i, 1)) - 1
      if (!seen[port]++) print port
    }' tcp="$(cat /proc/net/{tcp,tcp6} 2>/dev/null | grep -c '^ *sl ')"
}

# block_is_free BASE SIZE PORTS: none of PORTS (those in use) lies in the block.
block_is_free() {
  local base=$1 size=$2 port
  for port in $3; do
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
  local wish=$1 size=$2 cells=$(((last_base - first_base) / base_step + 1)) start base i busy
  start=$(($(cksum <<<"$3" | cut -d' ' -f1) % cells))
  local candidates=()
  [ -z "$wish" ] || candidates+=("$wish")
  for ((i = 0; i < cells; i++)); do
    base=$((first_base + (start + i) % cells * base_step))
    ((base + size > last_base + base_step)) || candidates+=("$base")
  done
  busy=$(ports_in_use)
  for base in "${candidates[@]}"; do
    if block_is_free "$base" "$size" "$busy" && lock_block "$base" "$size"; then
      port_base=$base
      return
    fi
  done
  fail "no free block of $size ports between $first_base and $((last_base + base_step - 1))" \
    "stop another instance (./anydial down in its checkout), or set ANYDIAL_PORT_BASE to the start of a free range"
}
