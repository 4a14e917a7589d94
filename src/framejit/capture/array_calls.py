"""Products of matrices and reductions along axes: NumPy computes them, called by native code (ext/array_calls.c).

    y = np.exp(m @ x + b) - m.max(axis=0)       two calls whose results are known arrays; what is around them is fused
"""

from functools import cache

from framejit.capture import deferred, expressions, headers, made_arrays, numbers, values as v
from framejit.capture.subscripts import integer_index
from framejit.capture.views import is_index
from framejit.loops import ufuncs
from framejit.loops.nests import MOST_RANK, castable
from framejit.tables.array_calls import ALONG, ARRAY_CALLS, FUNCTIONS, METHODS, OBJECT, PRODUCTS
from framejit.tables.classes import array_method, numpy_holds, numpys, one_of
from framejit.tables.elementwise import CAST, METHODS as FUSED
from framejit.tables.made_arrays import METHODS as MAKING
from framejit.tables.reductions import FIRST, MEAN, REDUCTIONS, SPREADS, most
from framejit.tables.types import ELEMENTS, KINDS
from framejit.tables.whole_calls import METHODS as WHOLE


USUAL = {"where": True, "initial": ...}         # what changes nothing; of the others it is None


class Asked:
    """A call at hand: a row of tables/array_calls.py, its arrays, the entries popped; of a reduction what it says of axes (`axes`: a bit for each,
    `given`: those known at run time), in what kind it computes, the array that takes the result, the constant or number that it begins with.  Its second array
    says which elements count."""

    def __init__(self, row, arrays, popped, axes=0, given=(), keepdims=False, through=None, out=None, initial=None):
        self.row, self.arrays, self.popped, self.axes, self.given = row, arrays, popped, axes, given
        self.keepdims, self.through, self.out, self.initial = keepdims, through, out, initial

    def rank(self):
        if self.row.signature:
            return len(self.row.signature.partition(">")[2])
        if self.row.form in PRODUCTS:
            return sum([array.ndim for array in self.arrays]) - 2
        ndim = self.arrays[0].ndim
        return ndim if self.keepdims else 0 if self.axes < 0 else ndim - len(self.given) - self.axes.bit_count()

    def kind(self):
        """Of the result."""
        return self.through or self.row.kinds[self.arrays[0].kind]

    def possible(self):
        kinds = {array.kind for array in (self.arrays if self.row.form in PRODUCTS else self.arrays[:1])}
        ranks = all([array.ndim <= 2 for array in self.arrays]) or self.row.form not in PRODUCTS
        if self.row.signature:
            ranks = [array.ndim for array in self.arrays] == [len(letters) for letters in self.row.operands()]
        return len(kinds) == 1 and kinds <= set(self.row.kinds) and ranks and self.rank() >= 0 and (self.out is None or self.fits())

    def fits(self):
        """Whether the result can be copied into an array at hand."""
        out = self.out
        whole = out.__class__ is v.Array and out.node is not None and out.contiguous and out.writable
        rounds = self.row.through.get(self.kind()) is not None and ELEMENTS[self.kind()].floating      # each sum to half precision, as it is stored
        return whole and self.rank() > 0 and not rounds and (out.ndim, out.kind) == (self.rank(), self.kind())

    def attr(self):
        """Of the operation (tables/operations.py)."""
        through = self.through or self.row.through.get(self.arrays[0].kind, "")
        begins = "" if self.initial is None else OBJECT if self.initial.__class__ is v.Const else self.initial.kind
        return self.row.name, self.axes, len(self.given), self.keepdims, self.kind(), self.rank(), through, begins


def method(machine, value, name):
    """The method of an array, or None."""
    return v.Const(numpys("ndarray").__dict__[name]) if expressions.is_whole(value) and any([name in names for names in (METHODS, MAKING, SPREADS, WHOLE, FUSED)]) else None


def name_of(callee, bound):
    """The row's name of a method of ndarray's or a function of NumPy's, or None."""
    if bound:
        return array_method(callee, METHODS)
    if callee is numpy_holds("matmul") and ufuncs.ufunc("matmul") is callee:
        return "matmul"
    return FUNCTIONS.get(ufuncs.dispatched(callee))


def parts_of(machine, instruction):
    """(name, positional operands, keywords) of a call at hand, or None."""
    found, keywords = expressions.called(machine, instruction), instruction.arg[1]
    if found is None:
        return None
    callee, bound, values = found
    name = name_of(callee, bound)
    if name is None:
        return None
    split = len(values) - len(keywords or ())
    return name, values[:split], dict(zip(keywords or (), values[split:]))


