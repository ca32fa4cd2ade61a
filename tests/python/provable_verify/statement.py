"""The two sums of the statement (docs/formats.md, section The statement)."""

from .entries import PADDING
from .refusal import Refused
from .scalars import ORDER, sum_of_inverses

_INPUT, _OUTPUT, _DATA, _SET = 3 << 24, 4 << 24, 5 << 24, 1 << 32


def evaluation(entries, length, b, r):
    """E: the program table, padded to the length, at r."""
    result = 0
    for bits, operand in reversed(entries + [PADDING] * (length - len(entries))):
        result = (result * r + bits + b * operand) % ORDER
    return result


def memory(public_input, public_output, data, g, b):
    """F: what the tapes and the data, pairs of an address and a word, add to the memory sum. Raises Refused."""

    def term(packed, address, word):
        return (g - packed - b * (word + b * address)) % ORDER

    added = [term(_INPUT + _SET, i, word) for i, word in enumerate(public_input)]
    added += [term(_DATA + _SET, address, word) for address, word in data]
    taken = [term(_OUTPUT + _SET, i, word) for i, word in enumerate(public_output)]
    taken += [term(_DATA, address, 0) for address, _ in data]
    sums = sum_of_inverses(added), sum_of_inverses(taken)
    if None in sums:
        raise Refused("pole", "a term of the statement is 0 and has no inverse")
    return (sums[0] - sums[1]) % ORDER
