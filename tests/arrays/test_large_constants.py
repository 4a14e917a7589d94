"""Integers beyond 64 bits, and numbers that don't fit, as constants that are stored into arrays or stand in expressions: no failure of the compiler, NumPy's errors."""

import numpy as np
import pytest

from tests.arrays.programs import listed, outcome, plain_and_jitted

NUMBERS = ("2 ** 70", "-18446744073709551617 + 257", "10 ** 400", "2 ** 63", "-2 ** 63 - 1", "2 ** 64", "70000.0", "1e400", "256", "-129", "2.5")
BODIES = ("x[2] = {}", "x[1:] = {}", "x[x > 1] = {}", "x[[0, 1]] = {}", "x += {}", "x[1:] *= {}", "x = x + {}", "x = np.where(x > 1, x, {})", "x = np.maximum(x, {})", "x = np.full(3, {})", "x = x > {}", "x.fill({})", "x = np.array([x[0], {}])", "np.add(x, {}, out=x)")
KINDS = ("float64", "float32", "float16", "int64", "int8", "uint64", "bool", "complex128")


@pytest.mark.parametrize("body", BODIES)
def test_stored(body):
    for number in NUMBERS:
        plain, jitted = plain_and_jitted(f"import numpy as np\ndef f(x):\n    s = 0\n    for k in range(3):\n        s += k * k % 2\n        try:\n            {body.format(number)}\n        except OverflowError as error:\n            s -= len(str(error))\n    return x, s\n")
        for kind in KINDS:
            wanted, *found = [outcome(lambda x: listed(function(x)), [np.arange(4).astype(kind)], {}) for function in (plain, jitted, jitted)]
            assert found == [wanted] * 2, (body, number, kind)
