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
from framejit.capture.handlers.calls import stored_example
from framejit.capture.handlers.control import way_that_drops
from framejit.capture.handlers.stack import put_home, stack_slot
from framejit.capture.walks import CONTAINER, ITERATOR       # walks.py asks of the same objects, at the same sites
from framejit.tables.walks import PARTS

ITEMS = [3, 5]          # what the objects whose layouts are compared are made of
MADE = {count: lambda: count(7), repeat: lambda: repeat(ITEMS, 3), cycle: lambda: cycle(ITEMS), chain: lambda: chain(ITEMS, ITEMS),
        islice: lambda: islice(ITEMS, 1, 5, 2), accumulate: lambda: accumulate(ITEMS), pairwise: lambda: pairwise(ITEMS), map: lambda: map(int, ITEMS),
        filter: lambda: filter(None, ITEMS)}
KNOWN = (enumerate, zip, *[type(iter(kind())) for kind in (list, tuple, str, bytes, bytearray)], type(iter("\u20ac")), type(iter(range(0))), type(reversed([])))
STEPPED = (*MADE, *KNOWN, *PARTS)
FAILED = 691            # part of a site's key: the iterator has shown that it can't be moved so
DONE, LEAVE = -1, -2    # answers of ext/stepped.c


@cache
def known(kind):
    """Whether objects of this type are laid out as the machine expects."""
    if kind not in MADE:
        return True
    made = MADE[kind]()
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
    depth, nothing = len(machine.state.stack), machine.const("ptr", None)
    put_home(machine, stack_slot(machine, depth), nothing)         # nothing leaves behind the step
    answer = machine.emit("write_call", iterator.node, attr=("fj_step", "i64"), type="i64")
    body, other = machine.graph.block(), machine.graph.block()
    machine.end("branch", (machine.emit("icmp_sgt", answer, machine.int(DONE)),), [(body, []), (other, [])])
    machine.block = other
    machine.emit("guard", machine.emit("icmp_sge", answer, machine.int(LEAVE)), exit=machine.exit("type", machine.object(None), site))
    machine.guard(machine.emit("icmp_sge", answer, machine.int(DONE)), "collection")
    done = machine.state.copy()
    done.stack.pop()
    machine.end("jump", targets=[way_that_drops(machine, instruction.target, done)])
    machine.block = body
    node = machine.emit("write_call", attr=("fj_stepped", "ptr"), type="ptr")
    machine.emit("home_take", node, attr=(stack_slot(machine, depth), False), exit=machine.exit("home"))
    machine.push(v.Obj(None, node, example=stored_example(machine)))
    machine.jump(instruction.next)
    return True


def likely(kind):
    """What a call of one of these classes gives."""
    return MADE[kind]() if kind in MADE else kind(())


MAKERS = (*MADE, enumerate, zip)

__all__ = ["MAKERS", "STEPPED", "advanced", "as_stepped", "known", "likely"]
