"""Cells and functions that are made where native code runs.

    def norm(v, k): return sum(x * k for x in v)        ->  a routine that keeps k in a cell of its own, which the generator expression reads
    lambda x: x + k                                     ->  the object is made as the interpreter makes it; what it runs is known

Where the collector would have to run first, or somebody wants to hear of each new function, native code leaves before anything is made.
"""

from framejit.capture import tuples, values as v
from framejit.capture.callees import attribute
from framejit.capture.cells import LikelyCell
from framejit.capture.ends import NotNative
from framejit.capture.entry import MISSING
from framejit.capture.raw_lists import EXAMPLES
from framejit.capture.texts import put_instead

PARTS = (1, 2, 4, 8)        # flags of MAKE_FUNCTION: defaults, those of keyword-only parameters, annotations, cells


def cell_slots(code):
    """The frame's slots that are cells of its own; a parameter's is the parameter's slot."""
    own = [*code.co_varnames, *[name for name in code.co_cellvars if name not in code.co_varnames]]
    return [own.index(name) for name in code.co_cellvars]


def make_cells(machine, code):
    """A routine's first instructions: its cells, with what was passed; where it leaves before that, the frame that is made has its own."""
    for slot in cell_slots(code):
        if machine.state.locals[slot].__class__ is v.Tup:
            raise NotNative("keeps *args in a cell")
        make_cell(machine, slot)
        machine.begin(machine.state.copy())


def make_cell(machine, slot):
    """A cell of what a local is, in its place."""
    value, nothing = machine.state.locals[slot], machine.const("ptr", None)
    machine.guard(machine.emit("read_call", attr=("fj_can_make", "i1"), type="i1"), "collection")
    content = nothing if value is v.UNBOUND else machine.boxed(value)
    node = machine.emit("write_call", content, attr=("fj_new_cell", "ptr"), type="ptr")
    machine.guard(machine.emit("icmp_ne", node, nothing), "memory")
    machine.emit("home_take", node, attr=(slot, False), exit=machine.exit("home"))
    machine.state.locals[slot] = v.Obj(None, node, "home", cell_like(value))


def cell_like(value):
    """A cell that holds an object like this value."""
    example = EXAMPLES.get(value.kind) if value.__class__ is v.Num else None if value is v.UNBOUND else value.example
    return LikelyCell(MISSING if example is None else example)


def made(machine, instruction, runs):
    """Whether the function of the code on top of the stack, and of what lies below it, has been made."""
    count = instruction.arg.bit_count()
    if machine.held is not None or not parts_ready(machine, count, 1):
        return False
    *parts, code = machine.state.stack[-1 - count:]
    given = iter([object_of(machine, part) for part in parts])
    nothing = machine.const("ptr", None)
    nodes = [next(given) if instruction.arg & flag else nothing for flag in PARTS]
    machine.guard(machine.emit("read_call", attr=("fj_can_make", "i1"), type="i1"), "collection")
    node = machine.emit("write_call", machine.object(code.value), machine.object(machine.region.globals), *nodes, attr=("fj_new_function", "ptr"), type="ptr")
    machine.guard(machine.emit("icmp_ne", node, nothing), "memory")
    put_instead(machine, 1 + count, node, runs)
    return True


def given_attribute(machine, instruction):
    """Whether the function on top of the stack, which was just made, has got what lies below it (3.13)."""
    known = machine.state.stack[-2]
    if not parts_ready(machine, 1, 1):
        return False
    part, function = machine.state.stack[-2:]
    machine.emit("write_call", function.node, machine.int(instruction.arg), object_of(machine, part), attr=("fj_function_attribute", None))
    attribute(function.type, instruction.arg, known)
    put_instead(machine, 2, machine.emit("own", function.node, attr=("OBJECT", 0)), function.type)
    return True


def parts_ready(machine, count, above):
    """Whether the stack's entries below the topmost `above` are objects or constants, tuples being made; nothing else has happened."""
    depths = range(len(machine.state.stack) - above - count, len(machine.state.stack) - above)
    if any([machine.state.stack[depth].__class__ not in (v.Const, v.Tup, v.Obj) for depth in depths]):
        return False
    for depth in depths:
        if machine.state.stack[depth].__class__ is v.Tup and tuples.real(machine, machine.state.stack[depth]) is None:
            machine.stop("unsupported_opcode", "tuple kept")
    return True


def object_of(machine, value):
    return machine.object(value.value) if value.__class__ is v.Const else value.node


__all__ = ["cell_slots", "given_attribute", "make_cell", "make_cells", "made"]
