"""What framejit's own code runs with, whatever the program puts in its place: builtins, the math module, the modules it imports.

A program may assign `builtins.len` or `math.sqrt`, and may do so before the compiler is loaded.  The modules of framejit, and
of an llvmlite that it is the first to import, have the builtins of the moment when framejit was imported: their folders have
finders in `sys.path_importer_cache`, as any package's have, whose loader sees to that.
"""

import builtins
import os
import sys
from _frozen_importlib import BuiltinImporter, FrozenImporter, module_from_spec
from _frozen_importlib_external import EXTENSION_SUFFIXES, SOURCE_SUFFIXES, ExtensionFileLoader, FileFinder, PathFinder, SourceFileLoader, spec_from_file_location
from _thread import get_ident
from types import BuiltinFunctionType, ModuleType

ORIGINALS = dict(vars(builtins))
BUILTINS = __builtins__ = {**ORIGINALS}                 # the functions below have them, too
OURS = ("framejit", "llvmlite")
HEAP = 1 << 9                                           # type flag: not made in C


def known_path():
    """Where modules may come from: everything but the program's own folder."""
    first = [] if sys.flags.safe_path else sys.path[:1]
    entries = [entry for entry in sys.path if entry not in first]
    home = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    return entries if home in entries else [*entries, home]


PATH = known_path()


class Loader(SourceFileLoader):
    """Loads a module whose functions look builtins up in ours; its files are read at once, whatever other threads are about."""

    def exec_module(self, module):
        vars(module)["__builtins__"] = BUILTINS
        super().exec_module(module)

    def path_stats(self, path):
        stamp = asked("file_stamp", path)
        return super().path_stats(path) if stamp is None else {"mtime": stamp[0], "size": stamp[1]}

    def get_data(self, path):
        data = asked("file_bytes", path)
        return super().get_data(path) if data is None else data


def asked(function, path):
    """What the machine's module, if it is there, answers; None: the import system has to ask."""
    found = sys.modules.get("framejit._machine")
    return getattr(found, function)(path) if hasattr(found, function) else None


class Folder(FileFinder):
    """Finds modules of one folder of ours, and has the folders below found in the same way."""

    def find_spec(self, name, target=None):
        path = f"{self.path}/{name.rpartition('.')[2]}{SOURCE_SUFFIXES[0]}"
        if asked("file_stamp", path) is not None:       # a package's folder has none, and is found below
            return spec_from_file_location(name, path, loader=Loader(name, path))
        spec = super().find_spec(name, target)
        for path in spec.submodule_search_locations or () if spec is not None else ():
            have(path)
        return spec


def have(path):
    """The modules of a folder are loaded by our loader from now on."""
    sys.path_importer_cache[path] = Folder(path, (ExtensionFileLoader, EXTENSION_SUFFIXES), (Loader, SOURCE_SUFFIXES))


def imported(name, globals=None, locals=None, fromlist=(), level=0):
    """`__import__` for our modules: of what is there already the import system, whose code in Python has the program's builtins, isn't asked; else it
    has the original ones."""
    module = sys.modules.get(name) if fromlist and level == 0 else None
    if type(module) is ModuleType and all([one in vars(module) for one in fromlist]):
        return module
    with original_builtins():
        return ORIGINALS["__import__"](name, globals, locals, fromlist, level)


BUILTINS["__import__"] = imported


class original_builtins:
    """A context: the builtins are those of before, for the import system and Python's library look them up."""

    def __enter__(self):
        self.held = vars(builtins)
        self.replaced = {name: self.held[name] for name, original in ORIGINALS.items() if name in self.held and self.held[name] is not original}
        self.held.update((name, ORIGINALS[name]) for name in self.replaced)

    def __exit__(self, *raised):
        self.held.update(self.replaced)


class Finder:
    """Finds modules on PATH for one thread, whatever sys.path and the program's own finders say."""

    def __init__(self):
        self.thread = get_ident()

    def find_spec(self, name, path=None, target=None):
        if get_ident() != self.thread:
            return None
        spec = BuiltinImporter.find_spec(name) or FrozenImporter.find_spec(name) or PathFinder.find_spec(name, PATH if path is None else path, target)
        for folder in spec.submodule_search_locations or () if name == "llvmlite" and spec is not None else ():
            have(folder)
        return spec


class as_guest(original_builtins):
    """A context: imports of this thread go by PATH; what means something else to the program is the program's to import, later.

    What they make lives as long as the process: the program's collections don't walk through it.  `first`: a list that was made before
    what was made for us until now.
    """

    def __init__(self, first=None):
        self.first = first

    def __enter__(self):
        super().__enter__()
        self.before, self.finder = set(sys.modules), Finder()
        sys.meta_path.insert(0, self.finder)
        self.end = imports_begin(self.first)

    def __exit__(self, *raised):
        if self.end is not None:
            self.end()
        if self.finder in sys.meta_path:
            sys.meta_path.remove(self.finder)
        forget_shadowed([name for name in sys.modules if name not in self.before])
        super().__exit__(*raised)


def machine():
    """The machine's module; None where nothing is compiled."""
    if os.environ.get("FRAMEJIT_DISABLE", "0") not in ("", "0"):
        return None
    try:
        from framejit import _machine
    except ImportError:         # an unknown Python
        return None
    return _machine


def imports_begin(first):
    """What is to be called behind the imports; None where the collector doesn't know of them."""
    found = machine()
    return found.imports_end if found is not None and found.imports_begin(first) else None


def forget_shadowed(names):
    """Those modules that the program would find elsewhere, in its own folder, are forgotten: it imports its own."""
    folders = [entry for entry in sys.path if entry not in PATH]
    for name in names if folders else ():
        if is_shadowed(name.partition(".")[0], folders):
            sys.modules.pop(name, None)


def is_shadowed(top, folders):
    """Whether these folders have another module of this name."""
    if top in OURS or BuiltinImporter.find_spec(top) or FrozenImporter.find_spec(top):
        return False
    found, held = PathFinder.find_spec(top, folders), sys.modules.get(top)
    return found is not None and (held is None or getattr(getattr(held, "__spec__", None), "origin", None) != found.origin)


def is_original(module, name):
    """Whether a module still has, under this name, what C put there."""
    value = vars(module).get(name)
    if type(value) is type:
        return not type.__dict__["__flags__"].__get__(value) & HEAP and value.__name__ == name
    return type(value) is BuiltinFunctionType and value.__name__ == name and value.__self__ is module


def original_math():
    """The math module as it was: what the program has replaced comes from a second copy, whose functions it never sees."""
    spec = BuiltinImporter.find_spec("math") or PathFinder.find_spec("math", PATH)
    copy = module_from_spec(spec)
    spec.loader.exec_module(copy)
    held = sys.modules.get("math")
    if type(held) is ModuleType:
        vars(copy).update({name: vars(held)[name] for name in list(vars(copy)) if is_original(held, name)})
    return copy


REPLACED = {id(value) for name, value in BUILTINS.items() if callable(value) and not is_original(builtins, name)}   # before framejit came

__all__ = ["BUILTINS", "HEAP", "ORIGINALS", "PATH", "REPLACED", "as_guest", "forget_shadowed", "have", "machine", "original_builtins", "original_math"]
