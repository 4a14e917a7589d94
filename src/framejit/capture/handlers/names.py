"""Global names and attributes: by identity (modules, functions), or by type in name cells."""

import types
from itertools import chain

from framejit.capture import array_attributes, array_calls, rows, tuples, values as v, views, whole_calls
from framejit.capture.builtin_methods import method_of, method_of_number
from framejit.capture.ends import BlockEnds
from framejit.capture.entry import array_type
from framejit.capture.handlers import handler
from framejit.capture.handlers.calls import callout
from framejit.capture.handlers.stack import (
    POINTERS, let_go_of_copies, needs_home, own_home, owned_by_home, real_tuple, secure_chosen, secure_stack,
)
from framejit.capture.keeping import keepable
from framejit.capture.machine_values import VIRTUAL_TYPES, owned
from framejit.capture.raw_lists import realised, unslotted
from framejit.capture.state import SINGLETONS
from framejit.tables.classes import one_of
from framejit.tables.walks import FLATTENED


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
    if value.__class__ is v.Maybe:
        machine.guard(value.flag, "unbound")
        machine.state.replace(value, value.value)
        value = value.value
    machine.push(value)


@handler("STORE_GLOBAL", "STORE_NAME")
def store_global(machine, instruction):
    if instruction.op == "STORE_NAME" and not machine.region.module:
        machine.stop("unsupported_opcode", "STORE_NAME outside a module")
    position = machine.cells.index(machine.region.names[instruction.arg])
    state = machine.state
    if state.stack[-1].__class__ is v.Raw:
        realised(machine, state.stack[-1])
    state.stack[-1] = unslotted(machine, state.stack[-1])
    if rows.is_row(state.stack[-1]):
        rows.all_real(machine)
    quiet = state.names[position].__class__ in NUMBERS or not heard(machine, instruction)
    remembered = state.stack[-1].__class__ in NUMBERS
    if quiet and has_object(state.stack[-1]) and not (remembered and instruction.arg in machine.region.asked):
        if remembered:
            machine.region.remembered.add(instruction.arg)
        store_name(machine, position, machine.pop(), dropped(instruction))
    else:
        store_by_callout(machine, position, instruction)


def has_object(value):
    """Whether native code has the value as an object, or can make it one."""
    if value.__class__ is v.Tup:
        return all([has_object(item) for item in value.items])
    return value.__class__ in (v.Num, v.Obj, v.Const) or value.__class__ is v.Array and value.node is not None


def dropped(instruction):
    """The site that learns which objects an assignment can't drop."""
    return (instruction.unit, 200)


def heard(machine, instruction):
    """Whether objects whose end can be noticed have died here.  Behind a new array that stays untyped native code would
    lose more than by leaving."""
    return any([kind is not array_type() and type(kind) is not tuple for kind in machine.hints.sites.get(dropped(instruction), ())])


def store_name(machine, position, value, site):
    """The dictionary's value of a name is a home (ORDER HOMES): an object is there at once, a number at the next exit."""
    state = machine.state
    old = state.names[position]
    if old is value:
        return
    value = secure_stack(machine, old, value)
    secure_chosen(machine)
    if value.__class__ is v.Tup:
        value = real_tuple(machine, value)
    if value.__class__ in POINTERS:
        moved = own_home(machine, value)
        put_name(machine, position, value.node, site)
        if moved:
            let_go_of_copies(machine, value)
        value = owned_by_home(machine, value)
    elif value.__class__ is v.Num:
        value = tuples.secured(machine, value) if old.__class__ not in NUMBERS else value
        value = store_number(machine, position, value, old, site)
    elif old.__class__ not in NUMBERS:
        put_name(machine, position, machine.object(value.value), site)
    state.names[position] = value
    state.clean[position] = value.__class__ in POINTERS


# What the dictionary holds then dies without a trace.
NUMBERS = (v.Num, v.Const, v.Either)


