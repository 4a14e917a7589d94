"""What of a nest NumPy would compute for fewer elements: np.exp(row) * matrix is exp over the row, then a product of the matrix.

    parted(nest)   ->   Parted(main, parts, takes), or None: nothing of it has fewer axes and calls NumPy's loops

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
    ranks, calls = shapes(nest, is_register)
    last, count = len(ranks) - 1, len(nest.operands)
    if ranks[last] < nest.rank:
        return None
    borders = {one for value in range(count, last + 1) if ranks[value] == nest.rank
               for one in nest.steps[value - count].args if one >= count and 0 < ranks[one] < nest.rank and calls[one]}
    if not 0 < len(borders) <= MOST_PARTS:
        return None
    borders = sorted(borders)
    main, takes = below(nest, last, {value: place for place, value in enumerate(borders)})
    return Parted(main, takes, tuple([below(nest, value, {}) for value in borders]))


def shapes(nest, is_register):
    """(axes of each value, whether a loop of NumPy's was called for it)"""
    ranks, calls = [operand.rank for operand in nest.operands], [False] * len(nest.operands)
    for number, step in enumerate(nest.steps, len(nest.operands)):
        ranks.append(max([ranks[one] for one in step.args]))
        calls.append(not is_register(nest, number) or any([calls[one] for one in step.args]))
    return ranks, calls


def below(nest, value, parts):
    """(the nest that computes a value, what its operands are); `parts`: values that are given -> their numbers."""
    count, needed, waiting = len(nest.operands), set(), [value]
    while waiting:
        one = waiting.pop()
        if one not in needed:
            needed.add(one)
            waiting += nest.steps[one - count].args if one >= count and one not in parts else ()
    given = [one for one in sorted(needed) if one < count or one in parts]
    steps = [one for one in sorted(needed) if one >= count and one not in parts]
    ranks = shapes(nest, lambda nest, number: True)[0]
    place = {one: number for number, one in enumerate([*given, *steps])}
    operands = [nest.operands[one] if one < count else Operand("array", nest.kind_of(one), ranks[one]) for one in given]
    made = [nest.steps[one - count]._replace(args=tuple([place[arg] for arg in nest.steps[one - count].args])) for one in steps]
    return Nest(operands, made), tuple([one if one < count else ~parts[one] for one in given])


__all__ = ["MOST_PARTS", "Parted", "parted"]
