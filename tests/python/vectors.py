"""Runs all vectors of tests/vectors: python vectors.py [PART]

PART runs only those whose names have it. The last line is `N passed, N failed`. The exit status is 0 if none failed and one passed.
"""

import json
import sys
import traceback
from pathlib import Path

from provable_verify import points
from provable_verify.assembler import assemble
from provable_verify.challenges import trace_commitment_of
from provable_verify.entries import table_of
from provable_verify.equation import statement_point
from provable_verify.key import read_key
from provable_verify.machine import run
from provable_verify.opening import read_opening
from provable_verify.operations import BYTES
from provable_verify.proof_file import read_proof
from provable_verify.refusal import Refused
from provable_verify.verification import verify

FOLDER = Path(__file__).resolve().parent.parent / "vectors"


def contents(name):
    return (FOLDER / name).read_bytes()


def listed(file):
    return json.loads((FOLDER / file).read_text("utf-8"))


def equal(found, expected, what):
    if found != expected:
        raise AssertionError(f"{what} is {found!r}, and {expected!r} is expected")


def refused(action, reason):
    try:
        action()
    except Refused as refusal:
        equal(refusal.reason, reason, "the reason")
        return
    raise AssertionError(f"it is not refused, and {reason} is expected")


def hexadecimal(scalar):
    return f"{scalar:064x}"


def key(vector):
    found = read_key(contents(vector["key"]))
    equal(found.tier.name, vector["tier"], "the tier")
    equal(found.digest.hex(), vector["digest"], "the digest")
    equal(found.tier.circuit_id.hex(), vector["circuit_id"], "the circuit id")


def verified(vector):
    """The key, program, proof and transcript of a vector whose proof is valid."""
    files = read_key(contents(vector["key"])), assemble(contents(vector["program"])), read_proof(contents(vector["proof"]))
    return (*files, verify(*files))


def proof(vector):
    its_key, program, its_proof, transcript = verified(vector)
    equal(len(table_of(program.instructions)), vector["entries"], "the number of entries")
    scalars = [*transcript.challenges, transcript.evaluation, transcript.memory]
    found = {
        "program_digest": program.digest.hex(),
        "key_digest": its_key.digest.hex(),
        "trace_commitment": trace_commitment_of(its_key, its_proof).hex(),
        "seed": transcript.seed.hex(),
        "statement_point": bytes(statement_point(its_key, scalars).to_compressed_bytes()).hex(),
        **dict(zip(("gamma", "beta", "rho", "evaluation", "memory"), map(hexadecimal, scalars))),
    }
    equal(found, vector["transcript"], "the transcript")


def refused_proof(vector):
    # The key and the program have no fault: only what follows may be refused.
    its_key, program = read_key(contents(vector["key"])), assemble(contents(vector["program"]))
    refused(lambda: verify(its_key, program, read_proof(contents(vector["proof"]))), vector["reason"])


def refused_key(vector):
    refused(lambda: read_key(contents(vector["key"])), vector["reason"])


def text(vector):
    program = assemble(vector["text"].encode("utf-8"))
    equal([[BYTES[mnemonic], operand] for mnemonic, operand in program.instructions], vector["instructions"], "the list of instructions")
    equal([list(cell) for cell in program.data], vector["data"], "the data")
    equal(program.digest.hex(), vector["digest"], "the digest")
    equal([[bits, str(operand)] for bits, operand in table_of(program.instructions)], vector["entries"], "the list of entries")


def refused_text(vector):
    refused(lambda: assemble(vector["text"].encode("utf-8")), vector["reason"])


def point(vector):
    x, y = points.decode(vector["group"], bytes.fromhex(vector["bytes"]))
    numbers = [x[0], y[0]] if vector["group"] == "G1" else [x[1], x[0], y[1], y[0]]
    equal([f"{number:096x}" for number in numbers], vector["coordinates"], "the list of coordinates")


def refused_point(vector):
    try:
        points.decode(vector["group"], bytes.fromhex(vector["bytes"]))
    except points.NoPoint as problem:
        equal(problem.why, vector["why"], "what is wrong")
        return
    raise AssertionError("it is not refused")


def trace(vector):
    found = run(assemble(vector["text"].encode("utf-8")), vector["public"], vector["secret"])
    equal(found.halts, vector["halts"], "whether it halts")
    equal(found.steps, vector["steps"], "the number of steps")
    equal(found.outputs, vector["outputs"], "the output")
    equal(found.trace_digest.hex(), vector["trace_digest"], "the digest")


def opening(vector):
    secret, blind = read_opening(vector["text"].encode("utf-8"))
    equal(secret, vector["secret"], "the secret input")
    equal(blind.to_bytes(32, "little").hex(), vector["blind"], "the blind")


def refused_opening(vector):
    refused(lambda: read_opening(vector["text"].encode("utf-8")), vector["reason"])


CHECKS = {
    "manifest.json": {
        "keys": key,
        "proofs": proof,
        "variants": verified,
        "refused_proofs": refused_proof,
        "refused_keys": refused_key,
    },
    "assembler.json": {"accepted": text, "refused": refused_text},
    "points.json": {"accepted": point, "refused": refused_point},
    "traces.json": {"runs": trace},
    "openings.json": {"accepted": opening, "refused": refused_opening},
}


def main(wanted=""):
    passed = failed = 0
    for file, checks in CHECKS.items():
        lists = {name: vectors for name, vectors in listed(file).items() if isinstance(vectors, list)}
        for unknown in sorted(lists.keys() ^ checks.keys()):
            print(f"FAILED {file}: the list {unknown} is there or is checked, and not both")
            failed += 1
        for name in lists.keys() & checks.keys():
            for number, vector in enumerate(lists[name]):
                title = f"{file} {name} {vector.get('name', vector.get('key', number))}"
                if wanted not in title:
                    continue
                try:
                    checks[name](vector)
                    passed += 1
                except Exception as problem:  # A vector that ends in any exception has failed, and the others still run.
                    failed += 1
                    print(f"FAILED {title}: {problem}")
                    if not isinstance(problem, (AssertionError, Refused, points.NoPoint)):
                        traceback.print_exc()
    print(f"{passed} passed, {failed} failed")
    return 0 if passed > 0 and failed == 0 else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
