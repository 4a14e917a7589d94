"""Functions and methods that are part of expressions: which ufunc, or operation beside the ufuncs, a call at hand is, and of what.

    np.exp(x), abs(x)           exp, absolute of x
    x.clip(None, 1)             minimum of x and 1, as NumPy's own code in Python says; so is x.clip(max=1)
    x.conj()                    of a complex array; a real one is its own, which is no operation
    x.round(2)                  `round` of x and 2, which elementwise.py takes in steps
    x.astype(np.int32)          (`astype`, int32) of x: a cast
"""

from collections import namedtuple

from framejit.capture import values as v
from framejit.capture.expressions import call_at_hand, is_in_order, is_whole, relied_on, takes_part
from framejit.capture.made_arrays import kind_named
from framejit.loops import ufuncs
from framejit.loops.nests import castable, narrowable
from framejit.tables.classes import array_method, numpy_holds
from framejit.tables.elementwise import AS_TYPE, CLIP, FUNCTIONS, METHODS, ONE_SIDED, ROUND, WHERE
from framejit.tables.types import ELEMENTS


def at_hand(machine, instruction):
    """(name, operands) of the function that this call is of, if all it takes is arrays and numbers, as many as it wants, or None."""
    call = call_at_hand(machine, instruction)
    if call is None:
        return None
    function, bound, given = call
    given = by_place(function, bound, given, instruction.arg[1]) if instruction.arg[1] else given
    if given is None:
        return None
    found = method_of(machine, function, given) if bound else function_of(machine, function, given)
    return found if found is not None and all([takes_part(value) for value in found[1]]) else None


def function_of(machine, function, given):
    if function is abs:
        return ("absolute", given) if len(given) == 1 else None
    if ufuncs.dispatched(function) in FUNCTIONS and numpy_holds(function.__name__) is function:
        found = TAKEN[FUNCTIONS[function.__name__]](given)
        return found if found is not None and relied_on(machine, function) else None
    name = ufuncs.named(function)
    return (name, given) if name is not None and len(given) == function.nin else None


def method_of(machine, method, given):
    name = array_method(method, METHODS)
    found = TAKEN[METHODS[name]](given) if name is not None and is_whole(given[0]) else None
    return found if found is not None and relied_on(machine, method, True) else None


def by_place(function, bound, given, names):
    """The operands of a function some of which are given by name; None: none of ours takes these, or NumPy says what is wrong."""
    name = array_method(function, METHOD_NAMES) if bound else next((name for name in FUNCTION_NAMES if numpy_holds(name) is function), None)
    if name is None:
        return None
    row, split = (METHOD_NAMES if bound else FUNCTION_NAMES)[name], len(given) - len(names)
    found = dict(zip(row.names, given[1:split]))
    if not {*names} <= {*row.names} - {*found} or len(given) <= row.required:
        return None
    found.update(zip(names, given[split:]))
    return [given[0], *[found.get(name, v.Const(row.default)) for name in row.names]]


def clipped(given):
    """Of a number `clip` makes an array of its own kind; an end that is None isn't there."""
    ends = [value for value in given[1:] if not is_none(value)]
    if len(given) != 3 or not is_whole(given[0]) or not ends:
        return None
    return (CLIP, given) if len(ends) == 2 else (ONE_SIDED[is_none(given[1])], [given[0], *ends])


def rounded(given):
    """Integers are as they are, complex numbers are rounded by parts; to places NumPy gives an array in C's order, whatever it is of."""
    places = given[1] if len(given) == 2 else v.Const(0)
    if len(given) > 2 or not is_whole(given[0]) or not ELEMENTS[given[0].kind].floating or ELEMENTS[given[0].kind].part is not None:
        return None
    if places.__class__ is not v.Const or type(places.value) is not int or abs(places.value) > MOST_PLACES:
        return None
    if places.value == 0:
        return "rint", given[:1]
    return (ROUND, [given[0], places]) if given[0].ndim < 2 or is_in_order(given[0]) else None


def as_type(given):
    """In the array's own order, which is the only one that is known of what isn't in C's."""
    kind = kind_named(given[1]) if len(given) == 2 else None
    if kind is None or not is_whole(given[0]):
        return None
    return ((AS_TYPE, kind), given[:1]) if castable(given[0].kind, kind) or narrowable(given[0].kind, kind) else None


def conjugated(given):
    """A real array is its own conjugate."""
    return ("conjugate", given) if len(given) == 1 and ELEMENTS[given[0].kind].part is not None else None


def is_none(value):
    return value.__class__ is v.Const and value.value is None


Named = namedtuple("Named", "names required default")       # operands behind the first that may be given by name, how many have to be, what stands for the others
PLACES = Named(("decimals",), 0, 0)
METHOD_NAMES = {CLIP: Named(("min", "max"), 0, None), ROUND: PLACES, AS_TYPE: Named(("dtype",), 1, None)}
FUNCTION_NAMES = {CLIP: Named(("a_min", "a_max"), 2, None), ROUND: PLACES, "around": PLACES}
MOST_PLACES = 22        # up to there powers of ten are exact
TAKEN = {WHERE: lambda given: (WHERE, given) if len(given) == 3 else None, CLIP: clipped, ROUND: rounded, "conjugate": conjugated, AS_TYPE: as_type}


__all__ = ["at_hand"]
