"""The lines of a plain text, read by themselves (docs/formats.md, section Grammar)."""

from collections import namedtuple

from .expressions import read_operand
from .operations import BYTES
from .tokens import CHARACTER, NAME, NUMBER, OPERATOR, SIGN, TEXT, bytes_of_text, refused, words_of_text

Label = namedtuple("Label", "name line")
Code = namedtuple("Code", "mnemonic operand line")
Constant = namedtuple("Constant", "name operand line")
# `items` are words and operands.
Data = namedtuple("Data", "name address items line")
More = namedtuple("More", "items line")
Loop = namedtuple("Loop", "times line")


def statements_of(tokens, text, line):
    """The statements of one line: none, one, or a label and an instruction. Raises Refused."""
    return _Line(tokens, text, line).statements()


class _Line:
    def __init__(self, tokens, text, line):
        self.tokens = tokens
        self.text = text
        self.line = line
        self.at = 0

    def statements(self):
        found = []
        if not self.tokens:
            return found
        first = self.tokens[0]
        if first.kind == NAME and self._is_sign(1, ":") and self.tokens[1].begin == first.end:
            found.append(Label(first.value, self.line))
            self.at = 2
        if self.at < len(self.tokens):
            found.append(self._directive() if not found and str(first.value).startswith(".") else self._code())
        if self.at != len(self.tokens):
            raise self._refused("something stands behind the end of the statement")
        return found

    def _refused(self, detail):
        return refused(self.line, detail)

    def _token(self, at):
        return self.tokens[at] if at < len(self.tokens) else None

    def _is_sign(self, at, sign):
        token = self._token(at)
        return token is not None and token[:2] == (SIGN, sign)

    def _take(self, kind, what):
        token = self._token(self.at)
        if token is None or token.kind != kind:
            raise self._refused(f"{what} is missing")
        self.at += 1
        return token.value

    def _operand(self):
        if self.at == len(self.tokens):
            raise self._refused("a number, a name or an expression is missing")
        operand, self.at = read_operand(self.tokens, self.at, self.text, self.line)
        return operand

    def _code(self):
        token = self.tokens[self.at]
        mnemonic = str(token.value).upper() if token.kind == "word" else ""
        if mnemonic not in BYTES:
            raise self._refused("no instruction and no directive of plain texts stands here")
        self.at += 1
        return Code(mnemonic, self._operand() if self.at < len(self.tokens) else None, self.line)

    def _directive(self):
        directives = {".const": self._constant, ".data": self._data, ".words": self._words, ".bytes": self._bytes, ".loop": self._loop}
        directive = directives.get(self.tokens[0].value.lower()) if self.tokens[0].kind == "word" else None
        if directive is None:
            raise self._refused("no directive of plain texts stands here")
        self.at = 1
        return directive()

    def _constant(self):
        return Constant(self._take(NAME, "the name of the constant"), self._operand(), self.line)

    def _data(self):
        name = self._take(NAME, "the name of the data")
        if self._take(NAME, "`at`").lower() != "at":
            raise self._refused("`at` is missing")
        address = self._operand()
        return Data(name, address, self._items() if self.at < len(self.tokens) else [], self.line)

    def _words(self):
        return More(self._items(), self.line)

    def _items(self):
        items = []
        while True:
            token = self._token(self.at)
            if token is not None and token.kind == TEXT:
                self.at += 1
                items += words_of_text(token.value)
            else:
                items.append(self._operand())
            if not self._is_sign(self.at, ","):
                return items
            self.at += 1

    def _bytes(self):
        content = bytes_of_text(self._take(TEXT, "the text of the bytes"))
        if len(content) % 4 != 0:
            raise self._refused("the number of bytes is no multiple of 4")
        return More([int.from_bytes(content[at : at + 4], "big") for at in range(0, len(content), 4)], self.line)

    def _loop(self):
        plus = self._token(1) is not None and self.tokens[1][:2] == (OPERATOR, "+")
        self.at += plus
        token = self._token(self.at)
        kinds = (NUMBER,) if plus else (NUMBER, CHARACTER)
        if token is None or token.kind not in kinds or token.signed == plus or token.value == 0:
            raise self._refused("the change of a loop is written +1 or -1, and is not 0")
        self.at += 1
        times = None
        if self._is_sign(self.at, ","):
            self.at += 1
            times = self._operand()
        return Loop(times, self.line)
