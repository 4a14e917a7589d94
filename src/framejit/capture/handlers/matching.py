"""`match`: what kind of object the subject is, its length, the attributes that a class pattern names.

    case Point(x=0, y=y)    ->   the subject's class, which is guarded, says whether it matches; its x and y, of which no tuple is made

Those that match and those that don't have ways of their own; mappings' keys, properties, and classes of which nothing is known are call-outs.
"""

from typing import NamedTuple

from framejit.capture import attributes, instance_checks, values as v
from framejit.capture.ends import BlockEnds
from framejit.capture.entry import MISSING, Likely
from framejit.capture.exact_types import of_type
from framejit.capture.function_table import FUNCTIONS
from framejit.capture.handlers import handler
from framejit.capture.handlers.calls import callout
from framejit.capture.handlers.containers import items_kept
from framejit.capture.handlers.stack import own_home, put_home, stack_slot
from framejit.capture.several import Several
from framejit.tables.classes import HEAP, MAPPING, MATCHES_ITSELF, SEQUENCE, flags_of, one_of, plain_class

FLAGS = {"MATCH_SEQUENCE": SEQUENCE, "MATCH_MAPPING": MAPPING}
KINDS = {"MATCH_SEQUENCE": (tuple, list), "MATCH_MAPPING": (dict,)}
FIRST = 500                     # part of an attribute's site


@handler("MATCH_SEQUENCE", "MATCH_MAPPING")
def match_kind(machine, instruction):
    value, flag = machine.state.stack[-1], FLAGS[instruction.op]
    kind = instance_checks.exact_type(value)
    if kind is not None and not flags_of(kind) & HEAP:
        machine.push(v.Num("bool", machine.const("i1", flags_of(kind) & flag != 0)))
    elif value.__class__ is not v.Obj:
        callout(machine, instruction, instruction.op, 0, 0)
    elif value.type is not None or not told_apart(machine, value, instruction):
        machine.push(v.Num("bool", says(machine, value, flag)))


def says(machine, value, flag):
    return machine.emit("read_call", value.node, machine.int(flag), attr=("fj_type_says", "i1"), type="i1")


def told_apart(machine, value, instruction):
    """Whether tuples, lists and dictionaries go on as such, behind the branch that follows; what is none of these and would match leaves and teaches."""
    branch, site = machine.following(), (instruction.unit, FIRST)
    seen = machine.hints.sites.get(site, ())
    if (branch.op, branch.arg) != ("BRANCH", "false") or not all([one_of(kind, KINDS[instruction.op]) for kind in seen]):
        return False
    example = value.example
    kinds = [*seen, *[type(one) for one in (example.items if type(example) is Several else (example,)) if one_of(type(one), KINDS[instruction.op])]]
    found, leave = machine.emit("field", value.node, attr="object_type", type="ptr"), machine.exit("type", value.node, site)
    for place, kind in enumerate(kinds):
        if one_of(kind, kinds[:place]):
            continue
        own, others, state = machine.graph.block(), machine.graph.block(), machine.state.copy()
        machine.end("branch", (machine.emit("icmp_eq", found, machine.object(kind)),), [(own, []), (others, [])])
        machine.block = own
        told(machine, value, v.Obj(kind, value.node, value.owner, like(example, kind)))
        machine.jump(branch.next)
        machine.block, machine.state = others, state
    machine.emit("guard", machine.emit("icmp_eq", says(machine, value, FLAGS[instruction.op]), machine.const("i1", False)), exit=leave)
    machine.jump(branch.target)
    return True


def told(machine, value, known):
    """On this way the value is known to be of a kind: not for longer than anybody reads it, for other ways will meet this one."""
    machine.state.replace(value, known)
    machine.apart.update([slot for slot, local in enumerate(machine.state.locals) if local is known])


def like(example, kind):
    """The object at hand that is of this kind, or None."""
    if type(example) is Several:
        return example.of(kind)
    return example if type(example) is kind else None


@handler("GET_LEN")
def get_len(machine, instruction):
    found = FUNCTIONS.of(len)(machine, [machine.state.stack[-1]], instruction)
    if found is None:
        callout(machine, instruction, "GET_LEN", 0, 0)
    else:
        machine.push(found)


@handler("MATCH_KEYS")
def match_keys(machine, instruction):
    callout(machine, instruction, "MATCH_KEYS", 0, 0)


@handler("MATCH_CLASS")
def match_class(machine, instruction):
    subject, kind, names = machine.state.stack[-3:]
    known = kind.__class__ is v.Const and type(kind.value) is type and names.__class__ is v.Const
    if not known or not matched(machine, subject, kind.value, names.value, instruction):
        callout(machine, instruction, "MATCH_CLASS", instruction.arg, 3)


def matched(machine, subject, kind, names, instruction):
    """Whether those that match and those that don't go on natively: behind the test for None, with what the tuple would be unpacked to."""
    branch, unpack = behind(machine)
    itself = instruction.arg == 1 and not names and flags_of(kind) & MATCHES_ITSELF and not flags_of(kind) & HEAP
    count = 0 if itself else instruction.arg + len(names)
    if branch is None or unpack.arg != count + bool(itself):
        return False
    ways = Ways(subject, kind, (instruction.unit, FIRST), unpack.next, branch.target, bool(itself))
    if count:
        return with_attributes(machine, ways, names, instruction)
    answer = instance_checks.answered(machine, subject, kind)
    if answer is None:
        return False
    if answer.op == "const":
        arrive(machine, ways, bool(answer.attr))
    else:
        of_kind_apart(machine, ways, answer)
    return True


