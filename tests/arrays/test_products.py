"""Products of matrices under `fastmath`: BLAS's, alone and with what goes on with them row by row; exactly NumPy's without."""

import os
import random
import threading

import numpy as np
import pytest

import framejit

COUNT = 1500 if os.environ.get("FRAMEJIT_NIGHTLY") else 60
SUBSCRIPTS = ("btnh,bsnh->btns", "bsnh,btnh->btns", "ij,jk->ik", "ij,jk", "ji,jk->ik", "ij,kj -> ik", "bij,bjk->bik", "btk,kn->btn", "kn,btk->btn", "bhk,bvk->bvh", "ik,bkj->bij", "ki,bjk->bij")
LEFT = ("ij,ij->i", "ijk,k->ij", "ii,ij->ij", "ij,jk->ki", "...j,jk->...k", "ij,jk->", "i,j->ij", "ijk,ijk->ij", "ijl,jkl->ik", "ij,kl->ik")
BODIES = ("s", "s * 2.0 - s.max(axis=-1, keepdims=True)", "np.exp(s - s.max(axis=-1, keepdims=True))", "s / s.sum(axis=-1, keepdims=True)", "np.where(s > 0.5, s, s.min(axis=-1, keepdims=True))", "s + c", "s.std(axis=-1, keepdims=True) * s",
          "s - s.mean(axis=0, keepdims=True)", "s.max(axis=-1, keepdims=True)", "s.sum()", "s[0]", "s * np.sqrt(c * c)")
LAYOUTS = (lambda a: a, lambda a: a, np.asfortranarray, lambda a: np.repeat(a, 2, axis=0)[::2], lambda a: np.repeat(a, 2, axis=-1)[..., ::2], lambda a: a[::-1].copy()[::-1], lambda a: a[..., ::-1].copy()[..., ::-1],
           lambda a: np.swapaxes(np.swapaxes(a, 0, -1).copy(), 0, -1))

CLOSE, CLOSER = {"rtol": 2e-4, "atol": 2e-5}, {"rtol": 1e-9, "atol": 1e-11}


def attention(q, k, v):
    scores = np.einsum("btnh,bsnh->btns", q, k)
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = raised / raised.sum(axis=-1, keepdims=True)
    return np.einsum("btns,bsnh->btnh", weights, v)


def masked(q, k, v, mask):
    scores = np.where(mask, np.einsum("btnh,bsnh->btns", q, k) * 0.25, -1e9)
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.einsum("btns,bsnh->btnh", raised / raised.sum(axis=-1, keepdims=True), v)


def seen(function, arguments):
    try:
        return function(*arguments)
    except (ValueError, IndexError) as error:
        return type(error), str(error)


def compare(function, arguments, times=3, exactly=False, **options):
    """The results of a function and of its native code agree, each time, but for the last bits of sums."""
    fast = framejit.jit(function, **options)
    expected = seen(function, arguments)
    for _ in range(times):
        found = seen(fast, arguments)
        if isinstance(expected, tuple) and type(expected[0]) is type:
            assert found == expected
            continue
        for one, other in zip(expected if type(expected) is tuple else [expected], found if type(expected) is tuple else [found]):
            assert type(one) is type(other) and np.shape(one) == np.shape(other) and one.dtype == other.dtype and one.strides == other.strides
            if exactly:
                assert one.tobytes() == other.tobytes()
            np.testing.assert_allclose(other, one, **(CLOSE if arguments[0].dtype == "f4" else CLOSER))
    return fast


def made(text):
    names = {"np": np}
    exec(compile(text, "<products>", "exec"), names)
    return names["f"]


class Programs:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def sides(self, subscripts, most=9):
        return {letter: self.random.choice((1, 2, 3, 5, most, most)) for letter in subscripts if letter.isalpha()}

    def arguments(self, subscripts, sides):
        r = np.random.default_rng(self.random.randrange(1000))
        kind = self.random.choice(("f4", "f8"))
        operands = subscripts.replace(" ", "").partition("->")[0].replace("...", "b").split(",")
        arrays = [(r.random([sides.get(letter, 3) for letter in letters]) + 0.1).astype(kind) for letters in operands]
        if self.random.random() < 0.1 and arrays[0].ndim > 1:
            arrays[0] = arrays[0][:, :-1]               # doesn't fit
        return [self.random.choice(LAYOUTS)(array) for array in arrays]

    def program(self):
        """(text, arguments)"""
        subscripts = self.random.choice(SUBSCRIPTS if self.random.random() < 0.8 else LEFT)
        body, other = self.random.choice(BODIES), self.random.choice(BODIES)
        named = self.random.random() < 0.5
        product = f"np.einsum({subscripts!r}, a, b)"
        lines = [f"    s = {product}", f"    r = {body}", f"    return {self.random.choice(('r', 'r, s', 'r * 2.0', f'r, {other}'))}"] if named else [f"    return {body.replace('s', product, 1) if body == 's' else product + ' + 1.0'}"]
        return "\n".join(["def f(a, b, c):", *lines]), [*self.arguments(subscripts, self.sides(subscripts)), self.random.choice((0.5, 2, -1.0))]


