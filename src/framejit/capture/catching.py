"""Exceptions that are caught where native code goes on: which instructions, and how the handler is entered.

    try: s += d[k]                      d[k] on its fast path, whose guard leads to a call-out of the same instruction; what that raises
    except KeyError: s -= 1             is on the handler's stack behind it, and the handler is native

A call-out, or a guard behind which there is an error to raise, is made this way where exits have shown that it raises; else it leaves, and teaches.
"""

from framejit.capture import switched_off, unseen, values as v
from framejit.capture.ends import BlockEnds
from framejit.tables.callouts import BINARY_NUMBER, CATCHES, CODE, COMPARE_NUMBER, UNARY_NUMBER

RAISES = 990            # part of a site's key
DEEPEST = 100           # of a handler's stack
RAISING = ("index", "zero division", "domain", "unpack")        # kinds of guards behind which there is an error to raise


def handler_of(machine, instruction):
    """The row of the exception table whose handler can be gone on in by native code with a real exception; or None."""
    return None if machine.routine is not None or machine.unseen else row_of(machine, instruction)


def row_of(machine, instruction):
    """The row of the exception table whose handler is captured, too; or None."""
    if machine.held is not None:
        return None
    found, extent = machine.code.handler_of(instruction.at), machine.region.extent
    if found is None or found.depth > DEEPEST or extent is not None and found.target not in extent or found.target in machine.doomed_units():
        return None
    return found


def raises(machine, instruction):
    """Whether exits have shown that the instruction raises."""
    return instruction.op in ("RAISE", "RERAISE") or bool(machine.hints.sites.get(site_of(instruction)))


def site_of(instruction):
    return instruction.unit, RAISES


def catcher(machine, instruction):
    """The handler that native code goes on at when the call-out of this instruction raises, or None."""
    handler = handler_of(machine, instruction)
    return handler if handler is not None and raises(machine, instruction) else None


def lesson(machine, instruction):
    """(observed, site) of an exit that teaches that the instruction raises; nothing where that would not help."""
    if handler_of(machine, instruction) is None or raises(machine, instruction):
        return {}
    return {"observed": machine.object(None), "site": site_of(instruction)}


def world(machine, instruction, attributes, operands=0):
    """The call-out; the way on which it has raised ends in the handler."""
    if machine.routine is None and machine.region.code is not None:
        switched_off.leave(machine)
    handler = catcher(machine, instruction)
    if handler is None:
        machine.world("callout", instruction.unit, attributes, operands, "callout", **lesson(machine, instruction))
        return
    machine.world("callout", instruction.unit, (attributes[0] | CATCHES, *attributes[1:]), operands, "callout")
    raised = machine.emit("icmp_ne", machine.emit("caught"), machine.int(0))
    state, handling, going = machine.state, machine.graph.block(), machine.graph.block()
    machine.end("branch", (raised,), [(handling, []), (going, [])])
    machine.block, machine.state = handling, state.copy()
    go_on_in(machine, handler)
    machine.block, machine.state = going, state


def go_on_in(machine, handler):
    """The block ends in the handler: its stack is as the runtime has left it."""
    state, first = machine.state, len(machine.state.locals)
    del state.stack[handler.depth:]
    for _ in range(handler.lasti + 1):
        machine.push(v.Obj(None, machine.emit("home", attr=first + len(state.stack))))
    machine.settle()
    machine.jump(handler.target)


# ---- guards

def guarded(machine, condition, kind, error=None):
    """Whether the guard has become a branch to the handler of an exception that nobody sees, or to a call-out, which raises; its exit teaches otherwise.
    `error`: the class of the exception, if it is certain that one is raised where the condition doesn't hold."""
    instruction = machine.instruction
    if kind not in RAISING or machine.pending or machine.unseen or instruction.part or machine.landing != instruction.unit:
        return False
    handler = row_of(machine, instruction)
    if handler is None:
        return False
    cold, going, state = machine.graph.block(), machine.graph.block(), machine.state
    machine.block, machine.state, here = cold, machine.snapshot.copy(), machine.block
    if error is None or not unseen.caught(machine, error, handler):
        called_out(machine, instruction, kind)
    machine.block, machine.state = here, state
    machine.end("branch", (condition,), [(going, []), (cold, [])])
    machine.block = going
    return True


def called_out(machine, instruction, kind):
    """The block makes the instruction a call-out, if exits have shown that it raises; else it leaves, and teaches."""
    row = ROWS.get(instruction.op)
    if row is None or handler_of(machine, instruction) is None or machine.splits(instruction):
        machine.leave(kind)
    elif not raises(machine, instruction):
        machine.leave(kind, **lesson(machine, instruction))
    else:
        kind, argument, operands, results = row(machine, instruction)
        behind(machine, lambda: calls().callout(machine, instruction, kind, argument, operands, results=results))


def or_called_out(machine, condition, call):
    """Goes on where the condition holds; elsewhere with the state before the instruction, which `call` makes a call-out, and behind that."""
    cold, going, state = machine.graph.block(), machine.graph.block(), machine.state
    machine.end("branch", (condition,), [(going, []), (cold, [])])
    machine.block, machine.state = cold, machine.snapshot.copy()
    behind(machine, call)
    machine.block, machine.state = going, state


def behind(machine, call):
    """The block goes on behind the instruction that `call` makes a call-out; what that costs is weighed when it has run, and it is not on record."""
    weight, callouts, places = dict(machine.weight), len(machine.callouts), set(machine.places)
    try:
        call()
        machine.jump(machine.instruction.next)
    except BlockEnds:
        pass
    del machine.callouts[callouts:]
    machine.weight, machine.places = weight, places


def calls():
    from framejit.capture.handlers import calls
    return calls


def call_row(machine, instruction):
    count, keywords = instruction.arg
    return "CALL", count | ((machine.graph.constant(keywords) + 1) << 16 if keywords else 0), count + 2, 1


ROWS = {
    "SUBSCR": lambda machine, one: ("SUBSCR", 0, 2, 1),
    "STORE_SUBSCR": lambda machine, one: ("STORE_SUBSCR", 0, 3, 0),
    "DELETE_SUBSCR": lambda machine, one: ("DELETE_SUBSCR", 0, 2, 0),
    "CALL": call_row,
    "BINARY": lambda machine, one: ("BINARY", BINARY_NUMBER[one.arg], 2, 1),
    "UNARY": lambda machine, one: ("UNARY", UNARY_NUMBER[one.arg], 1, 1),
    "COMPARE": lambda machine, one: ("COMPARE", COMPARE_NUMBER[one.arg], 2, 1),
    "UNPACK": lambda machine, one: ("UNPACK", one.arg, 1, one.arg),
}

__all__ = ["catcher", "go_on_in", "guarded", "handler_of", "lesson", "world"]
