"""f(*t): calls with the items of a tuple that native code knows, or that is as long as the one at hand."""

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
    if instruction.arg or given.__class__ in (v.Obj, v.Array, v.Raw) and temporary(machine, given):
        machine.stop("unsupported_opcode", instruction.opname)
    base = len(stack) - 3
    callee = stack[base] if machine.code.null_above else stack[base + 1]
    known = items_of(machine, given, instruction) if callee.__class__ in (v.Obj, v.Const) else None
    if known is not None:
        from framejit.capture.invoking import Way, invoked
        machine.state.stack[-1] = known
        places = [(base + 2, place) for place in range(len(known.items))]
        if invoked(machine, callee, places, base, instruction, Way(len(places), row=CODE["CALL_EX"])):
            return
        machine.state.stack[-1] = given
    callout(machine, instruction, "CALL_EX", 0, 3)


__all__ = []
