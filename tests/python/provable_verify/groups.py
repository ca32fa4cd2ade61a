"""The rows of a program (docs/formats.md, section Groups).

A row is a tuple: its name, then its operand if it has one. `("COPY", X, w)` has two. A group is the number of instructions that it takes and its rows.
"""

from .operations import BINARY, JUMPS

# The greatest number of instructions that a rule looks at is 11: one, a rotation of 9 behind it, and a jump.
_LONGEST = 12
_ANY_ORDER = {"ADD": "ADD", "MUL": "MUL", "MULHI": "MULHI", "AND": "AND", "OR": "OR", "XOR": "XOR", "EQ": "EQ"}
_SWAPPED = {**_ANY_ORDER, "LT": "GT", "GT": "LT"}
_ZERO_TESTS = {"JZ": "JNZ", "JNZ": "JZ", "ASSERT": "POPZERO"}
_LARGEST_WORD = 0xFFFFFFFF


def groups_of(instructions):
    """The groups, from the first instruction on."""
    count = len(instructions)
    targets = {operand for mnemonic, operand in instructions if mnemonic in JUMPS}
    carry_is_read = _carry_is_read(instructions)
    groups, at = [], 0
    while at < count:
        end = at + 1
        while end < count and end - at < _LONGEST and end not in targets:
            end += 1
        taken, rows = _group(instructions[at:end], lambda length, at=at: carry_is_read[at + length])
        groups.append((taken, rows))
        at += taken
    return groups


def _carry_is_read(instructions):
    """For each index, whether the carry may be read from there on."""
    reads = [False] * (len(instructions) + 1)
    for at in range(len(instructions) - 1, -1, -1):
        mnemonic = instructions[at][0]
        if mnemonic in ("HALT", "ADD", "SUB", "MUL"):
            reads[at] = False
        else:
            reads[at] = mnemonic in JUMPS or mnemonic == "RET" or reads[at + 1]
    return reads


def _begins(block, *pattern):
    return tuple(block[: len(pattern)]) == pattern


def _word(block):
    """word(L)."""
    if not block:
        return None
    found = _word_before_rotr(block)
    if found and found[1] == "ROTR":
        length, _, w = found
        return length, "ROTL", (32 - w) % 32 if w < 32 else w
    return found


def _word_before_rotr(block):
    mnemonic, operand = block[0]
    if mnemonic == "PUSH":
        if len(block) > 2 and block[1] == ("SWAP", 1) and block[2][1] is None:
            swapped = _SWAPPED.get(block[2][0])
            return (3, swapped, operand) if swapped else None
        if len(block) > 1 and block[1][0] in BINARY and block[1][1] is None:
            return 2, block[1][0], operand
    if mnemonic == "NOT":
        return 1, "XOR", _LARGEST_WORD
    if mnemonic in BINARY and operand is not None:
        return 1, mnemonic, operand
    return None


def _rotation(block, carry_is_read):
    """rotation(L): (length, d, left, copies, clears). `carry_is_read(n)` says it of the place behind n instructions of the block."""
    if not block or block[0][0] != "DUP":
        return None
    d = block[0][1]
    first = _word(block[1:])
    if not first:
        return None
    at = 1 + first[0]
    if d < _LARGEST_WORD and _begins(block[at:], ("DUP", d + 1)):
        copies = True
    elif d == 0 and _begins(block[at:], ("SWAP", 1)):
        copies = False
    else:
        return None
    second = _word(block[at + 1 :])
    if not second:
        return None
    at += 1 + second[0]
    if {first[1], second[1]} != {"SHL", "SHR"} or first[2] == 0 or second[2] == 0 or first[2] + second[2] != 32:
        return None
    if at >= len(block) or block[at] not in (("OR", None), ("XOR", None), ("ADD", None)):
        return None
    left = first[2] if first[1] == "SHL" else second[2]
    return at + 1, d, left, copies, block[at][0] == "ADD" and carry_is_read(at + 1)


