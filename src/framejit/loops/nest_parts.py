"""What of a nest NumPy would compute for fewer elements: np.exp(row) * matrix is exp over the row, then a product of the matrix; so may be
np.exp(column) * matrix, whatever the column's shape.

    parted(nest)   ->   Parted(main, parts, takes), or None: nothing of it may have fewer elements and calls NumPy's loops

The parts are nests of their own, whose results are operands of the main one.
"""

from typing import NamedTuple

from framejit.graph.nests import Nest, Operand

MOST_PARTS = 8          # ext/nest_parts.c


class Parted(NamedTuple):
    main: Nest
    takes: tuple        # operands of the main nest: numbers of the whole one's operands, and ~number of a part
    parts: tuple        # (nest, numbers of its operands in the whole one)


def parted(nest, is_register):
    """`is_register`: whether a step, by its number, is computed in registers."""
    known = known_of(nest, is_register)
    if known[-1].rank < nest.rank or nest.results:
        return None
    borders = borders_of(nest, known)
    if not 0 < len(borders) <= MOST_PARTS:
        return None
    main, takes = below(nest, len(known) - 1, {value: place for place, value in enumerate(borders)})
    return Parted(main, takes, tuple([below(nest, value, {}) for value in borders]))


class Known(NamedTuple):
    """Of a value: its axes, the arrays it depends on, whether a loop of NumPy's is called for it, or for what it is made of."""

    rank: int
    arrays: frozenset
    called: bool
    calls: bool


def known_of(nest, is_register):
    known = [Known(operand.rank, frozenset([number] if operand.form == "array" else ()), False, False) for number, operand in enumerate(nest.operands)]
    for number, step in enumerate(nest.steps, len(nest.operands)):
        args, called = [known[one] for one in step.args], not is_register(nest, number)
        known.append(Known(max([one.rank for one in args]), frozenset().union(*[one.arrays for one in args]), called, called or any([one.calls for one in args])))
    return known


def borders_of(nest, known):
    """The values that are parts: what has fewer axes where it meets the others, and among matrices what NumPy's loops compute of some of them, which
    may have an axis of length 1."""
    count, last, found, seen, waiting = len(nest.operands), len(known) - 1, set(), set(), [len(known) - 1]
    while waiting:
        value = waiting.pop()
        for one in nest.steps[value - count].args:
            if one < count or one in seen:
                continue
            seen.add(one)
            fewer = 0 < known[one].rank < nest.rank == known[value].rank and known[one].calls
            some = nest.rank > 1 and known[one].called and known[one].arrays and known[one].arrays != known[last].arrays
            if fewer or some:
                found.add(one)
            else:
                waiting.append(one)
    return sorted(found)


def made_of(nest, values, parts=()):
    """The numbers of these values and all that they are computed of; `parts`: values that are given."""
    count, found, waiting = len(nest.operands), set(), [*values]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += nest.steps[one - count].args if one >= count and one not in parts else ()
    return found


def below(nest, value, parts):
    """(the nest that computes a value, what its operands are); `parts`: values that are given -> their numbers.  The last value's has the nest's other results, too."""
    count, last = len(nest.operands), value == len(nest.operands) + len(nest.steps) - 1
    results = nest.results if last else {}
    needed = sorted(made_of(nest, [value, *results], parts))
    given = [*[one for one in needed if one < count or one in parts], *results.values()]
    steps = [one for one in needed if one >= count and one not in parts]
    known = known_of(nest, lambda nest, number: True)
    place = {one: number for number, one in enumerate([*given, *steps])}
    operands = [nest.operands[one] if one < count else Operand("array", nest.kind_of(one), known[one].rank) for one in given]
    operands = [one._replace(of=place[one.of]) if one.form == "result" else one for one in operands]
    made = [nest.steps[one - count]._replace(args=tuple([place[arg] for arg in nest.steps[one - count].args])) for one in steps]
    return Nest(operands, made, nest.rank if last else None), tuple([one if one < count else ~parts[one] for one in given])


__all__ = ["MOST_PARTS", "Parted", "below", "known_of", "made_of", "parted"]
