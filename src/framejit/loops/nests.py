"""Checks nests (graph/nests.py) independently of what made them, and computes them with NumPy itself."""

import ctypes

from framejit.graph.memory import write
from framejit.graph.steps import CONTEXT
from framejit.loops import ufuncs
from framejit.tables.classes import numpy_holds
from framejit.tables.elementwise import CAST
from framejit.tables.types import KINDS

MOST_RANK = 8           # ext/nests.h: FJ_MOST_AXES, FJ_MOST_OPERANDS, FJ_MOST_STEPS
MOST_OPERANDS = 32
MOST_STEPS = 64


class Malformed(Exception):
    """The nest breaks a rule; the message names the value."""


def verify(nest):
    """Raise Malformed unless every step's operands come before it and have the kinds that its loop takes."""
    def need(condition, text):
        if not condition:
            raise Malformed(text)

    need(nest.steps and 0 < nest.rank <= MOST_RANK and len(nest.operands) <= MOST_OPERANDS and len(nest.steps) <= MOST_STEPS, "no steps, no array, or too many operands")
    for number, operand in enumerate(nest.operands):
        need(operand.form in ("array", "scalar") and KINDS[operand.kind].number >= 0, f"%{number} is no operand")
        need((operand.form == "array") == (operand.rank > 0), f"%{number} has a wrong rank")
    for number, step in enumerate(nest.steps, len(nest.operands)):
        need(all(0 <= one < number for one in step.args), f"%{number} comes before its operands")
        kinds = [nest.kind_of(one) for one in step.args]
        if step.name == CAST:
            need(len(kinds) == 1 and castable(kinds[0], step.kind), f"%{number}: no cast from {kinds} to {step.kind}")
        else:
            need(ufuncs.loop(step.name, [*kinds, step.kind]) is not None, f"%{number}: no loop for {kinds} that gives {step.kind}")
    used = {one for step in nest.steps for one in step.args}
    need(used == set(range(len(nest.operands) + len(nest.steps) - 1)), "a value that nobody reads")
    return nest


def castable(source, target):
    """Whether a conversion between elements is one instruction that NumPy's gives the same bits as."""
    if source == target:
        return True
    source, target = KINDS[source], KINDS[target]
    if source.machine == "i1":
        return True
    if source.floating:
        return target.machine == "f64"
    return target.floating or width(target) > width(source) or width(target) == width(source) and target.signed == source.signed


def width(kind):
    return int(kind.memory[1:])



def run(nest, values):
    """The result as NumPy computes it, operation by operation; `values`: arrays and NumPy scalars of the operands' kinds."""
    values = list(values)
    for step in nest.steps:
        args = [values[number] for number in step.args]
        values.append(args[0].astype(ufuncs.dtype_of(step.kind)) if step.name == CAST else ufuncs.ufunc(step.name)(*args))
    return values[-1]


def real(active, head):
    """The address of an array's object; a view that has none gets one, which stays."""
    return head if ctypes.c_size_t.from_address(head + 8).value else active.call("fj_real_view", "ptr", ("ptr",), (head,))


def into(active, node):
    """The operation `nest_into`: 1, or 0 where NumPy warns or raises."""
    target, *arguments = active.operands(node)
    result = computed(active, active.graph.nests[node.attr], arguments)
    if result is None:
        return 0
    try:
        ctypes.cast(real(active, target), ctypes.py_object).value[...] = result
    except ValueError:      # shapes
        return 0
    return 1


def interpreted(active, node):
    """The operation `nest` in the graph's interpreter: the address of a new array; 0 where NumPy warns or raises."""
    result = computed(active, active.graph.nests[node.attr], active.operands(node))
    if result is None:
        return 0
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(result))
    return id(result)


def reduce(active, node):
    """The operation `nest_reduce`: the scalar's value."""
    number, name = node.attr
    result = computed(active, active.graph.nests[number], active.operands(node))
    if result is None or result.size == 0:
        write("i64", active.context + CONTEXT["number"], 2)
        return 0
    return getattr(result, name)().item()


def computed(active, nest, arguments):
    """What NumPy makes of raw operands, or None."""
    write("i64", active.context + CONTEXT["number"], 0)
    values = []
    for operand, value in zip(nest.operands, arguments):
        values.append(ctypes.cast(real(active, value), ctypes.py_object).value if operand.form == "array" else ufuncs.dtype_of(operand.kind).type(value))
    try:
        with numpy_holds("errstate")(all="raise", under="ignore"):
            return run(nest, values)
    except (FloatingPointError, ValueError):    # what doesn't broadcast; integers to negative powers
        return None


__all__ = ["MOST_OPERANDS", "MOST_RANK", "MOST_STEPS", "Malformed", "castable", "interpreted", "into", "reduce", "run", "verify"]
