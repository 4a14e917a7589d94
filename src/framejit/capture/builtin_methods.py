"""Methods of Python's own types, of objects that have those types or are likely to.

    name.upper()    ->   a guard on str, and str.upper, for which functions.py may have a row
"""

from collections import defaultdict

from framejit.capture import values as v
from framejit.capture.exact_types import exactly
from framejit.tables.specialised import LIST_METHODS, TABLE_METHODS, TEXT_METHODS

METHODS = {list: {name: getattr(list, name) for name in LIST_METHODS}, dict: {name: getattr(dict, name) for name in TABLE_METHODS if hasattr(dict, name)}, set: {"add": set.add},
           str: {name: getattr(str, name) for name in TEXT_METHODS}}
METHODS[defaultdict] = METHODS[dict]
METHOD = 710            # part of a site's key


def method_of(machine, value, name, instruction):
    """A method of a type of Python's own, if the stack's top is known or likely to have it."""
    likely = [kind for kind, methods in METHODS.items() if name in methods and (kind is not list or value.__class__ is v.Obj and value.type is list)]
    found = exactly(machine, value, likely, instruction, METHOD) if likely else None
    return None if found is None else METHODS[found.type if found.__class__ is v.Obj else type(found.value)][name]



__all__ = ["method_of"]
