"""Single numbers in the middle of an expression: read of arrays, lists and tuples, or computed of others, and rows; what is out of range, of another type, stored meanwhile."""

import math
import os

import numpy as np
import pytest

import framejit
from tests.arrays import test_statements as statements
from tests.arrays.programs import seen
from tests.arrays.test_statements import warm
from tests.due import due

COUNT = 3000 if os.environ.get("FRAMEJIT_NIGHTLY") else 120
ELEMENTS = ("c[k]", "c[k]", "l[k]", "l[k]", "t[k]", "m[k, 1]", "m[1, k]", "m[-1, -k]", "c[-1]", "l[-1]", "t[0]", "l[k + 1]", "c[k - 1]", "c[k % 3]", "c[2 * k]", "i[k]", "p[k]", "t[1] * l[k]", "c[k] * c[k]", "c[k] / l[k]", "z[k]", "m[k][0]", "m[k]", "x", "1.5", "np.cos(0.1 * k)", "math.sin(k)", "np.log(c[k])", "math.log(l[k])", "np.sqrt(l[k])", "math.sqrt(c[0] - 0.5)", "np.sin(k)", "abs(c[k])", "np.exp(c[k])", "np.square(k)", "float(l[k])", "len(l)", "d['p']", "d['q']", "d['p'] * l[k]", "d['r']", "np.sqrt(2.0)", "math.log(10)", "np.sqrt(-1)", "math.sqrt(True)")
BODIES = ("u = u * {0} + {1}", "u = {0} * a + {1} * b", "u += a * {0} - {1}", "s += ((a - {0}) * (b - {1})).sum()", "u = np.sin(a * {0}) + {1}", "v = a * 0.5 - {0}\n        u = v * {1} + b", "u[1:] = a[1:] * {0} - a[:-1] * {1}", "v = (a > {0}) & (b < {1})",
          "c[0] = (a + {0}).max() * 0.125", "l[0] = {0} + 0.25", "u[k % 2:] += b[k % 2:] * {0}", "u = np.where(a > {0}, b, {1})", "u = -a * {0} / (b + {1})", "u = np.add(a, {0}, out=u) * {1}", "u = np.maximum(a * {0}, {1})", "v = a + {0}\n        s += v.mean() * {1}",
          "d['q'] = 2 if k % 2 else 2.5", "l[1] = 2 if k % 2 else 2.5", "m[0] = m[0] * {0} + {1}", "out.append(s)", "u = a * {0} ** 2 + {1}", "look()", "w = u * {0}, u + {1}")


class Generator(statements.Generator):
    def program(self):
        lines = [self.pick(*BODIES).format(self.pick(*ELEMENTS), self.pick(*ELEMENTS)) for _ in range(self.random.randint(1, 4))]
        body = "".join([f"        {line}\n" for line in lines])
        return f"import math\nimport numpy as np\ndef f(a, b, c, l, t, m, i, p, z, d, x, n, out, look):\n    u, v, w, s = a * 1.0, a, b, 0.0\n    for k in range(n):\n{body}    return u, v, w, s, c, l, m\n"

    def arguments(self):
        r, size = np.random.default_rng(self.random.randrange(1000)), self.pick(3, 4, 5, 40, 300)
        a, b = [(r.random(size) * 4 + 0.125).astype(self.pick("float64", "float64", "float32", "int64")) for _ in range(2)]
        c, m = r.random(6).astype(self.pick("float64", "float32")), r.random((5, self.pick(size, 5)))[:, ::self.pick(1, 1, -1)]
        c = c[::self.pick(1, -1)] if self.random.random() < 0.7 else a[:6]
        l = self.pick([0.5, 1.5, 2.0, 4.0, 0.25, 3.0], [1, 2, 3, 4, 5, 6], [1, 2.5, 3, True, 0.0, 7], [0.5, "text", 1j, 2.0], [np.float32(0.5), 1.0, 3.0, 4.0])[:self.pick(6, 6, 4)]
        return [a, b, c, list(l), (0.5, 2, 3.5, 1.0, 7, 2.0), m, r.integers(-3, 9, 6), r.random(6) > 0.5, r.random(6) + 0.5j, self.pick({"p": 0.5, "q": 2.5, "r": 1.0}, {"p": 2, "q": 3, "r": 4}, {"p": 0.5, "q": 3, "r": "text"}, {"p": 0.5, "q": np.float32(2)}), self.pick(0.5, 3), self.pick(1, 3, 5, 7)]


