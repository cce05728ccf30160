# Node 24 and our own program: modules from package-lock.json, then tsc, then the pages. Each only when something changed.
# shellcheck shell=bash

oldest_host_node=18

check_host_node() {
  local version
  version=$(node -v 2>/dev/null) || fail "no Node on this machine" "apt-get install nodejs npm (18 or newer; Node 24 itself comes as an npm package)"
  version=${version#v}
  ((${version%%.*} >= oldest_host_node)) ||
    fail "Node $version cannot run npm for us" "install Node $oldest_host_node or newer; Node 24 itself comes as an npm package"
}

need_modules() {
  if ! node "$scripts/modules-current.cjs" "$home"; then
    check_host_node
    step "Node modules" "$setup_log" install_modules
  fi
  export PATH=$home/node_modules/.bin:$PATH
  hash -r
  [[ $(node -v) == v24.* ]] ||
    fail "node_modules/.bin/node is $(node -v), not 24" "remove node_modules and run again"
}

# npm 11 warns about install scripts that it did not run: none of our modules needs one.
# Registry mirrors that lack other platforms' optional packages (biome's for Windows, say) leave them out of the lock file, and
# then `npm ci` refuses it. `npm install --no-save` takes the same locked versions; what it did is compared with the lock after.
install_modules() {
  cd "$home"
  local -a npm
  choose_npm
  "${as_owner[@]}" "${npm[@]}" ci --no-audit --no-fund ||
    "${as_owner[@]}" "${npm[@]}" install --no-save --no-audit --no-fund
  node "$scripts/modules-current.cjs" "$home" || fail "node_modules is still not what package-lock.json names" "npm ci says why"
}

# Debian 12's npm 9.2 cannot read a lock file with aliased overrides ("Invalid comparator"; 9.9 can): it fetches a newer one first,
# from a directory where it need not read ours.
choose_npm() {
  local version major minor
  version=$(npm -v)
  IFS=. read -r major minor _ <<<"$version"
  npm=(npm)
  ((major * 100 + minor < 909)) || return 0
  local newer
  newer=$("${as_owner[@]}" mktemp -d)
  (cd "$newer" && "${as_owner[@]}" npm install --prefix "$newer" --no-audit --no-fund npm@10)
  npm=(node "$newer/node_modules/npm/bin/npm-cli.js")
}

need_build() {
  local now=$home/dist/.built fingerprint
  fingerprint=$(source_fingerprint)
  [ "$(cat "$now" 2>/dev/null)" != "$fingerprint" ] || return 0
  # A removed or renamed source must not live on in dist (migrations are found by file name).
  [ "$(cut -d' ' -f1 "$now" 2>/dev/null)" = "${fingerprint% *}" ] ||
    rm -rf "$home/dist" "$home/node_modules/.cache/tsbuildinfo.build"
  step "Build" "$setup_log" build
  printf '%s\n' "$fingerprint" | "${as_owner[@]}" tee "$now" >/dev/null
}

# Two words: which source files there are, and what they are (path, size, time).
source_fingerprint() {
  local files
  files=$(source_files)
  printf '%s %s' "$(cut -d' ' -f1 <<<"$files" | sha256sum | cut -c1-32)" "$(sha256sum <<<"$files" | cut -c1-32)"
}

build() {
  cd "$home"
  "${as_owner[@]}" tsc -p tsconfig.build.json
}

source_files() {
  (cd "$home" && find src test/lab bench ormconfig.ts tsconfig.json tsconfig.build.json package-lock.json -type f \
    -printf '%p %s %T@\n' 2>/dev/null | sort) || true
}

# After need_build, which may empty dist.
need_pages() {
  local now=$home/dist/web/.built fingerprint
  fingerprint=$(page_files | sha256sum)
  [ "$(cat "$now" 2>/dev/null)" != "$fingerprint" ] || return 0
  step "Pages" "$setup_log" build_pages
  printf '%s\n' "$fingerprint" | "${as_owner[@]}" tee "$now" >/dev/null
}

build_pages() {
  cd "$home"
  "${as_owner[@]}" vite build web
}

page_files() {
  (cd "$home" && find web package-lock.json -type f -printf '%p %s %T@\n' | sort)
}
