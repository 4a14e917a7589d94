"""What earlier exits taught about a region: types at sites, overflows, shapes of loop headers."""

from framejit.bytecode.liveness import live_locals


class Hints:
    """Kept per code object and entry offset, across compilations.

    sites: (unit, part) -> types seen there, oldest first.  shapes: unit -> shapes that versions there begin with.
    """

    def __init__(self):
        self.sites = {}
        self.shapes = {}
        self.lists = {}         # unit of a BUILD_LIST of nothing -> kind of the first number that is appended
        self.constants = {}     # kind -> constants that its raw lists hold
        self.restarts = 0
        self._live = None

    def saw(self, site, type):
        """Note a type; True if that is news."""
        known = self.sites.setdefault(site, [])
        if type in known:
            return False
        known.append(type)
        return True

    def live_locals(self, bytecode):
        """Liveness, computed once for all attempts."""
        if self._live is None:
            self._live = live_locals(bytecode)
        return self._live

    def begin(self):
        """A new capture: shapes are found anew, since sites may have changed."""
        self.shapes.clear()
        self.restarts = 0
