"""Names of expressions that haven't been computed: what neighbouring statements compute is one nest.

    t = a * b
    u = t + c           one walk gives both arrays; where the function then returns u, or (u * u).mean(), t is never one

A local may be a `Fused` value from a store up to the end of what has been collected: all that time nothing has happened, and exits
go back to where the first of the expressions began.  At the end, which lies between instructions, the arrays are computed together
and the names' homes get them (`made`).  Whether the next statement goes on in the same way next_statement.py looks up in its
instructions; a wrong guess costs memory traffic only, or another attempt.
"""

from functools import cache

from framejit.capture import expressions, values as v
from framejit.capture.next_statement import FREE, continues, gives_natively
from framejit.capture.terms import fit, ordered

MOST = 8                # arrays of one nest
NEXT = 8                # operations that the next statement may well have
LATE = 48 << 20         # bytes of old arrays that may end later than the program lets go of them
OLD = (v.Array, v.Unbound, v.Num, v.Const)              # what a name may have been: its home lets go of it without anybody's notice
ALONE = (v.RangeIter, v.SeqIter, v.Pairs)               # what the stack may keep meanwhile


# ---- names that wait

def is_stored(machine, instruction):
    """Whether a local that is stored at hand can be an expression, if only up to the end of the store."""
    stack, state = machine.state.stack, machine.state
    value, slot = stack[-1], instruction.arg
    if machine.reduced:
        return instruction.part == 0 and is_kept(machine, value, slot)
    if value.__class__ is not v.Fused or value.term.name is None or value.target is not None or value.temporaries or machine.unseen or machine.held is not None:
        return False
    old = machine.deferred.get(slot, state.locals[slot])
    if not can_go(machine, old) or not all([entry.__class__ in ALONE for entry in stack[:-1]]) or any([one is value for one in state.locals]):
        return False
    return instruction.part == 0 and has_room(machine, value, slot)


def is_kept(machine, value, slot):
    """The same behind a reduction: a name that nothing has to be let go of for, and what can be computed by itself."""
    old = machine.state.locals[slot]
    if len(machine.state.stack) > 1 or slot in machine.deferred or old.__class__ not in FREE:
        return False
    if value.__class__ is v.Num:
        return value.box is None
    if old.__class__ is v.Num and old.box is not None or value.__class__ is v.Array and value.node is None:
        return False        # exits want the number's object, which its home keeps
    if value.__class__ is not v.Fused:
        return value.__class__ is v.Array
    parts = {id(part) for part in ordered(value.term)}
    return value.target is None and not any([id(name.term) in parts for name in names(machine)])


def can_go(machine, old):
    return old.__class__ in OLD and (old.__class__ is not v.Array or old.node is not None)


def names(machine):
    """The expressions that names are, each once, in the order in which they were stored."""
    found = {id(value): value for value in [machine.state.locals[slot] for slot in machine.deferred]}
    return list(found.values())


def has_room(machine, value, slot):
    """Whether the arrays fit into one nest: they have as many axes, and don't take too much of everything."""
    others = [machine.state.locals[other] for other in machine.deferred if other != slot]
    terms = [one.term for one in (*others, value)]
    if len(others) >= MOST or any([one.ndim != value.ndim for one in others]):
        return False
    return fit(terms, results=len(terms)) and (slot not in machine.deferred or are_part(terms, [machine.state.locals[slot]]))


def has_room_for_more(machine):
    """Whether another name, of a statement of some operations, will fit with those that wait."""
    waiting = names(machine)
    return len(waiting) < MOST and fit([one.term for one in waiting], NEXT, len(waiting) + 1)


def are_part(terms, values):
    """Whether what these names are is computed with the terms, so that it raises and warns as it does by itself."""
    parts = {id(part) for part in ordered(*terms)}
    return all([id(value.term) in parts for value in values])


def store(machine, instruction):
    """The name is the expression from now on, or its array if that can't wait."""
    state, slot = machine.state, instruction.arg
    if machine.reduced:
        keep(machine, slot)
        return
    value = state.stack.pop()
    machine.deferred.setdefault(slot, state.locals[slot])
    machine.stored_at = {*machine.stored_at, instruction.unit} if len(machine.deferred) > 1 else {instruction.unit}
    state.locals[slot] = value
    state.homed[slot] = False
    if not has_room_for_more(machine) or not continues(machine, instruction, value):
        made(machine, instruction)
        machine.landing = instruction.unit
        expressions.stack_handlers().land_behind(machine, state.locals[slot])


def keep(machine, slot):
    """Behind a reduction, while others wait, the name is an array or a number at once, which exits let go of."""
    state, handlers = machine.state, expressions.stack_handlers()
    expressions.compute_stack(machine)
    value = state.stack.pop()
    if value.__class__ is v.Array:
        moved = handlers.own_home(machine, value)
        handlers.put_home(machine, slot, value.node)
        if moved:
            handlers.let_go_of_copies(machine, value)
        value = handlers.owned_by_home(machine, value)
    state.locals[slot] = value
    state.homed[slot] = value.__class__ is v.Array and machine.homes
    machine.pending = True


def allows(machine, instruction, elementwise):
    """Whether an instruction that goes on with what is collected does so while names wait: whatever computes something ends that.  `elementwise`:
    whether a call, or a subscript, at hand is part of an expression."""
    if instruction.op in ("CALL", "SUBSCR", "BUILD_TUPLE"):
        return elementwise
    if instruction.op == "BINARY" and instruction.arg[1]:
        return False
    return instruction.op not in ("STORE_SUBSCR", "STORE_SLICE")


