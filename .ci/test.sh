#!/usr/bin/env bash
# Every check and test, in the order in which a failure costs least; stops at the first that fails and prints how long
# each took. `test.sh NAME...` runs only the steps named. `make test` sets up what is missing before.
set -uo pipefail
cd "$(dirname "$0")/.."
export CARGO_TERM_COLOR=never CARGO_TARGET_DIR="$PWD/target" PATH="$PWD/.tools/bin:$PATH"

# `frontend` is for the browser only: on the host it would turn on both sides of `app` at once.
readonly HOST=(--locked --workspace --exclude frontend)
readonly WASM=(--locked -p frontend -p app --target wasm32-unknown-unknown)

fmt() { cargo fmt --all --check; }
rules() { node .ci/rules.mjs --self-test && node .ci/rules.mjs; }
# Before anything that compiles `server`, which takes these files in.
assets() { node .ci/assets.mjs --budget; }
clippy() { cargo clippy "${HOST[@]}" --all-targets -- -D warnings; }
clippy-wasm() { cargo clippy "${WASM[@]}" -- -D warnings; }
# All of them, whatever fails: one run tells everything.
tests() { cargo nextest run --no-fail-fast "${HOST[@]}"; }
# The server's tests once more, on PostgreSQL.
postgres() { LINKDESK_TEST_DATABASE=postgres cargo nextest run --no-fail-fast "${HOST[@]}" -p server --test it; }
# What `docs` holds of what the program knows, against the program.
tables() { .ci/tables.sh --check; }
doctests() { cargo test "${HOST[@]}" --doc; }
docs() { RUSTDOCFLAGS="-D warnings" cargo doc "${HOST[@]}" --no-deps; }
# Advisories would have to be fetched from elsewhere than a package registry.
deny() { cargo deny --locked --all-features check bans licenses sources; }
release() { cargo build --locked --release -p server; }
browser() { node end2end/run.mjs; }

readonly STEPS=(fmt rules deny assets clippy clippy-wasm tests postgres tables doctests docs release browser)

table=()
summary() {
  printf '\n%-12s %8s  %s\n' step seconds result
  printf '%s\n' "${table[@]}"
}

wanted=("$@")
[ $# -gt 0 ] || wanted=("${STEPS[@]}")
for step in "${wanted[@]}"; do
  [[ " ${STEPS[*]} " == *" $step "* ]] || { echo "test.sh: no step is called $step; there are: ${STEPS[*]}" >&2; exit 2; }
  printf '\n== %s\n' "$step"
  began=$SECONDS
  if "$step"; then result=ok; else result=FAILED; df -h . /tmp; fi
  table+=("$(printf '%-12s %8s  %s' "$step" "$((SECONDS - began))" "$result")")
  [ "$result" = ok ] || { summary; exit 1; }
done
summary