def store_number(machine, position, value, old, site):
    """A number takes the place of whatever the name was: an object goes at once, None stands in for the number meanwhile."""
    box = None if value.box is None or value.box.op == "object" else value.box
    if old.__class__ in NUMBERS:
        if box is not None and needs_home(value):
            keep_box(machine, position, box)
        return value
    none = machine.object(None)
    if box is None:
        put_name(machine, position, none, site)
        return value
    if value.may_lack_object():
        box = machine.emit("select", machine.emit("icmp_eq", box, machine.const("ptr", None)), none, box)
    put_name(machine, position, box, site)
    fresh = owned(value)
    machine.state.replace(value, fresh)
    return fresh


def keep_box(machine, position, box):
    """The dictionary owns a number's object, if it has one: what it held was a number, too."""
    machine.emit("name_put", box, attr=(machine.cells[position], True), exit=machine.exit("home"))


def put_name(machine, position, node, site):
    """The dictionary owns this object now, as what the name is; containers that it was may die of it.  What can't be
    dropped here teaches: the next time the assignment is a call-out."""
    machine.secure()
    old = machine.emit("name", attr=machine.cells[position])
    machine.emit("name_put", node, attr=(machine.cells[position], False), exit=machine.exit("dropped", old, site))


def store_by_callout(machine, position, instruction):
    """The runtime makes the object and drops the old one."""
    state = machine.state
    value = state.stack[-1]
    state.names[position], state.clean[position] = v.UNBOUND, True
    callout(machine, instruction, "STORE_NAME" if instruction.op == "STORE_NAME" else "STORE_GLOBAL",
            machine.graph.constant(instruction.arg), 1, result=False)
    state = machine.state
    known = held(value, machine.emit("name", attr=machine.cells[position]))
    state.replace(value, known)
    state.names[position], state.clean[position] = known, True


def held(value, node):
    """A value that the dictionary holds now, as `node`."""
    if value.__class__ is v.Num:
        return v.Num(value.kind, value.node, None if value.kind in SINGLETONS else node)
    if value.__class__ is v.Obj:
        return v.Obj(value.type, node, "home", value.example)
    if value.__class__ is v.Array and value.node is not None:
        return v.Array(value.kind, value.ndim, value.contiguous, value.writable, node, value.data, value.dims, value.strides)
    return value if value.__class__ is v.Const else v.Obj(VIRTUAL_TYPES.get(value.__class__), node)


def module_attribute(machine, value, name):
    """What a known module has under that name, or a method of a type of Python's own; or None.  The region's own module may be among them."""
    if value.__class__ is v.Const and one_of(value.value, OWN_TYPES):
        found = vars(value.value).get(name)
        return v.Const(found) if type(found) is types.MethodDescriptorType else None
    if name == "from_iterable" and value.__class__ is v.Const and value.value is chain and called_next(machine):
        return v.Const(FLATTENED)
    if value.__class__ is not v.Const or type(value.value) is not types.ModuleType or name not in vars(value.value):
        return None
    whole = machine.region.outermost()
    if whole is not machine.region and vars(value.value) is whole.globals and name in whole.written:
        return None         # which may not be in the dictionary yet
    cell = machine.region.names.get(name) if vars(value.value) is machine.region.globals else None
    if cell.__class__ is not int:
        return machine.region.attribute(value.value, name) if keepable(vars(value.value)[name]) else None
    found = machine.state.names[machine.cells.index(cell)]
    return None if found.__class__ in (v.Unbound, v.Maybe) else found


def called_next(machine):
    """Whether the attribute that is read is only called."""
    stack = machine.state.stack
    return machine.instruction.op == "LOAD_METHOD" or machine.following().op == "PUSH_NULL" or not machine.code.null_above and len(stack) > 1 and stack[-2] is v.NULL


OWN_TYPES = (str, list, dict, int, float, tuple, set, bytes, bytearray)        # nobody can give them other methods


