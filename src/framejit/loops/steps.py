"""What the operations on whole arrays do in the graph's interpreter (graph/run.py): NumPy computes."""

import ctypes
from itertools import islice

from framejit.graph.memory import write
from framejit.graph.steps import CONTEXT, STEPS
from framejit.loops import ufuncs
from framejit.loops.nests import run_all
from framejit.tables.array_calls import ALONG, ARRAY_CALLS, BEGINNINGS, OBJECT, PRODUCTS
from framejit.tables.classes import numpy_holds, numpys
from framejit.tables.generators import twister_type
from framejit.tables.reductions import PRODUCT, REDUCTIONS, SAMPLE
from framejit.tables.types import ELEMENTS_BY_NUMBER, KINDS
from framejit.tables.whole_calls import LIST, SLICE, WHOLE


def real(active, head):
    """The address of an array's object; a view that has none gets one, which stays."""
    return head if ctypes.c_size_t.from_address(head + 8).value else active.call("fj_real_view", "ptr", ("ptr",), (head,))


def into(active, node):
    """The operation `nest_into`: 1, or 0 where NumPy warns or raises."""
    target, *arguments = active.operands(node)
    result = computed(active, active.graph.nests[node.attr], arguments)
    if result is None:
        return 0
    try:
        ctypes.cast(real(active, target), ctypes.py_object).value[...] = result
    except ValueError:      # shapes
        return 0
    return 1


def nest(active, node):
    """The operation `nest` in the graph's interpreter: the address of a new array; 0 where NumPy warns or raises."""
    result = computed(active, active.graph.nests[node.attr], active.operands(node))
    if result is None:
        return 0
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(result))
    return id(result)


def several(active, node):
    """The operation `nest_several`: 1, or 0 where NumPy warns or raises, 2 where the results have several shapes."""
    results = computed_all(active, active.graph.nests[node.attr], active.operands(node))
    if results is None or len({result.shape for result in results}) > 1:
        return 0 if results is None else 2
    return given(active, len(node.args) - len(active.graph.nests[node.attr].results), results)


def given(active, place, results):
    """Arrays in words from this one on."""
    active.results = dict(enumerate(results, place))
    return 1


def chain(active, node):
    """The operation `nest_chain`: 1, or 0 where NumPy warns or raises."""
    _, operands, values, stages, results, _ = node.attr
    write("i64", active.context + CONTEXT["number"], 0)
    arrays = [ctypes.cast(real(active, value), ctypes.py_object).value if rank else scalar_of(kind, value) for (kind, rank), value in zip(operands, active.operands(node))]
    made = [None] * len(values)
    try:
        with numpy_holds("errstate")(all="raise", under="ignore"):
            for what, takes, gives, _ in stages:
                taken = [arrays[one] if one >= 0 else made[~one] for one in takes]
                if what.__class__ is int:
                    for place, result in zip(gives, run_all(active.graph.nests[what], taken)):
                        made[place] = result
                elif what[0] == PRODUCT:
                    made[gives[0]] = multiplied(*taken, *what[1:6])
                else:
                    made[gives[0]] = reduced(taken[0], what[0], what[2])
    except (FloatingPointError, ValueError):
        return 0
    if len({one.shape[:-1] for one in made}) > 1 or any([one.shape[-1] < 2 for one, (_, single) in zip(made, values) if not single]):
        return 2
    return given(active, len(node.args), [made[place] for place in results])


def multiplied(left, right, left_axes, right_axes, left_summed, right_summed, right_last):
    """A product of matrices: axes of the result are numbered, the one that is summed over is behind them."""
    last = len(left_axes)
    names = [{axis: place for place, axis in enumerate(axes) if axis >= 0} for axes in (left_axes, right_axes)]
    names[0][left_summed] = names[1][right_summed] = last + 1
    names[1][right_last] = last
    return numpy_holds("einsum")(left, [names[0][axis] for axis in range(left.ndim)], right, [names[1][axis] for axis in range(right.ndim)], [*range(last + 1)])


def reduced(array, name, less):
    """Along the last axis, which stays; in the elements' own kind."""
    if name in ("sum", "prod"):
        return getattr(array, name)(axis=-1, keepdims=True, dtype=array.dtype)
    if not less:
        return getattr(array, name)(axis=-1, keepdims=True)
    if array.shape[-1] <= less:
        raise ValueError("nothing to divide by")
    return (array.sum(axis=-1, keepdims=True) / (array.shape[-1] - less)).astype(array.dtype)


