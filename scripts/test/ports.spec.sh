# shellcheck shell=bash

# Takes a free TCP port until the test ends: sets $busy.
listen() {
  node -e 'require("net").createServer().listen(0, "127.0.0.1", function () { console.log(this.address().port) })' >"$place/up" &
  local listener=$!
  # shellcheck disable=SC2064
  trap "kill $listener" EXIT
  until [ -s "$place/up" ]; do kill -0 "$listener" && sleep 0.02; done
  busy=$(<"$place/up")
}

given_a_port_in_use_when_a_block_is_claimed_then_another_block_is_taken() {
  listen
  expect 'a block around it' "$(block_is_free $((busy - 5)) 10 "$(ports_in_use)" && echo free || echo taken)" taken
  expect 'a block that ends before it' "$(block_is_free $((busy - 5)) 5 "$(ports_in_use)" && echo free || echo taken)" free
  claim_block $((busy - 5)) 10 seed
  ((port_base != busy - 5))
}

given_a_block_locked_by_another_run_when_claimed_then_another_block_is_taken() {
  local held
  held=$(claim_block 9000 1000 one && echo "$port_base")
  expect 'free again after that run' "$held" 9000
  claim_block 9000 1000 one
  expect first "$port_base" 9000
  (
    port_lock=
    claim_block 9000 1000 two
    [ "$port_base" != 9000 ]
  )
}

given_two_seeds_when_blocks_are_claimed_then_they_differ() {
  claim_block '' 1000 first
  local one=$port_base
  (
    claim_block '' 1000 first
    [ "$port_base" != "$one" ]
  )
}
