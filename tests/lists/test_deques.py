"""collections.deque: items come and go as in the interpreter, natively; what it drops ends when it would; what isn't known of it is left alone."""

import gc
import random
import sys
import weakref
from collections import deque

import pytest

import framejit
from tests.arrays.programs import plain_and_jitted

SOURCE = """
from collections import deque

def window(n, q):
    w, s = deque(maxlen=5), 0.0
    for k in range(n):
        w.append(k * 0.5)
        s += w[0] + w[-1] + len(w)
    return s, w

def search(n, q):
    links = [[(k * 7 + j) % n for j in range(4)] for k in range(n)]
    dist = [-1] * n
    dist[0] = 0
    waiting = deque([0])
    while waiting:
        u = waiting.popleft()
        for v in links[u]:
            if dist[v] < 0:
                dist[v] = dist[u] + 1
                waiting.append(v)
    return dist, waiting

def both_ends(n, q):
    s = 0
    for k in range(n):
        q.append(k)
        q.appendleft(-k)
        if k % 3:
            s += q.pop() - q.popleft() * 2
        if q:
            s += q[0] + q[len(q) // 2] - q[-2 if len(q) > 1 else -1]
    return s, list(q)

def of_tuples(n, q):
    q.append((0, 1.5))
    s = 0.0
    for k in range(n):
        a, b = q.popleft()
        q.append((a + 1, b * 0.5 + k))
        q.appendleft((k, "x"))
        t = q.popleft()
        s += a + b + len(t[1])
    return s, q

class Line:
    def __init__(self):
        self.waiting, self.served = deque(), 0.0
    def come(self, x):
        self.waiting.append(x)
        return len(self.waiting)
    def serve(self):
        if self.waiting:
            self.served += self.waiting.popleft()
        return self.served

def lines(n, q):
    line, s = Line(), 0.0
    for k in range(n):
        s += line.come(k * 0.25)
        if k % 3 != 1:
            s += line.serve()
    return s, line.waiting

def kinds(n, q):
    s = []
    for k in range(n):
        q.append(k if k % 50 else "text")
        q.append(k * 0.5)
        s.append((q.popleft(), q.pop()))
    return s
"""
NAMES = ("window", "search", "both_ends", "of_tuples", "lines", "kinds")


@pytest.mark.parametrize("name", NAMES)
def test_programs(name):
    plain, jitted = plain_and_jitted(SOURCE, name)
    before = framejit.stats()["native_iterations"]
    for n in (1, 3, 60, 200, 200, 70, 200, 200):
        assert repr(plain(n, deque())) == repr(jitted(n, deque()))
    assert framejit.stats()["native_iterations"] > before


@pytest.mark.parametrize("name", ("window", "both_ends", "lines"))
def test_is_native(name):
    plain, jitted = plain_and_jitted(SOURCE, name)
    for _ in range(8):
        jitted(120, deque())
    before = framejit.stats()
    assert repr(plain(120, deque())) == repr(jitted(120, deque()))
    after = framejit.stats()
    assert after["native_iterations"] - before["native_iterations"] >= 120 and after["callouts"] - before["callouts"] <= 2


OPERATIONS = ("q.append(k)", "q.append(k * 0.5)", "q.appendleft(k)", "q.appendleft((k, 1))", "s += q.pop()", "s += q.popleft()", "x = q.popleft()", "x = q.pop()", "s += len(q)", "s += q[0]", "s += q[-1]", "s += q[k % 7]", "x = q[-k]",
              "q.append(x)", "q.appendleft(q[0])", "s += 1 if q else 2", "q.rotate(1)", "q.extend([k, 2])", "q.clear()", "q.append(None)", "x = q", "q[0] = k", "s += sum(v for v in q)", "q.insert(1, k)", "q = q.copy()", "q.append('t')", "q.append(2**70)")


def body(r):
    lines = [f"        {'if k % ' + str(r.randrange(2, 5)) + ': ' if r.random() < 0.4 else ''}{r.choice(OPERATIONS[:20] if r.random() < 0.8 else OPERATIONS)}" for _ in range(r.randrange(2, 9))]
    return "\n".join(["        q.append(k + 1)", *lines])


def outcome(function, n, q):
    try:
        result = function(n, q)
    except Exception as error:
        result = type(error), str(error), error.__traceback__.tb_next and error.__traceback__.tb_next.tb_lineno
    return repr(result), repr(q)


