#!/usr/bin/env bash
# The tables in docs/ that the program prints: written anew, or with --check only compared. `make tables` writes them.
set -euo pipefail
cd "$(dirname "$0")/.."
export CARGO_TARGET_DIR="$PWD/target"

readonly PAGES=("problems.md problems" "simulator.md ukg-simulator --list")

cargo build --locked --quiet -p server --bin linkdesk
stale=0
for page in "${PAGES[@]}"; do
  read -r file command <<<"$page"
  # shellcheck disable=SC2086 # the command's words
  printed=$(target/debug/linkdesk $command)
  if [ "${1:-}" != --check ]; then
    printf '%s\n' "$printed" >"docs/$file"
  elif ! diff -u "docs/$file" - <<<"$printed"; then
    echo "docs/$file is not what \`linkdesk $command\` prints: run \`make tables\`" >&2
    stale=1
  fi
done
exit $stale
