"""The compiler as a guest: its imports and its work leave the program's own state as it was.

In: calls to `imports()`, when the first region is captured and lowered, and one to `backend()`, when LLVM is needed: what is
refused before, or kept on disk, costs no LLVM.  Out: the compiler's modules, loaded

- from where framejit itself was found, never from the program's folder, and by this thread only;
- without warnings, garbage collections, or replaced builtins;
- without `threading`, whose presence the interpreter looks at when a program ends: llvmlite asks it and
  `importlib.resources` for one thing each, and gets that thing.

A module that the program's folder has, too, is forgotten again, so that the program imports its own.
"""

import gc
import os
import sys
from _frozen_importlib_external import PathFinder
from _thread import RLock
from time import thread_time
from types import ModuleType

from framejit.own import PATH, as_guest, original_builtins


SPENT = [0.0]           # seconds of processor time that imports have taken, once for the whole process


def resources(package):
    """The part of importlib.resources that llvmlite uses: the path of a file in a package."""
    folder = os.path.dirname(sys.modules[getattr(package, "__name__", package)].__file__)
    return Folder(folder)


class Folder(str):
    """A path that knows how to go on."""

    def joinpath(self, name):
        return Folder(os.path.join(self, name))

    def __truediv__(self, name):
        return self.joinpath(name)


class as_file:
    """A context: the path of a file, which lies in no archive."""

    def __init__(self, path):
        self.path = path

    def __enter__(self):
        return self.path

    def __exit__(self, *raised):
        pass


def module(name, **contents):
    made = ModuleType(name)
    vars(made).update(contents)
    return made


class counted:
    """A context: what is done in it is counted as the process's, not as that of the code for which it is needed first."""

    def __enter__(self):
        self.began = thread_time()

    def __exit__(self, *raised):
        SPENT[0] += thread_time() - self.began


class stand_ins:
    """A context: small modules in the place of large ones that the program has not imported, or is importing just now."""

    def __enter__(self):
        made = {"threading": module("threading", RLock=RLock),
                "platform": module("platform", machine=lambda: os.uname().machine),
                "importlib.resources": module("importlib.resources", files=resources, as_file=as_file)}
        self.placed = {name: stand_in for name, stand_in in made.items() if not imported(name)}
        self.hidden = {name: sys.modules[name] for name in self.placed if name in sys.modules}
        sys.modules.update(self.placed)

    def __exit__(self, *raised):
        for name, stand_in in self.placed.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]
        sys.modules.update(self.hidden)


def imported(name):
    """Whether the program has a module, to its end."""
    found = sys.modules.get(name)
    return found is not None and not getattr(getattr(found, "__spec__", None), "_initializing", False)


class quietly:
    """A context: no warnings are shown or raised, and no garbage is collected; Python's own filters get one row for as long."""

    def __enter__(self):
        import _warnings
        self.filters = getattr(sys.modules.get("warnings"), "filters", _warnings.filters)
        self.row = ("ignore", None, Warning, None, 0)
        self.collecting = gc.isenabled()
        self.filters.insert(0, self.row)
        gc.disable()

    def __exit__(self, *raised):
        if self.collecting:
            gc.enable()
        for number, other in enumerate(self.filters):
            if other is self.row:
                del self.filters[number]
                break


def load(name):
    """One of the compiler's modules, by its full name."""
    __import__(name)
    return sys.modules[name]


def each(*names):
    """Loads modules as a guest; all of them."""
    with counted(), quietly(), as_guest():
        made = [load(name) for name in names]
    last()
    return made


def imports(*names):
    """The same; the last one."""
    return each(*names)[-1]


def last():
    """What has been imported just now stays."""
    from framejit import _machine
    _machine.guest_lasts()


def library():
    """Where llvmlite's library lies; None where it lies elsewhere."""
    found = PathFinder.find_spec("llvmlite", PATH)
    for folder in found.submodule_search_locations or () if found is not None else ():
        path = os.path.join(folder, "binding", "libllvmlite.so")
        if os.path.exists(path):
            return path
    return None


def open_library():
    """Has llvmlite's library loaded by a thread that needs no Python."""
    with original_builtins():
        path = library() if "llvmlite.binding" not in sys.modules else None
        if path is not None:
            from framejit import _machine
            _machine.worker_open(path)


class NotNow(Exception):
    """The program is importing what llvmlite needs, too."""


def load_whole(before):
    """llvmlite without stand-ins; `before`: the modules that were there."""
    halves = [name for name in before if name in sys.modules and not imported(name)]
    forget_llvmlite(before)
    try:
        load("llvmlite.binding")
    except Exception as error:
        forget_llvmlite(before)
        if halves:
            raise NotNow(", ".join(halves)) from error
        raise
    finally:
        if "threading" not in before:       # made while signals wait, it takes no thread for the main one: not the program's
            sys.modules.pop("threading", None)


def forget_llvmlite(before):
    """What has been imported of it is imported again."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "llvmlite" and name not in before]:
        del sys.modules[name]


def backend():
    """Loads llvmlite as a guest."""
    before = set(sys.modules)
    open_library()                      # while Python's part of it is imported
    with counted(), quietly(), as_guest():
        try:
            with stand_ins():
                load("llvmlite.binding")
        except Exception:       # an llvmlite that asks for more than the stand-ins have; half-made modules of the program's
            load_whole(before)
    last()
