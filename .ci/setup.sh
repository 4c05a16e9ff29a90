#!/usr/bin/env bash
# Installs what is missing, and only that, on Debian or Ubuntu: `setup.sh run` for the program, `setup.sh test` also for
# its tests. Needs rustup, Node 20 or newer, and root or sudo for system packages. Cargo's tools go to .tools/.
set -euo pipefail
cd "$(dirname "$0")/.."
what=${1:-run}

readonly NEXTEST=0.9.143
readonly DENY=0.20.2
readonly VERIFIER=1.1.0 # PyPI's standardwebhooks

say() { printf 'setup: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

packages_updated=
package() { # PACKAGE COMMAND: the Debian package that brings a command
  command -v "$2" >/dev/null && return
  local root=()
  [ "$(id -u)" = 0 ] || root=(sudo)
  say "installing Debian's $1"
  [ -n "$packages_updated" ] || { "${root[@]}" apt-get update -qq; packages_updated=yes; }
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null
}

without_cluster() { # COMMAND...: runs it so that Debian's PostgreSQL starts no database server of its own
  local folder=/etc/postgresql-common/createcluster.d root=()
  [ "$(id -u)" = 0 ] || root=(sudo)
  "${root[@]}" mkdir -p "$folder"
  echo 'create_main_cluster = false' | "${root[@]}" tee "$folder/linkdesk.conf" >/dev/null
  "$@"
  "${root[@]}" rm "$folder/linkdesk.conf"
}

rust() { # The toolchain that rust-toolchain.toml names, with what the file asks for.
  command -v rustup >/dev/null || fail "rustup is missing: see https://rustup.rs"
  local version sysroot
  version=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
  if ! sysroot=$(RUSTUP_AUTO_INSTALL=0 rustc --print sysroot 2>/dev/null); then
    say "installing Rust $version"
    rustup toolchain install "$version" --profile minimal --component rustfmt,clippy --target wasm32-unknown-unknown
    return
  fi
  [ -d "$sysroot/lib/rustlib/wasm32-unknown-unknown" ] || rustup target add wasm32-unknown-unknown --toolchain "$version"
  [ -x "$sysroot/bin/cargo-fmt" ] || rustup component add rustfmt --toolchain "$version"
  [ -x "$sysroot/bin/cargo-clippy" ] || rustup component add clippy --toolchain "$version"
}

tool() { # CRATE COMMAND VERSION OPTIONS...: a program from crates.io in .tools/bin, of exactly this version
  local crate=$1 command=$2 version=$3
  shift 3
  [[ $(".tools/bin/$command" --version 2>/dev/null || true) == *" $version"* ]] && return
  say "installing $crate $version"
  # A debug build is ready in a third of the time, and quick enough for what these do here. It builds in a folder of its
  # own, which cargo removes.
  env -u CARGO_TARGET_DIR CARGO_PROFILE_DEV_DEBUG=0 cargo install "$crate" --version "$version" --debug --root .tools --force --quiet "$@"
}

modules() { # FOLDER: its node_modules, as its lock file says
  local stamp=$1/node_modules/.installed
  [ -f "$stamp" ] && cmp -s "$stamp" "$1/package-lock.json" && return
  say "installing $1/node_modules"
  npm ci --prefix "$1" --ignore-scripts --no-audit --no-fund --silent
  cp "$1/package-lock.json" "$stamp"
}

venv_package() { # Debian's package of the parts that make folders with modules of their own
  local root=()
  [ "$(id -u)" = 0 ] || root=(sudo)
  [ -n "$packages_updated" ] || { "${root[@]}" apt-get update -qq; packages_updated=yes; }
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
}

python() { # MODULE VERSION: a module from PyPI in .tools/python, of exactly this version
  local stamp=.tools/python/.installed-$1-$2
  [ ! -f "$stamp" ] || return 0
  package python3 python3
  # Debian's Python comes without what a folder of its own needs.
  python3 -c 'import ensurepip' 2>/dev/null || venv_package
  say "installing $1 $2 from PyPI"
  python3 -m venv --clear .tools/python
  .tools/python/bin/pip install --quiet --disable-pip-version-check "$1==$2"
  touch "$stamp"
}

package build-essential cc
node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' 2>/dev/null || fail "Node 20 or newer is missing"
rust
# It must be of the very version of the library in Cargo.lock. `--locked` fails at 0.2.130; the default features are a web
# server for tests.
bindgen=$(sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"/\1/p}' Cargo.lock)
tool wasm-bindgen-cli wasm-bindgen "$bindgen" --no-default-features --bin wasm-bindgen
modules .ci

if [ "$what" = test ]; then
  command -v chromium >/dev/null || package chromium chromium
  # The same engine without its windows: the browser tests then take well under half the processor time.
  package chromium-headless-shell chromium-headless-shell
  # The tests start a PostgreSQL of their own: Debian's is not to run one besides.
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || without_cluster package postgresql initdb
  # The tests look at the calls between a commit and its answer.
  package strace strace
  cargo nextest --version >/dev/null 2>&1 || tool cargo-nextest cargo-nextest "$NEXTEST" --locked
  tool cargo-deny cargo-deny "$DENY" --locked
  [ ! -f end2end/package-lock.json ] || modules end2end
  # Messages are verified with what receivers use.
  python standardwebhooks "$VERIFIER"
fi
