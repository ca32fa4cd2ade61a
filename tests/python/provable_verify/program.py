"""A program and its digest (docs/formats.md, sections The program and The digest of a program)."""

from .hashing import sha256, u32, u64
from .operations import BYTES


class Program:
    """`instructions` are pairs of a mnemonic and an operand or None; `data` are pairs of an address and a word, by address."""

    def __init__(self, instructions, data):
        self.instructions = instructions
        self.data = data
        self.digest = _digest(instructions, data)


def _digest(instructions, data):
    pieces = [b"provable-vm program v1", u64(len(instructions))]
    for mnemonic, operand in instructions:
        pieces.append(bytes([BYTES[mnemonic], operand is not None]) + u32(operand or 0))
    if data:
        pieces += [b"data", u64(len(data))]
        pieces += [u32(address) + u32(word) for address, word in data]
    return sha256(*pieces)
