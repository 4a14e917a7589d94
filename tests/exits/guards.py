"""One small program for each fact that is guarded at a region's entry: calls under which it holds, calls under which not.

`put` changes globals while arguments are made.
"""

from tests.exits.anomalies import Anomaly

PUT = """
import types
def put(n, **names):
    globals().update(names)
    return n
def drop(n, *names):
    for name in names:
        del globals()[name]
    return n
"""

SUM = """
class Other(np.ndarray):
    pass
def f(items):
    total = 0
    for k in range(len(items)):
        total += items[k]
    return total
"""

FILL = """
def locked(items):
    items.flags.writeable = False
    return items
def f(items):
    for k in range(len(items)):
        items[k] = k
"""

NAMED = """
STEP = 3
def scale(x):
    return x
module = types.ModuleType("module")
module.root = math.sqrt
def f(n):
    total = 0
    for k in range(n):
        total += abs(k) * STEP + module.root(k)
    return total
"""


def guard(name, source, warm, leave):
    return Anomaly(name, PUT + source, warm, leave, evidence="miss")


FLOATS, ROOTLESS = "(np.arange(3.0),)", "(setattr(module, 'root', float) or 5,)"
GUARDS = (
    guard("type of an argument", SUM, ("([1, 2],)",), ("((1, 2),)", "('ab',)", "(7,)")),
    guard("64 bits of an integer", "def f(a):\n    return a + 1\n", ("(1,)",), ("(2**63,)", "(-2**70,)")),
    guard("None", "def f(a):\n    total = 0\n    for k in range(9):\n        total += k\n    return total if a is None else a\n",
          ("(None,)",), ("(0,)", "(1.5,)")),
    guard("kind of a NumPy scalar", "def f(a):\n    return a + a\n", ("(np.float64(1),)",), ("(np.float32(1),)", "(np.int8(100),)", "(1.0,)")),
    guard("dtype", SUM, (FLOATS,), ("(np.arange(3),)", "(np.arange(3) > 0,)")),
    guard("byte order", SUM, (FLOATS,), ("(np.arange(3, dtype='>f8'),)",)),
    guard("rank", SUM, (FLOATS,), ("(np.ones((2, 2)),)",)),
    guard("contiguity", SUM, (FLOATS,), ("(np.arange(6.0)[::2],)", "(np.arange(6.0)[::-1],)")),
    guard("alignment", SUM, (FLOATS,), ("(np.frombuffer(bytearray(25), np.uint8)[1:].view(np.float64),)",)),
    guard("writeable", FILL, (FLOATS,), ("(locked(np.arange(3.0)),)",)),
    guard("subclass of an array", SUM, (FLOATS,), ("(np.arange(3.0).view(Other),)",)),
    guard("type of a global", NAMED, ("(5,)",), ("(put(5, STEP=2.5),)",)),
    guard("presence of a global", NAMED, ("(5,)",), ("(drop(5, 'STEP'),)",)),
    guard("a global object", NAMED, ("(5,)",), ("(put(5, module=np),)",)),
    guard("a builtin", NAMED, ("(5,)",), ("(put(5, abs=float),)", "(put(5, range=lambda n: [n, n]),)")),
    guard("an attribute of a module", NAMED, ("(5,)",), (ROOTLESS,)),
)
