"""Code that says that the upper halves of vectors are free keeps nothing in them: LLVM, too, makes vectors, of constants that are stored side by side."""

import re

import framejit
from framejit.backends.llvm.engine import Engine
from framejit.tables.settings import THOROUGH
from tests.arrays.programs import plain_and_jitted

SOURCE = """
import math
import numpy as np
def f(p, told):
    for i in range(1, 6):
        told(i, 7, 10, 100, 1, 0)
        p = min(np.uint8(9) * np.int8(20) * i, p - np.uint8(9) * np.int8(11) * 5)
        told(i, 7, 10, 100, 1, 0)
    return p
"""
FUNCTION, LONG = re.compile(r"^[\w.]+:.*?^\.Lfunc_end", re.MULTILINE | re.DOTALL), re.compile(r"%?[yz]mm\d")


def test_nothing_is_kept_there(monkeypatch):
    functions, load = [], Engine.load

    def loaded(self, text, level=THOROUGH):
        module = self.module(text, THOROUGH)
        self.optimise(module, THOROUGH)
        functions.extend([found for found in FUNCTION.findall(self.machines[THOROUGH].emit_assembly(module)) if "fj_free_halves" in found])
        return load(self, text, level)

    monkeypatch.setattr(Engine, "load", loaded)
    plain, jitted = plain_and_jitted(SOURCE)
    for p in (2.5, -1e9, float("nan"), float("inf")):
        said = [], []
        results = [repr(function(p, lambda *given: told.append(given))) for function, told in zip((plain, jitted), said)]
        assert results[0] == results[1] and said[0] == said[1]
    assert framejit.stats()["native_entries"] and functions
    assert not [function for function in functions if LONG.search(function)]
