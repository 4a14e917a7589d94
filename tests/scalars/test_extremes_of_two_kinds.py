"""min and max of an int and a float: what native code goes on with is of one kind or the other."""

import random

import pytest

from tests.arrays.programs import plain_and_jitted
from tests.lists.outcomes import counted, outcome

BODIES = {
    "ramp": "return 0.5 * max(0, x)", "clamped": "return min(1, max(0, x)) * 2", "later": "return max(x, 0), min(x, 1), max(1, k), min(k, 2.5)", "ints": "return max(k, x) + 1, min(k, x) * k",
    "loop": "s = 0\n    for y in xs:\n        s += max(0, y) - min(k, y)\n    return s", "named": "best = 0\n    for y in xs:\n        best = max(best, y)\n    return best, type(best)",
    "least": "best = 10\n    for y in xs:\n        best = min(y, best)\n    return best, best is best", "kept": "found = []\n    for y in xs:\n        z = max(k, y)\n        found.append(z)\n        if z is y: found.append(k)\n    return found",
    "within": "return max(0, max(k, min(x, 3))) / 2", "caught": "try:\n        for y in xs: s = max(0, y) / min(0, y)\n    except ZeroDivisionError as error:\n        return str(error)\n    return s",
    "called": "def h(a): return max(0, a)\n    return sum([h(y) for y in xs]), h(k), h(x)", "vast": "return max(2**60, x), min(-2**62, x), max(k, 1e300)",
}
SPECIAL = (0.0, -0.0, 0.5, -1.5, 1e300, float("inf"), float("-inf"), float("nan"), 2.0, 2.0**53)


@pytest.mark.parametrize("name", BODIES)
def test_same(name):
    plain, jitted = plain_and_jitted(f"def f(x, k, xs):\n    {BODIES[name]}\n")
    rng = random.Random(name)
    for _ in range(40):
        given = rng.choice(SPECIAL), rng.choice([0, 1, -3, 2**53 + 1, -2**63, 7]), [rng.choice(SPECIAL) for _ in range(rng.randrange(4))]
        assert outcome(plain, given) == outcome(jitted, given), given


def test_native():
    plain, jitted = plain_and_jitted("def f(xs):\n    s = 0.0\n    for x in xs:\n        s += 0.3 * max(0, x) + min(1, x)\n    return s\n")
    grown = counted(jitted, plain, ([0.5, -0.5, 2.0] * 10,))
    assert grown["iterations"] == 50 * 30 and grown["callouts"] == grown["exits"] == 0
