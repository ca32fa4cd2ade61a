"""The machine and the digest of a trace (docs/language.md, sections The machine and Instructions; docs/formats.md, section Traces)."""

import hashlib
import struct
from collections import namedtuple

from .compression import compress
from .operations import BINARY
from .refusal import Trap

WORDS = 1 << 32
Run = namedtuple("Run", "halts steps outputs trace_digest")


def run(program, public_input, secret_input, most_steps=10_000_000):
    """Runs the program to its end or its trap."""
    machine = _Machine(program, public_input, secret_input)
    digest = hashlib.sha256()
    steps, halts = 0, False
    try:
        while machine.pc != len(program.instructions):
            digest.update(machine.state())
            steps += 1
            # Before its instruction the state that a trap leaves is kept.
            before = machine.copy()
            if steps > most_steps:
                raise Trap("the limit of steps is reached")
            if machine.step():
                break
        before = machine.copy()
        if machine.public:
            raise Trap("public input is left")
        halts = True
    except Trap:
        machine = before
    digest.update(machine.state())
    return Run(halts, steps, machine.output, digest.digest())


class _Machine:
    def __init__(self, program, public_input, secret_input):
        self.program = program
        self.pc = 0
        self.stack = []
        self.heap = dict(program.data)
        self.carry = False
        self.calls = []
        # The next word of a tape is the last of these.
        self.public = public_input[::-1]
        self.secret = secret_input[::-1]
        self.output = []

    def copy(self):
        other = _Machine.__new__(_Machine)
        other.__dict__.update({name: value.copy() if isinstance(value, (list, dict)) else value for name, value in self.__dict__.items()})
        return other

    def state(self):
        pieces = [struct.pack("<IQ", self.pc, len(self.stack)), struct.pack(f"<{len(self.stack)}I", *self.stack)]
        pieces.append(struct.pack("<Q", len(self.heap)))
        pieces += [struct.pack("<II", *cell) for cell in sorted(self.heap.items())]
        return b"".join([*pieces, bytes([self.carry])])

    def step(self):
        """Executes an instruction. Says whether the run ends with it. Raises Trap."""
        mnemonic, operand = self.program.instructions[self.pc]
        if mnemonic == "HALT":
            return True
        self.pc += 1
        if mnemonic in BINARY:
            b = self._pop() if operand is None else operand
            self.stack.append(self._computed(mnemonic, self._pop(), b))
        else:
            getattr(self, "_" + mnemonic.lower())(*(() if operand is None else (operand,)))
        return False

    def _pop(self):
        if not self.stack:
            raise Trap("the stack has too few words")
        return self.stack.pop()

    def _computed(self, mnemonic, a, b):
        if mnemonic in ("DIV", "MOD") and b == 0:
            raise Trap("a divisor is 0")
        if mnemonic in ("SHL", "SHR", "ROTL", "ROTR") and b >= 32:
            raise Trap("a shift is by 32 or more")
        if mnemonic in ("ADD", "SUB", "MUL"):
            exact = {"ADD": a + b, "SUB": a - b, "MUL": a * b}[mnemonic]
            self.carry = not 0 <= exact < WORDS
            return exact % WORDS
        if mnemonic in ("ROTL", "ROTR"):
            left = b if mnemonic == "ROTL" else (32 - b) % 32
            return (a << left | a >> (32 - left)) % WORDS
        return {
            "DIV": lambda: a // b,
            "MOD": lambda: a % b,
            "AND": lambda: a & b,
            "OR": lambda: a | b,
            "XOR": lambda: a ^ b,
            "SHL": lambda: (a << b) % WORDS,
            "SHR": lambda: a >> b,
            "EQ": lambda: int(a == b),
            "LT": lambda: int(a < b),
            "GT": lambda: int(a > b),
            "MULHI": lambda: a * b >> 32,
        }[mnemonic]()

    def _depth(self, n):
        if n >= len(self.stack):
            raise Trap("the stack has too few words")
        return len(self.stack) - 1 - n

    def _address(self, address):
        if not 0 <= address < WORDS:
            raise Trap("there is no such address")
        return address

    def _loaded(self, address):
        if self._address(address) not in self.heap:
            raise Trap("nothing was stored at the address")
        return self.heap[address]

    def _push(self, n):
        self.stack.append(n)

    def _dup(self, n):
        self.stack.append(self.stack[self._depth(n)])

    def _swap(self, n):
        at = self._depth(n)
        self.stack[at], self.stack[-1] = self.stack[-1], self.stack[at]

    def _not(self):
        self.stack.append(self._pop() ^ (WORDS - 1))

    def _jmp(self, target):
        if target > len(self.program.instructions):
            raise Trap("the target is outside the program")
        self.pc = target

    def _jz(self, target):
        if self._pop() == 0:
            self._jmp(target)

    def _jnz(self, target):
        if self._pop() != 0:
            self._jmp(target)

    def _jc(self, target):
        if self.carry:
            self._jmp(target)

    def _jnc(self, target):
        if not self.carry:
            self._jmp(target)

    def _call(self, target):
        self.calls.append(self.pc)
        self._jmp(target)

    def _ret(self):
        if not self.calls:
            raise Trap("no CALL is open")
        self.pc = self.calls.pop()

    def _load(self, address=None):
        self.stack.append(self._loaded(self._pop() if address is None else address))

    def _store(self, address=None):
        address = self._pop() if address is None else address
        self.heap[address] = self._pop()

    def _loadx(self, offset):
        self.stack.append(self._loaded(self._pop() + _signed(offset)))

    def _put(self, offset):
        word = self._pop()
        address = self._pop()
        self.heap[self._address(address + _signed(offset))] = word
        self.stack.append(address)

    def _sha256(self):
        block = self._pop()
        state = self._pop()
        if max(state + 7, block + 15) >= WORDS or (state < block + 16 and block < state + 8):
            raise Trap("words of SHA256 overlap, or are past the last address")
        words = [self._loaded(state + i) for i in range(8)], [self._loaded(block + i) for i in range(16)]
        self.heap.update(enumerate(compress(*words), state))
        self.stack.append(state)

    def _read(self):
        if not self.public:
            raise Trap("no word is left of the public input")
        self.stack.append(self.public.pop())

    def _secret(self):
        if not self.secret:
            raise Trap("no word is left of the secret input")
        self.stack.append(self.secret.pop())

    def _write(self):
        self.output.append(self._pop())

    def _assert(self):
        if self._pop() == 0:
            raise Trap("ASSERT found 0")

    def _nop(self):
        pass


def _signed(word):
    return word - WORDS if word >= 1 << 31 else word
