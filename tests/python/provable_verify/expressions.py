"""Operands: how they are read, and what they are worth (docs/formats.md, sections Grammar and Values).

An operand is read to a list of steps in postfix order, for a machine with a stack. So neither a deep nor a long expression needs a deep stack of Python.
A step is ("number", n), ("name", name), ("len", name), ("sign", operator), ("operator", operator) or ("skip", operator, steps behind it to leave out).
"""

from .tokens import CHARACTER, NAME, NUMBER, OPERATOR, SIGN, refused

_LEVELS = [["||"], ["&&"], ["==", "!=", "<", "<=", ">", ">="], ["|"], ["^"], ["&"], ["<<", ">>"], ["+", "-"], ["*", "/", "%"]]
_LEVEL = {operator: level for level, operators in enumerate(_LEVELS) for operator in operators}
_SIGN_LEVEL = len(_LEVELS)
MOST_BYTES = 1024
MOST_OPEN = 63
_LOWEST, _HIGHEST = -(1 << 127), (1 << 127) - 1


class Operand:
    """An operand. `single` is its token if it has one token alone, else None."""

    def __init__(self, steps, single, line):
        self.steps = steps
        self.single = single
        self.line = line

    def names(self):
        """The names whose values it needs, in parts too that are not computed."""
        return [step[1] for step in self.steps if step[0] == "name"]

    def lengths(self):
        """The names in `len`."""
        return [step[1] for step in self.steps if step[0] == "len"]


class _Reading:
    """The state of reading one operand: the operators that wait for what follows, and how many brackets and signs are open."""

    def __init__(self):
        self.steps = []
        self.waiting = []
        self.open = 0

    def put_off(self, kind, operator, skip=None):
        self.waiting.append((kind, operator, skip))

    def close(self, level):
        """Completes the waiting operators that bind as strongly as this level or more, up to a bracket."""
        while self.waiting and self.waiting[-1][0] != "(":
            kind, operator, skip = self.waiting[-1]
            if (_SIGN_LEVEL if kind == "sign" else _LEVEL[operator]) < level:
                break
            self.waiting.pop()
            if skip is not None:
                self.steps[skip] = ("skip", operator, len(self.steps) - skip)
            self.steps.append((kind, operator))
            self.open -= kind == "sign"


def read_operand(tokens, at, text, line):
    """The operand that begins at tokens[at], read as far as it goes, and the place behind it. Raises Refused."""
    begin, reading, brackets = at, _Reading(), 0
    # Whether the `-` of the number at this place was read as the operator of two sides.
    minus_is_read = False
    while True:
        # What comes now is a factor.
        at, bracket = _read_factor(tokens, at, reading, line, minus_is_read)
        minus_is_read = False
        if bracket:
            brackets += 1
            continue
        reading.close(_SIGN_LEVEL)
        # What comes now is a closing bracket, an operator or the end.
        while at < len(tokens) and brackets and tokens[at][:2] == (SIGN, ")"):
            reading.close(0)
            reading.waiting.pop()
            reading.open -= 1
            brackets -= 1
            at += 1
            reading.close(_SIGN_LEVEL)
        operator = _operator_at(tokens, at)
        if operator is None:
            break
        reading.close(_LEVEL[operator])
        skip = None
        if operator in ("&&", "||"):
            skip = len(reading.steps)
            reading.steps.append(None)
        reading.put_off("operator", operator, skip)
        minus_is_read = tokens[at].kind != OPERATOR
        at += not minus_is_read
    if brackets:
        raise refused(line, "a bracket is not closed")
    reading.close(0)
    single = tokens[begin] if at == begin + 1 else None
    if single is None and len(text[tokens[begin].begin : tokens[at - 1].end].encode("utf-8")) > MOST_BYTES:
        raise refused(line, f"an expression has more than {MOST_BYTES} bytes")
    if single is not None:
        steps = [("number", single.value)] if single.kind in (NUMBER, CHARACTER) else [("name", single.value)]
        return Operand(steps, single, line), at
    return Operand(reading.steps, None, line), at


