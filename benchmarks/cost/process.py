"""Measured in a fresh process each, `python -m benchmarks.cost.process`: milliseconds of processor time as JSON.

`import` of framejit, with the time on the clock beside it; `enable`: the first call of enable(); `warm-up`: the first
compilation of the process with the compiler's own import; `ten lines`: the first call of a ten-line loop behind it, its run of
a few iterations included, with its stages; `straight line`: the same for two thousand bytecodes, half of them over ints
whose overflow is an exit each; `chain`: the same for one expression of three hundred operations over two arrays;
`statements`: for as many statements of one operation each.
"""

import json
import sys
import time
from types import SimpleNamespace

TEN_LINES = """
def run(n, scale):
    total = 0
    weight = 1.0
    for i in range(n):
        square = i * i
        if square % 3 == 0:
            total += square
        else:
            total -= i
        weight = weight * scale + total
    return total, weight
"""
CODE_UNITS = 2000
OPERATIONS = 300


def straight_line():
    """The text of a function of two thousand bytecodes without a jump."""
    lines = ["def run(a, n):", "    x, i = a, n"]
    for number in range(CODE_UNITS // 12):
        lines += [f"    x = x * {1 + number / 1000!r} + a", f"    i = i * n + {number} - i"]
    return "\n".join([*lines, "    return x, i", ""])


def operations():
    """Operators and right operands of a long computation over two arrays."""
    return [("+-*"[number % 3], "ab"[number % 2]) for number in range(OPERATIONS)]


def chain():
    """The text of a function that is one expression."""
    return "def run(a, b):\n    return a " + " ".join([f"{symbol} {name}" for symbol, name in operations()]) + "\n"


def statements():
    """The same in steps, under one name."""
    return "def run(a, b):\n    r = a\n" + "".join([f"    r = r {symbol} {name}\n" for symbol, name in operations()]) + "    return r\n"


def function(source):
    space = {"__name__": "measured"}
    exec(source, space)
    return space["run"]


def first_call(framejit, source, *arguments):
    """Milliseconds of the first call, and of the stages of its compilation, whose clock is this thread's."""
    from framejit.runtime.controller import controller
    if "framejit.pipeline" in sys.modules:
        sys.modules["framejit.pipeline"].time = SimpleNamespace(perf_counter=time.thread_time)
    made = framejit.jit(function(source))
    start = time.thread_time()
    made(*arguments)
    spent = 1e3 * (time.thread_time() - start)
    state = controller().code_of(made.__code__)
    stages = {}
    for variant in state.known_variants():
        stages = {name: 1e3 * seconds for name, seconds in variant.compiled.seconds.items()}
    return {"all": spent, **stages}


def bytecodes(source):
    """How many instructions a function has."""
    import dis
    return sum(1 for _ in dis.get_instructions(function(source)))


def main():
    rows = {}
    start, clock = time.process_time(), time.perf_counter()
    import framejit
    rows["import"] = {"all": 1e3 * (time.process_time() - start), "clock": 1e3 * (time.perf_counter() - clock)}
    start = time.process_time()
    framejit.enable()
    rows["enable"] = {"all": 1e3 * (time.process_time() - start)}
    framejit.disable()
    rows["warm-up"] = first_call(framejit, "def run(n):\n    s = 0\n    for i in range(n):\n        s += i\n    return s\n", 5)
    rows["ten lines"] = first_call(framejit, TEN_LINES, 10, 0.5)
    rows["straight line"] = first_call(framejit, straight_line(), 1.5, 1) | {"bytecodes": bytecodes(straight_line())}
    import numpy
    arrays = numpy.linspace(0.5, 1.0, 50), numpy.linspace(1.0, 1.5, 50)
    first_call(framejit, "def run(a, b):\n    return a * b + a\n", *arrays)           # imports what is for arrays
    for name, source in (("chain", chain()), ("statements", statements())):
        rows[name] = first_call(framejit, source, *arrays)
    json.dump(rows, sys.stdout)


if __name__ == "__main__":
    main()
