"""f(*t), (*t, x), {**d}, a, *b = t: calls with the items of a tuple that native code knows, or that is as long as the one at hand; what
else has a star, imports, and the beginnings of `with` blocks are call-outs."""

from framejit.capture import values as v
from framejit.capture.handlers import handler
from framejit.capture.call_operands import temporary
from framejit.capture.handlers.calls import callout, silent_calls
from framejit.capture.handlers.stack import is_loose, own_home
from framejit.capture.subscripts import part
from framejit.tables.callouts import CODE

ITEMS = 24              # bytes before the items of a tuple
MOST_ITEMS = 16


def items_of(machine, value, instruction):
    """The tuple as one whose items are known, or None."""
    if value.__class__ is v.Tup:
        return value
    if value.__class__ is v.Const and type(value.value) is tuple:
        return v.Tup([v.Const(item) for item in value.value])
    example = value.example if value.__class__ is v.Obj and value.type is tuple else None
    if type(example) is not tuple or len(example) > MOST_ITEMS:
        return None
    size = machine.emit("field", value.node, attr="var_size", type="i64")
    machine.guard(machine.emit("icmp_eq", size, machine.int(len(example))), "unpack")
    items = machine.emit("address", value.node, machine.int(ITEMS))
    found = [machine.emit("item", items, machine.int(place)) for place in range(len(example))]
    owner = "home" if any([entry is value for entry in machine.state.locals]) else "item"     # a variable keeps the tuple, and that its items
    return v.Tup([part(machine, node, (instruction.unit, 100 + place), value, place, owner) for place, node in enumerate(found)])


@handler("CALL_EX")
def call_ex(machine, instruction):
    stack, given = machine.state.stack, machine.state.stack[-1]
    base = len(stack) - 3 - instruction.arg
    callee = stack[base] if machine.code.null_above else stack[base + 1]
    if not instruction.arg and callee.__class__ in (v.Obj, v.Const) and called_with_items(machine, instruction, callee, base):
        return
    if machine.state.stack[-1] is not given and given.__class__ is v.Tup and called_with_items(machine, instruction, callee, base):
        return      # the tuple had to become an object first
    callout(machine, instruction, "CALL_EX", int(instruction.arg), 3 + instruction.arg)


def called_with_items(machine, instruction, callee, base):
    """Whether the function has been called natively with the items of the tuple on top."""
    from framejit.capture.invoking import Way, invoked
    given = machine.state.stack[-1]
    known = None if temporary(machine, given) else items_of(machine, given, instruction)
    if known is None:
        return False
    machine.state.stack[-1] = known
    places = [(base + 2, place) for place in range(len(known.items))]
    if invoked(machine, callee, places, base, instruction, Way(len(places), row=CODE["CALL_EX"])):
        return True
    if machine.state.stack[-1] is known:
        machine.state.stack[-1] = given
    return False


# ---- f(1, *t): the list that the arguments are collected in is never made

LOADS = {"LOAD_FAST", "LOAD_CONST", "LOAD_GLOBAL", "LOAD_NAME", "NOP"}


def begun(machine, instruction):
    """Whether the list on which what follows collects the arguments of a call has begun as a tuple that is known; until the call native
    code leaves at this instruction."""
    stack, count = machine.state.stack, instruction.arg
    items = stack[len(stack) - count:]
    if machine.held is not None or machine.pending or instruction.unit in machine.hints.real_generators or not collected_next(machine):
        return False
    if any([item.__class__ not in (v.Num, v.Obj, v.Const) or own_home(machine, item) or is_loose(machine, item) for item in items]):
        return False
    machine.held = instruction.unit
    machine.popn(count)
    machine.push(v.Tup(items))
    return True


def collected_next(machine):
    """Whether what follows only loads what is collected, and calls with it."""
    instructions, index = machine.code.instructions, machine.index + 1
    while instructions[index].unit not in machine.code.stops and passes(instructions[index]):
        index += 1
    last = instructions[index:index + 2]
    return [(one.op, one.arg) for one in last] == [("LIST_TO_TUPLE", None), ("CALL_EX", False)] and not any([one.unit in machine.code.stops for one in last])


def passes(instruction):
    """Whether it loads something, or collects it."""
    return instruction.op in LOADS or COLLECTING.get(instruction.op, -1) == instruction.arg


COLLECTING = {"LIST_APPEND": 1, "LIST_EXTEND": 1}       # their arguments: the list lies below


def collected(machine, items):
    """The list that is being collected ends with these, which lay on top of it."""
    machine.pop()
    known = machine.pop()
    machine.push(v.Tup((*known.items, *items)))


def extended(machine, instruction):
    """Whether the stack's top has been added, item by item, to what is collected."""
    if not collects(machine, -2):
        return False
    known = items_of(machine, machine.state.stack[-1], instruction)
    if known is None:
        machine.give_up_holding()
    collected(machine, known.items)
    return True


def collects(machine, depth):
    """Whether the stack's entry at this depth is a list in the making."""
    return machine.held is not None and len(machine.state.stack) >= -depth and machine.state.stack[depth].__class__ is v.Tup


@handler("SET_UPDATE", "DICT_UPDATE", "DICT_MERGE")
def update(machine, instruction):
    if instruction.op in silent_calls().COLLECTED and silent_calls().collected(machine, instruction):
        return
    callout(machine, instruction, instruction.op, instruction.arg, 1, result=False)


@handler("LIST_TO_TUPLE")
def list_to_tuple(machine, instruction):
    if collects(machine, -1):
        machine.held = None
        return
    if silent_calls().tuple_of_list(machine, instruction):
        return
    callout(machine, instruction, "LIST_TO_TUPLE", 0, 1)
    machine.push(v.Obj(tuple, machine.pop().node, "home"))


@handler("UNPACK_EX")
def unpack_ex(machine, instruction):
    before, behind = instruction.arg & 255, instruction.arg >> 8
    callout(machine, instruction, "UNPACK_EX", instruction.arg, 1, results=before + 1 + behind)
    for value in machine.state.stack[-1 - before - behind:-1]:
        value.example = None        # what the first target holds
    machine.state.stack[-1 - before] = v.Obj(list, machine.state.stack[-1 - before].node, "home")


@handler("BEFORE_WITH")
def before_with(machine, instruction):
    from framejit.capture import managers
    if not managers.entered(machine, instruction):
        callout(machine, instruction, "BEFORE_WITH", 0, 1, results=2)


@handler("IMPORT_NAME", "IMPORT_FROM")
def import_(machine, instruction):
    callout(machine, instruction, instruction.op, machine.graph.constant(instruction.arg), *(2, True, 1) if instruction.op == "IMPORT_NAME" else (0, True, 1))


__all__ = ["begun", "collected", "collects", "extended"]
