"""Slices: of arrays as views (capture/views.py), of everything else by call-outs."""

from framejit.capture import array_stores, texts, views
from framejit.capture.expected import expect, sliced_like
from framejit.capture.handlers import handler
from framejit.capture.handlers.containers import plain_callout


@handler("BUILD_SLICE")
def build_slice(machine, instruction):
    """Before 3.12 the slice of a string is taken here: nobody sees the object that its subscript would be given."""
    following = machine.following()
    if instruction.arg == 2 and following.op == "SUBSCR" and following.part == 0 and texts.sliced(machine, instruction):
        machine.jump(following.next)
    elif not views.sliced(machine, instruction):
        plain_callout(machine, instruction)


@handler("BINARY_SLICE")
def binary_slice(machine, instruction):
    """container[start:stop] in one instruction (3.12 and later)."""
    if texts.sliced(machine, instruction):
        return
    views.known_container(machine, instruction, 2)
    key = views.slice_at_hand(machine, instruction)
    if key is not None:
        views.view(machine, 3, machine.state.stack[-3], key)
        return
    like = sliced_like(machine.state.stack[-3])
    plain_callout(machine, instruction)
    expect(machine, like)


@handler("STORE_SLICE")
def store_slice(machine, instruction):
    """container[start:stop] = value in one instruction (3.12 and later)."""
    views.known_container(machine, instruction, 2)
    if not (array_stores.is_store(machine, instruction) and array_stores.stored(machine, instruction)):
        plain_callout(machine, instruction)
