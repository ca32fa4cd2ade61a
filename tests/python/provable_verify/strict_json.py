"""JSON objects whose values are texts, words and lists of words (docs/formats.md, section Proof files).

All else that JSON allows is refused by the formats, so it is not read. A reader for all of JSON would have to be held to this in any case:
that of Python takes repeated names, NaN and halves of surrogate pairs.
"""

import re

_SPACE = re.compile(r"[ \t\n\r]*")
_WORD = re.compile(r"0|[1-9][0-9]{0,9}(?![0-9])")
_PLAIN = re.compile(r'[^"\\\x00-\x1f]+')
_UNIT = re.compile(r"\\u([0-9a-fA-F]{4})")
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
LARGEST_WORD = 0xFFFFFFFF


class NoObject(Exception):
    """Bytes that are no such object."""


def read_object(content, kinds):
    """The fields of the object in these bytes. `kinds` has the kind of each field: str, int or list. Raises NoObject."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise NoObject("not UTF-8") from None
    reader = _Reader(text[1:] if text.startswith("\ufeff") else text)
    fields = {}
    for name, value in reader.members():
        if name in fields:
            raise NoObject(f"the field {name!r} occurs twice")
        if name not in kinds:
            raise NoObject(f"the field {name!r} is unknown")
        if type(value) is not kinds[name]:
            raise NoObject(f"the field {name!r} has a value of another kind")
        fields[name] = value
    missing = [name for name in kinds if name not in fields]
    if missing:
        raise NoObject(f"the field {missing[0]!r} is missing")
    return fields


class _Reader:
    def __init__(self, text):
        self.text = text
        self.at = 0

    def members(self):
        """The names and values of the one object that the text is."""
        self._expect("{")
        more = not self._takes("}")
        while more:
            name = self._string()
            self._expect(":")
            yield name, self._value()
            more = self._takes(",")
            if not more:
                self._expect("}")
        self._skip()
        if self.at != len(self.text):
            raise self._problem("something after the object")

    def _problem(self, what):
        return NoObject(f"{what}, at character {self.at}")

    def _skip(self):
        self.at = _SPACE.match(self.text, self.at).end()

    def _takes(self, sign):
        self._skip()
        found = self.text.startswith(sign, self.at)
        self.at += len(sign) if found else 0
        return found

    def _expect(self, sign):
        if not self._takes(sign):
            raise self._problem(f"{sign!r} is missing")

    def _value(self):
        self._skip()
        if self.text.startswith('"', self.at):
            return self._string()
        return self._words() if self._takes("[") else self._word()

    def _words(self):
        words = []
        if self._takes("]"):
            return words
        while True:
            words.append(self._word())
            if not self._takes(","):
                self._expect("]")
                return words

    def _word(self):
        self._skip()
        match = _WORD.match(self.text, self.at)
        # What is left of `1.0`, `1e0`, `01` and `-0` is refused: it is no comma, no bracket and no brace.
        if not match or int(match[0]) > LARGEST_WORD:
            raise self._problem("no text, no list and no integer from 0 to 4294967295")
        self.at = match.end()
        return int(match[0])

    def _string(self):
        self._expect('"')
        pieces = []
        while not self.text.startswith('"', self.at):
            plain = _PLAIN.match(self.text, self.at)
            if plain:
                pieces.append(plain[0])
                self.at = plain.end()
            else:
                pieces.append(self._escape())
        self.at += 1
        return "".join(pieces)

    def _escape(self):
        if not self.text.startswith("\\", self.at):
            raise self._problem("a string with a control character or without an end")
        sign = self.text[self.at + 1 : self.at + 2]
        if sign in _ESCAPES:
            self.at += 2
            return _ESCAPES[sign]
        unit = self._unit()
        if 0xD800 <= unit < 0xDC00:
            low = self._unit()
            if not 0xDC00 <= low < 0xE000:
                raise self._problem("half a surrogate pair")
            return chr(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
        if 0xDC00 <= unit < 0xE000:
            raise self._problem("half a surrogate pair")
        return chr(unit)

    def _unit(self):
        match = _UNIT.match(self.text, self.at)
        if not match:
            raise self._problem("no escape of JSON")
        self.at = match.end()
        return int(match[1], 16)
