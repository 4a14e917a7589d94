"""Random functions whose locals come to share numbers on some ways only, and which raise where nobody reads them any more: a traceback's frame still shows which are one."""

import os
import random

import pytest

import framejit
from tests.due import due

COUNT = 1500 if os.environ.get("FRAMEJIT_NIGHTLY") else 60
KEPT = (144, 326, 482, 721)         # programs that lost a shared number once, or read an object that was gone
NAMES = "abcd"
ENDS = ("missing", "1 // (e - e)", "[a][5]", "int('x')")


def statement(rng, depth=0):
    """Lines that give names other names' numbers, on some ways."""
    one, other, third = (rng.choice(NAMES) for _ in range(3))
    kind = rng.randrange(9 if depth < 2 else 5)
    if kind < 2:
        return [f"{one} = {other}"]
    if kind == 2:
        return [f"{one} = {other} + {rng.randrange(300, 900)}"]
    if kind == 3:
        return [f"{one} = {other} if {question(rng)} else {rng.choice([third, '7', '2.5', third + ' + 400'])}"]
    if kind == 4:
        return [f"{one} = {rng.choice(['min', 'max'])}({other}, {third})"]
    inner = [line for _ in range(rng.randrange(1, 3)) for line in statement(rng, depth + 1)]
    if kind == 5:
        return [f"for j in range({rng.choice(['k', '2', '0'])}):", *["    " + line for line in inner]]
    lines = [f"if {question(rng)}:", *["    " + line for line in inner]]
    if kind == 6:
        other_way = [line for line in statement(rng, depth + 1)]
        lines += ["else:", *["    " + line for line in other_way]]
    return lines


def question(rng):
    return rng.choice(["k > 1", "k == 1", "k > 100", "a < c", "not b < d", "e > 1000", "e % 2"])


def function(rng, name):
    body = [line for _ in range(rng.randrange(2, 5)) for line in statement(rng)]
    lines = [f"def {name}(a, b, k=1):", "    e = a + b", f"    {rng.choice(['c = d = a', 'c = a; d = b', 'c = d = a + 500'])}"]
    if rng.random() < 0.3:
        lines.append("    if k <= 0: return a")
    return [*lines, *["    " + line for line in body], f"    if k > 2: {rng.choice(ENDS)}", "    return " + rng.choice(["a", "k", "d"])]


def program(rng):
    lines = [*function(rng, "g"), "def f(a, b, n):", "    c = b", "    for i in range(n):", "        k = i % 2"]
    lines += ["        if i == n - 1: k = 3", f"        c = g(a * 7, {rng.choice(['c', 'i', 'b', 'a'])}, k)"]
    lines += ["        a = (a + i) % 100000"]
    return "\n".join([*lines, "    return c", ""])


def frames(space, values):
    """The frames that an error went through, what their locals are and which of them are one."""
    try:
        return space["f"](*values)
    except Exception as error:
        entry, found = error.__traceback__, []
        while entry is not None:
            frame = entry.tb_frame
            if frame.f_code.co_filename == "<program>":
                names = dict(sorted(frame.f_locals.items()))
                found.append((frame.f_code.co_name, entry.tb_lineno, {name: repr(value) for name, value in names.items()}))
                found.append([(one, other) for one in names for other in names if one < other and names[one] is names[other]])
            entry = entry.tb_next
        return repr(error), found


@pytest.mark.parametrize("compiled", ["f", "g", "fg"])
def test_forgotten(compiled):
    for seed in sorted({*due(range(COUNT)), *KEPT}):
        source = program(random.Random(seed))
        spaces = [{}, {}]
        for space in spaces:
            exec(compile(source, "<program>", "exec"), space)
        for name in compiled:
            spaces[1][name] = framejit.jit(spaces[1][name])
        for values in ((1000, 2000, 12), (3000, 700, 9), (1000, 1000, 12)):
            for _ in range(2):
                plain, native = [frames(space, values) for space in spaces]
                assert native == plain, f"seed {seed}, {values}\n{source}"
