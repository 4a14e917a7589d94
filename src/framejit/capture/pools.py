"""Loops over itertools.product, combinations, combinations_with_replacement and permutations.

    for x, y in combinations(points, 2)   ->   the interpreter's own object makes the next choice (ext/pools.c), which nothing of the program's hears of

It may be left and gone on with anywhere, since it is the very object.
"""

from functools import cache
from gc import get_referents
from itertools import combinations, combinations_with_replacement, permutations, product

from framejit._machine import pool_fits
from framejit.capture import values as v
from framejit.capture.exact_types import exactly
from framejit.capture.handlers.control import way_that_drops
from framejit.capture.handlers.stack import put_home, stack_slot
from framejit.capture.iterators import is_range
from framejit.capture.texts import kept
from framejit.capture.walks import CONTAINER, ITERATOR       # walks.py asks of the same objects, at the same sites
from framejit.tables.classes import one_of

POOLS = (product, combinations, combinations_with_replacement, permutations)
MOST = 20               # items of a choice


@cache
def known(kind):
    """Whether objects of this type are laid out as the machine expects."""
    made = kind("ab", "cd") if kind is product else kind("ab", 2)
    first = next(made)
    return pool_fits(made, first)


def as_pool(machine, instruction, place=CONTAINER):
    """What is on top of the stack as one of these, or None."""
    found = exactly(machine, machine.state.stack[-1], POOLS, instruction, place)
    return found if found.__class__ is v.Obj and known(found.type) else None


def advanced(machine, instruction):
    """FOR_ITER: whether the iterator is one of these, whose next choice is pushed, or which is popped."""
    iterator = as_pool(machine, instruction, ITERATOR)
    if iterator is None:
        return False
    depth, nothing = len(machine.state.stack), machine.const("ptr", None)
    machine.guard(machine.emit("read_call", iterator.node, attr=("fj_pool_ready", "i1"), type="i1"), "collection")
    put_home(machine, stack_slot(machine, depth), nothing)         # nothing leaves behind the choice
    node = machine.emit("write_call", iterator.node, attr=("fj_pool_next", "ptr"), type="ptr")
    done = machine.state.copy()
    done.stack.pop()
    body = machine.graph.block()
    machine.end("branch", (machine.emit("icmp_ne", node, nothing),), [(body, []), way_that_drops(machine, instruction.target, done)])
    machine.block = body
    item = kept(machine, node, tuple, depth)
    item.example = example_of(iterator.example)
    machine.push(item)
    machine.jump(instruction.next)
    return True


def example_of(iterator):
    """A choice like those of the iterator at hand: what it has made last."""
    found = [one for one in get_referents(iterator) if type(one) is tuple] if one_of(type(iterator), POOLS) else []
    return tuple(list(found[-1])) if len(found) > 1 else None           # a copy: nobody else is to have that one


def likely(kind, arguments):
    """What a call of one of these classes is likely to give, which has made a choice if something is known of what it chooses from."""
    if kind is product:
        first = [first_of(value) for value in arguments]
        made = product(*[(one,) for one in first if one is not None])
    else:
        first, count = [first_of(value) for value in arguments[:1]], constant(arguments[1]) if len(arguments) > 1 else None
        fits = type(count) is int and 0 < count < MOST
        made = kind(first * count, count) if fits else kind((), 0)
    if first and not any([one is None for one in first]):
        next(made, None)
    return made


def constant(value):
    """What is known of a number that is given; None: nothing."""
    if value.__class__ is v.Const:
        return value.value
    return value.node.attr if value.__class__ is v.Num and value.node.op == "const" else None


def first_of(value):
    """An item like those of what is given; None: not known."""
    if value.__class__ is v.Range or is_range(value):
        return 0
    example = value.value if value.__class__ is v.Const else value.example if value.__class__ is v.Obj else None
    return example[0] if one_of(type(example), (list, tuple, str)) and example else None


__all__ = ["POOLS", "advanced", "as_pool", "likely"]
