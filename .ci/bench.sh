#!/usr/bin/env bash
# The benchmarks: the check engine against bare requests (bar P9), then each script end2end/bench/*.mjs, which starts the
# release program itself and prints its numbers.
set -euo pipefail
cd "$(dirname "$0")/.."
node .ci/assets.mjs
printf '\n== check engine (P9)\n'
cargo run --locked --release -q -p ukg --example p9
shopt -s nullglob
for bench in end2end/bench/*.mjs; do
  printf '\n== %s\n' "$bench"
  node "$bench"
done
