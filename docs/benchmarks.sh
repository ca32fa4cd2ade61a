#!/bin/sh
# Measures how long proofs, keys and verifications take and writes docs/benchmarks.md and its picture. Takes minutes;
# nothing else should run.
# TIERS=118,494 picks tiers, RUNS the number of runs.
set -eu
cd "$(dirname "$0")/.."
REPORT="$PWD/docs/benchmarks.md" cargo bench --locked --package provable --bench stock
