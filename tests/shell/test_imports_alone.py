"""Each module of the compiler can be the first that is imported: the order of imports has no circles."""

import pathlib

import pytest
from process import python

SOURCE = pathlib.Path(__file__).resolve().parents[2] / "src" / "framejit"
FIRST = sorted("framejit.capture.handlers." + path.stem for path in (SOURCE / "capture" / "handlers").glob("[a-z]*.py"))


@pytest.mark.parametrize("name", ["framejit.capture.functions", "framejit.runtime.compiling", "framejit.runtime.images", "framejit.pipeline"])
def test_compiler_can_be_imported(name):
    ran = python("-c", f"import {name}; print('there')")
    assert (ran.stdout, ran.stderr) == ("there\n", "")


def test_handlers_can_be_imported_first():
    code = f"import importlib, sys\nfor name in {FIRST!r}:\n    importlib.import_module(name)\n    for other in [one for one in sys.modules if one.startswith('framejit.capture')]:\n        del sys.modules[other]\nprint('there')"
    ran = python("-c", code)
    assert (ran.stdout, ran.stderr) == ("there\n", "")
