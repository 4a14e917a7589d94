"""Iterators of `for` loops: virtual ones over ranges, lists, tuples and arrays, and the ways they advance.

    for i in range(a, b):   next = a; header: next < b ? body(i = next, next + 1) : behind
"""

from framejit.capture import packed, paired_walks, raw_items, raw_lists, values as v
from framejit.capture.entry import scalar_kinds
from framejit.capture.exact_types import exactly, of_type
from framejit.capture.several import Several
from framejit.capture.state import SINGLETONS
from framejit.capture.subscripts import element, has_numbers, list_item, site_of, tuple_item
from framejit.capture.walked_generators import Generated
from framejit.capture.walked_slices import Part
from framejit.capture.walked_tables import Table, more, next_entry
from framejit.tables.classes import one_of

LARGE = 2**62
INNER, MOST_INNERS = 1000, 32       # of pairs: part of their sites' keys
RANGES = 61             # part of a site's key: what is walked over


def iterator_of(machine, value, instruction):
    """The virtual iterator that iter(value) makes, or None."""
    row = ITERATORS.get(value.__class__)
    return None if row is None else row(machine, value)


def of_range(machine, value):
    step = value.step.node
    if step.op == "const":
        return v.RangeIter(value.start.node, value.stop.node, step.attr) if 0 < abs(step.attr) < 2**31 else None
    small = machine.emit("icmp_ult", machine.emit("isub", step, machine.int(1)), machine.int(2**31))
    machine.guard(small, "range step")
    return v.RangeIter(value.start.node, value.stop.node, step)


def of_object(machine, value):
    """Over a range that a variable holds, or another object's items; None where it can't be said."""
    return of_range_object(machine, value) if is_range(value) else of_sequence(machine, value)


def of_constant(machine, value):
    """Over a known object: a range that a module has, or what the code has itself."""
    if type(value.value) is not range:
        return of_sequence(machine, value)
    start, stop, step = value.value.start, value.value.stop, value.value.step
    if not abs(step) < 2**31 or not all([abs(bound) < LARGE for bound in (start, stop)]):
        return None
    return v.RangeIter(machine.int(start), machine.int(stop), step)


def is_range(value):
    return value.__class__ is v.Obj and (value.type is range or value.type is None and type(value.example) is range)


def of_range_object(machine, value):
    """The iterator needs the range no longer."""
    found = as_range(machine, value)
    return None if found is None else of_range(machine, found)


def as_range(machine, value):
    """A range object by its parts, or None.  Its step is taken for that of the one at hand."""
    known = exactly(machine, value, (range,), machine.instruction, RANGES)
    step = known.example.step if known is not None and type(known.example) is range else 1
    if known is None or not -2**31 < step < 2**31:
        return None
    machine.guard(machine.emit("read_call", known.node, attr=("fj_range_fits", "i1"), type="i1"), "range step")
    start, stop, real = [machine.emit("read_call", known.node, machine.int(part), attr=("fj_range_part", "i64"), type="i64") for part in range(3)]
    machine.guard(machine.emit("icmp_eq", real, machine.int(step)), "range step")
    return v.Range(*[v.Num("int", node) for node in (start, stop, machine.int(step))])


def keep_on_stack(machine, node):
    """The home of the topmost stack slot keeps what the iterator walks over."""
    from framejit.capture.handlers.stack import put_home, stack_slot
    put_home(machine, stack_slot(machine, len(machine.state.stack) - 1), node)


def of_sequence(machine, value):
    """Over a list, a tuple or an array, which the home of the topmost stack slot keeps; None for other objects."""
    walked = walkable(machine, value)
    if walked is None:
        return None
    keep_on_stack(machine, walked.node)
    return v.SeqIter(walked, machine.int(0))


def walkable(machine, value):
    """A list, a tuple or an array as an iterator's sequence; None for other objects."""
    if value.__class__ is v.Raw and value not in machine.state.locals and value.kind not in SINGLETONS:
        value = raw_lists.realised(machine, value)
    if value.__class__ is v.Obj:
        return v.Obj(value.type, value.node, "home", value.example) if one_of(value.type, WALKED) or is_packed(value) else None
    if value.__class__ is v.Const:
        return v.Obj(type(value.value), machine.object(value.value), "home", value.value) if one_of(type(value.value), (tuple, str, bytes)) else None
    return value if value.__class__ is v.Raw or value.__class__ is v.Array and value.node is not None and has_numbers(value) else None


def is_packed(value):
    return value.__class__ is v.Obj and type(value.type) is packed.Packed


