# Two images: `app` (web, exchange, worker, cli) and `asterisk` (our node and the lab world). PostgreSQL and Redis are the official ones.

FROM debian:bookworm-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates nodejs npm
# Debian's npm 9.2 cannot read a lock file with aliased overrides.
RUN npm install --global --prefix /usr/local npm@10
WORKDIR /opt/anydial
COPY package.json package-lock.json ./
# The Node that builds and runs is the package node@24 among the modules.
RUN /usr/local/bin/npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ormconfig.ts ./
COPY src src
COPY bench bench
COPY test test
COPY web web
RUN node_modules/.bin/node node_modules/typescript/bin/tsc -p tsconfig.build.json && node_modules/.bin/node node_modules/vite/bin/vite.js build web && /usr/local/bin/npm prune --omit=dev --no-audit --no-fund

FROM debian:bookworm-slim AS app
RUN useradd --system --uid 10001 --user-group --home-dir /var/lib/anydial --create-home --shell /usr/sbin/nologin anydial
WORKDIR /opt/anydial
COPY --from=build /opt/anydial/package.json ./
COPY --from=build /opt/anydial/node_modules node_modules
COPY --from=build /opt/anydial/dist dist
COPY assets assets
ENV NODE_ENV=production PATH=/opt/anydial/node_modules/.bin:/usr/bin:/bin
RUN install -d -o anydial -g anydial /var/lib/anydial/journal /var/lib/anydial/asterisk /var/lib/anydial/asterisk/log /var/lib/anydial/asterisk/run /var/lib/anydial/asterisk/lib /var/lib/anydial/asterisk/spool /var/lib/anydial/asterisk/etc /var/lib/anydial/asterisk/etc/generated
USER anydial
ENTRYPOINT ["node"]
CMD ["dist/src/main.js"]

FROM debian:sid-slim AS asterisk
# For a mirror that stands still: --build-arg APT_OPTIONS="-o Acquire::Check-Valid-Until=false"
ARG APT_OPTIONS=""
RUN apt-get $APT_OPTIONS update && apt-get install -y --no-install-recommends \
      asterisk asterisk-modules asterisk-config asterisk-core-sounds-en-gsm espeak-ng sox openssl pgbouncer \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --user-group --home-dir /var/lib/anydial --create-home --shell /usr/sbin/nologin anydial \
    && install -d -o anydial -g anydial /opt/anydial /var/lib/anydial
WORKDIR /opt/anydial
COPY --chown=anydial:anydial asterisk asterisk
COPY --chown=anydial:anydial scripts/lib scripts/lib
COPY --chown=anydial:anydial docker/asterisk.sh docker/asterisk.sh
USER anydial
RUN docker/asterisk.sh sounds \
    && install -d /var/lib/anydial/asterisk/log /var/lib/anydial/asterisk/run /var/lib/anydial/asterisk/lib /var/lib/anydial/asterisk/spool /var/lib/anydial/asterisk/etc/generated
ENTRYPOINT ["docker/asterisk.sh"]
CMD ["node"]
