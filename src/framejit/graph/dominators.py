"""Which block every path to a block goes through.

    entry -> a, b; a -> join; b -> join      =>      parents: a: entry, b: entry, join: entry, entry: None
"""


def dominators(graph):
    """Block -> its immediate dominator, None for the entry.  Cooper, Harvey and Kennedy 2001; blocks in any order."""
    order = postorder(graph)
    number = {block: index for index, block in enumerate(order)}
    before = {block: [] for block in order}
    for block in order:
        for target, _ in block.end.targets:
            before[target].append(block)
    entry = graph.blocks[0]
    parents = {entry: entry}
    changed = True
    while changed:
        changed = False
        for block in reversed(order):
            if block is entry:
                continue
            found = None
            for other in before[block]:
                if other in parents:
                    found = other if found is None else meet(found, other, parents, number)
            if parents.get(block) is not found:
                parents[block] = found
                changed = True
    parents[entry] = None
    return parents


def meet(one, other, parents, number):
    while one is not other:
        while number[one] < number[other]:
            one = parents[one]
        while number[other] < number[one]:
            other = parents[other]
    return one


def postorder(graph):
    order, seen, stack = [], {graph.blocks[0]}, [(graph.blocks[0], 0)]
    while stack:
        block, index = stack.pop()
        if index == len(block.end.targets):
            order.append(block)
            continue
        stack.append((block, index + 1))
        target = block.end.targets[index][0]
        if target not in seen:
            seen.add(target)
            stack.append((target, 0))
    return order