def made_array(active, node):
    """The operation `made_array`: the address of one of them."""
    result = active.results[node.attr]
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(result))
    return id(result)


def reduce(active, node):
    """The operation `nest_reduce`: the scalar's value."""
    number, name, _ = node.attr
    result = computed(active, active.graph.nests[number], active.operands(node))
    sample = REDUCTIONS[name].mode == SAMPLE
    if result is None or result.size <= sample:
        write("i64", active.context + CONTEXT["number"], 2)
        return 0
    if sample:
        return type(result.sum())(result.sum() / (result.size - 1)).item()
    return getattr(result, name)().item()


def reduce_along(active, node):
    """The operation `nest_along`: the address of a new array; 0 where NumPy warns or raises."""
    number, _, attr = node.attr
    arguments, nest = active.operands(node), active.graph.nests[number]
    result = computed(active, nest, arguments)
    result = None if result is None else called(active, attr, [id(result), *arguments[len(nest.operands):]])
    if result is None:
        return 0
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(result))
    return id(result)


def spread(active, node):
    """The operation `nest_spread`: the address of a new array; 0 where NumPy warns."""
    *_, attr, less, root = node.attr
    name, axes, _, keepdims, kind, _, through, _ = attr
    write("i64", active.context + CONTEXT["number"], 0)
    head, *given = active.operands(node)
    array = ctypes.cast(real(active, head), ctypes.py_object).value
    asked = tuple(given) or tuple([axis for axis in range(array.ndim) if axes >> axis & 1])
    try:
        count = array.size and array.size // array.sum(axis=asked).size
        with numpy_holds("errstate")(all="raise", under="ignore"):
            result = count > less and getattr(array, "std" if root else "var")(axis=asked, ddof=less, keepdims=keepdims, dtype=ufuncs.dtype_of(kind))
    except (FloatingPointError, ValueError):
        return 0
    if result is False:
        return 0
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(result))
    return id(result)


def call(active, node):
    """The operation `array_call`: the address of a new array; 0 where NumPy warns or raises."""
    result = called(active, node.attr, active.operands(node))
    if result is None:
        return 0
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(result))
    return id(result)


def number(active, node):
    """The operation `array_number`: the scalar's value."""
    result = called(active, node.attr[0], active.operands(node))
    if result is None:
        write("i64", active.context + CONTEXT["number"], 2)
        return 0
    return result.item()


def call_into(active, node):
    """The operation `array_call_into`: 1, or 0 where NumPy warns or raises."""
    *arguments, target = active.operands(node)
    result, out = called(active, node.attr, arguments), ctypes.cast(target, ctypes.py_object).value
    if result is None or result.shape != out.shape:
        return 0
    out[...] = result
    return 1


def called(active, attr, arguments):
    """What NumPy gives for a row of tables/array_calls.py, or None."""
    write("i64", active.context + CONTEXT["number"], 0)
    name, axes, given, keepdims, _, _, through, begins = attr
    more = {"initial": beginning(arguments.pop(), begins)} if begins else {}
    split = len(arguments) - given
    row, arrays = ARRAY_CALLS[name], [ctypes.cast(real(active, one), ctypes.py_object).value for one in arguments[:split]]
    asked = tuple(arguments[split:]) or tuple([axis for axis in range(8) if axes >> axis & 1])
    try:
        with numpy_holds("errstate")(all="raise", under="ignore"):
            if row.form in PRODUCTS:
                return ufuncs.function(name)(*arrays)
            if row.form == ALONG:
                return getattr(arrays[0], name)(axis=None if axes < 0 else asked[0], keepdims=keepdims)
            chosen = more | ({"dtype": ufuncs.dtype_of(through)} if through and "dtype" in row.parameters else {}) | ({"where": arrays[1]} if len(arrays) > 1 else {})
            return getattr(arrays[0], name)(axis=asked, keepdims=keepdims, **chosen)
    except (FloatingPointError, ValueError):
        return None


def beginning(value, begins):
    """What a reduction begins with."""
    if begins == OBJECT:
        return ctypes.cast(value, ctypes.py_object).value
    return bool(value) if begins == "bool" else value if begins in ("int", "float") else ufuncs.dtype_of(begins).type(value)


def scalar_of(kind, value):
    """NumPy's scalar of this kind; of half precision the value is its bits."""
    dtype = ufuncs.dtype_of(kind)
    return dtype.type(value) if kind in KINDS else numpys("uint16")(value & 0xffff).view(dtype)


def computed(active, nest, arguments):
    """What NumPy makes of raw operands, or None."""
    results = computed_all(active, nest, arguments)
    return None if results is None else results[-1]


