"""Generator expressions that a loop walks over: the generator is made only where native code leaves.

    for y in (x * c for x in values if x):      ->      a turn calls a routine that walks over `values` to the next value

The routine (capture/generator_bodies.py) gives whether there is one, the value, and how far it has come.  An expression with one loop
is nothing but its iterator between two values: a generator that hasn't begun, of an iterator that has come as far and stands
behind its YIELD_VALUE, goes on as the one that was begun (`recipes.remade_generator`).  What its variables alone may keep alive, the item of this turn, a tuple keeps in the home of the
stack's entry until the next turn, as they would; it is theirs where native code leaves.
"""

from framejit.capture import state as states, value_parts, values as v
from framejit.capture.attributes import TUPLE_ITEMS
from framejit.capture.components import part_types, rebuild
from framejit.capture.consumers import Consumer
from framejit.capture.ends import BlockEnds, NotNative
from framejit.capture.iterators import ADVANCE
from framejit.capture.shapes import join_tuples, zero
from framejit.capture.walked_generators import Generated
from framejit.tables.classes import one_of
from framejit.tables.specialised import EXPRESSION

QUIET = (str, bytes, int, float, complex, bool, type(None))     # nobody hears of the end of such an object
MOST_HELD = 4
WALKED = (v.RangeIter, v.SeqIter, v.Pairs)


def walked(machine, body):
    """The iterator of a loop over this generator; what it walks over is kept by the stack entry's home from now on."""
    from framejit.capture.callees import Runs
    region = machine.region
    unit = place_of_yield(machine, body.code)
    made = Generated(Runs(body.code, region.globals, region.builtins), body.cells, body.iterator, (machine.held, unit), machine.const("i1", False))
    if body.iterator.__class__ not in WALKED or value_parts.lists_in([made]) or unit is None:
        machine.give_up_holding()
    machine.held = None
    made.count = machine.hints.held.get(made.site[0], 0)
    keep(machine, made, [leaf.node for leaf in value_parts.leaves(made) if leaf.__class__ in (v.Obj, v.Array) and leaf.node.op != "object"])
    return made


def place_of_yield(machine, code):
    """The unit where an expression with one loop gives its values; None: it has more loops."""
    instructions = machine.routines.machine.hints.bytecode(code).instructions
    units = [one.at for one in instructions if one.opname == "YIELD_VALUE"]
    return units[0] if [one.op for one in instructions].count("FOR_ITER") == len(units) == 1 else None


def keep(machine, walk, nodes):
    """The objects live as long as the topmost stack entry, and so does what its variables will keep."""
    if not nodes and not walk.count:
        return
    machine.secure()
    if walk.count:
        walk.holder = machine.emit("own_tuple", *[machine.emit("own", machine.object(None), attr=("OBJECT", 0)) for _ in range(walk.count)])
    kept = machine.emit("own_tuple", *[machine.emit("own", node, attr=("OBJECT", 0)) for node in nodes], *([walk.holder] if walk.count else []))
    machine.emit("home_take", kept, attr=(len(machine.state.locals) + len(machine.state.stack) - 1, False), exit=machine.exit("home"))


def hold(machine, walk, nodes):
    """The generator's variables have these objects now, and let go of those of the turn before, one by one.  A tuple lets go of its last item first."""
    vector = machine.emit("address", walk.holder, machine.int(TUPLE_ITEMS))
    for number in range(walk.count):
        place = walk.count - 1 - number
        old = machine.emit("item", vector, machine.int(place))
        machine.guard(machine.emit("read_call", old, attr=("fj_dies_quietly", "i1"), type="i1"), "home")
        machine.secure()
        node = nodes[number] if number < len(nodes) else machine.object(None)
        new = machine.emit("own", node, attr=("OBJECT", 0))
        machine.emit("write_call", machine.emit("address", vector, machine.int(8 * place)), new, attr=("fj_item_set", None))


class Step(Consumer):
    """A row as those of CONSUMERS: it ends with each value."""

    places = 0
    lends = True

    def step(self, machine, value, found):
        value = states.lift(value, machine.graph)
        items = value.items if value.__class__ is v.Tup else (value,)
        items = [given(machine, states.lift(item, machine.graph)) for item in items]
        value = v.Tup(items) if value.__class__ is v.Tup else items[0]
        if any([item.__class__ is v.Obj for item in items]):
            machine.shows(tuple([item.example for item in items]) if value.__class__ is v.Tup else value.example)
        made = v.Tup([v.Num("bool", machine.const("i1", True)), value, *self.others(machine)])
        wanted = machine.wanted()
        if wanted is not None and join_tuples(wanted, made.shape()) is None:
            raise NotNative("gives a loop values of several kinds")
        machine.given_by_consumer(made, machine.instruction)
        raise BlockEnds

    def others(self, machine):
        """How far the iterator has come, and what the generator's variables keep alive."""
        iterator, = machine.state.stack
        return [*[v.Num("int", node) for node in positions(iterator)], *[v.Obj(None, node, "item") for node in kept_by_variables(machine)]]

    def end(self, machine, found):
        """Of the same shape as what there is else."""
        wanted = machine.wanted()
        if wanted is None:
            machine.empty = True
            machine.leave("raise")
            raise BlockEnds
        return rebuild(wanted, iter([zero(type) for type in part_types(wanted)]))


