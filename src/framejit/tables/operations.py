"""The operations of the graph: one row each, read by the verifier, the printer, the interpreter and the lowering.

`args` and `result` are machine types; `T` is any number type (the same for all `T`s of a row), `I` any integer,
`F` any floating type; `attr` in the result means that the node's attribute names the type.
`effect`: pure | read | write | guard (may exit) | call (native code of a callee: may exit, may write) | world (anything may have
happened behind it).
`text` is the LLVM instruction: {r} result, {0} {1} … operands, {t} LLVM type of the first operand, {rt} of the
result, {a} the attribute.  Rows without text are lowered by a function of the same name in the back end.
`compute` is the same in Python for the graph interpreter: operands are Python ints (two's complement, signed),
floats and bools; `typed` stands in where the result depends on the operands' types: (values, types, result type).
Both give the exact number; `evaluate` wraps it to the result's type, as LLVM does.
"""

import operator
import struct
from typing import Callable, NamedTuple, Optional

from framejit.tables.originals import math
from framejit.tables.types import MACHINE_TYPES


class Operation(NamedTuple):
    name: str
    args: str
    result: str
    effect: str = "pure"
    text: str = ""
    compute: Optional[Callable] = None
    typed: Optional[Callable] = None
    leaves: bool = False    # carries an exit though its effect is no guard and no world point


def _fdiv(x, y):
    if y == 0.0:
        if x == 0.0 or x != x:
            return math.nan
        return math.copysign(math.inf, x) * math.copysign(1.0, y)
    return x / y


def _sqrt(x):
    return math.sqrt(x) if x >= 0 or x != x else math.nan


