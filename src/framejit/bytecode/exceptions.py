"""The exception table of a code object: which handler a unit has.

The table is a row of variable-length integers of six bits a byte, the first byte of an entry marked by bit 7:
start, length, target, depth * 2 + lasti, all in code units (CPython, Objects/exception_handling_notes.txt).
"""

from typing import NamedTuple


class Handler(NamedTuple):
    start: int      # first unit that it covers
    end: int        # first unit that it no longer covers
    target: int     # where it begins
    depth: int      # the stack is cut to this depth, then (if lasti) the raising unit and the exception are pushed
    lasti: bool

    @property
    def entry_depth(self) -> int:
        """The stack's depth at the target."""
        return self.depth + self.lasti + 1


def handlers(table: bytes) -> tuple[Handler, ...]:
    """The entries of `code.co_exceptiontable`, in order."""
    numbers = []
    value = 0
    for byte in table:
        value = value << 6 | byte & 63
        if not byte & 64:
            numbers.append(value)
            value = 0
    quads = zip(numbers[0::4], numbers[1::4], numbers[2::4], numbers[3::4])
    return tuple(Handler(start, start + size, target, depth >> 1, bool(depth & 1)) for start, size, target, depth in quads)
