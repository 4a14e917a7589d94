"""The graph as text.  `parse` reads it back: show(parse(show(g))) == show(g).

    region total unit=1 depth=0 framed
      k0 = <class 'int'>
      nest0 = nest rank 1; %0 = array float64 rank 1; %1 = square %0 : float64; give %1
    b1(%4: i64, %5: i64): @9 header
        line 3
        %6: i1 = icmp_slt %4, %2
        branch %6, b2(), b3(%5)
    !0 'overflow' @12 locals(1=INT(%5)) stack() names() facts() iterations %4

The routines of a region follow it, each with a line `routine NAME takes TYPES gives TYPES`.  An operand is a node's number, a literal with its type (`1:i64`) or a constant of the region (`k0`).  Exits stand
behind the blocks; expressions are the words of tables/recipes.py.
"""

from types import MethodType, ModuleType

from framejit.graph import nests
from framejit.graph.nodes import Node
from framejit.tables.classes import lasting_type, name_of, one_of


def show(graph):
    """One line per node; exits behind the blocks."""
    lines = [f"region {graph.name} unit={graph.unit} depth={graph.depth} {'framed' if graph.framed else 'frameless'}"]
    lines += [f"  k{index} = {shortened(value)}" for index, value in enumerate(graph.constants)]
    lines += [f"  nest{number} = {'; '.join([part.strip() for part in nests.show(nest).splitlines()])}" for number, nest in enumerate(graph.nests)]
    lines += body_lines(graph)
    for routine in graph.routines:
        lines.append(f"routine {routine.name} takes {' '.join(routine.arguments)} gives {' '.join(routine.gives)}".rstrip())
        lines += body_lines(routine)
    return "\n".join(lines) + "\n"


def body_lines(graph):
    for block in graph.blocks:
        yield from block_lines(block)
    yield from [exit_line(exit) for exit in graph.exits]


def block_lines(block):
    params = ", ".join(f"%{param.id}: {param.type}" for param in block.params)
    yield f"b{block.id}({params}):{' @' + str(block.unit) if block.unit >= 0 else ''}{' header' if block.header else ''}"
    current = 0
    for node in block.nodes:
        if node.line != current:
            current = node.line
            yield f"    line {current}"
        yield "    " + line(node)
    yield "    " + terminator(block.end)


class Placeholder:
    """Stands for a constant of the region that has no literal."""

    def __init__(self, text):
        self.text = text


def shortened(value):
    """One line of an object; nothing of the program's is called."""
    kind = type(value)
    text = value.text if kind is Placeholder else type.__repr__(value) if issubclass(kind, type) else repr(value) if says_itself(value) else f"<{name_of(kind)}>"
    text = text.replace("\n", " ")
    return text if len(text) < 60 else text[:57] + "..."


def says_itself(value):
    """Whether the object's type is Python's or NumPy's own, and so are those of what it consists of."""
    if one_of(type(value), (tuple, frozenset)):
        return all([says_itself(item) for item in value])
    return lasting_type(type(value)) and not one_of(type(value), CONTAINERS)


CONTAINERS = (list, dict, set, slice, MethodType, ModuleType, type(vars(type)))        # what such objects say is up to what they hold


def ref(node):
    if node.op == "const":
        return f"{node.attr!r}:{node.type}"
    if node.op == "object":
        return f"k{node.attr}"
    return f"%{node.id}"


def line(node):
    head = f"%{node.id}: {node.type} = " if node.type else ""
    attr = f"[{node.attr!r}]" if node.attr is not None else ""
    tail = f" !{node.exit.id}" if node.exit is not None else ""
    return f"{head}{node.op}{attr} {', '.join(ref(arg) for arg in node.args)}".rstrip() + tail


def terminator(end):
    parts = [ref(arg) for arg in end.args]
    parts += [f"b{block.id}({', '.join(ref(value) for value in values)})" for block, values in end.targets]
    if end.iterations is not None:
        parts.append(f"iterations {ref(end.iterations)}")
    if end.exit is not None:
        parts.append(f"!{end.exit.id}")
    return f"{end.op} {', '.join(parts)}".rstrip()


def exit_line(exit):
    parts = [f"!{exit.id} {exit.kind!r} @{exit.unit}"]
    parts.append(f"locals({', '.join(f'{slot}={expression(value)}' for slot, value in exit.locals)})")
    parts.append(f"stack({', '.join(expression(value) for value in exit.stack)})")
    parts.append(f"names({', '.join(f'{cell}={expression(value)}' for cell, value in exit.names)})")
    parts.append(f"facts({', '.join(expression(fact) for fact in exit.facts)})")
    parts.append(f"iterations {ref(exit.iterations)}")
    if exit.observed is not None:
        parts.append(f"observed {ref(exit.observed)}")
    if exit.site is not None:
        parts.append(f"site{exit.site!r}")
    if exit.call is not None:
        parts.append(f"call{exit.call!r}")
    if exit.line:
        parts.append(f"line {exit.line}")
    return " ".join(parts)


def expression(value):
    parts = [ref(part) if part.__class__ is Node else expression(part) if part.__class__ is tuple else str(part) for part in value[1:]]
    return f"{value[0]}({', '.join(parts)})" if parts else value[0]
