"""`with` over instances of the program's classes: `__enter__` and `__exit__` are calls of routines.

    with lock: s += k       lock.__enter__()  ->  its routine; `s += k`; lock.__exit__(None, None, None)  ->  its routine

The bound `__exit__` that the stack holds meanwhile is a virtual value (`values.Bound`): the home of its place keeps the manager, an exit makes the method.
"""

from framejit.capture import catching, values as v
from framejit.capture.attributes import instance
from framejit.capture.handlers.calls import callout
from framejit.capture.handlers.stack import own_home, stack_slot
from framejit.capture.invoking import Way, invoked
from framejit.capture.operators import class_of, method_of
from framejit.tables.callouts import CODE


def entered(machine, instruction):
    """Whether the manager on top has been entered: its bound `__exit__` and what `__enter__` gives are on the stack."""
    kind = class_of(machine.state.stack[-1])
    if kind is None or machine.routine is not None or machine.pending or machine.held is not None or machine.unseen:
        return False
    enters, exits = method_of(machine, kind, "__enter__"), method_of(machine, kind, "__exit__")
    manager = None if enters is None or exits is None else instance(machine, machine.state.stack[-1], instruction)
    if manager is None or manager.type is not kind:
        return False
    block, nodes, before, depth = machine.block, len(machine.block.nodes), machine.state.copy(), len(machine.state.stack) - 1
    if not own_home(machine, manager):
        machine.emit("home_set", manager.node, attr=(stack_slot(machine, depth), False), exit=machine.exit("home"))
    bound = v.Bound(exits, manager.node, kind)
    bound.example = manager.example
    machine.state.stack[-1:] = [bound, v.NULL]
    if invoked(machine, v.Const(enters), [passed(machine, bound)], depth + 1, instruction, Way(1, row=CODE["BEFORE_WITH"])):
        return True
    if machine.block is block:
        del block.nodes[nodes:]
        machine.state = before
        return False
    machine.stop("with_block", instruction.opname)


def left(machine, instruction, base, count):
    """Whether the bound method that lies at `base` has been called, with the entries above it."""
    bound = machine.state.stack[base]
    if machine.pending or machine.held is not None or machine.unseen:
        return False
    quiet = machine.emit("read_call", bound.node, attr=("fj_dies_quietly", "i1"), type="i1")
    catching.or_called_out(machine, quiet, lambda: callout(machine, instruction, "CALL", count, count + 2))
    block, nodes, before = machine.block, len(machine.block.nodes), machine.state.copy()
    places = [passed(machine, bound), *range(base + 1, base + 2 + count)]
    if invoked(machine, v.Const(bound.function), places, base, instruction, Way(count, row=CODE["CALL"], argument=count, levels=2)):
        return True
    if machine.block is not block:
        machine.stop("with_block", instruction.opname)
    del block.nodes[nodes:]
    machine.state = before
    return False


def passed(machine, bound):
    """The manager as an argument: the home of the bound method's place keeps it."""
    return v.Obj(bound.type, machine.emit("address", bound.node, machine.int(0)), "item", bound.example)


__all__ = ["entered", "left"]
