"""Raising and handling: `raise` is a call-out whose handler is native; what handlers do with the exception is done on the thread's own state."""

from framejit.capture import catching, unseen, values as v
from framejit.capture.handlers import handler
from framejit.capture.handlers.calls import callout
from framejit.capture.handlers.control import drop_temporary
from framejit.capture.handlers.stack import POINTERS, own_home, stack_slot


def raised(machine, instruction, kind, argument, operands):
    """A call-out that doesn't come back; the interpreter raises where no handler is captured."""
    handler = catching.handler_of(machine, instruction)
    if handler is None:
        machine.leave("raise")
        return
    machine.world("callout", instruction.unit, (catching.CODE[kind] | catching.CATCHES, argument, instruction.next, instruction.at), operands, "callout")
    machine.note_callout(instruction, kind)
    catching.go_on_in(machine, handler)


@handler("RAISE")
def raise_(machine, instruction):
    if instruction.arg != 1 or not unseen.raised(machine, instruction, machine.state.stack[-1]):
        raised(machine, instruction, "RAISE", instruction.arg, instruction.arg)


@handler("RERAISE")
def reraise(machine, instruction):
    raised(machine, instruction, "RERAISE", instruction.arg, 1)


def on_top(machine):
    """The exception on top of the stack, in the home of its place."""
    exception = machine.state.stack[-1]
    if machine.routine is not None or exception.__class__ is not v.Obj or not own_home(machine, exception):
        machine.stop("handler_entered", "PUSH_EXC_INFO")
    return exception


@handler("PUSH_EXC_INFO")
def push_exc_info(machine, instruction):
    exception = on_top(machine)
    slot = stack_slot(machine, len(machine.state.stack) - 1)
    machine.emit("write_call", machine.int(slot), attr=("fj_handling", None))
    machine.pop()
    machine.push(v.Obj(None, machine.emit("home", attr=slot)))
    machine.push(exception)


@handler("POP_EXCEPT")
def pop_except(machine, instruction):
    on_top(machine)
    slot = stack_slot(machine, len(machine.state.stack) - 1)
    machine.secure()
    done = machine.emit("write_call", machine.int(slot), attr=("fj_handled", "i1"), type="i1")
    catching.or_called_out(machine, done, lambda: callout(machine, instruction, "POP_EXCEPT", 0, 1, result=False))
    machine.pop()


def forgotten(machine, instruction):
    """Whether the store is that of None to the name of an exception, which is deleted next: where somebody may hear of its end the runtime stores."""
    slot, following = instruction.arg, machine.following()
    value, old = machine.state.stack[-1], machine.state.locals[slot]
    if value.__class__ is not v.Const or value.value is not None or old.__class__ is not v.Obj or machine.routine is not None or machine.unseen:
        return False
    if following is None or following.op != "DELETE_FAST" or following.arg != slot or machine.held is not None or machine.pending or machine.splits(instruction):
        return False

    def stored():
        callout(machine, instruction, "STORE_LOCAL", slot, 1, result=False)
        machine.state.locals[slot], machine.state.homed[slot] = value, True

    quiet = machine.emit("read_call", old.node, attr=("fj_dies_quietly", "i1"), type="i1")
    catching.or_called_out(machine, quiet, stored)
    return False


@handler("DELETE_FAST")
def delete_fast(machine, instruction):
    slot, value = instruction.arg, machine.state.locals[instruction.arg]
    deleted = value.__class__ is v.Obj and machine.routine is None and not machine.splits(instruction)
    if deleted:
        callout(machine, instruction, "DELETE_LOCAL", slot, 0, result=False)
    elif value.__class__ not in (v.Num, v.Const):
        machine.stop("unsupported_opcode", "del of an object")
    machine.state.locals[slot] = v.UNBOUND
    machine.state.homed[slot] = deleted


@handler("CHECK_EXC_MATCH")
def check_exc_match(machine, instruction):
    kinds = machine.state.stack[-1]
    exception = machine.state.stack[-2]
    if machine.routine is not None or exception.__class__ is not v.Obj:
        machine.stop("handler_entered", instruction.opname)
    matched = matches(machine, exception, kinds)
    machine.pop()
    drop_temporary(machine, kinds)
    machine.push(v.Num("bool", matched))


def matches(machine, exception, kinds):
    """i1: whether the exception is of one of these classes."""
    if kinds.__class__ is v.Tup and kinds.items:
        found = [one_match(machine, exception, kind) for kind in kinds.items]
        either = found[0]
        for one in found[1:]:
            either = machine.emit("ior", either, one)
        return either
    return one_match(machine, exception, kinds)


def one_match(machine, exception, kind):
    if kind.__class__ is not v.Const and kind.__class__ not in POINTERS:
        machine.stop("handler_entered", "CHECK_EXC_MATCH")
    node = machine.object(kind.value) if kind.__class__ is v.Const else kind.node
    answer = machine.emit("read_call", exception.node, node, attr=("fj_is_caught", "i64"), type="i64")
    machine.guard(machine.emit("icmp_sge", answer, machine.int(0)), "raise")
    return machine.emit("icmp_ne", answer, machine.int(0))


@handler("WITH_EXCEPT_START")
def with_except_start(machine, instruction):
    if machine.routine is not None:
        machine.stop("handler_entered", instruction.opname)
    callout(machine, instruction, "WITH_EXCEPT_START", 0, 0)
