"""Verifying keys (docs/formats.md, section Verifying keys)."""

import struct

from . import points
from .hashing import part, sha256
from .refusal import Refused
from .tiers import TIERS

MAGIC = b"provable-vm vk 2"
LENGTH = 840
GENERATOR_OF_G2 = bytes.fromhex(
    "93e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e"
    "024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8"
)
_POINTS = [("alpha", "G1"), ("beta", "G2"), ("gamma", "G2"), ("delta", "G2"), ("kappa", "G2")] + [
    (f"s{i}", "G1") for i in range(6)
]


class Key:
    """A key that was checked. `points` are compressed, by name; `statement` are S0 ... S5."""

    def __init__(self, tier, digest, bases_digest, compressed):
        self.tier = tier
        self.digest = digest
        self.bases_digest = bases_digest
        self.points = compressed
        self.statement = [compressed[f"s{i}"] for i in range(6)]


def read_key(content):
    """The key in these bytes. Raises Refused."""
    if len(content) != LENGTH:
        raise Refused("key-length", f"a verifying key has {LENGTH} bytes, and this file has {len(content)}")
    if content[:16] != MAGIC:
        raise Refused("key-magic", f"a verifying key begins with {MAGIC.decode()!r}")
    numbers = struct.unpack("<10I", content[16:56])
    compressed, at = {}, 120
    for name, group in _POINTS:
        encoded = content[at : at + points.LENGTHS[group]]
        at += len(encoded)
        try:
            points.decode(group, encoded)
        except points.NoPoint as problem:
            reason = "key-infinity" if problem.why == "infinity" else "key-point"
            raise Refused(reason, f"the point {name} of the key is no point of {group}: {problem.why}") from None
        compressed[name] = encoded
    _refuse_degenerate(compressed)
    tier = next((tier for tier in TIERS if numbers == tier[1:11] and content[56:88] == tier.circuit_id), None)
    if tier is None:
        raise Refused("key-circuit", "the numbers and the circuit id of the key are those of no tier")
    digest = sha256(part("provable-vm verifying key v1"), part("BLS12-381"), part(content))
    return Key(tier, digest, content[88:120], compressed)


def _refuse_degenerate(compressed):
    # Compressed forms are unique, so equal points are equal bytes.
    seen = {GENERATOR_OF_G2, points.negated(GENERATOR_OF_G2)}
    for name in ("gamma", "delta", "kappa"):
        if compressed[name] in seen:
            raise Refused("key-degenerate", f"{name} of the key is another of its points or the generator, up to the sign")
        seen |= {compressed[name], points.negated(compressed[name])}
