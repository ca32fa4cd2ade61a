"""What is hashed for a proof (docs/formats.md, sections Challenges and Verification)."""

from .hashing import part, part_of_words, sha256
from .scalars import ORDER

_TAG = "provable-vm challenges v1"


def seed_of(key, program_digest, proof):
    return sha256(
        part(_TAG),
        part(key.tier.circuit_id),
        part(key.digest),
        part(program_digest),
        part_of_words(proof.public_input),
        part_of_words(proof.public_output),
        part(proof.d),
    )


def challenges_of(seed):
    """The challenges g, b and r."""
    return [_challenge(seed, i) for i in range(3)]


def _challenge(seed, i):
    wide = b"".join(sha256(_TAG.encode(), seed, bytes([i, half])) for half in range(2))
    return int.from_bytes(wide, "little") % ORDER


def trace_commitment_of(key, proof):
    return sha256(part("provable-vm trace commitment v1"), part(key.digest), part(proof.d))
