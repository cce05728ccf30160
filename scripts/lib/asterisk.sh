# Our Asterisk and the lab's: folders, filled configuration, start, readiness.
# shellcheck shell=bash
# The capital names are the templates' variables.

# Where the announcements are, and how fast they are spoken (words a minute): tests hear them to the end, in half the time.
sounds_folder=sounds speech_rate=150

# prepare_asterisk NAME TEMPLATES: folders and configuration of the node (asterisk) or the lab (lab).
prepare_asterisk() {
  local name=$1 templates=$2
  ASTERISK_DIR=$state/$name
  LAB_DIR=$state/lab
  ASTERISK_ETC=$ASTERISK_DIR/etc
  ASTERISK_DATA_DIR=$ASTERISK_DIR/data
  local directory file
  for directory in etc etc/generated etc/keys lib log run spool data; do own_directory "$ASTERISK_DIR/$directory"; done
  link_data "$ASTERISK_DATA_DIR"
  ASTERISK_MODULES_DIR=$ASTERISK_DIR/modules
  link_modules "$ASTERISK_MODULES_DIR"
  make_certificate "$ASTERISK_ETC/keys"
  describe_nat >"$ASTERISK_ETC/generated/nat.conf"
  describe_media >"$ASTERISK_ETC/generated/media.conf"
  [ "$name" != asterisk ] || prepare_stir_shaken
  fill_all "$templates" "$ASTERISK_ETC"
  ! running_as_root || chown -R "$service_user:" "$ASTERISK_ETC"
  # A socket left by kill -9 is stale. (The channel events' file is rotated by the exchange, which reads it.)
  rm -f "$ASTERISK_DIR"/run/asterisk.{ctl,pid}
  for file in messages security; do rotate_log "$ASTERISK_DIR/log/$file.log"; done
}

# Asterisk's data directory, made of links: its documentation and REST descriptions, and our sounds beside its own.
link_data() {
  local data=$1 one
  for one in documentation rest-api; do ln -sfn "$asterisk_data/$one" "$data/$one"; done
  ln -sfn "$state_root/$sounds_folder" "$data/sounds"
}

# Asterisk's modules, as links, but for one that is a mended copy. 22.10.1's res_pjsip_refer dies, and Asterisk with it, of a
# REFER with `Refer-Sub: false` whose transfer is the exchange's to handle (asterisk#2021; 22.11 has it mended). In the copy
# the header's name is one that no message can have, so the header is ignored, as RFC 4488 section 4 says of who does not know it.
link_modules() {
  local modules=$1 broken=res_pjsip_refer.so
  own_directory "$modules"
  "${as_service[@]}" ln -sf -t "$modules" "$asterisk_modules"/*.so
  "${as_service[@]}" rm -f "$modules/$broken"
  # shellcheck disable=SC2016
  "${as_service[@]}" env LC_ALL=C bash -c 'sed s/Refer-Sub/Refer\ Sub/ "$1" >"$2"' - "$asterisk_modules/$broken" "$modules/$broken"
}

# Announcements in each language, spoken once per checkout, beside Asterisk's English prompts.
need_sounds() {
  own_directory "$state_root/$sounds_folder"
  step "Announcements" "$setup_log" make_sounds
}

make_sounds() {
  local sounds=$state_root/$sounds_folder core
  core=$(first_directory "$asterisk_data"/sounds/en_US_f_Allison "$asterisk_data"/sounds/en)
  own_directory "$sounds/en"
  [ -z "$core" ] || [ -e "$sounds/en/beep.gsm" ] || "${as_service[@]}" cp -rs "$core/." "$sounds/en/"
  make_hold_melody "$sounds/moh"
  flock "$sounds" "${as_reader[@]}" env HOME="$sounds" SPEECH_RATE="$speech_rate" bash "$home/asterisk/sounds/build.sh" "$sounds"
}

# What who is held hears: a slow broken chord of four seconds, over and over. Ours, so that nobody's rights are touched.
make_hold_melody() {
  local folder=$1 note notes=()
  [ ! -e "$folder/melody.wav" ] || return 0
  own_directory "$folder"
  rm -f "$folder"/*.wav
  for note in 440 554.37 659.26 880 659.26 554.37; do
    notes+=("|sox -n -r 8000 -c 1 -b 16 -p synth 0.6 triangle $note fade q 0.03 0.6 0.15 vol 0.15")
  done
  # format_wav reads plain 16-bit files only.
  "${as_service[@]}" sox "${notes[@]}" -b 16 -e signed-integer "$folder/melody.wav" pad 0 0.4
}

# A self-signed certificate per instance, for SIP over TLS and WSS; a real one may be put in its place.
make_certificate() {
  local keys=$1
  [ ! -s "$keys/node.pem" ] || [ ! -s "$keys/node.key" ] || return 0
  (
    umask 077
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj "/CN=anydial $instance" \
      -addext "subjectAltName=DNS:localhost,IP:127.0.0.1${EXTERNAL_ADDRESS:+,IP:$EXTERNAL_ADDRESS}" \
      -keyout "$keys/node.key" -out "$keys/node.pem" 2>&1
  )
}

# Included by every transport: how the node is seen from outside its NAT, if it is behind one.
describe_nat() {
  [ -n "${EXTERNAL_ADDRESS:-}" ] || return 0
  printf '%s\n' "external_media_address=$EXTERNAL_ADDRESS" "external_signaling_address=$EXTERNAL_ADDRESS" \
    local_net=127.0.0.0/8 local_net=10.0.0.0/8 local_net=172.16.0.0/12 local_net=192.168.0.0/16
}

# RTP of endpoints that are in no table, bound to our own address instead of to every one (as anydial.media_address does for the others).
describe_media() {
  [ "$SIP_HOST" = 0.0.0.0 ] || printf '%s\n' "media_address=$SIP_HOST" bind_rtp_to_media_address=yes
}

# libpq would wait for minutes for a database host that does not answer, and res_config_pgsql holds its only lock meanwhile.
start_asterisk() {
  spawn asterisk plain as_service env PGCONNECT_TIMEOUT=2 "${asterisk_program[@]}" -C "$state/asterisk/etc/asterisk.conf" -f
}

start_lab() {
  spawn lab plain as_service "${asterisk_program[@]}" -C "$state/lab/etc/asterisk.conf" -f
}

# asterisk_says NAME COMMAND…: a console command to asterisk or lab.
asterisk_says() {
  local name=$1
  shift
  "${as_service[@]}" env HOME=/nonexistent "${asterisk_program[@]}" -C "$state/$name/etc/asterisk.conf" -rx "$*"
}

wait_for_asterisk() {
  local name=$1
  until [[ $(asterisk_says "$name" core waitfullybooted 2>/dev/null) == *'fully booted'* ]]; do
    is_running "$name" || fail "Asterisk ($name) ended while starting" "read $log/$name.log and $state/$name/log"
    sleep 0.1
  done
}
