"""The equation (docs/formats.md, section The equation), over a library of pairings."""

from py_arkworks_bls12381 import GT, G1Point, G2Point, Scalar


def statement_point(key, scalars):
    """S0 + x1*S1 + ... + x5*S5, in the library's form. It may be infinity."""
    first, *rest = [G1Point.from_compressed_bytes(point) for point in key.statement]
    result = first
    for scalar, point in zip(scalars, rest):
        result = result + point * Scalar.from_le_bytes(scalar.to_bytes(32, "little"))
    return result


def holds(key, proof, scalars):
    """Whether e(-A, B) * e(alpha, beta) * e(sum, kappa) * e(D, gamma) * e(C, delta) is 1.

    The points were decoded by `points.decode`, so the library has nothing to refuse.
    """
    g1 = [-G1Point.from_compressed_bytes(proof.a), G1Point.from_compressed_bytes(key.points["alpha"])]
    g1 += [statement_point(key, scalars), G1Point.from_compressed_bytes(proof.d), G1Point.from_compressed_bytes(proof.c)]
    g2 = [proof.b, *(key.points[name] for name in ("beta", "kappa", "gamma", "delta"))]
    return GT.multi_pairing(g1, [G2Point.from_compressed_bytes(point) for point in g2]) == GT.one()
