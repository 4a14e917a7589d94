"""What earlier exits taught about a region: types at sites, overflows, shapes of loop headers."""

from framejit.bytecode.liveness import live_locals, live_names


class Hints:
    """Kept per code object and entry offset, across compilations.

    sites: (unit, part) -> types seen there, oldest first.  shapes: unit -> shapes that versions there begin with.
    """

    def __init__(self):
        self.sites = {}
        self.shapes = {}
        self.lists = {}         # unit of a BUILD_LIST of nothing -> kind of the first number that is appended
        self.real_pairs = set() # units of calls of zip and enumerate that have to make objects
        self.constants = {}     # kind -> constants that its raw lists hold
        self.restarts = 0
        self.blocks = 0         # of all attempts so far
        self._tried = {}        # unit -> shapes that attempts of this capture have learned
        self._live = {}         # names -> masks

    def saw(self, site, type):
        """Note a type; True if that is news."""
        known = self.sites.setdefault(site, [])
        if type in known:
            return False
        known.append(type)
        return True

    def live(self, bytecode, count, names):
        """unit -> mask of the `count` locals, and above them the names, that are still read; computed once for all attempts."""
        key = tuple(names)
        if key not in self._live:
            locals, names = live_locals(bytecode), live_names(bytecode, names)
            self._live[key] = {unit: locals[unit] | names[unit] << count for unit in locals}
        return self._live[key]

    def begin(self):
        """A new capture."""
        self.restarts = self.blocks = 0

    def forget_shapes(self):
        """A capture ends: they name the program's objects, and sites may have changed before the next one."""
        self.shapes.clear()
        self._tried.clear()

    def is_new(self, unit, shape):
        """Whether no attempt of this capture has learned this shape yet: two that take each other's place would go on for ever."""
        tried = self._tried.setdefault(unit, [])
        if shape in tried:
            return False
        tried.append(shape)
        return True