class First(Step):
    """next(...) of a generator that nobody else has: it is over with its first value.  What is given for none is the caller's."""

    most = 1

    def takes(self, value):
        return False

    def others(self, machine):
        return []


STEP, FIRST = Step(), First()


def given(machine, item):
    """An item of what a turn gives, or all of it: a number, or an object that somebody else has."""
    if item.__class__ is v.Num and item.slot is None:
        return item
    if item.__class__ is v.Const and one_of(type(item.value), QUIET):
        return v.Obj(type(item.value), machine.object(item.value), "item", item.value)
    if item.__class__ is not v.Obj:
        raise NotNative("gives a loop what is neither a number nor an object")
    return v.Obj(item.type, item.node, "item", item.example)


def kept_by_variables(machine):
    """The nodes of what the generator's variables keep alive, and whose end somebody could hear of."""
    code, nodes = machine.region.code, []
    own = machine.state.locals[code.co_argcount:machine.region.count - len(code.co_freevars)]
    for leaf in [leaf for value in own for leaf in value_parts.leaves(value)]:
        if leaf.__class__ is v.Obj and not one_of(leaf.type, QUIET) or leaf.__class__ is v.Array and leaf.node is not None:
            nodes.append(leaf.node)
        elif leaf.__class__ not in (v.Num, v.Obj, v.Array, v.Const, v.Unbound):
            raise NotNative("has a variable of another kind")
    if len(nodes) > MOST_HELD:
        raise NotNative("keeps many objects alive")
    return nodes


def positions(iterator):
    """The nodes that say how far an iterator has come."""
    if iterator.__class__ is v.Pairs:
        own = () if iterator.index is None else (iterator.index,)
        return [*own, *[node for inner in iterator.inners for node in positions(inner)]]
    return [iterator.next if iterator.__class__ is v.RangeIter else iterator.index]


def moved(iterator, nodes):
    """The iterator when it has come as far as the next of these nodes say."""
    if iterator.__class__ is v.Pairs:
        index = None if iterator.index is None else next(nodes)
        return v.Pairs(index, [moved(inner, nodes) for inner in iterator.inners], iterator.site)
    if iterator.__class__ is v.RangeIter:
        return v.RangeIter(next(nodes), iterator.stop, iterator.step, iterator.home)
    return v.SeqIter(iterator.sequence, next(nodes), iterator.home, iterator.step)


def more(machine, walk):
    """i1: whether there is a next value, which has been computed then."""
    from framejit.capture.generators import about_to_call, called, captured
    arguments = [walk.iterator, *walk.cells]
    _, routine = captured(machine, STEP, walk.runs.code, arguments)
    if routine is None or routine.result is None:
        machine.hints.real_generators.add(walk.site[0])
        machine.restart()
    there, value, *others = called(machine, routine, "invoke", arguments, *about_to_call(machine)).items
    nodes, count = [other.node for other in others], len(positions(walk.iterator))
    if len(nodes) - count > walk.count:
        machine.hints.held[walk.site[0]] = len(nodes) - count
        machine.restart()
    moved_on = Generated(walk.runs, walk.cells, moved(walk.iterator, iter(nodes[:count])), walk.site, machine.const("i1", True), walk.holder, walk.count)
    walk.given = lent(value, routine.example), moved_on, nodes[count:]
    return there.node


def first(machine, body, base, given):
    """next() of a generator expression, with what is given for none."""
    from framejit.capture.generators import about_to_call, called, captured
    arguments, held = [body.iterator, *body.cells], machine.held
    _, routine = captured(machine, FIRST, body.code, arguments)
    if routine is None or routine.result is None:
        machine.give_up_holding()
    there, value = called(machine, routine, "invoke", arguments, *about_to_call(machine)).items
    value = lent(value, routine.example)
    if not given:
        machine.held = held             # StopIteration is the interpreter's to raise, which begins anew
        machine.guard(there.node, "raise")
        machine.held = None
    machine.consumes = True
    machine.weight["native"] += EXPRESSION * 10 ** len(machine.state.headers)
    machine.popn(len(machine.state.stack) - base)
    if not given:
        machine.push(value)
        return
    none = machine.state.copy()
    none.stack.append(*given)
    machine.push(value)
    machine.branch(there.node, (machine.instruction.next, machine.state), (machine.instruction.next, none))


def following(machine, walk, instruction):
    """(the value, the generator behind it), where there is one."""
    value, moved_on, nodes = walk.given
    if walk.count:
        hold(machine, walk, nodes)
    return value, moved_on


def lent(value, example):
    """A number or an object that a container keeps."""
    if value.__class__ is v.Tup:
        return v.Tup([lent(item, part) for item, part in zip(value.items, example if type(example) is tuple else [None] * len(value.items))])
    if value.__class__ is v.Obj:
        value.example = example
        return value
    return value if value.box is None else v.Num(value.kind, value.node, value.box, "item")


ADVANCE[Generated] = more, following

__all__ = ["FIRST", "first", "walked"]
