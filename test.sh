#!/bin/sh
# Everything a change has to pass: formatting, lints, tests, dependencies, and the clients in their real editors.
set -eu
cd "$(dirname "$0")"

# Unoptimised: it is built faster, and reads one lock file.
command -v cargo-deny >/dev/null || cargo install --locked --debug cargo-deny

cargo fmt --all --check
cargo clippy --workspace --all-targets --locked -- -D warnings
cargo test --workspace --locked
cargo deny check bans licenses sources
editors/test.sh "${CARGO_TARGET_DIR:-target}/debug/provable"