@pytest.mark.parametrize("seed", range(80))
def test_random_programs(seed):
    r = random.Random(f"deques {seed}")
    source = f"from collections import deque\ndef f(n, q):\n    s, x = 0, 0\n    for k in range(n):\n{body(r)}\n    return s, x"
    plain, jitted = plain_and_jitted(source)
    for n in (4, 30, 120, 120, 10):
        for make in (deque, lambda: deque(range(70)), lambda: deque([1.5, 2], 3), lambda: deque(maxlen=0), lambda: deque([(1, 2), 3.5])):
            assert outcome(plain, n, make()) == outcome(jitted, n, make()), source


class Heard:
    log = []

    def __init__(self, x):
        self.x = x

    def __del__(self):
        Heard.log.append((self.x, sys._getframe(1).f_lineno - sys._getframe(1).f_code.co_firstlineno))


@pytest.mark.parametrize("maxlen", (None, 3, 1))
def test_ends_of_items(maxlen):
    """Instances whose end is heard of: dropped by a full deque, by pop, by a name, by the deque's end."""
    source = """
from collections import deque
def f(n, make, maxlen):
    q = deque(maxlen=maxlen)
    s = 0
    for k in range(n):
        q.append(make(k))
        q.appendleft(k)
        if k % 2 and len(q) > 1:
            x = q.pop()
            y = q.popleft()
        if k % 20 == 19:
            q = deque([make(-k)], maxlen)
        s += len(q)
    return s
"""
    plain, jitted = plain_and_jitted(source)
    for _ in range(6):
        logs = []
        for function in (plain, jitted):
            Heard.log.clear()
            result = function(60, Heard, maxlen)
            gc.collect()
            logs.append((result, list(Heard.log)))
        assert logs[0] == logs[1]


def test_references():
    """Nothing is kept, nothing is lost: of what goes through a deque, and of the deque."""
    source = "def f(n, q, item):\n    for k in range(n):\n        q.append(item)\n        x = q.popleft()\n        q.appendleft(x)\n        y = q.pop()\n        if y is not item: return k\n    return -1"
    plain, jitted = plain_and_jitted(source)
    item, q = ["an item"], deque()
    for _ in range(6):
        assert jitted(100, q, item) == -1
    assert sys.getrefcount(item) == 2 and sys.getrefcount(q) == 2 and not q
    number = 2.5e7
    plain, jitted = plain_and_jitted(source.replace("is not item", "is not item or y != item"))
    for _ in range(6):
        assert jitted(100, q, number) == plain(100, q, number) == -1
    assert sys.getrefcount(number) <= 4


class Own(deque):
    def append(self, item):
        deque.append(self, item * 2)

    def __len__(self):
        return 7


class Mine(deque):
    pass


def test_classes_of_the_programs_own():
    source = "def f(n, q):\n    s = 0\n    for k in range(n):\n        q.append(k)\n        s += len(q) + q[0]\n        if k % 3 == 2:\n            s += q.popleft()\n    return s, list(q)"
    makers = (deque, Own, Mine, list, deque)
    for first in range(4):
        plain, jitted = plain_and_jitted(source.replace("q.popleft()", "q.pop()"))
        for make in makers[first:] + makers[:first]:
            for _ in range(3):
                assert plain(60, make()) == jitted(60, make())


def test_weak_references():
    """The end of a deque is heard of, at the assignment that lets go of it."""
    source = "from collections import deque\ndef f(n, seen, ref):\n    s = 0\n    for k in range(n):\n        q = deque()\n        q.append(k)\n        if k % 30 == 29:\n            r = ref(q, lambda _: seen.append(s))\n        s += q[0]\n    return s"
    plain, jitted = plain_and_jitted(source)
    for _ in range(5):
        logs = [], []
        assert plain(100, logs[0], weakref.ref) == jitted(100, logs[1], weakref.ref) and logs[0] == logs[1]


def test_walked_over_while_it_changes():
    source = "def f(n, q):\n    s = 0\n    for k in range(n):\n        q.append(k)\n        for x in q:\n            s += x\n            if k == 40 and x == 5:\n                q.append(1)\n        if len(q) > 9:\n            q.popleft()\n    return s"
    plain, jitted = plain_and_jitted(source)
    for n in (30, 60, 30, 60):
        assert outcome(plain, n, deque()) == outcome(jitted, n, deque())
