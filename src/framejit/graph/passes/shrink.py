"""Drop what is not needed: unreachable blocks, parameters that always get the same value, jumps to one predecessor,
nodes without uses, nodes that equal others (number.py).

    b1(%4, %5): … jump b1(%4, %9)  where every jump passes the same %4   ->   b1(%5), %4 replaced

Redundant parameters: Braun et al. 2013, section 3.1, run to a fixpoint.
"""

from framejit.graph.passes.number import number_values
from framejit.graph.passes.rewriting import find, rewrite
from framejit.tables.operations import OPERATIONS

NEEDED = ("guard", "write", "call", "world")        # effects of what nobody has to read


def shrink(graph):
    reach(graph)
    prune_parameters(graph)
    merge_chains(graph)
    number_values(graph)
    drop_unused(graph)
    return graph


def reach(graph):
    """Keep only the blocks that can be reached from the entry, in reverse postorder."""
    order, state, stack = [], {}, [(graph.blocks[0], 0)]
    state[graph.blocks[0]] = True
    while stack:
        block, index = stack.pop()
        targets = block.end.targets
        if index < len(targets):
            stack.append((block, index + 1))
            target = targets[index][0]
            if target not in state:
                state[target] = True
                stack.append((target, 0))
        else:
            order.append(block)
    graph.blocks = order[::-1]


def same(a, b):
    """Whether two values are one node, or the same literal to the bit."""
    return a is b or (a.op == "const" and b.op == "const" and a.type == b.type and a.attr == b.attr
                      and repr(a.attr) == repr(b.attr)) or (a.op == "object" and b.op == "object" and a.attr == b.attr)


def prune_parameters(graph):
    incoming = {block: [] for block in graph.blocks}
    for block in graph.blocks:
        for target, values in block.end.targets:
            incoming[target].append(values)
    changed = True
    while changed:
        changed = False
        for block in graph.blocks:
            if not block.params:
                continue
            keep = []
            edges = incoming[block]
            for position, param in enumerate(block.params):
                unique = None
                for values in edges:
                    value = find(values[position])
                    if value is param or (unique is not None and same(value, unique)):
                        continue
                    if unique is not None:
                        keep.append(position)
                        break
                    unique = value
                else:
                    param.replaced = unique
            if len(keep) != len(block.params):
                changed = True
                block.params = [block.params[position] for position in keep]
                for values in edges:
                    values[:] = [values[position] for position in keep]
    rewrite(graph)


def merge_chains(graph):
    """Append a block to its only predecessor when that jumps to it unconditionally."""
    count = {block: 0 for block in graph.blocks}
    for block in graph.blocks:
        for target, _ in block.end.targets:
            count[target] += 1
    dead = set()
    for block in graph.blocks:
        if block in dead:
            continue
        while block.end.op == "jump":
            target, values = block.end.targets[0]
            if count[target] != 1 or target is graph.blocks[0] or target is block:
                break
            for param, value in zip(target.params, values):
                param.replaced = value
            block.nodes += target.nodes
            block.weight += target.weight
            block.end = target.end
            dead.add(target)
    if dead:
        graph.blocks = [block for block in graph.blocks if block not in dead]
        rewrite(graph)


def drop_unused(graph):
    used, exits, work = set(), set(), []
    owner = {}
    for block in graph.blocks:
        for position, param in enumerate(block.params):
            owner[param] = (block, position)
    incoming = {block: [] for block in graph.blocks}
    for block in graph.blocks:
        for target, values in block.end.targets:
            incoming[target].append(values)
        work += [node for node in block.nodes if OPERATIONS[node.op].effect in NEEDED]
        work += block.end.args
        if block.end.iterations is not None:
            work.append(block.end.iterations)
        if block.end.exit is not None:
            work += block.end.exit.nodes()
    while work:
        node = work.pop()
        if node in used:
            continue
        used.add(node)
        work += node.args
        if node.exit is not None and id(node.exit) not in exits:
            exits.add(id(node.exit))
            work += node.exit.nodes()
        if node in owner:
            block, position = owner[node]
            work += [values[position] for values in incoming[block]]
    for block in graph.blocks:
        block.nodes = [node for node in block.nodes if node in used]
        keep = [position for position, param in enumerate(block.params) if param in used]
        if len(keep) != len(block.params):
            block.params = [block.params[position] for position in keep]
            for values in incoming[block]:
                values[:] = [values[position] for position in keep]


__all__ = ["shrink"]
