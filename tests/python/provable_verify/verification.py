"""The verdict on a proof (docs/formats.md, section Verification)."""

from collections import namedtuple

from .challenges import challenges_of, seed_of, trace_commitment_of
from .entries import table_of
from .equation import holds
from .refusal import Refused
from .statement import evaluation, memory
from .tiers import TIERS

Transcript = namedtuple("Transcript", "seed challenges evaluation memory")


def verify(key, program, proof):
    """Raises Refused unless the proof is valid; returns the numbers that were computed on the way."""
    _check_names(key, proof)
    entries = table_of(program.instructions)
    _check_lengths(key.tier, entries, program, proof)
    if proof.program_digest != program.digest:
        raise Refused("program-mismatch", "the proof is of another program")
    if proof.trace_commitment != trace_commitment_of(key, proof):
        raise Refused("commitment-mismatch", "the trace commitment is not that of the point d")
    seed = seed_of(key, program.digest, proof)
    g, b, r = challenges_of(seed)
    e = evaluation(entries, key.tier.program, b, r)
    f = memory(proof.public_input, proof.public_output, program.data, g, b)
    if not holds(key, proof, [g, b, r, e, f]):
        raise Refused("equation", "the proof does not hold")
    return Transcript(seed, [g, b, r], e, f)


def _check_names(key, proof):
    if all(proof.circuit_id != tier.circuit_id for tier in TIERS):
        raise Refused("unknown-circuit", "the proof is of a circuit that is no tier's")
    if proof.circuit_id != key.tier.circuit_id:
        raise Refused("circuit-mismatch", f"the proof is of another tier than the key's, which is {key.tier.name}")
    if proof.verifying_key_digest != key.digest:
        raise Refused("key-mismatch", "the proof was made under another key")


def _check_lengths(tier, entries, program, proof):
    for what, length, room in [
        ("the program table has", len(entries), tier.program),
        ("the data have", len(program.data), tier.heap),
        ("the public input has", len(proof.public_input), tier.rows),
        ("the public output has", len(proof.public_output), tier.rows),
    ]:
        if length > room:
            raise Refused("too-long", f"{what} the length {length}, and the tier {tier.name} has room for {room}")
