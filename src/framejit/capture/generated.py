"""Generator expressions that a loop walks over: the generator is made only where native code leaves.

    for y in (x * c for x in values if x):      ->      a turn calls a routine that walks over `values` to the next value

The routine (capture/generator_bodies.py) gives whether there is one, the value, and how far it has come.  An expression with one loop
is nothing but its iterator between two values: a generator that hasn't begun, of an iterator that has come as far, goes on as
the one that was begun (`recipes.remade_generator`).
"""

from framejit.capture import state as states, value_parts, values as v
from framejit.capture.components import part_types, rebuild
from framejit.capture.consumers import Consumer
from framejit.capture.ends import BlockEnds, NotNative
from framejit.capture.iterators import ADVANCE
from framejit.capture.shapes import join_tuples, zero
from framejit.capture.walked_generators import Generated

WALKED = (v.RangeIter, v.SeqIter, v.Pairs)


def walked(machine, body):
    """The iterator of a loop over this generator; what it walks over is kept by the stack entry's home from now on."""
    from framejit.capture.callees import Runs
    region = machine.region
    made = Generated(Runs(body.code, region.globals, region.builtins), body.cells, body.iterator, machine.held)
    if body.iterator.__class__ not in WALKED or value_parts.lists_in([made]) or not has_one_loop(machine, body.code):
        machine.give_up_holding()
    machine.held = None
    keep(machine, [leaf.node for leaf in value_parts.leaves(made) if leaf.__class__ in (v.Obj, v.Array) and leaf.node.op != "object"])
    return made


def has_one_loop(machine, code):
    instructions = machine.routines.machine.hints.bytecode(code).instructions
    return [one.op for one in instructions].count("FOR_ITER") == [one.opname for one in instructions].count("YIELD_VALUE") == 1


def keep(machine, nodes):
    """The objects live as long as the topmost stack entry."""
    if not nodes:
        return
    machine.secure()
    kept = machine.emit("own_tuple", *[machine.emit("own", node, attr=("OBJECT", 0)) for node in nodes])
    machine.emit("home_take", kept, attr=(len(machine.state.locals) + len(machine.state.stack) - 1, False), exit=machine.exit("home"))


class Step(Consumer):
    """A row as those of CONSUMERS: it ends with each value."""

    places = 0

    def step(self, machine, value, found):
        value = states.lift(value, machine.graph)
        items = value.items if value.__class__ is v.Tup else (value,)
        if not all([states.lift(item, machine.graph).__class__ is v.Num and item.slot is None for item in items]):
            raise NotNative("gives a loop what is no number")
        iterator, = machine.state.stack
        made = v.Tup([v.Num("bool", machine.const("i1", True)), value, *[v.Num("int", node) for node in positions(iterator)]])
        wanted = machine.wanted()
        if wanted is not None and join_tuples(wanted, made.shape()) is None:
            raise NotNative("gives a loop values of several kinds")
        machine.given_by_consumer(made, machine.instruction)
        raise BlockEnds

    def end(self, machine, found):
        """Of the same shape as what there is else."""
        wanted = machine.wanted()
        if wanted is None:
            machine.empty = True
            machine.leave("raise")
            raise BlockEnds
        return rebuild(wanted, iter([zero(type) for type in part_types(wanted)]))


STEP = Step()


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
        machine.hints.real_generators.add(walk.site)
        machine.restart()
    there, value, *places = called(machine, routine, "invoke", arguments, *about_to_call(machine)).items
    following = Generated(walk.runs, walk.cells, moved(walk.iterator, iter([place.node for place in places])), walk.site)
    walk.given = lent(value), following
    return there.node


def lent(value):
    """A number whose object a container keeps."""
    if value.__class__ is v.Tup:
        return v.Tup([lent(item) for item in value.items])
    return value if value.box is None else v.Num(value.kind, value.node, value.box, "item")


ADVANCE[Generated] = more, lambda machine, walk, instruction: walk.given

__all__ = ["walked"]
