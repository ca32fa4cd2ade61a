"""Properties: what is changed at random is never accepted where it says something else, and is refused with this package's error alone.

The changes are the same in each run: the seed is fixed.
"""

import json
import random
import unittest

from provable_verify import points
from provable_verify.assembler import assemble
from provable_verify.entries import table_of
from provable_verify.key import read_key
from provable_verify.opening import read_opening
from provable_verify.proof_file import read_proof
from provable_verify.refusal import Refused
from provable_verify.scalars import ORDER
from provable_verify.verification import verify
from vectors import contents, listed

_PIECES = [b"", b"\0", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"-", b"0", b"1", b"e1", b'"', b"\\u", b"\\", b"'", b"(", b")", b"[", b"]"]
_PIECES += [b"{", b"}", b",", b":", b"\r", b"\n", b"\t", b" at ", b".data ", b".const ", b"len(", b"&&", b"~", b"<<", b"4294967296", b"PUSH "]


def changed(content, chance):
    """The bytes with one to three places changed: bytes exchanged, put in, taken out or repeated."""
    result = bytearray(content)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(result) + 1)
        length = chance.choice([0, 1, 1, 2, 8])
        kind = chance.randrange(4)
        if kind == 0 and at < len(result):
            result[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            result[at : at + length] = chance.choice(_PIECES)
        elif kind == 2:
            result[at : at + length] = b""
        else:
            result[at:at] = result[at : at + 40]
    return bytes(result)


def result_of(reader, content):
    """What the reader makes of the bytes, or None if it refuses them. Any other exception goes up, and is a failure."""
    try:
        return reader(content)
    except Refused:
        return None


class Changes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.proofs = [vector for vector in listed("manifest.json")["proofs"] if vector["key"] == "keys/44.vk"]
        cls.chance = random.Random(20260101)

    def files(self):
        vector = self.chance.choice(self.proofs)
        return [contents(vector[name]) for name in ("key", "program", "proof")]

    def accepted(self, key, program, proof):
        files = result_of(read_key, key), result_of(assemble, program), result_of(read_proof, proof)
        if None in files:
            return False
        try:
            verify(*files)
        except Refused:
            return False
        return True

    def test_a_changed_proof_is_accepted_only_if_it_says_the_same(self):
        for _ in range(300):
            key, program, proof = self.files()
            other = changed(proof, self.chance)
            if self.accepted(key, program, other):
                self.assertEqual(vars(read_proof(other)), vars(read_proof(proof)), other)

    def test_a_proof_with_a_changed_value_is_refused(self):
        for _ in range(100):
            key, program, proof = self.files()
            fields = json.loads(proof)
            name = self.chance.choice(list(fields))
            value = fields[name]
            if isinstance(value, str):
                at = self.chance.randrange(len(value))
                digit = self.chance.choice([digit for digit in "0123456789abcdef" if digit != value[at]])
                fields[name] = value[:at] + digit + value[at + 1 :]
            elif isinstance(value, list):
                value.insert(self.chance.randrange(len(value) + 1), self.chance.randrange(1 << 32))
            else:
                fields[name] = self.chance.randrange(2, 1 << 32)
            self.assertFalse(self.accepted(key, program, json.dumps(fields).encode()), fields)

    def test_a_key_of_other_bytes_is_refused_or_verifies_no_proof(self):
        for _ in range(80):
            key, program, proof = self.files()
            other = changed(key, self.chance)
            if other != key:
                self.assertFalse(self.accepted(other, program, proof), other)

    def test_a_key_with_one_bit_changed_verifies_no_proof(self):
        for _ in range(80):
            key, program, proof = self.files()
            other = bytearray(key)
            other[self.chance.randrange(len(key))] ^= 1 << self.chance.randrange(8)
            self.assertFalse(self.accepted(bytes(other), program, proof), other)

    def test_a_changed_program_is_refused_or_the_same_program(self):
        for _ in range(300):
            key, program, proof = self.files()
            other = changed(program, self.chance)
            if self.accepted(key, other, proof):
                found, expected = assemble(other), assemble(program)
                self.assertEqual((found.instructions, found.data), (expected.instructions, expected.data), other)

    def test_any_text_is_a_program_or_is_refused(self):
        texts = [vector["text"].encode() for vectors in listed("assembler.json").values() for vector in vectors]
        for _ in range(3000):
            program = result_of(assemble, changed(self.chance.choice(texts), self.chance))
            if program:
                table_of(program.instructions)

    def test_any_bytes_are_an_opening_or_are_refused(self):
        texts = [vector["text"].encode() for vectors in listed("openings.json").values() for vector in vectors]
        for _ in range(2000):
            opening = result_of(read_opening, changed(self.chance.choice(texts), self.chance))
            if opening:
                self.assertLess(opening[1], ORDER)

    def test_any_bytes_are_a_point_or_are_refused(self):
        for _ in range(60):
            group = self.chance.choice(["G1", "G2"])
            encoded = bytearray(self.chance.randbytes(points.LENGTHS[group]))
            encoded[0] = encoded[0] & 0x0F | self.chance.choice([0x80, 0xA0, 0xC0, 0xE0, 0x00, 0x90])
            with self.assertRaises(points.NoPoint):
                # A random point of the curve is outside the group but with a chance of 2^-125.
                points.decode(group, bytes(encoded))


if __name__ == "__main__":
    unittest.main()
