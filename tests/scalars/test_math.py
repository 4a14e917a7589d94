"""Functions of math beyond libm's, powers, rounding and membership, of Python's and NumPy's numbers: values, types, errors."""

import math

import numpy as np
import pytest

import framejit
from tests.scalars.oracle import Case, values

FLOATS = (0.0, -0.0, 1.0, -1.0, 0.5, 2.5, -2.5, 3.0, -3.0, 2.675, 1e-300, -5e-324, 2.0**-1022, 1e16, 123456.789, 169.5, 171.7, -170.5, 1e299, 1e305, 1.7e308,
          math.inf, -math.inf, math.nan)
INTS = (0, 1, -1, 2, 5, 12, 20, 21, 35, 62, 66, 67, 100, -7, 1000, 2**31, 2**53 + 1, 2**59 + 3, 2**60, 2**62 + 5, 2**63 - 1, -2**63)
OF_FLOAT = ["math.gamma(x)", "math.lgamma(x)", "math.hypot(x)", "math.modf(x)", "math.frexp(x)", "math.ulp(x)", "round(x, 2)", "round(x, 0)", "round(x, -2)",
            "math.floor(x)", "math.ceil(x)", "math.trunc(x)", "round(x, 400)"]
OF_FLOATS = ["math.hypot(x, y)", "math.hypot(x, y, 0.5)", "math.isclose(x, y)", "math.nextafter(x, y)", "math.pow(x, y)", "math.log(x, y)"]
OF_INT = ["math.isqrt(x)", "math.factorial(x)", "math.perm(x)", "math.floor(x)", "math.gamma(x)", "round(x, 2)", "round(x, -1)"]
OF_INTS = ["math.gcd(x, y)", "math.lcm(x, y)", "math.comb(x, y)", "math.perm(x, y)", "math.pow(x, y)", "math.hypot(x, y)"]
OF_BOTH = ["math.ldexp(x, y)", "round(x, y)", "math.hypot(x, y)"]
if hasattr(math, "fma"):
    OF_FLOATS.append("math.fma(x, y, 0.1)")


def small(kind):
    return [value for value in values(kind) if abs(int(value)) < 10000]


def test_of_one_float():
    assert Case(OF_FLOAT, "which, x").compare_all(FLOATS) == []


def test_of_two_floats():
    assert Case(OF_FLOATS).compare_all(FLOATS, FLOATS) == []


def test_of_one_int():
    few = [value for value in INTS if abs(value) < 2000]
    assert Case(OF_INT, "which, x").compare_all(few) == []
    assert Case(["math.isqrt(x)", "math.floor(x)"], "which, x").compare_all(INTS) == []


def test_of_two_ints():
    few = [value for value in INTS if abs(value) < 2000]
    assert Case(OF_INTS).compare_all(few, few) == []
    assert Case(["math.gcd(x, y)", "math.lcm(x, y)", "math.pow(x, y)"]).compare_all(INTS, INTS) == []
    assert Case(["math.comb(x, y)", "math.perm(x, y)"]).compare_all(INTS, (0, 1, 2, 3, 30)) == []


def test_lengths_of_ranges():
    ends = (0, 1, -1, 5, 100, -100, 2**62, -2**62, 2**63 - 1, -2**63)
    steps = (1, -1, 2, -3, 1000, 2**40, -2**62, 2**63 - 1)
    lengths = ["len(range(x))", "len(range(x, y))", *[f"len(range(x, y, {step}))" for step in steps]]
    assert Case(lengths).compare_all(ends, ends) == []


def test_of_a_float_and_an_int():
    assert Case(OF_BOTH).compare_all(FLOATS, [value for value in INTS if abs(value) < 2000] + [2**40, -2**40]) == []


@pytest.mark.parametrize("kind", ["int8", "uint8", "int64", "uint64", "bool"])
def test_of_numpy_ints(kind):
    expressions = [expression for expression in OF_INT if "round" not in expression]
    assert Case(expressions, "which, x").compare_all(small(kind)) == []
    assert Case(OF_INTS).compare_all(small(kind), (0, 3, 12)) == []
    assert Case(["x in range(2, 100)", "x in range(100, -7, -3)", "x in (1, 2, 255)", "x in (1, 2.5, True)", "x not in range(1, 60, 7)"], "which, x"
                ).compare_all(values(kind)) == []


@pytest.mark.parametrize("kind", ["float64", "float32"])
def test_of_numpy_floats(kind):
    assert Case(OF_FLOAT, "which, x").compare_all(values(kind)) == []
    assert Case(OF_FLOATS).compare_all(values(kind), (0.0, -1.5, 2.0)) == []
    assert Case(["x in (1, 2.5, -3)", "x in (1, 3)", "x not in (0.1, 0.5)"], "which, x").compare_all(values(kind)) == []


