#!/bin/sh
# Prints the setting for cargo's --config with which a binary holds nothing of where it was built: one commit and one
# compiler make one binary, on any machine of a kind, and no user's name is in it. A setting, not a variable: it joins
# what this user's own configuration asks for.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
# Sources from the registry, and what build scripts write.
cargo=${CARGO_HOME:-$HOME/.cargo}
target=${CARGO_TARGET_DIR:-$root/target}
# The standard library's sources, where they are installed. The name is the one that they have where they are not.
compiler=$(rustc --print sysroot)
commit=$(rustc --version --verbose | sed -n 's/^commit-hash: //p')
# The last one that fits counts.
printf "build.rustflags=['%s=/provable', '%s=/target', '%s=/cargo', '%s=/rustc/%s']\n" \
    "--remap-path-prefix=$root" "--remap-path-prefix=$target" "--remap-path-prefix=$cargo" \
    "--remap-path-prefix=$compiler/lib/rustlib/src/rust" "$commit"
