"""Loops over iterators of C's that stay objects: enumerate, zip, map and filter of what isn't a sequence, and itertools' count, repeat, cycle, chain,
islice, accumulate and pairwise.

    for i, (k, v) in enumerate(d.items()): ...      the interpreter's own object is moved (ext/stepped.c), where nothing of the program's hears of it
    for n in map(int, words): ...

They may be left and gone on with anywhere, since they are the very objects.  What can't be known beforehand (a function of the program's, a generator)
leaves and teaches: the next items come from call-outs.
"""

from functools import cache
from itertools import accumulate, chain, count, cycle, islice, pairwise, repeat

from framejit._machine import step_fits
from framejit.capture import values as v
from framejit.capture.exact_types import exactly
from framejit.capture.function_table import counted, function
from framejit.capture.handlers.calls import stored_example
from framejit.capture.handlers.control import way_that_drops
from framejit.capture.handlers.stack import put_home, stack_slot
from framejit.capture.walks import CONTAINER, ITERATOR       # walks.py asks of the same objects, at the same sites
from framejit.tables.classes import row_of
from framejit.tables.walks import PARTS

ITEMS = [3, 5]          # what the objects whose layouts are compared are made of
MADE = {count: lambda: count(7), repeat: lambda: repeat(ITEMS, 3), cycle: lambda: cycle(ITEMS), chain: lambda: chain(ITEMS, ITEMS),
        islice: lambda: islice(ITEMS, 1, 5, 2), accumulate: lambda: accumulate(ITEMS), pairwise: lambda: pairwise(ITEMS), map: lambda: map(int, ITEMS),
        filter: lambda: filter(None, ITEMS)}
KNOWN = (enumerate, zip, *[type(iter(kind())) for kind in (list, tuple, str, bytes, bytearray)], type(iter("\u20ac")), type(iter(range(0))), type(reversed([])))
STEPPED = (*MADE, *KNOWN, *PARTS)
FAILED = 691            # part of a site's key: the iterator has shown that it can't be moved so
GIVEN = (v.Const, v.Obj)                    # what next() may be given, as objects
DONE, LEAVE = -1, -2    # answers of ext/stepped.c


@cache
def known(kind):
    """Whether objects of this type are laid out as the machine expects."""
    make = row_of(MADE, kind)
    if make is None:
        return True
    made = make()
    next(made)
    return step_fits(made, ITEMS)


def as_stepped(machine, instruction, place=CONTAINER):
    """What is on top of the stack as one of these, or None."""
    found = exactly(machine, machine.state.stack[-1], STEPPED, instruction, place)
    return found if found.__class__ is v.Obj and known(found.type) else None


def advanced(machine, instruction):
    """FOR_ITER: whether the iterator is one of these, whose next item is pushed, or which is popped."""
    site = instruction.unit, FAILED
    iterator = None if machine.hints.sites.get(site) else as_stepped(machine, instruction, ITERATOR)
    if iterator is None:
        return False
    depth = len(machine.state.stack)
    put_home(machine, stack_slot(machine, depth), machine.const("ptr", None))         # nothing leaves behind the step
    answer = moved(machine, iterator)
    body, other = machine.graph.block(), machine.graph.block()
    machine.end("branch", (machine.emit("icmp_sgt", answer, machine.int(DONE)),), [(body, []), (other, [])])
    machine.block = other
    stays(machine, answer, site)
    done = machine.state.copy()
    done.stack.pop()
    machine.end("jump", targets=[way_that_drops(machine, instruction.target, done)])
    machine.block = body
    machine.push(v.Obj(None, taken(machine, depth), example=likely_item(machine, iterator)))
    machine.jump(instruction.next)
    return True


def likely_item(machine, iterator):
    """What the name that it goes to holds now, or what the iterator was made of lets expect."""
    held = stored_example(machine)
    return steps().item_of(machine, iterator) if held is None else held


@cache
def steps():
    from framejit.capture import likely_steps
    return likely_steps


def moved(machine, iterator, function="fj_step"):
    """The machine's answer."""
    return machine.emit("write_call", iterator.node, attr=(function, "i64"), type="i64")


def stays(machine, answer, site):
    """Leaves where nothing has happened, and teaches where nothing ever can."""
    machine.emit("guard", machine.emit("icmp_sge", answer, machine.int(LEAVE)), exit=machine.exit("type", machine.object(None), site))
    machine.guard(machine.emit("icmp_sge", answer, machine.int(DONE)), "collection")


def taken(machine, depth):
    """What has come, kept by the home of the stack entry at this depth."""
    node = machine.emit("write_call", attr=("fj_stepped", "ptr"), type="ptr")
    machine.emit("home_take", node, attr=(stack_slot(machine, depth), False), exit=machine.exit("home"))
    return node


@function(next)
def next_(machine, arguments, instruction):
    """The next item; where there is none the interpreter raises, for it can be asked only once.  With what is given then a step says which it is."""
    if instruction is None or machine.held is not None or len(arguments) not in (1, 2):
        return None
    site = instruction.unit, FAILED
    iterator = None if machine.hints.sites.get(site) else exactly(machine, arguments[0], STEPPED, instruction, ITERATOR)
    if iterator.__class__ is not v.Obj or not known(iterator.type) or len(arguments) == 2 and arguments[1].__class__ not in GIVEN:
        return None
    depth = len(machine.state.stack) - instruction.arg[0] - 2
    counted(machine)
    machine.secure()
    row = or_else if len(arguments) == 2 else or_raise
    return v.Obj(None, row(machine, iterator, site, depth, *arguments[1:]), example=likely_item(machine, iterator))


def or_raise(machine, iterator, site, depth):
    answer = moved(machine, iterator, "fj_step_inside")
    body, other = machine.graph.block(), machine.graph.block()
    machine.end("branch", (machine.emit("icmp_sgt", answer, machine.int(DONE)),), [(body, []), (other, [])])
    machine.block = other
    machine.emit("guard", machine.emit("icmp_sge", answer, machine.int(LEAVE)), exit=machine.exit("type", machine.object(None), site))
    machine.leave("index")
    machine.block = body
    return taken(machine, depth)


def or_else(machine, iterator, site, depth, given):
    """Both ways leave the object in the home of the result's stack entry."""
    answer = moved(machine, iterator)
    body, other, behind = [machine.graph.block() for _ in range(3)]
    machine.end("branch", (machine.emit("icmp_sgt", answer, machine.int(DONE)),), [(body, []), (other, [])])
    machine.block = other
    stays(machine, answer, site)
    put_home(machine, stack_slot(machine, depth), given.node if given.__class__ is v.Obj else machine.object(given.value))
    machine.end("jump", targets=[(behind, [])])
    machine.block = body
    taken(machine, depth)
    machine.end("jump", targets=[(behind, [])])
    machine.block = behind
    return machine.emit("home", attr=stack_slot(machine, depth))


def likely(kind):
    """What a call of one of these classes gives."""
    make = row_of(MADE, kind)
    return kind(()) if make is None else make()


MAKERS = (*MADE, enumerate, zip)

__all__ = ["MAKERS", "STEPPED", "advanced", "as_stepped", "known", "likely"]
