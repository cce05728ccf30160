# One running set: where its files are, its ports and its secrets (instance.env).
# shellcheck shell=bash
# Variables set here are read by the other parts:

instance='' state='' etc='' log='' run=''

# open_instance NAME SIZE: directories of the instance, owned by the user that runs it.
open_instance() {
  instance=$1
  choose_state_root
  state=$state_root/$instance
  etc=$state/asterisk/etc log=$state/log run=$state/run
  local directory
  for directory in "$state" "$state"/{log,run,tmp,journal,redis,pooler,asterisk,lab}; do
    own_directory "$directory"
  done
}

own_directory() {
  if running_as_root; then
    install -d -m 0700 -o "$service_user" -g "$service_user" "$1"
  else
    (umask 077 && mkdir -p "$1" 2>/dev/null) || true
    [ -O "$1" ] ||
      fail "$1 belongs to $(stat -c %U "$1" 2>/dev/null || echo somebody else)" \
        "it was made by another user's ./anydial: run as that user, or remove $state_root as root"
  fi
}

# .anydial in the checkout; elsewhere, with .anydial as a link to it, where the checkout is closed to the service user or
# its path too long for a UNIX socket (108 bytes).
choose_state_root() {
  local link=$home/.anydial elsewhere
  # Told by tests, whose user may not look where ours would be.
  if [ -n "${ANYDIAL_STATE_ROOT:-}" ]; then
    state_root=$ANYDIAL_STATE_ROOT
    return
  fi
  state_root=$link
  if checkout_is_open && ((${#home} <= 60)); then
    [ ! -L "$link" ] || rm "$link"
    own_directory "$link"
    return
  fi
  elsewhere=${XDG_STATE_HOME:-$HOME/.local/state}/anydial
  ! running_as_root || elsewhere=/var/lib/anydial/state
  forget_removed_checkouts "$elsewhere"
  state_root=$elsewhere/$(sha256sum <<<"$home" | cut -c1-12)
  own_directory "$elsewhere"
  own_directory "$state_root"
  printf '%s\n' "$home" >"$state_root/checkout"
  if [ "$(readlink "$link" 2>/dev/null)" != "$state_root" ]; then
    [ ! -d "$link" ] || [ -L "$link" ] || fail "$link is a directory, but this checkout's state must be in $state_root" \
      "remove it (it holds an earlier run's data)"
    ln -sfn "$state_root" "$link"
  fi
}

# State of checkouts that no longer exist (CI removes its clones) and that nothing runs in.
forget_removed_checkouts() {
  local root checkout
  for root in "$1"/*/; do
    [ -r "$root/checkout" ] || continue
    checkout=$(<"$root/checkout")
    [ -e "$checkout/anydial" ] || [ -n "$(processes_below "${root%/}")" ] || rm -rf "$root"
  done
}

# write_environment SIZE: (re)writes instance.env. Secrets and the port base are kept; all else follows from them.
write_environment() {
  local size=$1 file=$state/instance.env
  declare -gA kept=()
  local name value
  if [ -f "$file" ]; then
    while IFS='=' read -r name value; do kept[$name]=$value; done < <(grep -E '^[A-Z_]+=' "$file")
  fi
  make_missing_secrets
  make_push_keys
  claim_block "${ANYDIAL_PORT_BASE:-${kept[ANYDIAL_PORT_BASE]:-}}" "$size" "$state"
  (umask 077 && environment_lines "$port_base" "$size" >"$file.new")
  ! running_as_root || chown "$service_user:" "$file.new"
  mv "$file.new" "$file"
  load_environment
}

load_environment() {
  set -a
  # shellcheck source=/dev/null
  source "$state/instance.env"
  set +a
}

# Secrets are made once: 192 bits each, letters and digits only, so that they fit every file and URL unquoted.
readonly secret_names=(DATABASE_PASSWORD REDIS_PASSWORD ARI_PASSWORD SESSION_SECRET BOOTSTRAP_OPERATOR_PASSWORD
  ASTERISK_DB_PASSWORD CARD_FILE_KEY LAB_ARI_PASSWORD LAB_PHONE_SECRET)
new_secret() { head -c 24 /dev/urandom | od -An -vtx1 | tr -d ' \n'; }
make_missing_secrets() {
  local name
  for name in "${secret_names[@]}"; do
    [ -n "${kept[$name]:-}" ] || kept[$name]=$(new_secret)
  done
  # A ring of keys, each with its id: a new one is put in front by hand (docs/membership.md), and kept.
  [ -n "${kept[PERSONAL_DATA_KEYS]:-}" ] || kept[PERSONAL_DATA_KEYS]=1:$(new_secret)
}

# VAPID keys (RFC 8292) in base64url: of a P-256 key as SEC1 DER, bytes 8-39 are the private half, the last 65 the public one.
make_push_keys() {
  local key
  [ -z "${kept[WEB_PUSH_PRIVATE_KEY]:-}" ] || [ -z "${kept[WEB_PUSH_PUBLIC_KEY]:-}" ] || return 0
  key=$(openssl ecparam -name prime256v1 -genkey -noout -outform DER 2>/dev/null | base64 -w 0)
  kept[WEB_PUSH_PRIVATE_KEY]=$(base64 -d <<<"$key" | head -c 39 | tail -c 32 | base64url)
  kept[WEB_PUSH_PUBLIC_KEY]=$(base64 -d <<<"$key" | tail -c 65 | base64url)
}
base64url() { base64 -w 0 | tr '+/' '-_' | tr -d '='; }

# from_caller NAME DEFAULT: a setting that the caller's environment may change; what was set once is kept.
from_caller() {
  local value=${!1:-${kept[$1]:-$2}}
  [ -z "$value" ] || printf '%s=%s\n' "$1" "$value"
}

# The test world signs and verifies with certificates of its own.
stir_shaken_lines() {
  local name
  if [[ $instance = test* ]]; then
    printf '%s\n' "STIR_SHAKEN_KEY_FILE=$state/stir-shaken/exchange.key" STIR_SHAKEN_CERTIFICATE_URL=https://certificates.anydial.example/exchange.pem \
      "STIR_SHAKEN_CA_FILE=$state/stir-shaken/ca.pem" STIR_SHAKEN_LAB=yes
  else
    for name in KEY_FILE CERTIFICATE_URL CA_FILE; do from_caller "STIR_SHAKEN_$name" ''; done
  fi
}

environment_lines() {
  local base=$1 size=$2
  local sip=$((base + 1)) tls=$((base + 2)) asterisk_http=$((base + 3)) postgres=$((base + 6)) redis=$((base + 7)) pooler=$((base + 8))
  local lab_sip=$((base + 10)) lab_http=$((base + 11))
  # Two thirds of what is left for our RTP, one for the lab's; each call leg takes two ports.
  local rtp=$((base + 100)) lab_rtp=$((base + 100 + (size - 100) * 2 / 3))
  cat <<EOF
# Written by ./anydial for the instance "$instance"; secrets and the port base are kept, the rest is derived at every start.
ANYDIAL_INSTANCE=$instance
ANYDIAL_STATE_DIR=$state
ANYDIAL_PORT_BASE=$base
NODE_ENV=$([[ $instance = test* ]] && echo test || echo development)
ANYDIAL_ROLES=web,exchange,worker
$(from_caller LOG_LEVEL info)
DATABASE_URL=postgres://anydial:${kept[DATABASE_PASSWORD]}@127.0.0.1:$postgres/anydial
REDIS_URL=redis://:${kept[REDIS_PASSWORD]}@127.0.0.1:$redis/0
ARI_URL=http://127.0.0.1:$asterisk_http
ARI_USERNAME=exchange
ARI_PASSWORD=${kept[ARI_PASSWORD]}
ARI_APP=exchange
ASTERISK_CONTROL_SOCKET=$state/asterisk/run/asterisk.ctl
CEL_FILE=$state/asterisk/log/cel.jsonl
SECURITY_LOG_FILE=$state/asterisk/log/security.log
JOURNAL_DIR=$state/journal
ENDPOINT_COPY=$state/asterisk/lib/endpoints.sqlite3
HTTP_HOST=127.0.0.1
HTTP_PORT=$base
PUBLIC_URL=http://127.0.0.1:$base
SIP_HOST=127.0.0.1
SIP_PORT=$sip
SIP_TLS_PORT=$tls
SIP_WS_PORT=$asterisk_http
SIP_REALM=anydial
$([[ $instance = test* ]] && echo SIP_NEVER_BANNED=127.0.0.1,127.0.0.66)
RTP_PORT_MIN=$((rtp + rtp % 2))
RTP_PORT_MAX=$((lab_rtp - 1))
STAFF_SECOND_FACTOR=optional
SESSION_SECRET=${kept[SESSION_SECRET]}
CARD_FILE_KEY=${kept[CARD_FILE_KEY]}
$(from_caller SESSION_SECRET_PREVIOUS '')
$(from_caller CARD_FILE_KEY_PREVIOUS '')
WEB_PUSH_PUBLIC_KEY=${kept[WEB_PUSH_PUBLIC_KEY]}
WEB_PUSH_PRIVATE_KEY=${kept[WEB_PUSH_PRIVATE_KEY]}
PERSONAL_DATA_KEYS=${kept[PERSONAL_DATA_KEYS]}
$(from_caller BOOTSTRAP_OPERATOR_EMAIL operator@anydial.example)
BOOTSTRAP_OPERATOR_PASSWORD=${kept[BOOTSTRAP_OPERATOR_PASSWORD]}
$(from_caller EXTERNAL_ADDRESS '')
$(from_caller TOP_UP_PORT test)
$(stir_shaken_lines)
ASTERISK_DB_PASSWORD=${kept[ASTERISK_DB_PASSWORD]}
LAB_SIP_PORT=$lab_sip
LAB_ARI_URL=http://127.0.0.1:$lab_http
LAB_ARI_USERNAME=lab
LAB_ARI_PASSWORD=${kept[LAB_ARI_PASSWORD]}
LAB_RTP_PORT_MIN=$((lab_rtp + lab_rtp % 2))
LAB_RTP_PORT_MAX=$((base + size - 1))
LAB_PHONE_SECRET=${kept[LAB_PHONE_SECRET]}
# Parts of the URLs above, for ./anydial itself.
SIP_WSS_PORT=$((base + 4))
POSTGRES_PORT=$postgres
POOLER_PORT=$pooler
DATABASE_PASSWORD=${kept[DATABASE_PASSWORD]}
REDIS_PORT=$redis
REDIS_PASSWORD=${kept[REDIS_PASSWORD]}
LAB_ARI_PORT=$lab_http
EOF
}
