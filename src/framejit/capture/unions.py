"""Objects of many classes at one place: what is known of such an object is that its class is one of a union.

    task.following      a Worker here, a Device there, three more       ->   one guard
    task.waiting        in the same place in all of them                ->   read there; else from a place that the class chooses
    task.step(by)       a function of its own in each                   ->   ways by the class, which meet behind the call (method_ways.py)

Which classes belong together is what the surroundings show, and what exits have taught: those that are found at one place, and their like.  A function
that is called with objects of these classes is one routine for all of them, unless it is one class's own method.
"""

from types import FunctionType
from weakref import ref

from framejit._machine import attribute, original_code
from framejit.capture import several, values as v
from framejit.capture.entry import Likely
from framejit.tables.classes import mro_of, one_of, plain_class

OF_INSTANCES = 0        # what an attribute is looked up for
READS = ("LOAD_ATTR", "LOAD_METHOD", "STORE_ATTR")
MOST = 12               # classes of a union
names_of = type.__dict__["__dict__"].__get__


class Union:
    """The type of an object that is of one of these classes."""

    __slots__ = ("kinds",)

    def __init__(self, kinds):
        self.kinds = tuple(kinds)

    def __eq__(self, other):
        return type(other) is Union and len(other.kinds) == len(self.kinds) and all([one is another for one, another in zip(self.kinds, other.kinds)])

    def __hash__(self):
        return hash(tuple([id(kind) for kind in self.kinds]))


def kinds_of(type_):
    """The classes that an object of this type may be of."""
    return type_.kinds if type(type_) is Union else (type_,)


def of_kinds(kinds):
    """The type of objects of one of these classes."""
    return kinds[0] if len(kinds) == 1 else Union(kinds)


def root(kind):
    """The class of the program that this one comes from in the end."""
    return next((base for base in reversed(mro_of(kind)) if plain_class(base)), kind)


def families(hints, together, instances):
    """Notes which classes belong together.  `together`: lists of classes that were found at one place; `instances`: one of each class that is within reach."""
    hints.around.instances.update(instances)
    shown = [[one() for one in types if one.__class__ is ref] for known in (hints, *[known for _, known in hints.callees.values()]) for types in known.sites.values()]
    belong(hints, [kinds for kinds in together if len(kinds) > several.MOST])
    belong(hints, [kinds for kinds in [[kind for kind in kinds if kind is not None and plain_class(kind)] for kinds in shown] if len(kinds) > 1])


def belong(hints, groups):
    """The classes of each group belong together, and so do those that are like several of them."""
    for kinds in groups:
        known = [kind for one in kinds for kind in kinds_of(hints.around.families.get(id(one), one))]
        roots = [root(kind) for kind in kinds]
        like = [type(instance) for instance in hints.around.instances.values() if sum([one is root(type(instance)) for one in roots]) > 1]
        family = Union({id(kind): kind for kind in (*known, *kinds, *like)}.values())
        for kind in family.kinds:
            hints.around.families[id(kind)] = family
    for key in [key for key, family in hints.around.families.items() if len(family.kinds) > MOST]:
        del hints.around.families[key]


def family_of(machine, kind):
    """The union of the classes that belong together with this one; or None."""
    return machine.routines.machine.hints.around.families.get(id(kind))


def expected(machine, example):
    """The union that an object is likely to be of whose place shows this example; or None."""
    kinds = kinds_shown(example)
    found = family_of(machine, kinds[0]) if kinds else None
    return found if found is not None and all([one_of(kind, found.kinds) for kind in kinds]) else None


def one_with(machine, instruction):
    """An instance within reach that has this attribute, and what else the code asks the variable for, if those that have are all of one class, or of
    classes that belong together; or None."""
    if instruction.op not in READS:
        return None
    names = asked_for(machine.code.instructions, machine.index) | {instruction.arg}
    found = [instance for instance in machine.routines.machine.hints.around.instances.values() if all([has(type(instance), name) for name in names])]
    family = family_of(machine, type(found[0])) if found else None
    return found[0] if len(found) == 1 or family is not None and all([one_of(type(one), family.kinds) for one in found]) else None


def asked_for(instructions, index):
    """The attributes that the code asks a local variable for, if the instruction at the index asks one."""
    before = instructions[index - 1] if index else None
    if before is None or before.op != "LOAD_FAST":
        return set()
    return {one.arg for load, one in zip(instructions, instructions[1:]) if load.op == "LOAD_FAST" and load.arg == before.arg and one.op in READS}


def has(kind, name):
    return attribute(kind, name, OF_INSTANCES, None)[0] in ("value", "slot", "method")


def guarded(machine, value, union, site):
    """The object as one of the union."""
    machine.guard(is_one_of(machine, value, union.kinds), "type", value.node, site)
    known = v.Obj(union, value.node, value.owner, example_of(machine, value.example, union.kinds))
    machine.state.replace(value, known)
    return known


def is_one_of(machine, value, kinds):
    """i1: whether the object is of one of these classes."""
    found = machine.emit("field", value.node, attr="object_type", type="ptr")
    fits = None
    for kind in kinds:
        same = machine.emit("icmp_eq", found, machine.object(kind))
        fits = same if fits is None else machine.emit("ior", fits, same)
    return fits


