# Who signs and verifies callers (STIR/SHAKEN): what the instance's settings say becomes Asterisk's configuration (docs/security.md).
# shellcheck shell=bash
#   STIR_SHAKEN_KEY_FILE, STIR_SHAKEN_CERTIFICATE_URL   our private key (P-256, PEM), and where others fetch its certificate
#   STIR_SHAKEN_CA_FILE                                 whose certificates are believed, PEM
#   STIR_SHAKEN_LAB=yes                                 certificates may be fetched from this machine, by http: tests only

# Without either nothing is loaded, and a trunk that wants verified callers alone gets none.
prepare_stir_shaken() {
  local generated=$ASTERISK_ETC/generated keys=$ASTERISK_ETC/keys
  rm -f "$generated"/{modules-stir-shaken,stir-shaken}.conf "$keys/stir-shaken.key"
  [ -n "${STIR_SHAKEN_KEY_FILE:-}${STIR_SHAKEN_CA_FILE:-}" ] || return 0
  own_directory "$ASTERISK_DIR/lib/certificates"
  { describe_attestation && describe_verification; } >"$generated/stir-shaken.conf"
  printf 'load = %s.so\n' res_curl res_stir_shaken res_pjsip_stir_shaken >"$generated/modules-stir-shaken.conf"
}

# A: a number that is a member's own and proved (realtime, `stir_tns`); B: any other of our members' calls. Calls of other networks
# that are sent on are left unsigned by the exchange.
describe_attestation() {
  [ -n "${STIR_SHAKEN_KEY_FILE:-}" ] || return 0
  [ -r "$STIR_SHAKEN_KEY_FILE" ] || fail "STIR_SHAKEN_KEY_FILE: cannot read $STIR_SHAKEN_KEY_FILE" "a P-256 private key as PEM"
  [[ ${STIR_SHAKEN_CERTIFICATE_URL:-} =~ ^https://[^[:space:]]+$ ]] ||
    fail "STIR_SHAKEN_CERTIFICATE_URL is no https address" "set it to where others fetch the certificate of STIR_SHAKEN_KEY_FILE"
  # Its own copy: Asterisk's user may not be who owns the secret.
  (umask 077 && cat "$STIR_SHAKEN_KEY_FILE" >"$ASTERISK_ETC/keys/stir-shaken.key")
  printf '%s\n' '[attestation]' "private_key_file = $ASTERISK_ETC/keys/stir-shaken.key" \
    "public_cert_url = $STIR_SHAKEN_CERTIFICATE_URL" 'unknown_tn_attest_level = B'
}

describe_verification() {
  [ -n "${STIR_SHAKEN_CA_FILE:-}" ] || return 0
  [ -r "$STIR_SHAKEN_CA_FILE" ] || fail "STIR_SHAKEN_CA_FILE: cannot read $STIR_SHAKEN_CA_FILE" "certificates as PEM, one or more"
  printf '%s\n' '[verification]' "ca_file = $STIR_SHAKEN_CA_FILE" "cert_cache_dir = $ASTERISK_DIR/lib/certificates"
  [ "${STIR_SHAKEN_LAB:-}" != yes ] || printf '%s\n' 'x5u_deny = 0.0.0.0/0.0.0.0' 'x5u_permit = 127.0.0.0/8' \
    'relax_x5u_port_scheme_restrictions = yes' 'curl_timeout = 1'
}

# A certificate authority for one instance, our key and certificate by it, and those of a network that calls us.
make_stir_shaken_lab() {
  local lab=$state/stir-shaken who
  own_directory "$lab"
  [ ! -s "$lab/network.pem" ] || return 0
  (
    umask 077
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj '/CN=lab authority' \
      -keyout "$lab/ca.key" -out "$lab/ca.pem"
    for who in exchange network; do
      # The extension is TNAuthList (RFC 8226) with one service provider code, 1234.
      openssl req -x509 -CA "$lab/ca.pem" -CAkey "$lab/ca.key" -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 \
        -subj "/CN=$who SHAKEN 1234" -addext '1.3.6.1.5.5.7.1.26=DER:3008a006160431323334' -addext basicConstraints=critical,CA:false \
        -keyout "$lab/$who.key" -out "$lab/$who.pem"
    done
  ) 2>&1
  ! running_as_root || chown -R "$service_user:" "$lab"
}
