# Sourced by each editor's test.sh: the binary that is tested, and a home of its own for the editor.
#
# The test's argument names the binary; without it, it is built. Whatever the editor logged is kept if the test fails.
# Afterwards: $root, $PROVABLE, $cache (kept between runs), $scratch (not kept).

root=$(cd "$(dirname "$0")/../.." && pwd)
cache=$root/.cache
mkdir -p "$cache"

if [ $# -gt 0 ]; then
    PROVABLE=$1
else
    (cd "$root" && cargo build --locked --bin provable)
    PROVABLE=${CARGO_TARGET_DIR:-$root/target}/debug/provable
fi
case $PROVABLE in
/*) ;;
*) PROVABLE=$PWD/$PROVABLE ;;
esac
[ -x "$PROVABLE" ] || { echo "$0: there is no executable $PROVABLE" >&2; exit 1; }

scratch=$(mktemp -d)
export PROVABLE PROVABLE_HOME="$cache/keys" HOME="$scratch"
export XDG_CONFIG_HOME="$scratch/config" XDG_DATA_HOME="$scratch/data"
export XDG_STATE_HOME="$scratch/state" XDG_CACHE_HOME="$scratch/cache"
mkdir -p "$XDG_CONFIG_HOME" "$XDG_DATA_HOME" "$XDG_STATE_HOME" "$XDG_CACHE_HOME"

# A test that starts something to be ended says so here.
stop() { :; }

finish() {
    status=$?
    stop
    if [ $status = 0 ]; then
        rm -rf "$scratch"
    else
        echo "$0: failed; the editor's files are in $scratch" >&2
    fi
}
trap finish EXIT
