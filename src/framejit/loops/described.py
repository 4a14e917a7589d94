"""What a log says of whole arrays: what is computed in one walk, which arrays are never made, how wide, by how many threads, and why not otherwise;
what NumPy's own code computes without the interpreter.

    float64, rank 1: multiply, subtract, sin; 2 arrays vanished; 8 at once, sin by NumPy's own loop over tiles; every processor
    float64, rank 2: multiply, then sum; 1 array vanished; 8 at once; every processor
    argsort, take: by NumPy's own code, called without the interpreter
"""

from framejit.loops import vector_functions
from framejit.loops.registers import is_register
from framejit.tables.elementwise import CASTS, REFUSING
from framejit.tables.types import ELEMENTS

VECTOR = vector_functions.VECTOR
# operation -> (number of the nest, what becomes of its elements), by its attribute; and what is called
REDUCING = {"nest_reduce": lambda attr: attr[:2], "nest_along": lambda attr: (attr[0], attr[2][0]), "nest_spread": lambda attr: (attr[0], "std" if attr[-1] else "var")}
CALLING = dict.fromkeys(("whole_call", "whole_call_into"), lambda attr: attr[0].partition(".")[2]) | dict.fromkeys(("array_call", "array_call_into"), lambda attr: attr[0]) | {"array_number": lambda attr: attr[0][0]}


def lines(graph):
    """One per expression, with what takes its elements up, and one of all that is called."""
    nodes = [node for one in (graph, *graph.routines) for node in one.nodes()]
    reductions, called = {}, {}
    for node in nodes:
        if node.op in REDUCING:
            number, name = REDUCING[node.op](node.attr)
            reductions.setdefault(number, {})[name] = None
        elif node.op in CALLING:
            called[CALLING[node.op](node.attr)] = None
    found = [described(nest, graph.threads, reductions.get(number, ())) for number, nest in enumerate(graph.nests)]
    return found + [f"{', '.join(called)}: by NumPy's own code, called without the interpreter"] * bool(called)


def described(nest, threads, reductions=()):
    """One line.  `threads`: that may compute it, 0 for as many as there are processors; `reductions` of its result."""
    count = len(nest.operands)
    computed = [(step, [nest.kind_of(one) for one in step.args], [one < count and nest.operands[one].form == "scalar" for one in step.args]) for step in nest.steps]
    names = [step.name for step, _, _ in computed if step.name not in CASTS]
    made = nest.steps if reductions else nest.steps[:-1]
    vanished = len([step for step in made if step.name not in CASTS]) - len(nest.results)
    called = [step.name for step, kinds, scalars in computed if not is_register(step.name, kinds, scalars)
              and not vector_functions.symbol(step.name, [*kinds, step.kind])]
    lanes = VECTOR // max([ELEMENTS[nest.kind_of(one)].size for one in range(count + len(nest.steps))])
    taken = [f"then {name}" for name in reductions]
    parts = [f"{nest.kind.rstrip('_')}, rank {nest.rank}: {', '.join([*names, *taken]) or 'copy'}"]
    if nest.results:
        parts.append(f"{len(nest.results) + 1} arrays of several statements")
    if vanished > 0:
        parts.append(f"{vanished} {'array' if vanished == 1 else 'arrays'} vanished")
    parts.append(f"{lanes} at once" + (f", {', '.join(dict.fromkeys(called))} by NumPy's own loop over tiles" if called else ""))
    refusing = [step.name for step in nest.steps if step.name in REFUSING and not ELEMENTS[step.kind].floating and ELEMENTS[step.kind].part is None]
    parts.append(f"one thread, for {refusing[0]} may raise" if refusing else "every processor" if threads == 0 else f"{threads} {'thread' if threads == 1 else 'threads'}")
    return "; ".join(parts)


__all__ = ["lines"]
