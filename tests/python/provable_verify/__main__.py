"""python -m provable_verify KEY PROGRAM PROOF

Prints one line. The exit status is 0 if the proof is valid, 1 if it is refused, and 2 if there is no verdict: a file cannot be read, the key is
refused, the text is no program, or the file of the proof is larger than this command reads.
"""

import sys

from .assembler import assemble
from .key import LENGTH, read_key
from .proof_file import read_proof
from .refusal import Refused
from .tokens import LARGEST_TEXT
from .verification import verify

# Of the bytes of a proof file. The format has no such limit.
MOST_READ = 16 << 20


def _content(path, most):
    """The bytes of a file, and no more than one byte over the limit: who takes them sees that it is larger."""
    with open(path, "rb") as file:
        return file.read(most + 1)


def main(arguments):
    if len(arguments) != 3:
        print(__doc__.splitlines()[0], file=sys.stderr)
        return 2
    status = 2
    try:
        key = read_key(_content(arguments[0], LENGTH))
        program = assemble(_content(arguments[1], LARGEST_TEXT))
        content = _content(arguments[2], MOST_READ)
        if len(content) > MOST_READ:
            print(f"no verdict: the file of the proof has more than {MOST_READ} bytes")
            return 2
        status = 1
        verify(key, program, read_proof(content))
    except OSError as problem:
        print(f"no verdict: {problem}")
        return 2
    except Refused as refusal:
        print(f"{'invalid' if status == 1 else 'no verdict'}: {refusal}")
        return status
    print(f"valid: program {program.digest.hex()}, under the key {key.digest.hex()}")
    return 0


sys.exit(main(sys.argv[1:]))
