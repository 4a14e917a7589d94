"""Method objects that are called: they give way to their function and what it is bound to, as in the interpreter.

    np.random.normal(0.0, s), random.uniform(a, b), step = sim.step; step(k)        ->  the function, and an instance that is read from the method object

One that a global name or a module has is known by its identity; one that a variable holds by its function, behind a guard.
"""

from types import FunctionType, MethodType

from framejit._machine import member_offset
from framejit.capture import values as v
from framejit.capture.builtin_methods import METHODS, draws
from framejit.capture.callees import SITE, learned
from framejit.capture.handlers.stack import own_home
from framejit.capture.held_methods import HeldMethod
from framejit.capture.keeping import keepable
from framejit.tables.classes import known_class, one_of, row_of

FUNCTION, BOUND = [member_offset(MethodType, name) for name in ("__func__", "__self__")]


def unpacked(machine, instruction):
    """Puts the function, and what it is bound to, in the place of a method object that is called."""
    base = len(machine.state.stack) - instruction.arg[0] - 2
    first, second = machine.state.stack[base:base + 2]
    callee, other = (first, second) if machine.code.null_above else (second, first)
    known = at_hand(machine, callee, instruction) if other is v.NULL else None
    if callee.__class__ is HeldMethod:
        machine.state.stack[base:base + 2] = callee.unpacked(machine)
        machine.begin(machine.state.copy())
    if known is None:
        return
    node = machine.object(known) if callee.__class__ is v.Const else callee.node
    if callee.__class__ is v.Obj:
        kind = machine.emit("field", node, attr="object_type", type="ptr")
        machine.guard(machine.emit("icmp_eq", kind, machine.object(MethodType)), "type", node, (instruction.unit, SITE))
        machine.guard(machine.emit("icmp_eq", part(machine, node, FUNCTION), machine.object(known.__func__)), "type", node, (instruction.unit, SITE))
    target = known.__self__
    kind = type(target) if type(known.__func__) is not FunctionType and callee.__class__ is v.Const else None
    machine.graph.constant(known.__func__)
    machine.state.stack[base:base + 2] = [v.Const(known.__func__), v.Obj(kind, part(machine, node, BOUND), "item", target)]
    machine.begin(machine.state.copy())         # the same instruction does the same with these


def at_hand(machine, callee, instruction):
    """The method object that is called, if its function can be known; or None."""
    known = callee.value if callee.__class__ is v.Const else callee.example if callee.__class__ is v.Obj and callee.type is None else None
    if type(known) is not MethodType or callee.__class__ is v.Obj and (own_home(machine, callee) or learned(machine, instruction)):
        return None
    return known if keepable(known.__func__) and is_known(known) else None


def is_known(method):
    """Whether this is a method of an instance of a class of the program's, or a random generator's that native code draws for."""
    kind = type(method.__self__)
    if type(method.__func__) is FunctionType:
        return known_class(kind)
    draws()
    return one_of(method.__func__, (row_of(METHODS, kind) or {}).values())


def part(machine, node, place):
    return machine.emit("item", machine.emit("address", node, machine.int(place)), machine.int(0))


__all__ = ["unpacked"]
