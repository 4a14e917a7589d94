"""Names that NumPy's functions in Python read (loops/internals.py): each row knows its module, regions rely on them, kept ones too."""

import functools
import subprocess
import sys

import numpy as np
import numpy.fft
import pytest

import framejit
from framejit.loops import internals
from framejit.tables import array_calls, elementwise, made_arrays, reductions
from framejit.tables.internals import IN_PYTHON, METHODS
from framejit.tables.whole_calls import FUNCTIONS

TABLES = (FUNCTIONS, elementwise.FUNCTIONS, array_calls.FUNCTIONS, reductions.FUNCTIONS, made_arrays.FUNCTIONS)


def functions():
    """NumPy's functions that rows of any table are of, by name."""
    names = sorted({name for table in TABLES for name in table})
    found = {name: functools.reduce(lambda space, word: getattr(space, word, None), name.split("."), np) for name in names}
    return {name: value for name, value in found.items() if value is not None}


def becomes_native(function, argument):
    """What a call gives that was native in all of its twenty turns: what exits teach takes a few calls."""
    for _ in range(8):
        before = framejit.stats()["native_iterations"]
        result = function(argument)
        if framejit.stats()["native_iterations"] >= before + 19:
            return result
    raise AssertionError("never native")


@pytest.mark.parametrize("name", functions())
def test_rows_know_what_is_behind(name):
    key = internals.key_of(functions()[name], False)
    assert key is not None
    assert key == "" or internals.are_as_made(key) and internals.needed([key])[1]


def test_methods_have_some_in_python():
    for name, function in IN_PYTHON.items():
        if hasattr(np.ndarray, name):
            assert internals.key_of(np.ndarray.__dict__[name], True) == f"{METHODS}.{function}"
            assert internals.are_as_made(f"{METHODS}.{function}")
    assert internals.key_of(np.ndarray.__dict__["copy"], True) == ""
    assert internals.key_of(np.add, False) == internals.key_of(len, False) == internals.key_of(functions, False) == ""
    assert internals.key_of(np.savetxt, False) is None


def test_what_is_put_back_needs_no_compilation(monkeypatch):
    space = {}
    exec("import numpy as np\ndef f(x):\n    r = None\n    for n in range(20):\n        r = np.roll(x, n)\n    return r", space)
    f, x = framejit.jit(space["f"]), np.arange(5.0)
    becomes_native(f, x)
    compiled, heard, numeric = framejit.stats()["regions_compiled"], [], sys.modules["numpy._core.numeric"]
    original = numeric.empty_like
    monkeypatch.setattr(numeric, "empty_like", lambda *arguments, **keywords: heard.append(1) or original(*arguments, **keywords))
    f(x)
    assert len(heard) == 20
    monkeypatch.undo()
    between = framejit.stats()["regions_compiled"]
    assert becomes_native(f, x).tolist() == np.roll(x, 19).tolist()
    assert framejit.stats()["regions_compiled"] == between >= compiled
    assert len(heard) == 20


def test_names_of_ones_own_do_no_harm(monkeypatch):
    key = internals.key_of(np.nansum, False)
    monkeypatch.setattr(np, "of_mine", object(), raising=False)
    assert internals.are_as_made(key)
    monkeypatch.setattr(sys.modules["numpy.lib._nanfunctions_impl"], "len", len, raising=False)
    assert not internals.are_as_made(key)
    monkeypatch.undo()
    assert internals.are_as_made(key)


def test_builtins_that_nobody_asks_may_be_replaced(monkeypatch):
    key = internals.key_of(np.ndarray.__dict__["mean"], True)
    monkeypatch.setattr("builtins.print", lambda *words: None)
    assert internals.are_as_made(key)
    monkeypatch.setattr("builtins.isinstance", isinstance)
    assert internals.are_as_made(key)
    monkeypatch.setattr("builtins.isinstance", lambda value, kind: True)
    same = internals.are_as_made(key)
    monkeypatch.undo()
    assert not same


def test_defaults_and_tables_are_asked_again():
    source = "import numpy as np\ndef f(x):\n    s = 0.0\n    for n in range(20):\n        s += {}\n    return s"
    norm = np.linalg.norm._implementation
    defaults = norm.__defaults__
    tables = sys.modules["numpy.linalg._linalg"]._real_types_map
    x, square = np.array([3.0, 4.0]), np.array([[2.1, 1.3], [1.7, 3.0]])
    for text, argument, change, back in (
        ("np.linalg.norm(x)", x, lambda: setattr(norm, "__defaults__", (1, None, False)), lambda: setattr(norm, "__defaults__", defaults)),
        ("float(np.linalg.det(x))", square, lambda: tables.update({np.float64: np.float32}), lambda: tables.update({np.float64: np.float64})),
    ):
        space = {}
        exec(source.format(text), space)
        plain, f = space["f"], framejit.jit(space["f"])
        assert becomes_native(f, argument) == plain(argument)
        before = plain(argument)
        change()
        try:
            assert f(argument) == plain(argument) != before
        finally:
            back()
        assert f(argument) == before


WARM = """
import sys
import numpy as np
import framejit
import numpy._core.numeric as numeric

heard = []
if sys.argv[1] == "replaced":
    original = numeric.empty_like
    numeric.empty_like = lambda *arguments, **keywords: heard.append(1) or original(*arguments, **keywords)

def f(x):
    r = None
    for n in range(20):
        r = np.roll(x, n)
    return r

f = framejit.jit(f)
for _ in range(3):
    r = f(np.arange(5.0))
now = framejit.stats()
print(len(heard), now["native_iterations"] > 0, now["images_used"] > 0 if "images_used" in now else "", r.tolist())
"""


def test_kept_regions_ask_again(tmp_path):
    def run(word):
        environment = {"FRAMEJIT_CACHE_DIR": str(tmp_path), "FRAMEJIT_EAGER": "1", "PATH": "", "PYTHONPATH": ":".join(path for path in sys.path if path)}
        return subprocess.run([sys.executable, "-c", WARM, word], env=environment, capture_output=True, text=True, check=True).stdout.split()

    first, second, replaced = run("plain"), run("plain"), run("replaced")
    assert first[0] == second[0] == "0" and first[1] == second[1] == "True"
    assert replaced[0] == "60"
    assert first[3:] == second[3:] == replaced[3:]
