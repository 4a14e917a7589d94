"""f(*t), (*t, x), {**d}, a, *b = t: calls with the items of a tuple that native code knows, or that is as long as the one at hand; what
else has a star, imports, and the beginnings of `with` blocks are call-outs."""

from framejit.capture import values as v
from framejit.capture.handlers import handler
from framejit.capture.handlers.calls import callout, temporary
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
    return v.Tup([part(machine, node, (instruction.unit, 100 + place), value, place) for place, node in enumerate(found)])


@handler("CALL_EX")
def call_ex(machine, instruction):
    stack, given = machine.state.stack, machine.state.stack[-1]
    base = len(stack) - 3 - instruction.arg
    callee = stack[base] if machine.code.null_above else stack[base + 1]
    plain = not instruction.arg and not temporary(machine, given) and callee.__class__ in (v.Obj, v.Const)
    known = items_of(machine, given, instruction) if plain else None
    if known is not None:
        from framejit.capture.invoking import Way, invoked
        machine.state.stack[-1] = known
        places = [(base + 2, place) for place in range(len(known.items))]
        if invoked(machine, callee, places, base, instruction, Way(len(places), row=CODE["CALL_EX"])):
            return
        machine.state.stack[-1] = given
    callout(machine, instruction, "CALL_EX", int(instruction.arg), 3 + instruction.arg)


@handler("SET_UPDATE", "DICT_UPDATE", "DICT_MERGE")
def update(machine, instruction):
    callout(machine, instruction, instruction.op, instruction.arg, 1, result=False)


@handler("LIST_TO_TUPLE")
def list_to_tuple(machine, instruction):
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


__all__ = []
