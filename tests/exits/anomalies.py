"""One small program for each kind of exit: calls that warm it up, then calls that leave in the middle.

Sources see numpy as np, math and signal.  Arguments are texts, so that each run has objects of its own.
"""

from typing import NamedTuple

LOUD = """
LOG = []
class Loud:
    def __init__(self, name):
        self.name = name
    def __del__(self):
        LOG.append(self.name)
"""


class Anomaly(NamedTuple):
    """`evidence`: a row of test_exits.EVIDENCE, how it is seen that the exit was taken."""

    kind: str
    source: str
    warm: tuple
    leave: tuple
    evidence: str = "exit"
    sampled: bool = False       # entered while it runs
    name: str = ""


ANOMALIES = (
    Anomaly("miss", """
def f(n):
    total = 0
    for k in range(n):
        total += k
    return total
""", ("(10,)", "(20,)"), ("(True,)", "(np.int64(4),)", "('5',)"), evidence="miss"),
    Anomaly("return", """
def f(n):
    total = 0
    for k in range(n):
        total += k
    return range(total)
""", ("(3,)",), ("(10,)", "(0,)")),
    Anomaly("loop done", """
def f(n):
    total = 0
    for k in range(n):
        total = (total * 3 + k) % 1000003
    return total, k
""", (), ("(6000000,)",), sampled=True),
    Anomaly("poll", """
STOP = 0
def stop(number, frame):
    global STOP
    STOP = 2.5
def f(seconds):
    global STOP
    STOP = 0
    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    wait(1)
    signal.signal(signal.SIGALRM, before)
    return STOP
def wait(k):
    while STOP == 0:
        k = k * 3 % 1000003
    return STOP
""", ("(0.01,)", "(0.01,)"), ("(0.3,)",), evidence="left"),
    Anomaly("callout", """
STEP = 1
def change():
    global STEP
    STEP = 2.5
def f(n, when):
    total = 0
    for k in range(n):
        total += STEP * k - k % 3 + k // 2
        if k == when:
            change()
    return total
""", ("(10, -1)", "(10, -1)"), ("(10, 5)", "(10, 5)"), evidence="left"),
    Anomaly("break", """
def f(n, when):
    total = 0
    for k in range(n):
        total += k
        if k == when:
            class Local:
                number = 2
            total += Local.number
    return total
""", ("(10, -1)",), ("(10, 5)", "(10, 9)")),
    Anomaly("raise", """
def f(n, when):
    total = 0
    for k in range(n):
        total += k
        if k == when:
            raise ValueError(total)
    return total
""", ("(10, -1)",), ("(10, 5)", "(10, 0)")),
    Anomaly("unbound", """
def f(n):
    for k in range(n):
        last = k * 1000
    return last
""", ("(10,)",), ("(0,)",)),
    Anomaly("identity", """
def f(a, b):
    return a >> b
""", ("(1000, 2)",), ("(-2**40, 0)", "(-2**40, 3)")),
    Anomaly("home", LOUD + """
def f(n, when):
    total = 0
    for k in range(n):
        total += k * k - k % 3 + k // 2
        if k == when:
            thing = Loud(k)
            thing = None
            total += len(LOG)
    return total
""", ("(10, -1)",), ("(10, 5)", "(10, 5)")),
    Anomaly("dropped", LOUD + """
held = None
def f(rows):
    global held
    total = 0
    for k in range(len(rows)):
        held = rows[k]
        rows[k] = None
        total += len(held) * 3 + k * k - k % 3 + len(LOG)
        held = k
    return total
""", ("([[1], [2], [3]],)",), ("([[1], [Loud('a')], [3], [4, Loud('b')]],)",)),
    Anomaly("heard", """
class Odd:
    def __lt__(self, other):
        return False
def f(items):
    total = 0
    for k in range(9):
        total += len(sorted(items)) * k
    return total
""", ("({1: 2, 5: 6},)", "({3: 4},)"), ("({Odd(): 1, Odd(): 2},)", "({'a': 1, 2: 3},)")),
    Anomaly("store", LOUD + """
def f(items):
    for k in range(len(items)):
        items[k] = k * 1.5
    return len(LOG)
""", ("([1, 2, 3],)",), ("([1, Loud('a'), 3, Loud('b')],)",)),
    Anomaly("index", """
def f(items, n):
    total = 0
    for k in range(n):
        total += items[k]
    return total
""", ("([1, 2, 3], 3)",), ("([1, 2, 3], 4)", "([], 1)")),
    Anomaly("key", """
class Key:
    def __hash__(self):
        return 1
    def __eq__(self, other):
        LOG.append(other)
        return other == 1
LOG = []
def f(items, n):
    total = len(LOG)
    for k in range(n):
        if k in items:
            total += 1 + len(LOG)
    return total
""", ("({0: 'x', 2: 'y'}, 3)", "({0: 'x', 2: 'y'}, 3)"), ("({0: 'x', Key(): 'y'}, 3)", "({Key(): 5}, 4)")),
    Anomaly("unpack", """
def f(rows):
    total = 0
    for row in rows:
        x, y = row
        total += x * y
    return total
""", ("([(1, 2), (3, 4)],)", "([(1, 2), (3, 4)],)"), ("([(1, 2), (3, 4, 5)],)", "([(1, 2), (3,)],)")),
    Anomaly("type", """
def f(items):
    total = 0
    for item in items:
        total += item
    return total
""", ("([1, 2, 3],)",), ("([1, 2.5, 3],)", "([1, 2, 3j],)", "([1, 'a'],)")),
    Anomaly("versions", """
def f(n):
    seen = 0
    for k in range(n):
        if k == 0:
            thing = 1
        elif k == 1:
            thing = 1.5
        elif k == 2:
            thing = (k, k)
        elif k == 3:
            thing = k > 0
        elif k == 4:
            thing = 'text'
        elif k == 5:
            thing = range(k)
        elif k == 6:
            thing = None
        seen += k
        last = thing
    return seen, last
""", ("(1,)",), ("(7,)", "(9,)")),
    Anomaly("overflow", """
def f(n):
    product = 1
    for k in range(1, n):
        product *= k
    return product
""", ("(10,)",), ("(30,)", "(22,)")),
    Anomaly("shift", """
def f(n, start):
    total = 0
    for k in range(start, n):
        total += 1 << k
    return total
""", ("(10, 0)",), ("(70, 60)", "(5, -1)")),
    Anomaly("power", """
def f(a, b):
    return a ** b
""", ("(3, 4)",), ("(3, -1)", "(0, -1)")),
    Anomaly("inexact", """
def f(a, b):
    return a / b
""", ("(7, 2)",), ("(2**60 + 1, 3)", "(3, 2**60 + 1)")),
    Anomaly("zero division", """
def f(items):
    total = 0
    for item in items:
        total += 100 // item
    return total
""", ("([1, 2, 3],)",), ("([1, 0, 3],)", "([0],)")),
    Anomaly("domain", """
def f(items):
    total = 0.0
    for item in items:
        total += math.sqrt(item)
    return total
""", ("([1.0, 2.0],)",), ("([1.0, -2.0],)", "([float('nan')],)")),
    Anomaly("warning", """
def f(items, by):
    total = np.float64(0.0)
    for item in items:
        total += item / by
    return total
""", ("([1.0, 2.0], np.float64(2.0))",), ("([1.0, 2.0], np.float64(0.0))", "([1e308, 1e308], np.float64(0.5))")),
    Anomaly("call", """
def divided(x, y):
    return x / y
def twice(x, y):
    return divided(x, y) + divided(y, x)
def f(items, by):
    total = 0.0
    for item in items:
        try:
            total += twice(item, by) * 2.0
        except ZeroDivisionError:
            total += 100.0
    return total
""", ("([1.0, 2.0], 3.0)",), ("([1.0, 0.0, 2.0], 3.0)", "([1.0], 0.0)")),
    Anomaly("again", """
TABLE = {1: 2.0}
def divided(x, y):
    return x / y
def looked_up(x, y):
    try:
        return TABLE[x]
    except KeyError:
        return divided(x, y)
def f(items, by):
    total = 0.0
    for item in items:
        try:
            total += looked_up(item, by)
        except ZeroDivisionError as error:
            total += 100.0 if type(error.__context__) is KeyError else 200.0
    return total
""", ("([1, 2, 3], 3.0)",), ("([1, 4, 2], 0.0)", "([1, 2], 0.0)")),
    Anomaly("generator", """
def f(items, by):
    found = []
    try:
        found.append(sum(1.0 / (item - by) for item in items))
    except ZeroDivisionError as error:
        found.append(str(error))
    return found
""", ("([1.0, 2.0], 3.0)",), ("([1.0, 3.0, 2.0], 3.0)", "([3.0], 3.0)")),
    Anomaly("recursion", """
def down(n):
    return 0 if n == 0 else 1 + down(n - 1)
def f(n):
    try:
        return down(n)
    except RecursionError:
        return -1
""", ("(10,)", "(20,)"), ("(5000,)", "(100000,)")),
    Anomaly("waiting", """
STOP = 0
def stop(number, frame):
    global STOP
    STOP = 2.5
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
def f(seconds, n):
    global STOP
    STOP = 0
    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    result = fib(n)
    signal.signal(signal.SIGALRM, before)
    return result, STOP
""", ("(0.0, 10)", "(0.0, 12)"), ("(0.001, 31)",)),
    Anomaly("array", """
def f(a, b):
    r = np.sqrt(a * 2.0) / b - a
    return r
""", ("(np.arange(5.0), np.arange(5.0) + 1.0)", "(np.arange(3.0), np.arange(3.0) + 1.0)"),
            ("(np.arange(5.0), np.arange(5.0))", "(np.arange(5.0), np.arange(4.0))", "(np.array([-1.0, 2.0]), np.ones(2))")),
    Anomaly("collection", """
import gc
class Point:
    def __init__(self, x):
        self.x = x
class Loop(Point):
    def __del__(self):
        LOG.append(self.x)
LOG, known = [], Point(0)
def litter(count):
    del LOG[:]
    gc.collect()
    for k in range(count):
        loop = Loop(k)
        loop.itself = loop
def f(n, garbage):
    litter(garbage)
    points = [None] * n
    for k in range(n):
        points[k] = Point(k)
    return len(points), LOG[:]
""", ("(30, 1)", "(2000, 0)"), ("(2000, 3)",)),
    Anomaly("threads", """
import threading
STOP = []
def spin():
    while not STOP:
        pass
def work(a, n):
    for k in range(n):
        a = a * 0.5 + 1.0
    return a
def f(size, n, beside):
    STOP.clear()
    others = [threading.Thread(target=spin) for _ in range(beside)]
    for other in others:
        other.start()
    a, = map(work, [np.zeros(size)], [n])       # not natively from here: that would be left before anything is computed
    STOP.append(1)
    for other in others:
        other.join()
    return a
""", ("(10, 3, 0)", "(20000, 3, 0)", "(20000, 3, 0)", "(20000, 3, 0)"), ("(3000000, 40, 1)",)),
    Anomaly("range step", """
def f(n, step):
    total = 0
    for k in range(0, n, step):
        total += k
    return total
""", ("(10, 2)",), ("(10, 0)", "(-10, -3)")),
)

# kinds that no program can be made to take, and why
UNFIRED = {"memory": "test_memory.py: an allocation has to fail"}