def axes_of(value, ndim):
    """(a bit for each axis that a constant names, axes known at run time), or None."""
    parts = list(value.items) if value.__class__ is v.Tup else [v.Const(axis) for axis in value.value] if is_tuple(value) else [value]
    if not 0 < len(parts) <= MOST_RANK or not all([is_index(part) and (part.__class__ is v.Num or type(part.value) is int) for part in parts]):
        return None
    if any([part.__class__ is v.Num for part in parts]):
        return 0, parts
    if not all([-ndim <= part.value < ndim for part in parts]):
        return None
    axes = {part.value % ndim for part in parts}
    return (sum([1 << axis for axis in axes]), []) if len(axes) == len(parts) else None


def is_tuple(value):
    return value.__class__ is v.Const and type(value.value) is tuple


def at_hand(machine, instruction):
    """The call at hand, or None."""
    found = parts_of(machine, instruction)
    if found is None:
        return None
    name, values, keywords = found
    if name == "linalg.solve" and len(values) == 2 and expressions.is_whole(values[1]) and values[1].ndim == 1:
        name = "linalg.solve1"
    row, popped = ARRAY_CALLS[name], instruction.arg[0] + 2
    if row.form in PRODUCTS:
        wanted = len(values) == (len(row.operands()) if row.signature else 2) and not keywords and all([expressions.is_whole(value) for value in values])
        asked = Asked(row, values, popped) if wanted else None
    else:
        asked = along(machine, row, values, keywords, popped)
    return asked if asked is not None and asked.possible() else None


def arguments_of(row, values, keywords):
    """What the parameters of a reduction are given, None left out; None: something else than they take."""
    names = dict(zip(row.parameters, values[1:]))
    if not values or not expressions.is_whole(values[0]) or len(values) > len(row.parameters) + 1 or not {*keywords} <= {*row.parameters, *row.named} - {*names}:
        return None
    return {name: value for name, value in (names | keywords).items() if value.__class__ is not v.Const or value.value is not USUAL.get(name)}


def along(machine, row, values, keywords, popped):
    """A reduction, or None."""
    given = arguments_of(row, values, keywords)
    if given is None:
        return None
    if row.form == ALONG and (given.get("axis").__class__ is v.Tup or is_tuple(given.get("axis"))):
        return None         # it takes one axis
    keepdims, out = given.get("keepdims", v.Const(False)), given.get("out")
    through = made_arrays.kind_named(given["dtype"]) if "dtype" in given else None
    if keepdims.__class__ is not v.Const or type(keepdims.value) is not bool or "dtype" in given and through is None:
        return None
    if through is not None and ELEMENTS[through].part is None and ELEMENTS[values[0].kind].part is not None:
        return None         # NumPy warns, not by flags
    if not can_choose(row, values[0], given):
        return None
    if out is not None and (expressions.is_temporary(machine, out) or not expressions.is_whole(out)):
        return None
    if "axis" in given:
        axes = axes_of(given["axis"], values[0].ndim)
    else:
        axes = (-1, []) if row.form == ALONG else ((1 << values[0].ndim) - 1, [])
    if axes is None or row.form == ALONG and (len(axes[1]) > 1 or axes[0].bit_count() > 1):
        return None
    arrays = [values[0], given["where"]] if "where" in given else values[:1]
    return Asked(row, arrays, popped, *axes, keepdims.value, through, out, given.get("initial"))


def can_choose(row, array, given):
    """Whether what a reduction is told of `initial` and `where` are a plain number and an array of bools."""
    initial, where = given.get("initial"), given.get("where")
    plain = initial is None or numbers.is_real(initial) or initial.__class__ is v.Const and one_of(type(initial.value), (int, float, bool))
    return plain and (where is None or expressions.is_whole(where) and where.kind == "bool_" and where.ndim <= array.ndim)


def called(machine, instruction):
    """Whether a call was taken."""
    return at_hand(machine, instruction) is not None and made(machine, instruction, at_hand)


def multiplied(machine, instruction):
    """Whether `@` was taken."""
    return instruction.arg == ("@", False) and product(machine, instruction) is not None and made(machine, instruction, product)


def product(machine, instruction):
    arrays = machine.state.stack[-2:]
    if machine.splits(instruction) or not all([expressions.is_whole(array) for array in arrays]):
        return None
    asked = Asked(ARRAY_CALLS["matmul"], arrays, 2)
    return asked if asked.possible() else None


def of_array(array):
    return expressions.Term(array.kind, array=array)


def made(machine, instruction, found):
    """Have NumPy compute it: what was collected is computed before, unless it is what is reduced."""
    asked = found(machine, instruction)
    if is_part(machine, asked):
        chains().waits(machine, asked)
        return True
    if along_nest(machine, asked):
        return True
    chained = asked is not None and has_reductions(asked.arrays[0])
    if machine.pending:
        expressions.settle(machine, instruction)
    asked = found(machine, instruction)
    if asked is None:
        return False
    if (machine.routine is not None or chained) and reducible(machine, asked):
        return along_nest(machine, asked)
    temporaries, slots = expressions.kept(machine, asked.arrays)
    expressions.expect_quiet(machine, temporaries)
    nodes = [array.node for array in asked.arrays] + [integer_index(machine, axis) for axis in asked.given]
    nodes += [] if asked.initial is None else [machine.object(asked.initial.value) if asked.initial.__class__ is v.Const else asked.initial.node]
    if asked.out is not None:
        result, taken = into(machine, asked, nodes), None
    elif asked.rank() or asked.kind() not in KINDS:
        result, taken = whole(machine, asked, nodes)
    else:
        result, taken = number(machine, asked, nodes), None
    put(machine, asked.popped, result, taken, slots)
    return True


