"""Products of matrices that are part of expressions, under `fastmath`: what `np.einsum` is told is BLAS's work then, and what goes on with it goes row by row.

    s = np.einsum('btnh,bsnh->btns', q, k)
    e = np.exp(s - s.max(axis=-1, keepdims=True))                               s is never an array: blocks of its rows are
    return np.einsum('btns,bsnh->btnh', e / e.sum(axis=-1, keepdims=True), v)

A `Product` term is one that hasn't been computed: a stage of a chain (chains.py, ext/nest_product.c).  Its left operand has an axis for each axis of the
result but the last, which the right one has; both have the one that is summed over.  The left one may be an expression with such rows: then the result ends it.
"""

from typing import NamedTuple

from framejit.capture import expressions, values as v
from framejit.capture.terms import EVERY, Term
from framejit.loops import ufuncs
from framejit.loops.nests import MOST_RANK
from framejit.tables.reductions import FLOATS, PRODUCT


class Axes(NamedTuple):
    """Of the operands, for each axis of the result but the last: which is walked with it, -1: none; the ones that are summed over; the right one's that is the
    result's last."""

    left: tuple
    right: tuple
    left_summed: int
    right_summed: int
    right_last: int

    def free(self):
        """Axes of the result that the right operand hasn't."""
        return {place for place, axis in enumerate(self.right) if axis < 0}


class Product(Term):
    __slots__ = ("axes", "inner")

    def __init__(self, left, right, axes):
        super().__init__(left.kind, PRODUCT, [left, right])
        self.axes, self.inner = axes, left.name is not None
        self.levels = left.levels + 1
        self.reach = EVERY


# ---- what einsum is told

def letters_of(subscripts):
    """Letters of both operands and of the result, or None."""
    operands, arrow, result = [part.replace(" ", "") for part in subscripts.partition("->")]
    parts = operands.split(",")
    if len(parts) != 2 or not all([not part or part.isascii() and part.isalpha() for part in (*parts, result)]):
        return None
    if not arrow:
        result = "".join(sorted([letter for letter in {*operands} - {","} if operands.count(letter) == 1]))
    return (*parts, result) if all([len({*part}) == len(part) for part in (*parts, result)]) else None


def axes_of(left, right, result):
    """(whether the operands change places, their axes) of a product of matrices, or None."""
    summed = {*left} & {*right} - {*result}
    if not 2 <= len(result) <= MOST_RANK or len(summed) != 1 or not {*result} <= {*left} | {*right}:
        return None
    turned = result[-1] not in right
    first, second = (right, left) if turned else (left, right)
    rows, inner = result[:-1], summed.pop()
    if {*first} != {*rows, inner} or not {*second} <= {*result, inner}:
        return None
    axes = Axes(tuple([first.index(letter) for letter in rows]), tuple([second.find(letter) for letter in rows]), first.index(inner), second.index(inner), second.index(result[-1]))
    return (turned, axes) if axes.free() else None


def at_hand(machine, instruction):
    """(left operand, right operand, axes) of a call at hand, or None."""
    found = expressions.called(machine, instruction) if machine.fastmath and not instruction.arg[1] else None
    if found is None or found[1] or len(found[2]) != 3 or ufuncs.dispatched(found[0]) != "einsum" or expressions.are_apart(machine) or machine.unseen:
        return None
    subscripts, *operands = found[2]
    if subscripts.__class__ is not v.Const or type(subscripts.value) is not str or not all([expressions.is_whole(one) for one in operands]):
        return None
    letters = letters_of(subscripts.value)
    if letters is None or [len(part) for part in letters[:2]] != [one.ndim for one in operands] or operands[0].kind != operands[1].kind or operands[0].kind not in FLOATS:
        return None
    axes = axes_of(*letters)
    return None if axes is None else (*(reversed(operands) if axes[0] else operands), axes[1])


# ---- products that wait

def is_part(machine, instruction):
    """Whether a call at hand is of one whose operands are as they have to be."""
    found = at_hand(machine, instruction)
    if found is None:
        return False
    left, right, axes = found
    ready = left.__class__ is v.Array or follows(left, axes)
    return ready and right.__class__ is v.Array and not expressions.begins_anew(machine, [left, right])


def follows(left, axes):
    """Whether an expression's rows are what is summed over."""
    last = left.ndim - 1
    return left.term.levels > 0 and left.target is None and left.term.reach == EVERY and axes.left == tuple(range(last)) and axes.left_summed == last


def called(machine, instruction):
    """Whether a call was taken."""
    if at_hand(machine, instruction) is None:
        return False
    if machine.pending and not is_part(machine, instruction):
        expressions.settle(machine, instruction)
    if not is_part(machine, instruction):
        return False
    left, right, axes = at_hand(machine, instruction)
    expressions.begun(machine, [left, right])
    terms = [one.term if one.__class__ is v.Fused else Term(one.kind, array=one) for one in (left, right)]
    made = v.Fused(left.kind, len(axes.left) + 1, Product(*terms, axes), *expressions.kept(machine, [left, right]))
    machine.popn(instruction.arg[0] + 2)
    machine.push(made)
    return True


def any_ends(machine):
    """Whether something on the stack has to be computed as it is: its rows are others than those of what it was made of."""
    return machine.fastmath and any([value.__class__ is v.Fused and value.term.__class__ is Product and value.term.inner for value in machine.state.stack])


__all__ = ["Product", "any_ends", "called", "is_part"]
