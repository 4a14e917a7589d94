"""An interpreter of normal operations, for tests: what decoded bytecode means, stated a second time.

It knows no exceptions and no OTHER; `run(function, *arguments)` gives the function's result.
"""

import builtins
import operator
from types import FunctionType

from framejit.bytecode import decode

NULL = object()

BINARY = {"+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "**": "pow", "@": "matmul", "&": "and_",
          "|": "or_", "^": "xor", "<<": "lshift", ">>": "rshift"}
INPLACE = {symbol: getattr(operator, "i" + name.rstrip("_")) for symbol, name in BINARY.items()}
BINARY = {symbol: getattr(operator, name) for symbol, name in BINARY.items()}
COMPARE = {"<": operator.lt, "<=": operator.le, "==": operator.eq, "!=": operator.ne, ">": operator.gt, ">=": operator.ge}
UNARY = {"-": operator.neg, "+": operator.pos, "~": operator.invert, "not": operator.not_}
def _values_of_keys(frame, _):
    mapping, keys = frame.stack[-2:]
    return tuple([mapping[key] for key in keys]) if all([key in mapping for key in keys]) else None


def _matched(subject, kind, names, positions):
    if not isinstance(subject, kind):
        return None
    itself = positions and kind.__flags__ & 1 << 22
    names = ((), names) if itself else (kind.__match_args__[:positions] if positions else (), names)
    found = (subject,) if itself else ()
    for name in (*names[0], *names[1]):
        if not hasattr(subject, name):
            return None
        found += (getattr(subject, name),)
    return found


CONVERT = {None: lambda value: value, "str": str, "repr": repr, "ascii": ascii}
BRANCH = {"true": bool, "false": operator.not_, "none": lambda value: value is None, "not none": lambda value: value is not None}


class Frame:
    def __init__(self, function, arguments):
        self.bytecode = decode(function.__code__)
        self.globals = function.__globals__
        self.local = dict(enumerate(arguments))
        self.stack = []

    def take(self, count):
        taken = self.stack[len(self.stack) - count:]
        del self.stack[len(self.stack) - count:]
        return taken

    def named(self, name):
        return self.globals[name] if name in self.globals else getattr(builtins, name)

    def call(self, argument):
        count, keywords = argument
        first, second, *passed = self.take(count + 2)
        callable_, own = (first, second) if self.bytecode.null_above else (second, first)
        if not self.bytecode.null_above and own is not NULL:
            callable_, own = own, callable_
        plain = len(passed) - len(keywords)
        own = () if own is NULL else (own,)
        self.stack.append(callable_(*own, *passed[:plain], **dict(zip(keywords, passed[plain:]))))


def run(function, *arguments):
    frame = Frame(function, arguments)
    index = frame.bytecode.at[frame.bytecode.first]
    while True:
        one = frame.bytecode.instructions[index]
        if not one.part:
            assert frame.bytecode.depth[one.unit] == len(frame.stack), one
        if one.op == "RETURN":
            result = frame.stack.pop()
            assert not frame.stack
            return result
        jumps = STEPS[one.op](frame, one.arg)
        index = frame.bytecode.at[one.target] if jumps else index + 1


def _method(frame, name):
    bound = getattr(frame.stack.pop(), name)
    frame.stack += [bound, NULL] if frame.bytecode.null_above else [NULL, bound]


def _super_method(frame, name):
    known, kind, value = frame.take(3)
    frame.stack.append(known(kind, value))
    _method(frame, name)


def _for_iter(frame, argument):
    item = next(frame.stack[-1], NULL)
    if item is NULL:
        frame.stack.pop()
        return True
    frame.stack.append(item)
    return False


def _jump_or_pop(frame, condition):
    if BRANCH[condition](frame.stack[-1]):
        return True
    frame.stack.pop()
    return False


def _swap(frame, deep):
    frame.stack[-1], frame.stack[-deep] = frame.stack[-deep], frame.stack[-1]


def _from(count, function):
    """A step that takes `count` values and leaves the function's result."""
    def step(frame, argument):
        frame.stack.append(function(*frame.take(count), argument))
    return step


def _build(function):
    def step(frame, count):
        frame.stack.append(function(frame.take(count)))
    return step


def _for_effect(count, function):
    def step(frame, argument):
        function(*frame.take(count), argument)
    return step


def _add_to(name, count):
    def step(frame, deep):
        values = frame.take(count)
        getattr(frame.stack[-deep], name)(*values)
    return step


def _pairs(frame, count):
    values = frame.take(2 * count)
    frame.stack.append(dict(zip(values[::2], values[1::2])))


def _keyed(frame, count):
    *values, keys = frame.take(count + 1)
    frame.stack.append(dict(zip(keys, values)))


def _format(frame, argument):
    conversion, with_format = argument
    form = frame.stack.pop() if with_format else ""
    frame.stack.append(format(CONVERT[conversion](frame.stack.pop()), form))


def _push(value):
    def step(frame, argument):
        frame.stack.append(value(frame, argument))
    return step


def _call_ex(frame, with_keywords):
    keywords = frame.stack.pop() if with_keywords else {}
    arguments = frame.stack.pop()
    callable_, null = frame.take(2) if frame.bytecode.null_above else reversed(frame.take(2))
    assert null is NULL
    frame.stack.append(callable_(*arguments, **keywords))


def _unpack_ex(frame, argument):
    items, before, behind = list(frame.stack.pop()), argument & 255, argument >> 8
    last = len(items) - behind
    frame.stack += [*reversed(items[last:]), items[before:last], *reversed(items[:before])]