@pytest.mark.parametrize("fast", [True, False])
def test_random_products(fast):
    before = framejit.stats()["native_entries"]
    for seed in range(COUNT):
        text, arguments = Programs(seed).program()
        function = made(text)
        with np.errstate(all="ignore"):
            try:
                compare(function, arguments, exactly=not fast, fastmath=fast)
            except AssertionError as wrong:
                raise AssertionError(f"seed {seed}\n{text}\n{[(one.shape, one.strides, one.dtype) for one in arguments[:2]]}") from wrong
    assert framejit.stats()["native_entries"] - before > COUNT


def arrays(shape, kind="f4", count=3):
    r = np.random.default_rng(1)
    return [r.standard_normal(shape).astype(kind) for _ in range(count)]


@pytest.mark.parametrize("shape", [(2, 7, 3, 5), (1, 130, 4, 64), (3, 300, 2, 16), (1, 1, 2, 8), (2, 5, 1, 1), (1, 700, 1, 24), (2, 0, 3, 4)])
@pytest.mark.parametrize("kind", ["f4", "f8"])
def test_attention(shape, kind):
    before = framejit.stats()["native_entries"]
    given = arrays(shape, kind)
    compare(attention, given, fastmath=True)
    compare(attention, given, exactly=True)
    compare(masked, [*given, np.tri(shape[1], dtype=bool)[:, None, :]], fastmath=True)
    assert framejit.stats()["native_entries"] - before >= 4 or 0 in shape or shape[1] == 1


@pytest.mark.parametrize("text, shapes", [("def f(a, b):\n    return np.einsum('ij,jk->ik', a, b)", ((70, 500), (500, 90))), ("def f(a, b):\n    s = np.einsum('btnh,bsnh->btns', a, b)\n    return np.einsum('btns,bsnh->btnh', s / s.max(axis=-1, keepdims=True), b)", ((2, 90, 3, 200),) * 2)])
def test_blas_computes_it(text, shapes):
    """Which adds in another order than einsum: were it left to NumPy, the last bits would be the same."""
    given = [np.random.default_rng(5).standard_normal(shape).astype("f4") for shape in shapes]
    fast = framejit.jit(made(text), fastmath=True)
    results = [fast(*given) for _ in range(5)]
    assert len({result.tobytes() for result in results[2:]}) == 1 and results[4].tobytes() != made(text)(*given).tobytes()


def test_several_axes_are_free():
    compare(made("def f(x, w, b):\n    h = np.einsum('btk,kn->btn', x, w) + b\n    return np.maximum(h, 0.0) / (1.0 + np.abs(h).max(axis=-1, keepdims=True))"),
            [np.random.default_rng(0).random((3, 40, 20)), np.random.default_rng(1).random((20, 33)), np.arange(33.0)], fastmath=True)


def test_two_products_feed_one_chain():
    text = "def f(a, b, c, d):\n    s = np.einsum('ij,jk->ik', a, b)\n    t = np.einsum('ij,jk->ik', c, d)\n    u = s * t - t.max(axis=-1, keepdims=True)\n    return u / u.sum(axis=-1, keepdims=True)"
    first, second = arrays((40, 30), "f8", 2)
    compare(made(text), [first, second.T.copy(), first + 1, second.T * 2], fastmath=True)
    compare(made(text), [first, second.T.copy(), first[:39] + 1, second.T * 2], fastmath=True)       # the shapes don't fit


def test_one_array_twice():
    compare(made("def f(x):\n    s = np.einsum('ik,jk->ij', x, x)\n    return np.exp(-s / s.max(axis=-1, keepdims=True))"), arrays((50, 20), "f8", 1), fastmath=True)


