"""Generators that a loop walks over, of which only the iterator exists (capture/generated.py)."""

from framejit.capture.values import Value


class Generated(Value):
    """The generator of an expression that a loop walks over: what it runs, its cells, the iterator that it walks over, `site`: the unit that would have
    made its function, and that of its YIELD_VALUE.  `begun` (i1): whether it has given a value.  `holder`: the tuple (ptr) whose `count` items are what the generator's own variables keep alive, if there are such.
    `given`: what the loop takes next, between asking whether there is one and taking it."""

    __slots__ = ("runs", "cells", "iterator", "site", "begun", "holder", "count", "given")
    virtual = True

    def __init__(self, runs, cells, iterator, site, begun, holder=None, count=0):
        self.runs, self.cells, self.iterator, self.site = runs, tuple(cells), iterator, site
        self.begun, self.holder, self.count = begun, holder, count
        self.example = self.given = None

    def shape(self):
        return ("generated", self.runs, self.iterator.shape(), tuple([cell.shape() for cell in self.cells]), self.site, self.count)

    def parts(self):
        return (*self.iterator.parts(), *[part for cell in self.cells for part in cell.parts()], self.begun, *((self.holder,) if self.count else ()))


__all__ = ["Generated"]
