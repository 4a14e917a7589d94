"""Functions of the operator module: what the operators' own instructions compile to, one row each (capture/function_table.py).

    operator.add(a, b)   ->   a + b, of numbers; everything else is a call-out
"""

import _operator

from framejit.capture import numbers, values as v
from framejit.capture.function_table import FUNCTIONS, function, rules_of
from framejit.capture.membership import contained
from framejit.own import is_original

BINARY = {"add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%", "pow": "**", "and_": "&", "or_": "|", "xor": "^",
          "lshift": "<<", "rshift": ">>"}
IN_PLACE = {"i" + name.rstrip("_"): symbol for name, symbol in BINARY.items()}
COMPARE = {"lt": "<", "le": "<=", "eq": "==", "ne": "!=", "gt": ">", "ge": ">="}
UNARY = {"neg": "negative", "pos": "positive", "invert": "inverted", "inv": "inverted"}
SAME = {"abs": abs, "truth": bool}              # builtins that do the same


def named(*names):
    """A decorator: the row of the functions of these names, where nobody has put something else in their place."""
    return function(*[getattr(_operator, name) for name in names if is_original(_operator, name)])


def operands(machine, arguments, instruction, count):
    """The call's arguments, which lie on top of the stack, as numbers; or None."""
    from framejit.capture.handlers.arithmetic import operand
    if len(arguments) != count or instruction is None:
        return None
    found = [operand(machine, depth - count, instruction) for depth in range(count)]
    return None if None in found else found


def binary(symbol):
    def row(machine, arguments, instruction):
        found = operands(machine, arguments, instruction, 2)
        if found is None:
            return None
        if symbol == "%":
            numbers.leaves_operand(machine, *found, instruction)
        return rules_of(machine, found).binary(machine, symbol, *found)

    return row


def comparison(symbol):
    def row(machine, arguments, instruction):
        found = operands(machine, arguments, instruction, 2)
        if found is None:
            return None
        made = rules_of(machine, found).compare(machine, symbol, *found)
        return v.Num("bool", made) if made is not None and made.__class__ is not v.Num else made

    return row


def unary(name):
    def row(machine, arguments, instruction):
        found = operands(machine, arguments, instruction, 1)
        return None if found is None else getattr(rules_of(machine, found), name)(machine, *found)

    return row


def same_as(builtin):
    return lambda machine, arguments, instruction: FUNCTIONS.of(builtin)(machine, arguments, instruction)


for rows, make in ((BINARY, binary), (IN_PLACE, binary), (COMPARE, comparison), (UNARY, unary), (SAME, same_as)):
    for name, what in rows.items():
        named(name)(make(what))


@named("not_")
def negation(machine, arguments, instruction):
    found = FUNCTIONS.of(bool)(machine, arguments, instruction)
    return None if found is None else v.Num("bool", machine.emit("ixor", found.node, machine.const("i1", True)))


@named("index")
def index(machine, arguments, instruction):
    """An int is its own index."""
    found = operands(machine, arguments, instruction, 1)
    return None if found is None or found[0].kind != "int" else found[0]


@named("contains")
def contains(machine, arguments, instruction):
    found = contained(machine, arguments[1], arguments[0]) if len(arguments) == 2 else None
    return None if found is None else v.Num("bool", found)


@named("getitem")
def getitem(machine, arguments, instruction):
    """An item of a list, a tuple or an array that somebody else keeps."""
    from framejit.capture.handlers import subscripting
    from framejit.capture.handlers.stack import own_home
    if len(arguments) != 2 or instruction is None or own_home(machine, machine.state.stack[-2]):
        return None
    subscripting.narrowed(machine, machine.state.stack[-2], instruction, 60)
    subscripting.index_operand(machine, instruction)
    container, key = machine.state.stack[-2:]
    row = subscripting.SUBSCRIPTS.get(subscripting.kind_of(container))
    item = None if row is None else row(machine, container, key, instruction)
    return None if item.__class__ is v.Array else item


def identity(differs):
    def row(machine, arguments, instruction):
        from framejit.capture.handlers.calls import temporary
        from framejit.capture.handlers.control import identical
        if len(arguments) != 2 or any([temporary(machine, argument) for argument in arguments]):
            return None
        same = identical(machine, *arguments)
        return None if same is None else v.Num("bool", machine.emit("ixor", same, machine.const("i1", differs)))

    return row


named("is_")(identity(False))
named("is_not")(identity(True))
