"""Proof files (docs/formats.md, section Proof files)."""

import re

from . import points
from .refusal import Refused
from .strict_json import NoObject, read_object

LONGEST_TAPE = 131072
_DIGESTS = ("circuit_id", "verifying_key_digest", "program_digest", "trace_commitment")
_TAPES = ("public_input", "public_output")
_POINTS = {"a": "G1", "b": "G2", "c": "G1", "d": "G1"}
_KINDS = {
    "version": int,
    **{name: str for name in (*_DIGESTS, *_POINTS)},
    **{name: list for name in _TAPES},
}
_HEXADECIMAL = re.compile(r"[0-9a-f]*")


class Proof:
    """A proof file that was read: digests and compressed points as bytes, tapes as lists of words."""

    def __init__(self, fields):
        for name, value in fields.items():
            setattr(self, name, value)


def read_proof(content):
    """The proof in these bytes. Raises Refused."""
    try:
        fields = read_object(content, _KINDS)
    except NoObject as problem:
        raise Refused("proof-json", f"this is no proof file: {problem}") from None
    if fields["version"] != 1:
        raise Refused("proof-version", f"the proof file is of version {fields['version']}, and this verifier reads version 1")
    for name in _DIGESTS:
        fields[name] = _bytes(name, fields[name], 32)
    for name, group in _POINTS.items():
        fields[name] = _bytes(name, fields[name], points.LENGTHS[group])
    for name, group in _POINTS.items():
        try:
            points.decode(group, fields[name])
        except points.NoPoint as problem:
            reason = "proof-infinity" if problem.why == "infinity" else "proof-point"
            raise Refused(reason, f"the point {name} of the proof is no point of {group}: {problem.why}") from None
    for name in _TAPES:
        if len(fields[name]) > LONGEST_TAPE:
            raise Refused("too-long", f"{name} has more than {LONGEST_TAPE} words")
    return Proof(fields)


def _bytes(name, digits, length):
    if len(digits) != 2 * length or not _HEXADECIMAL.fullmatch(digits):
        raise Refused("proof-hex", f"{name} has to have {2 * length} hexadecimal digits in lower case")
    return bytes.fromhex(digits)
