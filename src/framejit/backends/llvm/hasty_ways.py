"""Ways of a routine that do the same, once there are no exits that tell them apart: `a or b or c` is one branch, not three.

    b4: … branch %18, b10(), b5()       b10: calm; jump b2(%9)      ->      b4: … %24 computed as well; branch %18 | %24, b10(), b6()
    b5: … branch %24, b9(), b6()        b9:  calm; jump b2(%9)

What comes by turns is foretold badly, and costs more than what is computed in vain.  A guard of what is in vain holds.
"""

from framejit.backends.llvm.text import literal
from framejit.graph.nodes import INVOKES

MOST = 14           # nodes that may be computed in vain
SHIFTS = frozenset(("shl", "ashr", "lshr"))
HARMLESS = SHIFTS | {"guard", "iadd", "isub", "imul", "iand", "ior", "ixor", "iadd_ovf", "isub_ovf"}     # a sum beyond 64 bits gives up


def representatives(routine):
    """{block: the first that does the same}."""
    first, found = {}, {}
    for block in routine.blocks:
        key = key_of(block)
        found[block] = block if key is None else first.setdefault(key, block)
    return found


def key_of(block):
    """Equal for what does the same and goes on at the same place; None: it is compared with no other."""
    if block.params or block.header or block.end.op != "jump" or any([node.op in INVOKES or node.op == "argument" for node in block.nodes]):
        return None
    places = {node: place for place, node in enumerate(block.nodes)}
    nodes = [(node.op, node.type, repr(node.attr), *[value_key(arg, places) for arg in node.args]) for node in block.nodes]
    target, values = block.end.targets[0]
    return (*nodes, id(target), *[value_key(value, places) for value in values])


def value_key(node, places):
    if node in places:
        return places[node]
    return (node.type, literal(node.type, node.attr)) if node.op == "const" else id(node)


def merged_branches(routine, same):
    """{block: the block behind its branch whose branch can be made with it}."""
    befores = {}
    for block in routine.blocks:
        for target, _ in block.end.targets:
            befores.setdefault(target, []).append(block)
    found = {}
    for block in routine.blocks:
        for position in (0, 1) if block.end.op == "branch" else ():
            behind, values = block.end.targets[position]
            if not values and len(befores[behind]) == 1 and harmless(behind) and shared(block, behind, same) is not None:
                found[block] = behind
    return found


def harmless(block):
    return not block.params and not block.header and block.end.op == "branch" and len(block.nodes) <= MOST \
        and all([node.op in HARMLESS or node.op.startswith("icmp") for node in block.nodes])


def shared(block, behind, same):
    """(Positions of the target that both branches may go to), or None."""
    for position in (0, 1):
        for place in (0, 1):
            (target, values), (other, others) = block.end.targets[position], behind.end.targets[place]
            if target is not behind and not values and not others and same[target] is same[other]:
                return position, place
    return None


__all__ = ["SHIFTS", "merged_branches", "representatives", "shared"]
