"""Operators and builtins that call methods of the program's classes: native calls, as `a.__add__(b)` would be.

    a + b, both of a class with __add__     ->   the routine of __add__
    2.0 * a                                 ->   the routine of __rmul__, for floats don't know the class
    a[k], a(x), -a, len(a), a < b, k in a   ->   __getitem__, __call__, __neg__, __len__, __lt__, __contains__

Where the routine leaves, the interpreter's own operator is started again and the method's frame is brought to where it was
(ext/callees.c): what becomes of the result is no business of ours.  A method that says NotImplemented is called out.
"""

from framejit.capture import list_subclasses, named_tuples, values as v
from framejit.capture.attributes import COMPARED, LACKED, NEW, base_with, instance, kind_of, names_of
from framejit.capture.handlers.control import ask_identity
from framejit.capture.handlers.stack import stack_slot
from framejit.capture.invoking import Way, invoked
from framejit.capture.keeping import keepable
from framejit.capture.several import Several
from framejit.tables.callouts import BINARY_NUMBER, CODE, COMPARE_NUMBER, TO_BOOL, UNARY_NUMBER
from framejit.tables.classes import COLLECTED, flags_of, inherits_from_list, inherits_from_tuple, mro_of, one_of, plain_class

BINARY = {"+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "**": "pow", "@": "matmul", "&": "and", "|": "or",
          "^": "xor", "<<": "lshift", ">>": "rshift"}
COMPARE = {"<": ("__lt__", "__gt__"), "<=": ("__le__", "__ge__"), "==": ("__eq__", "__eq__"), "!=": ("__ne__", "__ne__"), ">": ("__gt__", "__lt__"),
           ">=": ("__ge__", "__le__")}
IDENTITY = {"==": False, "!=": True}
UNARY = {"-": "__neg__", "+": "__pos__", "~": "__invert__"}
NUMBERS = ("int", "float", "bool")
COMPARED_SITE = 405     # part of a site's key: what is compared with an instance, and isn't asked whether it is the same


def class_of(value):
    """The class of the program that an object is likely to be of, or None."""
    if value.__class__ is not v.Obj:
        return None
    kind = value.type if value.type is not None else None if value.example is None else kind_of(value.example)
    return kind if kind is not None and plain_class(kind) else None


def is_number(value):
    return value.__class__ is v.Num and value.kind in NUMBERS or value.__class__ is v.Const and one_of(type(value.value), (int, float, bool))


def method_of(machine, kind, name):
    """The function that a class has under this name, relied on from now on; or None."""
    row, number = machine.region.attribute_of(kind, name)
    base = base_with(kind, name)
    if row != "method" or id(names_of(base)[name]) != number or not keepable(names_of(base)[name]):
        return None
    machine.graph.constant(kind)
    return names_of(base)[name]


def lacks(machine, kind, name):
    """Whether a class has no such attribute, which is relied on."""
    if machine.region.attribute_of(kind, name, LACKED)[0] != "nothing":
        return False
    machine.graph.constant(kind)
    return True


def called(machine, instruction, function, depths, base, way):
    """Whether the method has been called, with the stack's entries at these depths (below zero)."""
    if function is None:
        return False
    stack = machine.state.stack
    places = [len(stack) + depth for depth in depths]
    for place in places:
        if stack[place].__class__ is v.Obj and class_of(stack[place]) is not None:
            instance(machine, stack[place], instruction)
    return invoked(machine, v.Const(function), places, base, instruction, way)


def operands(machine):
    """(classes of the two entries on top, whether the other one is a number, by side)."""
    left, right = machine.state.stack[-2:]
    return class_of(left), class_of(right), is_number(left), is_number(right)


def sides(machine, names, reflected):
    """(function, depths of its arguments): the method of the left operand, or the reflected one of the right; (None, ()) for neither."""
    left, right, left_number, right_number = operands(machine)
    if left is not None and (right_number or right is left or right is not None and not any([base is left for base in mro_of(right)])):
        for name in names:
            function = method_of(machine, left, name)
            if function is not None or not lacks(machine, left, name):
                return function, (-2, -1)
    elif right is not None and left_number:
        return method_of(machine, right, reflected), (-1, -2)
    return None, ()


def binary(machine, instruction):
    """Whether the operator has been a native call."""
    symbol, inplace = instruction.arg
    name = BINARY[symbol]
    function, depths = sides(machine, (f"__i{name}__", f"__{name}__") if inplace else (f"__{name}__",), f"__r{name}__")
    way = Way(2, row=CODE["BINARY"], argument=BINARY_NUMBER[symbol, inplace])
    return called(machine, instruction, function, depths, len(machine.state.stack) - 2, way)


def compare(machine, instruction):
    if instruction.arg in IDENTITY and compares_identity(machine, instruction):
        for depth in (-2, -1):
            if class_of(machine.state.stack[depth]) is not None:
                instance(machine, machine.state.stack[depth], instruction)
        if ask_identity(machine, IDENTITY[instruction.arg]):
            return True
    name, reflected = COMPARE[instruction.arg]
    function, depths = sides(machine, (name,), reflected)
    splits = machine.splits(instruction)
    way = Way(2, row=CODE["COMPARE"], argument=COMPARE_NUMBER[instruction.arg] | TO_BOOL * splits, accepts=is_bool if splits else None)
    return called(machine, instruction, function, depths, len(machine.state.stack) - 2, way)


