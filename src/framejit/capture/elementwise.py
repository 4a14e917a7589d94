"""Arithmetic on whole arrays: an expression is collected on the stack and computed in one nest when it is needed.

    r = a * b + c           a * b is a `Fused` value, so is the sum; storing it into r makes one array

From the first operation of an expression on (`begun`) nothing has happened until its nest has run: every exit on the way
goes back to the state before that operation, and the interpreter does the whole of it.  Whatever isn't part of an
expression (`goes_on`) has it computed first: a call-out, a store, a jump.
"""

import types

from framejit.capture import numbers, scalar_kinds, values as v
from framejit.capture.ends import Unsupported
from framejit.graph.nests import Nest, Operand, Step
from framejit.loops import ufuncs
from framejit.loops.nests import MOST_OPERANDS, MOST_RANK, MOST_STEPS, castable
from framejit.tables.classes import numpys, one_of
from framejit.tables.elementwise import BINARY, CAST, COMPARE, POWERS, UNARY

LOADS = ("LOAD_FAST", "LOAD_CONST", "PUSH_NULL", "LOAD_GLOBAL", "LOAD_NAME", "NOP")
ATTRIBUTES = ("LOAD_ATTR", "LOAD_METHOD")
OPERANDS = {"BINARY": 2, "COMPARE": 2, "UNARY": 1}
PYTHON = {"int": "int", "float": "float", "bool": "bool_"}      # as what NumPy takes Python's numbers


class Term:
    """A value of an expression: a leaf (`array` or `scalar` is set) or a step over others."""

    __slots__ = ("name", "args", "kind", "array", "scalar", "ordered")

    def __init__(self, kind, name=None, args=(), array=None, scalar=None, ordered=False):
        self.ordered = ordered      # of a view: whether its strides fall, since those of a contiguous array do
        self.kind = kind
        self.name = name
        self.args = args
        self.array = array
        self.scalar = scalar


# ---- while an expression is collected

def goes_on(machine, instruction):
    """Whether this instruction is part of the expression that is being collected."""
    stack = machine.state.stack
    if instruction.part == 0 and machine.stops_at(instruction.unit):
        return False
    if instruction.op in LOADS:
        return True
    if instruction.op in ATTRIBUTES:
        return stack[-1].__class__ is v.Const and type(stack[-1].value) is types.ModuleType
    if instruction.op in SUBSCRIPTS:
        return SUBSCRIPTS[instruction.op](machine, instruction)
    if instruction.op in OPERANDS:
        taken = stack[-OPERANDS[instruction.op]:]
        fused = any([is_whole(value) for value in taken])
        if instruction.op == "BINARY" and instruction.arg[1] and taken[0].__class__ is v.Array:
            return stores().is_in_place(machine, instruction)
        return all([takes_part(value) for value in taken]) and (fused or instruction.arg[0] != "%")
    if instruction.op == "CALL":
        return callee_of(machine, instruction) is not None
    return instruction.op == "RETURN" and returns(machine)


def slices(machine, instruction):
    return views().follows_array(machine, instruction.arg) and instruction.unit not in machine.hints.real_slices


def builds_key(machine, instruction):
    parts = machine.state.stack[-instruction.arg:]
    return any([part.__class__ is v.Slice for part in parts]) and all([part.__class__ is v.Slice or views().is_index(part) for part in parts])


SUBSCRIPTS = {
    "BUILD_SLICE": slices,
    "BUILD_TUPLE": builds_key,
    "SUBSCR": lambda machine, instruction: views().is_view(machine, instruction),
    "STORE_SUBSCR": lambda machine, instruction: stores().is_store(machine, instruction),
    "STORE_SLICE": lambda machine, instruction: stores().is_store(machine, instruction),
    "BINARY_SLICE": lambda machine, instruction: views().slice_at_hand(machine, instruction) is not None,
}


def stores():
    from framejit.capture import array_stores
    return array_stores


def views():
    from framejit.capture import views
    return views


def takes_part(value):
    return is_whole(value) or value.__class__ is v.Num or value.__class__ is v.Const and one_of(type(value.value), (int, float, bool))


def is_whole(value):
    return value.__class__ is v.Fused or value.__class__ is v.Array and value.node is not None


def callee_of(machine, instruction):
    """The ufunc that this call is of, if all it takes is arrays and numbers."""
    count, keywords = instruction.arg
    stack = machine.state.stack
    base = len(stack) - count - 2
    callee, second = (stack[base], stack[base + 1]) if machine.code.null_above else (stack[base + 1], stack[base])
    if keywords or second is not v.NULL or callee.__class__ is not v.Const or not all([takes_part(value) for value in stack[base + 2:]]):
        return None
    function = callee.value
    if function is abs:
        return ufuncs.ufunc("absolute")
    if numpys("ufunc") is None or type(function) is not numpys("ufunc") or ufuncs.ufunc(function.__name__) is not function:
        return None
    return function


