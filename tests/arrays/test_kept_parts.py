"""Parts of expressions that are the same in each turn of a loop are computed once: what changes them, what warns, what they are read from, what is kept."""

import mmap
import os
import signal
import threading
import time

import numpy as np
import pytest

import framejit
from tests.arrays import test_statements as statements
from tests.arrays.programs import seen
from tests.due import due

COUNT = 3000 if os.environ.get("FRAMEJIT_NIGHTLY") else 120
DEAR = ("np.sin({})", "np.exp({} * 0.25)", "np.sqrt(abs({}))", "({} / 3.0)", "(1.5 / {})", "np.sqrt({})", "np.tanh({})", "({} * {} - {})", "np.where({} > 0.5, np.exp({}), x)", "({} ** 2 + 1 / {})", "np.log({})", "abs({})")
TURNS = ("u = u * 0.5 + {0}", "u += {0}", "u[1:-1] = u[1:-1] * 0.5 + {1}", "u[1:-1] += {1} * x", "s += ({0} * u).sum()", "s = max(s, float(({0} - u).max()))", "v = {0} * u\n    w = v + {0}", "w = {0} * {0}", "w = (({0}) + t).mean()",
         "w = ({0} * t).sum(axis=0)", "np.add(u, {0}, out=u)", "u = {0} if t % 2 else u + {0}")
CHANGES = ("a[t % len(a)] = t + 0.5", "a[1:] += 0.25", "a, b = b, a", "b[:] = np.abs(b) + 1.0", "out.append(s)", "look()", "change(a)", "if t == 3: change(b)", "if t == 2: b[0] = 7.5", "a += 0.125 * b", "b = b + 1", "u[0] = t", "x = x + 1", "a[[0, -1]] = t",
           "np.negative(b, out=b)", "for i in range(2): a[i] = i * t", "for i in range(3): u = u + np.sin(b) * i", "if t == 4: continue", "if s > 50: break", "w = u.copy()", "b.fill(t + 1)", "a.sort()", "pass", "pass", "pass", "pass")
SIZES = (2, 3, 7, 8, 40, 129, 1000, 3000)


class Generator(statements.Generator):
    def expression(self, depth, part=""):
        names = [name + part for name in ("a", "b", "c", "a", "b")]
        form = self.pick(*DEAR)
        return form.format(*[self.expression(depth - 1, part) if depth and self.random.random() < 0.4 else self.pick(*names) for _ in range(form.count("{}"))])

    def program(self):
        lines = [self.pick(*TURNS).format(self.expression(self.random.randint(0, 2)), self.expression(self.random.randint(0, 1), self.pick("[1:-1]", "[2:]", "[:-2]"))) for _ in range(self.random.randint(1, 3))]
        lines += [self.pick(*CHANGES) for _ in range(self.random.randint(0, 2))]
        self.random.shuffle(lines)
        body = "".join([f"        {line}\n" for text in lines for line in text.split("\n    ")])
        return f"import numpy as np\ndef f(a, b, c, x, n, change, out, look):\n    u, v, w, s = c * 0.5, c, c, 0.0\n    for t in range(n):\n{body}    return u, v, w, s, a, b, c\n"

    def arguments(self):
        r, size = np.random.default_rng(self.random.randrange(1000)), self.pick(*SIZES)
        whole = [r.random(size + 2) * 4 + 0.125 for _ in range(3)]
        if self.random.random() < 0.25:
            whole[1] = whole[2] = whole[0]
        made = [one[place:place + size] for one, place in zip(whole, (1, self.pick(0, 1, 2), 1))]
        if self.random.random() < 0.3:
            made[self.pick(0, 1)] = made[0].astype(self.pick("float32", "int64", "complex128"))
        if self.random.random() < 0.3 and made[0].dtype == "float64":
            made[0][self.random.randrange(size)] = self.pick(np.nan, np.inf, 0.0, -1.0)
        return [*made, self.pick(0.5, 2, -1.0), self.pick(1, 2, 9, 40), change]


def change(array):
    array[0] = array[-1] + 1


def test_random_loops():
    before = framejit.stats()
    for seed in due(range(COUNT)):
        statements.compare(seed, Generator)
    assert framejit.stats()["native_entries"] - before["native_entries"] > COUNT


def warm(function, make):
    jitted = framejit.jit(function)
    for _ in range(3):
        jitted(*make())
    return jitted


def drift(x, u, c, n):
    for _ in range(n):
        u = u + c * np.sin(x)
    return u


def test_is_computed_once_and_said_so():
    x, u = np.linspace(0, 1, 500), np.zeros(500)
    text = str(framejit.explain(drift, x, u, 0.5, 20))
    assert "kept_nest" in text and "once for many turns" in text
    jitted = warm(drift, lambda: (x, u, 0.5, 20))
    before = framejit.stats()
    assert seen(jitted(x, u, 0.5, 20)) == seen(drift(x, u, 0.5, 20))
    after = framejit.stats()
    assert after["native_entries"] > before["native_entries"] and after["exits"] == before["exits"]


