#!/usr/bin/env bash
# Prints the environment for docker-compose.yml with fresh secrets: docker/env.sh > .env && chmod 600 .env
set -euo pipefail
secret() { head -c 24 /dev/urandom | od -An -vtx1 | tr -d ' \n'; }

base64url() { base64 -w 0 | tr '+/' '-_' | tr -d '='; }
# VAPID keys: of a P-256 key as SEC1 DER, bytes 8-39 are the private half, the last 65 the public one.
push=$(openssl ecparam -name prime256v1 -genkey -noout -outform DER | base64 -w 0)

database=$(secret) redis=$(secret)
cat <<EOF
POSTGRES_PORT=5432
DATABASE_PASSWORD=$database
DATABASE_URL=postgres://anydial:$database@127.0.0.1:5432/anydial
POOLER_PORT=6432
REDIS_PORT=6379
REDIS_PASSWORD=$redis
REDIS_URL=redis://:$redis@127.0.0.1:6379/0
ASTERISK_DB_PASSWORD=$(secret)
ARI_URL=http://127.0.0.1:8088
ARI_USERNAME=exchange
ARI_PASSWORD=$(secret)
ARI_APP=exchange
PUBLIC_URL=${PUBLIC_URL:-http://127.0.0.1:3000}
SIP_HOST=${SIP_HOST:-127.0.0.1}
SIP_PORT=5060
SIP_TLS_PORT=5061
SIP_WS_PORT=8088
SIP_WSS_PORT=8089
SIP_REALM=${SIP_REALM:-anydial}
RTP_PORT_MIN=10000
RTP_PORT_MAX=20000
SESSION_SECRET=$(secret)
CARD_FILE_KEY=$(secret)
WEB_PUSH_PUBLIC_KEY=$(base64 -d <<<"$push" | tail -c 65 | base64url)
WEB_PUSH_PRIVATE_KEY=$(base64 -d <<<"$push" | head -c 39 | tail -c 32 | base64url)
PERSONAL_DATA_KEYS=1:$(secret)
BOOTSTRAP_OPERATOR_EMAIL=${BOOTSTRAP_OPERATOR_EMAIL:-operator@anydial.example}
BOOTSTRAP_OPERATOR_PASSWORD=$(secret)
LAB_SIP_PORT=5080
LAB_ARI_URL=http://127.0.0.1:8090
LAB_ARI_PORT=8090
LAB_ARI_USERNAME=lab
LAB_ARI_PASSWORD=$(secret)
LAB_RTP_PORT_MIN=20100
LAB_RTP_PORT_MAX=22000
LAB_PHONE_SECRET=$(secret)
EOF
