"""Calls of functions of NumPy's C code, as they are (tables/whole_calls.py, ext/whole_calls.c).

    i = np.searchsorted(knots, x)       a method of arrays, called by native code; behind it a guard that this is an array of int64 with one axis

What isn't as expected leaves behind the call, and teaches; an error, or what NumPy would warn of, leaves before it.
"""

from functools import cache

from framejit.capture import array_calls, entry, expressions, made_arrays, more_results, numbers, values as v      # noqa: F401 (more_results adds rows)
from framejit.capture.listed import Listed, release
from framejit.capture.subscripts import typed
from framejit.capture.handlers.calls import stored_example
from framejit.capture.whole_results import REFUSED, RESULTS, Likely
from framejit.loops import ufuncs
from framejit.tables.array_calls import BEGINNINGS, OBJECT
from framejit.tables.classes import numpys, one_of
from framejit.tables.generators import generator_type, legacy_type
from framejit.tables.types import ELEMENTS, KINDS
from framejit.tables.whole_calls import ARRAY, ARRAYS, AXES, BY_PLACE, DRAWS, DTYPE, FUNCTIONS, GENERATOR, INDEXING, INTEGER, LEGACY_DRAWS, LIST, MADE, METHOD, METHODS, MORE, NUMBER, PAIR_OF_NUMBERS, PLAIN, SLICE, TUPLE, UFUNC_METHODS, UFUNCS, WHOLE

MANY = 32               # operands, at most
NOTHING = "nothing"     # what a row gives that changes its second operand
PLAIN_C = ("arange", "matmul")      # functions of C code that classes don't override, but for the ufunc
PLAINS = (str, bool, type(None))
SEVERAL = (v.Tup, Listed)
names_of = type.__dict__["__dict__"].__get__


# ---- which call it is

def row_of(callee, bound):
    if bound:
        return methods(numpys("ndarray"), numpys("ufunc"), generator_type(), legacy_type()).get(id(callee))
    name = ufuncs.dispatched(callee) or ufuncs.in_python(callee) or next((name for name in PLAIN_C if ufuncs.is_own(callee, name)), None)
    return FUNCTIONS.get(name)


@cache
def methods(*kinds):
    """Rows of the methods of arrays, ufuncs and random generators, by what their types have for good."""
    tables = [names_of(kind) if kind is not None else {} for kind in kinds]
    return {id(table[name]): row for table, rows in zip(tables, (METHODS, UFUNC_METHODS, DRAWS, LEGACY_DRAWS)) for name, row in rows.items() if name in table}


def ufunc_method(value, name):
    """A method of one of NumPy's ufuncs, or None."""
    known = name in UFUNC_METHODS and value.__class__ is v.Const and numpys("ufunc") is not None and type(value.value) is numpys("ufunc")
    return v.Const(numpys("ufunc").__dict__[name]) if known and ufuncs.ufunc(value.value.__name__) is value.value else None


def at_hand(machine, instruction):
    """(row, parameter -> value) of a call at hand, or None."""
    found = None if machine.splits(instruction) else expressions.called(machine, instruction)
    row = None if found is None else row_of(*found[:2])
    if row is None:
        return None
    keywords, values = instruction.arg[1] or (), found[2]
    split = len(values) - len(keywords)
    given = bound_to(row, values[:split], dict(zip(keywords, values[split:])))
    return None if given is None or count(given.values()) > MANY else (row, given)


def bound_to(row, positional, keywords):
    """Parameters -> values, lists of the last one's where it takes many; None where one isn't what the row says."""
    given, rest = {}, list(positional)
    parameters = [(name.removeprefix(BY_PLACE), form) for name, form in row.parameters]
    for name, form in parameters:
        if MORE in form and rest:
            given[name], rest = rest, []
        elif rest:
            given[name] = rest.pop(0)
    names, by_name = dict(parameters), {name for name, _ in row.parameters[1:]}
    if rest or not positional or not {*keywords} <= by_name - {*given}:
        return None
    given |= keywords
    if any([name not in given for name, _ in parameters[:row.required]]):
        return None
    return given if all([fits(one, names[name]) for name, value in given.items() for one in (value if type(value) is list else [value])]) else None


def fits(value, form):
    return any([FITS[letter](value) for letter in form if letter != MORE])


