"""The bits of a NaN: LLVM leaves it open what arithmetic gives, CPython and NumPy let the processor give those of the operand.

    -0.0 - x, x * -1.0    LLVM:  fneg x, which turns the sign of a NaN, too
    x - (-y)              LLVM:  x + y
    x * 1.0, x - 0.0      LLVM:  x, which goes on signalling

So what turns signs, or seems to change nothing, is hidden from arithmetic behind a fence, which LLVM doesn't look through and which costs nothing.
"""

from framejit.graph.nodes import Node
from framejit.tables.originals import math

ARITHMETIC = {"fadd", "fsub", "fmul", "fdiv", "select"}
TURNING = (-1.0, -0.0)
UNCHANGING = {("fmul", 0): 1.0, ("fmul", 1): 1.0, ("fdiv", 1): 1.0, ("fsub", 1): 0.0}     # by operand


def hide_signs(graph):
    compared = only_compared(graph)
    for block in graph.blocks:
        nodes = []
        for node in block.nodes:
            if node.op in ARITHMETIC:
                node.args = [behind_fence(argument, nodes) if turns(argument) or leaves_alone(node.op, number, argument) else argument
                             for number, argument in enumerate(node.args)]
            elif node.op == "fneg" or node.op == "fabs" and node not in compared:
                become_fence(node, nodes)
            nodes.append(node)
        block.nodes = nodes
        block.end.targets = [(target, [behind_fence(value, nodes) if turns(value) else value for value in values])
                             for target, values in block.end.targets]


def turns(node):
    """Whether a literal may turn a sign."""
    return node.op == "const" and node.type in ("f64", "f32") and node.attr in TURNING and math.copysign(1.0, node.attr) < 0


def leaves_alone(name, number, argument):
    """Whether this literal makes the operation give its other operand."""
    return argument.op == "const" and (name, number) in UNCHANGING and argument.attr == UNCHANGING[name, number]


def behind_fence(node, nodes):
    """A node that gives the same, among these nodes."""
    nodes.append(Node("fence", [node], node.type))
    return nodes[-1]


def become_fence(node, nodes):
    """The node gives what it gave, behind a fence; neither is what it works on to be looked at."""
    arguments = [behind_fence(argument, nodes) for argument in node.args]
    nodes.append(Node(node.op, arguments, node.type, node.attr, None, node.line))
    node.op, node.args = "fence", [nodes[-1]]


def only_compared(graph):
    """The absolute values that are only compared: tests for what is finite."""
    found = {node for block in graph.blocks for node in block.nodes if node.op == "fabs"}
    for block in graph.blocks:
        for node in block.nodes:
            if not node.op.startswith("fcmp"):
                found.difference_update(node.args)
        for _, values in block.end.targets:
            found.difference_update(values)
    return found


__all__ = ["hide_signs"]
