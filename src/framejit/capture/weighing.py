"""What the interpreter would do in a loop's stead: bytecode instructions of its blocks, where call-outs may cost more than that.

    for x in data: ...call-out...       blocks of that loop count: `weight` instructions each time they run (backends/llvm/function.py)

Loops without call-outs only win, and count nothing but their iterations; so do regions without any.  What stands outside of loops counts where something is
called out there.  A native call counts as the longest way through what is called, and the interpreter's frame for it.
"""

from framejit.graph.dominators import postorder
from framejit.graph.nodes import INVOKES
from framejit.tables.specialised import FRAME


def weigh(graph, bytecode, extent):
    """Blocks of loops that make call-outs, and those outside of loops beside such, keep their `weight`, with the calls in it, and headers of these loops are
    `counted`; the others weigh nothing."""
    loops = sorted(bytecode.loops_within(extent), key=len)
    around = {}                 # unit -> units of the innermost loop
    for units in loops:
        for unit in units:
            around.setdefault(unit, units)
    called_out = {around.get(node.exit.unit) for node in graph.nodes() if node.op == "callout"}
    calls = {}
    for block in graph.blocks:
        units = around.get(block.unit)
        if units not in called_out:
            block.weight = 0
            continue
        block.weight += sum([call(graph, node.attr, calls) for node in block.nodes if node.op in INVOKES])
        block.counted = units is not None and block.header and bytecode.loops.get(block.unit) == units
    for routine in graph.routines:
        for block in routine.blocks:
            block.weight = 0


def call(graph, number, known):
    """Instructions of a call of this routine, which may call itself: that once."""
    if number not in known:
        known[number] = FRAME
        routine = graph.routines[number]
        longest = {}
        for block in postorder(routine):        # a block's successors first, but for backward jumps
            inside = sum([call(graph, node.attr, known) for node in block.nodes if node.op in INVOKES])
            longest[block] = block.weight + inside + max([longest.get(target, 0) for target, _ in block.end.targets], default=0)
        known[number] = FRAME + longest[routine.blocks[0]]
    return known[number]


__all__ = ["weigh"]
