"""Views of arrays that have no object: a[1:-1], a[:, None], a[i, ::2] as operands of an expression.

A view is a leaf of an expression (capture/expressions.py).  Its header lies on the C stack (operation `view`) until somebody
wants the object itself (`real_view`).
"""

from framejit.capture import expressions, headers, slice_objects, values as v
from framejit.capture.headers import owner_of
from framejit.capture.recipes import constant
from framejit.capture.slice_objects import bound, plain_step
from framejit.capture.subscripts import integer_index, narrowed, wrapped_index
from framejit.loops.nests import MOST_RANK
from framejit.tables.types import ELEMENTS, KINDS


class Section:
    """What one axis of a view shows: the first index, how many, the step and the node of it."""

    __slots__ = ("first", "count", "step", "pace")

    def __init__(self, first, count, step, pace):
        self.first, self.count, self.step, self.pace = first, count, step, pace


# ---- slices

def sliced(machine, instruction):
    """Whether BUILD_SLICE made a slice that only an array's subscript sees, or one of constants, which is as good as a new one."""
    if instruction.unit in machine.hints.real_slices:
        return of_constants(machine, instruction)
    known_container(machine, instruction, instruction.arg)
    if not follows_array(machine, instruction.arg):
        return False
    bounds = [bound(machine, value) for value in machine.state.stack[-instruction.arg:]]
    if None in bounds or not plain_step(*bounds[2:]):
        return False
    expressions.begun(machine, [])
    machine.popn(instruction.arg)
    machine.push(v.Slice(bounds, instruction.unit))
    return True


def of_constants(machine, instruction):
    """Whether the slice is a constant of the region."""
    parts = machine.state.stack[-instruction.arg:]
    if not follows_array(machine, instruction.arg) or not all([part.__class__ is v.Const and (part.value is None or type(part.value) is int) for part in parts]):
        return False
    machine.popn(instruction.arg)
    machine.push(v.Const(slice(*[part.value for part in parts])))
    return True


def is_slice(value):
    return value.__class__ is v.Slice or value.__class__ is v.Const and type(value.value) is slice or slice_objects.is_object(value)


def as_slice(part):
    """A part of a subscript; a constant slice as bounds."""
    if part.__class__ is not v.Const or type(part.value) is not slice:
        return part
    return v.Slice(["" if one is None else constant("i64", one) for one in (part.value.start, part.value.stop, part.value.step)], -1)


def known_container(machine, instruction, count):
    """An object of unknown type below the bounds as what this site has shown."""
    for value in reversed(machine.state.stack[:-count]):
        if not is_slice(value) and not is_index(value):
            narrowed(machine, value, instruction, 62)
            return


def slice_at_hand(machine, instruction):
    """The slice of the two bounds on top, if what is below them is an array."""
    if instruction.unit in machine.hints.real_slices or not follows_array(machine, 2) or is_index(machine.state.stack[-3]):
        return None
    bounds = [bound(machine, value) for value in machine.state.stack[-2:]]
    return None if None in bounds else v.Slice(bounds, instruction.unit)


def follows_array(machine, count):
    """Whether the entries below the bounds are other parts of a subscript, and below those an array."""
    for value in reversed(machine.state.stack[:-count]):
        if not is_slice(value) and not is_index(value):
            return expressions.is_whole(value) and viewable(value)
    return False


def viewable(value):
    return value.__class__ is v.Array or value.term.array is not None


def is_index(value):
    if value.__class__ is v.Const:
        return value.value is None or value.value is Ellipsis or type(value.value) is int
    return value.__class__ is v.Num and not KINDS[value.kind].floating and KINDS[value.kind].machine != "i1"


def parts_of(key):
    """The parts of a subscript, if all of them are integers, slices, None or an ellipsis; else nothing."""
    parts = [as_slice(part) for part in (key.items if key.__class__ is v.Tup else [v.Const(item) for item in key.value] if is_tuple(key) else (key,))]
    return parts if all([shows_axis(part) or is_index(part) for part in parts]) else ()


