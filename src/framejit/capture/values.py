"""What symbolic execution knows of a Python value.

Numbers are unboxed and may remember the object that they came from (`box`), so that identity survives.  Objects
are pointers; `owner` says who keeps them alive: "home" (a slot of the frame, a constant, the caller) or "item"
(a container that native code may change: to be secured before it does).  Tuples, ranges and iterators are virtual
until an exit builds them.

A value has a `shape` (hashable: what block versions are told apart by) and component nodes; components.py
gives it back from block parameters.
"""

from framejit.capture.markers import COLLECTED, NULL, UNBOUND, Collected, Methods, Null, Unbound, Value
from framejit.graph.nodes import Node
from framejit.tables.classes import SMALL_INTS


class Num(Value):
    """A number: `kind` is a row of tables.types.KINDS; `box` a node (pointer, may be NULL at run time) or None.

    `slot`, if it has no box: (Raw, node of an index), it is the very item of that list, or of none below zero."""

    __slots__ = ("kind", "node", "box", "owner", "slot")

    def __init__(self, kind, node, box=None, owner="home", slot=None):
        self.slot = slot
        self.kind = kind
        self.node = node
        self.box = box
        self.owner = owner if box is not None else "home"
        self.example = None

    def shape(self):
        return ("num", self.kind, self.box is not None, self.owner, None)

    def parts(self):
        return (self.node,) if self.box is None else (self.node, self.box)

    def may_lack_object(self):
        """Whether the number may have no object yet when this is reached."""
        return self.box is None or self.box.op in ("param", "select", "const", "given", "argument")


class Obj(Value):
    """A pointer to an object.  `type` is its exact type as guarded, or None when nothing is known."""

    __slots__ = ("type", "node", "owner")

    def __init__(self, type, node, owner="home", example=None):
        self.type = type
        self.node = node
        self.owner = owner
        self.example = example

    def shape(self):
        return ("obj", self.type, self.owner)

    def parts(self):
        return (self.node,)


class Array(Value):
    """An ndarray (exact type): its header's parts as nodes.  Contiguous arrays have no stride nodes."""

    __slots__ = ("kind", "ndim", "contiguous", "writable", "node", "data", "dims", "strides", "owner", "base")

    def __init__(self, kind, ndim, contiguous, writable, node, data, dims, strides, owner="home", base=None):
        self.kind = kind
        self.ndim = ndim
        self.contiguous = contiguous
        self.writable = writable
        self.node = node            # None: a view a[i, …] that has no object yet, see `base`
        self.data = data
        self.dims = dims
        self.strides = strides
        self.owner = owner
        self.base = base            # (Array, index Num): this is base[index]
        self.example = None

    def shape(self):
        base = None if self.base is None else (self.base[0].shape(), self.base[1].shape())
        return ("array", self.kind, self.ndim, self.contiguous, self.writable, self.owner, base)

    def parts(self):
        own = () if self.node is None else (self.node,)
        base = () if self.base is None else (*self.base[0].parts(), *self.base[1].parts())
        return (*own, self.data, *self.dims, *self.strides, *base)


class Raw(Value):
    """A list that only native code knows (capture/raw_lists.py), of items of one kind.  `items`: what it was just made of."""

    __slots__ = ("kind", "node", "items")
    owner = "home"

    def __init__(self, kind, node):
        self.kind = kind
        self.node = node
        self.items = ()
        self.example = None

    def shape(self):
        return ("raw", self.kind)

    def parts(self):
        return (self.node,)


class Fused(Value):
    """An expression over whole arrays that has not been computed yet (capture/elementwise.py): its `term`, the arrays among
    its operands that only the stack keeps alive, and the homes of those.

    `origin`: of a view, the stack's entries that it was made of, and the unit; `target`: what a view that is changed in place
    shows, until it is stored where it came from."""

    __slots__ = ("kind", "ndim", "term", "temporaries", "slots", "origin", "target")
    virtual = True

    def __init__(self, kind, ndim, term, temporaries, slots):
        self.kind = kind
        self.ndim = ndim
        self.term = term
        self.temporaries = temporaries
        self.slots = slots
        self.origin = self.target = None
        self.example = None


class Slice(Value):
    """A slice that only an array's subscript sees (capture/views.py): nodes of its bounds, "" for None; the unit that built it."""

    __slots__ = ("bounds", "unit")
    virtual = True

    def __init__(self, bounds, unit):
        self.bounds = bounds
        self.unit = unit
        self.example = None


