"""Routines that give values of a few shapes: a tag says which, and callers go on with each in blocks of their own.

    return 0, 0 ... return fx, fy     ->   tag 0, or tag 1 and two floats: nothing is made an object for that

Only what callers need no reference of; everything else is given as an object (giving.py).
"""

from framejit.capture import recipes, shapes, values as v
from framejit.capture.components import part_types
from framejit.capture.raw_lists import EXAMPLES
from framejit.capture.several import MOST


def joined(wanted, shape):
    """The shape that stands for this one and those that are wanted so far; or None."""
    known = wanted[1] if wanted[0] == "either" else (wanted,)
    if not all([is_loose(one) for one in (*known, shape)]):
        return None
    for place, one in enumerate(known):
        both = shapes.join_tuples(one, shape)
        if both is not None:
            return "either", (*known[:place], both, *known[place + 1:])
    return ("either", (*known, shape)) if len(known) < MOST else None


def is_loose(shape):
    """Whether this is one of Python's numbers, a constant tuple, or a tuple of numbers and constants.  None and strings beside numbers are rarely computed
    with: as objects they cost no version of what comes then."""
    if shape[0] == "const":
        return type(shape[1].value) is tuple
    if shape[0] == "tuple":
        return all([item[0] == "const" or is_loose(item) for item in shape[1]])
    return shape[0] == "num" and shape[1] in EXAMPLES


def chosen(value, shape):
    """Component nodes of a value as one of the alternatives."""
    own, parts, tag = value.shape(), [], None
    for place, option in enumerate(shape[1]):
        fits = tag is None and shapes.join_tuples(option, own) == option
        tag = place if fits else tag
        parts += shapes.convert_tuple(value, option) if fits else [shapes.zero(type) for type in part_types(option)]
    return [recipes.constant("i64", tag), *parts]


def is_tagged(routine):
    return routine.result is not None and routine.result[0] == "either"


def may_split(machine, instruction):
    """Whether what follows the instruction may be gone on with in several blocks."""
    return not machine.pending and machine.held is None and instruction.part == 0 and not machine.unseen


def told_apart(machine, result, instruction, put):
    """The last of the alternatives, in the block at hand; with each of the others, which `put` puts on the stack, the next instruction is gone on with."""
    for number, option in enumerate(result.options[:-1]):
        own, others = machine.graph.block(), machine.graph.block()
        machine.end("branch", (machine.emit("icmp_eq", result.tag, machine.int(number)),), [(own, []), (others, [])])
        before = machine.state
        machine.block, machine.state = own, before.copy()
        put(option)
        machine.jump(instruction.next)
        machine.block, machine.state = others, before
    return result.options[-1]


__all__ = ["chosen", "is_tagged", "joined", "may_split", "told_apart"]
