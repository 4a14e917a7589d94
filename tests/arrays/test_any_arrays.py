"""Arrays of any kind (hypothesis chooses: byte orders, dates, texts, records, any strides) for functions that were compiled for others before."""

import os

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings, strategies
from hypothesis.extra import numpy as arrays

import framejit
from tests.arrays.programs import listed, outcome, plain_and_jitted

COUNT = 2000 if os.environ.get("FRAMEJIT_NIGHTLY") else 60
LOOP = "s = 0\n    for k in range(3):\n        s += k * k % 7\n        r = {}\n    return r, s"       # of what isn't worth compiling by itself
BODIES = (
    "return a * 2 + b", "t = a - b\n    return t / (abs(b) + 1), t", "return np.where(a > b, a, b) + 1", "return (a * b).sum(), (a + b).max(axis=-1)", "a += b\n    return a", "t = a[1:] - a[:-1]\n    return t ** 2, t[::-1]",
    "b[...] = a * 0.5\n    return b", "return np.sqrt(a) + np.exp(b)", "return a.mean(axis=0), a.std(), np.argmax(b)", "return np.concatenate((a, b)), a.cumsum()", "return a[b > 0], np.nonzero(a)[0]", "s = 0\n    for x in a:\n        s = s + x\n    return s, b",
    "return np.minimum(a, b) // 2, a % 3", "return a & b, a | b, ~a", "return a.T @ b", "return np.sort(a), a.argsort(), np.clip(b, 0, 2)", "return a == b, a != a, np.isnan(b)", LOOP.format("a.astype(b.dtype), a.reshape(-1), b.ravel()"),
    "s = 0.0\n    for k in range(len(a)):\n        s += a[k] * b[k]\n    return s", "a[0] = b[-1]\n    a[1:] *= 2\n    return a", LOOP.format("np.round(a, 1), np.floor(b), a.real, b.imag"), "return np.dot(a, b), np.add.reduce(a), np.maximum.accumulate(b)",
    "return [x + y for x, y in zip(a, b)]", LOOP.format("np.array([a[0], b[0]]), np.zeros_like(a), np.full(b.shape, a[0])"), LOOP.format("np.unique(a), a.tolist(), b.item(0)"),
)


@strategies.composite
def pairs(draw):
    """Two arrays, or numbers of them: of one kind and shape mostly, else of shapes that go together or don't; parts of larger ones; one and the same."""
    kinds = strategies.one_of(arrays.scalar_dtypes(), arrays.scalar_dtypes(), arrays.unicode_string_dtypes(max_len=3), arrays.array_dtypes(max_size=2), arrays.floating_dtypes(endianness="="), arrays.integer_dtypes(endianness="="), arrays.floating_dtypes(endianness="="))
    kind = draw(kinds)
    shape = draw(arrays.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=6))
    a = draw(arrays.arrays(kind, shape))
    again = draw(strategies.integers(0, 9))
    if again == 0:
        return a, a
    if again == 1:
        return a, a[::-1] if a.ndim else a
    other = kind if again < 7 else draw(kinds)
    b = draw(arrays.arrays(other, shape if again < 9 else draw(arrays.array_shapes(min_dims=0, max_dims=2, min_side=0, max_side=4))))
    part = draw(arrays.basic_indices(shape, allow_newaxis=True)) if again == 2 and a.ndim else ...
    return a[part], b


@pytest.mark.parametrize("body", BODIES)
def test_any_arrays(body):
    plain, jitted = plain_and_jitted(f"import numpy as np\ndef f(a, b):\n    {body}\n")
    before = framejit.stats()["native_entries"]
    for _ in range(200):
        jitted(np.arange(1.0, 5.0), np.ones(4)) if "&" not in body else jitted(np.arange(1, 5), np.ones(4, int))
        if framejit.stats()["native_entries"] > before:
            break
    assert framejit.stats()["native_entries"] > before

    @settings(max_examples=COUNT, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(pairs())
    def same(pair):
        wanted, found = [unchanged(function, pair) for function in (plain, jitted)]
        assert found == wanted
    same()


def unchanged(function, pair):
    """What a call gives, raises, warns of and leaves in its arrays, which are afterwards what they were."""
    roots = [one if one.base is None else one.base for one in pair if isinstance(one, np.ndarray)]
    kept = [root.copy() for root in roots]
    found = outcome(lambda a, b: listed(function(a, b)), pair, {})
    for root, old in zip(roots, kept):
        root[...] = old
    return found