def apart(machine):
    """The names can't wait so long: in the next attempt none of them does."""
    if machine.stored_at <= machine.hints.apart:
        raise RuntimeError("names wait that were not to")
    machine.hints.apart |= machine.stored_at
    machine.restart()


# ---- the arrays

def made(machine, instruction):
    """Compute the arrays of the names, and of the stack's expressions with them."""
    waiting = names(machine)
    others = [value for value in machine.state.stack if value.__class__ is v.Fused and not any([value is one for one in waiting])]
    together = [*waiting, *{id(one): one for one in others}.values()]
    if machine.reduced or instruction.part or not all([is_alike(value, waiting[0]) for value in others]) or len(together) > MOST or not fit([value.term for value in together], results=len(together)):
        apart(machine)
    machine.pending = False
    machine.secure()
    nodes = computed(machine, together)
    for value, node in zip(together, nodes):
        put(machine, value, node)
    machine.deferred.clear()


def is_alike(value, first):
    return value.term.name is not None and value.target is None and value.ndim == first.ndim and not value.temporaries


def computed(machine, values):
    """The nodes of their arrays, which nobody has yet; leaves where NumPy has to compute them."""
    if len(values) == 1:
        node = expressions.computed(machine, values[0])
        expressions.others_wait(machine)
        return [node]
    expect_patience(machine)
    terms = [value.term for value in values]
    if any([term.levels for term in terms]):
        nodes = chains().computed(machine, terms)
    else:
        nest, operands, places = expressions.nest_of_all(machine, terms)
        nodes = expressions.given_by(machine, machine.emit("nest_several", *operands, attr=machine.graph.nest(nest)), [len(operands) - len(nest.results) + place for place in places], terms)
    expressions.others_wait(machine)
    return nodes


@cache
def chains():
    from framejit.capture import chains
    return chains


def waiting_term(machine):
    return next(machine.state.locals[slot].term for slot in machine.deferred if machine.state.locals[slot].__class__ is v.Fused)


def expect_patience(machine):
    """Leaves where somebody would hear of it if what the names were ended later than in the program, or it is large."""
    count = machine.int(len(machine.deferred))
    for old in {id(old): old for old in machine.deferred.values() if old.__class__ is v.Array}.values():
        most = machine.int(LATE // (2 * len(machine.deferred)))
        expressions.expect_together(machine, machine.emit("read_call", old.node, count, most, attr=("fj_may_wait", "i1"), type="i1"), waiting_term(machine))


def put(machine, value, node):
    """The homes of what is this expression have its array."""
    state, count = machine.state, len(machine.state.locals)
    array = expressions.array(machine, node, value)
    slots = [slot for slot in machine.deferred if state.locals[slot] is value]
    depths = [] if slots else [count + depth for depth, entry in enumerate(state.stack) if entry is value]
    for slot in slots:
        machine.lets_go_of(machine.deferred[slot])
    for place, slot in enumerate([*slots, *depths]):
        machine.emit("home_set" if place else "home_take", node, attr=(slot, False), exit=machine.exit("home"))
    state.replace(value, array)
    for slot in slots:
        state.homed[slot] = machine.homes


def can_be_given_up(machine, instruction):
    """Whether what all names are part of is returned at hand: an expression, or what was computed of what it was reduced to."""
    stack = machine.state.stack
    if instruction.op != "RETURN" or not gives_natively(machine) or any([one.__class__ is v.Fused for one in stack[:-1]]):
        return False
    returned = [stack[-1].term] if stack[-1].__class__ is v.Fused else []
    return (len(returned) > 0 or stack[-1].__class__ in (v.Num, v.Array)) and are_part([*returned, *machine.reduced], names(machine))


def reduces(machine, instruction):
    """Whether a call at hand reduces an expression, while names wait, to something that is returned, or that this is computed of."""
    found = reduced_by(machine, instruction) if machine.deferred and gives_natively(machine) else None
    if found is None or found.__class__ is v.Fused and (found.term.levels > 0 or found.target is not None):
        return False
    alone = not any([one.__class__ is v.Fused and one is not found for one in machine.state.stack])
    return alone or not (found.temporaries if found.__class__ is v.Fused else expressions.is_temporary(machine, found))


def reduced_by(machine, instruction):
    found = reductions().at_hand(machine, instruction)
    asked = None if found else array_calls().at_hand(machine, instruction)
    return found.value if found else asked.arrays[0] if array_calls().is_fused(machine, asked) else None


def reduced(machine, term):
    """Behind a reduction names go on waiting."""
    if machine.deferred:
        machine.reduced.append(term)
        machine.pending = True


def given_up(machine, compute):
    """What is on the stack is computed, and then returned: what only names are is never made."""
    if machine.code.loops and machine.routine is None:
        kept = machine.emit("read_call", attr=("fj_frame_kept", "i64"), type="i64")
        machine.guard(machine.emit("icmp_eq", kept, machine.int(0)), "return")
    expect_patience(machine)
    names, machine.deferred, machine.reduced = machine.deferred, {}, []
    compute()
    expressions.alone(machine)
    for slot in names:
        if machine.state.locals[slot].__class__ is v.Fused:
            machine.state.locals[slot] = v.UNBOUND
            machine.state.homed[slot] = False


@cache
def array_calls():
    from framejit.capture import array_calls
    return array_calls


@cache
def reductions():
    from framejit.capture import reductions
    return reductions


__all__ = ["allows", "can_be_given_up", "expect_patience", "given_up", "is_stored", "made", "reduced", "reduces", "store"]
