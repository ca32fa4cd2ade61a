"""The compression function of SHA-256 (FIPS 180-4, section 6.2.2), which hashlib does not have alone."""

from math import isqrt


def _primes(count):
    found = []
    candidate = 2
    while len(found) < count:
        if all(candidate % prime for prime in found):
            found.append(candidate)
        candidate += 1
    return found


def _cube_root(number):
    """The greatest integer whose cube is not greater."""
    root = 1 << ((number.bit_length() + 2) // 3)
    while root**3 > number:
        root = (2 * root + number // root**2) // 3
    return root


# Section 4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64 primes.
_CONSTANTS = [_cube_root(prime << 96) % (1 << 32) for prime in _primes(64)]
# Section 5.3.3, for tests: the same of square roots.
INITIAL = [isqrt(prime << 64) % (1 << 32) for prime in _primes(8)]


def _rotated(word, places):
    return word >> places | (word << (32 - places)) % (1 << 32)


def compress(state, block):
    """The 8 words that follow the state, for the 16 words of the block."""
    w = list(block)
    for t in range(16, 64):
        s0 = _rotated(w[t - 15], 7) ^ _rotated(w[t - 15], 18) ^ w[t - 15] >> 3
        s1 = _rotated(w[t - 2], 17) ^ _rotated(w[t - 2], 19) ^ w[t - 2] >> 10
        w.append((w[t - 16] + s0 + w[t - 7] + s1) % (1 << 32))
    a, b, c, d, e, f, g, h = state
    for t in range(64):
        s1 = _rotated(e, 6) ^ _rotated(e, 11) ^ _rotated(e, 25)
        t1 = h + s1 + (e & f ^ ~e & g) + _CONSTANTS[t] + w[t]
        s0 = _rotated(a, 2) ^ _rotated(a, 13) ^ _rotated(a, 22)
        t2 = s0 + (a & b ^ a & c ^ b & c)
        a, b, c, d, e, f, g, h = (t1 + t2) % (1 << 32), a, b, c, (d + t1) % (1 << 32), e, f, g
    return [(old + new) % (1 << 32) for old, new in zip(state, (a, b, c, d, e, f, g, h))]
