"""Measured in a fresh process each, `python -m benchmarks.cost.process`: milliseconds as JSON.

`import`: of framejit, elapsed; `enable`: the first call of enable().  The rest is processor time of this thread: `warm-up`,
the first compilation of the process with the compiler's own import; `ten lines`, the first call of a ten-line loop behind
it, its run of a few iterations included, with its stages; `straight line`, the same for two thousand bytecodes.
"""

import json
import sys
import time

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


def straight_line():
    """The text of a function of two thousand bytecodes without a jump."""
    lines = ["def run(a, b):", "    x, y = a, b"]
    for number in range(CODE_UNITS // 10):
        lines += [f"    x = x * {1 + number / 1000!r} + y", "    y = y - x * b"]
    return "\n".join([*lines, "    return x, y", ""])


def function(source):
    space = {"__name__": "measured"}
    exec(source, space)
    return space["run"]


def first_call(framejit, source, *arguments):
    """Milliseconds of the first call, and of the stages of its compilation."""
    from framejit.runtime.controller import controller
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
    start = time.perf_counter()
    import framejit
    rows["import"] = {"all": 1e3 * (time.perf_counter() - start)}
    start = time.perf_counter()
    framejit.enable()
    rows["enable"] = {"all": 1e3 * (time.perf_counter() - start)}
    framejit.disable()
    rows["warm-up"] = first_call(framejit, "def run(n):\n    s = 0\n    for i in range(n):\n        s += i\n    return s\n", 5)
    rows["ten lines"] = first_call(framejit, TEN_LINES, 10, 0.5)
    rows["straight line"] = first_call(framejit, straight_line(), 1.5, 0.25) | {"bytecodes": bytecodes(straight_line())}
    json.dump(rows, sys.stdout)


if __name__ == "__main__":
    main()
