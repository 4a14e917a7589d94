"""What earlier exits taught about a region: types at sites, overflows, shapes of loop headers."""


class Hints:
    """Kept per code object and entry offset, across compilations.

    sites: (unit, part) -> types seen there, oldest first.  headers: loop header -> shapes to begin with.
    avoid: (unit, kind) pairs whose fast path kept leaving.
    """

    def __init__(self):
        self.sites = {}
        self.headers = {}
        self.avoid = set()
        self.restarts = 0

    def saw(self, site, type):
        """Note a type; True if that is news."""
        known = self.sites.setdefault(site, [])
        if type in known:
            return False
        known.append(type)
        return True

    def begin(self):
        """A new capture: header shapes are found anew, since sites may have changed."""
        self.headers.clear()
        self.restarts = 0
