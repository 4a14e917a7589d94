"""Random programs with blocks of `framejit.jit()`: in functions, generators and at module level, nested, left in every way; against blocks
that do nothing: values, identity, tracebacks with the locals of every frame, the order of effects."""

import os
import random
from contextlib import nullcontext

import pytest

import framejit

COUNT = 2000 if os.environ.get("FRAMEJIT_NIGHTLY") else 60
LEVELS = ("function", "generator", "module")
VALUES = (("1500", "2500"), ("250", "-1500"), ("1.5", "2.5"), ("0.25", "-7"), ("2 ** 62", "3"), ("None", "4"))
EXPRESSIONS = ("{} + {}", "{} * 7 - {}", "{} - {}", "-{}", "{} * 0.5", "3", "0.75", "h({}, k)", "items[k % 3]", "{} + scale", "k * k", "1 // (k - {})")
CONDITIONS = ("{} > {}", "{} is {}", "k % 2", "k == 5", "k == 40", "not {} < {}", "{} == {}")
HELPERS = """
def h(x, k):
    if k == 33:
        change()
    return x * 2 if k % 3 else x

def change():
    global scale
    scale = 3.5 if scale == 2 else 2
    log.append(("changed", sys._getframe(2).f_lineno, sys._getframe(2).f_locals.get("k")))
"""


class Noisy:
    def __init__(self, log, name):
        self.log, self.name = log, name

    def __del__(self):
        self.log.append(("ends", self.name))


class Generator:
    def __init__(self, seed, level):
        self.random = random.Random(f"{seed} {level}")
        self.level = level
        self.depth = 0          # of the statement that is being written

    def pick(self, *choices):
        return self.random.choice(choices)

    def fill(self, texts):
        return self.pick(*texts).format(self.pick(*"abcd"), self.pick(*"abcd"))

    def statement(self, loops, blocks):
        """Lines of one statement, in so many loops and blocks."""
        kind = self.random.randrange(22) if self.depth < 5 else 0
        if kind < 8:
            return [f"{self.pick(*'abcd')} = {self.fill(EXPRESSIONS)}"]
        if kind < 10:
            return [f"if {self.fill(CONDITIONS)}:", *self.inner(loops, blocks)]
        if kind < 12 and loops < 2:
            head = self.pick(f"for k in range({self.pick(3, 10, 50)}):", "for k in (1, 5, 2.5):", "for c in items:", f"for d in range(0, {self.pick(20, 60)}, 3):")
            return [head, *self.inner(loops + 1, blocks), *self.pick([], ["else:", *self.inner(loops, blocks)])]
        if kind == 12 and loops < 2:
            return [f"w{loops} = 0", f"while w{loops} < {self.pick(5, 45)}:", f"    w{loops} += 1", *self.inner(loops + 1, blocks)]
        if kind < 15 and blocks < 3:
            head = self.pick("with block():", "with block() as j:", "with block(), block() as j:", "with shared:", "with block(), noting(log):")
            return [head, *self.inner(loops, blocks + 1)]
        if kind == 15:
            error = self.pick("(ZeroDivisionError, TypeError)", "KeyError", "Exception as e")
            return ["try:", *self.inner(loops, blocks), f"except {error}:", *self.inner(loops, blocks)]
        if kind == 16:
            return ["try:", *self.inner(loops, blocks), "finally:", *self.inner(0, blocks)]
        return self.leaving(loops)

    def leaving(self, loops):
        kind = self.random.randrange(8)
        if kind < 2 and loops:
            return [f"if {self.fill(CONDITIONS)}:", "    " + self.pick("break", "continue")]
        if kind == 2 and self.level == "function":
            return [f"if {self.fill(CONDITIONS)}:", f"    return {self.pick('a', '(a, b)', '')}"]
        if kind == 3 and self.level == "generator":
            return [f"yield {self.pick(*'abcd')}"]
        if kind == 4:
            return [f"if {self.fill(CONDITIONS)}:", f"    raise {self.pick('KeyError(a)', 'ZeroDivisionError')}"]
        if kind == 5:
            return [self.pick("z = Noisy(log, k)", "z = k", "items[k % 3] = a", "del z"), "z = 0"]
        if kind == 6:
            return [f"log.append(({self.pick(*'abcd')}, k))"]
        return [f"items[int(k) % 3] = {self.pick(*'abcd')}"]

    def inner(self, loops, blocks):
        self.depth += 1
        lines = [line for _ in range(self.random.randrange(1, 4)) for line in self.statement(loops, blocks)]
        self.depth -= 1
        return ["    " + line for line in lines]

    def program(self):
        hot = ["for k in range(60):", *self.inner(1, 1)]
        lines = ["c = d = a", "k = z = 0", "items = [a, b, 0.5]", *self.inner_flat(), "with block() as j:", *["    " + line for line in hot], *self.inner_flat()]
        if self.level == "module":
            return HELPERS + "\n".join(lines) + "\n"
        last = "return [a, b, c, d, *items], k" if self.level == "function" else "yield [a, b, c, d, *items], k"
        return HELPERS + "def f(a, b):\n" + "\n".join("    " + line for line in [*lines, last]) + "\n"

    def inner_flat(self):
        return [line[4:] for line in self.inner(0, 0)]


