# shellcheck shell=bash

given_the_units_when_systemd_reads_them_then_it_has_nothing_to_say() {
  command -v systemd-analyze >/dev/null || {
    echo 'no systemd on this machine: not verified'
    return 0
  }
  # Where they will be installed nothing is yet: the programs are told from here.
  local unit
  for unit in "$home"/ops/systemd/*; do sed -E "s#^(ExecStart=)/opt/anydial/[^ ]*#\1/bin/true#; s#/opt/anydial#$home#" "$unit" >"$place/${unit##*/}"; done
  cd "$place"
  SYSTEMD_UNIT_PATH=$place: systemd-analyze verify --man=no --recursive-errors=no ./*.service ./*.target >"$place/said" 2>&1 || true
  expect 'what it says of our units' "$(grep -E 'anydial' "$place/said" | grep -vE 'Unit (postgresql|redis-server)' || true)" ''
}

given_the_units_then_what_they_start_is_in_the_checkout_and_every_role_has_one_with_its_own_port() {
  local program role ports=''
  for program in $(grep -ohE '/opt/anydial/(docker|node_modules/.bin)/[^ ]+' "$home"/ops/systemd/*.service | sort -u); do
    [ -x "$home/${program#/opt/anydial/}" ] || { echo "$program is not there"; exit 1; }
  done
  for role in web exchange worker; do
    grep -qx "Environment=ANYDIAL_ROLES=$role" "$home/ops/systemd/anydial-$role.service"
    ports+=$(grep -oE '^Environment=HTTP_PORT=[0-9]+' "$home/ops/systemd/anydial-$role.service")$'\n'
  done
  expect 'ports in all' "$(printf '%s' "$ports" | sort -u | wc -l)" 3
}
