"""Replacing nodes: a pass says by what, once; then all that reads them is rewritten."""


def find(node):
    """The node that stands for `node` now."""
    while node.replaced is not None:
        if node.replaced.replaced is not None:
            node.replaced = node.replaced.replaced
        node = node.replaced
    return node


def rewrite(graph):
    exits = {}
    for block in graph.blocks:
        for node in block.nodes:
            if node.args:
                node.args = [find(arg) for arg in node.args]
            if node.exit is not None:
                exits[id(node.exit)] = node.exit
        end = block.end
        end.args = [find(arg) for arg in end.args]
        end.targets = [(target, [find(value) for value in values]) for target, values in end.targets]
        if end.iterations is not None:
            end.iterations = find(end.iterations)
        if end.exit is not None:
            exits[id(end.exit)] = end.exit
    for exit in exits.values():
        exit.rewrite(find)


__all__ = ["find", "rewrite"]
