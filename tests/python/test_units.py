"""What no vector reaches."""

import hashlib
import subprocess
import sys
import unittest
from pathlib import Path

from py_arkworks_bls12381 import G1Point, G2Point

from provable_verify import curve, points, tokens
from provable_verify.assembler import assemble
from provable_verify.compression import INITIAL, compress
from provable_verify.entries import table_of
from provable_verify.groups import groups_of
from provable_verify.key import GENERATOR_OF_G2
from provable_verify.machine import run
from provable_verify.operations import DEFAULTS, JUMPS, MNEMONICS, NONE, OPERANDS, OPTIONAL
from provable_verify.proof_file import LONGEST_TAPE, read_proof
from provable_verify.refusal import Refused
from provable_verify.scalars import ORDER, sum_of_inverses
from provable_verify.statement import memory
from vectors import FOLDER, contents, listed


class Statement(unittest.TestCase):
    def test_a_pole_is_refused(self):
        # With g = 3*2^24 + 2^32 and b = 1 the term of the word 0 at the address 0 is 0.
        with self.assertRaises(Refused) as caught:
            memory([0], [], [], (3 << 24) + (1 << 32), 1)
        self.assertEqual(caught.exception.reason, "pole")

    def test_a_sum_of_inverses_is_that_of_single_inverses(self):
        scalars = [1, 2, 7, ORDER - 1, 1 << 200]
        self.assertEqual(sum_of_inverses(scalars), sum(pow(scalar, -1, ORDER) for scalar in scalars) % ORDER)
        self.assertEqual(sum_of_inverses([]), 0)
        self.assertIsNone(sum_of_inverses([5, 0, 6]))


class Library(unittest.TestCase):
    """The pairing library and this package agree on points."""

    def test_it_decodes_the_points_of_the_vectors_alike(self):
        for verdict, vectors in listed("points.json").items():
            for vector in vectors:
                if vector["why" if verdict == "refused" else "name"] == "infinity":
                    continue
                decode = (G1Point if vector["group"] == "G1" else G2Point).from_compressed_bytes
                encoded = bytes.fromhex(vector["bytes"])
                if verdict == "accepted":
                    self.assertEqual(bytes(decode(encoded).to_compressed_bytes()), encoded)

    def test_the_generators_are_the_same(self):
        self.assertEqual(bytes(G2Point().to_compressed_bytes()), GENERATOR_OF_G2)

    def test_negatives_are_the_same(self):
        self.assertEqual(bytes((-G2Point()).to_compressed_bytes()), points.negated(GENERATOR_OF_G2))

    def test_a_root_of_each_kind_of_number_is_found(self):
        for root in [(0, 0), (5, 0), (0, 5), (3, 4), (curve.MODULUS - 3, 9)]:
            square = curve.multiply(root, root)
            found = curve.square_root(square)
            self.assertEqual(curve.multiply(found, found), square)


class Proofs(unittest.TestCase):
    def refusal(self, old, new):
        content = contents("proofs/sum.json")
        self.assertIn(old, content)
        with self.assertRaises(Refused) as caught:
            read_proof(content.replace(old, new, 1))
        return caught.exception.reason

    def test_a_tape_that_no_tier_has_room_for_is_refused(self):
        words = b", ".join([b"0"] * (LONGEST_TAPE + 1))
        self.assertEqual(self.refusal(b'"public_output": [', b'"public_output": [' + words + b", "), "too-long")

    def test_deep_lists_are_refused(self):
        self.assertEqual(self.refusal(b'"public_input": [', b'"public_input": [' + b"[" * 100000), "proof-json")

    def test_a_very_long_number_is_refused(self):
        self.assertEqual(self.refusal(b'"version": 1', b'"version": ' + b"1" * 100000), "proof-json")

    def test_a_string_without_an_end_is_refused(self):
        with self.assertRaises(Refused):
            read_proof(b'{"version')


