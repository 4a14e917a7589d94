"""Operators: numbers by rows, everything else by a call-out."""

from functools import cache

from framejit.capture import array_attributes, array_calls, complex_numbers, elementwise, entry, expressions, made_arrays, numbers, raw_items, several, values as v
from framejit.capture.ends import BlockEnds
from framejit.capture.function_table import rules_of
from framejit.capture.handlers import handler
from framejit.capture.handlers.control import drop_temporary
from framejit.capture.handlers.calls import callout, silent_calls
from framejit.capture.subscripts import typed
from framejit.capture.truth import truth
from framejit.graph.nodes import Node
from framejit.tables.callouts import BINARY_NUMBER, COMPARE_NUMBER, TO_BOOL, UNARY_NUMBER


def operand(machine, depth, instruction):
    """A stack entry as a number: objects of unknown type become what this site has shown, those of several kinds in a version for each."""
    value = machine.state.stack[depth]
    if value.__class__ is v.Obj and value.type is None:
        site = (instruction.unit, 10 + depth)
        seen = machine.hints.sites.get(site)
        found = of_several_kinds(machine, value, instruction, site, seen or [])
        if found is not None:
            return found
        example = MISSING if value.example is None else value.example
        likely = seen[-1] if seen and len(seen) <= machine.types_per_site else object if seen else type(example)
        if machine.arithmetic_type(likely) or entry.is_form(likely, example):
            narrowed = typed(machine, value.node, site, example if not seen or type(example) is likely else MISSING, value.owner)
            machine.state.replace(value, narrowed)
            return narrowed if narrowed.__class__ is v.Num else None
        if seen is None:
            typed(machine, value.node, site, example, value.owner)
    return complex_numbers.number(machine, value)


def operands(machine, instruction):
    """The two topmost stack entries as numbers; one beside an array may be a complex number, which stays an object."""
    for depth in (-2, -1):
        value, site = machine.state.stack[depth], (instruction.unit, 10 + depth)
        if value.__class__ is v.Obj and value.type is None and expressions.is_whole(machine.state.stack[-3 - depth]):
            likely = (machine.hints.sites.get(site) or [type(value.example)])
            if len(likely) == 1 and entry.is_complex_type(likely[0]):
                leave = machine.exit("type", value.node, site)
                machine.state.replace(value, entry.unbox_complex(machine, value.node, likely[0], value.example, value.owner, leave))
    return operand(machine, -2, instruction), operand(machine, -1, instruction)


UNKNOWN = ("given", "param")        # what a call has given, or ways that meet bring: it may be anything but the example


def teach(machine, instruction):
    """Leaves where the operator would be called out, which routines can't, and may not have to: an operand of which only an example is known teaches."""
    for depth in (-2, -1):
        value, site = machine.state.stack[depth], (instruction.unit, 10 + depth)
        known = value.__class__ is not v.Obj or value.type is not None or machine.hints.sites.get(site)
        if known or machine.routine is None and value.node.op not in UNKNOWN or not machine.hints.tells_apart or machine.unseen or machine.held is not None:
            continue
        machine.leave("type", value.node, site)
        machine.teaches = True
        raise BlockEnds


def apart(machine, depth, instruction):
    """A stack entry, as a number of one kind if its place has shown several kinds of numbers."""
    value = machine.state.stack[depth]
    if several.kinds(value):
        site = (instruction.unit, 10 + depth)
        of_several_kinds(machine, value, instruction, site, machine.hints.sites.get(site, ()))
    return machine.state.stack[depth]


def of_several_kinds(machine, value, instruction, site, seen):
    """The number that an object is whose place has shown several kinds of numbers, or this site has; None where it may be anything else."""
    kinds = several.kinds(value)
    types = [type_ for type_ in kinds if type_ is not type(None)]
    types += [type_ for type_ in seen if not any([type_ is other for other in types])]
    if len(types) < 2 and not kinds or len(types) > several.MOST or not all([machine.arithmetic_type(type_) for type_ in types]):
        return None
    return several.told_apart(machine, value, instruction, types, site)


from framejit.capture.entry import MISSING  # noqa: E402


@cache
def whole_calls():
    from framejit.capture import whole_calls
    return whole_calls


@cache
def operators():
    from framejit.capture import operators
    return operators


def texts():
    from framejit.capture import formats, texts     # noqa: F401 (formats adds a row)
    return texts


@cache
def byte_strings():
    from framejit.capture import byte_strings
    return byte_strings


@cache
def instance_checks():
    from framejit.capture import instance_checks
    return instance_checks


@cache
def mixed():
    from framejit.capture import mixed
    return mixed


@cache
def enumerations():
    from framejit.capture import enumerations
    return enumerations


@cache
def list_parts():
    from framejit.capture import list_parts
    return list_parts


@cache
def list_methods():
    from framejit.capture import list_methods
    return list_methods


