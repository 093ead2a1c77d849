#!/usr/bin/env bash
# Sends what the interface describes, and what it does not, to a server on an archive of its own: none of it may make the
# program fail, and every answer must be as described. Needs schemathesis (PyPI): $SCHEMATHESIS, else the one on the path.
# Usage: web/tests/api.sh [seconds]
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
khabar=${KHABAR_BIN:-target/release/khabar}
tool=$(realpath "$(command -v "${SCHEMATHESIS:-schemathesis}")" --no-symlinks)
seconds=${1:-90}
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill -INT "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

"$khabar" read testdata/examples/reports --archive "$work/demo.db" >"$work/read.log"
"$khabar" serve "$work/demo.db" --port 0 >"$work/address" 2>"$work/server.log" &
server=$!
for _ in $(seq 100); do
  grep -q http "$work/address" && break
  sleep 0.1
done
address=$(grep -o 'http:[^ ]*' "$work/address")

# Events go on for ever, and an upload is a file, not what a schema makes up.
# The tool keeps what it found beside itself: in the folder that goes.
cd "$work"
"$tool" --config-file "$root/web/tests/schemathesis.toml" run "${address}api/v1/openapi.json" --checks all --header 'X-Khabar: 1' \
  --exclude-path /api/v1/events --max-time "$seconds" --max-examples 40 --seed 1 --request-timeout 20 --no-color \
  --report-dir "$work/report"

if grep -q panicked "$work/server.log"; then
  cat "$work/server.log"
  exit 1
fi
kill -0 "$server"