def _before_with(frame, argument):
    manager = frame.stack.pop()
    frame.stack += [manager.__exit__, manager.__enter__()]


def _import_name(frame, name):
    level, names = frame.take(2)
    frame.stack.append(__import__(name, frame.globals, None, names, level))


def _make_function(frame, flags):
    code = frame.stack.pop()
    cells = frame.stack.pop() if flags & 8 else None
    made = FunctionType(code, frame.globals, None, None, cells)
    for flag in (4, 2, 1):
        if flags & flag:
            setattr(made, ATTRIBUTES[flag], frame.stack.pop())
    frame.stack.append(made)


def _function_attribute(frame, flag):
    value, made = frame.take(2)
    if flag == 8:
        made = FunctionType(made.__code__, made.__globals__, None, made.__defaults__, value)
    else:
        setattr(made, ATTRIBUTES[flag], value)
    frame.stack.append(made)


ATTRIBUTES = {1: "__defaults__", 2: "__kwdefaults__", 4: "__annotations__"}
STEPS = {
    "MAKE_FUNCTION": _make_function,
    "FUNCTION_ATTRIBUTE": _function_attribute,
    "NOP": lambda frame, argument: None,
    "LOAD_FAST": _push(lambda frame, slot: frame.local[slot]),
    "LOAD_FAST_AND_CLEAR": _push(lambda frame, slot: frame.local.pop(slot, NULL)),
    "STORE_FAST": lambda frame, slot: frame.local.__setitem__(slot, frame.stack.pop()),
    "DELETE_FAST": lambda frame, slot: frame.local.__delitem__(slot),
    "LOAD_CONST": _push(lambda frame, value: value),
    "LOAD_GLOBAL": _push(Frame.named),
    "PUSH_NULL": _push(lambda frame, argument: NULL),
    "POP_TOP": lambda frame, argument: frame.take(1) and None,
    "COPY": _push(lambda frame, deep: frame.stack[-deep]),
    "SWAP": _swap,
    "LOAD_ATTR": _from(1, getattr),
    "LOAD_METHOD": _method,
    "LOAD_SUPER_METHOD": _super_method,
    "STORE_ATTR": _for_effect(2, lambda value, target, name: setattr(target, name, value)),
    "BINARY": _from(2, lambda left, right, how: (INPLACE if how[1] else BINARY)[how[0]](left, right)),
    "UNARY": _from(1, lambda value, symbol: UNARY[symbol](value)),
    "COMPARE": _from(2, lambda left, right, symbol: COMPARE[symbol](left, right)),
    "CONTAINS": _from(2, lambda item, container, inverted: (item in container) != inverted),
    "IS": _from(2, lambda left, right, inverted: (left is right) != inverted),
    "SUBSCR": _from(2, lambda container, key, _: container[key]),
    "STORE_SUBSCR": _for_effect(3, lambda value, container, key, _: operator.setitem(container, key, value)),
    "DELETE_SUBSCR": _for_effect(2, lambda container, key, _: operator.delitem(container, key)),
    "BINARY_SLICE": _from(3, lambda container, start, stop, _: container[start:stop]),
    "STORE_SLICE": _for_effect(4, lambda value, container, start, stop, _: operator.setitem(container, slice(start, stop), value)),
    "BUILD_TUPLE": _build(tuple),
    "BUILD_LIST": _build(list),
    "BUILD_SET": _build(set),
    "BUILD_STRING": _build("".join),
    "BUILD_SLICE": _build(lambda bounds: slice(*bounds)),
    "BUILD_MAP": _pairs,
    "BUILD_CONST_KEY_MAP": _keyed,
    "UNPACK": lambda frame, count: frame.stack.extend(reversed(list(frame.stack.pop()))),
    "GET_ITER": _from(1, lambda value, _: iter(value)),
    "FOR_ITER": _for_iter,
    "JUMP": lambda frame, argument: True,
    "BRANCH": lambda frame, condition: BRANCH[condition](frame.stack.pop()),
    "JUMP_OR_POP": _jump_or_pop,
    "TRUTH": _from(1, lambda value, _: bool(value)),
    "CALL": Frame.call,
    "CALL_EX": _call_ex,
    "LIST_APPEND": _add_to("append", 1),
    "LIST_EXTEND": _add_to("extend", 1),
    "SET_ADD": _add_to("add", 1),
    "MAP_ADD": _add_to("__setitem__", 2),
    "SET_UPDATE": _add_to("update", 1),
    "DICT_UPDATE": _add_to("update", 1),
    "DICT_MERGE": _add_to("update", 1),
    "LIST_TO_TUPLE": _from(1, lambda value, _: tuple(value)),
    "UNPACK_EX": _unpack_ex,
    "DELETE_ATTR": _for_effect(1, lambda target, name: delattr(target, name)),
    "BEFORE_WITH": _before_with,
    "IMPORT_NAME": _import_name,
    "IMPORT_FROM": _push(lambda frame, name: getattr(frame.stack[-1], name)),
    "MATCH_SEQUENCE": _push(lambda frame, _: type(frame.stack[-1]).__flags__ & 1 << 5 != 0),
    "MATCH_MAPPING": _push(lambda frame, _: type(frame.stack[-1]).__flags__ & 1 << 6 != 0),
    "GET_LEN": _push(lambda frame, _: len(frame.stack[-1])),
    "MATCH_KEYS": _push(_values_of_keys),
    "MATCH_CLASS": _from(3, _matched),
    "CONVERT": _from(1, lambda value, how: CONVERT[how](value)),
    "FORMAT": _format,
}
