"""Programs that the graph's tests capture: (function, arguments)."""

from framejit import pipeline
from framejit.bytecode import decode
from framejit.capture.entry import MISSING
from framejit.capture.hints import Hints
from framejit.capture.region import Region

import builtins
import random

import numpy as np


def add(a, b):
    return a + b


def squares(n):
    total = 0
    for i in range(n):
        total += i * i
    return total


def whiles(n):
    i = total = 0
    while i < n:
        total += i & 7
        i += 1
    return total


def half_sum(values, n):
    total = 0
    for i in range(n):
        total = total + values[i] * 0.5
        if total > 100:
            total = total - 1
    return total


def prints(values):
    total = 0
    for index, value in enumerate(values):
        total += value // 3
        print(index, total)
    return total


def stores(values):
    for i in range(len(values)):
        values[i] = values[i] * 2 + i
    return values


def stores_array(array):
    for i in range(len(array)):
        array[i] = array[i] + i * 0.5
    return array


def grid(array):
    rows, columns = array.shape
    total = 0.0
    for i in range(rows):
        for j in range(columns):
            total += array[i, j]
    return total


def flat(values, n, m):
    total = 0.0
    for i in range(n):
        for j in range(m):
            total += values[i * m + j]
    return total


def random_numbers(n):
    state = 12345
    inside = 0
    for _ in range(n):
        state = (state * 1103515245 + 12345) % 2147483648
        if state < 1000000000:
            inside += 1
    return inside, state


def collatz(n):
    steps = 0
    while n != 1:
        if n % 2 == 0:
            n = n // 2
        else:
            n = 3 * n + 1
        steps += 1
    return steps