# ---- operations

def binary(machine, instruction):
    """Whether `+` and the like were taken into an expression."""
    symbol, inplace = instruction.arg
    left, right = machine.state.stack[-2:]
    if stores().is_in_place(machine, instruction):
        stores().in_place(machine, instruction)
        return True
    if symbol not in BINARY or inplace and left.__class__ is v.Array:
        return False
    if symbol == "**" and right.__class__ is v.Const and is_whole(left) and one_of(type(right.value), (int, float)) and right.value in POWERS:
        return power(machine, left, right.value)
    return combined(machine, BINARY[symbol], 2, [left, right])


def power(machine, left, exponent):
    """A square, a reciprocal or a root, as NumPy takes them; those of integers are left to it but for the square."""
    floating = scalar_kinds.KINDS[left.kind].floating
    if left.kind == "bool_" or not floating and (exponent != 2 or type(exponent) is float):
        return False
    return combined(machine, POWERS[exponent], 2, [left])


def compare(machine, instruction):
    return combined(machine, COMPARE[instruction.arg], 2, machine.state.stack[-2:])


def unary(machine, instruction):
    return instruction.arg in UNARY and combined(machine, UNARY[instruction.arg], 1, machine.state.stack[-1:])


def called(machine, instruction):
    """Whether a call of a ufunc was taken into an expression."""
    count, _ = instruction.arg
    function = callee_of(machine, instruction)
    arguments = machine.state.stack[len(machine.state.stack) - count:]
    return function is not None and function.nin == count and combined(machine, function.__name__, count + 2, arguments)


def combined(machine, name, popped, values):
    """Put the function of these values in the place of `popped` stack entries; False: it isn't computed here."""
    if machine.routine is not None or not any([is_whole(value) for value in values]) or not all([takes_part(value) for value in values]):
        return False
    found = [value if is_whole(value) else numbers.number(machine, value) for value in values]
    if None in found:
        return False
    resolved = ufuncs.resolved(name, tuple([PYTHON.get(value.kind, value.kind) for value in found]))
    if resolved is None or max([value.ndim for value in found if is_whole(value)]) > MOST_RANK:
        return False
    kinds, kind = resolved
    if not all([convertible(value, kind) for value, kind in zip(found, kinds)]) or too_large(machine, found):
        return False
    begun(machine, found)
    args = [converted(machine, value, kind) for value, kind in zip(found, kinds)]
    temporaries = [value for value in values if is_temporary(machine, value)]
    made = v.Fused(kind, max([value.ndim for value in found if is_whole(value)]), Term(kind, name, args), temporaries)
    for value in found:
        made.temporaries += value.temporaries if value.__class__ is v.Fused else ()
    slots = [(value, len(machine.state.locals) + depth) for depth, value in enumerate(machine.state.stack) if value in temporaries]
    made.slots = slots + [pair for value in found if value.__class__ is v.Fused for pair in value.slots]
    machine.popn(popped)
    machine.push(made)
    return True


def begun(machine, values):
    """An expression begins here, unless it goes on.  What only the stack keeps alive belongs to one expression at most."""
    if machine.pending and not any([value.__class__ is v.Fused for value in values]):
        waiting = [value for value in machine.state.stack if value.__class__ is v.Fused]
        if any([value.temporaries for value in waiting]) or any([is_temporary(machine, value) for value in values]):
            settle(machine, machine.instruction)
    machine.pending = True


def settle(machine, instruction):
    """Compute what has been collected before this instruction, which is at hand; nothing of it has happened."""
    flush(machine)
    machine.landing = instruction.unit
    machine.begin(machine.state.copy())
    alone(machine)


def is_temporary(machine, value):
    from framejit.capture.handlers.stack import own_home
    return value.__class__ is v.Array and own_home(machine, value)


def too_large(machine, values):
    terms = [term for value in values if value.__class__ is v.Fused for term in ordered(value.term)]
    leaves = [term for term in terms if term.name is None]
    if len(terms) - len(leaves) + 4 > MOST_STEPS or len(leaves) + 2 > MOST_OPERANDS:
        settle(machine, machine.instruction)
        return True
    return False


def convertible(value, kind):
    return value.kind == kind or value.__class__ is v.Num or castable(value.kind, kind)


def converted(machine, value, kind):
    """An operand as a term of this kind."""
    if value.__class__ is v.Num:
        return Term(kind, scalar=scalar_kinds.stored(machine, value, kind))
    term = value.term if value.__class__ is v.Fused else Term(value.kind, array=value)
    return term if value.kind == kind else Term(kind, CAST, [term])


# ---- the end of an expression

def ordered(term):
    """The term's parts, operands before what is made of them, each once."""
    found, seen = [], set()
    waiting = [(term, False)]
    while waiting:
        one, ready = waiting.pop()
        if ready:
            found.append(one)
        elif id(one) not in seen:
            seen.add(id(one))
            waiting.append((one, True))
            waiting += [(arg, False) for arg in reversed(one.args)]
    return found