def is_number(value):
    return numbers.is_real(value) or value.__class__ is v.Const and one_of(type(value.value), (int, float, bool))


def is_integer(value):
    if value.__class__ is v.Const:
        return type(value.value) is int
    return value.__class__ is v.Num and KINDS[value.kind].machine != "i1" and not KINDS[value.kind].floating


def names_axes(value):
    if value.__class__ is v.Tup:
        return all([is_integer(item) for item in value.items])
    if value.__class__ is v.Const and type(value.value) is tuple:
        return all([type(item) is int for item in value.value])
    return value.__class__ is v.Const and value.value is None or is_integer(value)


def is_pair(value):
    """A tuple of two numbers."""
    if value.__class__ is v.Tup:
        return len(value.items) == 2 and all([is_number(item) for item in value.items])
    return value.__class__ is v.Const and type(value.value) is tuple and len(value.value) == 2 and all([one_of(type(item), (int, float)) for item in value.value])


FITS = {
    ARRAY: expressions.is_whole,
    NUMBER: is_number,
    INTEGER: is_integer,
    PLAIN: lambda value: value.__class__ is v.Const and one_of(type(value.value), PLAINS),
    AXES: names_axes,
    PAIR_OF_NUMBERS: is_pair,
    ARRAYS: lambda value: value.__class__ in SEVERAL and len(value.items) > 0 and all([expressions.is_whole(item) for item in value.items]),
    UFUNCS: lambda value: value.__class__ is v.Const and type(value.value) is numpys("ufunc"),
    GENERATOR: lambda value: value.__class__ is v.Obj and one_of(value.type, (generator_type(), legacy_type())),
    DTYPE: lambda value: made_arrays.kind_named(value) is not None,
}


def count(values):
    return sum([count(value) if type(value) is list else len(value.items) + 1 if value.__class__ in SEVERAL else 1 for value in values])


# ---- the call

def takes_several(callee, items):
    """Whether a function takes these arrays as its first operand."""
    row = row_of(callee, False)
    return row is not None and ARRAYS in row.parameters[0][1] and all([expressions.is_whole(item) for item in items])


def called(machine, instruction):
    """Whether a call was taken."""
    if at_hand(machine, instruction) is None:
        return False
    if machine.pending:
        expressions.settle(machine, instruction)
    row, given = at_hand(machine, instruction)
    if "rng" in given and draws().drawn(machine, instruction, row, given):
        return True
    if row.gives == NOTHING:
        return changed(machine, instruction, row, given)
    expected = RESULTS[row.gives](given)
    if expected is REFUSED:
        return False
    release(machine, given.values(), instruction.arg[0] + 2)
    by_position = row.calls[0] == MADE or row.calls[0] == METHOD and not expressions.called(machine, instruction)[1]
    ordered, names = in_order(row, given, () if by_position else instruction.arg[1] or ())
    node, slots = computed(machine, row.calls, ordered, names, row.heard)
    result = v.Obj(tuple, node, "home", like(expected)) if type(expected) is tuple and type(expected[0]) is tuple else v.Obj(None, node, example=example_of(machine, expected))
    array_calls.put(machine, instruction.arg[0] + 2, result, node, slots)
    known(machine, instruction, expected)
    return True


def draws():
    from framejit.capture import draws
    return draws


def changed(machine, instruction, row, given):
    """The same of a call that changes an array and gives None."""
    target = given["a"]
    if not target.writable or expressions.is_temporary(machine, target) or "indices" in given and given["indices"].kind not in INDEXING:
        return False
    slots = performed(machine, row.calls, [given[name.removeprefix(BY_PLACE)] for name, _ in row.parameters], row.heard)
    array_calls.put(machine, instruction.arg[0] + 2, v.Const(None), None, slots)
    return True


def multiplied(machine, instruction):
    """Whether `@` was taken that isn't of two matrices of one kind."""
    values = machine.state.stack[-2:]
    if instruction.arg != ("@", False) or machine.splits(instruction) or not all([expressions.is_whole(value) for value in values]):
        return False
    if machine.pending:
        expressions.settle(machine, instruction)
    row, given = FUNCTIONS["matmul"], dict(zip("ab", machine.state.stack[-2:]))
    node, slots = computed(machine, row.calls, list(given.values()), (), row.heard)
    array_calls.put(machine, 2, v.Obj(None, node), node, slots)
    known(machine, instruction, RESULTS[row.gives](given))
    return True


