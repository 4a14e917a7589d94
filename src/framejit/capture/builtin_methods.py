"""Methods of Python's own types, of objects that have those types or are likely to.

    name.upper()    ->   a guard on str, and str.upper, for which functions.py may have a row
"""

from collections import defaultdict, deque
from types import ClassMethodDescriptorType

from framejit.capture import byte_strings, complex_scalars, values as v
from framejit.capture.exact_types import exactly
from framejit.loops import ufuncs
from framejit.tables.classes import numpys, one_of
from framejit.tables.generators import generator_type, legacy_type
from framejit.tables.whole_calls import DRAW, DRAWS, LEGACY_DRAW, LEGACY_DRAWS
from framejit.tables.types import PAIR
from framejit.tables.silent_calls import of_function
from framejit.tables.specialised import ARRAY_OF_BYTES_METHODS, BYTES_METHODS, COMPLEX_METHODS, DEQUE_METHODS, LIST_METHODS, NUMBER_METHODS, SET_METHODS, TABLE_METHODS, TEXT_METHODS, UPDATING

METHODS = {list: {name: getattr(list, name) for name in LIST_METHODS}, dict: {name: getattr(dict, name) for name in (*TABLE_METHODS, *UPDATING) if hasattr(dict, name)}, set: {name: getattr(set, name) for name in (*SET_METHODS, *UPDATING)}, tuple: {name: getattr(tuple, name) for name in ("index", "count")},
           str: {name: getattr(str, name) for name in TEXT_METHODS}, bytes: {name: getattr(bytes, name) for name in BYTES_METHODS},
           bytearray: {name: getattr(bytearray, name) for name in (*BYTES_METHODS, *ARRAY_OF_BYTES_METHODS)}}
METHODS[defaultdict] = METHODS[dict]
METHODS[deque] = {name: getattr(deque, name) for name in DEQUE_METHODS}
ASKED_FOR = (list, bytes, bytearray)        # of which nothing is learned here: lists are narrowed elsewhere
METHOD = 710            # part of a site's key
DRAWN = ((generator_type, DRAW, DRAWS), (legacy_type, LEGACY_DRAW, LEGACY_DRAWS))


def draws():
    """NumPy's random generators are such types, too, once the program has imported them."""
    for kind_of, place, rows in DRAWN:
        kind = kind_of()
        if kind is not int and not one_of(kind, METHODS):
            METHODS[kind] = {name: ufuncs.of_core(place, name) for name in rows if ufuncs.of_core(place, name) is not None}


def method_of(machine, value, name, instruction):
    """A method of a type of Python's own, if the stack's top is known or likely to have it."""
    if value.__class__ is v.Const and one_of(value.value, (int, dict, bytes)):
        found = vars(value.value).get(name)
        return found if type(found) is ClassMethodDescriptorType and of_function(found) is not None else None
    if name in DRAWS or name in LEGACY_DRAWS:
        draws()
    likely = [kind for kind, methods in METHODS.items() if name in methods and (not one_of(kind, ASKED_FOR) or kind is not list and byte_strings.likely(value) or value.__class__ is v.Obj and value.type is kind)]
    found = exactly(machine, value, likely, instruction, METHOD) if likely else None
    return None if found is None else METHODS[found.type if found.__class__ is v.Obj else type(found.value)][name]


def method_of_number(value, name):
    """A method of Python's integers or complex numbers, if the value is one."""
    if value.__class__ is v.Num and value.kind == PAIR:
        return vars(complex).get(name) if name in COMPLEX_METHODS else None
    if complex_scalars.is_scalar(value):
        return vars(numpys("generic")).get(name) if name in COMPLEX_METHODS else None
    return vars(int)[name] if value.__class__ is v.Num and value.kind in ("int", "bool") and name in NUMBER_METHODS else None


__all__ = ["method_of", "method_of_number"]