def shows_axis(part):
    return part.__class__ is v.Slice or slice_objects.is_object(part)


def is_tuple(key):
    return key.__class__ is v.Const and type(key.value) is tuple


def is_view(machine, instruction):
    """Whether a subscript at hand is a view of an array, other than a plain row."""
    return instruction.unit not in machine.hints.real_slices and is_view_of(machine, *machine.state.stack[-2:], instruction.unit)


def is_view_of(machine, container, key, unit):
    parts = parts_of(key)
    if not parts or not expressions.is_whole(container) or not viewable(container):
        return False
    if not all([slice_objects.readable(machine, part, unit, place) for place, part in enumerate(parts) if slice_objects.is_object(part)]):
        return False
    if axes_taken(parts) > container.ndim:
        guessed(machine)
        return False
    integers = len([part for part in parts if is_integer(part)])
    added = len([part for part in parts if is_constant(part, None)])
    fits = len([part for part in parts if is_constant(part, Ellipsis)]) <= 1
    return fits and (integers < len(parts) or integers > 1) and 0 < container.ndim - integers + added <= MOST_RANK


def guessed(machine):
    """An array has fewer axes than the program asks for: it was taken for what its name held before.  The next attempt learns."""
    if machine.hints.guesses:
        machine.hints.guesses = False
        machine.restart()


def is_integer(part):
    return not shows_axis(part) and not is_constant(part, None) and not is_constant(part, Ellipsis)


def is_constant(part, value):
    return part.__class__ is v.Const and part.value is value


def axes_taken(parts):
    return len([part for part in parts if shows_axis(part) or is_integer(part)])


# ---- views

def section(machine, bounds, size):
    """What a slice shows of an axis, as PySlice_AdjustIndices says."""
    start, stop, step = (*bounds, "", "")[:3]
    step = 1 if step == "" else step.attr
    zero, one = machine.int(0), machine.int(1)
    low, high = (zero, size) if step > 0 else (machine.int(-1), machine.emit("isub", size, one))

    def clipped(node, missing):
        if node == "":
            return missing
        wrapped = machine.emit("select", machine.emit("icmp_slt", node, zero), machine.emit("iadd", node, size), node)
        above = machine.emit("select", machine.emit("icmp_slt", wrapped, low), low, wrapped)
        return machine.emit("select", machine.emit("icmp_sgt", above, high), high, above)

    first = clipped(start, zero if step > 0 else high)
    last = clipped(stop, size if step > 0 else machine.int(-1))
    span = machine.emit("isub", last, first) if step > 0 else machine.emit("isub", first, last)
    positive = machine.emit("select", machine.emit("icmp_sgt", span, zero), span, zero)
    count = positive
    if abs(step) != 1:
        count = machine.emit("sdiv", machine.emit("iadd", positive, machine.int(abs(step) - 1)), machine.int(abs(step)))
    empty = machine.emit("icmp_eq", count, zero)        # shows nothing from the beginning on, one by one
    first = machine.emit("select", empty, zero, first)
    pace = one if step == 1 else machine.emit("select", empty, one, machine.int(step))
    return Section(first, count, step, pace)


def view(machine, popped, container, key):
    """Put the view container[key] in the place of the top entries; leaves where an index is out of range."""
    expressions.begun(machine, [container])
    made, ordered = shown(machine, array_of(container), parts_of(key), is_ordered(container))
    fused = seen_as(machine, container, made, ordered)
    fused.origin = (*machine.state.stack[-popped:], machine.instruction.unit)
    machine.popn(popped)
    machine.push(fused)


def seen_as(machine, container, made, ordered):
    return v.Fused(made.kind, made.ndim, expressions.Term(made.kind, array=made, ordered=ordered), *expressions.kept(machine, [container]))


def array_of(container):
    return container if container.__class__ is v.Array else container.term.array


