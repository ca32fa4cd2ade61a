#!/bin/sh
# Makes anew the seeds that hold a proof or a key: fuzz/seeds.sh [PROVABLE]. They have to be made anew when the form of
# keys or proofs changes, or a tier's circuit does; the test `fuzz_seeds` of the workspace says when. Needs jq.
set -eu
cd "$(dirname "$0")"
seeds=$PWD/seeds
provable=${1:-}
if [ -z "$provable" ]; then
    cargo build --release --locked --manifest-path ../Cargo.toml --bin provable
    provable=${CARGO_TARGET_DIR:-../target}/release/provable
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A sum of a public and a secret word, in the smallest tier.
program=$seeds/text/sum.prov
proof=$seeds/proof/sum.json
"$provable" prove "$program" --public 35 --secret 7 --tier 118 -o "$work/proof" --keys "$work/keys"
"$provable" keys export 118 "$work/vk" --keys "$work/keys"
cp "$work/proof" "$proof"

# The target `key` takes a first byte that says what the rest is. Of the proving key: its head and a few sections' places.
{ printf v; cat "$work/vk"; } >"$seeds/key/honest.vk"
head=$(($(wc -c <"$work/vk") + 104))
{ printf p; head -c "$head" "$work"/keys/*.pk; } >"$seeds/key/proving.bin"

# The same proof with points that are somebody else's, in each other's place, or none.
generator=97f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb
infinity=c0$(printf '%094d' 0)
jq -c --arg point $generator '.c = $point' "$proof" >"$seeds/proof/generator.json"
jq -c --arg point "$infinity" '.a = $point' "$proof" >"$seeds/proof/infinity.json"
jq -c '. + {a: .c, c: .a}' "$proof" >"$seeds/proof/swapped.json"

# A job that verifies it.
jq -nc --rawfile program "$program" --rawfile proof "$proof" \
    '{id: 3, request: {do: "verify", with: {subject: {name: "a.prov", program: $program, inputs: {}}, proof: $proof}}}' \
    >"$seeds/worker/verify.jsonl"
