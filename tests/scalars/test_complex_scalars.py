"""NumPy's complex numbers one by one: bits, types, warnings in their order, errors, arrays that are written, what runs natively."""

import numpy as np
import pytest

import framejit
from tests.scalars.oracle import outcome

SOURCE = """
def sweep(xs, ys, found):
    for k in range(len(xs)):
        found.append({expression})
"""
EXPRESSIONS = ("xs[k] + ys[k]", "xs[k] - ys[k]", "xs[k] * ys[k]", "xs[k] / ys[k]", "ys[k] / xs[k]", "xs[k] == ys[k]", "ys[k] != xs[k]")
ALONE = ("-xs[k]", "+xs[k]", "abs(xs[k])", "xs[k].real", "xs[k].imag", "xs[k].conjugate()", "xs[k].conj()", "complex(xs[k])", "xs[k] * 2", "2.5 * xs[k]", "xs[k] + 1j", "1 - xs[k]", "True * xs[k]",
         "xs[k] / (1 + 2j)", "xs[k] ** 2", "xs[k] == 1", "not xs[k]", "bool(xs[k])", "np.abs(xs[k])", "np.conj(xs[k])", "np.exp(xs[k])", "np.sqrt(xs[k])", "xs[k] * np.float64(0.5)", "np.int64(3) * xs[k]",
         "np.float32(1.5) + xs[k]", "xs[k].real * 1j", "xs[k] // 1 if k < 0 else 0", "xs[k] * 2 ** 70", "xs[k] if xs[k] else ys[k]")
COUNT = 400


def drawn(kind, seed):
    """Random bits, so that every exponent is as likely as any; every third value of moderate size, zeros among them."""
    generator = np.random.default_rng(seed)
    type_ = np.dtype(kind)
    part = np.dtype("float64") if kind == "complex128" else type_
    count = COUNT * type_.itemsize // part.itemsize
    wild = np.frombuffer(generator.bytes(count * part.itemsize), part).copy()
    mild = generator.normal(scale=3, size=count).round(int(seed % 3)).astype(part)
    return np.where(np.arange(count) % 6 < 4, mild, wild).astype(part).view(type_)


def made(expression):
    space = {"np": np}
    exec(compile(SOURCE.format(expression=expression), f"<sweep {expression}>", "exec"), space)
    return space["sweep"]


def bits(value):
    """Type and bits; NaNs are one."""
    parts = [value.real, value.imag] if isinstance(value, complex) else [value]
    return type(value), [("nan" if one != one else repr(one)) for one in parts]


def both(plain, fast, xs, ys):
    """The same of both, under several settings."""
    for setting in (dict(all="ignore"), {}, dict(under="warn"), dict(all="raise")):
        results = []
        for function in (plain, fast):
            found = []
            with np.errstate(**setting):
                results.append((repr(outcome(function, xs, ys, found)), [bits(one) for one in found]))
        assert results[1] == results[0], setting


@pytest.mark.parametrize("kind", ["complex128", "float64", "float32", "int64", "int32", "uint8"])
@pytest.mark.parametrize("expression", EXPRESSIONS)
@pytest.mark.filterwarnings("ignore")
def test_pairs(expression, kind):
    plain = made(expression)
    fast = framejit.jit(made(expression))
    before = framejit.stats()
    both(plain, fast, drawn("complex128", 1), drawn(kind, 2))
    now = framejit.stats()
    few = "/" in expression or kind == "int64" and "=" in expression        # a divisor of 0 leaves, and an integer that is no double
    assert now["native_entries"] > before["native_entries"] and now["native_iterations"] - before["native_iterations"] > (-1 if few else COUNT)


@pytest.mark.parametrize("expression", ALONE)
@pytest.mark.filterwarnings("ignore")
def test_one(expression):
    plain = made(expression)
    fast = framejit.jit(made(expression))
    both(plain, fast, drawn("complex128", 3), drawn("complex128", 4))


def stored(a, values, python):
    for k in range(len(a)):
        a[k] = values[k]
        a[k] += 0.5j
        a[-1 - k] *= python
        if k % 3 == 0:
            a[k] = k
        if k % 3 == 1:
            a[k] = python
    return a


def test_elements_are_written():
    compiled = framejit.jit(stored)
    for values in (np.arange(20) * (1 + 2j), np.linspace(0, 1, 20), np.arange(20), [complex(k, -k) for k in range(20)], [0.5] * 20):
        for python in (1 - 1j, 2.5, 3):
            for _ in range(4):
                wanted, found = [function(np.zeros(20, complex), values, python) for function in (stored, compiled)]
                assert found.tobytes() == wanted.tobytes()


def test_what_cannot_be_written():
    def f(a, values):
        for k in range(len(values)):
            a[k] = values[k]
        return a

    compiled = framejit.jit(f)
    values = np.ones(9, complex)
    for _ in range(20):
        compiled(np.zeros(9, complex), values)
    frozen = np.zeros(9, complex)
    frozen.flags.writeable = False
    for target in (frozen, np.zeros(5, complex), np.zeros(9), np.zeros(9, np.complex64), np.zeros(9, object), [0] * 9):
        for other in (values, values.astype(np.complex64), [None] * 9, ["x"] * 9, [1 + 0j] * 9):
            arguments = [(target.copy() if isinstance(target, np.ndarray) and target.flags.writeable else target, other) for _ in range(2)]
            wanted, found = outcome(f, *arguments[0]), outcome(compiled, *arguments[1])
            assert repr(found) == repr(wanted) and repr(arguments[1][0]) == repr(arguments[0][0])


