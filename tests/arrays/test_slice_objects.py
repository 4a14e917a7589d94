"""Slices that are objects: slice(a, b), those that others made, and what subscripts of arrays read of them; random functions, exits, identity."""

import gc
import os
import random
import sys

import numpy as np
import pytest

import framejit
from tests.arrays.programs import plain_and_jitted, seen

COUNT = 1500 if os.environ.get("FRAMEJIT_NIGHTLY") else 60
BOUNDS = ("k", "n", "k + 1", "i[k]", "i[k] + 1", "None", "1", "-1", "n - k", "i[-1]", "0", "i8[k]", "-k", "x.size")
STATEMENTS = ("s = slice({0}, {1})", "s = slice({0}, {1})", "t = slice({0})", "t = slice({0}, {1}, None)", "s, t = t, s", "t = s", "s = slice({0}, {1}, 2)", "s = slice({0}, {1}, {0})", "t = slice({0}, None, -2**63)", "t = slice(n, x.size, 2**63 - 1)", "s = given[k % len(given)]", "t = given[n - 1]", "r = x[s]", "r = x[t] * 2 + 1", "r = m[s, t]",
              "r = m[..., s] + x[:1]", "r = m[t, None, 1]", "r = m[s, 1:] - m[s, :-1]", "x[s] = 0.5 * n", "x[s] += 1", "m[s, t] *= 2", "m[t] = x[:m.shape[1]]", "q = x[s].sum()", "q = q + x[t].mean()", "key = s, t", "r = m[key]", "m[key] = k", "kept.append(s)",
              "kept.append(t.start)", "kept.append(s is t)", "kept.append(s.stop is n)", "kept.append(s == t)", "if k == 1: s = slice(n)", "r = x[i[s]]", "r = (x[s] + x[t])[s]", "q = len(x[s])", "word = 'abcdefgh'[s]", "part = [1, 2, 3, 4][t]", "s = slice(n, big)",
              "r = np.add(x[s], 1, out=x[s])", "t = slice(*given[:0], n)", "r = np.dot(x[s], x[s])", "a = slice(k, n); r = x[a]")
GIVEN = (slice(1, 3), slice(None), slice(2**70), slice(None, None, -1), slice(np.int64(1), 3), slice(True, 4), slice(-2, None), slice(0, 0), slice(np.int32(1), np.uint8(4)), slice(-2**63, 2**63 - 1), slice(None, None, 1), slice(3, 1))
WRONG = (slice("a", "b"), slice(1.5), None, 2, slice(None, None, 0), np.array([0, 1]))


def function(r):
    """The source of one."""
    lines = [r.choice(STATEMENTS).format(r.choice(BOUNDS), r.choice(BOUNDS)) for _ in range(r.randrange(3, 9))]
    return "import numpy as np\ndef f(x, m, i, i8, given, n, big):\n    r = word = part = None\n    q, s, t, kept = 0.0, slice(1, -1), slice(n), []\n    key = s, t\n    for k in range(3):\n" \
        + "".join([f"        {line}\n" for line in lines]) + "    return r, q, word, part, x, m, kept, s, t, key\n"


def arguments(r):
    given = [r.choice(GIVEN) for _ in range(3)]
    if r.random() < 0.15:
        given[r.randrange(3)] = r.choice(WRONG)
    x = np.arange(r.choice((0, 1, 5, 9))) * 1.5
    if r.random() < 0.2:
        x = np.repeat(x, 2)[::2]
    return [x, np.arange(r.choice((6, 20))).reshape(-1, r.choice((2, 1))) * 0.25, np.array([1, 3, 2, 0]), np.array([0, 2, 1], dtype="int8"), given, r.choice((1, 2, 3)), r.choice((2**62, 2**70, -2**64, 7))]


def told(value):
    """A value with the types and parts of slices, and which of several is the same."""
    if isinstance(value, slice):
        return "slice", [told(part) for part in (value.start, value.stop, value.step)]
    if isinstance(value, (tuple, list)):
        return type(value).__name__, [told(one) for one in value], [[one is other for other in value if isinstance(other, slice)] for one in value if isinstance(one, slice)]
    return seen(value)


def outcome(function, given):
    x, m, i, i8, slices, *rest = given
    x, m = x.copy() if x.flags.c_contiguous else np.repeat(x, 2)[::2], m.copy()
    try:
        found = told(function(x, m, i, i8, slices, *rest))
    except Exception as error:
        trace = error.__traceback__.tb_next
        found = type(error).__name__, str(error), trace and trace.tb_lineno
    return found, told([x, m])


@pytest.mark.parametrize("group", range(5))
def test_random_functions(group):
    before = framejit.stats()["native_iterations"]
    for seed in range(group, COUNT, 5):
        r = random.Random(seed)
        source = function(r)
        plain, jitted = plain_and_jitted(source)
        for _ in range(4):
            given = arguments(r)
            with np.errstate(all="ignore"):
                wanted = outcome(plain, given)
                for _ in range(3):
                    assert outcome(jitted, given) == wanted, (seed, source, given)
    assert framejit.stats()["native_iterations"] - before > COUNT // 5


ROWS = """
import numpy as np
def f(starts, data, columns, x, kept):
    y = np.zeros(len(starts) - 1)
    for k in range(len(starts) - 1):
        row = slice(starts[k], starts[k + 1])
        y[k] = np.dot(data[row], x[columns[row]])
        if k == 17:
            kept.append(row)
    return y
"""


