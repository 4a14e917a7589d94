"""How a block, an attempt, and the capture of a region end before their time."""

ABANDONED = -2, 0, -1, -1, 0, -1        # an exit's call: of the routines that have left nothing goes on (ext/callees.c)


class Unsupported(Exception):
    """This region can't be captured: `name` is a row of tables/breaks.py."""

    def __init__(self, name, unit=-1, detail=""):
        super().__init__(name, unit, detail)
        self.name = name
        self.unit = unit
        self.detail = detail


class NotYet(Exception):
    """Capturing takes longer than what is captured has run for: when that has run for longer it may be worth it."""


class Restart(Exception):
    """Something was learned that the beginning of the capture must know."""


class Again(Exception):
    """The same of one routine, which nothing outside it has called yet."""


class NotNative(Exception):
    """This function can't be called natively; the message says why."""


class BlockEnds(Exception):
    """The current block has its end: the walk goes on with the next block version."""