ITERATORS = {
    v.Range: of_range,
    v.Obj: of_object,
    v.Array: of_sequence,
    v.Raw: of_sequence,
    v.Const: of_constant,
    v.Tup: lambda machine, value: None,
    **dict.fromkeys((v.RangeIter, v.SeqIter, v.Pairs, Part, Table), lambda machine, value: value),
}


def advance(machine, iterator, instruction):
    """FOR_ITER: the next item is pushed, or the iterator popped and the loop left."""
    from framejit.capture.handlers.control import way_that_drops
    row = ADVANCE.get(iterator.__class__)
    if row is None or iterator.__class__ is v.Obj:
        generic(machine, iterator, instruction)
        return
    condition = row[0](machine, iterator)
    done = machine.state.copy()
    done.stack.pop()
    kept = is_kept(iterator)
    if condition.op == "const" and not condition.attr:
        if kept:
            machine.end("jump", targets=[way_that_drops(machine, instruction.target, done)])
        else:
            machine.jump(instruction.target, done)
        return
    body = machine.graph.block()
    if condition.op == "const":
        machine.end("jump", targets=[(body, [])])
    else:
        machine.end("branch", (condition,), [(body, []), way_that_drops(machine, instruction.target, done) if kept else machine.enter(instruction.target, done)])
    machine.block = body
    item, following = row[1](machine, iterator, instruction)
    machine.state.replace(iterator, following)
    machine.push(item)
    machine.jump(instruction.next)


def is_kept(iterator):
    """Whether the home of the iterator's stack slot keeps something that dies with it."""
    return iterator.__class__ in (v.SeqIter, v.Pairs, Generated)


def range_more(machine, iterator):
    comparison = "icmp_slt" if iterator.step.__class__ is not int or iterator.step > 0 else "icmp_sgt"
    return machine.emit(comparison, iterator.next, iterator.stop)


def range_next(machine, iterator, instruction):
    step = machine.int(iterator.step) if iterator.step.__class__ is int else iterator.step
    following = machine.emit("iadd", iterator.next, step)
    return v.Num("int", iterator.next), v.RangeIter(following, iterator.stop, iterator.step, iterator.home)


def sequence_size(machine, sequence):
    if sequence.__class__ is v.Array:
        return sequence.dims[0]
    if sequence.__class__ is v.Raw:
        return raw_lists.size(machine, sequence)
    return machine.emit("field", sequence.node, attr="var_size", type="i64")


def sequence_more(machine, iterator):
    """Backwards the index ends at -1, and may have come to lie behind a list's end."""
    comparison = "icmp_slt" if iterator.step > 0 else "icmp_ult"
    return machine.emit(comparison, iterator.index, sequence_size(machine, iterator.sequence))


def sequence_next(machine, iterator, instruction):
    index = machine.emit("iadd", iterator.index, machine.int(iterator.step))
    return item_at(machine, iterator, instruction), v.SeqIter(iterator.sequence, index, iterator.home, iterator.step)


def item_at(machine, iterator, instruction):
    sequence = iterator.sequence
    if sequence.__class__ is v.Array:
        return element(machine, sequence, [iterator.index])
    if sequence.__class__ is v.Raw:
        return raw_items.item(machine, sequence, iterator.index)
    return packed.item(machine, sequence, iterator.index) if is_packed(sequence) else ITEMS[sequence.type](machine, sequence, iterator.index, instruction)


def part_more(machine, iterator):
    return machine.emit("icmp_slt", iterator.index, iterator.stop)


def part_next(machine, iterator, instruction):
    index = machine.emit("iadd", iterator.index, machine.int(1))
    return item_at(machine, iterator, instruction), Part(iterator.sequence, index, iterator.stop)


def text_item(machine, sequence, index, instruction):
    from framejit.capture import letters
    return letters.next_item(machine, sequence, index)


def byte_item(machine, sequence, index, instruction):
    from framejit.capture import byte_strings
    return byte_strings.item(machine, sequence, index)


ITEMS = {list: list_item, tuple: tuple_item, str: text_item, bytes: byte_item, bytearray: byte_item}
WALKED = tuple(ITEMS)


def pairs_more(machine, iterator):
    """All inner iterators have an item.  zip stops at the first that has none; the ones before it have advanced then."""
    condition = None
    for inner in iterator.inners:
        more = ADVANCE[inner.__class__][0](machine, inner)
        condition = more if condition is None else machine.emit("iand", condition, more)
    return condition


def unnoticed(item):
    """Whether nobody can tell how long an item lives: zip and enumerate keep the last ones in a tuple of theirs, virtual ones don't."""
    return item.__class__ is not v.Obj or one_of(item.type, PLAIN) or one_of(item.type, (list, tuple)) and one_of(type(item.example), (list, tuple)) and holds_numbers(item.example)