def rows(n=40):
    r = np.random.default_rng(n)
    return np.arange(0, 3 * n + 1, 3), r.random(3 * n), r.integers(0, n, 3 * n), r.random(n)


def test_rows_are_native():
    plain, jitted = plain_and_jitted(ROWS)
    for _ in range(4):
        wanted, got = [], []
        assert jitted(*rows(), got).tobytes() == plain(*rows(), wanted).tobytes()
        assert told(got) == told(wanted)
    before = framejit.stats()
    jitted(*rows(), [])
    after = framejit.stats()
    assert after["native_iterations"] - before["native_iterations"] == 40 and after["exits"] == before["exits"]
    assert after["callouts"] - before["callouts"] <= 2


def test_memory_and_references():
    """The slices and their numbers go with the frame; as many collections as in the interpreter's own run."""
    plain, jitted = plain_and_jitted(ROWS)
    given = rows(2000)
    for _ in range(4):
        jitted(*given, [])
    gc.collect()
    before = sys.getallocatedblocks()
    for _ in range(20):
        jitted(*given, [])
    assert sys.getallocatedblocks() - before < 200
    counted = []
    for function in (plain, jitted):
        gc.collect()
        start = [one["collections"] for one in gc.get_stats()]
        kept = []
        for _ in range(3):
            function(*given, kept)
        counted.append([one["collections"] - old for one, old in zip(gc.get_stats(), start)])
    assert counted[0] == counted[1]


def test_a_collection_that_is_heard_of():
    """Where a slice's memory makes the collector run, the program's callbacks run there, and see the frame's variables."""
    source = "def f(n, kept):\n    s = None\n    for k in range(n):\n        s = slice(k, n)\n        kept.append(s)\n    return s"
    plain, jitted = plain_and_jitted(source)
    heard = []

    def hear(phase, info):
        frame = sys._getframe(1)
        heard.append((phase, frame.f_code.co_name, frame.f_lineno, frame.f_locals.get("k"), told(frame.f_locals.get("s"))))

    found = []
    for function in (plain, jitted, jitted, jitted):
        gc.collect()
        gc.callbacks.append(hear)
        try:
            kept = []
            heard.clear()
            function(3000, kept)
            found.append([told(kept[::100]), len(heard) > 0, [one[1:3] for one in heard]])
        finally:
            gc.callbacks.remove(hear)
    assert all([one == found[0] for one in found])


def test_explained():
    plain, jitted = plain_and_jitted(ROWS)
    for _ in range(3):
        jitted(*rows(), [])
    assert "fj_new_slice" in str(framejit.explain(jitted, *rows(), []))


PROGRAMS = {
    "match": """
def f(n):
    found = []
    for k in range(n):
        s = slice(k, n)
        match s:
            case slice(start=a, stop=b, step=None): found.append((a, b))
            case _: found.append("no")
        match s:
            case slice(): found.append(k)
        match "text":
            case str(upper=a): found.append(a())
    return found
""",
    "positional patterns": """
def f(n):
    for k in range(n):
        s = slice(k, n)
        match s:
            case slice(a): return a
    return n
""",
    "a step of zero": """
def f(n, x=np.arange(9.0)):
    q = 0.0
    for k in range(n):
        s = slice(1, n, 0)
        q += x[s].sum()
    return q
""",
    "large steps": """
def f(n, x=np.arange(9.0)):
    found = []
    for k in range(n):
        s, t = slice(5, None, -2**63), slice(1, n, 2**63 - 1)
        found += [x[s].tolist(), (x[s] * 2).tolist(), (x[t] * 2).tolist(), x[slice(5, None, -2)].tolist(), x[slice(k, None, k + 1)].tolist()]
    return found
""",
    "counted by the collector": """
def f(n):
    kept = []
    gc.collect(); gc.collect()
    for k in range(n):
        kept.append((k, n))
        s = slice(k, n)
    return gc.get_count()[0], len(kept)
""",
    "where the collector runs": """
class Cycle:
    def __init__(self, log):
        self.me, self.log = self, log
    def __del__(self):
        self.log.append(1)
def f(n):
    kept, when, log = [], [], []
    gc.collect(); gc.collect()
    Cycle(log)
    for k in range(200 * n):
        kept.append((k, n))
        s = slice(k, n)
        if k % 3: kept.append(slice(k))
        if log: when.append(k); log.clear()
    return when
""",
    "parts of several types": """
GIVEN = [slice(1, 5), slice(None, 9), slice(2, np.int64(9)), slice(None)]
def f(n, x=np.arange(9.0)):
    q = 0.0
    for k in range(20 * n):
        q += x[GIVEN[k % 4]].sum() + x[GIVEN[k % 2]].sum()
    return q
""",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_programs(name):
    plain, jitted = plain_and_jitted("import gc\nimport numpy as np\n" + PROGRAMS[name])

    def outcome(function, n):
        try:
            return told(function(n))
        except Exception as error:
            return type(error).__name__, str(error), error.__traceback__.tb_next.tb_lineno

    outcome(plain, 4)
    for n in (4, 4, 4, 30):
        assert outcome(jitted, n) == outcome(plain, n)
