#!/bin/sh
# Installs the oracle modules beside this script, at the versions of package-lock.json. Quiet; does
# nothing, and needs no network, when they are there already.
set -eu
cd "$(dirname "$0")"

fail() {
  echo "oracles: $1" >&2
  exit 1
}

command -v node >/dev/null || fail "node is missing"
lock_sum=$(cksum <package-lock.json)
if [ -f node_modules/.lock-sum ] && [ "$(cat node_modules/.lock-sum)" = "$lock_sum" ] &&
    node oracle.js --self-check >/dev/null 2>&1; then
  exit 0
fi
command -v npm >/dev/null || fail "npm is missing"
npm ci --silent --ignore-scripts || fail "npm ci failed: the tests of coding/ need these modules"
node oracle.js --self-check >/dev/null || fail "the modules are installed but do not work"
echo "$lock_sum" >node_modules/.lock-sum
