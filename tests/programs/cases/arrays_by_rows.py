# native: loop
# Reductions along the last axis inside expressions: warnings and their lines, errors, functions replaced in mid-loop, old arrays whose end is
# noticed, subclasses, threads that look on, what raises between statements, frames that are looked at.

import sys
import threading
import warnings
import weakref

import numpy as np

ENDED = []
warnings.simplefilter("always")


def show(name, value):
    if isinstance(value, tuple):
        for one in value:
            show(name, one)
        return
    text = value.tobytes().hex()[:400] if isinstance(value, (np.ndarray, np.generic)) else repr(value)
    print(name, type(value).__name__, getattr(value, "shape", ""), getattr(value, "strides", ""), text)


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def attention(q, k, v, n):
    for _ in range(n):
        scores = q @ k.T / np.sqrt(q.shape[-1])
        scores = scores - scores.max(axis=-1, keepdims=True)
        weights = np.exp(scores)
        weights = weights / weights.sum(axis=-1, keepdims=True)
        q = weights @ v
    return q, weights


def layers(x, gain, n):
    for k in range(n):
        mean = x.mean(axis=-1, keepdims=True)
        spread = x.var(axis=-1, keepdims=True)
        y = (x - mean) / np.sqrt(spread + 1e-5) * gain
        x = y + softmax(x)
    return x, mean, spread, y


def warns(x, n):
    total = 0.0
    for k in range(n):
        ratio = x / (x.sum(axis=-1, keepdims=True) - k)
        shifted = ratio - ratio.min(axis=-1, keepdims=True)
        total += float(shifted[0, 0])
    return total, shifted


def fails(x, y, n):
    for k in range(n):
        a = x - x.max(axis=-1, keepdims=True)
        b = a * y if k == n - 1 else a * 2.0
        c = b / b.sum(axis=-1, keepdims=True)
    return c


def replaced(x, n):
    global softmax
    original, found = softmax, []
    for k in range(n):
        found.append(softmax(x)[0, 0])
        if k == n // 2:
            softmax = lambda x: x * 0.0 + 1.0
    softmax = original
    return [float(one) for one in found]


def ends(x, n):
    a = x + 0.0
    weakref.finalize(a, ENDED.append, "first")
    for k in range(n):
        a = a - a.mean(axis=-1, keepdims=True)
        b = a * a.max(axis=-1, keepdims=True)
        if k == 1:
            weakref.finalize(b, ENDED.append, "second")
        if k < 3:
            print(k, ENDED)
    return a, b


def looked_at(x, n):
    for k in range(n):
        a = x - x.max(axis=-1, keepdims=True)
        b = np.exp(a)
        c = b / b.sum(axis=-1, keepdims=True)
        if k == n - 1:
            names = sys._getframe().f_locals
            show("names", tuple([names[name] for name in ("a", "b", "c")]))
    return c


class Own(np.ndarray):
    def __array_finalize__(self, other):
        ENDED.append("made")


def main():
    r = np.random.default_rng(3)
    x = r.random((6, 9)) - 0.5
    for turn in range(4):
        show("attention", attention(r.random((5, 4)), r.random((7, 4)), r.random((7, 4)), 300))
        show("layers", layers(x.astype("float32" if turn == 2 else "float64"), r.random(9), 300))
        show("softmax", tuple([softmax(one) for one in (x, x.T, x[:, ::2], x[0], x.astype(int), x.astype("float16"), x[:0], np.ma.array(x, mask=x > 0.4))]))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        show("warns", warns(np.ones((3, 4)) * np.arange(3.0)[:, None], 400))
        print(len(caught), {(str(one.message), one.lineno) for one in caught})
    for given in (np.ones((6, 1)), np.ones((6, 4))):
        try:
            show("fails", fails(x, given, 200))
        except ValueError as error:
            print(type(error), error, error.__traceback__.tb_next.tb_lineno)
    print(replaced(x, 300))
    show("ends", ends(x, 300))
    show("looked_at", looked_at(x, 400))
    own = x.view(Own)
    ENDED.clear()
    show("own", softmax(own))
    print(len(ENDED))
    stop = threading.Event()
    other = threading.Thread(target=stop.wait)
    other.start()
    try:
        show("beside", layers(r.random((300, 300)), 1.0, 3))
        show("beside", layers(x, 1.0, 300))
    finally:
        stop.set()
        other.join()


main()
