"""What framejit's own code needs is its own: builtins and math's functions that the program replaces, modules that have a namesake
in the program's folder, finders of the program's."""

import pytest

from process import framejit, python

HOT = """
def hot(n):
    total = 0.0
    for k in range(n):
        total += k * 0.5
    return total

for turn in range(5):
    hot(1_000_000)
"""

COUNTING = """
import builtins
calls = []

def counted(name, function):
    def call(*arguments, **named):
        calls.append(name)
        return function(*arguments, **named)
    return call

held = vars(builtins)
for name in ("id", "sorted", "min", "any", "all", "sum", "reversed", "round", "divmod", "zip", "enumerate", "map", "dict", "set", "list"):
    held[name] = counted(name, held[name])
"""

REPORT = """
import sys
import framejit.own as own
own.BUILTINS["print"](calls)
modules = {name: module for name, module in sys.modules.items() if name.startswith(("framejit.", "llvmlite."))}
own.BUILTINS["print"]([name for name, module in modules.items() if vars(module).get("__builtins__") is not own.BUILTINS and module.__file__.endswith(".py")],
                      len(modules) > 80)
"""


def test_own_builtins(tmp_path):
    path = tmp_path / "program.py"
    path.write_text(COUNTING + HOT + REPORT)
    result = framejit("--stats", path, cwd=tmp_path)
    calls, modules = result.stdout.splitlines()
    assert calls == "[]", result.stdout
    assert modules == "[] True", result.stdout
    assert "native_iterations = 0" not in result.stderr


def test_math_imported_later(tmp_path):
    """The compiler had to bring a math module of its own; the program's functions are known all the same."""
    path = tmp_path / "program.py"
    path.write_text("import sys, framejit\n\ndef count(n):\n    total = 0\n    for k in range(n):\n        total += k\n    return total\n\n"
                    "framejit.jit(count)(10)\nprint('math' in sys.modules)\nimport math\n\n"
                    "def roots(n):\n    total = 0.0\n    for k in range(n):\n        total += math.sqrt(k)\n    return total\n\n"
                    "print(framejit.jit(roots)(1000))\nprint(framejit.stats()['callouts'], framejit.stats()['native_iterations'] > 1000)\n")
    assert python(path, cwd=tmp_path).stdout == "False\n21065.833110879048\n0 True\n"


def test_replaced_before_framejit_came(tmp_path):
    """What is another one by then has no row of its own; the result is the interpreter's."""
    path = tmp_path / "program.py"
    path.write_text("import builtins, math\nbuiltins.abs, builtins.round, math.sqrt = builtins.round, lambda x: -1, math.cbrt\nimport framejit\n"
                    "framejit.enable()\n" + HOT.replace("k * 0.5", "abs(k * 0.6) + round(k) + math.sqrt(k)") + "print(hot(1000))\n"
                    "print(framejit.stats()['native_iterations'] > 0)\n")
    result = python(path, cwd=tmp_path, FRAMEJIT_EAGER="1")
    total, native = result.stdout.splitlines()
    plain = python("-c", path.read_text().replace("framejit.enable()", ""), cwd=tmp_path)
    assert (total, native) == (plain.stdout.splitlines()[0], "True"), result.stderr


NAMESAKES = ("typing weakref contextlib functools collections types keyword operator reprlib warnings logging dis opcode enum re ctypes json string "
             "struct textwrap platform threading copy ast inspect tempfile shutil heapq datetime").split()


@pytest.mark.parametrize("eager", ["", "1"])
def test_modules_of_the_same_names(tmp_path, eager):
    """Run from another folder; what 3.13 adds to the message of an AttributeError is the same, too."""
    for name in NAMESAKES:
        (tmp_path / f"{name}.py").write_text(f"VALUE = 'own {name}'\n")
    path = tmp_path / "program.py"
    path.write_text(HOT.replace("100_000", "1_000_000") + f"print([__import__(name).VALUE for name in {NAMESAKES}])\nhot(1_000_000)\n__import__('json').loads\n")
    accelerated, plain = framejit(path, FRAMEJIT_EAGER=eager), python(path)
    assert (accelerated.stdout, accelerated.stderr) == (plain.stdout, plain.stderr)
    assert plain.stdout.count("own") == len(NAMESAKES)
    assert "native_iterations = 0" not in framejit("--stats", path, FRAMEJIT_EAGER=eager).stderr


def test_finders_are_not_asked(tmp_path):
    path = tmp_path / "program.py"
    path.write_text("""
import sys
log = []

class Finder:
    def find_spec(self, name, path=None, target=None):
        log.append(name)

sys.meta_path.insert(0, Finder())
""" + HOT + "print(log)\n")
    result = framejit("--stats", path)
    assert result.stdout == "[]\n"
    assert "native_iterations = 0" not in result.stderr
