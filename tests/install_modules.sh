#!/bin/sh
# Installs what the tests have from npm, each folder at the versions of its package-lock.json. Quiet; does nothing, and
# needs no network, where they are there already.
set -eu
cd "$(dirname "$0")/.."

fail() {
  echo "install_modules: $1" >&2
  exit 1
}

# install FOLDER CHECK…: the modules of FOLDER; CHECK, run there, shows that they work.
install() {
  folder=$1
  shift
  lock_sum=$(cksum <"$folder/package-lock.json")
  if [ -f "$folder/node_modules/.lock-sum" ] && [ "$(cat "$folder/node_modules/.lock-sum")" = "$lock_sum" ] &&
      (cd "$folder" && "$@" >/dev/null 2>&1); then
    return 0
  fi
  command -v npm >/dev/null || fail "npm is missing"
  (cd "$folder" && npm ci --silent --ignore-scripts) || fail "npm ci failed in $folder: the tests need these modules"
  (cd "$folder" && "$@" >/dev/null) || fail "the modules of $folder are installed but do not work"
  echo "$lock_sum" >"$folder/node_modules/.lock-sum"
}

command -v node >/dev/null || fail "node is missing"
install tests/oracles node oracle.js --self-check
install clients/node node -e 'require("./radyab.js")'
install tests/scanner/other_readers node read.mjs --self-check
install tests/api node_modules/.bin/buf --version
