"""list, tuple, sorted and set of a generator, and list comprehensions that are functions of their own (3.11): a list is made before the walk,
which appends to it; nobody else knows it before the walk has ended.

What it holds is learned from the first item: raw numbers of one kind (capture/raw_lists.py), or objects.
"""

from framejit.capture import raw_items, raw_lists, values as v
from framejit.capture.ends import NotNative
from framejit.capture.state import lift
from framejit.tables.types import RAW_KINDS


class Form:
    """How items are kept: in a raw list of this kind, or as objects that all are numbers of this kind, or are anything (None).  A tuple of kinds:
    keys of several parts each, one word after the other in a raw list (capture/lending.py)."""

    __slots__ = ("raw", "kind")

    def __init__(self, raw, kind):
        self.raw, self.kind = raw, kind

    def __eq__(self, other):
        return other.__class__ is Form and (other.raw, other.kind) == (self.raw, self.kind)

    def __hash__(self):
        return hash((self.raw, self.kind))

    def value(self, node):
        return v.Raw(self.list_kind(), node) if self.raw else v.Obj(list, node, "home", self.example())

    def list_kind(self):
        return "int" if self.in_parts() else self.kind

    def in_parts(self):
        return self.kind.__class__ is tuple

    def example(self):
        if self.kind is None or self.in_parts():
            return None
        return [raw_lists.example_of_kind(self.kind)]


class Collector:
    """A row of CONSUMERS, as those of capture/consumers.py.  `form`: None while nobody knows it; `finish`: (machine, form, node of the
    list, base) -> what the builtin gives, None where it can't be said.  `asks`: whether it collects what a key
    function lends it (capture/lending.py)."""

    places = 1
    most = 0
    collects = itself = True
    lends = False

    def __init__(self, finish, form=None, asks=False):
        self.finish, self.form, self.asks = finish, form, asks

    def __eq__(self, other):
        return other.__class__ is Collector and (other.finish, other.form) == (self.finish, self.form)

    def __hash__(self):
        return hash((self.finish, self.form))

    def of(self, form):
        return Collector(self.finish, form, self.asks)

    def begin(self, machine, *target):
        return list(target) or [v.UNBOUND]

    def step(self, machine, value, found):
        target, = found
        if value.__class__ is v.Tup and self.asks or self.form is not None and self.form.in_parts():
            self.append_parts(machine, value, target)
            return machine.numbers()
        if target.__class__ is v.Raw and raw_items.append(machine, target, value, machine.instruction):
            return machine.numbers()
        if target.__class__ is not v.Obj:
            machine.learn_form(self.wider(machine, value))
        if self.form.kind is not None and kind_of(machine, value) != self.form.kind:
            machine.learn_form(Form(False, None))
        only_objects(value)
        if value.__class__ is v.Obj and value.example is not None:
            machine.shows(value.example)        # what it gives is what the list holds
        machine.guard(machine.emit("write_call", target.node, attr=("fj_list_room", "i1"), type="i1"), "memory")
        new = machine.boxed(value)
        if new is None:
            raise NotNative("collects what has no object")
        machine.emit("write_call", target.node, new, attr=("fj_list_append", None))
        return found

    def append_parts(self, machine, value, target):
        """A key of several parts: one word for each."""
        form = Form(True, lending().kinds_of(machine, value))
        if self.form is None:
            machine.learn_form(form)
        if self.form != form:
            raise NotNative("keys of several forms")
        for bits in lending().words_of(machine, value):
            machine.guard(machine.emit("write_call", target.node, bits, attr=("fj_raw_append", "i1"), type="i1"), "memory")

    def wider(self, machine, value):
        """The form that has room for the first item, or for one that the raw list has none for."""
        kind = kind_of(machine, value)
        raw = raw_items.kind_of_all(machine, [value])
        if self.form is None:
            return Form(raw is not None, kind)
        return Form(False, kind if kind == self.form.kind else None)

    def end(self, machine, found):
        return v.Const(None)


def lending():
    from framejit.capture import lending
    return lending


def kind_of(machine, value):
    """The kind of a number, else None."""
    value = lift(value, machine.graph)
    return value.kind if value.__class__ is v.Num else None


def only_objects(value):
    """Lists and views that only native code knows aren't items."""
    if value.__class__ is not v.Num and value.__class__ is not v.Const and value.__class__ is not v.Obj:
        raise NotNative("collects what is no number or object")


def as_list(machine, form, node, base):
    done = machine.emit("write_call", node, machine.int(RAW_KINDS[form.kind].number if form.raw else 0), attr=("fj_collected", "i1"), type="i1")
    machine.guard(done, "memory")
    return form.value(node)


def as_grown(machine, form, node, base):
    """A comprehension's list has the room that appending has made."""
    return form.value(node)


def made_of(function, type, numbers_only):
    """A finish: a C function makes an object of the list, which is real by then."""
    def finish(machine, form, node, base):
        if numbers_only and form.kind is None:
            return None
        if form.raw:
            machine.guard(raw_lists.filled(machine, node, form.kind), "memory")
        made = machine.emit("write_call", node, attr=(function, "ptr"), type="ptr")
        machine.guard(machine.emit("icmp_ne", made, machine.const("ptr", None)), "memory")
        machine.emit("home_take", made, attr=(len(machine.state.locals) + base, False), exit=machine.exit("home"))
        example = form.example()
        return v.Obj(type, made, "home", None if example is None else type(example))

    return finish


def new_list(machine, items):
    """The node of a list object of these items, which nobody has a reference of yet; None where it can't be made."""
    machine.guard(machine.emit("read_call", attr=("fj_can_make_list", "i1"), type="i1"), "collection")
    machine.secure()
    known = {}
    nodes = [machine.boxed(value, known) for value in items]
    if None in nodes:
        return None
    made = machine.emit("own_list", *nodes)
    machine.guard(machine.emit("icmp_ne", made, machine.const("ptr", None)), "memory")
    for value, node in zip(items, nodes):
        machine.escaped(value, node)
    return made


def made_list(machine, form, base):
    """The empty list, kept by the home of stack entry number `base`."""
    if machine.routine is not None:
        node = new_list(machine, ())
        machine.emit("home_take", node, attr=(len(machine.state.locals) + base, False), exit=machine.exit("home"))
        return form.value(node)
    kind = form.list_kind() if form.raw else "int"
    raw = raw_items.made(machine, kind, machine.int(0), None, base)
    if not form.raw:
        machine.guard(raw_lists.filled(machine, raw.node, kind), "memory")
    return form.value(raw.node)


# compared by identity: (function, row)
COLLECTORS = [(list, Collector(as_list)), (tuple, Collector(made_of("fj_list_as_tuple", tuple, False))),
              (sorted, Collector(made_of("fj_list_sorted", list, True))),
              (set, Collector(made_of("fj_items_set", set, False)))]
COMPREHENSION = Collector(as_grown)

__all__ = ["COLLECTORS", "COMPREHENSION", "Form", "made_list", "new_list"]
