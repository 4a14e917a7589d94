"""Expressions over whole arrays that are being collected (terms.py has what they are made of): where they begin, how they are computed.

    r = a * b + c           a * b is a `Fused` value, so is the sum; storing it into r makes one array

From the first operation of an expression on (`begun`) nothing has happened until its nest has run: every exit on the way
goes back to the state before that operation, and the interpreter does the whole of it.  What goes on with an expression
stands in elementwise.py; whatever doesn't has it computed first (`flush`).
"""

from functools import cache

from framejit.capture import headers, values as v
from framejit.capture.ends import Unsupported
from framejit.capture.terms import HALF, NUMPYS, Term, complex_kind, converted, convertible, is_complex, is_in_order, is_whole, ordered, takes_part
from framejit.graph.nests import Nest, Operand, Step
from framejit.loops import internals
from framejit.loops.backward_loops import are_handed_as_they_lie
from framejit.loops.registers import is_register
from framejit.tables.elementwise import CAST

LEFT = 4                # what the runtime answers where work is left to NumPy (FJ_LEFT_TO_NUMPY, ext/nests.h)
LONG = 66               # of such work, among an instruction's sites
APART = 67              # of an array, among them: the operations, or statements, that begin there have to be computed one by one


def called(machine, instruction):
    """The same, if what it reads and runs is as NumPy made it."""
    found = call_at_hand(machine, instruction)
    return found if found is not None and relied_on(machine, *found[:2]) else None


def call_at_hand(machine, instruction):
    """(what is called, whether as a method, its operands) of a CALL at hand; None where the callee isn't a constant, or is None, which
    stands for what NumPy has while there is no NumPy."""
    stack = machine.state.stack
    base = len(stack) - instruction.arg[0] - 2
    first, second = stack[base:base + 2]
    callee, receiver = (first, second) if machine.code.null_above else (second, first) if first is v.NULL else (first, second)
    bound = receiver is not v.NULL
    if callee.__class__ is not v.Const or callee.value is None:
        return None
    return callee.value, bound, [*([receiver] if bound else ()), *stack[base + 2:]]


def relied_on(machine, callee, bound=False):
    """Whether what a function of NumPy's reads and runs is as NumPy made it; the region holds as long as that is so."""
    key = internals.key_of(callee, bound)
    if key is None or key and not internals.are_as_made(key):
        return False
    machine.routines.machine.region.internals |= {key} - {""}
    return True


# ---- the beginning

def begun(machine, values):
    """An expression begins here, unless it goes on.  What only the stack keeps alive belongs to one expression at most."""
    if machine.held is not None:
        machine.give_up_holding()
    if begins_anew(machine, values):
        settle(machine, machine.instruction)
    machine.pending = True


def begins_anew(machine, values):
    """Whether what is collected has to be computed before an expression that begins with these; what only the stack keeps while names wait
    was made meanwhile."""
    if not machine.pending or machine.deferred or any([value.__class__ is v.Fused for value in values]):
        return False
    waiting = [value for value in machine.state.stack if value.__class__ is v.Fused]
    return any([value.temporaries for value in waiting]) or any([is_temporary(machine, value) for value in values])


def settle(machine, instruction):
    """Compute what has been collected before this instruction, which is at hand; nothing of it has happened."""
    flush(machine, instruction)
    machine.landing = instruction.unit
    machine.begin(machine.state.copy())
    alone(machine)


def is_temporary(machine, value):
    return (value.__class__ is v.Array or value.__class__ is v.Obj and is_complex(value)) and stack_handlers().own_home(machine, value)


@cache
def stack_handlers():
    from framejit.capture.handlers import stack
    return stack


# ---- the end of an expression

def nest_of(term, rank=None, in_place=False):
    """(nest, the nodes of its operands); `rank`: of what it is stored into; `in_place`: by the last step itself."""
    return numbered([term], rank, in_place)[:2]


