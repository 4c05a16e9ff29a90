#!/usr/bin/env bash
# The benchmarks: the check engine against bare requests (bar P9); sending webhooks against bare requests (P15); the desk's list with a million links (P12, P13, P17),
# for which databases are made once under target/bench, in some minutes; then each script end2end/bench/*.mjs, which starts the
# release program itself and prints its numbers.
set -euo pipefail
cd "$(dirname "$0")/.."
node .ci/assets.mjs
printf '\n== check engine (P9)\n'
cargo run --locked --release -q -p ukg --example p9
printf '\n== sending webhooks (P15)\n'
cargo run --locked --release -q -p webhook --example fan_out
printf '\n== the desk'"'"'s list (P12, P13, P17)\n'
cargo bench --locked -q -p server --bench desk_list
shopt -s nullglob
for bench in end2end/bench/*.mjs; do
  printf '\n== %s\n' "$bench"
  node "$bench"
done
