"""Global names and attributes: by identity (modules, functions), or by type in name cells."""

import types

from framejit.capture import values as v
from framejit.capture.handlers import handler
from framejit.capture.handlers.calls import callout
from framejit.capture.raw_lists import realised, unslotted
from framejit.capture.state import SINGLETONS
from framejit.tables.specialised import LIST_METHODS

ARRAY_ATTRIBUTES = {}


def array_attribute(name):
    def register(function):
        ARRAY_ATTRIBUTES[name] = function
        return function

    return register


@handler("LOAD_GLOBAL", "LOAD_NAME")
def load_global(machine, instruction):
    if instruction.op == "LOAD_NAME" and not machine.region.module:
        machine.stop("unsupported_opcode", "LOAD_NAME outside a module")
    known = machine.region.names.get(instruction.arg)
    if known is None:
        machine.leave("unbound")
        return
    if known.__class__ is v.Const:
        machine.push(known)
        return
    value = machine.state.names[machine.cells.index(known)]
    if value is v.UNBOUND:
        machine.leave("unbound")
        return
    machine.push(value)


# What may be replaced without a trace: the number that is replaced dies, and nothing else.
REPLACES = {v.Num: (v.Num, v.Either), v.Const: (v.Num, v.Const, v.Either)}


@handler("STORE_GLOBAL", "STORE_NAME")
def store_global(machine, instruction):
    if instruction.op == "STORE_NAME" and not machine.region.module:
        machine.stop("unsupported_opcode", "STORE_NAME outside a module")
    position = machine.cells.index(machine.region.names[instruction.arg])
    state = machine.state
    if state.stack[-1].__class__ is v.Raw:
        realised(machine, state.stack[-1])
    state.stack[-1] = unslotted(machine, state.stack[-1])
    value, old = state.stack[-1], state.names[position]
    if value.__class__ in REPLACES and old.__class__ in REPLACES[value.__class__]:
        machine.pop()
        state.names[position] = value
        state.clean[position] = False
        return
    state.names[position], state.clean[position] = v.UNBOUND, True      # the old object dies in the call-out
    callout(machine, instruction, "STORE_NAME" if instruction.op == "STORE_NAME" else "STORE_GLOBAL",
            machine.graph.constant(instruction.arg), 1, result=False)
    state = machine.state
    if value.__class__ in (v.Obj, v.Array) and value.owner == "item":
        machine.stop("unsupported_opcode", "global object")
    if value.__class__ is v.Num and value.may_lack_object() and value.kind not in SINGLETONS:
        boxed = v.Num(value.kind, value.node, machine.emit("name", attr=machine.cells[position]))
        state.replace(value, boxed)
        value = boxed
    state.names[position] = value
    state.clean[position] = True


@handler("LOAD_ATTR")
def load_attr(machine, instruction):
    value = machine.state.stack[-1]
    name = instruction.arg
    if value.__class__ is v.Const and type(value.value) is types.ModuleType and name in vars(value.value):
        machine.state.stack[-1] = machine.region.attribute(value.value, name)
        return
    if value.__class__ is v.Array and name in ARRAY_ATTRIBUTES:
        machine.state.stack[-1] = ARRAY_ATTRIBUTES[name](machine, value)
        return
    callout(machine, instruction, "LOAD_ATTR", machine.graph.constant(name), 1)


@handler("LOAD_METHOD")
def load_method(machine, instruction):
    """Two entries: method and self where the type has the method, else the attribute and NULL."""
    value = machine.state.stack[-1]
    name = instruction.arg
    above = machine.code.null_above
    if value.__class__ is v.Const and type(value.value) is types.ModuleType and name in vars(value.value):
        found = machine.region.attribute(value.value, name)
        machine.state.stack[-1:] = [found, v.NULL] if above else [v.NULL, found]
        return
    if value.__class__ is v.Raw:
        if name not in RAW_METHODS:
            value = realised(machine, value)
        else:
            machine.state.stack[-1:] = [v.Const(getattr(list, name)), value]
            return
    method = METHODS.get(getattr(value, "type", None), {}).get(name) if value.__class__ is v.Obj else None
    if method is not None:
        machine.state.stack[-1:] = [v.Const(method), value]
        return
    callout(machine, instruction, "LOAD_METHOD", machine.graph.constant(name), 1, results=2)


RAW_METHODS = ("append", "pop")
METHODS = {list: {name: getattr(list, name) for name in LIST_METHODS}}


@handler("STORE_ATTR")
def store_attr(machine, instruction):
    callout(machine, instruction, "STORE_ATTR", machine.graph.constant(instruction.arg), 2, result=False)


@array_attribute("shape")
def array_shape(machine, array):
    return v.Tup([v.Num("int", dim) for dim in array.dims])


@array_attribute("ndim")
def array_ndim(machine, array):
    return v.Const(array.ndim)


@array_attribute("size")
def array_size(machine, array):
    size = machine.int(1)
    for dim in array.dims:
        size = machine.emit("imul", size, dim)
    return v.Num("int", size)
