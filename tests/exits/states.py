"""One small program for each part of the state that an exit hands over: what is built wrong shows in what f gives.

21! is the first factorial beyond 64 bits: with n = 22 the exit is taken in the last iteration.
"""

from tests.exits.anomalies import Anomaly


def at_overflow(name, source, warm=("(10,)",), leave=("(22,)", "(30,)")):
    return Anomaly("overflow", source, warm, leave, name=name)


STATES = (
    at_overflow("global", """
G = 0
def f(n):
    global G
    product = 1
    for k in range(1, n):
        G = G + k * 1000
        product *= k
    return product
"""),
    at_overflow("tuple", """
def f(n):
    product = 1
    for k in range(1, n):
        pair = (k, k * 0.5)
        product *= k
    return pair, product
"""),
    at_overflow("maybe unbound", """
def f(n):
    product = 1
    for k in range(1, n):
        if k > 20:
            late = k * 1000
        product *= k
    return late, product
"""),
    at_overflow("object of a list", """
def f(n, items):
    product = 1
    for k in range(1, n):
        last = items[k % 3]
        product *= k
    return last
""", warm=("(10, [1.5, 2.5, 3.5])",), leave=("(22, [1.5, 2.5, 3.5])",)),
    at_overflow("two names of one object", """
def f(n):
    product = 1
    for k in range(1, n):
        one = two = k * 1000.5
        product *= k
    return [one, two]
"""),
    at_overflow("NumPy scalar", """
def f(n, x):
    product = 1
    for k in range(1, n):
        y = x * x
        product *= k
    return y
""", warm=("(10, np.float32(1.5))",), leave=("(22, np.float32(1.5))",)),
    at_overflow("boolean", """
def f(n):
    product = 1
    for k in range(1, n):
        even = k % 2 == 0
        product *= k
    return even
"""),
    at_overflow("enumerate", """
def f(items):
    product = 1
    for k, item in enumerate(items, 1):
        product = product * k * item
    return product
""", warm=("([1] * 5,)",), leave=("([1] * 25,)", "([8] * 25,)")),
    at_overflow("zip", """
def f(items, more):
    product = 1
    for a, b in zip(items, more):
        product = product * a * b
    return product
""", warm=("([1] * 5, [2] * 7)",), leave=("([8] * 25, [9] * 23)",)),
    Anomaly("index", """
def f(items, n):
    for k in range(n):
        items[k] = k * 0.5
    return items
""", ("(np.ones(3), 3)",), ("(np.ones(3), 5)", "(np.ones(4), 6)"), name="elements"),
    Anomaly("inexact", "def f(a, b):\n    return a / b\n", ("(-7, 2)", "(-8, -3)"), ("(-2**60 - 1, 3)",), name="negative quotient"),
)
