#!/usr/bin/env bash
# Our queue beside apalis (bar P14), and re-checks beside bare requests (P10): run.sh [ROUNDS].
set -euo pipefail
cd "$(dirname "$0")"
mkdir -p target
cargo build --locked --release -q
../on_postgres.sh "server/benches/rivals/target/release/rivals queue \"\$URL\" $*"
target/release/rivals rechecks "$@"
