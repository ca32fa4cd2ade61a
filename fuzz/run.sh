#!/bin/sh
# Drives one target: fuzz/run.sh NAME [SECONDS]. What it found interesting is kept in fuzz/corpus/NAME, or where CORPUS
# says; what it found wrong is in fuzz/artifacts/NAME.
set -eu
cd "$(dirname "$0")"
name=$1
seconds=${2:-600}
corpus=${CORPUS:-corpus}/$name
mkdir -p "$corpus"
# One thread: what is driven is the reading, and a target's memory is counted by the thread.
export RAYON_NUM_THREADS=1
# Answers of the worker go to standard output, and nobody reads them.
exec cargo +nightly fuzz run --sanitizer none "$name" "$corpus" "seeds/$name" -- -dict="dictionaries/$name.dict" \
    -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=10 -print_final_stats=1 >/dev/null
