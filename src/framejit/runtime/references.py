"""Objects of one process as rows from which another one finds its own: how to get there, and the signature of what is to be found.

    the code of a function of a global name   ->   ("globals", -1, None), ("name", 0, "f"), ("runs", 1, None)

Whatever is found has the signature of what was meant (signatures.py), or `Stale` is raised.  `Writer` makes the rows, `found` reads
them.  Beginnings: the code object that is run, its globals, the builtins, and the values at hand.
"""

import builtins
import sys
from types import CellType, CodeType, FunctionType, MethodType, ModuleType

from framejit import _machine
from framejit.capture.keeping import of_numpy
from framejit.runtime.signatures import OF_TYPES, Unknown, packed, signature
from framejit.tables.classes import lasting_type, mro_of, name_in, name_of, numpy_holds, one_of, row_of
from framejit.tables.walks import FLATTENED

names_of_class = type.__dict__["__dict__"].__get__
PLAIN = (type(None), bool, int, float, complex, str, bytes, type(Ellipsis))


class Stale(Exception):
    """Something isn't what it was."""


def names_of(space):
    """What a namespace, a module or a class of its own has, by name."""
    kind = type(space)
    return space if kind is dict else vars(space) if kind is ModuleType else names_of_class(space)


def named(space, name):
    return names_of(space)[name]


def qualified(_, key):
    """A type or function of C: (module, qualified name)."""
    module, names = key
    first, *rest = names.split(".")
    value = TYPES[first] if rest and first in TYPES else named(sys.modules[module], first)
    for name in rest:
        value = named(value, name)
    return value


HOWS = {
    "value": lambda _, key: key,
    "named": named,
    "qualified": qualified,
    "module": lambda _, key: sys.modules[key],
    "names": lambda module, _: vars(module),
    "constant": lambda code, key: code.co_consts[key],
    "item": lambda items, key: items[key],
    "runs": lambda function, _: _machine.original_code(function.__code__),
    "defaults": lambda function, _: function.__defaults__,
    "keyword": lambda function, key: function.__kwdefaults__[key],
    "closure": lambda function, key: function.__closure__[key],
    "contents": lambda cell, _: cell.cell_contents,
    "namespace": lambda function, _: function.__globals__,
    "function": lambda method, _: method.__func__,
    "receiver": lambda method, _: method.__self__,
    "class": lambda value, _: type(value),
    "base": lambda kind, key: OF_TYPES["__mro__"](kind)[key],
    "called": lambda wrapper, key: getattr(wrapper, key),
    "type": lambda _, key: TYPES[key],
    "dtype": lambda _, key: numpy_holds("dtype")(key),
    "slice": lambda _, key: slice(*key),
}
TYPES = {kind.__name__: kind for kind in (type(None), type(Ellipsis), type(NotImplemented), FunctionType, MethodType, CodeType, CellType, ModuleType, type(len), type([].append), type(list.append), type(object.__init__),
                                          type(iter(())), type(iter([])), type(iter(range(0))), type(reversed([])), type(iter("")), type(iter("\xff")), type(iter({})), type(iter({}.values())), type(iter({}.items())),
                                          type(iter(set())), type({}.keys()), type({}.values()), type({}.items()), type(iter(b"")), type(iter(bytearray())))}
TYPES[FLATTENED.__qualname__] = FLATTENED       # one object for all that there are
CALLED = {property: ("fget", "fset"), staticmethod: ("__func__",), classmethod: ("__func__",)}


