"""What a graph's loops have in them.

    b1 header: ...; b2: nest; jump b1        ->   each turn of that loop computes a nest
"""

from framejit.graph.dominators import postorder
from framejit.graph.nodes import INVOKES


def loops_compute(graph, routines, operations):
    """Whether each loop holds one of these operations, or a call of a routine that does."""
    order = postorder(graph)[::-1]
    number = {block: place for place, block in enumerate(order)}
    before = {block: [] for block in order}
    for block in order:
        for target, _ in block.end.targets:
            before[target].append(block)
    return all([any([computes(block, routines, operations) for block in within(header, number, before)]) for header in order if block_loops(header, number, before)])


def block_loops(header, number, before):
    """Whether something jumps back to a header."""
    return header.header and any([number[block] >= number[header] for block in before[header]])


def within(header, number, before):
    """The blocks of the loop that begins at a header."""
    found, waiting = {header}, [block for block in before[header] if number[block] >= number[header]]
    while waiting:
        block = waiting.pop()
        if block not in found:
            found.add(block)
            waiting += before[block]
    return found


def computes(block, routines, operations):
    return any([node.op in operations or node.op in INVOKES and any([other.op in operations for other in routines[node.attr].nodes()]) for node in block.nodes])


__all__ = ["loops_compute"]
