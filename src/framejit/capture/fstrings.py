"""f-strings of exact strings and numbers, without a call-out.

    f"{name}: {total:.2f}"      ->   the texts of ext/number_texts.c, where the types are as seen, put together; the last number's letters
                                     go where the text is made
"""

from framejit.capture.exact_types import exactly
from framejit.capture.numbers import number
from framejit.capture.texts import FORMATTED, OF_NUMBERS, asked, put_instead, text

JOINED_WITH, MOST_BEFORE = {"int": "fj_text_joined_int", "float": "fj_text_joined_float"}, 5
JOINS = {6: "fj_text_joined", 12: "fj_more_texts_joined"}      # by the most pieces


def formatted(machine, instruction, specified):
    """Whether the value on top, with its format above it if there is one, has become a string."""
    value = machine.state.stack[-1 - specified]
    form = text(machine, machine.state.stack[-1], instruction, 9) if specified else machine.const("ptr", None)
    value = exactly(machine, value, FORMATTED, instruction, 8) or value
    found = number(machine, value) if form is not None else None
    if found is not None and found.kind in JOINED_WITH and joined_with(machine, instruction, specified, found, form):
        return True
    if found is not None and found.kind in OF_NUMBERS:
        put_instead(machine, 1 + specified, asked(machine, OF_NUMBERS[found.kind], found.node, form))
        return True
    node = None if form is None or found is not None else text(machine, value, instruction, 8)
    if node is None:
        return False
    if specified:
        put_instead(machine, 2, asked(machine, "fj_text_of", node, form))
    return True


def converted(machine, instruction, conversion):
    """Whether the value on top has become what str, repr or ascii make of it."""
    value = machine.state.stack[-1]
    value = exactly(machine, value, FORMATTED, instruction, 8) or value
    found = number(machine, value)
    if found is not None and found.kind in OF_NUMBERS:
        put_instead(machine, 1, asked(machine, OF_NUMBERS[found.kind], found.node, machine.const("ptr", None)))
        return True
    return conversion == "str" and found is None and text(machine, value, instruction, 8) is not None


def joined_with(machine, instruction, specified, found, form):
    """Whether an f-string that ends with a number is made at once: without a string of the number alone."""
    following = machine.following()
    if following is None or following.op != "BUILD_STRING" or machine.stops_at(following.unit) or following.arg > MOST_BEFORE + 1:
        return False
    top = len(machine.state.stack) - 1 - specified
    nodes = [text(machine, piece, instruction, 10 + place) for place, piece in enumerate(machine.state.stack[top - following.arg + 1:top])]
    if None in nodes:
        return False
    nodes += [machine.const("ptr", None)] * (MOST_BEFORE - len(nodes))
    put_instead(machine, following.arg + specified, asked(machine, JOINED_WITH[found.kind], *nodes, found.node, form))
    machine.built = machine.state.stack[-1]
    return True


def joined(machine, instruction):
    """Whether the pieces of an f-string have become one."""
    if machine.built is not None and machine.state.stack[-1] is machine.built:
        machine.built = None
        return True
    count = instruction.arg
    pieces = machine.state.stack[-count:]
    most = min([most for most in JOINS if most >= count], default=0)
    nodes = [text(machine, piece, instruction, 10 + place) for place, piece in enumerate(pieces)] if most else [None]
    if None in nodes:
        return False
    nodes += [machine.const("ptr", None)] * (most - count)
    put_instead(machine, count, asked(machine, JOINS[most], *nodes))
    return True


__all__ = ["converted", "formatted", "joined"]
