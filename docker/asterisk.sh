#!/usr/bin/env bash
# The asterisk image's command: fills the configuration from the environment and becomes Asterisk.
# usage: asterisk.sh node | lab | pooler | sounds    (sounds: only speak the announcements, at build time)
set -Eeuo pipefail
shopt -s inherit_errexit

home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
for part in say privilege processes instance template asterisk-root stir-shaken asterisk pooler; do
  # shellcheck source=/dev/null
  source "$home/scripts/lib/$part.sh"
done
role=${1:?usage: asterisk.sh node | lab | sounds}
# Read by the functions above.
# shellcheck disable=SC2034
state_root=$home state=${ANYDIAL_STATE_DIR:-/var/lib/anydial} instance=${ANYDIAL_INSTANCE:-main}

if [ "$role" = pooler ]; then
  own_directory "$state/pooler"
  prepare_pooler
  exec pgbouncer "$state/pooler/pgbouncer.ini"
fi
choose_asterisk || fail "this image has no Asterisk 22 that is new enough" "build it again: Debian unstable has one"
case $role in
  sounds) make_sounds && exit ;;
  node) name=asterisk templates=$home/asterisk/node ;;
  lab) name=lab templates=$home/asterisk/lab ;;
  *) fail "no such role: $role" "node, lab, pooler or sounds" ;;
esac
prepare_asterisk "$name" "$templates"
exec "${asterisk_program[@]}" -C "$state/$name/etc/asterisk.conf" -f
