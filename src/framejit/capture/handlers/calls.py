"""Calls: known functions by rows (capture/functions.py), everything else as a call-out.

A call-out performs one instruction in the runtime, on the written frame; behind it everything is checked again.
"""

from functools import cache

from types import FunctionType

from framejit.capture import array_calls, catching, elementwise, expressions, made_arrays, norms, products, reductions, spreads, unseen, values as v
from framejit.capture.call_operands import drop_arguments, keep_chosen, secured_arguments, temporary, told_apart
from framejit.capture.entry import MISSING
from framejit.capture.handlers import handler
from framejit.tables.callouts import CODE, UNARY_NUMBER
from framejit.tables.classes import one_of
from framejit.tables.silent_calls import of_function as of_silent


def callout(machine, instruction, kind, argument, operands, result=True, results=1, whole=False):
    """The runtime does this instruction; `operands` entries are popped, `results` objects pushed.  `whole`: with all its parts."""
    if machine.pending:
        expressions.settle(machine, instruction)
    if machine.splits(instruction) and not whole:
        machine.stop("unsupported_opcode", f"{instruction.opname} on these types")
    catching.world(machine, instruction, (CODE[kind], argument, instruction.next, instruction.at), operands)
    machine.note_callout(instruction, kind)
    machine.popn(operands)
    if not result:
        results = 0
    depth = len(machine.state.locals) + len(machine.state.stack)
    for position in range(results):
        machine.push(v.Obj(None, machine.emit("home", attr=depth + position), example=stored_example(machine)))
    machine.settle()


def stored_example(machine):
    """What the name holds now that the result is stored in next, if it is: this turn's will most likely be of its type."""
    following = machine.following()
    region, value = machine.region, None
    if not machine.hints.guesses:
        return None
    if following.op == "STORE_FAST" and following.arg < len(region.locals):
        value = region.locals[following.arg]
    elif following.op == "STORE_NAME" and region.module:
        value = dict.get(region.globals, following.arg)
    return None if value is MISSING else value


def truth_callout(machine, value, instruction):
    """i1: the truth of the top of the stack, which the runtime pops."""
    if instruction.op == "UNARY" or instruction.op == "TRUTH":
        kind, argument = ("UNARY", UNARY_NUMBER["not"]) if instruction.op == "UNARY" else ("TRUTH", 0)
        callout(machine, instruction, kind, argument, 1)
        answer = machine.emit("icmp_eq", machine.state.stack[-1].node, machine.object(True))
        if instruction.op == "UNARY":
            answer = machine.emit("ixor", answer, machine.const("i1", True))
        return answer
    if instruction.op != "BRANCH":
        machine.stop("unsupported_opcode", f"{instruction.opname} on these types")
    true, false = instruction.target, instruction.next
    if instruction.arg == "false":
        true, false = false, true
    catching.world(machine, instruction, (CODE["BRANCH"], true, false, instruction.at), 1)
    machine.note_callout(instruction, "BRANCH")
    machine.settle()
    machine.state.stack[-1] = v.NULL
    return machine.emit("icmp_ne", machine.emit("number"), machine.int(0))


def next_callout(machine, instruction):
    """FOR_ITER over any iterator: the runtime asks it for its next item."""
    catching.world(machine, instruction, (CODE["FOR_NEXT"], instruction.target, instruction.next, instruction.at))
    machine.note_callout(instruction, "FOR_NEXT")
    machine.settle()
    condition = machine.emit("icmp_ne", machine.emit("number"), machine.int(0))
    done = machine.state.copy()
    done.stack.pop()
    body = machine.graph.block()
    machine.end("branch", (condition,), [(body, []), machine.enter(instruction.target, done)])
    machine.block = body
    depth = len(machine.state.locals) + len(machine.state.stack)
    machine.push(v.Obj(None, machine.emit("home", attr=depth), example=stored_example(machine)))
    machine.jump(instruction.next)


@handler("CALL")
def call(machine, instruction):
    method_objects().unpacked(machine, instruction)
    if elementwise.called(machine, instruction) or reductions.reduced(machine, instruction) or reductions.spread(machine, instruction) \
            or array_calls.called(machine, instruction) or products.called(machine, instruction) or spreads.called(machine, instruction) or norms.called(machine, instruction) \
            or whole_calls().called(machine, instruction) or inlined().called(machine, instruction):
        return
    count, keywords = instruction.arg
    stack = machine.state.stack
    base = len(stack) - count - 2
    first, second = stack[base], stack[base + 1]
    if first.__class__ is v.Methods:
        from framejit.capture import method_ways
        method_ways.called(machine, instruction, base, call)
        return
    if first.__class__ is v.Bound:
        from framejit.capture import managers
        if managers.left(machine, instruction, base, count):
            return
    stack = machine.state.stack
    if machine.code.null_above:
        callee, receiver = first, second
    else:
        callee, receiver = (second, first) if first is v.NULL else (first, second)
    arguments = stack[base + 2:]
    if machine.held is not None and of_generator(machine, callee, receiver, count):
        return
    if receiver is not v.NULL:
        arguments = [receiver, *arguments]
    if unseen.raised_by_call(machine, instruction, callee, receiver, arguments, keywords):
        return
    if keywords and keyed().called(machine, instruction, callee, receiver, base) or is_mapping(callee) and keyed().mapped.called(machine, instruction, callee, receiver, base):
        return
    if by_row(machine, instruction, callee, receiver, arguments, base, keywords or ()):
        return
    if callee.__class__ is v.Obj or callee.__class__ is v.Const and one_of(type(callee.value), (FunctionType, partials().PARTIAL)):
        from framejit.capture.invoking import Way, invoked
        places = range(base + 2 - (receiver is not v.NULL), base + 2 + count)
        if partials().called(machine, callee, places, base, instruction, count, keywords) or invoked(machine, callee, places, base, instruction, Way(count, keywords)):
            return
        known = callee.__class__ is v.Const and type(callee.value) is FunctionType
        if receiver is not v.NULL or known and machine.code.in_every_turn(instruction.unit):
            machine.found_in_vain()
    from framejit.capture import operators, supers
    if callee.__class__ is v.Const and callee.value is super and count in (0, 2) and supers.super_called(machine, instruction, count):
        return
    if receiver is v.NULL and operators.call(machine, instruction, callee, count, keywords, base):
        return
    extra = (machine.graph.constant(keywords) + 1) << 16 if keywords else 0
    expected = made_arrays.of_call(machine, instruction)
    callout(machine, instruction, "CALL", count | extra, count + 2)
    made_arrays.known(machine, instruction, expected)
    if callee.__class__ is v.Const and machine.hints.guesses:
        likely_results().likely_instance(machine, callee.value, () if keywords else arguments)


