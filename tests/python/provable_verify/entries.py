"""The program table (docs/formats.md, sections The program table and Entries)."""

from .groups import groups_of
from .operations import BINARY

_WEIGHTS = {
    name: 1 << bit
    for bit, name in enumerate(
        "Add Sub Imm Here Cop CopCarry Jz Jnz Drop AtConst AtAddr AtDepth Result Ret Push Call Read Write Hash".split()
    )
}
PADDING = (1 << 20, 0)
_NUMBERS = {
    "MOD": 1, "MUL": 2, "SHL": 4, "DIV": 5, "MULHI": 6, "SHR": 7, "LT": 9, "EQ": 10, "GT": 11, "ROTL": 40,
    "AND": 0x55555555, "OR": 0xAAAAAAAA, "XOR": 0xFFFFFFFF,
}  # fmt: skip
_UNITS = {"ADD": "Add", "SUB": "Sub", "MUL": "CopCarry"}
_JUMP_BITS = {
    "JMP": "Jz Jnz",
    "JZ": "Jz Drop",
    "JNZ": "Jnz Drop",
    "JC": "Jnz",
    "JNC": "Jz",
    "CALL": "Jz Jnz Call",
    "POPJMP": "Jz Jnz Drop",
}
_NOWHERE = 0xFFFFFFFF
# Rows whose bits and operand are always the same.
_FIXED = {
    "POP": ("Drop", 0),
    "RET": ("Ret", 0),
    "SHA256": ("Drop Hash", 0),
    "READ": ("Push Read", 0),
    "SECRET": ("Push", 0),
    "WRITE": ("Drop Write", 0),
    "ASSERT": ("Jz Drop", _NOWHERE),
    "POPZERO": ("Jnz Drop", _NOWHERE),
    "NOP": ("", 0),
    "HALT": ("Jz Jnz Drop Here Result", -1),
}
# Rows whose operand is that of the entry.
_PLAIN = {"PUSH": "Push Imm", "LOAD": "Push AtConst", "STORE": "Drop AtConst", "TEE": "AtConst"}
_SIGNED = {"LOADX": "Drop Push AtAddr", "PUT": "Drop AtAddr"}


def table_of(instructions):
    """The entries, pairs of bits and operand, without padding."""
    positions, rows, at = {}, [], 0
    for taken, group_rows in groups_of(instructions):
        positions[at] = len(rows)
        rows += group_rows
        at += taken
    positions[len(instructions)] = len(rows)
    rows.append(("HALT",))
    return [_entry(row, position, positions) for position, row in enumerate(rows)]


def _entry(row, position, positions):
    names, operand = _named(row, position, positions)
    return sum(_WEIGHTS[name] for name in names.split()), operand


def _named(row, position, positions):
    """The names of the bits, and the operand."""
    name, *operands = row
    if name in _FIXED:
        return _FIXED[name]
    if name == "COPY":
        return f"Push {_unit(operands[0])} Here", _value(*operands)
    if name in BINARY:
        return _unit(name) + " Here Result" * len(operands), _value(name, *operands)
    (n,) = operands
    if name in _JUMP_BITS:
        return _JUMP_BITS[name], positions.get(n, _NOWHERE) - position - 1
    if name in _PLAIN:
        return _PLAIN[name], n
    if name in _SIGNED:
        return _SIGNED[name], n - (1 << 32) if n >= 1 << 31 else n
    if n > 0:
        return {"DUP": "Push AtDepth", "SWAP": "Result AtDepth"}[name], -n
    return {"DUP": "Push Imm Drop Here", "SWAP": "Imm Drop Here Result"}[name], 0


def _unit(operation):
    return _UNITS.get(operation, "Cop")


def _value(operation, w=0):
    if operation == "ADD":
        return w
    return -w if operation == "SUB" else _NUMBERS[operation] + (w << 36)
