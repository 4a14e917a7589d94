"""What calls of known classes give, most likely: an example in the place of the object at hand."""

from collections import Counter, defaultdict, deque

from framejit.capture import likely_steps, stepped, values as v
from framejit.capture.bound_methods import KINDS
from framejit.capture.dictionaries import likely_default
from framejit.capture.entry import Likely
from framejit.capture.pools import POOLS, likely
from framejit.capture.named_tuples import likely_fields, makes_instances
from framejit.tables.classes import one_of
from framejit.tables.generators import made_by


def likely_instance(machine, kind, arguments):
    """What a class of the program gives is most likely an instance of it, and so is what `set()` gives."""
    made = machine.state.stack[-1]
    if one_of(kind, (*KINDS, Counter, defaultdict, deque)) and made.__class__ is v.Obj and made.type is None and made.example is None:
        of_range = kind is list and [one.__class__ for one in arguments] == [v.Range]
        made.example = [0] if of_range else likely_default(arguments) if kind is defaultdict else dict.__new__(Counter) if kind is Counter else kind()
    elif one_of(kind, POOLS) and made.__class__ is v.Obj and made.type is None and made.example is None:
        made.example = likely(kind, arguments)
    elif one_of(kind, stepped.MAKERS) and made.__class__ is v.Obj and made.type is None and made.example is None:
        made.example = likely_steps.example(machine, kind, arguments)
    elif made.__class__ is v.Obj and made.example is None and made_by(kind) is not None:
        made.example = made_by(kind)
    elif type(kind) is type and makes_instances(kind) and made.__class__ is v.Obj and type(made.example) is not kind:
        made.example = Likely(kind, likely_fields(kind, arguments))


__all__ = ["likely_instance"]
