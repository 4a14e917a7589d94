"""Arithmetic on whole arrays: what an expression is made of (expressions.py has how it is computed).

    r = a * b + c           a * b is a `Fused` value, so is the sum; storing it into r makes one array

`goes_on` says which instructions are part of an expression: loads, operators, ufuncs, subscripts that are views, reductions,
stores into arrays.  Whatever isn't has it computed first: a call-out, a local that is stored, a jump.
"""

import types
from functools import cache

from framejit.capture import array_calls, array_functions, array_stores, chains, deferred, expression_functions, gathers, new_arrays, numbers, outs, products, reductions, rows, spreads, values as v, views
from framejit.capture.expressions import (
    NUMPYS, Term, begun, complex_kind, computed, converted, convertible, is_complex, is_whole, kept, settle, stack_handlers, takes_part,
)
from framejit.capture.next_statement import ATTRIBUTES
from framejit.capture.plain_numbers import is_element, is_extent_of, is_of_numbers, is_one_extent, is_place
from framejit.capture.terms import fit
from framejit.loops import ufuncs
from framejit.loops.nests import MOST_OPERANDS, MOST_RANK
from framejit.tables.classes import one_of
from framejit.tables.elementwise import AS_TYPE, BINARY, COMPARE, POWERS, ROUND, UNARY
from framejit.tables.foreign import is_foreign
from framejit.tables.specialised import FUSED
from framejit.tables.types import ELEMENTS

LOADS = ("LOAD_FAST", "LOAD_CONST", "PUSH_NULL", "LOAD_GLOBAL", "LOAD_NAME", "NOP")
MOVES = ("COPY", "SWAP")
REACH = {"float32": 120, "float64": 1000}       # exponents whose reciprocals are normal numbers, too
SMALL = MOST_OPERANDS // 2                      # values in an expression, of which there may always be more
OPERANDS = {"BINARY": 2, "COMPARE": 2, "UNARY": 1}


# ---- while an expression is collected

def goes_on(machine, instruction):
    """Whether this instruction is part of the expression that is being collected."""
    stack = machine.state.stack
    if instruction.part == 0 and machine.stops_at(instruction.unit):
        return False
    if instruction.op == "STORE_FAST":
        return deferred.is_stored(machine, instruction)
    if instruction.op != "RETURN" and products.any_ends(machine):
        return False
    if (machine.deferred or chains.any_waits(machine)) and not deferred.allows(machine, instruction, is_elementwise(machine, instruction)):
        return False
    if instruction.op == "BUILD_SLICE" and chains.any_waits(machine) and is_target(machine, instruction):
        return False        # the store's slices would be objects
    if instruction.op in LOADS:
        return True
    if instruction.op in MOVES:
        return not any([own_home(machine, stack[-1]), own_home(machine, stack[-instruction.arg])])
    if instruction.op == "LOAD_METHOD" and is_whole(stack[-1]):
        return array_calls.method(machine, stack[-1], instruction.arg) is not None
    if instruction.op in ATTRIBUTES:
        if instruction.op == "LOAD_ATTR" and views.attribute(machine, stack[-1], instruction.arg) is not None:
            return True
        if instruction.op == "LOAD_ATTR" and is_extent_of(stack[-1], instruction.arg):
            return not own_home(machine, stack[-1])
        if stack[-1].__class__ is v.Obj:
            return instruction.op == "LOAD_ATTR" and attribute_values().is_value(machine, instruction)
        return stack[-1].__class__ is v.Const and type(stack[-1].value) is types.ModuleType
    if instruction.op in SUBSCRIPTS:
        return SUBSCRIPTS[instruction.op](machine, instruction)
    if instruction.op in OPERANDS:
        taken = stack[-OPERANDS[instruction.op]:]
        fused = any([is_whole(value) for value in taken])
        if fused and machine.splits(instruction):
            return False
        if instruction.op == "BINARY" and instruction.arg[1] and is_whole(taken[0]):
            return array_stores.is_in_place(machine, instruction) or array_stores.is_view_in_place(machine, instruction)
        return all([takes_part(value) or is_complex(value) for value in taken])
    if instruction.op == "CALL":
        return array_functions.at_hand(machine, instruction) is not None or is_of_numbers(machine, instruction) or outs.at_hand(machine, instruction) is not None or new_arrays.is_copy(machine, instruction) or reductions.at_hand(machine, instruction) is not None \
            or is_reduction(machine, instruction) or expression_functions.at_hand(machine, instruction) is not None
    return instruction.op == "RETURN" and returns(machine) and (not machine.deferred or deferred.can_be_given_up(machine, instruction))


def is_target(machine, instruction):
    """Whether a slice at hand is part of where something is stored."""
    instructions, index = machine.code.instructions, machine.code.at[instruction.unit]
    ends = ("SUBSCR", "BINARY_SLICE", "STORE_SUBSCR", "STORE_SLICE", "CALL", "RETURN", "STORE_FAST")
    return next((one.op for one in instructions[index + 1:] if one.op in ends), "") in ("STORE_SUBSCR", "STORE_SLICE")