@handler("BINARY")
def binary(machine, instruction):
    symbol, inplace = instruction.arg
    if mixed().beside_float(machine, instruction) or enumerations().binary(machine, instruction):
        return
    left, right = operands(machine, instruction)
    if (left is None or right is None) and mixed().binary(machine, instruction):
        return
    if elementwise.binary(machine, instruction) or array_calls.multiplied(machine, instruction) or whole_calls().multiplied(machine, instruction):
        return
    result = None
    if left is not None and right is not None:
        if symbol == "%":
            numbers.leaves_operand(machine, left, right, instruction)
        result = rules_of(machine, (left, right)).binary(machine, symbol, left, right)
    if result is None:
        result = raw_items.repeated(machine, symbol, *machine.state.stack[-2:])
    if result is None and (operators().binary(machine, instruction) or texts().binary(machine, instruction, growing(machine, symbol) - 1)
                           or byte_strings().binary(machine, instruction) or list_parts().added(machine, instruction) or list_methods().extended(machine, instruction)
                           or silent_calls().joined(machine, instruction)):
        return
    if result is None:
        teach(machine, instruction)
        made, expected = list_result(symbol, *machine.state.stack[-2:]), made_arrays.of_in_place(machine, instruction)
        example = byte_strings().likely_result(symbol, *machine.state.stack[-2:])
        callout(machine, instruction, "BINARY", BINARY_NUMBER[symbol, inplace] | growing(machine, symbol) << 16, 2)
        if example is not None:
            machine.state.stack[-1].example = example
        if made is not None:
            machine.push(v.Obj(list, machine.pop().node, "home", made.example))
        made_arrays.known(machine, instruction, expected)
        return
    machine.popn(2)
    machine.push(result)


def growing(machine, symbol):
    """Of `s += t` and `s = s + t` the local's slot plus one, else 0: a string grows in place."""
    following, locals = machine.following(), machine.state.locals
    same = symbol == "+" and following.op == "STORE_FAST" and locals[following.arg] is machine.state.stack[-2]
    return following.arg + 1 if same else 0


def list_result(symbol, left, right):
    """The list that [0] * n or a + b of lists is like, or None."""
    lists = [value for value in (left, right) if value.__class__ is v.Obj and value.type is list]
    counts = [value for value in (left, right) if value.__class__ is v.Num and value.kind == "int"
              or value.__class__ is v.Const and type(value.value) is int]
    if symbol == "*" and len(lists) == len(counts) == 1 or symbol == "+" and len(lists) == 2:
        return lists[0]
    return None


@handler("COMPARE")
def compare(machine, instruction):
    if enumerations().compare(machine, instruction):
        return
    left, right = operands(machine, instruction)
    if (left is None or right is None) and mixed().compare(machine, instruction):
        return
    if elementwise.compare(machine, instruction):
        return
    node = None
    if left is not None and right is not None:
        node = rules_of(machine, (left, right)).compare(machine, instruction.arg, left, right)
        if node.__class__ is Node:      # NumPy's give a kind of bool of their own
            node = v.Num("bool", node)
    if node is None and operators().compare(machine, instruction):
        return
    node = texts().compare(machine, instruction) if node is None else node
    node = byte_strings().compare(machine, instruction) if node is None else node
    node = array_attributes.compare(machine, instruction) if node is None else node
    if node is None and silent_calls().compared(machine, instruction):
        return
    if node is None and instance_checks().compared_classes(machine, instruction):
        return
    if node is None:
        compared(machine, instruction)
        return
    machine.popn(2)
    machine.push(node)


def compared(machine, instruction):
    """By the runtime; where the truth of the result is asked for in the same instruction (3.13), that comes next."""
    teach(machine, instruction)
    truth = machine.splits(instruction)
    callout(machine, instruction, "COMPARE", COMPARE_NUMBER[instruction.arg] | TO_BOOL * truth, 2, whole=truth)
    if truth:
        answer = machine.pop()
        drop_temporary(machine, answer)
        machine.push(v.Num("bool", machine.emit("icmp_eq", answer.node, machine.object(True))))


UNARY = {"-": "negative", "+": "positive", "~": "inverted"}


@handler("UNARY")
def unary(machine, instruction):
    symbol = instruction.arg
    if symbol == "not":
        value = several.true_or_false(machine, instruction)
        condition = truth(machine, value, instruction)
        if machine.block.end is None:
            machine.pop()
            drop_temporary(machine, value)
            machine.push(v.Num("bool", machine.emit("ixor", condition, machine.const("i1", True))))
        return
    value = operand(machine, -1, instruction)
    if value is None and symbol == "-" and mixed().negative(machine, instruction):
        return
    if elementwise.unary(machine, instruction):
        return
    result = None
    if value is not None:
        result = getattr(rules_of(machine, (value,)), UNARY[symbol])(machine, value)
    if result is None and operators().unary(machine, instruction):
        return
    if result is None:
        callout(machine, instruction, "UNARY", UNARY_NUMBER[symbol], 1)
        return
    machine.state.stack[-1] = result
