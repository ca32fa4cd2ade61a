"""Lines and tokens of a plain text (docs/formats.md, section Lines and tokens)."""

import re
from collections import namedtuple

from .operations import BYTES
from .refusal import Refused

LARGEST_TEXT = 67108864
MOST_LINES = 16777216

# `value` is a number for NUMBER and CHARACTER, a list of characters and bytes for TEXT, else the characters of the token. `signed` says whether a
# number or a character is written with `-`; its value is then negative. `begin` and `end` are places in the line.
Token = namedtuple("Token", "kind value signed begin end")
NUMBER, CHARACTER, TEXT, NAME, WORD, SIGN, OPERATOR = "number", "character", "text", "name", "word", "sign", "operator"

_WORD_SIGNS = re.compile(r"[A-Za-z0-9_.]+")
_SPACE = re.compile(r"[ \t]+")
_OPERATOR = re.compile(r"\|\||&&|==|!=|<=|>=|<<|>>|[<>|^&+*/%~!-]")
_NUMBER = re.compile(r"0[xX]([0-9a-fA-F]+(?:_[0-9a-fA-F]+)*)|0[bB]([01]+(?:_[01]+)*)|([0-9]+(?:_[0-9]+)*)")
_CHARACTER = re.compile(r"-?'(?:([^'\\\r\n])|\\([ntr0\\'\"]))'")
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
_IN_TEXT = re.compile(r"([^\\])|\\([ntr0\\'\"])|\\x([0-9a-fA-F]{2})|(.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "\\": "\\", "'": "'", '"': '"'}
# Longer ones are not from 0 to 4294967295, and Python refuses to convert very long ones.
_MOST_DIGITS = 32


def refused(line, detail):
    """The refusal of a text at a line, counted from 1."""
    return Refused("program-text", f"line {line} of the program: {detail}")


def lines_of(content):
    """The lines of the bytes of a text."""
    if len(content) > LARGEST_TEXT:
        raise Refused("program-text", f"the text has more than {LARGEST_TEXT} bytes")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("program-text", "the text is not UTF-8") from None
    if text.startswith("\ufeff"):
        text = " " + text[1:]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    # The end of the last line begins no other one.
    if lines[-1] == "":
        lines.pop()
    if len(lines) > MOST_LINES:
        raise Refused("program-text", f"the text has more than {MOST_LINES} lines")
    return lines


def is_name(word):
    return (word[0].isalpha() or word[0] == "_") and word.upper() not in BYTES


def tokens_of(text, line):
    """The tokens of a line. Raises Refused."""
    tokens, at = [], 0
    while at < len(text):
        space = _SPACE.match(text, at)
        if space:
            at = space.end()
            continue
        if text[at] in "#;":
            break
        token = _token(text, at, line)
        tokens.append(token)
        at = token.end
    return tokens


def _token(text, at, line):
    first, following = text[at], text[at + 1 : at + 2]
    if first in ":,()":
        return Token(SIGN, first, False, at, at + 1)
    if first == '"':
        return _text(text, at, line)
    if first == "'" or (first == "-" and following == "'"):
        return _character(text, at, line)
    if first == "-":
        word = _WORD_SIGNS.match(text, at + 1)
        if word and not is_name(word[0]):
            return Token(NUMBER, -_number(word[0], line), True, at, word.end())
        return Token(OPERATOR, "-", False, at, at + 1)
    word = _WORD_SIGNS.match(text, at)
    if word and "0" <= first <= "9":
        return Token(NUMBER, _number(word[0], line), False, at, word.end())
    if word:
        return Token(NAME if is_name(word[0]) else WORD, word[0], False, at, word.end())
    operator = _OPERATOR.match(text, at)
    if operator:
        return Token(OPERATOR, operator[0], False, at, operator.end())
    raise refused(line, f"the character {first!r} belongs to nothing")


def _number(word, line):
    match = _NUMBER.fullmatch(word)
    if not match:
        raise refused(line, f"{word[:40]!r} is no number")
    digits = next(group for group in match.groups() if group).replace("_", "").lstrip("0") or "0"
    if len(digits) > _MOST_DIGITS:
        raise refused(line, f"{word[:40]!r}... does not fit in a word")
    value = int(digits, 16 if match[1] else 2 if match[2] else 10)
    if value > 0xFFFFFFFF:
        raise refused(line, f"{word[:40]!r} does not fit in a word")
    return value


def _character(text, at, line):
    match = _CHARACTER.match(text, at)
    if not match:
        raise refused(line, "a character that is not written as they are")
    value = ord(match[1] if match[1] is not None else _ESCAPES[match[2]])
    signed = text[at] == "-"
    return Token(CHARACTER, -value if signed else value, signed, at, match.end())


def _text(text, at, line):
    match = _TEXT.match(text, at)
    if not match:
        raise refused(line, "a text in double quotes that does not end on its line")
    pieces = []
    for plain, escape, byte, wrong in _IN_TEXT.findall(match[1]):
        if wrong or not (plain or escape or byte):
            raise refused(line, "a text in double quotes with an escape that is none")
        pieces.append(int(byte, 16) if byte else plain or _ESCAPES[escape])
    return Token(TEXT, pieces, False, at, match.end())


def words_of_text(pieces):
    return [piece if isinstance(piece, int) else ord(piece) for piece in pieces]


def bytes_of_text(pieces):
    return b"".join(bytes([piece]) if isinstance(piece, int) else piece.encode("utf-8") for piece in pieces)
