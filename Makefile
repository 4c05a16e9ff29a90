# The one front door. Each goal sets up what it needs, and does nothing over again when nothing changed.
.DEFAULT_GOAL := help
.PHONY: help run test build dev bench fmt lint tables assets setup

# Wherever else cargo may have been told to build: the commands below and the README name these paths.
export CARGO_TARGET_DIR := $(CURDIR)/target

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1 \2/p' $(MAKEFILE_LIST) | while read -r goal does; do printf 'make %-7s %s\n' "$$goal" "$$does"; done

run: build ## build the program and start the demo on http://127.0.0.1:3000
	@exec target/release/linkdesk demo

test: ## every check and test, the browser tests among them (STEPS="clippy tests" for some)
	@.ci/setup.sh test
	@.ci/test.sh $(STEPS)

build: assets ## the release program, target/release/linkdesk
	@cargo build --locked --release -p server

dev: setup ## rebuild and restart the demo at every change
	@node .ci/dev.mjs

bench: build ## the benchmarks
	@.ci/setup.sh test
	@.ci/bench.sh

fmt: setup ## format the Rust code
	@cargo fmt --all

lint: assets ## clippy, on the host and for the browser, and the rules of this repository
	@.ci/setup.sh test
	@.ci/test.sh fmt rules clippy clippy-wasm deny

tables: assets ## write the tables in docs/ anew, from what the program knows
	@.ci/tables.sh

assets: setup ## what a browser downloads, in target/site
	@node .ci/assets.mjs

setup: ## install what is missing for `make run`
	@.ci/setup.sh run