def attribute(machine, container, name):
    """What puts a view that an attribute of an array is in the array's place, or None."""
    row = ATTRIBUTES.get(name) if expressions.is_whole(container) and viewable(container) else None
    return None if row is None or row is not turned and ELEMENTS[container.kind].part is None else row


def turned(machine, container):
    """The array with its axes in the opposite order."""
    expressions.begun(machine, [container])
    array = array_of(container)
    dims, strides = array.dims[::-1], strides_of(machine, array)[::-1]
    node = header(machine, array, array.data, dims, strides)
    alone = len(dims) == 1
    made = v.Array(array.kind, len(dims), alone and array.contiguous, array.writable, node, array.data, dims, strides, "home", owner_of(array))
    machine.state.stack[-1] = seen_as(machine, container, made, alone and is_ordered(container))


def part(place):
    """Row for the real parts of complex numbers, or for the imaginary ones."""
    def row(machine, container):
        expressions.begun(machine, [container])
        array, kind = array_of(container), ELEMENTS[ELEMENTS[container.kind].part]
        data = machine.emit("address", array.data, machine.int(place * kind.size))
        dims, strides = array.dims, strides_of(machine, array)
        node = machine.emit("part_view", owner_of(array), data, *dims, *strides, attr=(len(dims), kind.number))
        made = v.Array(kind.name, len(dims), False, array.writable, node, data, dims, strides, "home", owner_of(array))
        machine.state.stack[-1] = seen_as(machine, container, made, is_ordered(container))

    return row


ATTRIBUTES = {"T": turned, "real": part(0), "imag": part(1)}


def header(machine, array, data, dims, strides):
    """The header of a view of an array, which may show parts of complex numbers itself."""
    if array.node.op == "part_view":
        return machine.emit("part_view", owner_of(array), data, *dims, *strides, attr=(len(dims), array.node.attr[1]))
    return machine.emit("view", owner_of(array), data, *dims, *strides, attr=len(dims))


def strides_of(machine, array):
    return list(array.strides) or headers.strides(machine, array.node, array.ndim)


def is_ordered(container):
    """Whether its strides fall."""
    return container.contiguous if container.__class__ is v.Array else container.term.ordered


def shown(machine, array, parts, ordered):
    """(the view as an array whose node is a header on the C stack, whether its strides fall)."""
    data, dims, strides, axis = array.data, [], [], 0
    whole = strides_of(machine, array)
    plain = array.contiguous
    for place, part in enumerate(parts):
        if is_constant(part, None):
            dims.append(machine.int(1))
            strides.append(machine.int(0))
        elif is_constant(part, Ellipsis):
            count = array.ndim - axes_taken(parts)
            dims += array.dims[axis:axis + count]
            strides += whole[axis:axis + count]
            axis += count
        elif shows_axis(part):
            bounds = part.bounds if part.__class__ is v.Slice else slice_objects.bounds(machine, part, machine.instruction.unit, place)
            one = section(machine, bounds, array.dims[axis])
            data = machine.emit("address", data, machine.emit("imul", one.first, whole[axis]))
            dims.append(one.count)
            strides.append(whole[axis] if one.step == 1 else machine.emit("imul", whole[axis], one.pace))
            ordered = ordered and one.step > 0
            plain = plain and one.step == 1 and (axis == 0 or bounds[:2] == ["", ""])
            axis += 1
        else:
            offset = wrapped_index(machine, integer_index(machine, part), array.dims[axis])
            data = machine.emit("address", data, machine.emit("imul", offset, whole[axis]))
            plain, axis = plain and not dims, axis + 1
    dims += array.dims[axis:]
    strides += whole[axis:]
    node = header(machine, array, data, dims, strides)
    return v.Array(array.kind, len(dims), plain, array.writable, node, data, dims, strides, "home", owner_of(array)), ordered


__all__ = ["Section", "attribute", "is_index", "is_view", "owner_of", "parts_of", "sliced", "view", "viewable"]
