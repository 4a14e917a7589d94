"""Slices: of arrays as views (capture/views.py), of strings, lists and tuples as new ones, of everything else by call-outs."""

from functools import cache

from framejit.capture import array_stores, byte_strings, list_parts, texts, views, walked_slices
from framejit.capture.expected import expect, sliced_like
from framejit.capture.handlers import handler
from framejit.capture.handlers.calls import silent_calls
from framejit.capture.handlers.containers import plain_callout
from framejit.capture.values import NULL


@handler("BUILD_SLICE")
def build_slice(machine, instruction):
    """The slice of a string, a list or a tuple is taken here: nobody sees the object that its subscript would be given."""
    following = machine.following()
    if machine.held is not None and following.op == "SUBSCR" and instruction.arg == 2:
        walked_slices.taken(machine, instruction)
        machine.push(NULL)          # the slice object, up to the next instruction
    elif following.op == "SUBSCR" and instruction.arg == 2 and consumed_slices().consumed(machine, instruction, behind(machine, 2)):
        pass
    elif following.part == 0 and following.op in PARTS and PARTS[following.op](machine, instruction):
        machine.jump(following.next)
    elif not views.sliced(machine, instruction):
        plain_callout(machine, instruction)


def behind(machine, count):
    """The instruction so many behind this one, with none between them that others lead to; or None."""
    found = machine.code.instructions[machine.index + 1:machine.index + 1 + count]
    return found[-1] if len(found) == count and not any([one.part or one.unit in machine.code.stops for one in found]) else None


@cache
def consumed_slices():
    from framejit.capture import consumed_slices
    return consumed_slices


def part_read(machine, instruction):
    if instruction.arg == 2 and texts.sliced(machine, instruction) or byte_strings.sliced(machine, instruction, instruction.arg):
        return True
    if instruction.arg == 3 and silent_calls().part_of_text(machine, instruction):
        return True
    views.known_container(machine, instruction, instruction.arg)
    return list_parts.sliced(machine, instruction, instruction.arg)


def part_stored(machine, instruction):
    views.known_container(machine, instruction, instruction.arg)
    return instruction.arg == 2 and (list_parts.stored(machine, instruction) or byte_strings.stored(machine, instruction))


PARTS = {"SUBSCR": part_read, "STORE_SUBSCR": part_stored}


@handler("BINARY_SLICE")
def binary_slice(machine, instruction):
    """container[start:stop] in one instruction (3.12 and later)."""
    if machine.held is not None:
        walked_slices.taken(machine, instruction)
        return
    if consumed_slices().consumed(machine, instruction, behind(machine, 1)):
        return
    if texts.sliced(machine, instruction) or byte_strings.sliced(machine, instruction, 2):
        return
    views.known_container(machine, instruction, 2)
    if list_parts.sliced(machine, instruction, 2):
        return
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
    done = array_stores.is_store(machine, instruction) and array_stores.stored(machine, instruction)
    if not done and not list_parts.stored(machine, instruction) and not byte_strings.stored(machine, instruction):
        plain_callout(machine, instruction)
