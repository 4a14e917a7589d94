"""Recipe expressions for symbolic values: how an exit builds the interpreter's objects.

One row per class of value.  Values that occur twice in a frame are built once (HOME_LOCAL, STACK_ITEM, NAME_ITEM, PART).
"""

from types import FunctionType, MethodDescriptorType, MethodType

from framejit._machine import suspend_generator
from framejit.capture import value_parts, values as v
from framejit.capture.held_methods import HeldMethod
from framejit.capture.walked_generators import Generated
from framejit.graph.nodes import Node
from framejit.tables.types import KINDS, RAW_KINDS


def rebuilt_sequence_iterator(sequence, index):
    """An iterator over any sequence whose next index is `index`."""
    iterator = iter(sequence)
    iterator.__setstate__(index)
    return iterator


def remade_generator(code, globals, cells, iterator, begun, holder, unit):
    """The generator of an expression that goes on with what this iterator has left.  If it has begun it stands at this unit, and its variables keep alive what the holder does."""
    made = FunctionType(code, globals, closure=cells or None)(iterator)
    if begun:
        suspend_generator(made, holder, unit)
    return made


def constant(type, value):
    return Node("const", (), type, value)


class Recipes:
    """Builds expressions; `graph` numbers the constants that they name."""

    def __init__(self, graph):
        self.graph = graph
        self.built = {}         # identity of a value -> the expression that names it again
        self.chosen = {}        # identity of an option -> [(Either, its number, local)] of those that were built before
        self.lists = set()      # the raw lists of the frame at hand

    def frame(self, snapshot, cells):
        """(locals, stack, names) expressions of a snapshot of the machine's state; names by position, as `cells` are."""
        built = self.built = {}
        self.chosen = {}
        self.lists = {id(inner) for inner in value_parts.lists_in(snapshot.values())}
        locals = []
        for slot, value in enumerate(snapshot.locals):
            if snapshot.homed[slot] and value.__class__ is v.Num and value.slot is None:
                built.setdefault(id(value), ("HOME_LOCAL", slot))       # other names of the number are the object that is there already
            elif snapshot.homed[slot] and value.__class__ is v.Either:
                self.choices(value, slot)
        for slot, value in items_first(snapshot.locals):
            homed = snapshot.homed[slot]
            if value.__class__ in SHARED:
                if id(value) in built:
                    if not homed:
                        locals.append((slot, built[id(value)]))
                    continue
                built[id(value)] = ("HOME_LOCAL", slot)
            if not homed or self.lists and value_parts.lists_in((value,)):
                locals.append((slot, self.unless_chosen(value)))
            if not homed or value.__class__ is v.Tup or self.lists and value_parts.lists_in((value,)):
                self.note(value, ("HOME_LOCAL", slot))
            if not homed and value.__class__ is v.Either:
                self.choices(value, slot)
        stack = []
        for depth, value in enumerate(snapshot.stack):
            if value.__class__ in SHARED and id(value) in built:
                stack.append(built[id(value)])
                continue
            built[id(value)] = ("STACK_ITEM", depth)
            stack.append(self.unless_chosen(value))
            self.note(value, ("STACK_ITEM", depth))
        names = []
        for cell, value, clean in zip(cells, snapshot.names, snapshot.clean):
            known = built.get(id(value)) if value.__class__ in SHARED else None
            names.append(None if clean else known or self.unless_chosen(value))
            if known is None and not clean:
                built[id(value)] = ("NAME_ITEM", cell)
                self.note(value, ("NAME_ITEM", cell))
        return locals, stack, names

    def choices(self, value, slot):
        for number, option in enumerate(value.options):
            self.chosen.setdefault(id(option), []).append((value, number, slot))

    def unless_chosen(self, value, whole=None):
        """A value that a forgotten local may be (capture/forgotten.py): where it is, that one's object; not that of the `whole` that it is an option of."""
        found = self.expression(value)
        for either, number, slot in [one for one in self.chosen.get(id(value), ()) if one[0] is not whole]:
            options = [("HOME_LOCAL", slot) if place == number else found for place in range(len(either.options))]
            found = ("CHOOSE", either.tag, len(options), *options)
        return found

    def either(self, value):
        options = [self.built.get(id(option)) or self.unless_chosen(option, value) for option in value.options]
        return ("CHOOSE", value.tag, len(options), *options)

    def inner(self, value):
        """An item of a tuple: what was built before, if it is that."""
        return self.built.get(id(value)) or self.expression(value) if value.__class__ in NOTED else self.expression(value)

    def note(self, value, name):
        """The items of a tuple that is built by that name, for what else is one of them."""
        if value.__class__ is v.Tup:
            for place, item in enumerate(value.items):
                if item.__class__ in NOTED and id(item) not in self.built:
                    self.built[id(item)] = ("PART", place, name)
                    self.note(item, self.built[id(item)])

    def expression(self, value):
        return EXPRESSIONS[value.__class__](self, value)

    def num(self, value):
        kind = KINDS[value.kind]
        if value.slot is not None and id(value.slot[0]) in self.lists:
            return self.item(value)
        if kind.word == "SCALAR":
            inner = ("SCALAR", kind.number, value.node)
        else:
            inner = (kind.word, value.node)
        return inner if value.box is None else ("BOXED", value.box, inner)

    def item(self, value):
        raw, index = value.slot
        inner = ("RAW_ITEM", RAW_KINDS[raw.kind].number, raw.node, index, (KINDS[value.kind].word, value.node))
        return inner if value.box is None else ("BOXED", value.box, inner)

    def array(self, value):
        if value.base is None:
            return ("OBJECT", value.node)
        return ("ITEM", self.expression(value.base[0]), self.expression(value.base[1]))

    def range_iter(self, value):
        word = "HOME_RANGE_ITER" if value.home else "RANGE_ITER"
        return (word, value.next, value.stop, constant("i64", value.step) if value.step.__class__ is int else value.step)

    def seq_iter(self, value):
        if value.home:
            return ("HOME_LIST_ITER", value.index)
        sequence = self.expression(value.sequence)
        if value.step < 0:
            return ("REVERSED", ("CALL", self.graph.constant(reversed), 1, sequence), value.index)
        if value.sequence.__class__ is v.Tup or value.sequence.__class__ is v.Obj and value.sequence.type is tuple:
            return ("TUPLE_ITER", sequence, value.index)
        if value.sequence.__class__ is v.Array or value.sequence.__class__ is v.Obj and value.sequence.type is not list:
            maker = self.graph.constant(rebuilt_sequence_iterator)
            return ("CALL", maker, 2, sequence, ("INT", value.index))
        return ("LIST_ITER", sequence, value.index)

    def pairs(self, value):
        inners = [self.expression(inner) for inner in value.inners]
        if value.index is None:
            return ("CALL", self.graph.constant(zip), len(inners), *inners)
        return ("CALL", self.graph.constant(enumerate), 2, inners[0], ("INT", value.index))

    def method(self, value):
        maker = MethodType if type(value.function) is FunctionType else MethodDescriptorType.__get__
        return ("CALL", self.graph.constant(maker), 2, ("CONST", self.graph.constant(value.function)), ("OBJECT", value.node))

    def generated(self, value):
        known = [("CONST", self.graph.constant(one)) for one in (value.runs.code, value.runs.globals)]
        cells = ("TUPLE", len(value.cells), *[self.expression(cell) for cell in value.cells])
        holder = ("OBJECT", value.holder) if value.count else ("CONST", self.graph.constant(None))
        unit = ("CONST", self.graph.constant(value.site[1]))
        return ("CALL", self.graph.constant(remade_generator), 7, *known, cells, self.expression(value.iterator), ("BOOL", value.begun), holder, unit)


