"""Laws of integer intervals: what an operation gives for any operands out of these intervals.

An interval is (lowest, highest) of the signed values of an integer type of `bits` bits.  A law gives an interval of
exact results, which may reach beyond the type, or None: anything.  Where LLVM's instruction gives poison (division by
zero, a shift by too much) a law promises nothing.  Every law is tested against `evaluate` on 8-bit values.

    add((0, 9), (1, 1))   ->   (1, 10)
"""


def limits(bits):
    return -(1 << bits - 1), (1 << bits - 1) - 1


def intersect(x, y):
    """The common part; `x` where there is none, which only unreachable code sees."""
    low, high = max(x[0], y[0]), min(x[1], y[1])
    return (low, high) if low <= high else x


def union(x, y):
    return min(x[0], y[0]), max(x[1], y[1])


def add(x, y, bits):
    return x[0] + y[0], x[1] + y[1]


def sub(x, y, bits):
    return x[0] - y[1], x[1] - y[0]


def corners(function, x, y):
    found = [function(a, b) for a in x for b in y]
    return min(found), max(found)


def mul(x, y, bits):
    return corners(lambda a, b: a * b, x, y)


def quotient(x, y):
    return abs(x) // abs(y) * (-1 if (x < 0) != (y < 0) else 1)


def without_zero(y):
    """Endpoints of the negative and the positive part."""
    parts = []
    if y[0] < 0:
        parts += [y[0], min(y[1], -1)]
    if y[1] > 0:
        parts += [max(y[0], 1), y[1]]
    return parts


def sdiv(x, y, bits):
    divisors = without_zero(y)
    return corners(quotient, x, divisors) if divisors else None


def srem(x, y, bits):
    """Smaller than the divisor, no further from 0 than the dividend, with its sign."""
    divisors = without_zero(y)
    if not divisors:
        return None
    if -min(map(abs, divisors)) < x[0] and x[1] < min(map(abs, divisors)):
        return x
    most = max(map(abs, divisors)) - 1
    return max(x[0], -most) if x[0] < 0 else 0, min(x[1], most) if x[1] > 0 else 0


def udiv(x, y, bits):
    return sdiv(x, y, bits) if x[0] >= 0 and y[0] >= 0 else None


def urem(x, y, bits):
    if y[0] < 0 or y[1] == 0:
        return None
    return srem(x, y, bits) if x[0] >= 0 else (0, y[1] - 1)


def reach(x, y):
    """2**k such that both intervals lie in [-2**k, 2**k - 1]."""
    return 1 << max([(bound if bound >= 0 else ~bound).bit_length() for bound in (*x, *y)])


def and_(x, y, bits):
    """No larger than either operand that isn't negative."""
    if x[0] >= 0 or y[0] >= 0:
        return 0, min([high for low, high in (x, y) if low >= 0])
    around = reach(x, y)
    return -around, max(x[1], y[1]) if x[1] < 0 and y[1] < 0 else around - 1


def or_(x, y, bits):
    around = reach(x, y)
    if x[0] >= 0 and y[0] >= 0:
        return max(x[0], y[0]), around - 1
    return -around, -1 if x[1] < 0 or y[1] < 0 else around - 1


def xor(x, y, bits):
    around = reach(x, y)
    same, other = (x[0] >= 0 and y[0] >= 0) or (x[1] < 0 and y[1] < 0), (x[0] >= 0 and y[1] < 0) or (x[1] < 0 and y[0] >= 0)
    return (0, around - 1) if same else (-around, -1) if other else (-around, around - 1)


def counts(y, bits):
    """The shift counts that have a meaning, or None."""
    low, high = max(y[0], 0), min(y[1], bits - 1)
    return (low, high) if low <= high else None


def shl(x, y, bits):
    y = counts(y, bits)
    return None if y is None else corners(lambda a, b: a << b, x, y)


def ashr(x, y, bits):
    y = counts(y, bits)
    return None if y is None else corners(lambda a, b: a >> b, x, y)


def lshr(x, y, bits):
    if x[0] >= 0:
        return ashr(x, y, bits)
    y = counts(y, bits)
    return (0, (1 << bits - y[0]) - 1) if y is not None and y[0] > 0 else None


