#!/usr/bin/env bash
# The benchmarks: each is a script end2end/bench/*.mjs that starts the release program itself and prints its numbers.
set -euo pipefail
cd "$(dirname "$0")/.."
node .ci/assets.mjs
shopt -s nullglob
for bench in end2end/bench/*.mjs; do
  printf '\n== %s\n' "$bench"
  node "$bench"
done
