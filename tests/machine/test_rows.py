"""Each call-out row against the interpreter: results, errors with their tracebacks, reference counts."""

import dis
import gc
import sys
import traceback

import pytest

from framejit import _machine as machine
from framejit.tables.callouts import BINARY_NUMBER, COMPARE_NUMBER
from test_calls import fresh
from units import NULL_ABOVE, ROW, behind, first, landing, recipe, units

L = lambda n: ("HOME_LOCAL", n)
OLD = sys.version_info < (3, 12)


def call_stack(callee, *args):
    return ([L(callee), ("NULL",)] if NULL_ABOVE else [("NULL",), L(callee)]) + [L(n) for n in args]


class Loud:
    """Says what it is asked, and fails when told to."""

    def __init__(self, value=1, fail=False):
        self.value, self.fail = value, fail

    def answer(self, *args):
        if self.fail:
            raise LookupError(args)
        return self.value

    __add__ = __radd__ = __iadd__ = __getitem__ = __neg__ = __lt__ = __matmul__ = answer

    def __bool__(self):
        return bool(self.answer())

    def __contains__(self, item):
        return bool(self.answer(item))

    def __iter__(self):
        return iter([self.answer()])

    def __eq__(self, other):
        return self.value == getattr(other, "value", other)

    __hash__ = object.__hash__

    def __format__(self, text):
        return f"<{text}{self.answer()}>"

    def __str__(self):
        return f"S{self.answer()}"

    def method(self, x):
        return self.answer(x)


class Held(Loud):
    def __enter__(self):
        return self.answer()

    def __exit__(self, *error):
        pass


class Named(Held):
    """Its methods are bound by the program."""

    def __init__(self):
        self.value, self.fail = 3, False

    __enter__ = property(lambda self: lambda: "entered")
    __exit__ = property(lambda self: lambda *error: None)


class Pair:
    """Lacks its second attribute, or fails where it is read."""

    __match_args__ = ("first", 5)

    def __init__(self, *values):
        self.first = values[0]
        if len(values) > 1:
            self.second = values[1]

    def __eq__(self, other):
        return vars(self) == vars(other)

    @property
    def third(self):
        raise LookupError(self.first)


class Row(dict):
    def get(self, key, default=None):
        return default if key == "y" else (key, default is None)


class Strange(type):
    def __instancecheck__(cls, instance):
        return instance == 7


class Seven(metaclass=Strange):
    __match_args__ = ("real",)


class Renaming(type):
    __match_args__ = property(lambda cls: ("other",))


class Renamed(metaclass=Renaming):
    __match_args__ = ("first",)
    first, second, other = 1, 2, 3

    def __eq__(self, other):
        return type(other) is Renamed


def failing(*args, **names):
    raise ValueError(args)


def keywords(*args, **names):
    return args, names


