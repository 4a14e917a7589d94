"""The programs: name -> what runs, its arguments at a size, three sizes from small to large."""

from typing import Callable, NamedTuple


class Program(NamedTuple):
    function: Callable
    make: Callable          # (random generator, size) -> arguments; they may be changed
    sizes: tuple


def catalogue():
    """All programs of the modules beside this one, by name."""
    from benchmarks.numpy import finance, graphs, images, learning, physics, signals, small, solvers, sparse, statistics, stencils
    found = {}
    for module in (stencils, solvers, statistics, signals, physics, learning, finance, graphs, images, sparse, small):
        found |= module.PROGRAMS
    return found
