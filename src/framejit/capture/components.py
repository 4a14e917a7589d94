"""Values and their component nodes, what block parameters carry: a row for each kind of shape."""

from framejit.capture.values import Array, Bound, COLLECTED, Const, Either, Maybe, Methods, NULL, Num, Obj, Pairs, Range, RangeIter, Raw, SeqIter, Tup, UNBOUND
from framejit.capture.held_methods import HeldMethod
from framejit.capture.walked_generators import Generated
from framejit.capture.walked_slices import Part
from framejit.capture.walked_tables import Table
from framejit.graph.nodes import Node
from framejit.tables.types import KINDS


def _num(shape, nodes):
    number = Num(shape[1], next(nodes), next(nodes) if shape[2] else None, shape[3])
    if shape[4] is not None:
        number.slot = (shape[4], next(nodes))       # the list's place in the state; see state.unflatten
    return number


def _array(shape, nodes):
    _, kind, ndim, contiguous, writable, owner, base = shape
    node = next(nodes) if base is None else None
    data = next(nodes)
    dims = [next(nodes) for _ in range(ndim)]
    strides = [] if contiguous else [next(nodes) for _ in range(ndim)]
    origin = None if base is None else (rebuild(base[0], nodes), rebuild(base[1], nodes))
    return Array(kind, ndim, contiguous, writable, node, data, dims, strides, owner, origin)


def _seq_iter(shape, nodes):
    index = next(nodes)
    sequence = shape[1][1] if shape[1][0] == "at" else rebuild(shape[1], nodes)
    return SeqIter(sequence, index, *shape[2:])


def _pairs(shape, nodes):
    index = next(nodes) if shape[1] else None
    return Pairs(index, [rebuild(inner, nodes) for inner in shape[2]], shape[3])


def _generated(shape, nodes):
    iterator = rebuild(shape[2], nodes)
    cells = [rebuild(cell, nodes) for cell in shape[3]]
    return Generated(shape[1], cells, iterator, shape[4], next(nodes), next(nodes) if shape[5] else None, shape[5])


REBUILD = {
    "num": _num,
    "obj": lambda shape, nodes: Obj(shape[1], next(nodes), shape[2]),
    "array": _array,
    "raw": lambda shape, nodes: Raw(shape[1], next(nodes)),
    "const": lambda shape, nodes: Const(shape[1].value),
    "null": lambda shape, nodes: NULL,
    "unbound": lambda shape, nodes: UNBOUND,
    "collected": lambda shape, nodes: COLLECTED,
    "maybe": lambda shape, nodes: Maybe(next(nodes), rebuild(shape[1], nodes)),
    "=": lambda shape, nodes: shape[1],         # of an Either: the place in the state, see state.unflatten
    "either": lambda shape, nodes: Either(next(nodes), [rebuild(option, nodes) for option in shape[1]]),
    "tuple": lambda shape, nodes: Tup([rebuild(item, nodes) for item in shape[1]]),
    "range": lambda shape, nodes: Range(*[rebuild(part, nodes) for part in shape[1:]]),
    "literal": lambda shape, nodes: Num("int", Node("const", (), "i64", shape[1])),
    "range_iter": lambda shape, nodes: RangeIter(next(nodes), next(nodes), next(nodes) if shape[1] is None else shape[1], shape[2]),
    "seq_iter": _seq_iter,
    "part": lambda shape, nodes: Part(index=next(nodes), stop=next(nodes), sequence=rebuild(shape[1], nodes)),
    "table": lambda shape, nodes: Table(index=next(nodes), which=shape[2], sequence=rebuild(shape[1], nodes)),
    "pairs": _pairs,
    "generated": _generated,
    "methods": lambda shape, nodes: Methods(shape[1], next(nodes)),
    "bound": lambda shape, nodes: Bound(shape[1], next(nodes), shape[2]),
    "held method": lambda shape, nodes: HeldMethod(shape[1], next(nodes), shape[2]),
}


def rebuild(shape, nodes):
    return REBUILD[shape[0]](shape, nodes)


def part_types(shape):
    """Machine types of the component nodes, in the order of `parts()`."""
    found = KNOWN_TYPES.get(shape)
    if found is None:
        found = tuple(_part_types(shape))
        if shape[0] == "num":
            KNOWN_TYPES[shape] = found
    return found


KNOWN_TYPES = {}        # of numbers: few shapes, asked for again and again


def _part_types(shape):
    kind = shape[0]
    if kind == "num":
        yield KINDS[shape[1]].machine
        if shape[2]:
            yield "ptr"
        if shape[4] is not None:
            yield "i64"
    elif kind in ("obj", "raw"):
        yield "ptr"
    else:
        yield from COMPOUND_TYPES[kind](shape)


def _array_types(shape):
    _, _, ndim, contiguous, _, _, base = shape
    if base is None:
        yield "ptr"
    yield "ptr"
    yield from ["i64"] * (ndim if contiguous else 2 * ndim)
    if base is not None:
        yield from _part_types(base[0])
        yield from _part_types(base[1])


def _nested(shapes):
    for shape in shapes:
        yield from _part_types(shape)


COMPOUND_TYPES = {
    "array": _array_types,
    "null": lambda shape: (),
    "at": lambda shape: (),
    "=": lambda shape: (),
    "unbound": lambda shape: (),
    "collected": lambda shape: (),
    "const": lambda shape: (),
    "maybe": lambda shape: ("i1", *_part_types(shape[1])),
    "either": lambda shape: ("i64", *_nested(shape[1])),
    "tuple": lambda shape: _nested(shape[1]),
    "range": lambda shape: _nested(shape[1:]),
    "literal": lambda shape: (),
    "range_iter": lambda shape: ("i64", "i64", "i64") if shape[1] is None else ("i64", "i64"),
    "seq_iter": lambda shape: ("i64", *_part_types(shape[1])),
    "part": lambda shape: ("i64", "i64", *_part_types(shape[1])),
    "table": lambda shape: ("i64", *_part_types(shape[1])),
    "generated": lambda shape: (*_nested((shape[2], *shape[3])), "i1", *(("ptr",) if shape[5] else ())),
    "pairs": lambda shape: (*(("i64",) if shape[1] else ()), *_nested(shape[2])),
    "bound": lambda shape: ("ptr",),
    "held method": lambda shape: ("ptr",),
    "methods": lambda shape: ("ptr",),
}


__all__ = ["rebuild", "part_types"]
