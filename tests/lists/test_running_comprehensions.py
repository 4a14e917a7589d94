"""Comprehensions that looks enter while they run, at module level and, on 3.11, in functions of their own: what they fill lies on the stack."""

import random
import sys

import pytest

import framejit
from tests.lists.running import entered, means, ran  # noqa: F401

pytestmark = pytest.mark.usefixtures("means")
N = 150_000
INTS = [k * 7919 % 1009 for k in range(N)]
FLOATS = [k * 0.25 for k in INTS]
WORDS = [f"w{k % 97}" for k in INTS]
SOURCES = {
    "range": ("k", "range(N)", ("k", "k % 13")), "ints": ("k", "INTS", ("k", "k % 5")), "floats": ("x", "FLOATS", ("x", "int(x)")), "words": ("w", "WORDS", ("w", "len(w)")),
    "tuple": ("k", "tuple(INTS)", ("k",)), "zip": ("k, w", "zip(INTS, WORDS)", ("k", "w", "k + 1")), "enumerate": ("i, x", "enumerate(FLOATS)", ("i", "x", "i % 7")),
    "text": ("c", "'the quick brown fox é' * (N // 21)", ("c",)), "several": ("k, w", "[(k, w) for k, w in zip(INTS, WORDS)]", ("k", "w")),
}
VALUES = ("{a}", "{a}, {b}", "str({a})", "[{a}]", "{a} == {b}", "{a} * 3", "({a}, ({b}, 1))", "None", "2 ** 70")
FILTERS = ("", "", " if {a}", " if {a} != {b}", " if str({a}) > '3'")
RESULT = "sorted(out.items(), key=repr)[:50] if out.__class__ is dict else sorted(out, key=repr)[-50:] if out.__class__ is set else out"


def program(seed):
    """A comprehension, maybe within another, whose end or whose error is in `out`."""
    chosen = random.Random(f"comprehension {seed}")
    target, source, parts = SOURCES[chosen.choice(sorted(SOURCES))]
    a, b = chosen.choice(parts), chosen.choice(parts)
    a = f"late({a})" if chosen.random() < 0.2 else a
    value, key = (chosen.choice(VALUES).format(a=a, b=b) for _ in range(2))
    tail = f"for {target} in {source}{chosen.choice(FILTERS).format(a=a, b=b)}"
    form = chosen.choice(("list", "list", "set", "dict", "dict", "nested"))
    if form == "nested":
        body = f"[[{a}, y] for y in range(3) for {target} in {source}]"
    else:
        body = {"list": f"[({value}) {tail}]", "set": f"{{({key}) {tail}}}", "dict": f"{{({key}): ({value}) {tail}}}"}[form]
    return f"try:\n    out = {body}\nexcept Exception as error:\n    out = type(error), str(error), error.__traceback__.tb_lineno\nout = {RESULT}\n"


NAMES = {"N": N, "INTS": INTS, "FLOATS": FLOATS, "WORDS": WORDS, "late": lambda value: value}


@pytest.mark.parametrize("seed", range(60))
def test_generated(seed):
    source = program(seed)
    expected = ran(compile(source, "<plain>", "exec"), None, **NAMES)
    code = compile(source, f"<comprehension {seed}>", "exec")
    framejit.enable()
    try:
        for _ in range(3):
            assert repr(ran(code, None, **NAMES)) == repr(expected), source
    finally:
        framejit.disable()


NATIVE = {
    "floats": "[x * 2.0 for x in FLOATS]", "ints": "[k * 3 for k in range(N)]", "texts": "[w for w in WORDS if w != 'w5']", "pairs": "[(k, k + 1) for k in INTS]",
    "set": "{k % 7 for k in INTS}", "set of texts": "{w for w in WORDS if len(w) > 2}", "dictionary": "{k: k + 1 for k in INTS}", "of texts": "{w: len(w) for w in WORDS}",
    "of pairs": "{(k % 3, k % 5): (k, w) for k, w in zip(INTS, WORDS)}", "nested": "[[i * j for j in range(100)] for i in range(N // 50)]",
    "within": "{i: {j: i for j in range(5)} for i in range(N // 5)}", "flat": "[x for row in [INTS, INTS] for x in row if x & 1]",
}


if sys.version_info < (3, 12):
    del NATIVE["of pairs"]      # a function's argument has the zip object, too, which stays real
    del NATIVE["within"]        # the inner one is a function there, which is found by its calls, sooner or later


@pytest.mark.parametrize("name", NATIVE)
def test_entered_natively(name):
    source = f"out = {NATIVE[name]}\n"
    expected = ran(compile(source, "<plain>", "exec"), None, **NAMES)
    framejit.enable()
    try:
        before = framejit.stats()
        assert entered(compile(source, f"<native {name}>", "exec"), None, expected, **NAMES)
        after = framejit.stats()
        turns = after["native_iterations"] - before["native_iterations"]
        assert turns > 0 and after["callouts"] - before["callouts"] < 1000 + turns // 20
    finally:
        framejit.disable()


class Said:
    def __init__(self, name, said):
        self.name, self.said = name, said

    def __del__(self):
        self.said.append(self.name)

    def __eq__(self, other):
        self.said.append(("equal", self.name))
        return self is other

    def __hash__(self):
        return 5


REPLACED = "out = {k % 4: (Said(k, said) if k > N - 20 else k) for k in INTS_AND_MORE}\nsaid.append(sorted(out))\nout = list(said)\n"
ASKED = "out = {(Said(k, said) if k > N - 9 else k % 9) for k in INTS_AND_MORE}\nsaid.append(len(out))\nout = list(said)\n"


@pytest.mark.parametrize("source", [REPLACED, ASKED], ids=["replaced values", "keys that are asked"])
def test_what_is_heard_of(source):
    """Values that a later one replaces, and keys whose methods run."""
    names = {**NAMES, "INTS_AND_MORE": range(N), "Said": Said}
    expected = ran(compile(source, "<plain>", "exec"), None, said=[], **names)
    code = compile(source, "<heard>", "exec")
    framejit.enable()
    try:
        for _ in range(12):
            assert ran(code, None, said=[], **names) == expected
    finally:
        framejit.disable()


def test_loops_of_a_long_module():
    """A module with more loops than one code object has variants: each of them is compiled."""
    source = "".join(f"out = 0\nfor k in range(7 * N):\n    out += k * {n}\n" for n in range(20))
    code = compile(source, "<long>", "exec")
    expected = sum(range(7 * N)) * 19
    framejit.enable()
    try:
        before = framejit.stats()["regions_compiled"]
        for _ in range(40):
            assert ran(code, None, **NAMES) == expected
            if framejit.stats()["regions_compiled"] - before >= 20:
                return
        raise AssertionError("loops are left")
    finally:
        framejit.disable()
