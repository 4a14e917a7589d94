"""Reductions along the last axis inside expressions and between statements: one walk over the rows, NumPy's bits, what warns, layouts, threads."""

import os
import threading

import numpy as np
import pytest

import framejit
from tests.arrays import test_statements as statements
from tests.arrays.programs import STATES, seen
from tests.due import due

COUNT = 3000 if os.environ.get("FRAMEJIT_NIGHTLY") else 80
REDUCED = ("{}.max(axis=-1, keepdims=True)", "np.sum({}, axis=-1, keepdims=True)", "{}.mean(axis=-1, keepdims=True)", "np.min({}, -1, keepdims=True)", "{}.sum(-1, None, None, True)", "({} > 0).any(axis=-1, keepdims=True)",
           "np.all({}, axis=-1, keepdims=True)", "{}.prod(axis=-1, keepdims=True)", "np.amax({}, keepdims=True, axis={axis})", "{}.sum(axis=0, keepdims=True)", "{}.sum(axis=-1, keepdims=False)", "{}.sum(axis=-1, keepdims=True, dtype=np.float64)")
SHAPES = (((3, 5), (3, 5)), ((4, 40), (40,)), ((2, 3, 7), (2, 3, 7)), ((2, 3, 7), (3, 1)), ((1, 300), (1, 300)), ((30, 1), (30, 1)), ((0, 4), (0, 4)), ((4, 0), (4, 0)), ((70, 33), (1, 33)), ((3, 2100), (3, 2100)), ((5,), (5,)), ((2, 2, 2, 9), (2, 1, 2, 9)),
          ((600, 3), (600, 3)), ((4, 3), (4, 2)))
LAYOUTS = (lambda a: a, lambda a: a, lambda a: a, np.asfortranarray, lambda a: np.repeat(a, 2, axis=0)[::2], lambda a: np.repeat(a, 2, axis=-1)[..., ::2], lambda a: a[::-1], lambda a: a[..., ::-1], lambda a: np.swapaxes(a.copy(), 0, -1).copy().swapaxes(0, -1),
           lambda a: np.concatenate([a, a], axis=-1)[..., :a.shape[-1]])
SPECIAL = (np.nan, np.inf, -np.inf, -0.0, 0.0, 1e308, 1e-320)


class Generator(statements.Generator):
    def expression(self, depth):
        if depth and self.random.random() < 0.3:
            return self.pick(*REDUCED).format(f"({super().expression(depth - 1)})", axis=self.pick(-1, 1, -2))
        return super().expression(depth)

    def arguments(self):
        first, second = self.pick(*SHAPES)
        r = np.random.default_rng(self.random.randrange(1000))
        made = [(r.random(shape) * 8 - 2).astype(self.pick(*statements.KINDS)) for shape in (first, second, first)]
        for one in made:
            if one.size and one.dtype.kind == "f" and self.random.random() < 0.3:
                with np.errstate(all="ignore"):
                    one.flat[self.random.randrange(one.size)] = self.pick(*SPECIAL)
        layout = self.pick(*LAYOUTS)
        made[0] = layout(made[0])
        return [*made, self.pick(0.5, 3, -1.0), self.pick(1, 3, 4)]


def test_random_chains():
    before = framejit.stats()["native_entries"]
    for seed in due(range(COUNT)):
        statements.compare(seed, Generator)
    assert framejit.stats()["native_entries"] - before > COUNT


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def normalised(x, gain, bias):
    left = x - x.mean(axis=-1, keepdims=True)
    spread = (left * left).mean(axis=-1, keepdims=True)
    return left / np.sqrt(spread + 1e-5) * gain + bias


def parts(x):
    low = np.min(x, axis=-1, keepdims=True)
    high = np.max(x, axis=-1, keepdims=True)
    scaled = (x - low) / (high - low)
    return low, high, scaled


def far(x):
    """Five reductions, one behind the other."""
    for _ in range(1):
        a = x - x.mean(axis=-1, keepdims=True)
        b = a / a.max(axis=-1, keepdims=True)
        c = b - b.sum(axis=-1, keepdims=True)
        d = c * c.min(axis=-1, keepdims=True)
        e = d + d.mean(axis=-1, keepdims=True)
    return e


