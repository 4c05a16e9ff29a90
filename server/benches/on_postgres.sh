#!/usr/bin/env bash
# Runs a command with the URL of an empty PostgreSQL database of its own, on the disk this stands on, as `$URL`:
# on_postgres.sh 'cargo bench -p server --bench two_servers -- "$URL"'.
set -euo pipefail
beside=$(cd "$(dirname "$0")/../.." && pwd)/target
mkdir -p "$beside"
programs=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb | tail -1)")
place=$(mktemp -d "$beside/postgres.XXXXXX")
# The database refuses to run as root.
as=()
if [ "$(id -u)" = 0 ]; then
  chmod 711 "$place"
  chown nobody "$place"
  as=(setpriv --reuid nobody --regid nogroup --clear-groups)
fi
stop() {
  "${as[@]}" "$programs/pg_ctl" --pgdata "$place/data" --mode immediate stop >/dev/null 2>&1 || true
  rm -rf "$place"
}
trap stop EXIT
cd "$place"
"${as[@]}" "$programs/initdb" --pgdata "$place/data" --username linkdesk --auth trust --locale C.UTF-8 --encoding UTF8 >/dev/null
"${as[@]}" "$programs/pg_ctl" --pgdata "$place/data" --log "$place/data/log" --wait \
  -o "-c listen_addresses= -c unix_socket_directories=$place -c max_connections=100" start >/dev/null
"${as[@]}" "$programs/createdb" --host "$place" --username linkdesk own
cd "$beside/.."
URL="postgres://linkdesk@localhost/own?host=$place" bash -c "$1"
