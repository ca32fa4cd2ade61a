"""Points in the compressed form of Zcash (docs/formats.md, section Points and scalars).

Nothing is left to the pairing library here: the rules of the page are checked one by one.
"""

from functools import lru_cache

from . import curve

COMPRESSED, INFINITY, GREATER = 0x80, 0x40, 0x20
LENGTHS = {"G1": 48, "G2": 96}


class NoPoint(Exception):
    """Bytes that are no point of the group. `why` is form, length, range, curve, subgroup or infinity."""

    def __init__(self, why):
        super().__init__(why)
        self.why = why


# Many proofs are verified under one key, whose points are the same each time.
@lru_cache(maxsize=64)
def decode(group, encoded):
    """The coordinates (x, y) of a point that is not infinity, each a pair (c0, c1). Raises NoPoint."""
    if len(encoded) != LENGTHS[group]:
        raise NoPoint("length")
    flags = encoded[0] & 0xE0
    numbers = bytes([encoded[0] & 0x1F]) + encoded[1:]
    if not flags & COMPRESSED:
        raise NoPoint("form")
    if flags & INFINITY:
        raise NoPoint("infinity" if flags == COMPRESSED | INFINITY and not any(numbers) else "form")
    values = [int.from_bytes(numbers[at : at + 48], "big") for at in range(0, len(numbers), 48)]
    if any(value >= curve.MODULUS for value in values):
        raise NoPoint("range")
    x = (values[0], 0) if group == "G1" else (values[1], values[0])
    y = curve.square_root(curve.right_side(x, curve.B_OF_G1 if group == "G1" else curve.B_OF_G2))
    if y is None or (group == "G1" and y[1] != 0):
        raise NoPoint("curve")
    if _is_greater(y) != bool(flags & GREATER):
        y = curve.negate(y)
    if _is_greater(y) != bool(flags & GREATER):
        # y is 0, which has no greater one. (Neither curve has such a point.)
        raise NoPoint("form")
    if not curve.has_order_r(x, y):
        raise NoPoint("subgroup")
    return x, y


def _is_greater(y):
    """Whether y is lexicographically greater than -y."""
    decides = y[1] if y[1] != 0 else y[0]
    return decides > (curve.MODULUS - 1) // 2


def negated(encoded):
    """The compressed form of the negative of a point that is not infinity."""
    return bytes([encoded[0] ^ GREATER]) + encoded[1:]
