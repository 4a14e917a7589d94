"""Attention (Vaswani et al., 2017) as a plain NumPy program: weights of all pairs of times from products of queries and keys, then averages of values.

    python examples/attention.py

Arrays have axes batch, time, head, channel.  Under `fastmath` einsum is BLAS, and the weights never are an array: blocks of their rows go from
one product through softmax into the other.  FRAMEJIT_LOG=time says what is compiled.
"""

import time

import numpy as np

import framejit


def attention(q, k, v):
    scores = np.einsum("btnh,bsnh->btns", q, k)
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = raised / raised.sum(axis=-1, keepdims=True)
    return np.einsum("btns,bsnh->btnh", weights, v)


fast = framejit.jit(attention, fastmath=True)


def stored(function, q, k, v):
    """The same of arrays of another dtype, such as ml_dtypes' bfloat16, that einsum refuses."""
    return function(q.astype(np.float32), k.astype(np.float32), v.astype(np.float32)).astype(q.dtype)


def inputs(batch, times, heads, channels, seed=0):
    """Three arrays of normal numbers, times 0.1, in single precision."""
    random = np.random.default_rng(seed)
    return [random.standard_normal((batch, times, heads, channels), dtype=np.float32) * np.float32(0.1) for _ in range(3)]


def least(function, given, rounds=5):
    """Seconds of the fastest call."""
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        function(*given)
        found.append(time.perf_counter() - start)
    return min(found)


def main(shape=(2, 192, 4, 32)):
    given = inputs(*shape)
    exact, wide = attention(*given), attention(*[array.astype(np.float64) for array in given])
    print(f"{shape}: float32, at most {np.abs(exact - wide).max():.0e} from double precision")
    for _ in range(3):
        result = fast(*given)
    print(f"fastmath: {result.dtype} {result.shape}, within 1e-6 of double precision: {bool(np.abs(result - wide).max() < 1e-6)}")
    print("the first averages:", *[f"{number:.3f}" for number in result[0, 0, 0, :6]])
    halves = [array.astype(np.float16) for array in given]
    print(f"stored in half precision: {stored(fast, *halves).dtype}, within 1e-4: {bool(np.abs(stored(fast, *halves) - wide).max() < 1e-4)}")
    plain, native = least(attention, given, 3), least(fast, given)
    print(f"NumPy {plain * 1e3:.1f} ms, fastmath {native * 1e3:.2f} ms: {plain / native:.0f} times as fast")


if __name__ == "__main__":
    main()
