"""Python's complex numbers in loops: bits, errors and where they come up, which object is which, and what runs natively."""

import cmath
import itertools
import math
import struct
import sys
import traceback

import pytest

import framejit

PARTS = (0.0, -0.0, 1.0, -1.0, 0.5, -3.0, 1e200, -1e308, 1.5e308, 1e-200, 5e-324, 2.0**-1022, math.inf, -math.inf, math.nan)
REAL = (0, 1, -3, 2**40, 2**53 + 1, 2**63 - 1, True, False, 0.0, -0.0, 2.5, -1e300, math.inf, math.nan)
PAIRS = [complex(x, y) for x, y in itertools.product(PARTS, PARTS)]
BINARY = ("x + y", "x - y", "x * y", "x / y", "x == y", "x != y")
UNARY = ("-x", "+x", "abs(x)", "x.real", "x.imag", "x.conjugate()", "bool(x)", "not x", "complex(x)", "complex(x.real, x.imag)", "complex(x.imag)",
         *[f"x ** {count}" for count in (0, 1, 2, 3, 7, 16, 17, -1, -2, 2.0, 0.5, True, "(2+0j)", "1j")],
         "cmath.exp(x)", "cmath.sqrt(x)", "cmath.phase(x)", "cmath.polar(x)", "cmath.rect(x.real, x.imag)")


def bits(value):
    """Type and bits; what is no number is its text."""
    if type(value) is tuple:
        return [bits(one) for one in value]
    if type(value) is complex:
        return "complex", struct.pack("dd", value.real, value.imag)
    return (type(value).__name__, struct.pack("d", value) if type(value) is float else repr(value))


def of_two_nans(expression, x, y):
    """Whether the real part of a product, and its imaginary part, comes from two NaNs: their signs are promised to nobody (docs/contract.md)."""
    x, y = complex(x), complex(y)
    terms = (x.real * y.real, x.imag * y.imag), (x.real * y.imag, x.imag * y.real)
    return [expression == "x * y" and all(map(math.isnan, pair)) for pair in terms]


def settled(expression, result, x, y):
    """A result's bits; of a part that comes from two NaNs, that it's NaN."""
    if type(result) is complex and any(of_two_nans(expression, x, y)):
        parts = zip((result.real, result.imag), of_two_nans(expression, x, y))
        return "complex", ["nan" if apart and math.isnan(part) else struct.pack("d", part) for part, apart in parts]
    return bits(result)


def of_all(expression):
    """A loop that computes the expression for all x and y, errors among its results."""
    space = {"cmath": cmath}
    exec(f"""
def f(xs, ys):
    found = []
    for x in xs:
        for y in ys:
            try:
                found.append({expression})
            except (ArithmeticError, ValueError) as error:
                found.append(repr(error))
    return found
""", space)
    return space["f"]


def native_iterations(function, *arguments):
    """How many iterations of a call run natively, once it is compiled."""
    for _ in range(40):
        before = framejit.stats()["native_iterations"]
        function(*arguments)
        found = framejit.stats()["native_iterations"] - before
        if found:
            return found
    return 0


@pytest.mark.parametrize("expression", BINARY)
def test_every_pair(expression):
    for left, right in ((PAIRS[::3], PAIRS[::5]), (PAIRS, REAL), (REAL, PAIRS)):
        plain = of_all(expression)
        compiled = framejit.jit(of_all(expression))
        for kind in sorted({type(one) for one in left}, key=str):
            for other in sorted({type(one) for one in right}, key=str):
                some = [one for one in left if type(one) is kind], [one for one in right if type(one) is other]
                for _ in range(3):
                    found = [[settled(expression, one, *pair) for one, pair in zip(each(*some), itertools.product(*some), strict=True)] for each in (compiled, plain)]
                    assert found[0] == found[1]


@pytest.mark.parametrize("expression", UNARY)
def test_every_number(expression):
    plain, compiled = of_all(expression), framejit.jit(of_all(expression))
    for _ in range(3):
        assert [bits(one) for one in compiled(PAIRS, [0])] == [bits(one) for one in plain(PAIRS, [0])]


def orbit(c, most):
    z = 0j
    for k in range(most):
        if abs(z) > 2.0:
            break
        z = z * z + c
    return z, k


def horner(coefficients, x):
    total = 0j
    for c in coefficients:
        total = total * x + c
    return total


def transformed(values):
    n, found = len(values), []
    for k in range(n):
        total = 0j
        for j in range(n):
            total += values[j] * cmath.exp(-2j * cmath.pi * k * j / n)
        found.append(total)
    return found


def newton(z, most):
    for k in range(most):
        slope = 3 * z ** 2
        if slope == 0:
            return None
        z = z - (z ** 3 - 1) / slope
    return z


def roots(equations):
    total = 0j
    for a, b, c in equations:
        d = cmath.sqrt(b * b - 4 * a * c)
        total += (-b + d) / (2 * a) - (-b - d) / (2 * a)
    return total


class Oscillator:
    def __init__(self, w):
        self.z, self.w = 1 + 0j, w

    def step(self):
        self.z = self.z * self.w
        return self.z.real


def oscillated(n):
    made, total = Oscillator(cmath.exp(0.01j)), 0.0
    for k in range(n):
        total += made.step()
    return total, made.z


LOOPS = [(orbit, (0.1 + 0.2j, 400)), (orbit, (0.5 + 0.5j, 400)), (horner, ([1 + 2j, 0.5j, 2 - 1j] * 40, 0.9 + 0.1j)), (transformed, ([0.5, 1.0, -2.0] * 8,)),
         (newton, (1 + 1j, 300)), (newton, (0.25 + 2j, 300)), (roots, ([(1.0, 2.0, 3.0), (2.0, 1.0, 0.5)] * 50,)), (oscillated, (500,))]