REVIEWED = {
    "spread rows last over a product": ("def f(q, k, x):\n    return np.einsum('ik,jk->ij', q, k) - x.max(axis=-1, keepdims=True)", ((300, 16), (200, 16), (300, 200))),
    "and where they are multiplied": ("def f(q, k, x):\n    return x * np.einsum('ik,jk->ij', q, k) - x.max(axis=-1, keepdims=True)", ((300, 16), (200, 16), (300, 200))),
    "made beside a later product": ("def f(q, k, x):\n    s = np.exp(-np.abs(np.einsum('ik,jk->ij', q, k))) + np.var(x, axis=-1, keepdims=True)\n    return np.einsum('ij,jk->ik', s / s.sum(axis=-1, keepdims=True), k)",
                                    ((300, 16), (200, 16), (300, 200))),
    "fewer axes than what goes on": ("def f(a, b, c):\n    return np.einsum('ij,jk->ik', a, b) + c", ((30, 16), (16, 20), (1, 1, 20))),
    "two of other ranks": ("def f(a, b, c):\n    return np.einsum('ij,jk->ik', a, b) + np.einsum('bij,jk->bik', c, b)", ((30, 16), (16, 20), (4, 30, 16))),
    "other orders of axes": ("def f(q, k, x):\n    s = np.einsum('btnh,bsnh->bnts', q, k)\n    t = s.reshape(-1)\n    t[:] = 0\n    return s + 1.0", ((2, 30, 3, 8), (2, 20, 3, 8), (1, 1))),
    "a letter that comes before": ("def f(a, b, c):\n    return np.einsum('zj,jA', a, b) * 2.0", ((40, 30), (30, 40), (1, 1))),
    "no arrow": ("def f(a, b, c):\n    return np.einsum('ij,jk- >ik', a, b) + 1.0", ((40, 30), (30, 40), (1, 1))),
}


@pytest.mark.parametrize("name", REVIEWED)
def test_what_a_reviewer_found(name):
    text, shapes = REVIEWED[name]
    r = np.random.default_rng(3)
    given = [(r.random(shape) * 2 - 1).astype("f4") for shape in shapes]
    compare(made(text), given, fastmath=True)
    looped = made(text.replace("def f(", "def g(") + "\n\ndef f(a, b, c):\n    for i in range(300):\n        x = g(a, b, c)\n    return x")
    compare(looped, given, times=2, fastmath=True)


def test_shapes_change():
    fast = framejit.jit(attention, fastmath=True)
    for shape in ((2, 7, 3, 5), (1, 130, 4, 64), (2, 9, 1, 1), (1, 1, 1, 3), (2, 7, 3, 5)):
        given = arrays(shape)
        for _ in range(3):
            np.testing.assert_allclose(fast(*given), attention(*given), **CLOSE)


def test_errors_are_numpys():
    fast, given = framejit.jit(attention, fastmath=True), arrays((2, 7, 3, 5))
    for _ in range(3):
        fast(*given)
    with pytest.raises(ValueError) as plain:
        attention(given[0], given[1][:1, :, :2], given[2])
    with pytest.raises(ValueError) as native:
        fast(given[0], given[1][:1, :, :2], given[2])
    assert str(native.value) == str(plain.value)


def test_warnings_behind_products():
    text = "def f(a, b):\n    s = np.einsum('ij,jk->ik', a, b)\n    return s / (s - s.max(axis=-1, keepdims=True))"
    fast, given = framejit.jit(made(text), fastmath=True), [np.ones((4, 5)), np.ones((5, 6))]
    for _ in range(3):
        with pytest.warns(RuntimeWarning, match="divide by zero encountered in divide"):
            fast(*given)


def test_beside_another_thread():
    """Which may call BLAS, too: its threads are left as they are."""
    fast, given, done = framejit.jit(attention, fastmath=True), arrays((2, 200, 3, 16)), threading.Event()
    expected = attention(*given)
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        for _ in range(4):
            np.testing.assert_allclose(fast(*given), expected, **CLOSE)
    finally:
        done.set()
        other.join()


def test_called_natively():
    text = "def g(q, k, v):\n    s = np.einsum('btnh,bsnh->btns', q, k)\n    e = np.exp(s - s.max(axis=-1, keepdims=True))\n    return np.einsum('btns,bsnh->btnh', e / e.sum(axis=-1, keepdims=True), v)\n\ndef f(q, k, v, n):\n    for i in range(n):\n        q = g(q, k, v)\n    return q"
    compare(made(text), [*arrays((2, 20, 3, 5)), 40], fastmath=True)


def test_other_programs_sums_stay():
    """What isn't under `fastmath` is computed as NumPy computes it, also behind what is."""
    given = arrays((2, 40, 3, 5))
    compare(attention, given, fastmath=True)
    compare(attention, given, exactly=True)
