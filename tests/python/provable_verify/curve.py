"""The curve BLS12-381: the fields of coordinates, the equations of the curve, and the test for the group of order R.

Numbers c0 + c1*u with u*u = -1 are pairs (c0, c1). The coordinates of G1 are such pairs with c1 = 0, so that one piece of code does for both groups.
"""

from .scalars import ORDER

MODULUS = 0x1A0111EA397FE69A4B1BA7B6434BACD764774B84F38512BF6730D2A0F6B0F6241EABFFFEB153FFFFB9FEFFFFFFFFAAAB

B_OF_G1 = (4, 0)
B_OF_G2 = (4, 4)


def add(a, b):
    return (a[0] + b[0]) % MODULUS, (a[1] + b[1]) % MODULUS


def subtract(a, b):
    return (a[0] - b[0]) % MODULUS, (a[1] - b[1]) % MODULUS


def negate(a):
    return -a[0] % MODULUS, -a[1] % MODULUS


def multiply(a, b):
    return (a[0] * b[0] - a[1] * b[1]) % MODULUS, (a[0] * b[1] + a[1] * b[0]) % MODULUS


def times(a, factor):
    return a[0] * factor % MODULUS, a[1] * factor % MODULUS


def _root_of_integer(number):
    """A square root modulo MODULUS, or None. MODULUS is 3 modulo 4."""
    root = pow(number, (MODULUS + 1) // 4, MODULUS)
    return root if root * root % MODULUS == number else None


def square_root(a):
    """A square root of c0 + c1*u, or None if it has none."""
    c0, c1 = a
    if c1 == 0:
        root = _root_of_integer(c0)
        # -1 is no square, so of c0 and -c0 one is.
        return (root, 0) if root is not None else (0, _root_of_integer(-c0 % MODULUS))
    norm = _root_of_integer((c0 * c0 + c1 * c1) % MODULUS)
    if norm is None:
        return None
    half = pow(2, -1, MODULUS)
    # One of (c0 + norm)/2 and (c0 - norm)/2 is the square of the root's first number.
    for sign in (norm, -norm):
        first = _root_of_integer((c0 + sign) * half % MODULUS)
        if first:
            root = (first, c1 * pow(2 * first, -1, MODULUS) % MODULUS)
            return root if multiply(root, root) == (c0 % MODULUS, c1 % MODULUS) else None
    return None


def right_side(x, b):
    """x^3 + b."""
    return add(multiply(multiply(x, x), x), b)


def _double(point):
    # dbl-2009-l of the Explicit-Formulas Database, in Jacobian coordinates; the curve's a is 0.
    x, y, z = point
    a, b = multiply(x, x), multiply(y, y)
    c = multiply(b, b)
    t = add(x, b)
    d = times(subtract(subtract(multiply(t, t), a), c), 2)
    e = times(a, 3)
    x3 = subtract(multiply(e, e), times(d, 2))
    y3 = subtract(multiply(e, subtract(d, x3)), times(c, 8))
    return x3, y3, times(multiply(y, z), 2)


def _add_affine(point, x2, y2):
    # madd of the Explicit-Formulas Database (Z2 = 1), with the exceptions that it leaves out. z = 0 is infinity.
    x1, y1, z1 = point
    one = (1, 0)
    if z1 == (0, 0):
        return x2, y2, one
    z1z1 = multiply(z1, z1)
    h = subtract(multiply(x2, z1z1), x1)
    r = subtract(multiply(multiply(y2, z1), z1z1), y1)
    if h == (0, 0):
        return _double(point) if r == (0, 0) else (one, one, (0, 0))
    hh = multiply(h, h)
    hhh = multiply(h, hh)
    v = multiply(x1, hh)
    x3 = subtract(subtract(multiply(r, r), hhh), times(v, 2))
    y3 = subtract(multiply(r, subtract(v, x3)), multiply(y1, hhh))
    return x3, y3, multiply(z1, h)


def has_order_r(x, y):
    """Whether R times the point (x, y) of either curve is infinity. The point is on its curve and is not infinity."""
    point = ((1, 0), (1, 0), (0, 0))
    for bit in bin(ORDER)[2:]:
        point = _double(point)
        if bit == "1":
            point = _add_affine(point, x, y)
    return point[2] == (0, 0)