def test_membership_of_numbers():
    parts = ["x in range(2, 100)", "x in range(100, -7, -3)", "x not in range(-100, 100, 8)", "x in range(y)", "x in (1, 2, 255)", "x in (1, 2.5, True)",
             "x in (y, 3)", "x in (1.0, y)"]
    for column in (INTS, FLOATS, (True, False)):
        assert Case(parts).compare_all(column, (0, 1, 12)) == []
    assert Case(["x in (y, 2.5)", "x in (x, y)"]).compare_all(FLOATS, FLOATS) == []


def counted(n):
    """Each turn calls functions whose rows must not need a call-out."""
    total = 0
    for k in range(1, n):
        total += math.gcd(k, 360) + math.isqrt(k) + math.comb(k % 30, 3) + pow(k % 7, 3)
        fraction, whole = math.modf(k / 7)
        total += round(fraction, 2) + math.hypot(whole, k) + math.lgamma(k) + math.ldexp(fraction, k % 5)
        if k in range(3, n, 2) or k % 9 in (1, 4) or math.isclose(fraction, 0.5):
            total += 1
    return total


def test_all_of_it_runs_natively():
    fast = framejit.jit(counted)
    assert fast(10) == counted(10)
    before = framejit.stats()
    assert repr(fast(5000)) == repr(counted(5000))
    after = framejit.stats()
    assert after["native_iterations"] - before["native_iterations"] == 4999
    assert after["callouts"] == before["callouts"] and after["exits"] == before["exits"]


def shared(n):
    """What math gives back may be the very object that it was given."""
    kept = []
    for k in range(n):
        x = k * 1000
        kept += [math.floor(x) is x, math.gcd(x, 0) is x, round(x, 2) is x, pow(x, 1) is x, math.comb(x, 1) is x, math.lcm(x, 1) is x]
    return kept


def test_identity():
    fast = framejit.jit(shared)
    for n in (1, 50, 50):
        assert fast(n) == shared(n)


def test_numbers_of_arrays():
    def rounded(a):
        total = 0.0
        for k in range(len(a)):
            total += math.hypot(a[k], 1.0) + math.gamma(abs(a[k]) + 1.0)
        return total

    a = np.random.default_rng(3).normal(size=2000)
    fast = framejit.jit(rounded)
    before = framejit.stats()["native_iterations"]
    assert repr(fast(a)) == repr(rounded(a))
    assert framejit.stats()["native_iterations"] - before >= 1990


def powers(bases, exponents, moduli, found):
    for x in bases:
        for e in exponents:
            for m in moduli:
                try:
                    value = pow(x, e, m)
                    found.append((value, type(value), value is x, value is e))
                except ValueError as error:
                    found.append(str(error))
    return len(found)


@pytest.mark.parametrize("moduli", [(1, 2, 7, 1000, 2**31 - 1, 2**61 - 1, 2**63 - 1), (-1, -5, -2**40, -2**63), (0, 3), (2**70, -2**64 - 1)])
def test_powers_modulo(moduli):
    bases, exponents = (0, 1, 2, -1, -7, 300, 2**40 + 1, 2**62, -2**63, True), (0, 1, 2, 3, 64, 1000, 2**62, -1, False)
    compiled = framejit.jit(powers)
    for _ in range(3):
        found, wanted = [], []
        assert compiled(bases, exponents, moduli, found) == powers(bases, exponents, moduli, wanted) and found == wanted


def chained(x, e, m, n):
    for k in range(n):
        x = pow(x, e - k, m - k) + 1
    return x


def test_powers_that_raise():
    compiled = framejit.jit(chained)

    def ran(function, *arguments):
        try:
            return function(*arguments)
        except ValueError as error:
            return str(error), error.__traceback__.tb_next.tb_lineno

    for _ in range(20):
        assert compiled(3, 100, 1000, 50) == chained(3, 100, 1000, 50)
    before = framejit.stats()["native_iterations"]
    for arguments in ((3, 20, 1000, 50), (3, 100, 20, 50), (5, 1, 9, 4), (7, 30, -11, 25), (3, 10, 1000, 11), (2, 3, 3, 3), (2, 3, 3, 4)):
        assert ran(compiled, *arguments) == ran(chained, *arguments)
    assert framejit.stats()["native_iterations"] - before > 60


def strong(n, bases):
    """Miller and Rabin."""
    d, r = n - 1, 0
    while d % 2 == 0:
        d, r = d // 2, r + 1
    for a in bases:
        x = pow(a, d, n)
        if x == 1 or x == n - 1:
            continue
        for _ in range(r - 1):
            x = pow(x, 2, n)
            if x == n - 1:
                break
        else:
            return False
    return True


def test_primes_natively():
    def count(limit):
        return sum([strong(n, (2, 3, 5, 7)) for n in range(11, limit, 2)])

    compiled = framejit.jit(strong)
    numbers = [2**31 - 1, 1000003, 1000001, 561, 2047]
    for n in numbers * 20:
        before = framejit.stats()
        assert compiled(n, (2, 3, 5, 7)) == strong(n, (2, 3, 5, 7))
    now = framejit.stats()
    assert now["native_entries"] > before["native_entries"] and now["callouts"] == before["callouts"] and count(100) == 21