def with_attributes(machine, ways, names, instruction):
    subject, unknown = ways.subject, ways.subject.__class__ is v.Obj and ways.subject.type is None
    wanted = names_wanted(machine, ways.kind if unknown else instance_checks.exact_type(subject), ways.kind, names, instruction.arg)
    if unknown:
        sites = machine.hints.sites
        if sites.get(ways.site) or wanted is None and sites.get(first_of(ways)):
            return False
        instances_apart(machine, ways, wanted, instruction)
        return True
    answer = instance_checks.answered(machine, subject, ways.kind)
    if answer is None or answer.op != "const" or answer.attr and wanted is None:
        return False
    arrive(machine, ways, bool(answer.attr), read(machine, ways, wanted, instruction) if answer.attr else ())
    return True


def instances_apart(machine, ways, wanted, instruction):
    """The subject's class isn't known: its instances have a way of their own; those of a class that inherits from it leave and teach, and
    so does the first one where nobody knows yet where instances keep these attributes."""
    subject, kind = ways.subject, ways.kind
    own, others, state = machine.graph.block(), machine.graph.block(), machine.state.copy()
    leave, found = machine.exit("type", subject.node, ways.site), machine.emit("field", subject.node, attr="object_type", type="ptr")
    machine.end("branch", (machine.emit("icmp_eq", found, machine.object(kind)),), [(own, []), (others, [])])
    machine.block = others
    answer = machine.emit("read_call", found, machine.object(kind), attr=("fj_is_subtype", "i64"), type="i64")
    machine.emit("guard", machine.emit("icmp_eq", answer, machine.int(0)), exit=leave)
    arrive(machine, ways, False)
    machine.block, machine.state = own, state
    if wanted is None:
        machine.leave("type", observed=subject.node, site=first_of(ways))
        machine.teaches = True
        raise BlockEnds
    example = like(subject.example, kind)
    known = v.Obj(kind, subject.node, subject.owner, Likely(kind, {}) if example is None else example)
    told(machine, subject, known)
    ways = ways._replace(subject=known)
    arrive(machine, ways, True, read(machine, ways, wanted, instruction))


def first_of(ways):
    """The site of an instance of a class of which none had been at hand."""
    return ways.site[0], FIRST - 1


def of_kind_apart(machine, ways, answer):
    """No attribute is asked for: where the subject's type isn't known, it is in the way of those that match, but for subclasses."""
    own, others, state, subject = machine.graph.block(), machine.graph.block(), machine.state.copy(), ways.subject
    narrows = subject.__class__ is v.Obj and subject.type is None and not flags_of(ways.kind) & HEAP and not machine.hints.sites.get(ways.site)
    leave = machine.exit("type", subject.node, ways.site) if narrows else None
    machine.end("branch", (answer,), [(own, []), (others, [])])
    machine.block = others
    arrive(machine, ways, False)
    machine.block, machine.state = own, state
    if narrows:
        told(machine, subject, of_type(machine, subject, ways.kind, leave))
    arrive(machine, ways, True)


def behind(machine):
    """The test for None and the unpacking that follow, or (None, None)."""
    copy, branch, unpack = (*machine.code.instructions[machine.index + 1:machine.index + 4], None, None, None)[:3]
    follows = unpack is not None and (copy.op, copy.arg, branch.op, branch.arg, unpack.op) == ("COPY", 1, "BRANCH", "none", "UNPACK")
    return (branch, unpack) if follows else (None, None)


class Ways(NamedTuple):
    subject: object
    kind: type
    site: tuple
    match: int                  # where those go on that match,
    other: int                  # and the others, with None
    itself: bool                # the subject is the only item


def arrive(machine, ways, matches, items=()):
    """On, with what stands in the place of the subject, the class and the names."""
    subject = machine.state.stack[-3]
    dies = own_home(machine, subject) and not (matches and ways.itself)
    machine.popn(3)
    if matches and dies and items:
        machine.state.stack += items_kept(machine, items[::-1])
    else:
        if dies:
            put_home(machine, stack_slot(machine, len(machine.state.stack)), machine.const("ptr", None))
        machine.state.stack += [v.Const(None)] if not matches else [subject] if ways.itself else items[::-1]
    machine.jump(ways.match if matches else ways.other)


def names_wanted(machine, own, kind, names, count):
    """The attributes of an instance of `own` that a pattern of `kind` reads; None: somebody has to be asked."""
    if own is None or not plain_class(own) or not plain_class(kind):
        return None
    found = match_args(kind) if count else ()
    if type(found) is not tuple or len(found) < count or count and machine.region.attribute_of(kind, MATCH_ARGS, attributes.OF_CLASS)[0] != "class":
        return None
    wanted = (*found[:count], *names)
    plain = all([type(name) is str for name in wanted]) and len(set(wanted)) == len(wanted)
    return wanted if plain and all([machine.region.attribute_of(own, name)[0] in attributes.PLACES for name in wanted]) else None


MATCH_ARGS = "__match_args__"


def match_args(kind):
    base = attributes.base_with(kind, MATCH_ARGS)
    return None if base is None else attributes.names_of(base)[MATCH_ARGS]


def read(machine, ways, wanted, instruction):
    """The attributes, where the class says still that it is these."""
    if instruction.arg:
        base = attributes.base_with(ways.kind, MATCH_ARGS)
        machine.graph.constant(ways.kind)
        machine.graph.constant(base)
        node = machine.emit("name", attr=machine.region.new_cell(base, None, MATCH_ARGS, MISSING))
        machine.guard(machine.emit("icmp_eq", node, machine.object(match_args(ways.kind))), "type")
    return [attributes.own_value(machine, instruction._replace(arg=name, part=FIRST + place), ways.subject) for place, name in enumerate(wanted)]


__all__ = []
