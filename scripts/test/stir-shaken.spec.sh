# shellcheck shell=bash
# Read by the functions under test.
# shellcheck disable=SC2034

node_at() {
  ASTERISK_DIR=$1 ASTERISK_ETC=$1/etc
  mkdir -p "$1/lib" "$1/etc/generated" "$1/etc/keys"
}

given_no_key_and_no_authority_when_prepared_then_nothing_is_loaded() {
  node_at "$place"
  echo old >"$ASTERISK_ETC/generated/modules-stir-shaken.conf"
  STIR_SHAKEN_KEY_FILE='' STIR_SHAKEN_CA_FILE='' prepare_stir_shaken
  expect files "$(ls "$ASTERISK_ETC/generated")" ''
}

given_a_key_when_prepared_then_it_is_copied_for_the_service_alone_and_its_modules_are_loaded() {
  node_at "$place"
  echo key >"$place/key"
  STIR_SHAKEN_KEY_FILE=$place/key STIR_SHAKEN_CA_FILE='' STIR_SHAKEN_CERTIFICATE_URL=https://c.example/c.pem prepare_stir_shaken
  expect mode "$(stat -c %a "$ASTERISK_ETC/keys/stir-shaken.key")" 600
  expect modules "$(grep -c '^load = ' "$ASTERISK_ETC/generated/modules-stir-shaken.conf")" 3
  expect attestation "$(grep -c '^\[attestation\]\|^unknown_tn_attest_level = B' "$ASTERISK_ETC/generated/stir-shaken.conf")" 2
  if grep -q relax "$ASTERISK_ETC/generated/stir-shaken.conf"; then exit 1; fi
}

given_a_key_without_an_https_address_of_its_certificate_when_prepared_then_it_fails() {
  node_at "$place"
  echo key >"$place/key"
  if (STIR_SHAKEN_KEY_FILE=$place/key STIR_SHAKEN_CERTIFICATE_URL=http://c.example/c.pem prepare_stir_shaken); then exit 1; fi
}

given_an_authority_when_prepared_then_certificates_are_never_fetched_from_private_addresses() {
  node_at "$place"
  echo pem >"$place/ca"
  STIR_SHAKEN_KEY_FILE='' STIR_SHAKEN_CA_FILE=$place/ca prepare_stir_shaken
  if grep -q 'x5u_permit\|relax' "$ASTERISK_ETC/generated/stir-shaken.conf"; then exit 1; fi
  expect authority "$(grep -c "^ca_file = $place/ca" "$ASTERISK_ETC/generated/stir-shaken.conf")" 1
}
