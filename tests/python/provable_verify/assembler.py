"""From a plain text to a program (docs/formats.md, sections Values, Instructions, Data and Loops)."""

from .expressions import value_of
from .operations import DEFAULTS, JUMPS, NONE, OPERANDS, OPTIONAL
from .program import Program
from .syntax import Code, Constant, Data, Label, Loop, More, statements_of
from .tokens import NAME, lines_of, refused, tokens_of

_WORDS = 1 << 32


def assemble(content):
    """The program of the bytes of a plain text. Raises Refused."""
    text = _Text()
    for number, line in enumerate(lines_of(content), 1):
        for statement in statements_of(tokens_of(line, number), line, number):
            text.take(statement)
    return text.program()


class _Block:
    """Data with a name: the operand of the address, and the items of the lines that continue it."""

    def __init__(self, data):
        self.name = data.name
        self.address = data.address
        self.items = list(data.items)
        self.line = data.line


class _Text:
    """All statements of a text, by kind. `definitions` has what each name that has a value is worth: an operand."""

    def __init__(self):
        self.codes = []
        self.labels = {}
        self.definitions = {}
        self.blocks = []
        self.loops = []
        self.continues = False
        self.waiting_loop = None

    def take(self, statement):
        if isinstance(statement, More):
            if not self.continues:
                raise refused(statement.line, "this line continues no data")
            self.blocks[-1].items += statement.items
            return
        self.continues = isinstance(statement, Data)
        if isinstance(statement, Label):
            self._define(statement)
            self.labels[statement.name] = len(self.codes)
        elif isinstance(statement, Code):
            self.codes.append(statement)
            self.waiting_loop = None
        elif isinstance(statement, Constant):
            self._define(statement)
            self.definitions[statement.name] = statement.operand
        elif isinstance(statement, Data):
            self._define(statement)
            self.definitions[statement.name] = statement.address
            self.blocks.append(_Block(statement))
        elif isinstance(statement, Loop):
            if self.waiting_loop is not None:
                raise refused(self.waiting_loop.line, "no instruction is between this loop and the next")
            self.waiting_loop = statement
            self.loops.append(statement)

    def _define(self, statement):
        if statement.name in self.labels or statement.name in self.definitions:
            raise refused(statement.line, f"{statement.name} is defined a second time")

    def program(self):
        if self.waiting_loop is not None:
            raise refused(self.waiting_loop.line, "no instruction is behind this loop")
        self.lengths = {block.name: len(block.items) for block in self.blocks}
        self.values = {}
        for name in self._in_order():
            operand = self.definitions[name]
            value = value_of(operand, self.values, self.lengths)
            _word(value, operand.line)
            self.values[name] = value
        for loop in self.loops:
            if loop.times is not None and self._word_of(loop.times) == 0:
                raise refused(loop.line, "a loop is executed at least once")
        return Program([self._instruction(code) for code in self.codes], self._data())

    def _in_order(self):
        """The defined names, each behind those that it needs."""
        order, begun, done = [], set(), set()
        for start in self.definitions:
            path = [] if start in done else [(start, iter(self._needs(start)))]
            begun.add(start)
            while path:
                name, needs = path[-1]
                need = next((need for need in needs if need not in done), None)
                if need is None:
                    path.pop()
                    done.add(name)
                    order.append(name)
                elif need in begun:
                    raise refused(self.definitions[need].line, f"{need} is defined through itself")
                else:
                    begun.add(need)
                    path.append((need, iter(self._needs(need))))
        return order

    def _needs(self, name):
        self._check_names(self.definitions[name])
        return self.definitions[name].names()

    def _check_names(self, operand):
        for name in operand.names() + operand.lengths():
            if name not in self.definitions:
                what = "is a label, which has no value" if name in self.labels else "is not defined"
                raise refused(operand.line, f"{name} {what}")

    def _word_of(self, operand):
        self._check_names(operand)
        return _word(value_of(operand, self.values, self.lengths), operand.line)

    def _instruction(self, code):
        mnemonic, operand, line = code
        kind = OPERANDS[mnemonic]
        if operand is None:
            if kind in (NONE, OPTIONAL) or mnemonic in DEFAULTS:
                return mnemonic, DEFAULTS.get(mnemonic)
            raise refused(line, f"{mnemonic} needs an operand")
        if kind == NONE:
            raise refused(line, f"{mnemonic} takes no operand")
        single = operand.single
        if mnemonic == "CALL" and single is None:
            raise refused(line, "CALL takes no expression")
        if mnemonic in JUMPS and single is not None and single.kind == NAME and single.value in self.labels:
            return mnemonic, self.labels[single.value]
        return mnemonic, self._word_of(operand)

    def _data(self):
        data = {}
        for block in self.blocks:
            if not block.items:
                raise refused(block.line, f"{block.name} has no words")
            address = self.values[block.name] % _WORDS
            if address + len(block.items) > _WORDS:
                raise refused(block.line, f"{block.name} ends past the last address")
            for address, item in enumerate(block.items, address):
                if address in data:
                    raise refused(block.line, f"{block.name} overlaps other data at the address {address}")
                data[address] = item if isinstance(item, int) else self._word_of(item)
        return sorted(data.items())


def _word(number, line):
    if not -(1 << 31) <= number < _WORDS:
        raise refused(line, f"{number} does not fit in a word")
    return number % _WORDS