@pytest.mark.parametrize("function, arguments", LOOPS, ids=[f"{function.__name__}{number}" for number, (function, _) in enumerate(LOOPS)])
def test_loops_run_natively(function, arguments):
    compiled = framejit.jit(function)
    wanted = function(*arguments)
    for _ in range(40):
        assert repr(compiled(*arguments)) == repr(wanted)
    assert native_iterations(compiled, *arguments) > 3


def trail(function, *arguments):
    try:
        return repr(function(*arguments))
    except Exception as error:
        frame = error.__traceback__
        while frame.tb_next:
            frame = frame.tb_next
        return repr(error), traceback.extract_tb(error.__traceback__)[-1].lineno, sorted((name, repr(value)) for name, value in frame.tb_frame.f_locals.items())


def divided(values, by, step):
    total, last = 0j, None
    for value in values:
        by = by - step
        last = value / by
        total += last
    return total, last


def grown(z, most):
    lengths = []
    for k in range(most):
        z = z * 1e10
        lengths.append(abs(z))
    return lengths


def squared(z, most):
    for k in range(most):
        z = z ** 2
        last = k
    return z, last


def ordered(values, bound):
    count, total = 0, 0j
    for value in values:
        count += 1
        total = total * value + value / (3 + total * total)
        if count > 30 and abs(total - bound) + count < 0:
            return value < bound
    return count, total < bound


@pytest.mark.parametrize("function, arguments", [(divided, ([1 + 1j] * 60, 40 + 20j, 1 + 0.5j)), (grown, (1 + 1j, 60)), (newton, (0j, 300)), (squared, (1.5 + 0.5j, 60)), (ordered, ([1j] * 60, 2j))])
def test_what_raises_does_so_there(function, arguments):
    compiled = framejit.jit(function)
    for _ in range(6):
        assert trail(compiled, *arguments) == trail(function, *arguments)
    assert function is newton or native_iterations(lambda *given: trail(compiled, *given), *arguments) > 3


def objects(z, n):
    kept, w = [], z
    for k in range(n):
        same = z is w
        t = complex(w)
        kept.append((same, t is w, +w is w, w.conjugate() is w, {1: w}[1] is w, (w, 2)[0] is w))
        if k % 3 == 1:
            z = w
        if k % 3 == 2:
            w = w * (1 + 0j)
        kept.append(w)
        kept.append(kept[-1] is w)
    return kept, z, w, z is w


def test_which_object_is_which():
    compiled = framejit.jit(objects)
    z = complex(2, 3)
    for _ in range(20):
        wanted, found = objects(z, 40), compiled(z, 40)
        assert repr(found) == repr(wanted)
        assert [one is z for one in found[0]] == [one is z for one in wanted[0]] and (found[1] is z) == (wanted[1] is z)


def counted(n, z):
    for k in range(n):
        w = z * z
        z = w / 2
    return None


def test_no_reference_stays():
    z = complex(0.5, 1.25)
    compiled = framejit.jit(counted)
    for _ in range(20):
        compiled(50, z)
    before = sys.getrefcount(z)
    for _ in range(200):
        compiled(50, z)
    assert sys.getrefcount(z) == before
    assert native_iterations(compiled, 50, z) == 50


def literals(n):
    found = []
    for k in range(n):
        found += [complex(0.0, 0.0), complex(-0.0, 0.0), complex(0.0, -0.0), 0j, -0j, complex(k, -0.0)]
    return found


def test_signs_of_zeros():
    compiled = framejit.jit(literals)
    for _ in range(20):
        assert [bits(one) for one in compiled(20)] == [bits(one) for one in literals(20)]
    assert native_iterations(compiled, 20) == 20


def beside_floats(a, b, out):
    last = 0j
    for k in range(len(a)):
        z = complex(a[k], b[k])
        out[k] = z.real * 2 + z.imag
        last = -z
    return last, complex(a[0]), complex(1, b[0])


def test_of_elements_of_arrays():
    import numpy as np
    compiled = framejit.jit(beside_floats)
    for kinds in (("float64", "float64"), ("float32", "int64"), ("int32", "uint8"), ("float64", "bool")):
        a, b = [np.array([-0.0, 1, 2.5, 3e5, -1] * 20).astype(kind) if kind != "uint8" else np.arange(100, dtype=kind) for kind in kinds]
        for _ in range(6):
            results = [(function(a, b, out), out.tobytes()) for function, out in ((beside_floats, np.zeros(100)), (compiled, np.zeros(100)))]
            assert results[0][1] == results[1][1] and bits(results[0][0]) == bits(results[1][0])
        assert native_iterations(compiled, a, b, np.zeros(100)) == 100


def test_a_replaced_function_is_seen(monkeypatch):
    def lengths(values):
        return [cmath.phase(value) for value in values] + [complex(1, value.real) for value in values]

    compiled, values = framejit.jit(lengths), [1 + 1j, -2j] * 20
    for _ in range(10):
        assert compiled(values) == lengths(values)
    monkeypatch.setattr(cmath, "phase", lambda value: "phase")
    assert compiled(values) == lengths(values)
    assert compiled(values)[0] == "phase"


def test_modules_of_another_name():
    """A function whose module says that it is cmath isn't taken for one."""
    import types
    other = types.ModuleType("cmath")
    other.exp = cmath.exp

    def f(values):
        total = 0j
        for value in values:
            total += other.exp(value)
        return total

    compiled, values = framejit.jit(f), [0.1j] * 30
    for _ in range(10):
        assert compiled(values) == f(values)