def stored(x, u, n, k):
    for t in range(n):
        u += np.exp(x)
        x[t % k] = t * 0.01
    return u


def test_elements_that_change():
    make = lambda: (np.linspace(0, 1, 50), np.zeros(50), 90, 50)
    jitted = warm(stored, make)
    assert seen(jitted(*make())) == seen(stored(*make()))


def overlapping(x, u, n):
    for _ in range(n):
        u += 0.01 * np.sqrt(x)
    return u


@pytest.mark.parametrize("shift", (0, 1, 30, 60))
def test_targets_that_share_memory(shift):
    def make():
        whole = np.arange(1.0, 151.0)
        return whole[shift:shift + 60], whole[:60], 25

    jitted = warm(overlapping, make)
    assert seen(jitted(*make())) == seen(overlapping(*make()))


def test_files_are_read_each_time(tmp_path):
    """What another process may write isn't kept."""
    path = tmp_path / "numbers"
    np.arange(1.0, 65.0).tofile(path)
    mapped, other = np.memmap(path, dtype="float64", mode="r+"), np.memmap(path, dtype="float64", mode="r+")
    plain = mapped.view(np.ndarray)
    with mmap.mmap(-1, 512) as shared:
        for given in (plain, np.frombuffer(shared, dtype="float64")):
            given[:] = np.arange(1.0, 65.0)
            jitted = warm(drift, lambda given=given: (given, np.zeros(64), 1.0, 3))
            assert seen(jitted(given, np.zeros(64), 1.0, 9)) == seen(drift(given, np.zeros(64), 1.0, 9))
            del given, jitted
    other[0] = 3.0
    assert plain[0] == 3.0


def until(x, u, flag, n):
    for t in range(n):
        u[0] = np.cos(x).sum()
        if u[0] > 10.0:
            return t
    return -1


def test_another_threads_stores_are_seen():
    x, u = np.full(30, np.pi), np.zeros(3)
    jitted = warm(until, lambda: (x, u, 0, 10))

    def later():
        time.sleep(0.1)
        x[:] = 0.0

    thread = threading.Thread(target=later)
    thread.start()
    assert jitted(x, u, 0, 10**9) > 0
    thread.join()


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="signals by timers")
def test_a_signals_stores_are_seen():
    x, u = np.full(30, np.pi), np.zeros(3)
    jitted = warm(until, lambda: (x, u, 0, 10))

    def handler(number, frame):
        x[:] = 0.0

    before = signal.signal(signal.SIGALRM, handler)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.1)
        assert jitted(x, u, 0, 10**9) > 0
    finally:
        signal.signal(signal.SIGALRM, before)


def nested(x, y, u, n, m):
    for i in range(n):
        y = y + 1.0
        for _ in range(m):
            u = u * 0.5 + np.sqrt(y) / x
    return u


def test_loops_in_loops():
    make = lambda: (np.arange(1.0, 20.0), np.arange(19.0), np.zeros(19), 5, 6)
    jitted = warm(nested, make)
    assert seen(jitted(*make())) == seen(nested(*make()))


def down(x, u, depth):
    for _ in range(3):
        u = u + np.exp(x * depth)
        if depth:
            u = down(x + 1.0, u, depth - 1)
    return u


def test_functions_that_call_themselves():
    make = lambda: (np.linspace(0, 0.5, 11), np.zeros(11), 3)
    with framejit.jit():
        found = [seen(down(*make())) for _ in range(4)]
    jitted = warm(down, make)
    wanted = seen(down(*make()))
    assert found == [wanted] * 4 and seen(jitted(*make())) == wanted


def test_nothing_is_kept_behind_the_loop():
    """Nor does memory grow."""
    import tracemalloc
    x, u = np.linspace(0, 1, 100_000), np.zeros(100_000)
    jitted = warm(drift, lambda: (x, u, 0.5, 3))
    tracemalloc.start()
    try:
        jitted(x, u, 0.5, 3)
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(30):
            jitted(x, u, 0.5, 3)
        assert tracemalloc.get_traced_memory()[0] - before < 400_000
    finally:
        tracemalloc.stop()


def test_what_warns_does_so_each_time(recwarn):
    def logs(x, u, n):
        for _ in range(n):
            u = u + np.log(x)
        return u

    import warnings
    make = lambda: (np.array([0.0, 1.0, 2.0]), np.zeros(3), 4)
    jitted = warm(logs, lambda: (np.ones(3), np.zeros(3), 4))
    counts = []
    for function in (logs, jitted):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            result = seen(function(*make()))
        counts.append((len(caught), [str(one.message) for one in caught], result))
    assert counts[0] == counts[1] and counts[0][0] == 4
    with np.errstate(all="ignore"):
        assert seen(jitted(*make())) == seen(logs(*make()))


