"""What a log says of whole arrays: what is computed in one walk, which arrays are never made, how wide, by how many threads, and why not otherwise;
what NumPy's own code computes without the interpreter.

    float64, rank 1: multiply, subtract, sin; 2 arrays vanished; 8 at once, sin by NumPy's own loop over tiles; every processor
    float64, rank 2: multiply, then sum; 1 array vanished; 8 at once; every processor
    float64, rank 1: sin, multiply, add; 2 arrays vanished; 8 at once; every processor; 2 operations once for many turns of the loop
    float64, rank 2, row by row: max, then subtract, exp, then sum, then divide; 1 array vanished
    argsort, take: by NumPy's own code, called without the interpreter
    getitem, setitem: elements that arrays choose, by framejit's loops where they lie side by side, else by NumPy's own code
    numbers drawn one by one: by the generator's own functions
"""

from framejit.loops import vector_functions
from framejit.loops.registers import is_register
from framejit.tables.elementwise import CASTS, REFUSING
from framejit.tables.reductions import PRODUCT
from framejit.tables.types import ELEMENTS

VECTOR = vector_functions.VECTOR
# operation -> (number of the nest, what becomes of its elements), by its attribute; and what is called
REDUCING = {"nest_reduce": lambda attr: attr[:2], "nest_along": lambda attr: (attr[0], attr[2][0]), "nest_spread": lambda attr: (attr[0], "std" if attr[-1] else "var")}
CALLING = dict.fromkeys(("whole_call", "whole_call_into"), lambda attr: attr[0].partition(".")[2]) | dict.fromkeys(("array_call", "array_call_into"), lambda attr: attr[0]) | {"array_number": lambda attr: attr[0][0]}
BY_NUMPY = "by NumPy's own code, called without the interpreter"
CHOSEN = "elements that arrays choose, by framejit's loops where they lie side by side, else by NumPy's own code"
PRODUCTS = "products, by NumPy's own code and the BLAS that it calls"
HOW = dict.fromkeys(("getitem", "setitem", "at"), CHOSEN) | dict.fromkeys(("dot", "matmul", "vdot", "inner"), PRODUCTS)         # what is called -> by what; else BY_NUMPY
DRAWS = ("draw", "draw_integer")


def lines(graph):
    """One per expression, with what takes its elements up, and for each way of calling one of all that is called so."""
    nodes = [node for one in (graph, *graph.routines) for node in one.nodes()]
    reductions, called, chains = {}, {}, {}
    for node in nodes:
        if node.op in REDUCING:
            number, name = REDUCING[node.op](node.attr)
            reductions.setdefault(number, {})[name] = None
        elif node.op in CALLING:
            name = CALLING[node.op](node.attr)
            called.setdefault(HOW.get(name, BY_NUMPY), {})[name] = None
        elif node.op in DRAWS:
            called.setdefault("by the generator's own functions", {})["numbers drawn one by one"] = None
        elif node.op == "nest_chain":
            chains[chained(node.attr, graph.nests)] = None
    kept = {node.attr[0] for node in nodes if node.op == "kept_nest"} | {nest.rest.number for nest in graph.nests if nest.rest}
    found = [described(nest, graph.threads, reductions.get(number, ()), len(graph.nests[nest.rest.number].steps) if nest.rest else 0) for number, nest in enumerate(graph.nests) if number not in kept]
    return found + [*chains] + [f"{', '.join(names)}: {how}" for how, names in sorted(called.items(), key=lambda one: one[0] == BY_NUMPY)]


def chained(attr, nests):
    """The line of nests and reductions that feed one another."""
    rank, _, values, stages, results, _ = attr
    steps = [", ".join([step.name for step in nests[what].steps if step.name not in CASTS]) if what.__class__ is int else "product by BLAS" if what[0] == PRODUCT else what[0] for what, *_ in stages]
    vanished = len([number for number, (_, single) in enumerate(values) if not single and number not in results])
    parts = [f"{values[results[-1]][0]}, rank {rank}, row by row: {', then '.join([step for step in steps if step])}"]
    return "; ".join(parts + [f"{vanished} {'array' if vanished == 1 else 'arrays'} vanished"] * (vanished > 0))


def described(nest, threads, reductions=(), left=0):
    """One line.  `threads`: that may compute it, 0 for as many as there are processors; `reductions` of its result; `left`: steps of a nest of which parts are kept."""
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
    if nest.rest is not None:
        once = len(nest.steps) - left
        parts.append(f"{once} {'operation' if once == 1 else 'operations'} once for many turns of the loop")
    return "; ".join(parts)


__all__ = ["lines"]
