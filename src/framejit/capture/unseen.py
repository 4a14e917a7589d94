"""Exceptions that nobody sees: raised where the error is known, caught by a handler that doesn't look at them.

    try: s += d[k]              a missing key  ->  the handler's own code, up to where the exception is gone; none is made
    except KeyError: s -= 1

Until then what leaves goes back to the instruction that raises, and the interpreter raises. So on the way there is neither a world point nor a branch,
and nothing that may leave behind a change. Where that can't be, the exception is a real one (capture/catching.py).
"""

from framejit.capture import values as v
from framejit.capture.ends import ABANDONED, BlockEnds, NotNative
from framejit.capture.markers import Value
from framejit.tables.classes import flags_of, one_of

HEAP = 1 << 9           # of a class's flags: it may be changed
PLAIN = BaseException.__basicsize__
CHANGING = ("write", "world", "call")
RAISED, NOT_RAISED = 7, 8       # ext/machine.h: FJ_OF_RAISED, FJ_OF_NOT_RAISED
WAYS = 8                # branches in one handler


class Raised(Value):
    """An exception of a known class that doesn't exist, or (None) what its handler's stack has below it."""

    __slots__ = ("kind",)

    def __init__(self, kind=None):
        self.kind = kind
        self.example = None

    def shape(self):
        return ("raised",)


class Seen(Exception):
    """Somebody may see the exception."""


def known(machine, kind):
    """Whether a call of this class makes an instance of it, whatever its arguments are, and nobody hears of it; relied on from now on."""
    if type(kind) is not type or not any([base is BaseException for base in type.mro(kind)]):
        return False
    if not flags_of(kind) & HEAP:
        return kind.__basicsize__ == PLAIN
    return relied_on(machine, kind, BaseException, RAISED)


def relied_on(machine, kind, base, use):
    """Whether a class of the program has `__init__` and `__new__` of Python's own, and is a subclass of another one, or is no subclass (`use`); relied on
    from now on."""
    if machine.region.attribute_of(kind, "__init__", use, base)[0] not in ("raised", "nothing"):
        return False
    machine.graph.constant(kind)
    return True


def is_of(machine, kind, other):
    """Whether exceptions of the class are of the other one."""
    if type(other) is not type or not any([base is BaseException for base in type.mro(other)]):
        raise Seen
    found = any([base is other for base in type.mro(kind)])
    if flags_of(kind) & HEAP and not relied_on(machine, kind, other, RAISED if found else NOT_RAISED):
        raise Seen
    return found


def caught(machine, kind, handler):
    """Whether the block goes on in the handler, and behind it; else it is as it was."""
    block, nodes, state, waiting, teaches = machine.block, len(machine.block.nodes), machine.state, len(machine.undisturbed), machine.teaches
    before = machine.instruction, machine.index, machine.landing, machine.snapshot, machine.exits, machine.frame
    if machine.unseen or not machine.catches:
        return False
    machine.state, machine.unseen, machine.changed, machine.ways = state.copy(), True, None, WAYS
    machine.snapshot = machine.snapshot.copy()      # which some handlers change
    try:
        enter(machine, kind, handler)
        walk(machine, handler.target)
    except (Seen, NotNative):
        del block.nodes[nodes:], machine.undisturbed[waiting:]
        machine.block, machine.state, machine.teaches, block.end = block, state, teaches, None
        return False
    finally:
        machine.unseen = False
        machine.instruction, machine.index, machine.landing, machine.snapshot, machine.exits, machine.frame = before
    return True


def enter(machine, kind, handler):
    """The stack of the handler."""
    from framejit.capture.handlers.stack import own_home
    stack = machine.state.stack
    if any([own_home(machine, value) and not quiet(value) for value in stack[handler.depth:]]):
        raise Seen
    del stack[handler.depth:]
    stack += [Raised()] * handler.lasti + [Raised(kind)]


def quiet(value):
    return value.__class__ is v.Obj and value.type is str


def walk(machine, unit):
    """Instruction by instruction, to the end of the block."""
    from framejit.capture.handlers import HANDLERS
    instructions, at = machine.code.instructions, machine.code.at
    index = at[unit]
    try:
        while machine.block.end is None:
            one = instructions[index]
            if one.part == 0 and not any([value.__class__ is Raised for value in machine.state.values()]):
                over(machine, one)
                return
            machine.instruction, machine.index = one, index
            follow = ROWS.get(one.op, HANDLERS[one.op])(machine, one)
            if machine.pending or machine.undisturbed:
                raise Seen
            index = index + 1 if follow is None else at[follow]
    except BlockEnds:
        pass


def over(machine, one):
    """The exception is gone: the block goes on with this instruction as any other."""
    before = machine.landing, machine.snapshot, machine.exits, machine.frame
    machine.unseen = False
    machine.instruction, machine.landing = one, one.unit
    machine.begin(machine.state.copy())
    machine.jump(one.unit)
    machine.unseen = True
    machine.landing, machine.snapshot, machine.exits, machine.frame = before


