"""What the items of a tuple that native code makes are like, for whoever takes them out of it again."""

from framejit.capture import entry, values as v
from framejit.capture.raw_lists import example_of_kind
from framejit.capture.several import Several
from framejit.loops import ufuncs


def likely_items(value):
    """A tuple like this virtual one, or None."""
    items = tuple([like(item) for item in value.items])
    return None if any([item is entry.MISSING for item in items]) else items


def like(item):
    row = LIKE.get(item.__class__)
    return entry.MISSING if row is None else row(item)


def known_part(item):
    """A value like this one, or None; a tuple's as a tuple."""
    found = likely_items(item) if item.__class__ is v.Tup else like(item)
    return None if found is entry.MISSING else found


def array(item):
    return entry.ArrayLike(entry.form_of(ufuncs.dtype_of(item.kind), item.ndim, item.contiguous, item.writable))


def number(item):
    return example_of_kind(item.kind)


def known(item):
    """The object at hand, of several the one of its class; of an exact string, any."""
    if type(item.example) is Several:
        of_class = None if item.type is None else item.example.of(item.type)
        return item.example if of_class is None else of_class
    return item.example if item.example is not None else "" if item.type is str else entry.MISSING


LIKE = {v.Array: array, v.Num: number, v.Const: lambda item: item.value, v.Obj: known}

__all__ = ["known_part", "likely_items"]