def holds_numbers(items):
    return all([one_of(type(item), PLAIN) or one_of(type(item), scalar_kinds()) or one_of(type(item), (list, tuple)) and holds_numbers(item) for item in items[:LOOKED_AT]])


NUMBERS = (int, float, bool, complex, type(None))
TEXTS = (str, bytes)        # items of such types are no more than objects otherwise
PLAIN = (int, float, bool, complex, str, bytes, type(None))
LOOKED_AT = 64          # items of each level


def pairs_next(machine, iterator, instruction):
    """What is walked over is moved behind all that may leave."""
    walks = []
    found = pairs_moved(machine, iterator, instruction, walks)
    for walk, at in walks:
        machine.emit("write_call", walk.node, at, attr=("fj_walk_step", None))
    return found


def pairs_moved(machine, iterator, instruction, walks):
    items, followers = [], []
    for place, inner in enumerate(iterator.inners):
        site = inner_site(instruction, place)
        if inner.__class__ is v.Obj or inner.__class__ is v.Pairs:
            following = paired_walks.next_entry if inner.__class__ is v.Obj else pairs_moved
            item, follower = following(machine, inner, site, walks)
        else:
            following = letter_next if is_text(inner) else ADVANCE[inner.__class__][1]
            item, follower = following(machine, inner, site)
        if inner.__class__ is v.Obj:
            parts = [settled(machine, iterator, part, key) for part, key in zip(paired_walks.parts_of(item), paired_walks.sites_of(site))]
            item = parts[0] if len(parts) == 1 else v.Tup(parts)
        else:
            item = settled(machine, iterator, item, site and site_of(site))
        items.append(item)
        followers.append(follower)
    if iterator.index is None:
        return v.Tup(items), v.Pairs(None, followers, iterator.site)
    index = machine.emit("iadd", iterator.index, machine.int(1))
    return v.Tup([v.Num("int", iterator.index), *items]), v.Pairs(index, followers, iterator.site)


def settled(machine, iterator, item, site):
    """An item whose end nobody hears of, or the pairs are objects."""
    if item.__class__ is v.Obj and item.type is None and one_of(type(item.example), TEXTS) and site is not None:
        item = of_type(machine, item, type(item.example), machine.exit("type", item.node, site))
    if site is not None and are_numbers(machine, item, site):
        machine.emit("guard", machine.emit("read_call", item.node, attr=("fj_is_plain", "i1"), type="i1"), exit=machine.exit("type", item.node, site))
        return item
    if not unnoticed(item):
        machine.pairs_are_real(iterator.site)
        machine.restart()
    if item.__class__ is v.Obj and one_of(item.type, (list, tuple)):      # the one at hand isn't all of them
        machine.guard(machine.emit("read_call", item.node, attr=("fj_goes_unnoticed", "i1"), type="i1"), "domain")
    return item


def are_numbers(machine, item, site):
    """Whether it is one of several types, all of which are numbers' or None's so far."""
    seen = machine.hints.sites.get(site) or ([type(one) for one in item.example.items] if item.__class__ is v.Obj and type(item.example) is Several else ())
    return bool(seen) and item.__class__ is v.Obj and item.type is None and all([one_of(kind, NUMBERS) for kind in seen])


def is_text(iterator):
    return iterator.__class__ is v.SeqIter and iterator.sequence.__class__ is v.Obj and iterator.sequence.type is str


def letter_next(machine, iterator, instruction):
    """A character beside other items; `iterator_functions.inner_iterators` has seen to it that nobody has to keep it."""
    from framejit.capture import letters
    index = machine.emit("iadd", iterator.index, machine.int(1))
    return letters.letter(machine, iterator.sequence, iterator.index), v.SeqIter(iterator.sequence, index, iterator.home)


def inner_site(instruction, place):
    """The instruction as what tells the sites of each inner iterator apart."""
    return instruction and instruction._replace(part=(instruction.part or INNER) * MOST_INNERS + place)


ADVANCE = {
    v.RangeIter: (range_more, range_next),
    v.SeqIter: (sequence_more, sequence_next),
    Part: (part_more, part_next),
    Table: (more, next_entry),
    v.Pairs: (pairs_more, pairs_next),
    v.Obj: (paired_walks.more, None),           # within pairs
}


def generic(machine, iterator, instruction):
    """Any other iterator: its next item comes from a call-out."""
    from framejit.capture.handlers.calls import next_callout
    next_callout(machine, instruction)