def chained(function, *arguments):
    """The function jitted, after a native call that was one chain."""
    jitted, found = statements.warm(function, *arguments)
    assert "nest_chain" in framejit.explain(function, *arguments).graph
    wanted = function(*arguments)
    assert [seen(one) for one in (found if isinstance(found, tuple) else (found,))] == [seen(one) for one in (wanted if isinstance(wanted, tuple) else (wanted,))]
    return jitted


@pytest.mark.parametrize("kind", ["float64", "float32"])
@pytest.mark.parametrize("shape", [(1, 2), (3, 5), (7, 8), (40, 127), (2, 3, 129), (5, 4097), (300, 300), (2000, 3), (3, 70001)])
def test_rows_of_all_lengths(shape, kind):
    x = (np.random.default_rng(5).random(shape) * 8 - 3).astype(kind)
    for function, more in ((softmax, ()), (normalised, (x[(0,) * (len(shape) - 1)], x[..., :1, :])), (far, ())) + (((parts, ()),) if shape[-1] > 1 else ()):
        chained(function, x, *more)


def test_layouts_and_broadcasts_change():
    x = np.random.default_rng(1).random((6, 12)) - 0.5
    jitted = framejit.jit(normalised)
    for one in (x, np.asfortranarray(x), x[::2], x[:, ::2], x[::-1], x[:, ::-1], x[:, :5], x.T, x.reshape(2, 3, 12), x[:0], x[:, :0], x.astype("float32"), x[:, :1], x.reshape(3, 2, 12).transpose(1, 0, 2)) * 2:
        for gain, bias in ((2.0, 1.0), (one[:1], one), (one[..., :1], one[..., :1])):
            assert statements.outcome(jitted, [one, gain, bias], {}) == statements.outcome(normalised, [one, gain, bias], {})


def test_what_warns_is_the_programs():
    x = np.array([[1.0, 2.0], [np.inf, np.inf], [3.0, 1e308]])
    jitted = framejit.jit(softmax)
    for _ in range(4):
        jitted(np.ones((3, 2)))
    for state in STATES:
        for one in (x, x[:1], np.array([[np.nan, 1.0]])):
            assert statements.outcome(jitted, [one], state) == statements.outcome(softmax, [one], state)


def test_integers_and_bools():
    def spread(x):
        return (x - x.min(axis=-1, keepdims=True)) * (x == x.max(axis=-1, keepdims=True)), x / x.sum(axis=-1, keepdims=True), (x > 2).any(axis=-1, keepdims=True) & (x < 3)

    jitted = framejit.jit(spread)
    for kind in ("int64", "int8", "uint16", "uint64", "bool", "float16"):
        x = np.arange(24).reshape(4, 6).astype(kind)
        for _ in range(4):
            assert statements.outcome(jitted, [x], {}) == statements.outcome(spread, [x], {})


def test_names_are_never_arrays():
    graph = framejit.explain(softmax, np.ones((4, 6))).graph
    assert graph.count("= nest_chain[") == graph.count("= made_array[") == 1


def test_threads_give_the_same_bits():
    x = np.random.default_rng(3).random((900, 700)).astype("float32")
    wanted = softmax(x)
    for threads in (1, 2, 7):
        jitted = framejit.jit(lambda x: softmax(x), threads=threads)
        made = framejit.jit(softmax.__class__(softmax.__code__, globals()), threads=threads)
        for _ in range(4):
            assert np.array_equal(made(x), wanted) and np.array_equal(jitted(x), wanted)


def test_another_thread_looks_on():
    def parts_of(x):
        a = x - x.max(axis=-1, keepdims=True)
        b = a / a.sum(axis=-1, keepdims=True)
        return a, b

    x, stop = np.random.default_rng(3).random((300, 300)), threading.Event()
    jitted = framejit.jit(parts_of)
    other = threading.Thread(target=stop.wait)
    other.start()
    try:
        for _ in range(6):
            assert [seen(one) for one in jitted(x)] == [seen(one) for one in parts_of(x)]
    finally:
        stop.set()
        other.join()


