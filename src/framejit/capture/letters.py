"""Characters of strings, as loops come to them.

    for c in text                       a new reference for each, which the home of its stack slot keeps
    for i, c in enumerate(text)         borrowed: strings of characters that exist once for all, and others leave before the loop
"""

from framejit.capture import values as v


def next_item(machine, sequence, index):
    """The character that a loop over a string comes to next, which the home of its stack slot will keep."""
    from framejit.capture.texts import asked, kept
    node = asked(machine, "fj_text_item", sequence.node, index)
    return kept(machine, node, str, len(machine.state.stack))


def has_letters(machine, node):
    """i1: whether each character of the string exists once for all."""
    return machine.emit("read_call", node, attr=("fj_text_has_letters", "i1"), type="i1")


def letter(machine, sequence, index):
    """A character of such a string, which nobody has to keep."""
    return v.Obj(str, machine.emit("read_call", sequence.node, index, attr=("fj_text_letter", "ptr"), type="ptr"), "item")


__all__ = ["has_letters", "letter", "next_item"]