def numbered(terms, rank=None, in_place=False):
    """The same of several terms, whose last one is in place, with the numbers of all values by the identity of what they are."""
    operands, nodes, steps, number = [], [], [], {}
    parts, last = ordered(*terms), terms[-1]
    known = {}
    for term in parts:
        for arg in [one for one in term.args if one.name is None]:
            either = not (in_place and term is last) and is_either(term, arg)
            node = arg.scalar if arg.array is None else arg.array.node
            place = number[id(arg), either] = known.setdefault((id(node), arg.kind, either), len(operands))
            if place == len(operands):
                operands.append(Operand("scalar", arg.kind) if arg.array is None else Operand("array", arg.kind, arg.array.ndim, either))
                nodes.append(node)
    made = {}
    for term in parts:
        if term.name is not None:
            args = [number[id(arg)] if arg.name else number[id(arg), not (in_place and term is last) and is_either(term, arg)] for arg in term.args]
            step = Step(term.name, tuple(args), term.kind)
            number[id(term)] = made.setdefault(step, len(operands) + len(steps))
            if number[id(term)] == len(operands) + len(steps):
                steps.append(step)
    return Nest(operands, steps, rank), nodes, number


def nest_of_all(machine, terms):
    """(the nest that computes them all, its operands' nodes, for each term the number of its result).  What is the same as another is a copy of it."""
    last = next(term for term in terms if all([other is term or not any([part is term for part in ordered(other)]) for other in terms]))
    rest = [term for term in terms if term is not last]
    single, nodes, numbers = numbered([*rest, last])
    count, more = len(single.operands), len(rest)
    steps = [step._replace(args=tuple([arg if arg < count else arg + more for arg in step.args])) for step in single.steps]
    results, given = [], set()
    for term in (*rest, last):
        number = numbers[id(term)] + more
        while number in given or term is last and number != count + more + len(steps) - 1:
            steps.append(Step(CAST, (number,), term.kind))
            number = count + more + len(steps) - 1
        given.add(number)
        if term is not last:
            results.append(Operand("result", term.kind, single.rank, False, number))
    places = [len(rest) if term is last else next(place for place, one in enumerate(rest) if one is term) for term in terms]
    return Nest([*single.operands, *results], steps), [*nodes, *[machine.int(0)] * more], places


def is_either(term, leaf):
    """Whether a function of NumPy's is called with an array that may lie backwards, or in half precision apart."""
    if leaf.array is None or leaf.array.contiguous or leaf.ordered and leaf.kind != HALF:
        return False
    return not is_register(term.name, [one.kind for one in term.args], [one.scalar is not None for one in term.args]) and are_handed_as_they_lie()


def kept(machine, values):
    """(arrays that only the stack keeps, the homes that do) among stack entries and the operands of expressions; of entries that are one array
    the topmost are meant."""
    temporaries, slots, count, stack = [], [], len(machine.state.locals), machine.state.stack
    for value in reversed(values):
        if is_temporary(machine, value):
            temporaries.append(value)
            slots.append(next(count + depth for depth in reversed(range(len(stack))) if stack[depth] is value and count + depth not in slots))
        elif value.__class__ is v.Fused:
            temporaries += value.temporaries
            slots += value.slots
    return temporaries, slots


def expect_quiet(machine, values):
    """Leaves where the end of something that only the stack keeps would be noticed."""
    for value in values:
        quiet = machine.emit("read_call", value.node, attr=("fj_dies_quietly", "i1"), type="i1")
        machine.guard(quiet, "array")


def computed(machine, fused):
    """The node of the new array; leaves where NumPy has to do it."""
    expect_quiet(machine, fused.temporaries)
    if fused.term.name is None:
        node = machine.emit("real_view", fused.term.array.node)
    elif fused.term.levels:
        node = chains().single(machine, fused.term)
    else:
        nest, nodes = nest_of(fused.term)
        node = machine.emit("nest", *nodes, attr=machine.graph.nest(nest))
        if machine.routine is not None:
            soon_done(machine, machine.emit("number"), fused.term)
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "array")
    return node


def are_apart(machine):
    """Whether what begins here has to be computed one by one."""
    return (machine.landing, APART) in machine.hints_there().sites


def expect_together(machine, condition, term):
    """Leaves where what began here has to be computed one by one, as it is in the next variant."""
    array = next(one.array for one in ordered(term) if one.array is not None)
    machine.guard(condition, "type", headers.owner_of(array), (machine.landing, APART))


def given_by(machine, status, places, terms):
    """The nodes of the arrays that an operation gives in the words of its operands."""
    expect_together(machine, machine.emit("icmp_ne", status, machine.int(2)), terms[0])
    machine.guard(machine.emit("icmp_eq", status, machine.int(1)), "array")
    return [machine.emit("made_array", status, attr=place) for place in places]