LAWS = {
    "iadd": add, "isub": sub, "imul": mul, "sdiv": sdiv, "srem": srem, "udiv": udiv, "urem": urem,
    "iand": and_, "ior": or_, "ixor": xor, "shl": shl, "ashr": ashr, "lshr": lshr,
}


# ---- comparisons: whether they hold for all, for no operands (True, False), or for some (None)

def less(x, y):
    return True if x[1] < y[0] else False if x[0] >= y[1] else None


def equal(x, y):
    return True if x[0] == x[1] == y[0] == y[1] else False if x[1] < y[0] or y[1] < x[0] else None


def negated(answer):
    return None if answer is None else not answer


def unsigned(x, bits):
    """The interval of the same bits without a sign, or None where it has a hole."""
    if x[0] >= 0:
        return x
    return (x[0] + (1 << bits), x[1] + (1 << bits)) if x[1] < 0 else None


def unsigned_less(x, y, bits):
    x, y = unsigned(x, bits) or (0, (1 << bits) - 1), unsigned(y, bits) or (0, (1 << bits) - 1)
    return less(x, y)


COMPARISONS = {
    "icmp_slt": lambda x, y, bits: less(x, y),
    "icmp_sgt": lambda x, y, bits: less(y, x),
    "icmp_sge": lambda x, y, bits: negated(less(x, y)),
    "icmp_sle": lambda x, y, bits: negated(less(y, x)),
    "icmp_eq": lambda x, y, bits: equal(x, y),
    "icmp_ne": lambda x, y, bits: negated(equal(x, y)),
    "icmp_ult": unsigned_less,
    "icmp_ugt": lambda x, y, bits: unsigned_less(y, x, bits),
    "icmp_uge": lambda x, y, bits: negated(unsigned_less(x, y, bits)),
    "icmp_ule": lambda x, y, bits: negated(unsigned_less(y, x, bits)),
}


# ---- what a comparison that holds says about its operands

def below(x, y, bits):
    """x < y."""
    return intersect(x, (x[0], y[1] - 1)), intersect(y, (x[0] + 1, y[1]))


def not_above(x, y, bits):
    """x <= y."""
    return intersect(x, (x[0], y[1])), intersect(y, (x[0], y[1]))


def the_same(x, y, bits):
    both = intersect(x, y)
    return both, intersect(y, both)


def trimmed(x, y):
    """x without the only value of y, where that is an endpoint."""
    if y[0] != y[1] or x[0] == x[1]:
        return x
    return x[0] + (x[0] == y[0]), x[1] - (x[1] == y[0])


def different(x, y, bits):
    return trimmed(x, y), trimmed(y, x)


def unsigned_below(x, y, bits):
    """x < y without signs: y's lack of a sign is x's."""
    if y[0] < 0:
        return x, y
    x = intersect(x, (0, y[1] - 1))
    return x, intersect(y, (x[0] + 1, y[1]))


def unsigned_not_above(x, y, bits):
    if y[0] < 0:
        return x, y
    x = intersect(x, (0, y[1]))
    return x, intersect(y, (x[0], y[1]))


def swapped(law):
    def law_(x, y, bits):
        y, x = law(y, x, bits)
        return x, y

    return law_


HOLDS = {
    "icmp_slt": below, "icmp_sle": not_above, "icmp_sgt": swapped(below), "icmp_sge": swapped(not_above),
    "icmp_eq": the_same, "icmp_ne": different,
    "icmp_ult": unsigned_below, "icmp_ule": unsigned_not_above, "icmp_ugt": swapped(unsigned_below), "icmp_uge": swapped(unsigned_not_above),
}
OPPOSITE = {
    "icmp_slt": "icmp_sge", "icmp_sge": "icmp_slt", "icmp_sle": "icmp_sgt", "icmp_sgt": "icmp_sle", "icmp_eq": "icmp_ne",
    "icmp_ne": "icmp_eq", "icmp_ult": "icmp_uge", "icmp_uge": "icmp_ult", "icmp_ule": "icmp_ugt", "icmp_ugt": "icmp_ule",
}
