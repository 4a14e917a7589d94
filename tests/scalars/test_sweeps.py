"""Random values of every magnitude through loops over arrays: bits, warnings in their order, and loops that stay native."""

import numpy as np
import pytest

import framejit
from tests.scalars.oracle import outcome

SOURCE = """
def sweep(xs, ys, out):
    for k in range(len(xs)):
        out[k] = xs[k] {symbol} ys[k]
"""
SYMBOLS = ("+", "-", "*", "/", "//", "%", "**")
PAIRS = [("float64", "float64"), ("float32", "float32"), ("float32", "float64"), ("float64", "int64"), ("int16", "float32"),
         ("int64", "float32"), ("int32", "int32"), ("uint8", "int16"), ("int64", "int64")]
COUNT = 1500


def drawn(kind, seed):
    """Random bits, so that every exponent is as likely as any; every third value of moderate size."""
    generator = np.random.default_rng(seed)
    type_ = np.dtype(kind)
    wild = np.frombuffer(generator.bytes(COUNT * type_.itemsize), type_).copy()
    mild = generator.normal(scale=20, size=COUNT).astype(type_)
    return np.where(np.arange(COUNT) % 3 == 0, mild, wild).astype(type_)


def made(symbol):
    space = {}
    exec(compile(SOURCE.format(symbol=symbol), f"<sweep {symbol}>", "exec"), space)
    return space["sweep"]


def bits(array):
    """The bits, all NaNs made one."""
    return np.where(np.isnan(array), np.nan, array).tobytes()


@pytest.mark.parametrize("left, right", PAIRS)
@pytest.mark.parametrize("symbol", SYMBOLS)
@pytest.mark.filterwarnings("ignore")
def test_sweeps(symbol, left, right):
    plain = made(symbol)
    fast = framejit.jit(plain)
    xs, ys = drawn(left, 1), drawn(right, 2)
    if symbol == "**" and not left.startswith("f") and not right.startswith("f"):
        ys = abs(ys.astype(np.int64) % 60).astype(right)
    for setting in (dict(all="ignore"), {}):
        found, wanted = np.zeros(COUNT), np.zeros(COUNT)
        with np.errstate(**setting):
            assert repr(outcome(fast, xs, ys, found)) == repr(outcome(plain, xs, ys, wanted))
        assert bits(found) == bits(wanted)


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_ignored_flags_do_not_leave(symbol):
    fast = framejit.jit(made(symbol))
    xs, ys = drawn("float64", 3), drawn("float64", 4)
    with np.errstate(all="ignore"):
        fast(xs, ys, np.zeros(COUNT))
        before = framejit.stats()
        fast(xs, ys, np.zeros(COUNT))
        after = framejit.stats()
    assert after["native_iterations"] - before["native_iterations"] == COUNT
    assert after["exits"] == before["exits"]


def test_infinities_in_the_data_do_not_leave():
    """No flag is raised by inf + 1 or nan * 2."""
    fast = framejit.jit(made("*"))
    xs = np.array([np.inf, np.nan, 1.0, -np.inf] * 100)
    fast(xs, np.full(400, 2.0), np.zeros(400))
    before = framejit.stats()
    fast(xs, np.full(400, 2.0), np.zeros(400))
    after = framejit.stats()
    assert after["native_iterations"] - before["native_iterations"] == 400 and after["exits"] == before["exits"]


def scrambled(values):
    """Wraps around again and again: says so unless np.errstate ignores it."""
    state = np.uint64(0)
    for k in range(len(values)):
        state = (state ^ values[k]) * np.uint64(0xFF51AFD7ED558CCD)
        state = (state ^ (state >> np.uint64(33))) + np.uint64(0x9E3779B97F4A7C15) - values[k]
    return state


@pytest.mark.parametrize("kind", ["uint64", "uint8", "uint32"])
def test_hash_that_wraps(kind):
    values = drawn(kind, 5)[:300]
    code = scrambled.__code__
    for setting in (dict(over="ignore"), dict(over="warn"), dict(over="ignore")):
        plain = type(scrambled)(code.replace(), globals())
        fast = framejit.jit(plain)
        for _ in range(2):
            before = framejit.stats()
            with np.errstate(**setting):
                assert repr(outcome(fast, values)) == repr(outcome(plain, values))
            after = framejit.stats()
        if setting == dict(over="ignore"):
            assert after["native_iterations"] - before["native_iterations"] == 300
            assert after["exits"] == before["exits"] and after["callouts"] == before["callouts"]


@pytest.mark.parametrize("symbol", ["+", "-", "*"])
@pytest.mark.parametrize("kind", ["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"])
def test_wrapping_integers(kind, symbol):
    """Under over="ignore" sums, differences and products wrap natively; back under "warn" they warn."""
    space = {}
    exec(compile(SOURCE.format(symbol=symbol), f"<wrap {symbol}>", "exec"), space)
    plain, fast = space["sweep"], framejit.jit(space["sweep"])
    xs, ys = drawn(kind, 6), drawn(kind, 7)
    for setting in (dict(over="ignore"), dict(over="ignore"), dict(over="warn")):
        found, wanted = np.zeros(COUNT, kind), np.zeros(COUNT, kind)
        before = framejit.stats()
        with np.errstate(**setting):
            assert repr(outcome(fast, xs, ys, found)) == repr(outcome(plain, xs, ys, wanted))
        after = framejit.stats()
        assert found.tobytes() == wanted.tobytes()
        assert setting["over"] == "warn" or after["exits"] == before["exits"]
