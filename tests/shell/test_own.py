"""A program may put others in the place of builtins and of math's functions: framejit's own code never calls them."""

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