class Writer:
    """Rows for the objects of one region."""

    def __init__(self, code, globals, values, cells):
        """`values`: those at hand; `cells`: (namespace, fallback, name, expected) that the region reads."""
        self.rows = []
        self.relations = []     # (row, how, row of what is found so): what can't change while both live
        self.numbers = {}       # id -> row
        self.paths = {}         # id -> (how, what it is found in, key)
        self.held = []          # whatever has an id above
        self.classes = []       # names of those of the program's that have been noted, once that is needed
        self.globals = globals
        for number, root in enumerate((code, globals, vars(builtins))):
            self.numbers.setdefault(id(root), -1 - number)
            self.note(root, "", None, None)
        for space, fallback, name, expected in cells:
            holder = next((one for one in (space, fallback) if one is not None and name in names_of(one)), None)
            module = sys.modules.get(name_in(holder)) if type(holder) is dict else None
            if type(module) is ModuleType and vars(module) is holder:
                self.note(holder, "names", module, None)        # not by way of what it has
            if holder is not None and (expected is not _machine.MISSING or not one_of(type(named(holder, name)), PLAIN)):
                self.note(named(holder, name), "named", holder, name)
        for place, value in enumerate(values):
            if not one_of(type(value), PLAIN):
                self.note(value, "hand", None, place)

    def note(self, value, how, holder, key):
        """A way to an object, and on to what it leads to."""
        if id(value) in self.paths:
            return
        self.held.append(value)
        self.paths[id(value)] = how, holder, key
        kind = type(value)
        leads = of_class if issubclass(kind, type) else row_of(LEADS, kind)
        if leads is not None:
            leads(self, value)
        elif not lasting_type(kind):
            self.note(kind, "class", value, None)

    def number(self, value):
        """The row of an object; raises Unknown."""
        if id(value) not in self.numbers:
            how, holder, key = self.paths.get(id(value)) or self.otherwise(value)
            said = b"" if how == "value" else packed(signature(value))
            row = how, None if holder is None else self.number(holder), key, said
            self.held.append(value)
            self.rows.append(row)
            self.numbers[id(value)] = len(self.rows) - 1
            self.relate(value, len(self.rows) - 1)
        return self.numbers[id(value)]

    def relate(self, value, number):
        """A function finds its names in the same namespace there; an object is of the same class."""
        kind = type(value)
        if kind is FunctionType:
            self.relations.append((number, "namespace", self.number(value.__globals__)))
        elif not lasting_type(kind) and not issubclass(kind, type):
            self.relations.append((number, "class", self.number(kind)))

    def known(self, identity):
        """The object with this id, among those that something led to."""
        for value in self.held:
            if id(value) == identity:
                return value
        raise Unknown("an attribute that nothing leads to")

    def otherwise(self, value):
        """(how, holder, key) of what nothing led to: what C has made, plain values, what a global name holds."""
        kind = type(value)
        if one_of(kind, PLAIN) or kind is tuple or kind is frozenset:
            return "value", None, packable(value)
        if kind is slice:
            return "slice", None, packable((value.start, value.stop, value.step))
        if kind is ModuleType:
            return "module", None, name_in(vars(value))
        if kind is dict:
            return "names", sys.modules.get(name_in(value)), None
        if of_numpy(value) and one_of(numpy_holds("dtype"), mro_of(kind)):
            return "dtype", None, value.str
        if issubclass(kind, type) and lasting_type(value) or kind is not FunctionType and lasting_type(kind) and callable(value):
            return of_c(value)
        for name, other in self.globals.items():
            if other is value:
                return "named", self.globals, name
        return self.by_classes(value)

    def by_classes(self, value):
        """The same of what classes lead to that the namespace names, but nothing at hand is an instance of."""
        if not self.classes:
            for name, other in self.globals.items():
                if issubclass(type(other), type) and not lasting_type(other):
                    self.classes.append(name)
                    self.note(other, "named", self.globals, name)
        if id(value) not in self.paths:
            raise Unknown(f"{name_of(type(value))} that nothing leads to")
        return self.paths[id(value)]


def packable(value):
    try:
        _machine.pack(value)
    except TypeError as problem:
        raise Unknown(str(problem)) from None
    return value


def of_c(value):
    """(how, None, key) of a type or a function of C."""
    name = getattr(value, "__qualname__", None) or getattr(value, "__name__", "")
    if TYPES.get(name) is value:
        return "type", None, name
    module = getattr(value, "__module__", None) or getattr(getattr(value, "__objclass__", None), "__module__", "numpy")
    try:
        same = qualified(None, (module, name)) is value
    except (KeyError, AttributeError, TypeError):
        same = False
    if not same:
        raise Unknown(f"{module}.{name}")
    return "qualified", None, (module, name)


def of_code(writer, code):
    for place, value in enumerate(code.co_consts):
        writer.note(value, "constant", code, place)


def of_items(writer, items):
    for place, value in enumerate(items):
        writer.note(value, "item", items, place)


def of_function(writer, function):
    writer.note(_machine.original_code(function.__code__), "runs", function, None)
    writer.note(function.__globals__, "namespace", function, None)
    if function.__defaults__:
        writer.note(function.__defaults__, "defaults", function, None)
    for name, value in (function.__kwdefaults__ or {}).items():
        writer.note(value, "keyword", function, name)
    for place, cell in enumerate(function.__closure__ or ()):
        writer.note(cell, "closure", function, place)


def of_cell(writer, cell):
    try:
        writer.note(cell.cell_contents, "contents", cell, None)
    except ValueError:          # it is empty
        pass


def of_class(writer, kind):
    if lasting_type(kind):
        return
    for name, value in names_of_class(kind).items():
        if one_of(type(value), (FunctionType, type, *CALLED)):
            writer.note(value, "named", kind, name)
    if not lasting_type(type(kind)):
        writer.note(type(kind), "class", kind, None)
    for place, base in enumerate(OF_TYPES["__mro__"](kind)):
        writer.note(base, "base", kind, place)


def of_wrapper(writer, wrapper):
    for name in CALLED[type(wrapper)]:
        if getattr(wrapper, name) is not None:
            writer.note(getattr(wrapper, name), "called", wrapper, name)


def of_method(writer, method):
    writer.note(method.__func__, "function", method, None)
    writer.note(method.__self__, "receiver", method, None)


LEADS = {CodeType: of_code, MethodType: of_method, tuple: of_items, FunctionType: of_function, CellType: of_cell, property: of_wrapper, staticmethod: of_wrapper,
         classmethod: of_wrapper}


def found(rows, relations, code, globals, values):
    """The objects that rows stand for, by number; -1, -2, -3: code, globals, builtins.  Raises Stale."""
    objects, roots = [], (code, globals, vars(builtins))
    for how, holder, key, said in rows:
        try:
            value = values[key] if how == "hand" else HOWS[how](None if holder is None else objects[holder] if holder >= 0 else roots[-1 - holder], key)
            same = how == "value" or packed(signature(value)) == said
        except (KeyError, IndexError, AttributeError, TypeError, ValueError, Unknown) as problem:
            raise Stale(f"{how} {key}: {problem}") from None
        if not same:
            raise Stale(f"{how} {key}")
        objects.append(value)
    objects += reversed(roots)
    for number, how, other in relations:
        if HOWS[how](objects[number], None) is not objects[other]:
            raise Stale(f"{how} of {rows[number][2]}")
    return objects


__all__ = ["Stale", "Writer", "found"]
