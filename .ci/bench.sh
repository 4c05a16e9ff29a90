#!/usr/bin/env bash
# The benchmarks: the check engine against bare requests (bar P9); sending webhooks against bare requests (P15); the desk's list
# with a million links (P12, P13, P17), for which databases are made once under target/bench, in some minutes; durable submits and the
# rotation of a million data keys against raw writes (P11, P19); jobs against apalis, re-checks against bare requests (P14, P10);
# two servers that are killed and stopped (R7); then each script end2end/bench/*.mjs, which starts the release program itself and
# prints its numbers.
# Kills by the hundred and failing disks are tests, in small: `cargo nextest` says how many with LINKDESK_TEST_KILLS,
# LINKDESK_TEST_KEYS and LINKDESK_TEST_FAILURES (server/tests/it/crash.rs, rotation.rs, storage-sqlite's failing_disk.rs).
set -euo pipefail
cd "$(dirname "$0")/.."
node .ci/assets.mjs
printf '\n== check engine (P9)\n'
cargo run --locked --release -q -p ukg --example p9
printf '\n== sending webhooks (P15)\n'
cargo run --locked --release -q -p webhook --example fan_out
printf '\n== the desk'"'"'s list (P12, P13, P17)\n'
cargo bench --locked -q -p server --bench desk_list
printf '\n== durable submits (P11)\n'
cargo bench --locked -q -p server --bench submits
printf '\n== a million data keys wrapped anew (P19)\n'
cargo bench --locked -q -p server --bench rotation
printf '\n== jobs and re-checks (P14, P10)\n'
server/benches/rivals/run.sh
printf '\n== two servers on one PostgreSQL (R7)\n'
server/benches/on_postgres.sh 'cargo bench --locked -q -p server --bench two_servers -- "$URL"'
shopt -s nullglob
for bench in end2end/bench/*.mjs; do
  printf '\n== %s\n' "$bench"
  node "$bench"
done
