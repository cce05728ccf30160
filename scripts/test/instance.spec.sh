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