def flush(machine, instruction):
    """Compute what has been collected before this instruction; its arrays are in the homes of names and stack entries from now on.  `alone`
    has to follow as soon as there is a state behind this."""
    if any([is_provisional(value) for value in machine.state.stack]):
        make_objects(machine)
    if machine.deferred and deferred().can_be_given_up(machine, instruction):
        deferred().given_up(machine, lambda: compute_stack(machine))
    elif machine.deferred:
        deferred().made(machine, instruction)
    else:
        compute_stack(machine)


@cache
def deferred():
    from framejit.capture import deferred
    return deferred


@cache
def chains():
    from framejit.capture import chains
    return chains


def compute_stack(machine):
    machine.pending, count = False, len(machine.state.locals)
    for depth, value in enumerate(machine.state.stack):
        if value.__class__ is not v.Fused:
            continue
        alone(machine)          # what the next one reads may be gone else
        node = computed(machine, value)
        for slot in value.slots:
            if slot != count + depth:
                machine.emit("home_set", machine.const("ptr", None), attr=(slot, False), exit=machine.exit("home"))
        machine.emit("home_take", node, attr=(count + depth, False), exit=machine.exit("home"))
        if value.term.name is not None:
            others_wait(machine)
        machine.state.replace(value, array(machine, node, value))


def is_provisional(value):
    """Whether it can only be part of an expression: a slice, or a view that is changed in place."""
    if value.__class__ is v.Tup:
        return any([is_provisional(item) for item in value.items])
    return value.__class__ is v.Slice or value.__class__ is v.Fused and value.target is not None


def make_objects(machine):
    """Slices that others see are objects, and so are views: in the next attempt."""
    for value in machine.state.stack:
        for one in value.items if value.__class__ is v.Tup else (value,):
            if one.__class__ is v.Slice:
                machine.hints.real_slices.add(one.unit)
            elif one.__class__ is v.Fused and one.target is not None:
                machine.hints.real_slices.add(one.origin[-1])
    machine.restart()


def others_wait(machine, number=None):
    """Notes what says that no other thread has run meanwhile, for `alone`: the last bit of the number.  In a routine none ever does."""
    if machine.routine is None:
        number = machine.emit("number") if number is None else machine.emit("iand", number, machine.int(1))
        machine.undisturbed.append(machine.emit("icmp_eq", number, machine.int(0)))


def soon_done(machine, status, term):
    """In a routine nothing else may run, so what takes long, or what NumPy does in another way, is left to it: where that was seen
    (`LONG`) the function isn't called natively."""
    if machine.routine is not None:
        array = next(one.array for one in ordered(term) if one.array is not None)
        machine.guard(machine.emit("icmp_ne", status, machine.int(LEFT)), "type", headers.owner_of(array), (machine.landing, LONG))


def left_alone(machine, status):
    """In a routine nothing else may run: where the program has other threads its function isn't called natively."""
    if machine.routine is not None:
        machine.guard(machine.emit("icmp_ne", status, machine.int(LEFT)), "type", machine.object(None), (machine.landing, LONG))


def alone(machine):
    """Behind nests: where another thread has run meanwhile the interpreter goes on."""
    while machine.undisturbed:
        machine.guard(machine.undisturbed.pop(), "threads")


def nobody_waits(machine):
    """At a block's end: one that has left behind a nest has nothing to look at, and no other block does it for this one."""
    if machine.undisturbed and machine.block.end.op in ("jump", "branch"):
        raise RuntimeError("a block goes on behind a nest that other threads may have run beside")
    machine.undisturbed.clear()


def array(machine, node, fused):
    """The new array as a value."""
    if fused.term.name is None:
        view = fused.term.array
        return v.Array(view.kind, view.ndim, view.contiguous, view.writable, node, view.data, view.dims, [] if view.contiguous else view.strides)
    return headers.array_at(machine, node, fused.kind, fused.ndim, is_in_order(fused), True)


def guarded(machine, op, effect):
    """What is emitted while an expression is collected may change nothing."""
    if effect in ("write", "world"):
        raise Unsupported("unsupported_opcode", machine.landing, f"{op} inside an array expression")


__all__ = ["NUMPYS", "Term", "alone", "array", "begun", "call_at_hand", "complex_kind", "computed", "converted", "convertible", "expect_quiet", "flush", "guarded", "is_complex", "is_in_order", "is_provisional", "is_temporary", "is_whole", "kept", "left_alone",
           "LONG", "nest_of", "ordered", "others_wait", "relied_on", "soon_done", "settle", "takes_part"]