def known(machine, instruction, expected):
    """What the call has given, on top of the stack, as what has been seen here or else is expected."""
    if expected.__class__ is not Likely or not machine.hints.guesses:
        made_arrays.known(machine, instruction, expected if is_form(expected) else None)
        return
    machine.landing = instruction.next
    machine.begin(machine.state.copy())
    value = machine.state.stack[-1]
    machine.state.stack[-1] = typed(machine, value.node, (instruction.unit, made_arrays.SITE), expected.value, value.owner)


def is_form(expected):
    return type(expected) is tuple and type(expected[0]) is not tuple


def like(forms):
    """What stands in the place of a tuple of arrays."""
    return tuple([entry.like(form) for form in forms])


def example_of(machine, expected):
    return expected.value if expected.__class__ is Likely else stored_example(machine)


def in_order(row, given, keywords):
    """(operands as they are handed over, names of the last of them); `keywords`: those that stay so, for what is called knows which it takes."""
    places, named, gap = [], {}, False
    for name in [name.removeprefix(BY_PLACE) for name, _ in row.parameters]:
        if name not in given:
            gap = True
        elif gap or name in keywords:
            named[name] = given[name]
        else:
            places += given[name] if type(given[name]) is list else [given[name]]
    return [*places, *named.values()], tuple(named)


def computed(machine, calls, operands, names, heard):
    """(the node of what NumPy gives, homes that the stack's arrays had); leaves where there is an error to raise."""
    nodes, forms, slots = prepared(machine, operands)
    nodes += [machine.object(names)] if names else []
    node = machine.emit("whole_call", *nodes, attr=(calls, tuple(forms), names, heard))
    alone(machine)
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "array")
    expressions.others_wait(machine)
    return node, slots


def performed(machine, calls, operands, heard=False):
    """The same of what changes elements of arrays and gives None: the homes."""
    nodes, forms, slots = prepared(machine, operands)
    done = machine.emit("whole_call_into", *nodes, attr=(calls, tuple(forms), (), heard))
    alone(machine)
    machine.guard(machine.emit("icmp_ne", done, machine.int(0)), "array")
    expressions.others_wait(machine)
    return slots


def alone(machine):
    """In a routine nothing else may run: where the program has other threads its function isn't called natively."""
    if machine.routine is not None:
        expressions.left_alone(machine, machine.emit("number"))


def prepared(machine, operands):
    """(words, what each is, homes that the stack's arrays had)."""
    temporaries, slots = expressions.kept(machine, arrays_of(operands))
    for listed in [operand for operand in operands if operand.__class__ is Listed]:
        temporaries, slots = temporaries + listed.temporaries, slots + listed.slots
    expressions.expect_quiet(machine, temporaries)
    nodes, forms = [], []
    for operand in operands:
        described(machine, operand, nodes, forms)
    return nodes, forms, slots


def arrays_of(operands):
    found = []
    for operand in operands:
        found += arrays_of(operand.items) if operand.__class__ is v.Tup else [operand] if expressions.is_whole(operand) else []
    return found


def described(machine, operand, nodes, forms):
    """An operand as words and what each is."""
    if operand.__class__ in SEVERAL:
        forms.append((LIST if operand.__class__ is Listed and operand.is_list else TUPLE) + len(operand.items))
        for item in operand.items:
            described(machine, item, nodes, forms)
    elif operand.__class__ is v.Slice:
        forms.append(SLICE + 3)
        for end in (*operand.bounds, "", "")[:3]:
            described(machine, v.Const(None) if end == "" else v.Num("int", end), nodes, forms)
    elif expressions.is_whole(operand):
        forms.append(WHOLE)
        nodes.append(operand.node)
    elif operand.__class__ is v.Num:
        forms.append(BEGINNINGS[operand.kind] if operand.kind in BEGINNINGS else 1 + ELEMENTS[operand.kind].number)
        nodes.append(operand.node)
    else:
        forms.append(BEGINNINGS[OBJECT])
        nodes.append(operand.node if operand.__class__ is v.Obj else machine.object(operand.value))


__all__ = ["at_hand", "called", "computed", "multiplied", "performed", "takes_several", "ufunc_method"]