def is_elementwise(machine, instruction):
    """Whether a call or a subscript at hand computes nothing that an expression can't be part of."""
    if instruction.op == "CALL":
        return array_functions.at_hand(machine, instruction) is not None or is_of_numbers(machine, instruction) or waits(machine, instruction) or deferred.reduces(machine, instruction) \
            or expression_functions.at_hand(machine, instruction) is not None
    if instruction.op == "BUILD_TUPLE":
        return not gathers.is_built(machine, machine.state.stack[-instruction.arg:])
    return instruction.op != "SUBSCR" or not takes_slices(machine, *machine.state.stack[-2:])


def is_reduction(machine, instruction):
    """Whether a call at hand reduces what is collected along axes."""
    return waits(machine, instruction) or array_calls.is_fused(machine, array_calls.at_hand(machine, instruction))


def waits(machine, instruction):
    """Whether it is a reduction, or a product, that can be part of what goes on."""
    return array_calls.is_part(machine, array_calls.at_hand(machine, instruction)) or spreads.is_part(machine, instruction) or products.is_part(machine, instruction)


@cache
def attribute_values():
    from framejit.capture import attribute_values
    return attribute_values


def own_home(machine, value):
    return stack_handlers().own_home(machine, value)


def slices(machine, instruction):
    return views.follows_array(machine, instruction.arg) and instruction.unit not in machine.hints.real_slices


def builds_key(machine, instruction):
    parts = machine.state.stack[-instruction.arg:]
    if is_place(machine, instruction):
        return True
    if any([part.__class__ is v.Slice for part in parts]) and gathers.is_built(machine, parts):
        return True
    return any([part.__class__ is v.Slice for part in parts]) and all([part.__class__ is v.Slice or views.is_index(part) for part in parts])


def takes_slices(machine, container, key):
    """Whether slices without objects are part of what arrays choose by."""
    return key.__class__ is v.Tup and any([part.__class__ is v.Slice for part in key.items]) and gathers.at_hand(machine, container, key)


SUBSCRIPTS = {
    "BUILD_SLICE": slices,
    "BUILD_TUPLE": builds_key,
    "SUBSCR": lambda machine, instruction: views.is_view(machine, instruction) or rows.is_operand(machine, instruction) or takes_slices(machine, *machine.state.stack[-2:])
    or is_one_extent(*machine.state.stack[-2:]) or is_element(machine, instruction, *machine.state.stack[-2:]),
    "STORE_SUBSCR": lambda machine, instruction: array_stores.is_store(machine, instruction) or takes_slices(machine, *machine.state.stack[-2:]),
    "STORE_SLICE": lambda machine, instruction: array_stores.is_store(machine, instruction),
    "BINARY_SLICE": lambda machine, instruction: views.slice_at_hand(machine, instruction) is not None,
}


# ---- operations

def binary(machine, instruction):
    """Whether `+` and the like were taken into an expression."""
    symbol, inplace = instruction.arg
    left, right = machine.state.stack[-2:]
    if array_stores.is_view_in_place(machine, instruction):
        array_stores.view_in_place(machine, instruction)
        return True
    if array_stores.is_in_place(machine, instruction):
        array_stores.in_place(machine, instruction)
        return True
    if symbol not in BINARY or inplace and is_whole(left):
        return False
    if symbol == "**" and right.__class__ is v.Const and is_whole(left) and one_of(type(right.value), (int, float)) and right.value in POWERS:
        return power(machine, left, right.value)
    return combined(machine, BINARY[symbol], 2, [left, right])


def power(machine, left, exponent):
    """A square, a reciprocal or a root, as NumPy takes them; those of integers are left to it but for the square."""
    floating, whole = ELEMENTS[left.kind].floating, type(exponent) is int or exponent == 0.5
    if ELEMENTS[left.kind].part is not None:
        return whole and combined(machine, POWERS[exponent], 2, [left])
    if left.kind == "bool_" or not floating and (exponent != 2 or type(exponent) is float):
        return False
    return combined(machine, POWERS[exponent], 2, [left])


def compare(machine, instruction):
    """Not where the instruction goes on to ask for the truth of the result (3.13): nothing can leave in its middle."""
    return not machine.splits(instruction) and combined(machine, COMPARE[instruction.arg], 2, machine.state.stack[-2:])


def unary(machine, instruction):
    return instruction.arg in UNARY and combined(machine, UNARY[instruction.arg], 1, machine.state.stack[-1:])


def called(machine, instruction):
    """Whether a call of a ufunc was taken into an expression, or one that makes an array."""
    if new_arrays.called(machine, instruction) or outs.called(machine, instruction):
        return True
    found = array_functions.at_hand(machine, instruction)
    if found is None:
        return False
    step = as_type if found[0].__class__ is tuple else STEPS.get(found[0], combined)
    return step(machine, found[0], instruction.arg[0] + 2, found[1])