class Text(unittest.TestCase):
    def refusal(self, text):
        with self.assertRaises(Refused) as caught:
            assemble(text)
        self.assertEqual(caught.exception.reason, "program-text")

    def test_text_that_is_not_utf_8_is_refused(self):
        for content in [b"NOP ; \xff", b"; \xed\xa0\x80", b"; \xc0\x80", b"; \xf4\x90\x80\x80"]:
            self.refusal(content)

    def test_a_text_over_the_limit_of_bytes_is_refused(self):
        self.refusal(b"#" * (tokens.LARGEST_TEXT + 1))

    def test_a_long_chain_of_constants_has_a_value(self):
        lines = [f".const c{i} c{i + 1} + 1" for i in range(20000)] + [".const c20000 0", "PUSH c0"]
        self.assertEqual(assemble("\n".join(lines).encode()).instructions, [("PUSH", 20000)])

    def test_a_long_circle_of_constants_is_refused(self):
        self.refusal("\n".join(f".const c{i} c{(i + 1) % 5000}" for i in range(5000)).encode())

    def test_the_deepest_expressions_have_a_value(self):
        for begin, end, value in [("1+(" * 63, ")" * 63, 64), ("0||1&&1==1|0^1&1<<0+1*(" * 40, ")" * 40, 1), ("1&&~-!(" * 15, ")" * 15, 1)]:
            self.assertEqual(assemble(f"PUSH {begin}1{end}".encode()).instructions, [("PUSH", value)])
        self.assertEqual(assemble(("PUSH 1" + "+1" * 511).encode()).instructions, [("PUSH", 512)])

    def test_directives_of_other_texts_are_refused(self):
        others = ['.use "./a"', ".routine r ( -- )", '.test "t"', ".var V", ".inline r", ".push r", ".data D 1", ".within 3", ".traps ASSERT"]
        for line in others:
            self.refusal(f"NOP\n{line}\n".encode())


class Groups(unittest.TestCase):
    def test_each_instruction_alone_has_rows_with_entries(self):
        for mnemonic in MNEMONICS:
            for operand in [None, 0, 1, 31, 32, (1 << 32) - 1]:
                if operand is None and OPERANDS[mnemonic] not in (NONE, OPTIONAL):
                    continue
                if operand is not None and OPERANDS[mnemonic] == NONE:
                    continue
                self.assertGreaterEqual(len(table_of([(mnemonic, operand)])), 2)

    def test_groups_take_all_instructions_and_a_target_begins_one(self):
        instructions = [("DUP", 0), ("SHL", 5), ("SWAP", 1), ("SHR", 27), ("OR", None), ("JMP", 3), ("JZ", 1)]
        taken = [length for length, _ in groups_of(instructions)]
        self.assertEqual(sum(taken), len(instructions))
        starts = [sum(taken[:i]) for i in range(len(taken))]
        for mnemonic, operand in instructions:
            if mnemonic in JUMPS:
                self.assertIn(operand, starts)
        self.assertEqual(DEFAULTS, {"DUP": 0, "SWAP": 1, "LOADX": 0, "PUT": 0})


class Machine(unittest.TestCase):
    def test_the_compression_is_that_of_sha_256(self):
        block = b"abc\x80" + bytes(56) + b"\0\0\0\x18"
        words = [int.from_bytes(block[i : i + 4], "big") for i in range(0, 64, 4)]
        result = b"".join(word.to_bytes(4, "big") for word in compress(INITIAL, words))
        self.assertEqual(result, hashlib.sha256(b"abc").digest())

    def test_a_run_traps_where_the_language_says_so(self):
        texts = ["POP", "SWAP", "PUSH 1\nSHL 32", "PUSH 1\nMOD 0", "LOAD 5", "PUSH 3\nLOADX -4", "PUSH 1\nPUSH 2\nSHA256"]
        for text in [*texts, "JMP 2", "RET", "READ", "SECRET", "PUSH 0\nASSERT"]:
            self.assertFalse(run(assemble(text.encode()), [], []).halts, text)


class Command(unittest.TestCase):
    def status(self, *files):
        paths = [str(FOLDER / file) for file in files]
        folder = Path(__file__).resolve().parent
        result = subprocess.run([sys.executable, "-m", "provable_verify", *paths], cwd=folder, capture_output=True, text=True, check=False)
        self.assertEqual(result.stderr if len(files) == 3 else "", "")
        return result.returncode, result.stdout

    def test_the_exit_status_is_the_verdict(self):
        good = "keys/44.vk", "programs/sum.prov", "proofs/sum.json"
        status, line = self.status(*good)
        self.assertEqual((status, line.count("\n"), line[:6]), (0, 1, "valid:"))
        self.assertEqual(self.status(*good[:2], "refused/output-changed.json")[0], 1)
        self.assertEqual(self.status(*good[:2], "refused/json-cut.json")[0], 1)
        self.assertEqual(self.status("refused/short.vk", *good[1:])[0], 2)
        self.assertEqual(self.status(good[0], good[0], good[2])[0], 2)
        self.assertEqual(self.status(*good[:2], "no such file")[0], 2)
        self.assertEqual(self.status(*good[:2])[0], 2)


if __name__ == "__main__":
    unittest.main()