class noting:
    def __init__(self, log):
        self.log = log

    def __enter__(self):
        self.log.append("enters")

    def __exit__(self, kind, error, traceback):
        self.log.append(("exits", repr(error)))


def shown(value):
    return hex(value) if type(value) is int else repr(value)


def frames_of(error, log):
    """Where the error has been, and what the locals were there."""
    frames, entry = [], error.__traceback__
    while entry is not None:
        code = entry.tb_frame.f_code
        if code.co_filename == "<program>":
            names = {name: shown(value) for name, value in sorted(entry.tb_frame.f_locals.items()) if name in "abcdkitems"}
            frames.append((code.co_name, entry.tb_lineno, list(code.co_positions())[entry.tb_lasti // 2], names))
        entry = entry.tb_next
    return repr(error), frames, repr(error.__context__)


def space_for(block, a, b):
    import sys
    log = []
    return {"block": block, "shared": block(), "log": log, "noting": noting, "Noisy": Noisy, "sys": sys, "scale": 2, "__name__": "program", "a": a, "b": b}


def outcome(code, level, block, a, b, space=None):
    """(What it gives, what it has done, in which order)."""
    space = space or space_for(block, a, b)
    space.update(a=a, b=b)
    try:
        if level == "module":
            exec(code, space)
            given = [[shown(space[name]) for name in "abcdk"], [shown(item) for item in space["items"]], [one is space["a"] for one in space["items"]]]
        else:
            if "f" not in space:
                exec(code, space)
            found = space["f"](a, b) if level == "function" else list(space["f"](a, b))
            given = shown(found), found[0] is a if type(found) is tuple else None
    except Exception as error:
        given = frames_of(error, space["log"])
        error.__traceback__ = None
    space.pop("z", None)
    return repr(given).replace("nullcontext", "block"), [repr(entry) for entry in space["log"]], space["scale"]


@pytest.mark.parametrize("level", LEVELS)
def test_blocks_change_nothing(level):
    first = int(os.environ.get("FRAMEJIT_FIRST_SEED", "0"))
    before = framejit.stats()["native_entries"]
    for seed in range(first, first + COUNT // 3):
        source = Generator(seed, level).program()
        spaces = [space_for(block, None, None) for block in (nullcontext, framejit.jit)]
        codes = [compile(source, "<program>", "exec") for _ in spaces]
        for a, b in VALUES:
            for _ in range(2):
                values = eval(a), eval(b)
                seen = [outcome(code, level, space["block"], *values, space) for code, space in zip(codes, spaces)]
                assert seen[1] == seen[0], f"seed {seed}, {values}\n{source}"
    assert framejit.stats()["native_entries"] - before > COUNT
