"""type(x): a constant where it is known, else what the object says; classes compared."""

import pytest

from tests.arrays.programs import plain_and_jitted
from tests.lists.outcomes import counted, outcome

CLASSES = "class V:\n    def __init__(self, y): self.y = y\nclass W(V): pass\nclass Meta(type):\n    def __eq__(cls, other): raise ValueError('heard')\n    __hash__ = type.__hash__\nclass M(V, metaclass=Meta): pass\n"
BODIES = {
    "is": "return [type(x) is int for x in xs].count(True), [type(x) is not V for x in xs]", "equal": "a = 0\n    for x in xs:\n        if type(x) == float: a += 1\n        elif type(x) != int: a += 10\n    return a",
    "chosen": "found = []\n    for x in xs:\n        kind = type(x)\n        if kind is V or kind is W: found.append(kind(3).y)\n        elif kind in (int, float): found.append(kind(2))\n    return found",
    "kept": "return [type(x) for x in xs], type(xs), type(None), type(len(xs)), type(xs[0])", "names": "return [type(x).__name__ for x in xs]", "same": "a = 0\n    for x in xs:\n        for y in xs: a += type(x) is type(y)\n    return a",
    "many": "a = 0\n    for x in xs:\n        for y in xs[:3]:\n            if type(x) == type(y): a += 1\n    return a", "wrong": "try: return type(xs, 2)\n    except TypeError as error: return str(error)", "three": "return type('X', (V,), {'z': 3})(1).z",
}
ITEMS = ("[1, 2, 3]", "[1, 2.5, True]", "[V(1), V(2)]", "[V(1), W(2), V(3)]", "[M(1), V(2)]", "[None, 'a', 2**70, 1.5]", "[[], {}, (), 1j]", "[M(2), M(3)]")


@pytest.mark.parametrize("name", BODIES)
def test_same(name):
    plain, jitted = plain_and_jitted(f"{CLASSES}def f(xs):\n    {BODIES[name]}\ndef make(text): return eval(text)\n")
    for function in (plain, jitted):
        function.__globals__["make"] = eval("lambda text: eval(text)", function.__globals__)
    for text in ITEMS * 4:
        one, other = [function.__globals__["make"](text) for function in (plain, jitted)]
        told = [outcome(function, (given,))[0] for function, given in ((plain, one), (jitted, other))]
        assert told[0] == told[1], text


def test_native():
    plain, jitted = plain_and_jitted("def f(xs):\n    a = 0\n    for x in xs:\n        if type(x) is int: a += 1\n        elif type(x) == float: a += 2\n        if type(a) is int: a += 3\n    return a\n")
    grown = counted(jitted, plain, ([1, 2.5, 3] * 10,))
    assert grown["iterations"] == 50 * 30 and grown["callouts"] == 0
