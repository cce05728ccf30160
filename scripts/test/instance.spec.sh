# shellcheck shell=bash

# Found free and locked by the real functions, far from the grid that instances use.
wish() { export ANYDIAL_PORT_BASE=9000; }

given_a_new_instance_when_its_environment_is_written_then_every_secret_is_made_and_only_we_may_read_it() {
  wish
  write_environment 1000
  expect mode "$(stat -c %a "$state/instance.env")" 600
  local name
  for name in "${secret_names[@]}"; do [[ ${!name} =~ ^[0-9a-f]{48}$ ]] || exit 1; done
  expect 'each secret is another' "$(for name in "${secret_names[@]}"; do echo "${!name}"; done | sort -u | wc -l)" "${#secret_names[@]}"
  expect 'no empty value' "$(grep -cE '^[A-Z_]+=$' "$state/instance.env" || true)" 0
}

given_an_environment_when_written_again_then_nothing_changes() {
  wish
  (write_environment 1000)
  cp "$state/instance.env" "$place/first"
  unset ANYDIAL_PORT_BASE
  write_environment 1000
  expect difference "$(diff "$place/first" "$state/instance.env")" ''
}

given_a_setting_from_the_caller_when_written_then_it_is_kept_for_later_runs() {
  wish
  (EXTERNAL_ADDRESS=203.0.113.7 write_environment 1000)
  write_environment 1000
  expect external "$EXTERNAL_ADDRESS" 203.0.113.7
}

given_an_instance_when_its_rtp_ranges_are_read_then_they_do_not_overlap_and_start_even() {
  wish
  write_environment 1000
  expect even "$((RTP_PORT_MIN % 2 + LAB_RTP_PORT_MIN % 2))" 0
  ((RTP_PORT_MIN > LAB_ARI_PORT && RTP_PORT_MAX < LAB_RTP_PORT_MIN && LAB_RTP_PORT_MAX < 10000))
}

given_a_secret_is_taken_out_when_the_environment_is_written_then_it_alone_is_new() {
  wish
  (write_environment 1000)
  sed -E '/^ARI_PASSWORD=/d' "$state/instance.env" >"$place/without"
  cp "$state/instance.env" "$place/first"
  cp "$place/without" "$state/instance.env"
  write_environment 1000
  expect changed "$(diff "$place/first" "$state/instance.env" | grep -c '^[<>]')" 2
  expect new "$(diff "$place/first" "$state/instance.env" | grep -cE '^> ARI_PASSWORD=[0-9a-f]{48}$')" 1
}

given_the_secret_before_this_one_when_written_then_it_is_kept_until_it_is_taken_away() {
  wish
  (SESSION_SECRET_PREVIOUS=$(new_secret) write_environment 1000)
  (write_environment 1000)
  expect kept "$(grep -cE '^SESSION_SECRET_PREVIOUS=[0-9a-f]{48}$' "$state/instance.env")" 1
  sed -i '/^SESSION_SECRET_PREVIOUS=/d' "$state/instance.env"
  write_environment 1000
  expect gone "$(grep -c '^SESSION_SECRET_PREVIOUS=' "$state/instance.env" || true)" 0
}
