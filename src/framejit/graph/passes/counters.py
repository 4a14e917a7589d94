"""Integers that only ever count: they start as literals and change by small literals.

    b1(%2): … %5 = iadd_ovf %2, 1; jump b1(%5)      from 0      ->   %2 never reaches 2**62

Nothing else makes them large: 2**61 rounds take years.  So their additions can't overflow, and nobody has to test them.
"""

START, STEP = 2**62, 4
REACH = (-START - 2**61, START + 2**61)
STEPS = {"iadd", "isub", "iadd_ovf", "isub_ovf"}


def counters(blocks, edges):
    """The i64 nodes that count.  `edges[block]`: (source, side, arguments) of each way into it."""
    given = {}      # node -> what its value is one of, but for a small step
    for block in blocks:
        for position, param in enumerate(block.params):
            if param.type == "i64" and edges[block]:
                given[param] = [values[position] for _, _, values in edges[block]]
        for node in block.nodes:
            if node.type == "i64" and (sources := sources_of(node)) is not None:
                given[node] = sources
    users = {}
    for node, sources in given.items():
        for source in sources:
            users.setdefault(source, []).append(node)
    work = [source for source in users if source not in given and not is_start(source)]
    while work:
        for user in users.get(work.pop(), ()):
            if given.pop(user, None) is not None:
                work.append(user)
    return set(given)


def sources_of(node):
    if node.op == "select":
        return node.args[1:]
    if node.op in STEPS:
        x, y = node.args
        if y.op == "const" and abs(y.attr) <= STEP:
            return [x]
        if x.op == "const" and abs(x.attr) <= STEP and node.op in ("iadd", "iadd_ovf"):
            return [y]
    return None


def is_start(node):
    return node.op == "const" and abs(node.attr) <= START


__all__ = ["REACH", "counters"]
