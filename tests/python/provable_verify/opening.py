"""Openings (docs/formats.md, section Openings). Their form alone: an audit needs the circuit, which this verifier has not."""

import re

from .refusal import Refused
from .scalars import ORDER
from .strict_json import NoObject, read_object

_BLIND = re.compile(r"[0-9a-fA-F]{64}")


def read_opening(content):
    """The secret input and the blind, an integer, in these bytes. Raises Refused."""
    try:
        fields = read_object(content, {"version": int, "secret": list, "blind": str})
    except NoObject as problem:
        raise Refused("opening-json", f"this is no opening: {problem}") from None
    if fields["version"] != 1:
        raise Refused("opening-json", f"the opening is of version {fields['version']}, and this verifier reads version 1")
    if not _BLIND.fullmatch(fields["blind"]):
        raise Refused("opening-blind", "the blind has to have 64 hexadecimal digits")
    blind = int.from_bytes(bytes.fromhex(fields["blind"]), "little")
    if blind >= ORDER:
        raise Refused("opening-blind", "the blind is not less than the order of the groups")
    return fields["secret"], blind