def test_what_is_left_goes_on():
    """Reductions that aren't part of anything, along other axes, of several expressions, into arrays."""
    def mixed(x, out):
        m = x.max(axis=-1, keepdims=True)
        n = (x * 2).sum(axis=-1, keepdims=True)
        out[...] = x - m
        out -= n
        s = (x - m).sum()
        t = (x / n).sum(axis=0)
        u = np.exp(x - m).sum(axis=-1)
        w = (x - m)[1:].max(axis=-1, keepdims=True)
        return m, n, s, t, u, w, (x - x.mean(axis=-1, keepdims=True)).T, float((x - m)[0, 0])

    x = np.random.default_rng(3).random((30, 20))
    jitted, outs = framejit.jit(mixed), [np.zeros((30, 20)) for _ in range(2)]
    for _ in range(5):
        found, wanted = jitted(x, outs[0]), mixed(x, outs[1])
        assert [seen(one) for one in (*found, outs[0])] == [seen(one) for one in (*wanted, outs[1])]


def agree(function, *calls, state={}):
    """A jitted function gives for each call, made again and again, what the plain one does."""
    jitted = framejit.jit(function)
    for _ in range(5):
        for arguments in calls:
            assert statements.outcome(jitted, arguments, state) == statements.outcome(function, arguments, state)
    return jitted


def partly(x, y):
    a = x * 2.0
    b = a + y
    c = b / b.sum(axis=-1, keepdims=True)
    return a, b, c, a.max(axis=-1, keepdims=True)


def clipped(x):
    return np.clip(x, np.abs(x.min(axis=-1, keepdims=True)), 9.0), x ** ((x * 0.0).max(axis=-1, keepdims=True) + 0.5)


def complexes(z, x):
    return z - x.mean(axis=-1, keepdims=True), z * (x > 0).any(axis=-1, keepdims=True)


def means_of_integers(x):
    return x - x.mean(axis=-1, keepdims=True, dtype=np.int8), x.mean(axis=1, dtype=np.int64), x.mean(axis=-1, keepdims=True, dtype=x.dtype)


def backwards(x):
    e = np.exp(x)
    return e + e.sum(axis=-1, keepdims=True), np.expm1(x) - x.max(axis=-1, keepdims=True)


def products(a, b, x):
    return (a @ b) * 2.0 - x.max(axis=-1, keepdims=True)


def variances(x, y):
    s = x.std(axis=-1, keepdims=True)
    t = np.var(y, axis=-1, ddof=1, keepdims=True)
    return (x - x.mean(axis=-1, keepdims=True)) / s * t, s, np.var(x, axis=-1, keepdims=True)


def many(x):
    y = x * 2.0
    s = y.max(axis=-1, keepdims=True)
    for k in range(1):
        s = ((y * 1.1).max(axis=-1, keepdims=True) + (y * 1.2).max(axis=-1, keepdims=True) + (y * 1.3).max(axis=-1, keepdims=True) + (y * 1.4).max(axis=-1, keepdims=True) + (y * 1.5).max(axis=-1, keepdims=True)
             + (y * 1.6).max(axis=-1, keepdims=True) + (y * 1.7).max(axis=-1, keepdims=True) + (y * 1.8).max(axis=-1, keepdims=True) + (y * 1.9).max(axis=-1, keepdims=True) + (y * 2.1).max(axis=-1, keepdims=True)
             + (y * 2.2).max(axis=-1, keepdims=True) + (y * 2.3).max(axis=-1, keepdims=True) + (y * 2.4).max(axis=-1, keepdims=True) + (y * 2.5).max(axis=-1, keepdims=True) + (y * 2.6).max(axis=-1, keepdims=True)
             + (y * 2.7).max(axis=-1, keepdims=True) + (y * 2.8).max(axis=-1, keepdims=True) + (y * 2.9).max(axis=-1, keepdims=True) + (y * 3.1).max(axis=-1, keepdims=True) + (y * 3.2).max(axis=-1, keepdims=True))
    return y, s


R = np.random.default_rng(9)


