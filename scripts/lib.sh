# What the scripts share. Sourced, not run.

say() { printf '\n== %s\n' "$*"; }

# Runs a command as root: at once when we are, else by sudo.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# need PROGRAM PACKAGE: installs a Debian or Ubuntu package when a program is missing.
missing_packages=()
need() {
  command -v "$1" >/dev/null 2>&1 || missing_packages+=("$2")
}

install_missing() {
  [ ${#missing_packages[@]} -gt 0 ] || return 0
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "Please install: ${missing_packages[*]} (this script can do it where there is apt-get)" >&2
    exit 1
  fi
  say "Installing ${missing_packages[*]} from the system's packages"
  export DEBIAN_FRONTEND=noninteractive
  as_root apt-get update -qq
  as_root apt-get install -y -qq --no-install-recommends "${missing_packages[@]}" >/dev/null
}

# Builds the page into web/dist, when anything of it is newer.
build_web() {
  command -v npm >/dev/null 2>&1 || { echo "Node.js with npm is needed to build the page: https://nodejs.org" >&2; exit 1; }
  if [ -f web/dist/manifest.json ] &&
     [ -z "$(find web -newer web/dist/manifest.json -type f -not -path 'web/node_modules/*' -not -path 'web/dist/*' -print -quit)" ]; then
    return 0
  fi
  say "Building the page"
  (cd web && npm ci --no-audit --no-fund --loglevel=error && npm run build)
  # The program embeds web/dist: let cargo see that it is new.
  touch crates/api/src/pages/mod.rs
}
