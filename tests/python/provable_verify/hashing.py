"""SHA-256 and the encoding of what is hashed (docs/formats.md, section Conventions)."""

import hashlib
import struct


def u32(number):
    return struct.pack("<I", number)


def u64(number):
    return struct.pack("<Q", number)


def sha256(*pieces):
    """The hash of all pieces, one after the other, with nothing between."""
    return hashlib.sha256(b"".join(pieces)).digest()


def part(content):
    """Bytes or a text, with the length in front."""
    content = content.encode("ascii") if isinstance(content, str) else content
    return u64(len(content)) + content


def part_of_words(words):
    """Words, with their number in front."""
    return u64(len(words)) + struct.pack(f"<{len(words)}I", *words)
