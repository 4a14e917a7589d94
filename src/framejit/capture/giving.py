"""What routines give: in which form, who owns it, and what ends with them.

    return 0 ... return x * 0.5     ->   both as objects, with a reference for the caller, which tells them apart (several.py)
"""

from framejit.capture import alternatives, expressions, rows, several, shapes, state as states, tuples, value_parts, values as v
from framejit.capture.ends import NotNative
from framejit.capture.likely_items import likely_items
from framejit.capture.raw_lists import EXAMPLES
from framejit.tables.changes import MOST_ASKED
from framejit.tables.classes import one_of

OBJECT, TUPLE = ("obj", None, "home"), ("obj", tuple, "home")
CONSTANTS = (str, type(None))
LASTING = ("object", "const")     # objects that nobody's home is the last to have
QUIET = (str, int, float, bool)
MOST_MARKED = 60        # parameters, of which it is known whether the stack keeps them
NEW_ARRAYS = ("nest", "made_array", "nest_along", "nest_spread", "array_call")     # nobody has noticed, let alone referred to, an array that was just computed
OUTLASTING = ("argument", "object", "const")    # boxes that are there when the routine has ended


class Giving:
    """The part of a routine's machine that ends it."""

    tags_results = True     # whether callers may be told by a tag which of several shapes it gives

    def give(self, value, instruction):
        """The routine's end.  The first shape that was given says what its callers expect."""
        self.end_quietly(value)
        wanted = self.routine.result or self.routines.machine.hints.results.get(self.key)
        if wanted == TUPLE and (value.__class__ is v.Tup or is_constant_tuple(value)):
            value = self.given_tuple(self.noted(value))
        else:
            value = self.given_as_object(value) if wanted == OBJECT and value.__class__ is not v.Obj else self.given(value)
        self.end_with(v.Obj(None, value.node) if wanted == OBJECT else value, wanted)

    def give_expression(self, compute, fused):
        """The same of an expression that has been collected: its array, which `compute` emits, needs no home."""
        self.give_references()
        self.end_quietly()
        self.pending = False
        value = expressions.array(self, compute(), fused)
        self.end_with(value, self.routine.result or self.routines.machine.hints.results.get(self.key))

    def end_with(self, value, wanted):
        """Ends the routine with this value, of which callers get a reference if it is an object; `wanted`: the shape that others have, if it is known."""
        results = self.routines.machine.hints.results
        shape = value.shape()
        joined = shape if wanted is None else shapes.join_tuples(wanted, shape) or self.tagged(wanted, shape)
        known = wanted[1] if wanted is not None and wanted[0] == "either" else (wanted,)
        if joined is None and all([is_tuple(one) for one in (shape, *known)]):
            joined = TUPLE
        if joined is None and all([may_be_objects(value, one) for one in known]):
            joined = OBJECT
        if joined is None:
            raise NotNative("gives values of several types")
        if joined != wanted:
            results[self.key] = joined
        if joined != wanted and wanted is not None and not self.routine.early:
            self.restart()      # nobody has relied on what it gave before
        if joined != wanted and (wanted is not None or self.routines.undecided):
            self.routines.machine.restart()
        self.routine.result = joined
        parts = alternatives.chosen(value, joined) if joined[0] == "either" else shapes.convert_tuple(value, joined)
        if self.routine.loops:
            parts = [*parts, self.state.iterations]
        self.graph.gives = tuple([part.type for part in parts])
        self.end("give", parts)

    def tagged(self, wanted, shape):
        """One shape more that a tag tells from the others; or None."""
        may = self.tags_results and not self.routine.owned and self.routines.machine.hints.tells_apart
        return alternatives.joined(wanted, shape) if may else None

    def given_as_object(self, value):
        """A number, a constant or a tuple, as an object which callers get a reference of: it gives others, too."""
        if value.__class__ is v.Tup or is_constant_tuple(value):
            return v.Obj(None, self.given_tuple(self.noted(value)).node)
        value = states.lift(value, self.graph)
        if not is_simple(value):
            raise NotNative("gives values of several types")
        self.give_references()
        self.shows(EXAMPLES[value.kind] if value.__class__ is v.Num else value.value)
        return v.Obj(None, self.boxed(value))

    def noted(self, value):
        """The same value, which callers see the parameters in."""
        self.note_seen(value)
        return value

    def shows(self, example):
        """It gives an object like this."""
        known = self.routine.example
        self.routine.example = example if known is None else alike(known, example)

    def given(self, value, inside=False):
        """A number, an object or a constant, or a tuple of numbers and constants, as its callers get it; they see which parameters it is.
        `inside`: it is an item of a tuple, which callers get no reference of."""
        self.note_seen(value)
        if value.__class__ is v.Tup:
            real = not inside and (tuples.repeats(value) or any([self.needs_keeping(leaf) for leaf in value_parts.leaves(value)]))
            return self.given_tuple(value) if real else v.Tup([self.given(item, True) for item in value.items])
        value = states.lift(value, self.graph)
        if value.__class__ is v.Num:
            if self.dies_here(value) and inside:
                raise NotNative("gives what only it keeps")
            if self.dies_here(value):
                self.give_references()
            return v.Num(value.kind, value.node, value.box if inside else self.owned(value.box))
        if value.__class__ is v.Obj and not inside:
            self.give_references()
            if value.example is not None:
                self.shows(value.example)
            return v.Obj(value.type, self.owned(value.node))
        if value.__class__ is v.Array and not inside:
            return self.given_array(value)
        if value.__class__ is not v.Const:
            raise NotNative("gives an object")
        return value

    def given_array(self, value):
        """A row becomes an object."""
        self.give_references()
        if rows.is_row(value):
            value = rows.real(self, value, len(self.state.locals) + len(self.state.stack) - 1)
        return v.Array(value.kind, value.ndim, value.contiguous, value.writable, self.owned(value.node), value.data, value.dims, value.strides)

    def given_tuple(self, value):
        """A tuple as an object, which keeps its items; one of the code's constants is the same each time."""
        self.give_references()
        if value.__class__ is v.Const:
            self.shows(value.value)
            return v.Obj(tuple, self.owned(self.object(value.value)))
        node = None if any([rows.is_row(item) for item in value.items]) else self.boxed(value)
        if node is None:
            raise NotNative("gives a tuple of views")
        example = likely_items(value)
        if example is not None:
            self.shows(example)
        return v.Obj(tuple, node)

    def needs_keeping(self, item):
        """Whether it is an object, or ends with what has it here."""
        return item.__class__ in (v.Array, v.Obj) or item.__class__ is v.Num and self.dies_here(item)

    def dies_here(self, value):
        """Whether the number's object may end before its caller gets it: a home has it, or what may end here itself."""
        return self.homes and value.box is not None and value.box.op not in OUTLASTING

    def give_references(self):
        """From the beginning it gives new references: others may have dropped the object when its caller gets it."""
        if not self.routine.owned:
            self.routines.machine.hints.owning.add(self.key)
            self.hints.owns = True
            self.restart()

    def owned(self, node):
        """The same object, which the caller gets a reference of."""
        if not self.routine.owned:
            return node
        return None if node is None else self.emit("own", node, attr=("OBJECT", 0))

    def end_quietly(self, given=None):
        """What homes hold alone ends without a trace, what only the stack of the caller keeps, too; an object that is given lives on."""
        if not self.homes:
            return
        passed = self.region.passed(self.state.locals)
        values = [value for value in (*self.state.locals, *self.state.stack) if not any([value is one for one in passed])]
        ending = [(value.node, self.int(1)) for value in [leaf for value in values for leaf in value_parts.leaves(value)] if may_end(value)]
        ending += [(value.node, self.mark(place)) for place, value in self.kept_by_stack()]
        ending = [(node, mark) for node, mark in ending if not (given.__class__ is v.Obj and node is given.node)]
        asked = []
        for place, (node, _) in enumerate(ending):
            if not any([node is other for other, _ in ending[:place]]):
                asked += [node, self.times(node, ending)]
        for start in range(0, len(asked), 2 * MOST_ASKED):
            self.they_may_go(asked[start:start + 2 * MOST_ASKED])

    def lets_go_of(self, old):
        """A parameter becomes another value: what only the caller's stack keeps ends here."""
        for place, value in self.kept_by_stack() if self.homes else ():
            if value is old:
                self.they_may_go([value.node, self.mark(place)])

    def they_may_go(self, asked):
        """Nobody hears of it when so many references of each object go: node, i64, by turns."""
        none = [self.const("ptr", None), self.int(0)] * (MOST_ASKED - len(asked) // 2)
        self.guard(self.emit("read_call", *asked, *none, attr=("fj_may_go", "i1"), type="i1"), "home")

    def kept_by_stack(self):
        """(place, value) of each parameter that may be an object, whose mark says whether only the caller's stack keeps it for this call."""
        parameters = self.parameters[:MOST_MARKED] if self.on_stack is not None else ()
        return [(place, value) for place, value in enumerate(parameters)
                if may_end(value) and not (self.fresh and place == 0) and not any([value is other for other in parameters[:place]])]

    def mark(self, place):
        """i64: a parameter's bit."""
        return self.emit("iand", self.emit("lshr", self.on_stack, self.int(place)), self.int(1))

    def times(self, node, ending):
        """i64: how many homes let go of the same object; as many as there are, where asking costs too much."""
        if len(ending) > MOST_ASKED:
            return self.int(len(ending))
        count = self.int(0)
        for other, mark in ending:
            same = mark if other is node else self.emit("select", self.emit("icmp_eq", node, other), mark, self.int(0))
            count = self.emit("iadd", count, same)
        return count


def alike(known, example):
    """What stands for an object like either of these."""
    if type(known) is type(example) is tuple and len(known) == len(example):
        return tuple([alike(one, other) for one, other in zip(known, example)])
    types = [type(item) for item in example.items] if type(example) is several.Several else [type(example)]
    return several.of_types(types, known) or known


def may_end(value):
    """Whether this may be an object that only a home keeps, and whose end could be noticed."""
    if value.__class__ is v.Array:
        return value.node is not None and value.owner == "home" and value.node.op not in NEW_ARRAYS
    return value.__class__ is v.Obj and value.owner == "home" and value.node.op not in LASTING and not one_of(value.type, QUIET)


def is_tuple(shape):
    return shape[0] == "tuple" or shape == TUPLE or shape[0] == "const" and type(shape[1].value) is tuple


def is_constant_tuple(value):
    return value.__class__ is v.Const and type(value.value) is tuple


def is_simple(value):
    """Whether this is one of Python's numbers, a string or None."""
    return value.__class__ is v.Num and value.kind in EXAMPLES or value.__class__ is v.Const and one_of(type(value.value), CONSTANTS)


def may_be_objects(value, wanted):
    """Whether callers may get objects, for one that gives this value and others of that shape."""
    if value.__class__ not in (v.Obj, v.Tup) and not is_simple(value) and not is_constant_tuple(value):
        return False
    return is_tuple(wanted) or wanted[0] in ("obj", "tuple") or wanted[0] == "num" and wanted[1] in EXAMPLES or wanted[0] == "const" and one_of(type(wanted[1].value), CONSTANTS)


__all__ = ["Giving", "MOST_MARKED"]