def _tests_zero(found, block):
    """Whether a word operation is EQ 0 with a zero test behind it in the block."""
    length, operation, w = found
    return operation == "EQ" and w == 0 and length < len(block) and block[length][0] in _ZERO_TESTS


def _group(block, carry_is_read):
    """The group that begins with the block: the first of the rules 1 to 6 that applies."""
    return (
        _rotation_group(block, carry_is_read)
        or _word_group(block)
        or (_copy_group(block, carry_is_read) if block[0] == ("DUP", 0) else _pair_group(block))
        or _store_group(block)
        or (1, _alone(*block[0]))
    )


def _rotation_group(block, carry_is_read):
    found = _rotation(block, carry_is_read)
    if not found:
        return None
    length, d, left, copies, clears = found
    if not copies:
        rows = [("ROTL", left)]
    elif d == 0:
        rows = [("COPY", "ROTL", left)]
    else:
        rows = [("DUP", d), ("ROTL", left)]
    return length, rows + [("ADD", 0)] * clears


def _word_group(block):
    found = _word(block)
    if not found:
        return None
    length, operation, w = found
    if not _tests_zero(found, block):
        return length, [(operation, w)]
    mnemonic, operand = block[length]
    name = _ZERO_TESTS[mnemonic]
    return length + 1, [(name,) if name == "POPZERO" else (name, operand)]


def _copy_group(block, carry_is_read):
    rest = block[1:]
    if len(rest) > 1 and rest[0][0] == "PUSH" and rest[1] == ("STORE", None):
        return 3, [("TEE", rest[0][1])]
    if rest and rest[0][0] == "STORE" and rest[0][1] is not None:
        return 2, [("TEE", rest[0][1])]
    found = _word(rest)
    if not found:
        rotation = _rotation(rest, lambda length: carry_is_read(length + 1))
        if rotation and not rotation[3] and not rotation[4]:
            found = rotation[0], "ROTL", rotation[2]
    if found and not _tests_zero(found, rest):
        return found[0] + 1, [("COPY", found[1], found[2])]
    return None


def _pair_group(block):
    if len(block) < 2:
        return None
    (first, a), (second, b) = block[:2]
    if first == "POP" and second == "JMP":
        return 2, [("POPJMP", b)]
    if first == "PUSH" and second in ("LOAD", "STORE") and b is None:
        return 2, [(second, a)]
    if first == "STORE" and a is not None and (second, b) == ("LOAD", a):
        return 2, [("TEE", a)]
    if (first, a) == ("SWAP", 1) and second in _SWAPPED and b is None:
        return 2, [(_SWAPPED[second],)]
    return None


def _store_group(block):
    if _begins(block, ("DUP", 1), ("STORE", None)):
        return 2, [("PUT", 0)]
    if _begins(block, ("SWAP", 1), ("STORE", None)):
        return 2, [("PUT", 0), ("POP",)]
    if len(block) < 3 or block[2] != ("STORE", None):
        return None
    (word, b), (address, a) = block[:2]
    if address == "LOAD" and a is not None:
        address_row = ("LOAD", a)
    elif address == "DUP" and a > 1:
        address_row = ("DUP", a - 1)
    else:
        return None
    if word == "PUSH" or (word == "LOAD" and b is not None):
        word_row = (word, b)
    elif word == "DUP" and b < _LARGEST_WORD:
        word_row = ("DUP", b + 1)
    else:
        return None
    return 3, [address_row, word_row, ("PUT", 0), ("POP",)]


def _alone(mnemonic, operand):
    if (mnemonic, operand) == ("STORE", None):
        return [("SWAP", 1), ("PUT", 0), ("POP",)]
    if (mnemonic, operand) == ("ROTR", None):
        return [("XOR", 31), ("ROTL",), ("ROTL", 1)]
    if (mnemonic, operand) == ("LOAD", None):
        return [("LOADX", 0)]
    return [(mnemonic,) if operand is None else (mnemonic, operand)]
