#!/bin/sh
# reproducible.sh: whether the last commit makes one binary and one VS Code package, wherever and whenever it is built.
#
# Builds both twice, with folders, a cargo home, a umask and a time that differ, and prints the hashes. Two optimised
# builds take minutes. Somebody else's hash is compared with these: same commit, same compiler, same system, same hash.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
commit=$(git -C "$root" rev-parse HEAD)
work=$(mktemp -d)
# Flags of this shell would make another binary.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_RUSTFLAGS SOURCE_DATE_EPOCH
home=${CARGO_HOME:-$HOME/.cargo}
ln -s "$home" "$work/another home"

if command -v sha256sum >/dev/null; then hash=sha256sum; else hash='shasum -a 256'; fi
sha256() { $hash <"$1" | cut -d ' ' -f 1; }

# build FOLDER TARGET CARGO_HOME UMASK
build() (
    umask "$4"
    mkdir -p "$1"
    git -C "$root" archive "$commit" | tar -x --no-same-permissions -C "$1"
    cd "$1"
    export CARGO_TARGET_DIR="$2" CARGO_HOME="$3"
    cargo build --release --locked --package provable-server --config "$(server/remapped.sh)"
    command -v npm >/dev/null || exit 0
    cd editors/vscode
    . scripts/dependencies.sh
    npm run package -- --binary "$2/release/provable"
)

build "$work/one" "$work/one/target" "$home" 022
build "$work/another place/of a longer name" "$work/built" "$work/another home" 077

same=0
# compare WHAT FILE FILE
compare() {
    one=$(sha256 "$2")
    other=$(sha256 "$3")
    if [ "$one" = "$other" ]; then
        echo "same       $one  $1"
    else
        echo "DIFFERENT  $one  $1"
        echo "           $other"
        same=1
    fi
}

echo "commit $commit"
rustc --version --verbose | sed -n 's/^release:/rustc/p; s/^host://p'
compare provable "$work/one/target/release/provable" "$work/built/release/provable"
if command -v npm >/dev/null; then
    for package in "$work"/one/editors/vscode/*.vsix; do
        name=$(basename "$package")
        compare "$name" "$package" "$work/another place/of a longer name/editors/vscode/$name"
    done
else
    echo "no npm: the VS Code package was not made"
fi
if [ "$same" = 0 ]; then rm -rf "$work"; else echo "both are kept in $work"; fi
exit "$same"
