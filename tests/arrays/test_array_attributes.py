"""Attributes of arrays: kinds as constants, and what is made of them; arrays whose kind is another one, or changes in mid-loop."""

import sys

import numpy as np
import pytest

import framejit
from tests.arrays.programs import listed, outcome, plain_and_jitted

TEXTS = ("np.zeros(3, dtype=x.dtype)", "np.zeros(x.shape, x.dtype) + x", "np.empty(2, x.dtype).shape", "np.ones(x.size, dtype=x.dtype)", "np.full(2, 1, x.dtype)", "x.astype(x.dtype)", "y.astype(x.dtype)", "np.zeros_like(y, dtype=x.dtype)",
         "x.sum(dtype=x.dtype)", "np.array([1, 0], dtype=x.dtype)", "np.arange(3, dtype=x.dtype)", "x.dtype", "x.dtype == y.dtype", "x.dtype is x.dtype", "x.dtype.kind", "np.dtype(x.dtype)", 
         "x.itemsize", "x.nbytes", "x.nbytes // x.itemsize == x.size", "np.finfo(x.dtype).eps if x.dtype.kind == 'f' else 0", "np.result_type(x.dtype, y.dtype)", "[x.dtype][0]",
         "np.asarray(x, dtype=x.dtype)", "np.eye(2, dtype=x.dtype)", "x.mean(dtype=x.dtype) if x.dtype != bool else 0", "np.cumsum(x, dtype=y.dtype)", "x if x.dtype == np.float64 else y", "x if x.dtype != 'float32' else y", "1 if float == x.dtype else 2", "(x.dtype.kind, x.dtype.char, x.dtype.type, x.dtype.num, x.dtype.itemsize)", "np.zeros(2, x.dtype.type)", "x.sum(dtype=x.dtype.type)")
CALLED_OUT = ("x.dtype.name + str(x.dtype)", "x.dtype.type(1)", "np.issubdtype(x.dtype, np.floating)", "{x.dtype: 1}[x.dtype]", "np.linspace(0, 1, 3, dtype=x.dtype)", "(x.T.dtype, x[1:].dtype, (x + 1).dtype, x[0].dtype, x.real.dtype)",
              "x.dtype == None", "x.dtype == 'nonsense'", "x.dtype == [1]", "x.dtype < y.dtype", "x.dtype.newbyteorder()", "x.dtype.metadata", "x.dtype.nothing", "x.dtype == x", "x.dtype is np.float64", "x.dtype in (np.float64, np.int8)", "x.strides, x.flags.c_contiguous, x.base")
KINDS = ("float64", "float32", "int64", "int8", "uint16", "bool", "complex128", "float16")


def given(kind):
    x = (np.arange(8.0) % 3).astype(kind)
    named = x.astype(np.dtype(kind, metadata={"unit": "m"}))
    return [(x, np.arange(4.0)), (x[::2], np.arange(4)), (x.reshape(2, 4), x), (x.astype(x.dtype.newbyteorder()), x), (named, x), (x, named), (x[:0], x), (x.view(np.matrix), x), (np.array([1, 2], dtype=object), x), (np.array(["a", "b"]), x)]


def compare(text):
    """Whether some of it was native."""
    plain, jitted = plain_and_jitted(f"import numpy as np\ndef f(x, y):\n    s = 0\n    for n in range(4):\n        s += n * n % 3\n        r = {text}\n    return r, s\n")
    before = framejit.stats()["native_entries"]
    for kind in KINDS:
        for arguments in given(kind):
            wanted, *found = [outcome(lambda x, y: listed(function(x, y)), arguments, {}) for function in (plain, jitted, jitted, jitted)]
            assert found == [wanted] * 3, (kind, arguments)
    return framejit.stats()["native_entries"] > before


@pytest.mark.parametrize("text", TEXTS)
def test_native(text):
    assert compare(text)


@pytest.mark.parametrize("text", CALLED_OUT)
def test_called_out(text):
    compare(text)


def test_same_object():
    plain, jitted = plain_and_jitted("def f(x):\n    for n in range(3):\n        k = x.dtype\n    return k, n")
    for kind in KINDS:
        x = np.ones(3, kind)
        for _ in range(4):
            assert jitted(x)[0] is plain(x)[0] is x.dtype


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="assigning a dtype is deprecated with NumPy of that time")
def test_kind_changes_in_the_middle():
    source = """
import numpy as np
def f(x, n, change):
    found = []
    for k in range(n):
        found.append(x.dtype)
        t = np.zeros(2, dtype=x.dtype) + x[0]
        change(x, k)
    return found, t, x.nbytes
"""
    plain, jitted = plain_and_jitted(source)

    def change(x, k):
        if k == 5:
            x.dtype = np.int64
    for _ in range(4):
        x, other = np.arange(3.0), np.arange(3.0)
        assert outcome(jitted, (x, 9, change), {})[:2] == outcome(plain, (other, 9, change), {})[:2]