def tuples(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, (a + b) % 1000007
    return a, b


def overflows(n):
    value = 1
    for _ in range(n):
        value = value * 3
    return value


def divides(values):
    total = 0.0
    for value in values:
        total += 1 / value
    return total


def raises_inside(values):
    total = 0
    for value in values:
        total += int(value)
    return total


def appends(n):
    found = []
    for i in range(n):
        if i % 3:
            found.append(i * 0.5)
    return found


def listed(values):
    """Lists of items of several types, which native code makes."""
    rows = []
    for place, value in enumerate(values):
        rows.append([place, value, place * 0.5])
    return rows


def backwards(values):
    total = 0
    for i in range(len(values) - 1, -1, -1):
        total = total * 2 + values[i] if total < 1000 else total - values[-1]
    return total


def short_circuits(a, b, n):
    count = 0
    for i in range(n):
        if a < i < b or i == 3 and not a:
            count += 1 if i > 2 else 2
    return count


def factorial(n):
    return 1 if n < 2 else n * factorial(n - 1)


def factorials(n):
    total = 0
    for i in range(n):
        total += factorial(i)
    return total


def quotient(values, place, by):
    while place < 0:
        place += len(values)
    return values[place] / by


def quotients(values):
    total = 0.0
    for i in range(len(values)):
        total += quotient(values, i - len(values), by=values[i]) + quotient(values, 0, i - 2.0)
    return total


def set_item(values, place, number):
    values[place] = number * 0.5
    if number > 7:
        values[place] //= number - 9
    return values[place]


def sets_items(values, n):
    total = 0.0
    for k in range(n):
        total += set_item(values, k % len(values), k)
    return total


def waves(a, b, n):
    for k in range(n):
        a = np.sqrt(a * a + 2.0) - b / 3
    a += b
    return a


def smoothed(a, n):
    for k in range(n):
        a[1:-1] = a[1:-1] + 0.25 * (a[2:] - 2.0 * a[1:-1] + a[:-2])
    middle = a[2:-2]
    return middle, (a * a).sum(), np.max(a)


def wholes(m, a, n):
    for k in range(n):
        a = m @ a * 0.5 + m.max(axis=1)
        np.sum(m, axis=len(a) % 2, out=a)
        a = a + np.outer(m[0], m[0]).any(axis=0) - (m * 2).sum(axis=len(a) % 2)
        a = a + m.std(axis=0, ddof=1) - m.var(axis=len(a) % 2) * np.max(m, initial=a[0]) + m.mean(axis=0, where=m > 0.25) + np.exp(m[0, ::-1])
        a = a / abs(a).max(initial=k)
    return a, np.dot(a, a), m.mean(axis=0, keepdims=True), (m > 1.0).sum(), m.argmax(), (m > 0.5).mean(), m.prod()


def of_parts(z, n):
    for k in range(n):
        z = z * z * 0.5
        m = z.real + z.imag.T * 2.0
    return m, z.imag[1:]


def the_same_each_turn(x, u, w, n):
    for k in range(n):
        u += np.exp(x) * 2.0
        w[0] = (np.sqrt(x) * u).sum()
        if k == 2:
            w.fill(0.5)
    return u, w


def spread(u, dt):
    r = u.copy()
    r[1:-1] += dt * (u[2:] - u[:-2])
    return r


def spreads(u, n):
    for k in range(n):
        w = np.zeros((n, k + 1))
        w[k] = spread(u, 0.5).sum()
        u = spread(u, w[k, 0])
    return u, w


def catches(texts, table):
    notes = []
    for text in texts:
        try:
            notes.append(table[text])
        except KeyError as error:
            notes.append(str(error))
        try:
            if text == "c":
                raise LookupError(text)
        except LookupError as error:
            notes.append(error.args)
    return notes


def keeps_by_name(values):
    total = 0
    for value in values:
        kept = {"value": value, "half": value * 0.5}
        total += kept["half"] + len(kept)
    return total, kept


def chosen(u, places, mask):
    for k in range(3):
        o = np.searchsorted(u, u[places])
        w = np.concatenate((u[mask], np.cos(u)), axis=0)
        u[places] = np.hypot(u[0], 2.0)
        w[o[:2], ...] = k
        u[mask] += w.cumsum(dtype=np.float64)[:1]
        r = np.stack([w, w]).reshape(2, -1)[:, o[1:]]
    return u, o, w, r


def draws(rng):
    found = 0.0
    for k in range(5):
        found += rng.normal(0.5, k) + rng.random() + rng.integers(k + 1)
    return found, rng.random()


def draws_of_others(rng, older):
    found = 0.0
    for k in range(5):
        found += rng.random() * 2.0 + rng.getrandbits(k) + rng.uniform(0.5, k)
        found += older.normal(0.5, k) + older.rand() - older.uniform(k, 7.5) + older.randint(k + 1) + older.exponential(0.5)
    return found, rng.random(), older.rand()


def statements(a, b, n):
    for k in range(n):
        t = a * b
        a = t - k
        b = a / (t + 1.0)
    t = a + b
    u = t * t
    return u - t


def rows_through(x, n):
    """Reductions along the last axis, and what they feed."""
    total = 0.0
    for _ in range(n):
        e = np.exp(x - x.max(axis=-1, keepdims=True))
        p = e / e.sum(axis=-1, keepdims=True)
        total += float(p[0, 0]) + float(x.std(axis=-1, ddof=1, keepdims=True)[1, 0] * 2.0)
    return total, p


def orbit(c, most):
    z = 0j
    for k in range(most):
        if abs(z) > 2.0 or not z == z:
            return k, z, z.real
        z = z * z + c - 1 / (z + 3)
    return most, z, -z.conjugate()


def squared(z, w, most):
    for k in range(most):
        z = z ** 2 / w
    return z, w, [z, w]


def elements(a, b):
    total = 0j
    for k in range(len(a)):
        total = total * 0.5 + a[k] * b[k].conjugate() - a[k] / b[k]
        a[k] = total
    return total, a


PROGRAMS = (
    (add, (1.0, 2.5)), (squares, (50,)), (whiles, (40,)), (half_sum, ([1.5, 2.5, 300.0], 3)), (prints, ([4, 9, 27],)),
    (stores, ([1, 2, 3],)), (stores_array, (np.arange(4.0),)), (grid, (np.arange(6.0).reshape(2, 3),)),
    (flat, ([1.0, 2.0, 3.0, 4.0], 2, 2)), (random_numbers, (100,)), (collatz, (27,)), (tuples, (30,)), (overflows, (60,)),
    (divides, ([2.0, 4.0, 0.0],)), (raises_inside, (["3", "4", "x"],)), (appends, (9,)), (listed, (["a", "b", "c"],)), (backwards, ([3, 4, 5],)),
    (short_circuits, (1, 7, 9)), (factorial, (9,)), (factorials, (25,)), (quotients, ([1.5, 2.5],)), (quotients, ([1.5, 2.5, 3.5],)),
    (sets_items, ([1.5, 2.5], 12)), (sets_items, ([1, 2.5, 3], 7)),
    (waves, (np.arange(6.0), np.arange(6.0) + 1.0, 3)), (waves, (np.arange(6.0), np.arange(5.0), 3)), (smoothed, (np.arange(9.0) ** 2, 4)),
    (wholes, (np.arange(9.0).reshape(3, 3), np.arange(3.0), 3)), (wholes, (np.arange(9.0).reshape(3, 3), np.arange(4.0), 3)),
    (spreads, (np.arange(6.0), 4)), (of_parts, ((np.arange(9.0) * (0.1 + 0.2j)).reshape(3, 3), 3)),
    (chosen, (np.arange(4.0), np.array([2, 0, 1]), np.array([True, False, True, True]))), (chosen, (np.arange(4.0), np.array([2, 0, 9]), np.array([True, False, True, True]))),
    (statements, (np.arange(4.0), np.ones(4), 5)), (statements, (np.arange(4.0), np.ones((2, 1)), 5)), (statements, (np.arange(4.0), np.zeros(3), 5)),
    (rows_through, (np.arange(6.0).reshape(2, 3), 4)), (rows_through, (np.arange(2.0).reshape(2, 1), 4)), (the_same_each_turn, (np.arange(4.0), np.arange(4.0), np.ones(2), 5)),
    (draws, (np.random.default_rng(3),)), (draws_of_others, (random.Random(3), np.random.RandomState(3))), (catches, (list("abcabc"), {"a": 1, "b": 2})), (keeps_by_name, ([1, 2, 3, 4],)),
    (orbit, (0.1 + 0.2j, 30)), (orbit, (1 + 1j, 30)), (squared, (1 + 2j, 2j, 9)), (squared, (1 + 2j, 2j, 90)), (elements, (np.arange(5) * (1 + 2j), np.arange(1, 6) - 1j)), (elements, (np.arange(5) * (1 + 2j), np.arange(-2, 3) * 1j)),
)


def shown(found):
    """The text of what came out; a generator of numbers shows its state, and not where it lies."""
    if isinstance(found, tuple):
        return f"({', '.join(map(shown, found))})"
    if isinstance(found, (random.Random, np.random.RandomState)):
        return repr(found.getstate() if isinstance(found, random.Random) else found.get_state())
    return repr(found.bit_generator.state if isinstance(found, np.random.Generator) else found)


def captured(function, arguments):
    """(bytecode, graph) of a function for arguments like these."""
    bytecode = decode(function.__code__)
    locals = [*arguments, *[MISSING] * (function.__code__.co_nlocals - len(arguments))]

    def make():
        region = Region(bytecode, function.__name__, bytecode.first, list(locals), [], function.__globals__, vars(builtins))
        region.can_return = True
        return region

    return bytecode, pipeline.capture(make, Hints())[2]