BAD = Loud(fail=True)
# name: (source, opcode, stack at it, row, argument, constants behind the four of one_callout, argument sets)
CASES = {
    "call": ("def f(g, x):\n    return g(x)\n", "CALL", call_stack(0, 1), "CALL", 1, (),
             [(len, "abc"), (failing, 1), (len, 5), (5, 5), (Loud, 3), ([].append, 2), (lambda x: x, 7)]),
    "call keywords": ("def f(g, x):\n    return g(x, y=x)\n", "CALL" if sys.version_info < (3, 13) else "CALL_KW",
                      call_stack(0, 1, 1), "CALL", 2 | 5 << 16, (("y",),), [(keywords, 1), (failing, 2), (len, 3), (dict, [("a", 1)])]),
    "call star": ("def f(g, x):\n    return g(*x)\n", "CALL_FUNCTION_EX", call_stack(0, 1), "CALL_EX", 0, (),
                  [(keywords, (1, 2)), (keywords, [1]), (failing, (1,)), (keywords, 5), (keywords, Loud()), (keywords, BAD), (5, ())]),
    "add": ("def f(a, b):\n    return a + b\n", "BINARY_OP", [L(0), L(1)], "BINARY", BINARY_NUMBER["+", False], (),
            [(1, 2), ("a", "b"), (1, "b"), (Loud(), 1), (BAD, 1)]),
    "in place add": ("def f(a, b):\n    a += b\n    return a\n", "BINARY_OP", [L(0), L(1)], "BINARY", BINARY_NUMBER["+", True], (),
                     [([1], [2]), (1, 2), ((), 1), (BAD, 2)]),
    "power": ("def f(a, b):\n    return a ** b\n", "BINARY_OP", [L(0), L(1)], "BINARY", BINARY_NUMBER["**", False], (),
              [(3, 4), (2.0, -1), (0, -1), ("a", 1)]),
    "compare": ("def f(a, b):\n    return a < b\n", "COMPARE_OP", [L(0), L(1)], "COMPARE", COMPARE_NUMBER["<"], (),
                [(1, 2), (2, 1), (1, "b"), (Loud([]), 1), (BAD, 1)]),
    "contains": ("def f(a, b):\n    return a not in b\n", "CONTAINS_OP", [L(0), L(1)], "CONTAINS", 1, (),
                 [(1, [1]), (1, ()), (1, 5), (1, BAD), ("a", "ab")]),
    "negative": ("def f(a):\n    return -a\n", "UNARY_NEGATIVE", [L(0)], "UNARY", 0, (), [(1,), (Loud(),), (BAD,), ("a",)]),
    "invert": ("def f(a):\n    return ~a\n", "UNARY_INVERT", [L(0)], "UNARY", 1, (), [(1,), ("a",)]),
    "not": ("def f(a):\n    return not a\n", "UNARY_NOT", [L(0)], "UNARY", 2, (), [(1,), (0,), ("",), (True,)]),
    "subscript": ("def f(a, b):\n    return a[b]\n", "BINARY_SUBSCR", [L(0), L(1)], "SUBSCR", 0, (),
                  [([1, 2], 1), ({}, "k"), ([1], 5), (5, 5), (Loud(), 1), (BAD, 1)]),
    "store subscript": ("def f(a, b, c):\n    a[b] = c\n    return a\n", "STORE_SUBSCR", [L(2), L(0), L(1)], "STORE_SUBSCR", 0, (),
                        [([1, 2], 1, 5), ({}, "k", 1), ([1], 5, 1), ((), 1, 2), ({}, [], 1)]),
    "delete subscript": ("def f(a, b):\n    del a[b]\n    return a\n", "DELETE_SUBSCR", [L(0), L(1)], "DELETE_SUBSCR", 0, (),
                         [([1, 2], 1), ({1: 2}, 1), ([1], 5), ((), 1)]),
    "attribute": ("def f(a):\n    return a.value\n", "LOAD_ATTR", [L(0)], "LOAD_ATTR", 4, ("value",), [(Loud(),), (5,), (Loud,)]),
    "store attribute": ("def f(a, b):\n    a.value = b\n    return a.value\n", "STORE_ATTR", [L(1), L(0)], "STORE_ATTR", 4, ("value",),
                        [(Loud(), 7), (5, 1)]),
    "iterate": ("def f(a):\n    return [*a]\n", "LIST_EXTEND", [("RETAIN", ("LIST", 0)), L(0)], "LIST_EXTEND", 1, (),
                [([1, 2],), ((),), (5,), (Loud(),), (BAD,), ("ab",)]),
    "tuple": ("def f(a, b):\n    return a, b\n", "BUILD_TUPLE", [L(0), L(1)], "BUILD_TUPLE", 2, (), [(1, 2)]),
    "list": ("def f(a, b):\n    return [a, b]\n", "BUILD_LIST", [L(0), L(1)], "BUILD_LIST", 2, (), [(1, 2)]),
    "map": ("def f(a, b):\n    return {a: b}\n", "BUILD_MAP", [L(0), L(1)], "BUILD_MAP", 1, (), [(1, 2), ([], 2)]),
    "constant keys": ("def f(a, b):\n    return {'x': a, 'y': b}\n", "BUILD_CONST_KEY_MAP", [L(0), L(1), ("CONST", 4)], "BUILD_CONST_KEY_MAP", 2,
                      (("x", "y"),), [(1, 2)]),
    "call star and keywords": ("def f(g, x, k):\n    return g(*x, **k)\n", "CALL_FUNCTION_EX", [*call_stack(0, 1), L(2)], "CALL_EX", 1, (),
                               [(keywords, (1, 2), {}), (keywords, [1], {"a": 5}), (failing, (1,), {"b": 1}), (dict, (), {"a": 1}),
                                (keywords, (), {1: 2})]),
    "update set": ("def f(a):\n    return {*a}\n", "SET_UPDATE", [("RETAIN", ("CALL", 4, 0)), L(0)], "SET_UPDATE", 1, (set,),
                   [([1, 2],), ((),), (5,), ([[]],), (Loud(),), (BAD,)]),
    "update dict": ("def f(a):\n    return {**a}\n", "DICT_UPDATE", [("RETAIN", ("CALL", 4, 0)), L(0)], "DICT_UPDATE", 1, (dict,),
                    [({"a": 1},), ({},), ({1: 2},), (5,), (Loud(),), ([("a", 1)],)]),
    "list to tuple": ("def f(a, b):\n    return (*a, b)\n", "LIST_TO_TUPLE" if sys.version_info < (3, 12) else "CALL_INTRINSIC_1", [("LIST", 2, L(0), L(1))],
                      "LIST_TO_TUPLE", 0, (), []),
    "unpack more": ("def f(a):\n    x, *y, z = a\n    return x, y, z, y.__sizeof__()\n", "UNPACK_EX", [L(0)], "UNPACK_EX", 1 | 1 << 8, (),
                    [((1, 2),), ([3, 4, 5, 6],), ((1,),), ("abc",), (5,), (tuple(range(20)),), (Loud(),), (BAD,)]),
    "delete attribute": ("def f(a):\n    a.value = 1\n    del a.value\n    return vars(a)\n", "DELETE_ATTR", [L(0)], "DELETE_ATTR", 4, ("value",), []),
    "with": ("def f(a):\n    with a as x:\n        return x\n", "BEFORE_WITH", [L(0)], "BEFORE_WITH", 0, (),
             [(Held(1),), (Held(fail=True),), (5,), (Loud(),), (Named(),)]),
    "import": ("def f():\n    import json.decoder\n    return json\n", "IMPORT_NAME", [("CONST", 4), ("CONST", 5)], "IMPORT_NAME", 6, (0, None, "json.decoder"), [()]),
    "no import": ("def f():\n    import nowhere_at_all\n", "IMPORT_NAME", [("CONST", 4), ("CONST", 5)], "IMPORT_NAME", 6, (0, None, "nowhere_at_all"), [()]),
    "import from": ("def f(a):\n    from json import a\n    return a\n", "IMPORT_FROM", [], "IMPORT_FROM", 4, ("a",), []),
    "match sequence": ("def f(a):\n    match a:\n        case [x]:\n            return x\n    return 'none'\n", "MATCH_SEQUENCE", [("RETAIN", L(0))], "MATCH_SEQUENCE", 0, (),
                       [([1],), ((2, 3),), ("a",), (5,), (range(1),), ({},)]),
    "match mapping": ("def f(a):\n    match a:\n        case {}:\n            return a\n    return 'none'\n", "MATCH_MAPPING", [("RETAIN", L(0))], "MATCH_MAPPING", 0, (),
                      [([1],), ({1: 2},), (5,), (Row(),)]),
    "match length": ("def f(a):\n    match a:\n        case [x]:\n            return x\n    return 'none'\n", "GET_LEN", [("RETAIN", L(0))], "GET_LEN", 0, (),
                     [([1],), ((2, 3),), (range(1),)]),
    "match keys": ("def f(a):\n    match a:\n        case {'x': x, 'y': y}:\n            return x, y\n    return 'none'\n", "MATCH_KEYS", [("RETAIN", L(0)), ("RETAIN", ("CONST", 4))], "MATCH_KEYS", 0,
                   (("x", "y"),), [({"x": 1, "y": 2},), ({"x": 1, "z": 2},), (Row(x=1, y=2),)]),
    "match class": ("def f(a, C):\n    match a:\n        case C(x, second=y):\n            return x, y\n    return 'none'\n", "MATCH_CLASS", [L(0), L(1), ("CONST", 4)],
                    "MATCH_CLASS", 1, (("second",),), [(Pair(1, 2), Pair), (Pair(1), Pair), (5, Pair), (5, int), (5, 5), (7, Seven), (8, Seven), (Loud(), Loud), (Pair, type), (Renamed(), Renamed)]),
    "match itself": ("def f(a, C):\n    match a:\n        case C(x):\n            return x\n    return 'none'\n", "MATCH_CLASS", [L(0), L(1), ("CONST", 4)],
                     "MATCH_CLASS", 1, ((),), [(5, int), (True, int), (5, str), ([1], list), (Row(), dict), (7, Seven), (Pair(2), Pair)]),
    "match badly": ("def f(a, C):\n    match a:\n        case C(first=x, third=y):\n            return x, y\n    return 'none'\n", "MATCH_CLASS",
                    [L(0), L(1), ("CONST", 4)], "MATCH_CLASS", 0, (("first", "third"),), [(Pair(5), Pair), (7, Seven), (1, int), (1, 2)]),
    "set": ("def f(a, b):\n    return {a, b}\n", "BUILD_SET", [L(0), L(1)], "BUILD_SET", 2, (), [(1, 2), (1, 1), (1, [])]),
    "slice": ("def f(a, b, c, d):\n    return a[b:c:d]\n", "BUILD_SLICE", [("RETAIN", L(0)), L(1), L(2), L(3)], "BUILD_SLICE", 3, (),
              [([1, 2, 3, 4], 0, 4, 2), ("abcdef", None, None, -1), (5, 1, 2, 3)]),
    "unpack": ("def f(a):\n    x, y = a\n    return x, y\n", "UNPACK_SEQUENCE", [L(0)], "UNPACK", 2, (),
               [((1, 2),), ([3, 4],), ((1,),), ("ab",), (5,), ((1, 2, 3),), (Loud(),)]),
    "get iterator": ("def f(a):\n    for x in a:\n        return x\n    return 'none'\n", "GET_ITER", [L(0)], "GET_ITER", 0, (),
                     [([1],), ((),), (5,), (BAD,)]),
    "global": ("def f():\n    return GLOBAL\n", "LOAD_GLOBAL", [], "LOAD_GLOBAL", 4, ("GLOBAL",), [()]),
    "builtin": ("def f():\n    return len\n", "LOAD_GLOBAL", [], "LOAD_GLOBAL", 4, ("len",), [()]),
    "no global": ("def f():\n    return NOWHERE\n", "LOAD_GLOBAL", [], "LOAD_GLOBAL", 4, ("NOWHERE",), [()]),
    "store global": ("def f(a):\n    global STORED\n    STORED = a\n    return STORED\n", "STORE_GLOBAL", [L(0)], "STORE_GLOBAL", 4, ("STORED",), [(1,)]),
    "format": ("def f(a, b):\n    return f'{a:{b}}'\n", "FORMAT_VALUE" if sys.version_info < (3, 13) else "FORMAT_WITH_SPEC", [L(0), L(1)],
               "FORMAT", 1, (), [(1, "03"), (Loud(), "q"), (BAD, "q"), ("a", "03d")]),
    "join": ("def f(a, b):\n    return f'{a!s}{b!s}'\n", "BUILD_STRING", [L(0), L(1)], "BUILD_STRING", 2, (), [("a", "b"), ("é", "")]),
}
if not OLD:
    CASES["slice of two"] = ("def f(a, b, c):\n    return a[b:c]\n", "BINARY_SLICE", [L(0), L(1), L(2)], "BINARY_SLICE", 0, (),
                             [([1, 2, 3], 0, 2), ("abc", None, None), (5, 1, 2), (BAD, 1, 2)])
    CASES["store slice"] = ("def f(a, b, c, d):\n    a[b:c] = d\n    return a\n", "STORE_SLICE", [L(3), L(0), L(1), L(2)], "STORE_SLICE", 0, (),
                            [([1, 2, 3], 0, 2, [9]), ((), 0, 1, [1]), ([1], 0, 1, 5)])