def jumped(machine, unit, state):
    """The block ends with a jump: it goes on there all the same."""
    if unit <= machine.instruction.unit:
        raise Seen
    machine.state = state
    walk(machine, unit)


def branched(machine, condition, true, false):
    """The block ends with a branch: each way goes on to where the exception is gone."""
    machine.ways -= 1
    if machine.ways < 0 or min(true[0], false[0]) <= machine.instruction.unit:
        raise Seen
    changed, blocks = machine.changed, (machine.graph.block(), machine.graph.block())
    machine.end("branch", (condition,), [(block, []) for block in blocks])
    here, instruction, index = machine.block, machine.instruction, machine.index
    for block, (unit, state) in zip(blocks, (true, false)):
        machine.block, machine.state, machine.changed = block, state, changed
        walk(machine, unit)
        machine.instruction, machine.index = instruction, index
    machine.block = here


def emitted(machine, node, effect):
    """Asked of each operation meanwhile: what leaves must not have changed anything before; what says whether a change was made is no change.
    A function that is called natively has changed nothing: where it leaves otherwise, its frame is made by the call, and the caller's isn't there."""
    call = node.exit and node.exit.call
    if effect == "world" or call and call != ABANDONED or node.exit is not None and machine.changed is not None and not says(node, machine.changed):
        raise Seen
    if effect in CHANGING and not call and machine.changed is None:
        machine.changed = node


def says(node, change):
    """Whether a guard asks for nothing but what a change has answered."""
    asked = node.args[0] if node.op == "guard" else None
    return asked is change or asked is not None and asked.op.startswith("icmp_") and any([part is change for part in asked.args])


# ---- what instructions do with such an exception

def push(machine, one):
    machine.state.stack[-1:] = [Raised(), machine.state.stack[-1]]


def match(machine, one):
    """The branch behind it is taken at once."""
    kinds, exception, branch = machine.pop(), machine.state.stack[-1], machine.following()
    if exception.__class__ is not Raised or branch.op != "BRANCH" or branch.arg not in ("true", "false"):
        raise Seen
    tried = kinds.items if kinds.__class__ is v.Tup else [kinds]
    if not all([kind.__class__ is v.Const for kind in tried]):
        raise Seen
    found = any([is_of(machine, exception.kind, kind.value) for kind in tried])
    return branch.target if found == (branch.arg == "true") else branch.next


def pop_except(machine, one):
    if machine.pop().__class__ is not Raised:
        raise Seen


def reraise(machine, one):
    """Into the handler further out, if that is captured, too."""
    exception, handler = machine.state.stack[-1], machine.catching(one)
    if exception.__class__ is not Raised or exception.kind is None or handler is None:
        raise Seen
    enter(machine, exception.kind, handler)
    return handler.target


def store(machine, one):
    from framejit.capture.handlers.stack import held_object, store_local
    state, value, old = machine.state, machine.state.stack[-1], machine.state.locals[one.arg]
    if Raised not in (value.__class__, old.__class__):
        store_local(machine, one.arg, machine.pop(), one)
        return
    if value.__class__ not in (Raised, v.Const) or old.__class__ is not Raised and (old.__class__ is v.Tup or held_object(old)):
        raise Seen
    state.locals[one.arg], state.homed[one.arg] = machine.pop(), False


def load(machine, one):
    from framejit.capture.handlers.stack import load_fast
    if machine.state.locals[one.arg].__class__ is Raised:
        raise Seen
    load_fast(machine, one)


def jump(machine, one):
    if one.target <= one.unit:
        raise Seen
    return one.target


def seen(machine, one):
    raise Seen


ROWS = {"PUSH_EXC_INFO": push, "CHECK_EXC_MATCH": match, "POP_EXCEPT": pop_except, "RERAISE": reraise, "STORE_FAST": store, "LOAD_FAST": load, "JUMP": jump,
        "RAISE": seen, "WITH_EXCEPT_START": seen, "RETURN": seen}


# ---- raise

def raised_by_call(machine, one, callee, receiver, arguments, keywords):
    """Whether a call of a class, whose instance is raised next, has ended the block in the handler."""
    following = machine.following()
    if following is None or following.op != "RAISE" or following.arg != 1 or following.part or keywords or receiver is not v.NULL:
        return False
    from framejit.capture.handlers.stack import own_home
    if any([own_home(machine, argument) and not quiet(argument) for argument in arguments]):
        return False
    return raised(machine, following, callee)


def raised(machine, one, value):
    """The same where a value is raised at this instruction."""
    if value.__class__ is not v.Const or machine.pending or machine.unseen or not one_of(type(value.value), (type,)):
        return False
    if machine.instruction.part or machine.landing != machine.instruction.unit:
        return False
    handler = machine.catching(one)
    return handler is not None and known(machine, value.value) and caught(machine, value.value, handler)


__all__ = ["Raised", "Seen", "caught", "emitted", "raised", "raised_by_call"]