def _operator_at(tokens, at):
    """The operator of two sides at this place: also the `-` of a number, which stays where it is."""
    if at < len(tokens):
        kind, value, signed = tokens[at][:3]
        if kind == OPERATOR and value in _LEVEL:
            return value
        if kind in (NUMBER, CHARACTER) and signed:
            return "-"
    return None


def _read_factor(tokens, at, reading, line, minus_is_read):
    """Reads signs, and then a number, a character, a name, `len` or an opening bracket. Says whether it was a bracket."""
    while at < len(tokens) and tokens[at].kind == OPERATOR and tokens[at].value in ("-", "~", "!"):
        _open(reading, line)
        reading.put_off("sign", tokens[at].value)
        at += 1
    if at == len(tokens):
        raise refused(line, "a number, a name or a bracket is missing at the end")
    token = tokens[at]
    if token[:2] == (SIGN, "("):
        _open(reading, line)
        reading.put_off("(", "(")
        return at + 1, True
    if token.kind in (NUMBER, CHARACTER):
        if token.signed and not minus_is_read:
            _open(reading, line)
            reading.put_off("sign", "-")
        reading.steps.append(("number", abs(token.value)))
        return at + 1, False
    if token.kind != NAME:
        raise refused(line, f"{token.value!r} stands where a number, a name or a bracket belongs")
    if token.value != "len" or [other[:2] for other in tokens[at + 1 : at + 2]] != [(SIGN, "(")]:
        reading.steps.append(("name", token.value))
        return at + 1, False
    name, closing = (tokens[at + 2 : at + 4] + [None, None])[:2]
    if name is None or name.kind != NAME or closing is None or closing[:2] != (SIGN, ")"):
        raise refused(line, "`len` is written len(NAME)")
    reading.steps.append(("len", name.value))
    return at + 4, False


def _open(reading, line):
    reading.open += 1
    if reading.open > MOST_OPEN:
        raise refused(line, f"more than {MOST_OPEN} brackets and signs are open")


def value_of(operand, values, lengths):
    """What the operand is worth. `values` has those of names, `lengths` those of data. Raises Refused."""
    stack, at = [], 0
    while at < len(operand.steps):
        kind, what, *skipped = operand.steps[at]
        at += 1
        if kind == "number":
            stack.append(what)
        elif kind == "name":
            stack.append(values[what])
        elif kind == "len":
            if what not in lengths:
                raise refused(operand.line, f"{what} is no data, so it has no length")
            stack.append(lengths[what])
        elif kind == "skip":
            if (stack[-1] == 0) == (what == "&&"):
                # The left side decides: the right side and the operator behind it are left out.
                stack[-1] = 0 if what == "&&" else 1
                at += skipped[0]
        elif kind == "sign":
            a = stack.pop()
            stack.append(_checked({"-": -a, "~": ~a, "!": int(a == 0)}[what], operand))
        else:
            b, a = stack.pop(), stack.pop()
            stack.append(_checked(_computed(what, a, b, operand), operand))
    return stack[0]


def _checked(number, operand):
    if not _LOWEST <= number <= _HIGHEST:
        raise refused(operand.line, "a number in an expression has more than 128 bits")
    return number


_COMPARISONS = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "&&": lambda a, b: b != 0,
    "||": lambda a, b: b != 0,
}
_SUMS = {
    "|": lambda a, b: a | b,
    "^": lambda a, b: a ^ b,
    "&": lambda a, b: a & b,
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
}


def _computed(operator, a, b, operand):
    if operator in _COMPARISONS:
        return int(_COMPARISONS[operator](a, b))
    if operator in _SUMS:
        return _SUMS[operator](a, b)
    if operator in ("<<", ">>"):
        if not 0 <= b <= 127:
            raise refused(operand.line, "a shift in an expression is not by 0 to 127 places")
        if operator == ">>":
            return a >> b
        if b == 127:
            raise refused(operand.line, "a shift to the left by 127 places has no value")
        return a << b
    if b == 0:
        raise refused(operand.line, "an expression divides by zero")
    if (a, b) == (_LOWEST, -1):
        raise refused(operand.line, "a number in an expression has more than 128 bits")
    quotient = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
    return quotient if operator == "/" else a - b * quotient
