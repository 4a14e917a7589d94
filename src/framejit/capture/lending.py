"""Functions that a builtin's walk asks for keys: what they give is lent, since nothing changes or ends during the walk.

    sorted(d.items(), key=lambda item: (-item[1], item[0]))     ->   the routine gives a number and the very text that the dictionary has; no tuple is made

Keys of several parts are listed as words: ints, bits of floats, addresses of texts (ext/keyed.c compares them).
"""

from framejit.capture import state as states, values as v
from framejit.capture.ends import NotNative
from framejit.capture.exact_types import of_type
from framejit.capture.routines import RoutineMachine
from framejit.capture.value_parts import example_of

LENT = "lent"           # part of a routine's key


class LendingMachine(RoutineMachine):
    """Captures such a function: it changes nothing, so what it has borrowed stays.  Which object a number is nobody asks."""

    tags_results = False

    def give_references(self):
        raise NotNative("gives what it has made")

    def need_homes(self):
        raise NotNative("makes or changes objects")

    def given(self, value, inside=False):
        if not inside and value.__class__ in (v.Tup, v.Obj) and example_of(value) is not None:
            self.shows(example_of(value))
        if value.__class__ is v.Tup:
            return v.Tup([self.given(states.lift(item, self.graph), True) for item in value.items])
        value = states.lift(value, self.graph)
        if value.__class__ is v.Num and value.slot is None:
            return v.Num(value.kind, value.node, value.box, "item")
        if value.__class__ is v.Obj:
            return v.Obj(value.type, value.node, "item", value.example)
        if value.__class__ is not v.Const:
            raise NotNative("gives an object")
        return value


def with_examples(value, example):
    """What such a function has given, with what it is like."""
    if value.__class__ is v.Tup and type(example) is tuple and len(example) == len(value.items):
        for item, part in zip(value.items, example):
            with_examples(item, part)
    elif value.__class__ is v.Obj:
        value.example = example
    return value


def kinds_of(machine, value):
    """The kinds of a key's parts; `value` may be no tuple."""
    kinds = [kind_of(machine, item) for item in value.items] if value.__class__ is v.Tup else [None]
    if None in kinds or not 1 <= len(kinds) <= MOST_PARTS:
        raise NotNative("a key of other parts")
    return tuple(kinds)


def kind_of(machine, item):
    item = states.lift(item, machine.graph)
    if item.__class__ is v.Num:
        return PARTS_AS.get(item.kind)
    if item.__class__ is v.Const:
        return "text" if type(item.value) is str else None
    return "text" if item.__class__ is v.Obj and (item.type is str or item.type is None and type(item.example) is str) else None


def words_of(machine, value):
    return [WORDS[kind_of(machine, item)](machine, states.lift(item, machine.graph)) for item in value.items]


def word_of_int(machine, item):
    return machine.emit("zext", item.node, attr="i64", type="i64") if item.kind == "bool" else item.node


def word_of_text(machine, item):
    if item.__class__ is v.Const:
        return machine.emit("pointer_bits", machine.object(item.value))
    known = item if item.type is str else of_type(machine, item, str, machine.exit("type", item.node, (machine.instruction.unit, SITE)))
    return machine.emit("pointer_bits", known.node)


def number_of_kinds(kinds):
    """Kinds of parts as ext/keyed.c is told them, above the kinds of raw lists."""
    return sum([NUMBERS[kind] << 2 * place for place, kind in enumerate(kinds)]) << SHIFT


PARTS_AS = {"int": "int", "bool": "int", "float": "float"}
WORDS = {"int": word_of_int, "float": lambda machine, item: machine.emit("bitcast", item.node, attr="i64", type="i64"), "text": word_of_text}
NUMBERS, SHIFT, MOST_PARTS = {"int": 1, "float": 2, "text": 3}, 3, 8       # ext/keyed.c
SITE = 735              # part of a site's key: a part that is a text

__all__ = ["LENT", "LendingMachine", "kinds_of", "number_of_kinds", "with_examples", "words_of"]
