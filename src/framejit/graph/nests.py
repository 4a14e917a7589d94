"""A nest: one elementwise expression over arrays and scalars, computed in one loop over all elements of the result.

    nest rank 1
        %0 = array float64 rank 1
        %1 = scalar float64
        %2 = multiply %0 %1 : float64
        %3 = exp %2 : float64
        give %3

Values are numbered: operands first, then steps in the order in which Python evaluates them.  A step is a ufunc of NumPy's
or a cast; its operands have the kinds that the ufunc's loop takes.  A nest that gives several arrays has `result`s behind
its operands, `%1 = result float64 rank 1 of %3`: where other values than the last one go.  Of a nest with parts that are kept while a
loop runs, `kept 1 rest 2 of 0 -1` says which nest computes the rest, of its own operands and the parts'.  `parse` reads what `show` writes;
loops/nests.py verifies and runs.
"""

from typing import NamedTuple


class Operand(NamedTuple):
    form: str           # "array", "scalar" or "result"
    kind: str           # a row of tables.types.KINDS, one of NumPy's
    rank: int = 0
    either: bool = False        # whether only functions of NumPy's are called with it, and its elements may lie in either direction
    of: int = -1        # of a result: the number of the value that it is


class Step(NamedTuple):
    name: str           # of a ufunc, or CAST
    args: tuple         # numbers of values
    kind: str           # of the result


class Rest(NamedTuple):
    """What is left of a nest whose other parts are kept while a loop runs (loops/invariants.py): they are more operands of the operation."""

    number: int         # of the nest that computes it
    takes: tuple        # its operands: numbers of the whole nest's, and ~number of a part
    parts: int


class Nest:
    """`rank`: the axes of the result, where that is stored into an array that may have more than the operands."""

    def __init__(self, operands, steps, rank=None, rest=None):
        self.operands = tuple(operands)
        self.steps = tuple(steps)
        self.rest = rest
        self.rank = max(operand.rank for operand in self.operands) if rank is None else rank

    @property
    def kind(self):
        """The result's."""
        return self.steps[-1].kind

    @property
    def results(self):
        """Of values that are given beside the last one: their numbers -> those of the operands that they are."""
        return {operand.of: number for number, operand in enumerate(self.operands) if operand.form == "result"}

    def kind_of(self, number):
        count = len(self.operands)
        return (self.operands[number] if number < count else self.steps[number - count]).kind

    def __eq__(self, other):
        return other.__class__ is Nest and (self.operands, self.steps, self.rank, self.rest) == (other.operands, other.steps, other.rank, other.rest)

    def __hash__(self):
        return hash((self.operands, self.steps, self.rank, self.rest))


def show(nest):
    lines = [f"nest rank {nest.rank}"]
    for number, operand in enumerate(nest.operands):
        rank = "" if operand.form == "scalar" else f" rank {operand.rank}{' either way' * operand.either}{f' of %{operand.of}' * (operand.form == 'result')}"
        lines.append(f"    %{number} = {operand.form} {operand.kind}{rank}")
    for number, step in enumerate(nest.steps, len(nest.operands)):
        lines.append(f"    %{number} = {step.name} {' '.join([f'%{one}' for one in step.args])} : {step.kind}")
    lines.append(f"    give %{len(nest.operands) + len(nest.steps) - 1}")
    if nest.rest is not None:
        lines.append(f"    kept {nest.rest.parts} rest {nest.rest.number} of {' '.join([str(one) for one in nest.rest.takes])}")
    return "\n".join(lines) + "\n"


def parse(text):
    operands, steps, left = [], [], None
    head, *lines = text.splitlines()
    for line in lines:
        words = line.split()
        if words[0] == "give":
            continue
        if words[0] == "kept":
            left = Rest(int(words[3]), tuple([int(word) for word in words[5:]]), int(words[1]))
            continue
        form, *rest = words[2:]
        if form == "result":
            operands.append(Operand(form, rest[0], int(rest[2]), False, int(rest[4][1:])))
        elif form in ("array", "scalar"):
            operands.append(Operand(form, rest[0], int(rest[2]) if form == "array" else 0, rest[3:] == ["either", "way"]))
        else:
            steps.append(Step(form, tuple([int(word[1:]) for word in rest[:-2]]), rest[-1]))
    return Nest(operands, steps, int(head.split()[2]), left)


__all__ = ["Nest", "Operand", "Rest", "Step", "parse", "show"]