def is_mapping(callee):
    return callee.__class__ is v.Const and (callee.value is map or callee.value is filter)


def by_row(machine, instruction, callee, receiver, arguments, base, names=()):
    """Whether a row of FUNCTIONS has made the call; a variable may hold the method of a list, say."""
    from framejit.capture.bound_methods import bound
    from framejit.capture.functions import FUNCTIONS
    nodes, count = len(machine.block.nodes), len(machine.state.stack) - base - 2
    found = bound(machine, callee, instruction) if receiver is v.NULL else None
    function, arguments = (callee.value, arguments) if found is None and callee.__class__ is v.Const else (found[0], [found[1], *arguments]) if found else (None, ())
    row = None if names else FUNCTIONS.of(function)
    if row is None and of_silent(function, names) is None or receiver is not v.NULL and temporary(machine, receiver) and receiver.type is not str:
        return False
    arguments = secured_arguments(machine, told_apart(machine, arguments, instruction, found is not None))
    result = None if row is None else row(machine, list_subclasses().arguments_as_lists(machine, function, arguments, instruction), instruction)
    result = silent_calls().made(machine, function, arguments, instruction, names) if result is None else result
    if result is None:
        if found is not None:
            del machine.block.nodes[nodes:]
        return False
    keep_chosen(machine, base, arguments, result)
    drop_arguments(machine, base + 1 if receiver is not v.NULL else base + 2, count + (receiver is not v.NULL))
    machine.popn(count + 2)
    machine.push(result)
    return True


@handler("MAKE_FUNCTION")
def make_function(machine, instruction):
    """The runtime makes it; what it runs is known."""
    callees = of_callees()
    if generators().begun(machine, instruction):
        return
    runs = callees.made(machine, instruction)
    if made_functions().made(machine, instruction, runs):
        return
    callout(machine, instruction, "MAKE_FUNCTION", instruction.arg, 1 + instruction.arg.bit_count())
    machine.push(v.Obj(runs, machine.pop().node))


@handler("FUNCTION_ATTRIBUTE")
def function_attribute(machine, instruction):
    value, function = machine.state.stack[-2:]
    if function.__class__ is generators().Body:
        machine.state.stack[-2:] = [function]
        return
    known = function.__class__ is v.Obj and type(function.type) is of_callees().Runs
    if known and made_functions().given_attribute(machine, instruction):
        return
    callout(machine, instruction, "FUNCTION_ATTRIBUTE", instruction.arg, 2)
    if known:
        of_callees().attribute(function.type, instruction.arg, value)
        machine.push(v.Obj(function.type, machine.pop().node))


def of_generator(machine, callee, receiver, count):
    """Whether the call made a generator of an iterator, or consumed one, or ran a comprehension (capture/generators.py)."""
    base, module = len(machine.state.stack) - count - 2, generators()
    if callee.__class__ is module.Body:
        if callee.code.co_name == "<listcomp>":
            callee.iterator = receiver
            give_consumed(machine, base, module.consumed(machine, module.COMPREHENSION, callee, base))
            return True
        machine.popn(count + 2)
        callee.iterator = receiver
        machine.push(callee)
        return True
    body, *more = machine.state.stack[base + 2:] or [None]
    if body.__class__ is not module.Body:
        return False
    module.given(machine, callee.value, body, base, more)
    return True


def give_consumed(machine, base, result):
    """The result takes the place of the stack's entries from `base` on."""
    from framejit.capture.handlers.stack import is_loose
    if result is None:
        machine.stop("unsupported_opcode", "what isn't known to be numbers, sorted")
    if result.__class__ is v.Num and is_loose(machine, result):
        machine.emit("home_set", result.box, attr=(len(machine.state.locals) + base, True), exit=machine.exit("home"))
    machine.popn(len(machine.state.stack) - base)
    machine.push(result)


@cache
def silent_calls():
    from framejit.capture import silent_calls
    return silent_calls


@cache
def likely_results():
    from framejit.capture import likely_results
    return likely_results


@cache
def method_objects():
    from framejit.capture import method_objects
    return method_objects


@cache
def inlined():
    from framejit.capture import inlined
    return inlined


@cache
def whole_calls():
    from framejit.capture import whole_calls
    return whole_calls


@cache
def list_subclasses():
    from framejit.capture import list_subclasses
    return list_subclasses


@cache
def partials():
    from framejit.capture import partials
    return partials


@cache
def keyed():
    from framejit.capture import keyed
    return keyed


@cache
def generators():
    from framejit.capture import generators
    return generators


@cache
def made_functions():
    from framejit.capture import made_functions
    return made_functions


@cache
def of_callees():
    from framejit.capture import callees
    return callees
