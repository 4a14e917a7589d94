"""Slices: of arrays as views (capture/views.py), of everything else by call-outs."""

from framejit.capture import array_stores, views
from framejit.capture.handlers import handler
from framejit.capture.handlers.containers import plain_callout


@handler("BUILD_SLICE")
def build_slice(machine, instruction):
    if not views.sliced(machine, instruction):
        plain_callout(machine, instruction)


@handler("BINARY_SLICE")
def binary_slice(machine, instruction):
    """container[start:stop] in one instruction (3.12 and later)."""
    views.known_container(machine, instruction, 2)
    key = views.slice_at_hand(machine, instruction)
    if key is None:
        plain_callout(machine, instruction)
    else:
        views.view(machine, 3, machine.state.stack[-3], key)



@handler("STORE_SLICE")
def store_slice(machine, instruction):
    """container[start:stop] = value in one instruction (3.12 and later)."""
    views.known_container(machine, instruction, 2)
    if not (array_stores.is_store(machine, instruction) and array_stores.stored(machine, instruction)):
        plain_callout(machine, instruction)