def narrowed(machine, value, kinds):
    """The same object, which is known to be of one of these classes."""
    return v.Obj(of_kinds(kinds), value.node, value.owner, example_of(machine, value.example, kinds))


def example_of(machine, example, kinds):
    """An instance of one of these classes: the one at hand, another within reach, or what stands for one."""
    for item in example.items if type(example) is several.Several else ():
        if one_of(type(item), kinds):
            return item
    if type(example) is Likely and one_of(example.kind, kinds) or one_of(type(example), kinds):
        return example
    instances = machine.routines.machine.hints.around.instances
    return next((instances[id(kind)] for kind in kinds if id(kind) in instances), Likely(kinds[0], {}))


def key_of(machine, type_):
    """What is known of objects of this type is found by this: of a union by the classes that belong together."""
    return id(type_) if type(type_) is not Union else id(family_of(machine, type_.kinds[0]) or type_.kinds[0])


def shown(machine, example, site):
    """The same where exits have shown other classes than the one at hand: they belong together from now on."""
    seen = machine.hints.sites.get(site, ())
    here = kinds_shown(example)
    others = [one() for one in seen if one.__class__ is ref]
    others = [one for one in others if not one_of(one, here)]
    if not others or one_of(object, seen) or any([one is None or not plain_class(one) for one in (*here, *others)]):
        return None
    belong(machine.routines.machine.hints, [[*here, *others]])
    return family_of(machine, here[0])


def kinds_shown(example):
    """The classes of the objects that a place has shown."""
    kinds = [item.kind if type(item) is Likely else type(item) for item in (example.items if type(example) is several.Several else (example,)) if item is not None]
    return list({id(kind): kind for kind in kinds}.values())


def with_example(machine, value):
    """Gives an object of a known class that nothing is at hand for another instance within reach."""
    if value.example is None or type(value.example) is Likely and not value.example.names:
        found = machine.routines.machine.hints.around.instances
        value.example = next((found[id(kind)] for kind in kinds_of(value.type) if id(kind) in found), value.example)


def example_kind(value):
    """The class of the object at hand, for one of a union; else the object's own class."""
    if type(value.type) is not Union:
        return value.type
    kind = value.example.kind if type(value.example) is Likely else type(value.example)
    return kind if one_of(kind, value.type.kinds) else value.type.kinds[0]


def parted(machine, value, instruction, groups):
    """The object as one of the last of these groups of classes; for the others the instruction begins anew.  None where it can't."""
    if len(groups) > 1 and not several.begins_anew(machine, instruction):
        return None
    for kinds in groups[:-1]:
        state, others = machine.state.copy(), machine.graph.block()
        state.replace(value, narrowed(machine, value, kinds))
        machine.end("branch", (is_one_of(machine, value, kinds),), [machine.enter_exactly(instruction.unit, state), (others, [])])
        machine.block = others
    known = narrowed(machine, value, groups[-1])
    machine.state.replace(value, known)
    return known


def widened(machine, runs, values, fresh):
    """What a function is called with: objects of classes that belong together as one of all of them, so that it is one routine for all; what its method
    was found for, as one of the classes that share it."""
    done = {}
    return [done.setdefault(id(value), widened_one(machine, runs, value, place == 0)) if value.__class__ is v.Obj and not (fresh and place == 0) else value
            for place, value in enumerate(values)]


def widened_one(machine, runs, value, first):
    kinds = () if value.type is None else kinds_of(value.type)
    family = family_of(machine, kinds[0]) if kinds else None
    if family is None or not all([one_of(kind, family.kinds) for kind in kinds]):
        return value
    known = family.kinds
    found = [method_code(kind, runs.code.co_name) for kind in kinds] if first else [None]
    if all([code is runs.code for code in found]):
        known = [kind for kind in known if method_code(kind, runs.code.co_name) is runs.code]
    elif not all([code is None for code in found]):
        return value
    return v.Obj(of_kinds(tuple(known)), value.node, value.owner, value.example)


def method_code(kind, name):
    """What the function runs that a class has under this name; or None."""
    found = next((names_of(base)[name] for base in mro_of(kind) if name in names_of(base)), None)
    return original_code(found.__code__) if type(found) is FunctionType else None


def joined(first, second):
    """The union of two types, if both are unions or classes of the program; or None."""
    if not any([type(one) is Union for one in (first, second)]) or first is None or second is None:
        return None
    kinds = {id(kind): kind for kind in (*kinds_of(first), *kinds_of(second))}
    return Union(kinds.values()) if len(kinds) <= MOST and all([plain_class(kind) for kind in kinds.values()]) else None


def contains(target, type_):
    """Whether objects of that type are of the target's, which is a union."""
    return type(target) is Union and type_ is not None and all([one_of(kind, target.kinds) for kind in kinds_of(type_)])


__all__ = ["MOST", "Union", "contains", "example_kind", "example_of", "expected", "families", "family_of", "guarded", "is_one_of", "joined", "key_of", "kinds_of", "narrowed", "of_kinds",
           "parted", "shown", "widened"]