@handler("LOAD_ATTR")
def load_attr(machine, instruction):
    value = machine.state.stack[-1]
    name = instruction.arg
    found = module_attribute(machine, value, name)
    if found is not None:
        machine.state.stack[-1] = found
        return
    if name == "get":
        from framejit.capture import keyed_tables
        if keyed_tables.called(machine, instruction):
            return
    known = array_attributes.read(machine, value, name)
    if known is not None:
        machine.state.stack[-1] = known
        return
    view = views.attribute(machine, value, name)
    if view is not None:
        view(machine, value)
        return
    if not attributes().read(machine, instruction):
        leave_none(machine, value, name)
        from framejit.capture.bound_methods import like
        expected = like(value, name)
        callout(machine, instruction, "LOAD_ATTR", machine.graph.constant(name), 1)
        if expected is not None:
            machine.state.stack[-1].example = expected


def leave_none(machine, value, name):
    """What was None at hand and lacks this attribute isn't None when it is asked for it, or the program raises."""
    if value.__class__ is v.Const and value.value is None and not hasattr(None, name):
        machine.leave("type")
        raise BlockEnds


def attribute_stores():
    from framejit.capture import attribute_stores
    return attribute_stores


def attributes():
    from framejit.capture import attributes
    return attributes


def cells():
    from framejit.capture import cells
    return cells


def supers():
    from framejit.capture import supers
    return supers


@handler("LOAD_METHOD")
def load_method(machine, instruction):
    """Two entries: method and self where the type has the method, else the attribute and NULL."""
    value = machine.state.stack[-1]
    name = instruction.arg
    above = machine.code.null_above
    found = module_attribute(machine, value, name)
    if found is not None:
        machine.state.stack[-1:] = [found, v.NULL] if above else [v.NULL, found]
        return
    if value.__class__ is v.Raw:
        if name not in RAW_METHODS:
            value = realised(machine, value)
        else:
            machine.state.stack[-1:] = [v.Const(getattr(list, name)), value]
            return
    method = array_calls.method(machine, value, name) or whole_calls.ufunc_method(value, name)
    if method is not None:
        machine.state.stack[-1:] = [method, value]
        return
    attributes().ask(machine, instruction)
    method = method_of(machine, value, name, instruction) if value.__class__ in (v.Obj, v.Const) else method_of_number(value, name)
    if method is not None:
        machine.state.stack[-1:] = [v.Const(method), machine.state.stack[-1]]
        return
    if value.__class__ is supers().Super:
        if not supers().super_method(machine, instruction, value.kind, value.value, 1):
            machine.stop("unsupported_opcode", "super()")
        return
    if not attributes().method(machine, instruction):
        leave_none(machine, value, name)
        callout(machine, instruction, "LOAD_METHOD", machine.graph.constant(name), 1, results=2)


@handler("LOAD_SUPER_METHOD")
def load_super_method(machine, instruction):
    known, after, value = machine.state.stack[-3:]
    plain = known.__class__ is v.Const and known.value is super and after.__class__ is v.Const
    if not plain or not supers().super_method(machine, instruction, after.value, value, 3):
        machine.stop("unsupported_opcode", instruction.opname)


RAW_METHODS = ("append", "pop")


@handler("STORE_ATTR")
def store_attr(machine, instruction):
    if not attribute_stores().store(machine, instruction):
        callout(machine, instruction, "STORE_ATTR", machine.graph.constant(instruction.arg), 2, result=False)


@handler("DELETE_ATTR")
def delete_attr(machine, instruction):
    callout(machine, instruction, "DELETE_ATTR", machine.graph.constant(instruction.arg), 1, result=False)


@handler("LOAD_DEREF")
def load_deref(machine, instruction):
    cells().read_cell(machine, instruction)


@handler("STORE_DEREF")
def store_deref(machine, instruction):
    if not cells().store_cell(machine, instruction):
        machine.stop("unsupported_opcode", instruction.opname)
