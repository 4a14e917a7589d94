"""An array's header as nodes: data, shape and, where they aren't those of a contiguous array, strides."""

from framejit.capture import values as v


def array_at(machine, node, kind, ndim, contiguous, writable, owner="home"):
    """The array at this address, whose dtype, rank and flags are known."""
    data = machine.emit("field", node, attr="array_data", type="ptr")
    dims = words(machine, node, "array_dims", ndim)
    return v.Array(kind, ndim, contiguous, writable, node, data, dims, [] if contiguous else strides(machine, node, ndim), owner)


def strides(machine, node, ndim):
    """In bytes: those of a contiguous array may be anything where an axis has one element, or none."""
    return words(machine, node, "array_strides", ndim)


def words(machine, node, field, ndim):
    vector = machine.emit("field", node, attr=field, type="ptr")
    return [machine.emit("word", vector, machine.int(axis)) for axis in range(ndim)]


def owner_of(array):
    """The object whose elements a view shows."""
    return array.base if array.base is not None and array.base.__class__ is not tuple else array.node


__all__ = ["array_at", "owner_of", "strides"]