def overlap(a, b):
    total = 0j
    for k in range(len(a)):
        total += a[k] * b[k].conjugate()
    return total


def orbits(c, counts, most):
    for i in range(c.shape[0]):
        for j in range(c.shape[1]):
            z, k = 0j, 0
            while k < most and abs(z) <= 2:
                z = z * z + c[i, j]
                k += 1
            counts[i, j] = k
    return counts


def evolved(psi, phases):
    for k in range(len(psi)):
        psi[k] = psi[k] * phases[k]
    for k in range(1, len(psi) - 1):
        psi[k] += 0.01j * (psi[k - 1] - 2 * psi[k] + psi[k + 1])
    return psi


def lengths(values):
    total = 0.0
    for z in values:
        total += z.real ** 2 + z.imag ** 2
    return total


def made_list(values):
    return [z * 2 for z in values if z.real > 0]


RANDOM = np.random.default_rng(9)
A, B = RANDOM.normal(size=60) + 1j * RANDOM.normal(size=60), RANDOM.normal(size=60) - 1j * RANDOM.normal(size=60)
GRID = np.linspace(-2, 1, 8)[:, None] + 1j * np.linspace(-1, 1, 8)
LOOPS = [(overlap, lambda: (A, B)), (orbits, lambda: (GRID, np.zeros(GRID.shape, int), 25)), (evolved, lambda: (A.copy(), np.exp(1j * B.real))), (lengths, lambda: (A,)), (made_list, lambda: (B,)),
         (overlap, lambda: (A[::-2], B[::2])), (lengths, lambda: (GRID.T[2],))]


@pytest.mark.parametrize("function, arguments", LOOPS, ids=[f"{function.__name__}{number}" for number, (function, _) in enumerate(LOOPS)])
def test_loops_run_natively(function, arguments):
    compiled, wanted = framejit.jit(function), function(*arguments())
    for _ in range(60):
        before = framejit.stats()
        found = compiled(*arguments())
        now = framejit.stats()
        assert repr(found) == repr(wanted) and np.asarray(found).tobytes() == np.asarray(wanted).tobytes()
    assert now["native_iterations"] - before["native_iterations"] >= (6 if function is lengths else 20)
    assert now["callouts"] - before["callouts"] <= (function is made_list)


def mixed_with_arrays(a, n):
    found = []
    for k in range(n):
        z = a[k]
        found.append((a * z).sum())
        found.append((a + 1j * k)[k])
        w = 2j * z
        found.append(((a * w).real + w.real).max())
    return found


def test_beside_whole_arrays():
    compiled = framejit.jit(mixed_with_arrays)
    for n in (0, 5, 20, 20, 20, 20):
        assert [(type(one), repr(one)) for one in compiled(A, n)] == [(type(one), repr(one)) for one in mixed_with_arrays(A, n)]


def added(values):
    total = 0j
    for z in values:
        total += z * 2
    return total


def measured(values):
    found = []
    for z in values:
        found.append(abs(z))
        found.append(z.real)
        found.append(z.imag)
    return found


def test_parts_of_items():
    """Python's and NumPy's by turns in one place."""
    for usual in (list(A), [complex(z) for z in A]):
        compiled = framejit.jit(measured)
        for other in ([complex(z) for z in A], list(A), [*A[:9], 1j, 2.5, 3, *A[9:]], [1j, *A], [np.float64(2), *A], [True, None]):
            for _ in range(6):
                assert [(type(one), repr(one)) for one in compiled(usual)] == [(type(one), repr(one)) for one in measured(usual)]
            for _ in range(3):
                assert repr(outcome(compiled, other)) == repr(outcome(measured, other))


def test_other_types_in_their_place():
    compiled = framejit.jit(added)
    for _ in range(20):
        assert repr(compiled(list(A))) == repr(added(list(A)))
    for other in ([1 + 2j] * 9, [0.5] * 9, list(A.astype(np.complex64)), list(A.real), [3] * 9, ["x"] * 3, [None], list(A.astype(np.clongdouble)), [*A[:5], 1j, *A[5:9], 2.5, np.float32(1)], [np.ones(2)] * 3, list(A)):
        assert repr(outcome(compiled, other)) == repr(outcome(added, other))


def ends(a, others):
    found = []
    for k in range(len(a)):
        found += [abs(a[k]), a[k] == others[k], others[k] != a[k]]
    return found


def test_large_numbers():
    """NumPy's absolute values overflow silently, and its comparisons make doubles of integers."""
    compiled = framejit.jit(ends)
    a = np.array([1.5e308 + 1.5e308j, 2.0**53, 2.0**53, 2.0**63, complex("inf"), complex("nan"), 5e-324j] * 5)
    for others in ([3, 2**53 + 1, 2**53 - 1, 2**63 - 1, 1, 2, 0] * 5, [2**70] * 35, np.array([3, 2**53 + 1, 2**53 - 1, 2**63 - 1, 1, 2, 0] * 5), a):
        with np.errstate(all="raise"):
            for _ in range(8):
                assert [(type(one), repr(one)) for one in compiled(a, others)] == [(type(one), repr(one)) for one in ends(a, others)]


def kept(a):
    """Which object is which."""
    found = []
    for k in range(len(a)):
        z = a[k]
        w = z
        found.append((z is w, a[k] is z, +z is z, z))
        w = w + 0
        found.append((z is w, w))
    return found


def test_objects():
    compiled = framejit.jit(kept)
    for _ in range(20):
        assert repr(compiled(A)) == repr(kept(A))
    assert all([type(one[-1]) is np.complex128 for one in compiled(A)])