def computed_all(active, nest, arguments):
    """The same with the other results before it."""
    write("i64", active.context + CONTEXT["number"], 0)
    values = []
    for operand, value in zip(nest.operands, arguments):
        values.append(ctypes.cast(real(active, value), ctypes.py_object).value if operand.form == "array" else scalar_of(operand.kind, value))
    try:
        with numpy_holds("errstate")(all="raise", under="ignore"):
            return run_all(nest, values)
    except (FloatingPointError, ValueError):    # what doesn't broadcast; integers to negative powers
        return None


def new_array(active, node):
    """The operation `new_array`: the address of it, or 0."""
    number, rank, zeros = node.attr
    sides = (ctypes.c_int64 * rank)(*active.operands(node))
    return active.call("fj_new_filled", "ptr", ("i32", "i32", "ptr", "i32"), (number, rank, ctypes.addressof(sides), zeros))


def whole_call(active, node):
    """The operation `whole_call`: the address of what NumPy gives; 0 where it warns or raises."""
    calls, forms, names, _ = node.attr
    write("i64", active.context + CONTEXT["number"], 0)
    words, forms, values = iter(active.operands(node)), iter(forms), []
    for form in forms:
        values.append(operand(active, form, forms, words))
    given = dict(zip(ctypes.cast(next(words), ctypes.py_object).value, values[len(values) - len(names):])) if names else {}
    try:
        with numpy_holds("errstate")(all="raise", under="ignore"):
            result = ufuncs.function(calls)(*values[:len(values) - len(names)], **given)
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return 0
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(result))
    return id(result)


def operand(active, form, forms, words):
    """The next operand of such a call."""
    if form > WHOLE:
        items = [operand(active, one, forms, words) for one in islice(forms, form % WHOLE)]
        return slice(*items) if form > SLICE else tuple(items) if form < LIST else items
    word = next(words)
    if form == WHOLE:
        return ctypes.cast(real(active, word), ctypes.py_object).value
    return beginning(word, next(name for name, number in BEGINNINGS.items() if number == form) if form < 0 else ELEMENTS_BY_NUMBER[form - 1].name)


def whole_call_into(active, node):
    """The operation `whole_call_into`: 1, or 0 where NumPy raises."""
    return int(whole_call(active, node) != 0)


def ufunc_number(active, node):
    """The operation `ufunc_number`: the scalar's value."""
    name, _, kinds = node.attr
    write("i64", active.context + CONTEXT["number"], 0)
    try:
        with numpy_holds("errstate")(all="raise", under="ignore"):
            return ufuncs.ufunc(name)(*[scalar_of(kind, value) for kind, value in zip(kinds, active.operands(node))]).item()
    except (FloatingPointError, ValueError):
        write("i64", active.context + CONTEXT["number"], 1)
        return 0


def draw(active, node):
    """The operation `draw`."""
    write("i64", active.context + CONTEXT["number"], 0)
    rng, a, b = active.operands(node)
    return a + b * drawer(NUMBERS[node.attr], rng)()


def draw_integer(active, node):
    """The operation `draw_integer`."""
    write("i64", active.context + CONTEXT["number"], 0)
    rng, low, high = active.operands(node)
    name = INTEGERS[node.attr]
    if name == "getrandbits":
        return drawer(name, rng)(low)
    if low >= high:
        write("i64", active.context + CONTEXT["number"], 2)
        return 0
    return int(drawer(name, rng)(low, high))


def drawer(name, address):
    """A generator's method, as its C code has it."""
    rng = ctypes.cast(address, ctypes.py_object).value
    own = vars(twister_type()).get(name)
    return own.__get__(rng) if own is not None and isinstance(rng, twister_type()) else getattr(rng, name)


NUMBERS = ("random", "standard_normal", "random_sample", "standard_normal", "standard_exponential", "random")       # ext/draws.h
INTEGERS = ("integers", "randint", "getrandbits")
STEPS |= {"kept_nest": lambda active, node: 0, **dict.fromkeys(("forget", "spoil", "spoil_at"), lambda active, node: None), "draw": draw, "draw_integer": draw_integer, "ufunc_number": ufunc_number, "whole_call": whole_call, "whole_call_into": whole_call_into, "new_array": new_array, "nest": nest, "nest_several": several, "nest_chain": chain, "made_array": made_array, "nest_into": into, "nest_reduce": reduce, "nest_along": reduce_along, "nest_spread": spread, "array_call": call, "array_call_into": call_into, "array_number": number}
