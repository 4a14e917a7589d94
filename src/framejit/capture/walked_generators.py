"""Generators that a loop walks over, of which only the iterator exists (capture/generated.py)."""

from framejit.capture.values import Value


class Generated(Value):
    """The generator of an expression that a loop walks over: what it runs, its cells, the iterator that it walks over, and the unit that would have
    made its function.  `given`: what the loop takes next, between asking whether there is one and taking it."""

    __slots__ = ("runs", "cells", "iterator", "site", "given")
    virtual = True

    def __init__(self, runs, cells, iterator, site):
        self.runs, self.cells, self.iterator, self.site = runs, tuple(cells), iterator, site
        self.example = self.given = None

    def shape(self):
        return ("generated", self.runs, self.iterator.shape(), tuple([cell.shape() for cell in self.cells]), self.site)

    def parts(self):
        return (*self.iterator.parts(), *[part for cell in self.cells for part in cell.parts()])


__all__ = ["Generated"]