def test_random_expressions():
    before = framejit.stats()["native_entries"]
    for seed in due(range(COUNT)):
        statements.compare(seed, Generator)
    assert framejit.stats()["native_entries"] - before > COUNT


def polynomial(x, c):
    y = x * 0.0
    for k in range(len(c)):
        y = y * x + c[k]
    return y


def table(x, m, w, n):
    total = 0.0
    for k in range(n):
        total += ((x - m[k, 0]) * w[k] + (x - m[k, 1]) * w[k + 1]).sum()
    return total


def driven(u, v, dt, n):
    for t in range(n):
        u = u[::-1] / np.sqrt(2.0) + dt * np.cos(0.1 * t) * v + math.sin(t) * v[::-1]
    return u


def named(u, v, p, n):
    for _ in range(n):
        u = u + p["dt"] * (p["d"] * v - p["k"] * u)
    return u


def rows_of(x, m, n):
    total = 0.0
    for k in range(n):
        total += ((x - m[k]) * (x - m[k])).sum()
    return total


@pytest.mark.parametrize("function, arguments, steps", [(polynomial, (np.arange(6.0), np.arange(1.0, 9.0)), "multiply, add"), (polynomial, (np.arange(6.0), [1.0, 2.0, 0.5] * 4), "multiply, add"),
                                                        (table, (np.arange(6.0), np.arange(12.0).reshape(6, 2), [0.5, 1.5] * 4, 6), "subtract, multiply, subtract, multiply, add, then sum"),
                                                        (driven, (np.arange(6.0), np.ones(6), 0.1, 5), "divide, multiply, add, multiply, add"),
                                                        (named, (np.arange(6.0), np.ones(6), {"dt": 0.1, "d": 0.5, "k": 2.0}, 5), "multiply, multiply, subtract, multiply, add"),
                                                        (rows_of, (np.arange(6.0), np.arange(36.0).reshape(6, 6), 6), "subtract, subtract, multiply, then sum")])
def test_one_nest(function, arguments, steps):
    assert [steps in line for line in framejit.explain(function, *arguments).nests].count(True) == 1
    _, found = warm(function, *arguments)
    assert seen(found) == seen(function(*arguments))


@pytest.mark.parametrize("kind", (list, np.array))
def test_what_is_out_of_range_raises_behind_what_warns(kind):
    """NumPy has divided, and warned, before the subscript raises."""
    import warnings

    def divided(a, b, c, n):
        for k in range(n):
            a = a / b + c[k]
        return a

    jitted, _ = warm(divided, np.ones(3), np.ones(3), kind([1.0, 2.0]), 2)
    noted = []
    for function in (divided, jitted):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            with pytest.raises(IndexError) as error:
                function(np.ones(3), np.array([1.0, 0.0, 2.0]), kind([1.0, 2.0]), 3)
        noted.append((str(error.value), error.traceback[-1].lineno, [str(one.message) for one in caught]))
    assert noted[0] == noted[1] and noted[0][2]


def test_an_object_keeps_its_identity():
    """What isn't taken by an operator is the very object."""
    def pairs(a, c, n):
        found = []
        for k in range(n):
            found.append((a * 2, c[k]))
        return found

    items = [1.5 + k for k in range(5)]
    jitted = framejit.jit(pairs)
    for _ in range(4):
        assert all([one is item for (_, one), item in zip(jitted(np.arange(3.0), items, 5), items)])