class Same:
    """An object compared by identity."""

    __slots__ = ("value",)

    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        return other.__class__ is Same and other.value is self.value

    def __hash__(self):
        return id(self.value)


class Const(Value):
    """A Python object known while compiling (a literal, or a global guarded by identity)."""

    __slots__ = ("value",)

    def __init__(self, value):
        self.value = value
        self.example = value

    def shape(self):
        return ("const", Same(self.value))


class Maybe(Value):
    """A local that is bound if `flag` (an i1 node) holds."""

    __slots__ = ("flag", "value")

    def __init__(self, flag, value):
        self.flag = flag
        self.value = value
        self.example = None

    def shape(self):
        return ("maybe", self.value.shape())

    def parts(self):
        return (self.flag, *self.value.parts())


class Either(Value):
    """A local that nobody reads any more, of one of several shapes: `tag` (i64 node) says of which."""

    __slots__ = ("tag", "options")

    def __init__(self, tag, options):
        self.tag = tag
        self.options = tuple(options)
        self.example = None

    def shape(self):
        return ("either", tuple([option.shape() for option in self.options]))

    def parts(self):
        return (self.tag, *[part for option in self.options for part in option.parts()])


class Tup(Value):
    __slots__ = ("items",)
    virtual = True

    def __init__(self, items):
        self.items = tuple(items)
        self.example = None

    def shape(self):
        return ("tuple", tuple([item.shape() for item in self.items]))

    def parts(self):
        return tuple([part for item in self.items for part in item.parts()])


class Range(Value):
    __slots__ = ("start", "stop", "step")   # Nums of kind int
    virtual = True

    def __init__(self, start, stop, step):
        self.start, self.stop, self.step = start, stop, step
        self.example = None

    def shape(self):
        return ("range", self.start.shape(), self.stop.shape(), ("literal", self.step.node.attr) if self.step.node.op == "const" else self.step.shape())

    def parts(self):
        return (*self.start.parts(), *self.stop.parts(), *(self.step.parts() if self.step.node.op != "const" else ()))


class RangeIter(Value):
    """`step` is a Python int, or a node known to be positive.  `home`: the iterator exists in this stack slot's home."""

    __slots__ = ("next", "stop", "step", "home")
    virtual = True

    def __init__(self, next, stop, step, home=False):
        self.next, self.stop, self.step, self.home = next, stop, step, home
        self.example = None

    def shape(self):
        return ("range_iter", self.step if self.step.__class__ is int else None, self.home)

    def parts(self):
        return (self.next, self.stop) if self.step.__class__ is int else (self.next, self.stop, self.step)


class SeqIter(Value):
    """An iterator over a list, a virtual tuple or an array: `sequence`, the next index (a node), and 1 or -1, its step."""

    __slots__ = ("sequence", "index", "home", "step")
    virtual = True

    def __init__(self, sequence, index, home=False, step=1):
        self.sequence, self.index, self.home, self.step = sequence, index, home, step
        self.example = None

    def shape(self):
        return ("seq_iter", self.sequence.shape(), self.home, self.step)

    def parts(self):
        return (self.index, *self.sequence.parts())


class Pairs(Value):
    """enumerate(inner) when `index` is a node, zip(*inners) when it is None; `site`: unit of the call that made it."""

    __slots__ = ("index", "inners", "site")
    virtual = True

    def __init__(self, index, inners, site):
        self.index, self.inners, self.site = index, tuple(inners), site
        self.example = None

    def shape(self):
        return ("pairs", self.index is not None, tuple([inner.shape() for inner in self.inners]), self.site)

    def parts(self):
        own = () if self.index is None else (self.index,)
        return (*own, *[part for inner in self.inners for part in inner.parts()])


class Bound(Value):
    """A method of an instance that the home of its stack entry keeps: the function, the instance's node and class."""

    __slots__ = ("function", "node", "type")
    virtual = True

    def __init__(self, function, node, type):
        self.function, self.node, self.type = function, node, type
        self.example = None

    def shape(self):
        return ("bound", self.function, self.type)

    def parts(self):
        return (self.node,)


def is_small(value):
    """Whether CPython keeps one object for this int (identity needs no box)."""
    return value.__class__ is int and value in SMALL_INTS


__all__ = ["Node", "Value", "Num", "Obj", "Array", "Raw", "Fused", "Slice", "Const", "Collected", "Null", "Unbound", "NULL", "UNBOUND", "COLLECTED", "Maybe", "Either", "Tup", "Range",
           "RangeIter", "Same", "SeqIter", "Pairs", "Bound", "Methods", "is_small"]