EXPRESSIONS = {
    v.Num: Recipes.num,
    v.Obj: lambda recipes, value: ("OBJECT", value.node),
    v.Array: Recipes.array,
    v.Raw: lambda recipes, value: ("RAW", RAW_KINDS[value.kind].number, value.node),
    v.Const: lambda recipes, value: ("CONST", recipes.graph.constant(value.value)),
    v.Methods: lambda recipes, value: ("OBJECT", value.function),
    v.Null: lambda recipes, value: ("NULL",),
    v.Unbound: lambda recipes, value: ("NULL",),
    v.Maybe: lambda recipes, value: ("MAYBE", value.flag, recipes.expression(value.value)),
    v.Either: Recipes.either,
    v.Tup: lambda recipes, value: ("TUPLE", len(value.items), *[recipes.inner(item) for item in value.items]),
    v.Range: lambda recipes, value: ("RANGE", *[recipes.expression(part) for part in (value.start, value.stop, value.step)]),
    v.RangeIter: Recipes.range_iter,
    v.SeqIter: Recipes.seq_iter,
    v.Pairs: Recipes.pairs,
    Generated: Recipes.generated,
    v.Bound: Recipes.method,
    HeldMethod: Recipes.method,
}


# values whose occurrences are one object that an exit has to make
SHARED = {v.Num, v.Tup, v.Range, v.Array, v.Maybe, v.Either, HeldMethod}
NOTED = {v.Num, v.Tup}


def items_first(values):
    """(place, value) in order, but tuples behind what they may hold, and what may be another's number behind all."""
    pairs = list(enumerate(values))
    return sorted(pairs, key=lambda pair: LATE.get(pair[1].__class__, 0))


LATE = {v.Tup: 1, v.Either: 2}