def _quotient(x, y):
    sign = -1 if (x < 0) != (y < 0) else 1
    return sign * (abs(x) // abs(y))


def _shifted(function):
    """A count beyond 63 gives poison, which nothing may look at."""
    return lambda x, y: function(x, y) if 0 <= y < 64 else 0


def _whole(function):
    """Rounded to an integer; the sign stays, that of zero too."""
    return lambda x: math.copysign(float(function(x)), x) if math.isfinite(x) else x


def _single(x):
    try:
        return struct.unpack("f", struct.pack("f", x))[0]
    except OverflowError:
        return math.copysign(math.inf, x)


def _unsigned(function):
    return lambda values, types, result: function(*[as_unsigned(type, value) for type, value in zip(types, values)])


def _converted(read):
    """An integer as a float, rounded once: to 24 bits where the result has no more."""
    def convert(values, types, result):
        number = read(types[0], values[0])
        spare = abs(number).bit_length() - 24
        if result == "f32" and spare > 0:
            kept, rest = divmod(abs(number), 1 << spare)
            kept += rest * 2 + (kept & 1) > 1 << spare
            number = math.copysign(1, number) * float(kept << spare)
        return float(number)

    return convert


FORMATS = {"i8": "b", "i16": "h", "i32": "i", "i64": "q", "f32": "f", "f64": "d", "ptr": "Q"}


def _same_bits(values, types, result):
    return struct.unpack(FORMATS[result], struct.pack(FORMATS[types[0]], values[0]))[0]


def as_signed(type, value):
    """An operand as signed arithmetic sees it; an i1 that holds is -1 there."""
    return -int(value) if type == "i1" else value


def as_unsigned(type, value):
    row = MACHINE_TYPES[type]
    return value if row.floating else (value or 0) & (1 << row.bits) - 1


def wrapped(type, number):
    """An exact number as a value of this machine type: two's complement, single precision, a bool for i1."""
    row = MACHINE_TYPES[type]
    if row.floating:
        return _single(number) if type == "f32" else number
    if type == "i1":
        return bool(number & 1)
    low = (number or 0) & (1 << row.bits) - 1
    return low - (1 << row.bits) if type != "ptr" and low >> row.bits - 1 else low


def exact(name, values, types, result):
    """What a pure or overflow-checked operation gives before it is fitted into its type."""
    row = OPERATIONS[name]
    if row.typed is not None:
        return row.typed(values, types, result)
    return row.compute(*[as_signed(type, value) for type, value in zip(types, values)])


def evaluate(name, values, types, result):
    """The operation's value, as LLVM computes it."""
    return wrapped(result, exact(name, values, types, result))


INTEGER_PREDICATES = {
    "eq": operator.eq, "ne": operator.ne, "slt": operator.lt, "sle": operator.le, "sgt": operator.gt, "sge": operator.ge,
}
UNSIGNED_PREDICATES = {"ult": operator.lt, "ule": operator.le, "ugt": operator.gt, "uge": operator.ge}
FLOAT_PREDICATES = {
    "oeq": operator.eq, "une": operator.ne, "olt": operator.lt, "ole": operator.le, "ogt": operator.gt, "oge": operator.ge,
    "uno": lambda x, y: x != x or y != y, "ord": lambda x, y: x == x and y == y,
}

_MATH = {"floor": math.floor, "ceil": math.ceil, "trunc": math.trunc, "roundeven": round}


def _number_rows():
    yield Operation("const", "", "attr")
    yield Operation("param", "", "attr")
    yield Operation("object", "", "ptr")                       # attr: index of the region's constant
    yield Operation("home", "", "ptr", "read")                 # attr: slot; what its home holds
    yield Operation("name", "", "ptr", "read")                 # attr: name cell
    for name, function in (("add", operator.add), ("sub", operator.sub), ("mul", operator.mul)):
        yield Operation(f"i{name}", "I I", "I", "pure", "{r} = %s {t} {0}, {1}" % name, function)
        yield Operation(f"i{name}_ovf", "I I", "I", "guard", "", function)
        yield Operation(f"u{name}_ovf", "I I", "I", "guard", "", typed=_unsigned(function))
        yield Operation(f"f{name}", "F F", "F", "pure", "{r} = f%s {t} {0}, {1}" % name, function)
    yield Operation("fdiv", "F F", "F", "pure", "{r} = fdiv {t} {0}, {1}", _fdiv)
    yield Operation("fneg", "F", "F", "pure", "{r} = fneg {t} {0}", operator.neg)
    yield Operation("fabs", "F", "F", "pure", "{r} = call {t} @llvm.fabs.{s}({t} {0})", abs)
    yield Operation("fsqrt", "F", "F", "pure", "{r} = call {t} @llvm.sqrt.{s}({t} {0})", _sqrt)
    yield Operation("fence", "F", "F", "pure", "{r} = call {t} @llvm.arithmetic.fence.{s}({t} {0})", float)     # the same value
    yield Operation("fcopysign", "F F", "F", "pure", "{r} = call {t} @llvm.copysign.{s}({t} {0}, {t} {1})", math.copysign)
    for name, function in _MATH.items():
        yield Operation(f"f{name}", "F", "F", "pure", "{r} = call {t} @llvm.%s.{s}({t} {0})" % name,
                        _whole(function))
    yield Operation("sdiv", "I I", "I", "pure", "{r} = sdiv {t} {0}, {1}", _quotient)
    yield Operation("srem", "I I", "I", "pure", "{r} = srem {t} {0}, {1}", lambda x, y: x - y * _quotient(x, y))
    yield Operation("udiv", "I I", "I", "pure", "{r} = udiv {t} {0}, {1}", typed=_unsigned(operator.floordiv))
    yield Operation("urem", "I I", "I", "pure", "{r} = urem {t} {0}, {1}", typed=_unsigned(operator.mod))
    for name, function in (("and", operator.and_), ("or", operator.or_), ("xor", operator.xor)):
        yield Operation(f"i{name}", "I I", "I", "pure", "{r} = %s {t} {0}, {1}" % name, function)
    yield Operation("shl", "I I", "I", "pure", "{r} = shl {t} {0}, {1}", _shifted(operator.lshift))
    yield Operation("ashr", "I I", "I", "pure", "{r} = ashr {t} {0}, {1}", _shifted(operator.rshift))
    yield Operation("lshr", "I I", "I", "pure", "{r} = lshr {t} {0}, {1}", typed=_unsigned(_shifted(operator.rshift)))
    for name, function in INTEGER_PREDICATES.items():
        yield Operation(f"icmp_{name}", "T T", "i1", "pure", "{r} = icmp %s {t} {0}, {1}" % name, function)
    for name, function in UNSIGNED_PREDICATES.items():
        yield Operation(f"icmp_{name}", "T T", "i1", "pure", "{r} = icmp %s {t} {0}, {1}" % name, typed=_unsigned(function))
    for name, function in FLOAT_PREDICATES.items():
        yield Operation(f"fcmp_{name}", "F F", "i1", "pure", "{r} = fcmp %s {t} {0}, {1}" % name, function)
    yield Operation("select", "i1 T T", "T2", "pure", "{r} = select i1 {0}, {rt} {1}, {rt} {2}", lambda c, x, y: x if c else y)
    yield Operation("sext", "I", "attr", "pure", "{r} = sext {t} {0} to {rt}", int)
    yield Operation("zext", "I", "attr", "pure", "{r} = zext {t} {0} to {rt}", typed=_unsigned(int))
    yield Operation("trunc", "I", "attr", "pure", "{r} = trunc {t} {0} to {rt}", int)
    yield Operation("sitofp", "I", "attr", "pure", "{r} = sitofp {t} {0} to {rt}", float, _converted(as_signed))
    yield Operation("uitofp", "I", "attr", "pure", "{r} = uitofp {t} {0} to {rt}", typed=_converted(as_unsigned))
    yield Operation("fptosi", "F", "attr", "pure", "{r} = fptosi {t} {0} to {rt}", lambda x: int(x) if math.isfinite(x) else 0)
    yield Operation("fpext", "F", "attr", "pure", "{r} = fpext {t} {0} to {rt}", float)
    yield Operation("fptrunc", "F", "attr", "pure", "{r} = fptrunc {t} {0} to {rt}", _single)
    yield Operation("complex_of", "f64 f64", "c128", "pure", "", complex)
    for place, (name, function) in enumerate((("real", operator.attrgetter("real")), ("imag", operator.attrgetter("imag")))):
        yield Operation(f"complex_{name}", "c128", "f64", "pure", "{r} = extractvalue {t} {0}, %d" % place, function)
    yield Operation("pointer_bits", "ptr", "i64", "pure", "{r} = ptrtoint {t} {0} to {rt}", typed=_same_bits)
    yield Operation("bitcast", "T", "attr", "pure", "{r} = bitcast {t} {0} to {rt}", typed=_same_bits)


def _memory_rows():
    yield Operation("guard", "i1", "", "guard")                # leaves by its exit when the condition is false
    yield Operation("unbox_int", "ptr", "i64", "guard")        # an exact int's value; leaves when it needs more than 64 bits
    yield Operation("home_set", "ptr", "", "write", leaves=True)            # attr: (slot, keep if NULL?): the home owns the object now
    yield Operation("home_take", "ptr", "", "write", leaves=True)           # attr: (slot, False): the same, the reference is handed over
    yield Operation("home_append", "ptr ptr", "ptr", "write")  # attr: (slot,): the string that it holds, the first, with the second behind it; NULL: nothing has happened
    yield Operation("home_swap", "", "", "write")              # attr: two slots whose homes change places
    yield Operation("name_set", "ptr", "", "write")            # attr: name cell; assigned unless NULL
    yield Operation("name_put", "ptr", "", "write", leaves=True)            # attr: (name cell, keep if NULL?): the dictionary owns the object now
    yield Operation("own", "*", "ptr", "read")                 # attr: (word, number); (value) or (value, box): a new reference
    yield Operation("own_tuple", "*", "ptr", "read")           # owned items -> a new tuple
    yield Operation("own_list", "*", "ptr", "read")            # the same, a list; NULL: there is no memory
    yield Operation("own_dict", "*", "ptr", "read")            # the same, a dictionary of keys and values by turns
    yield Operation("field", "ptr", "attr2", "read")           # attr: field name
    yield Operation("item", "ptr i64", "ptr", "read")          # pointer number i of an item vector
    yield Operation("address", "ptr i64", "ptr", "pure", "{r} = getelementptr i8, ptr {0}, i64 {1}")
    yield Operation("load", "ptr", "attr", "read")             # element of a buffer; attr: machine type
    yield Operation("word", "ptr i64", "i64", "read")          # number i of a vector of words (shape, strides)
    yield Operation("store", "ptr T", "", "write")             # element of a buffer
    yield Operation("pure_call", "*", "attr3", "pure")         # attr: (function, result type)
    yield Operation("read_call", "*", "attr3", "read")
    yield Operation("write_call", "*", "attr3", "write")
    yield Operation("poll", "", "", "world")                   # attr: unit of the backward jump
    yield Operation("poll_at", "i64", "", "world")             # the unit of the backward jump that was made
    yield Operation("callout", "", "", "world")                # attr: (kind, argument, next unit)
    yield Operation("number", "", "i64", "read")               # the number that the last call-out gave
    yield Operation("caught", "", "i64", "read")               # not 0: the last call-out has raised, and the exception is on its handler's stack
    yield Operation("argument", "", "attr3")                   # attr: (number, type): what the caller of a routine passes
    yield Operation("levels", "", "i64", "read")               # how many calls of routines the stack has room for
    yield Operation("calm", "", "", "call", leaves=True)       # attr: a name of PATIENCE; leaves when somebody waits, but not for pending calls
    yield Operation("invoke", "*", "answer", "call", leaves=True)  # attr: number of the routine; a call of its native code
    yield Operation("invoke_changing", "*", "answer", "call", leaves=True)     # the same, of one that changes objects
    yield Operation("part_view", "*", "ptr", "read")           # the same of complex numbers' parts; attr: (axes, NumPy's number of the part's type)
    yield Operation("view", "*", "ptr", "read")                # attr: axes; a header of an array without object: base, data, shape, strides
    yield Operation("real_view", "ptr", "ptr", "call")         # a new array that shows what such a header does; NULL: no memory
    yield Operation("new_array", "*", "ptr", "call")           # attr: (NumPy's number of the type, axes, 1 for zeros); sides; NULL: no memory, or too large
    yield Operation("nest", "*", "ptr", "call")                # attr: number of the nest; a new array, NULL where NumPy has to make it
    yield Operation("kept_nest", "*", "ptr", "call")           # attr: (number of the nest, place); an array that is computed once for several turns of a loop, and the runtime's; NULL: it isn't kept
    yield Operation("forget", "", "", "call")                  # attr: place whose array isn't the same any more, -1: of all
    yield Operation("spoil", "ptr", "", "call")                # an array was stored into; what is kept and was computed of its elements isn't the same any more
    yield Operation("spoil_at", "ptr", "", "call")             # an element was
    yield Operation("nest_several", "*", "i64", "call")        # the same of one with several results; 1: `made_array` gives them, 2: they have several shapes, or are too large to be made at once
    # attr: (axes, (kind, axes) of each operand, (kind, whether each row has one) of each value, stages, values that are given); a stage: (nest or (row of tables/reductions.py, most
    # elements, less for an average), operands or ~values that it takes, values that it gives, whether it computes one element of each row)
    yield Operation("nest_chain", "*", "i64", "call")          # nests and reductions row by row; 1, 0 and 2 as of `nest_several`
    yield Operation("made_array", "i64", "ptr", "read")        # attr: number of the word behind the operands' that has an array, which nobody has yet
    yield Operation("nest_into", "*", "i64", "write")          # the same into the elements of the first operand; 0: nothing has happened
    yield Operation("nest_reduce", "*", "any", "call")         # attr: (nest, row of tables/reductions.py, most elements); `number`: 2 or 3 where nothing has happened
    # attr: (row of tables/array_calls.py, axes, how many of them are operands, keepdims, kind, axes of the result, kind that is computed in or "", what the last operand is, which it begins with, or "")
    yield Operation("array_call", "*", "ptr", "call")          # a new array, or scalar that has no kind of numbers; NULL: NumPy has to make it
    yield Operation("nest_along", "*", "ptr", "call")          # attr: (nest, most elements, the same); a nest's result, reduced; behind its operands the axes
    yield Operation("nest_spread", "*", "ptr", "call")         # attr: (nest of an array, of it and its mean, most elements, whether NumPy reduces, the same for each, degrees of freedom, whether roots); the axes
    yield Operation("array_call_into", "*", "i64", "write")    # the same into the last operand; 0: nothing has happened
    yield Operation("array_number", "*", "attr3", "call")      # attr: (the same, type); `number`: 2 or 3 where nothing has happened
    yield Operation("whole_call", "*", "ptr", "call")          # attr: (row of tables/whole_calls.py's `calls`, what each word is, names of the last operands, whether NumPy warns); NULL: nothing has happened
    yield Operation("ufunc_number", "*", "attr3", "call")      # attr: (ufunc, type, kinds of operands and result); `number`: 1 where nothing has happened
    yield Operation("draw", "ptr f64 f64", "f64", "call")      # attr: 1 for a normal number; a + b * what is drawn; `number`: 2 where nothing has happened
    yield Operation("draw_integer", "ptr i64 i64", "i64", "call")           # from the one up to the other; the same
    yield Operation("whole_call_into", "*", "i64", "write")    # the same of what changes elements of arrays and gives None; 0: nothing has happened
    yield Operation("given", "*", "attr3")                     # attr: (number, type): part of what an invoked routine gives


OPERATIONS = {row.name: row for row in (*_number_rows(), *_memory_rows())}
NESTS = tuple([name for name in OPERATIONS if name == "nest" or name.startswith("nest_")])      # expressions over whole arrays
NEST_OF = {"nest": int, "nest_several": int, "nest_into": int, **dict.fromkeys(("kept_nest", "nest_reduce", "nest_along", "nest_spread"), operator.itemgetter(0))}     # the number of the nest, of the attribute
RELEASING = (*NESTS, "array_call", "array_call_into", "array_number", "whole_call", "whole_call_into")        # while they compute, other threads may run