RUN = [name for name, case in CASES.items() if case[3] and case[6]]


def outcome(function, args):
    try:
        result = function(*args)
        return type(result).__name__, result
    except Exception as error:
        where = [(e.name, e.lineno, e.colno, e.end_colno) for e in traceback.extract_tb(error.__traceback__)]
        return type(error).__name__, str(error), where[1:], getattr(error, "name", None)


def build(natives, name, fall=True):
    source, opcode, stack, row, argument, constants, _ = CASES[name]
    f = fresh(source, GLOBAL=object)
    code = f.__code__
    at = [item.offset // 2 for item in dis.get_instructions(code) if item.opname == opcode][-1]
    before = recipe(landing(code, at), (), stack)
    takes = {"LIST_EXTEND": 1, "SET_UPDATE": 1, "DICT_UPDATE": 1, "MATCH_SEQUENCE": 0, "MATCH_MAPPING": 0, "GET_LEN": 0, "MATCH_KEYS": 0}.get(row, len(stack))
    leaves = {"STORE_SUBSCR": 0, "DELETE_SUBSCR": 0, "STORE_ATTR": 0, "LIST_EXTEND": 0, "STORE_GLOBAL": 0, "STORE_SLICE": 0, "UNPACK": 2, "SET_UPDATE": 0, "DICT_UPDATE": 0, "UNPACK_EX": 3, "BEFORE_WITH": 2,
              "BUILD_SLICE": 1}.get(row, 1)
    if row == "BUILD_SLICE":
        takes = 3
    depth = len(stack) - takes + leaves
    after = recipe(behind(code, at), (), [("KEEP",)] * depth)
    slot = machine.prepare(f)
    slot.variants = [machine.Region(code, natives.one_callout, unit=first(code), depth=0, framed=True, spill=1,
                                    consts=(ROW[row], argument, behind(code, at), at, *constants), exits=[(before, -1), (after, -1)],
                                    globals=f.__globals__)]
    return f, fresh(source, GLOBAL=object), slot


@pytest.mark.parametrize("name", RUN)
def test_row(natives, name):
    import copy
    f, plain, slot = build(natives, name)
    for args in CASES[name][6]:
        ours, theirs = copy.deepcopy(args), copy.deepcopy(args)
        got, want = outcome(f, ours), outcome(plain, theirs)
        if not isinstance(want[1], (Loud, type(iter([])))):
            assert got == want, (got, want)
        assert ours == theirs or any(isinstance(a, Loud) for a in args) or callable(args[0])
    assert slot.variants[0].callouts == len(CASES[name][6])
    assert slot.variants[0].entries == len(CASES[name][6])


@pytest.mark.parametrize("name", RUN)
def test_row_is_balanced(natives, name):
    import copy
    f, plain, slot = build(natives, name)
    marks = [copy.deepcopy(args) for args in CASES[name][6]]

    def once():
        for args in marks:
            try:
                f(*args)
            except Exception:
                pass
        for args in marks:
            if args and args[0] is not f and isinstance(args[0], list) and len(args[0]) > 50:
                args[0].clear()

    for _ in range(600):                # freed objects that are kept for the next ones have come to their number
        once()
    gc.collect()
    counted = [x for args in marks for x in args if type(x) in (list, Loud, dict)] + [f, f.__code__, f.__globals__]
    changes = []
    while len(changes) < 3 and (not changes or changes[-1] >= 200):     # a row that loses blocks does so each time; what else the process does may take some once
        before = [sys.getrefcount(x) for x in counted], sys.getallocatedblocks()
        for _ in range(3000):
            once()
        gc.collect()
        assert [sys.getrefcount(x) for x in counted] == before[0]
        changes.append(abs(sys.getallocatedblocks() - before[1]))
    assert changes[-1] < 200, changes
