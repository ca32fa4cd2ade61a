"""Integers modulo the order of the groups."""

ORDER = 0x73EDA753299D7D483339D80809A1D80553BDA402FFFE5BFEFFFFFFFF00000001


def sum_of_inverses(scalars):
    """The sum of the inverses, or None if one of the scalars is 0.

    There is one inversion for all (Montgomery's method): x/y of the sum so far is kept as a fraction.
    """
    numerator, denominator = 0, 1
    for scalar in scalars:
        numerator = (numerator * scalar + denominator) % ORDER
        denominator = denominator * scalar % ORDER
    # A product is 0 only if a factor is: the order is a prime.
    if denominator == 0:
        return None
    return numerator * pow(denominator, -1, ORDER) % ORDER
