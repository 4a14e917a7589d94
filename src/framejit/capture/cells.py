"""Cells of the frame, which others may change: containers of one item."""

from types import CellType

from framejit.capture import values as v
from framejit.capture.attribute_stores import put_in
from framejit.capture.attributes import slot_place
from framejit.capture.callees import Runs
from framejit.capture.entry import MISSING
from framejit.capture.handlers.subscripting import storable
from framejit.capture.raw_lists import EXAMPLES
from framejit.capture.subscripts import site_of, typed

CELL_CONTENT = 16       # bytes before what a cell holds


def cell_place(machine, slot):
    return slot_place(machine, machine.state.locals[slot], CELL_CONTENT)


def read_cell(machine, instruction):
    """What a cell of the frame holds, which others may change: it is read each time; but for the class that super() means."""
    cell = machine.state.locals[instruction.arg]
    if cell.__class__ is v.Const:
        machine.push(v.Const(contents(cell.value)))
        return
    node = machine.emit("item", *cell_place(machine, instruction.arg))
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "unbound")
    machine.push(typed(machine, node, site_of(instruction), contents(cell.example), "item"))


class LikelyCell:
    """In the place of a cell at hand: what it is likely to hold, whoever has it."""

    __slots__ = ("content",)

    def __init__(self, content):
        self.content = content


def contents(cell):
    """What the cell at hand holds."""
    if type(cell) is LikelyCell:
        return cell.content
    try:
        return cell.cell_contents if type(cell) is CellType else MISSING
    except ValueError:
        return MISSING


def store_cell(machine, instruction):
    """Whether the stack's top has been stored in a cell."""
    value, cell = machine.state.stack[-1], machine.state.locals[instruction.arg]
    if not storable(value) or cell.__class__ is v.Const:
        return False
    example = EXAMPLES.get(value.kind) if value.__class__ is v.Num else function_like(value) or value.example
    put_in(machine, cell_place(machine, instruction.arg), -1, empty=True)
    machine.pop()
    known = machine.state.locals[instruction.arg]
    if example is not None and type(known.example) is LikelyCell:
        known.example.content = example         # whoever reads it next expects the like
    elif example is not None:
        known.example = LikelyCell(example)
    return True


def function_like(value):
    """What the function runs that was just made: in the place of one at hand."""
    return value.type if value.__class__ is v.Obj and type(value.type) is Runs else None


__all__ = ["LikelyCell", "contents", "read_cell", "store_cell"]
