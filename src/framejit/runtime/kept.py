"""Compiled code on disk: what LLVM has made of a text is found by any later process.

In: LLVM's text and the level it is to be compiled at.  Out: the object file, if one is kept that was made of this very text, by
this framejit and this LLVM, on this processor; the whole key stands in the file.  What a region means is decided by its text
alone, which is made anew in each process: stale code can't be found.  Files are read and written in C (ext/kept.c); whatever is
wrong with them or their folder, the program goes on without.
"""

import os
import sys
from os import fsencode

from framejit.report.records import RECORDS
from framejit.tables.classes import numpy_holds

NUMPYS = ("@fj_loop", "@fj_ufunc_", "@fj_vector_")     # texts with these names refer to NumPy's own functions
VERSION = sys.modules["framejit"].__version__
ALL = 1 << 62                           # no bound
CORE = "numpy._core._multiarray_umath"  # the module that knows what NumPy's loops are chosen by


def folder_of(settings, environment):
    """The folder's path, or None."""
    home, places = environment.get("HOME", ""), environment.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(places):
        places = os.path.join(home, ".cache") if os.path.isabs(home) else ""
    path = settings.cache_dir or places and os.path.join(places, "framejit")
    try:
        return fsencode(os.path.abspath(path)) if path else None
    except OSError:             # a relative path, and the folder that the process is in is gone
        return None


class Kept:
    """The folder of one user's kept code, as one process sees it."""

    def __init__(self, settings, environment, machine):
        self.machine = machine
        self.most = settings.cache_bytes
        self.folder = folder_of(settings, environment) if settings.cache and machine is not None else None
        self.why = "" if self.folder else "no folder for it" if settings.cache else "switched off"
        self.around = None      # what the key says beside the text
        self.bytes = None       # in the folder, since this process has looked

    def warm(self):
        """Whether anything was ever kept here."""
        return self.folder is not None and bool(self.machine.stamp(self.folder))

    def find(self, region, text, recipe):
        """(object file, seconds that making it took), or None."""
        if self.why:
            self.off()
            return None
        return self.read(region, self.key(text, recipe))

    def read(self, region, key, said=True):
        """The same of a key: (content, seconds), or None.  `said`: on record."""
        found = self.machine.kept_read(self.folder, key)
        if found is None:
            return None
        if type(found) is str:
            self.refuse(region, found)
            return None
        if said:
            RECORDS.event("kept_found", region=region, file=self.name(key), bytes=len(found[0]))
        return found[0], found[1] / 1e6

    def missing(self, region):
        """Nobody has left code of any level for this region."""
        if not self.why:
            RECORDS.event("kept_missing", region=region)

    def refuse(self, region, why):
        """What is on disk can't be used, or nothing can be left there."""
        RECORDS.event("kept_refused", region=region, why=why)

    def off(self):
        """Nothing is kept: said once."""
        if self.why != "said":
            RECORDS.event("kept_off", why=self.why)
            self.why = "said"

    def keep(self, region, text, recipe, made, seconds):
        """Leaves an object file for others, unless that can't be."""
        if not self.why:
            self.write(region, self.key(text, recipe), made, seconds)

    def write(self, region, key, made, seconds):
        """The same under a key."""
        problem = self.machine.kept_write(self.folder, key, made, int(seconds * 1e6))
        if problem is not None:
            self.refuse(region, problem)
            return
        RECORDS.event("kept_written", region=region, file=self.name(key), bytes=len(made))
        self.bytes = self.most if self.bytes is None else self.bytes + len(key) + len(made)
        if self.bytes >= self.most:
            found = self.machine.kept_trim(self.folder, self.most)
            self.bytes = found[1] if type(found) is tuple else 0

    # ---- keys

    def key(self, text, recipe):
        """All that decides the object file, as bytes; the text by its digest."""
        numpy = numpys() if any(name in text for name in NUMPYS) else "none"
        content = text.encode()
        return f"{self.begun()}code {recipe}\nnumpy {numpy}\ntext {self.machine.digest(content)} {len(content)}\n".encode()

    def begun(self):
        """What each key begins with."""
        if self.around is None:
            self.around = surroundings(self.machine)
        return self.around

    def name(self, key):
        return self.machine.digest(key)[:12]


def text(settings, environment, clear):
    """For the command line: the folder and what it holds, emptied before where that is asked for."""
    try:
        from framejit import _machine as machine
    except ImportError as error:
        return f"off      {error}"
    kept = Kept(settings, environment, machine)
    if kept.why:
        return f"off      {kept.why}"
    before = machine.kept_trim(kept.folder, ALL)
    found = machine.kept_trim(kept.folder, 0) if clear else before
    lines = [f"folder   {os.fsdecode(kept.folder)}"]
    if type(found) is str:
        return "\n".join([*lines, f"off      {found}" if kept.warm() else "entries  0", *([] if kept.warm() else ["bytes    0"])])
    lines += [f"removed  {before[0] - found[0]:,}"] if clear else []
    return "\n".join([*lines, f"entries  {found[0]:,}", f"bytes    {found[1]:,}"])


def surroundings(machine):
    """Lines that say who compiles, with what, and for which processor."""
    from framejit.runtime import guest
    sources = machine.sources(fsencode(os.path.dirname(os.path.dirname(__file__))))
    return (f"framejit {VERSION} {sources}\npython {machine.python()}\nllvm {machine.stamp(fsencode(guest.library() or ''))}\nsystem {machine.system()}\n"
            f"processor {machine.cpu().hex()}\n")


def numpys():
    """NumPy's version, and for which features of the processor its loops are."""
    features = vars(sys.modules.get(CORE, sys)).get("__cpu_features__")
    names = [name for name, there in features.items() if there is True] if type(features) is dict else ()
    version = numpy_holds("__version__")
    return f"{version if type(version) is str else ''} {' '.join(names)}"


__all__ = ["NUMPYS", "Kept", "folder_of", "numpys", "text"]