def reducible(machine, asked):
    """Whether neither the order in which NumPy reduces what it converts, nor what it warns of, matters."""
    if asked is None or asked.row.name not in REDUCTIONS or asked.out is not None or not asked.rank() or asked.initial is not None or len(asked.arrays) > 1:
        return False
    value, row = asked.arrays[0], REDUCTIONS[asked.row.name]
    within = asked.through or row.kinds.get(value.kind)
    if within is None or asked.kind() != within or row.mode == MEAN and not KINDS.get(within, KINDS["int"]).floating or ufuncs.loop(row.ufunc, [within] * 3) is None or within not in KINDS:
        return False
    converted = castable(value.kind, within) and (not KINDS[within].floating or asked.through is None and most(row, value.kind))
    return value.kind == within or converted and row.mode != FIRST


def is_part(machine, asked):
    """Whether this is a reduction that can be part of an expression."""
    return reducible(machine, asked) and chains().can_wait(machine, asked)


@cache
def chains():
    from framejit.capture import chains
    return chains


def has_reductions(value):
    return value.__class__ is v.Fused and value.term.levels > 0


def is_fused(machine, asked):
    """Whether this is a reduction of the only expression at hand."""
    return reducible(machine, asked) and not has_reductions(asked.arrays[0]) and not any([one.__class__ is v.Fused and one is not asked.arrays[0] for one in machine.state.stack])


def along_nest(machine, asked):
    """Whether an expression, or an array, was reduced along axes as it is computed."""
    if not is_fused(machine, asked):
        return False
    value, kind = asked.arrays[0], asked.kind()
    expressions.begun(machine, [value])
    term = expressions.converted(machine, value, kind)
    nest, nodes = expressions.nest_of(term if term.name else expressions.Term(kind, CAST, [term]))
    temporaries, slots = expressions.kept(machine, [value])
    expressions.expect_quiet(machine, temporaries)
    nodes += [integer_index(machine, axis) for axis in asked.given]
    machine.pending = False
    limit = most(REDUCTIONS[asked.row.name], value.kind)
    node = machine.emit("nest_along", *nodes, attr=(machine.graph.nest(nest), limit, asked.attr()))
    if machine.routine is not None:
        expressions.soon_done(machine, machine.emit("number"), term)
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "array")
    expressions.others_wait(machine)
    put(machine, asked.popped, headers.array_at(machine, node, kind, asked.rank(), True, True), node, slots)
    deferred.reduced(machine, term)
    return True


def put(machine, popped, result, taken, slots):
    """The result takes the place of the call's stack entries; `taken`: the node of a new object."""
    base = len(machine.state.locals) + len(machine.state.stack) - popped
    for slot in slots:
        if slot != base or taken is None:
            machine.emit("home_set", machine.const("ptr", None), attr=(slot, False), exit=machine.exit("home"))
    if taken is not None:
        machine.emit("home_take", taken, attr=(base, False), exit=machine.exit("home"))
    machine.popn(popped)
    machine.push(result)


def whole(machine, asked, nodes):
    """(the result as an array, or as a scalar that only objects are of; its node)"""
    node = machine.emit("array_call", *nodes, attr=asked.attr())
    expressions.soon_done(machine, machine.emit("number"), of_array(asked.arrays[0]))
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "array")
    expressions.others_wait(machine)
    if asked.rank():
        return headers.array_at(machine, node, asked.kind(), asked.rank(), True, True), node
    return v.Obj(numpys(asked.kind()), node), node


def number(machine, asked, nodes):
    node = machine.emit("array_number", *nodes, attr=(asked.attr(), KINDS[asked.kind()].machine))
    status = machine.emit("number")
    expressions.soon_done(machine, status, of_array(asked.arrays[0]))
    machine.guard(machine.emit("icmp_slt", status, machine.int(2)), "array")
    expressions.others_wait(machine, status)
    return v.Num(asked.kind(), node)


def into(machine, asked, nodes):
    """The result goes into an array, which is what the call gives."""
    done = machine.emit("array_call_into", *nodes, asked.out.node, attr=asked.attr())
    machine.guard(machine.emit("icmp_ne", done, machine.int(0)), "array")
    expressions.others_wait(machine)
    return asked.out


__all__ = ["called", "method", "multiplied", "put"]