def compares_identity(machine, instruction):
    """Whether the two entries on top are equal if they are one object: by their classes, or one whose class isn't known is asked."""
    site = instruction.unit, COMPARED_SITE
    operands = machine.state.stack[-2:]
    asked = [value for value in operands if value.__class__ is v.Obj and value.type is None and (value.example is None or are_instances(value.example))]
    if machine.routine is None and all([value in asked and value.example is None for value in operands]) or asked and machine.hints.sites.get(site):
        return False
    if not all([value in asked or by_identity(machine, value) for value in operands]):
        return False
    for value in asked:
        machine.guard(machine.emit("read_call", value.node, attr=("fj_compares_identity", "i1"), type="i1"), "type", value.node, site)
    return True


def are_instances(example):
    """Whether a place has shown instances of several classes of the program, None among them maybe."""
    return type(example) is Several and all([item is None or plain_class(type(item)) for item in example.items])


def by_identity(machine, value):
    """Whether nothing that an object is compared with for equality is asked but whether it is the same."""
    kind = class_of(value)
    if kind is None:
        return value.__class__ is v.Const and value.value is None
    machine.graph.constant(kind)
    return machine.region.attribute_of(kind, "__eq__", COMPARED)[0] == "nothing"


def is_bool(routine):
    return routine.result[:2] == ("num", "bool")


def is_length(routine):
    """A length must not be negative: a routine that changes nothing may be called once more to say so."""
    return routine.result[:2] == ("num", "int") and not routine.changes


def single(machine, instruction, name, depths, base, way):
    """A method of the entry at the first depth."""
    kind = class_of(machine.state.stack[depths[0]])
    return kind is not None and called(machine, instruction, method_of(machine, kind, name), depths, base, way)


def unary(machine, instruction):
    way = Way(1, row=CODE["UNARY"], argument=UNARY_NUMBER[instruction.arg])
    return single(machine, instruction, UNARY[instruction.arg], (-1,), len(machine.state.stack) - 1, way)


def subscript(machine, instruction):
    return single(machine, instruction, "__getitem__", (-2, -1), len(machine.state.stack) - 2, Way(2, row=CODE["SUBSCR"]))


def store_subscript(machine, instruction):
    return single(machine, instruction, "__setitem__", (-2, -1, -3), len(machine.state.stack) - 3, Way(3, row=CODE["STORE_SUBSCR"], results=0))


def contains(machine, instruction):
    way = Way(2, row=CODE["CONTAINS"], argument=int(instruction.arg), accepts=is_bool)
    if not single(machine, instruction, "__contains__", (-1, -2), len(machine.state.stack) - 2, way):
        return False
    if instruction.arg:
        machine.push(v.Num("bool", machine.emit("ixor", machine.pop().node, machine.const("i1", True))))
    return True


def call(machine, instruction, callee, count, keywords, base):
    """Whether an instance has been called, or a builtin function that calls a method of its argument."""
    depth = base - len(machine.state.stack)
    extra = (machine.graph.constant(keywords) + 1) << 16 if keywords else 0
    if callee.__class__ is v.Obj:
        place = depth + (not machine.code.null_above)
        way = Way(count, keywords, CODE["CALL"], count | extra, levels=2)
        return single(machine, instruction, "__call__", (place, *range(depth + 2, 0)), base, way)
    if callee.__class__ is v.Const and type(callee.value) is type and plain_class(callee.value):
        return made(machine, instruction, callee.value, count, keywords, base)
    if callee.__class__ is v.Const and type(callee.value) is type and inherits_from_tuple(callee.value):
        return named_tuples.made(machine, instruction, callee.value, count, keywords, base)
    if callee.__class__ is v.Const and not count and inherits_from_list(callee.value):
        return list_subclasses.made(machine, callee.value, base)
    if callee.__class__ is not v.Const or callee.value is not len or count != 1 or keywords:
        return False
    if not single(machine, instruction, "__len__", (-1,), base, Way(1, row=CODE["CALL"], argument=1, levels=2, accepts=is_length)):
        return False
    machine.guard(machine.emit("icmp_sge", machine.state.stack[-1].node, machine.int(0)), "domain")
    return True


def made(machine, instruction, kind, count, keywords, base):
    """Whether an instance of a class has been made and initialised."""
    row, number = machine.region.attribute_of(kind, "__init__", NEW)
    function = names_of(base_with(kind, "__init__"))["__init__"]
    if row != "made" or id(function) != number or not keepable(function):
        return False
    nodes, before = len(machine.block.nodes), machine.state.copy()
    if flags_of(kind) & COLLECTED:
        machine.guard(machine.emit("read_call", machine.int(count - len(keywords or ())), attr=("fj_can_make_instance", "i1"), type="i1"), "collection")
    node = machine.emit("write_call", machine.object(kind), attr=("fj_new_instance", "ptr"), type="ptr")
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "memory")
    machine.emit("home_take", node, attr=(stack_slot(machine, base + 1), False), exit=machine.exit("home"))
    machine.state.stack[base:base + 2] = [v.Const(kind), v.Obj(kind, node)]
    extra = (machine.graph.constant(keywords) + 1) << 16 if keywords else 0
    way = Way(count, keywords, CODE["INIT"], count | extra, levels=2, accepts=is_none, fresh=True)
    if invoked(machine, v.Const(function), range(base + 1, base + 2 + count), base, instruction, way):
        return True
    del machine.block.nodes[nodes:]
    machine.state = before
    return False


def is_none(routine):
    return routine.result == NONE


NONE = v.Const(None).shape()

__all__ = ["binary", "call", "compare", "contains", "store_subscript", "subscript", "unary"]