def combined(machine, name, popped, values):
    """Put the function of these values in the place of `popped` stack entries; False: it isn't computed here."""
    if not any([is_whole(value) for value in values]) or not all([takes_part(value) or is_complex(value) for value in values]):
        return False
    given_name = name
    found = [value if is_whole(value) or is_complex(value) else numbers.number(machine, value) for value in values]
    if None in found:
        return False
    resolved = ufuncs.resolved(name, tuple([kind_of(value) for value in found]))
    if resolved is None or max([value.ndim for value in found if is_whole(value)]) > MOST_RANK:
        return False
    kinds, kind = resolved
    if name == "power" and ELEMENTS[kind].part is not None and not all([is_whole(value) for value in found]):
        return False        # for some numbers another function
    if name == "divide" and kind in REACH:
        name, found = by_reciprocal(machine, found, REACH[kind])
    if not all([convertible(value, kind) for value, kind in zip(found, kinds)]):
        return False
    depths = [next((depth for depth, one in enumerate(machine.state.stack) if one is value), None) for value in values]
    if too_large(machine, found):
        return None not in depths and combined(machine, given_name, popped, [machine.state.stack[depth] for depth in depths])
    begun(machine, found)
    if is_foreign(name):
        machine.guard(machine.emit("read_call", attr=("fj_foreign_quiet", "i1"), type="i1"), "array")
    machine.weight["native"] += FUSED * 10 ** len(machine.state.headers)
    args = [converted(machine, value, kind) for value, kind in zip(found, kinds)]
    made = v.Fused(kind, max([value.ndim for value in found if is_whole(value)]), Term(kind, name, args), *kept(machine, values))
    machine.popn(popped)
    machine.push(made)
    return True


def rounded(machine, name, popped, values):
    """What `round` to places is in NumPy: elements times a power of ten, to integers, and divided by it; of places before the point the other way round."""
    value, places = values[0], values[1].value
    first, last = ("multiply", "divide") if places > 0 else ("divide", "multiply")
    if not combined(machine, first, popped, [value, v.Const(10.0 ** abs(places))]):
        return False
    scaled = machine.state.stack.pop()
    machine.weight["native"] += 2 * FUSED * 10 ** len(machine.state.headers)
    term = Term(scaled.kind, last, [Term(scaled.kind, "rint", [scaled.term]), scaled.term.args[1]])
    machine.push(v.Fused(scaled.kind, scaled.ndim, term, scaled.temporaries, scaled.slots))
    return True


def as_type(machine, name, popped, values):
    """A cast that the program asks for."""
    (_, kind), value = name, values[0]
    begun(machine, [value])
    machine.weight["native"] += FUSED * 10 ** len(machine.state.headers)
    made = v.Fused(kind, value.ndim, Term(kind, AS_TYPE, [converted(machine, value, value.kind)]), *kept(machine, [value]))
    machine.popn(popped)
    machine.push(made)
    return True


STEPS = {ROUND: rounded}        # functions that are more than one ufunc


def by_reciprocal(machine, values, reach):
    """(ufunc, operands) of a division: by a constant power of two it is a multiplication, of the same number before it is rounded."""
    left, right = values
    constant = right.node.attr if right.__class__ is v.Num and right.node.op == "const" and right.kind in ("int", "float") else 0
    exponent = power_of_two(float(constant))
    if exponent is None or abs(exponent) >= reach or not is_whole(left):
        return "divide", values
    return "multiply", [left, numbers.number(machine, v.Const(1.0 / constant))]


def power_of_two(number):
    """The exponent of 2 or -2 that the number is, or None."""
    if not 0.0 < abs(number) < float("inf"):
        return None
    numerator, denominator = abs(number).as_integer_ratio()
    return numerator.bit_length() - denominator.bit_length() if numerator & (numerator - 1) == 0 else None


def kind_of(value):
    """As what NumPy takes an operand."""
    if value.__class__ is v.Obj:
        return complex_kind(value)
    return "complex" if value.__class__ is v.Const else NUMPYS.get(value.kind, value.kind)


def too_large(machine, values):
    if sum([1 + len(value.term.below) for value in values if value.__class__ is v.Fused]) < SMALL:
        return False
    if not fit([value.term for value in values if value.__class__ is v.Fused], results=len(machine.deferred)):
        settle(machine, machine.instruction)
        return True
    return False


def returns(machine):
    """Whether what was collected is returned at once: it needs no home."""
    state = machine.state
    value = state.stack[-1]
    alone = len(state.stack) == 1 and value.__class__ is v.Fused and not value.temporaries
    return alone and machine.region.can_return and not machine.code.loops and all(state.clean)


def returned(machine):
    value = machine.state.stack[-1]
    if machine.deferred:
        deferred.expect_patience(machine)
        machine.deferred = {}
    if machine.routine is not None:
        machine.give_expression(lambda: computed(machine, value), value)
        return
    machine.pending = False
    machine.end("return", (computed(machine, value),), iterations=machine.state.iterations)


__all__ = ["binary", "called", "compare", "combined", "goes_on", "returned", "unary"]
