"""What the interpreter would do in a loop's stead: bytecode instructions of its blocks, where call-outs may cost more than that.

    for x in data: ...call-out...       blocks of that loop count: `weight` instructions each time they run (backends/llvm/function.py)

Loops without call-outs only win, and count nothing but their iterations; so do regions without any.  What stands outside of loops counts where something is
called out there.  A native call counts as the longest way through what is called, and the interpreter's frame for it; what loops in there stand for beyond
that is known by their iterations (`Graph.called_turn`).
"""

from framejit.graph.dominators import postorder
from framejit.graph.nodes import INVOKES
from framejit.tables.operations import NEST_OF, RELEASING
from framejit.tables.specialised import FRAME, SPARED


def weigh(graph, bytecode, extent):
    """Blocks of loops that make call-outs, and those outside of loops beside such, keep their `weight`, with the calls in it and what expressions spare, and headers of these loops are
    `counted`; the others weigh nothing.  What both stand for is known by their blocks' units, too (`Graph.called`)."""
    loops = sorted(bytecode.loops_within(extent), key=len)
    around = {}                 # unit -> units of the innermost loop
    for units in loops:
        for unit in units:
            around.setdefault(unit, units)
    calls = {}
    inside = {block: sum([call(graph, node.attr, calls) for node in block.nodes if node.op in INVOKES]) + spared(graph, block) for block in graph.blocks}
    for block, weight in inside.items():
        graph.called[block.unit] = max(weight, graph.called.get(block.unit, 0))
    called_out = {around.get(node.exit.unit) for node in graph.nodes() if node.op == "callout"}
    for block in graph.blocks:
        units = around.get(block.unit)
        if units not in called_out:
            block.weight = 0
            continue
        block.weight += inside[block]
        block.counted = units is not None and block.header and bytecode.loops.get(block.unit) == units
    turns = [turn for turn in [longest_turn(routine) for routine in graph.routines] if turn]
    graph.called_turn = min(turns, default=0)
    for routine in graph.routines:
        for block in routine.blocks:
            block.weight = 0


def spared(graph, block):
    """Instructions of NumPy's calls that what is computed over arrays in a block takes the place of."""
    return SPARED * sum([len(graph.nests[NEST_OF[node.op](node.attr)].steps) if node.op in NEST_OF else 1
                        for node in block.nodes if node.op in RELEASING or node.op == "kept_nest"])


def call(graph, number, known):
    """Instructions of a call of this routine, which may call itself: that once."""
    if number not in known:
        known[number] = FRAME
        routine = graph.routines[number]
        longest = {}
        for block in postorder(routine):        # a block's successors first, but for backward jumps
            inside = sum([call(graph, node.attr, known) for node in block.nodes if node.op in INVOKES])
            longest[block] = block.weight + inside + spared(graph, block) + max([longest.get(target, 0) for target, _ in block.end.targets], default=0)
        known[number] = FRAME + longest[routine.blocks[0]]
    return known[number]


def longest_turn(routine):
    """Instructions of the longest way from a loop's header round to it, in a routine; 0: it has no loop."""
    order = postorder(routine)[::-1]
    number = {block: place for place, block in enumerate(order)}
    longest = 0
    for header in [block for block in order if block.header]:
        far = {header: header.weight}
        for block in order[number[header]:]:
            for target, _ in block.end.targets if block in far else ():
                if target is header:
                    longest = max(longest, far[block])
                elif number[target] > number[block]:
                    far[target] = max(far.get(target, 0), far[block] + target.weight)
    return longest


__all__ = ["weigh"]
