"""The operations: their bytes and operands (docs/formats.md, section The digest of a program)."""

NONE, WORD, TARGET, OPTIONAL = "none", "word", "target", "word or none"

# The mnemonic, the kind of operand, and the operand if the text has none. The byte of an operation is its place.
_TABLE = [
    ("PUSH", WORD, None),
    ("POP", NONE, None),
    ("DUP", WORD, 0),
    ("SWAP", WORD, 1),
    ("ADD", OPTIONAL, None),
    ("SUB", OPTIONAL, None),
    ("MUL", OPTIONAL, None),
    ("DIV", OPTIONAL, None),
    ("MOD", OPTIONAL, None),
    ("AND", OPTIONAL, None),
    ("OR", OPTIONAL, None),
    ("XOR", OPTIONAL, None),
    ("NOT", NONE, None),
    ("SHL", OPTIONAL, None),
    ("SHR", OPTIONAL, None),
    ("EQ", OPTIONAL, None),
    ("LT", OPTIONAL, None),
    ("GT", OPTIONAL, None),
    ("JMP", TARGET, None),
    ("JZ", TARGET, None),
    ("JNZ", TARGET, None),
    ("JC", TARGET, None),
    ("JNC", TARGET, None),
    ("CALL", TARGET, None),
    ("RET", NONE, None),
    ("LOAD", OPTIONAL, None),
    ("STORE", OPTIONAL, None),
    ("READ", NONE, None),
    ("SECRET", NONE, None),
    ("WRITE", NONE, None),
    ("ASSERT", NONE, None),
    ("NOP", NONE, None),
    ("HALT", NONE, None),
    ("ROTL", OPTIONAL, None),
    ("ROTR", OPTIONAL, None),
    ("MULHI", OPTIONAL, None),
    ("LOADX", WORD, 0),
    ("PUT", WORD, 0),
    ("SHA256", NONE, None),
]

MNEMONICS = [mnemonic for mnemonic, _, _ in _TABLE]
BYTES = {mnemonic: byte for byte, mnemonic in enumerate(MNEMONICS)}
OPERANDS = {mnemonic: kind for mnemonic, kind, _ in _TABLE}
DEFAULTS = {mnemonic: default for mnemonic, _, default in _TABLE if default is not None}
JUMPS = {mnemonic for mnemonic, kind, _ in _TABLE if kind == TARGET}
BINARY = {mnemonic for mnemonic, kind, _ in _TABLE if kind == OPTIONAL} - {"LOAD", "STORE"}
