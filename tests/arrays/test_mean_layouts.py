"""Arrays that programs rarely have, for every function of NumPy's that is called as it is: read only, unaligned, of other byte orders, of files, with elements
that share memory, broadcast, of subclasses.  Each comes after the usual ones, which it was compiled for, and they after it."""

import os
import random
import re

import numpy as np
import pytest
from numpy.lib.stride_tricks import as_strided

import framejit
from tests.arrays import test_gathers, test_whole_calls
from tests.arrays.programs import listed, outcome, plain_and_jitted
from tests.functions.test_made_of_c_code import CALLS

KINDS = ("float64", "float32", "int64", "int16", "bool", "complex128")
TEXTS = (*test_whole_calls.TEXTS, *test_gathers.READ)
STATEMENTS = (*test_gathers.STORED, *test_gathers.CHANGED)
MORE = ("x * 2 + 1", "np.sqrt(abs(x)) - x", "x.sum()", "x.max(axis=0)", "x.mean(axis=-1)", "np.var(x)", "x[1:] + x[:-1]", "x[::-1] * x", "np.where(x > 0, x, 1)", "x @ x", "[v for v in x]", "x[0], x[-1]", "(x * x).sum(axis=-1)", "x.argmax()", "x == x[0]", "-x.T")


class Own(np.ndarray):
    """A subclass that does nothing."""


def read_only(x):
    x = x.copy()
    x.flags.writeable = False
    return x


def unaligned(x):
    made = np.frombuffer(bytearray(x.nbytes + 1), np.uint8)[1:].view(x.dtype).reshape(x.shape)
    made[...] = x
    return made


def of_a_file(x, folder):
    made = np.memmap(os.path.join(folder, "array"), x.dtype, "w+", shape=x.shape)
    made[...] = x
    return made


LAYOUTS = {
    "usual": lambda x, folder: x, "read only": lambda x, folder: read_only(x), "unaligned": lambda x, folder: unaligned(x), "other byte order": lambda x, folder: x.astype(x.dtype.newbyteorder()),
    "file": of_a_file, "elements share memory": lambda x, folder: as_strided(x, x.shape, (0, *x.strides[1:])), "broadcast": lambda x, folder: np.broadcast_to(x[:1], x.shape),
    "windows": lambda x, folder: np.lib.stride_tricks.sliding_window_view(x, 2, axis=0), "windows written": lambda x, folder: as_strided(x, (len(x) - 1, 2, *x.shape[1:]), (x.strides[0], *x.strides)),
    "matrix": lambda x, folder: np.matrix(x), "own class": lambda x, folder: x.view(Own), "masked": lambda x, folder: np.ma.masked_equal(x, x[0]), "fortran": lambda x, folder: np.asfortranarray(x), "a part": lambda x, folder: np.repeat(x, 2, axis=0)[1::2],
}


def arguments(kind, layout, length, folder, sort):
    """x, places, a mask, a number, a second array, a square matrix; the same in each call."""
    r = np.random.default_rng(length)
    x = (r.random((length, 3) if sort else length) * 9 - 3).astype(kind)
    m = (r.random((4, 4)) * 3 + 4 * np.eye(4)).astype(kind)
    other = LAYOUTS[layout](x.copy(), folder) if length % 2 else x
    return LAYOUTS[layout](x, folder), np.arange(length)[::-1] // 2, r.random(length) > 0.5, 1, other, LAYOUTS[layout](m, folder)


def unmasked(value):
    """The same, but masked arrays as their data and masks: their bytes may be those of objects."""
    if isinstance(value, (tuple, list)):
        return type(value)([unmasked(one) for one in value])
    return (type(value), np.ma.getdata(value), np.ma.getmaskarray(value)) if isinstance(value, np.ma.MaskedArray) else listed(value)


def compare(body, tmp_path, seed):
    plain, jitted = plain_and_jitted(f"import numpy as np\ndef f(x, i, m, k, b, a):\n    r = x\n    for n in range(2):\n        {body}\n    return r\n")
    chosen = random.Random(seed)
    before = framejit.stats()["native_entries"]
    for kind in (KINDS if os.environ.get("FRAMEJIT_NIGHTLY") else chosen.sample(KINDS, 3)):
        for sort in (0, 1):
            for layout in sorted(LAYOUTS.keys() - ({"matrix"} if ".stack(" in body else set())):         # np.stack of matrices writes into memory that is free
                for one in ("usual", layout):
                    for length in (4, 7):
                        wanted, *found = [outcome(lambda *given: unmasked(function(*given)), arguments(kind, one, length, tmp_path, sort), {}) for function in (plain, jitted, jitted)]
                        assert found == [wanted] * 2, (body, kind, sort, one, length)
    return framejit.stats()["native_entries"] > before


@pytest.mark.parametrize("text", dict.fromkeys((*TEXTS, *MORE)))
def test_functions(text, tmp_path):
    compare(f"r = {text}", tmp_path, text)


@pytest.mark.parametrize("statement", dict.fromkeys(STATEMENTS))
def test_statements(statement, tmp_path):
    compare(statement, tmp_path, statement)


@pytest.mark.parametrize("call", CALLS)
def test_functions_in_python(call, tmp_path):
    """a and m of these are x and a here."""
    names = {"a": "x", "b": "b", "m": "a"}
    compare("r = np." + re.sub(r"\b[abm]\b", lambda found: names[found[0]], call), tmp_path, call)
