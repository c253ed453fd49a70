#!/bin/bash
# Installs the package in a bare Debian 12 made for it, starts the server by the words of its unit and as its user, and
# makes calls. As root: bare_debian.sh PACKAGE.deb [FOLDER]; FOLDER is a bare Debian that is there already, and is kept.
set -euo pipefail
package=${1:?which package}
kept=${2:-}
mirror=$(sed -n 's/^URIs: *\|^deb \(\[[^]]*\] \)\?//p' /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null |
  grep -v security | head -n 1 | cut -d' ' -f1 || true)

fail() {
  echo "bare_debian: $1" >&2
  exit 1
}

[ "$(id -u)" = 0 ] || fail "only root can make a bare Debian"
root=${kept:-$(mktemp -d)}
[ -n "$kept" ] || chmod 755 "$root" # the service runs as a user of its own
server=
cleanup() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  umount "$root/proc" 2>/dev/null || true
  [ -n "$kept" ] || rm -rf --one-file-system "$root"
}
trap cleanup EXIT

[ -e "$root/etc/debian_version" ] || debootstrap --variant=minbase bookworm "$root" ${mirror:+"$mirror"}
cp /etc/resolv.conf "$root/etc/resolv.conf"
cp "$package" "$root/radyab.deb"
mount -t proc proc "$root/proc"
within=(chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive)
inside() { "${within[@]}" "$@"; }

inside apt-get -q update
inside apt-get -q install -y --no-install-recommends /radyab.deb

# What the unit says, and not a word more but for a free port.
unit=$root/lib/systemd/system/radyabd.service
exec_start=$(sed -n 's/^ExecStart=//p' "$unit")
user=$(sed -n 's/^User=//p' "$unit")
[ -n "$exec_start" ] && [ "$user" = radyab ] || fail "the unit names no program or another user"
[ "$(inside stat -c '%U %a' /var/lib/radyab)" = "radyab 700" ] || fail "the folder of the data is not radyab's alone"
rm -f "$root/var/lib/radyab/port"
# Each of these programs becomes the next, so that the process is the server itself.
# shellcheck disable=SC2086 # the words of ExecStart
"${within[@]}" setpriv --reuid radyab --regid radyab --clear-groups --no-new-privs \
  $exec_start --listen 127.0.0.1:0 --port-file /var/lib/radyab/port >"$root/server.log" 2>&1 &
server=$!
for _ in $(seq 300); do
  [ ! -s "$root/var/lib/radyab/port" ] || break
  kill -0 "$server" 2>/dev/null || fail "the server ended: $(cat "$root/server.log")"
  sleep 0.1
done
port=$(cat "$root/var/lib/radyab/port") || fail "the server does not listen: $(cat "$root/server.log")"

call() { inside env RADYAB_SERVER="127.0.0.1:$port" "RADYAB_KEY=$(cat "$root/var/lib/radyab/admin.key")" radyab --json "$@"; }
call member create --name-en "Bare Debian" | grep -q '"name":"members/' || fail "no member could be registered"
call member list | grep -q 'Bare Debian' || fail "the member that was registered is not listed"
inside radyab code check 1010400001000185 >/dev/null || fail "radyab does not check a code"
inside sh -c 'ldd /usr/bin/radyabd /usr/bin/radyab /usr/bin/radyab-decode' | grep 'not found' &&
  fail "a library is missing: the package's Depends are not whole"
if command -v systemd-analyze >/dev/null; then
  # This machine has systemd's own units, but not the program.
  sed 's#^ExecStart=.*#ExecStart=/bin/true#' "$unit" >"$root/radyabd.service"
  said=$(systemd-analyze verify --man=no "$root/radyabd.service" 2>&1) && [ -z "$said" ] ||
    fail "systemd does not like the unit: $said"
fi
kill -TERM "$server" && wait "$server" || fail "asked to end, the server ended with $?: $(cat "$root/server.log")"
server=
inside apt-get -q purge -y radyab
[ -e "$root/var/lib/radyab/data.mdb" ] || fail "purging the package took the data with it"
echo "bare_debian: installed, started as $user, called, stopped and purged; the data stays"