def nest_of(term, rank=None):
    """(nest, the nodes of its operands); `rank`: of what it is stored into."""
    operands, nodes, steps, number = [], [], [], {}
    parts = ordered(term)
    known = {}
    for term in parts:
        if term.name is None:
            node = term.scalar if term.array is None else term.array.node
            place = known.setdefault((id(node), term.kind), len(operands))
            if place == len(operands):
                operands.append(Operand("scalar", term.kind) if term.array is None else Operand("array", term.kind, term.array.ndim))
                nodes.append(node)
            number[id(term)] = place
    made = {}
    for term in parts:
        if term.name is not None:
            step = Step(term.name, tuple([number[id(arg)] for arg in term.args]), term.kind)
            number[id(term)] = made.setdefault(step, len(operands) + len(steps))
            if number[id(term)] == len(operands) + len(steps):
                steps.append(step)
    return Nest(operands, steps, rank), nodes


def expect_quiet(machine, values):
    """Leaves where the end of something that only the stack keeps would be noticed."""
    for value in values:
        quiet = machine.emit("read_call", value.node, attr=("fj_dies_quietly", "i1"), type="i1")
        machine.guard(quiet, "array")


def computed(machine, fused):
    """The node of the new array; leaves where NumPy has to do it."""
    expect_quiet(machine, fused.temporaries)
    if fused.term.name is None:
        node = machine.emit("real_view", fused.term.array.node)
    else:
        nest, nodes = nest_of(fused.term)
        node = machine.emit("nest", *nodes, attr=machine.graph.nest(nest))
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "array")
    return node


def flush(machine):
    """Compute what has been collected; its arrays are in the homes of their stack entries from now on.  `alone`
    has to follow as soon as there is a state behind this."""
    if any([has_slice(value) for value in machine.state.stack]):
        make_slices(machine)
    machine.pending, count = False, len(machine.state.locals)
    for depth, value in enumerate(machine.state.stack):
        if value.__class__ is not v.Fused:
            continue
        node = computed(machine, value)
        for _, slot in value.slots:
            if slot != count + depth:
                machine.emit("home_set", machine.const("ptr", None), attr=(slot, False), exit=machine.exit("home"))
        machine.emit("home_take", node, attr=(count + depth, False), exit=machine.exit("home"))
        if value.term.name is not None:
            machine.undisturbed.append(machine.emit("icmp_eq", machine.emit("number"), machine.int(0)))
        machine.state.replace(value, array(machine, node, value))


def has_slice(value):
    return value.__class__ is v.Slice or value.__class__ is v.Tup and any([has_slice(item) for item in value.items])


def make_slices(machine):
    """Slices that others see are objects: in the next attempt."""
    for value in machine.state.stack:
        for one in value.items if value.__class__ is v.Tup else (value,):
            if one.__class__ is v.Slice:
                machine.hints.real_slices.add(one.unit)
    machine.restart()


def alone(machine):
    """Behind nests: where another thread has run meanwhile the interpreter goes on."""
    while machine.undisturbed:
        machine.guard(machine.undisturbed.pop(), "threads")


def array(machine, node, fused):
    """The new array as a value."""
    if fused.term.name is None:
        view = fused.term.array
        return v.Array(view.kind, view.ndim, view.contiguous, view.writable, node, view.data, view.dims, [] if view.contiguous else view.strides)
    contiguous = all([term.array.contiguous or term.ordered for term in ordered(fused.term) if term.array is not None])
    data = machine.emit("field", node, attr="array_data", type="ptr")
    shape = machine.emit("field", node, attr="array_dims", type="ptr")
    dims = [machine.emit("word", shape, machine.int(axis)) for axis in range(fused.ndim)]
    strides = []
    if not contiguous:
        vector = machine.emit("field", node, attr="array_strides", type="ptr")
        strides = [machine.emit("word", vector, machine.int(axis)) for axis in range(fused.ndim)]
    return v.Array(fused.kind, fused.ndim, contiguous, True, node, data, dims, strides)


def returns(machine):
    """Whether what was collected is returned at once: it needs no home."""
    state = machine.state
    value = state.stack[-1]
    alone = len(state.stack) == 1 and value.__class__ is v.Fused and not value.temporaries
    return alone and machine.region.can_return and not machine.code.loops and all(state.clean)


def returned(machine):
    machine.pending = False
    node = computed(machine, machine.state.stack[-1])
    machine.end("return", (node,), iterations=machine.state.iterations)


def guarded(machine, op, effect):
    """What is emitted while an expression is collected may change nothing."""
    if effect in ("write", "world"):
        raise Unsupported("unsupported_opcode", machine.landing, f"{op} inside an array expression")


__all__ = ["alone", "binary", "called", "compare", "flush", "goes_on", "returned", "settle", "unary"]