@pytest.mark.parametrize("function, calls", [
    (partly, [(np.ones((1, 5)), np.arange(20.0).reshape(4, 5)), (np.ones((4, 5)), np.arange(20.0).reshape(4, 5)), (np.ones(5), np.ones((4, 5)))]),
    (clipped, [(np.tile([-0.0, 1.0, 2.0], (rows, 1)),) for rows in (4, 1, 3)] + [(np.tile([-0.0, 1.0], (4, 3000)),)]),
    (complexes, [(R.random((4, 6)) + 1j, R.random((4, 6))), (R.random((4, 6)).astype("complex64"), R.random((4, 6)).astype("float32"))]),
    (means_of_integers, [(np.arange(-30, 30, dtype=kind).reshape(20, 3),) for kind in ("int8", "int64", "int16")]),
    (backwards, [(np.linspace(-3, 3, 50).reshape(50, 1)[::-1],), (np.linspace(-3, 3, 50).reshape(50, 1),), (np.linspace(-3, 3, 50).reshape(5, 10)[::-1],), (np.linspace(-3, 3, 50).astype("float16").reshape(5, 10)[:, :1],)]),
    (products, [(R.random((6, 6)), R.random((6, 6)), np.asfortranarray(R.random((6, 6)))), (R.random((6, 6)), R.random((6, 6)), R.random((6, 6)))]),
    (variances, [(R.random((6, 8)), R.random((6, 8))), (R.random((6, 8)).astype("float32"), R.random((6, 8))), (np.arange(24).reshape(4, 6), R.random((4, 6))), (R.random((6, 1)), R.random((6, 1))), (R.random((2, 3, 500)), R.random((2, 3, 500)))]),
    (many, [(R.random((6, 8)),)]),
], ids=lambda value: getattr(value, "__name__", ""))
def test_what_a_reviewer_found(function, calls):
    for state in ({}, {"all": "ignore"}):
        agree(function, *calls, state=state)


def test_places_that_take_results():
    def stored(x, out, i, j):
        for k in range(3):
            out[k, i:j] = (x - x.max(axis=-1, keepdims=True))[0]
        out[:3, i:j] = x - x.mean(axis=-1, keepdims=True)
        np.subtract(x, x.max(axis=-1, keepdims=True), out[:3, 4:8])
        t = x * 2.0
        u = np.add(t, x, x + 0)
        return t, u, np.exp(x - x.max(axis=-1, keepdims=True), out[:3, :4])

    x = R.random((3, 4))
    agree(stored, (x, np.zeros((5, 9)), 1, 5), (x, np.zeros((5, 9)), 0, 4))


def test_an_expression_that_begins_behind_a_product_learns_once():
    x = np.asfortranarray(R.random((6, 6)))
    jitted = agree(products, (x, x, x))
    before = framejit.stats()["exits"]
    for _ in range(10):
        jitted(x, x, x)
    assert framejit.stats()["exits"] == before


def greatest(x):
    return x.max(axis=-1, keepdims=True)


def summed(x, n):
    total = 0.0
    for _ in range(n):
        total += float(softmax(x)[0, 0]) + float(greatest(x)[0, 0]) + float(normalised(x, 1.0, 0.0)[0, 1])
    return total


@pytest.mark.parametrize("shape", [(5, 8), (300, 300)])
def test_functions_that_are_called_natively(shape):
    x, stop = R.random(shape), threading.Event()
    agree(summed, (x, 5))
    other = threading.Thread(target=stop.wait)
    other.start()
    try:
        jitted = agree(summed, (x, 5))
        before = framejit.stats()["exits"]
        jitted(x, 50)
        assert framejit.stats()["exits"] - before < 50
    finally:
        stop.set()
        other.join()


def of_rows(x, low, exponent):
    return np.clip(x, low, 9.0), x ** exponent, np.fmax(x, low), np.fmin(low, x), np.float_power(x, exponent)


@pytest.mark.parametrize("rows", [1, 2, 3, 5])
@pytest.mark.parametrize("length", [1, 2, 3, 3000, 9000])
def test_loops_that_ask_whether_an_operand_has_a_step(rows, length):
    """NumPy's iterator copies what is broadcast along short rows, and hands it without a step for long ones, and for a single one."""
    x = np.tile(np.array([-0.0, 1.0, 2.0] * (length // 3 + 1))[:length], (rows, 1))
    for kind in ("float64", "float32"):
        agree(of_rows, (x.astype(kind), np.zeros((rows, 1), kind), np.full((rows, 1), 0.5, kind)), (x.astype(kind), np.zeros((1, 1), kind), np.full((1, 1), 2.0, kind)), (x.astype(kind), x.astype(kind), x.astype(kind)), (x.astype(kind), x[:1].astype(kind), x[:, :1].astype(kind)))
