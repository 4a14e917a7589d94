"""min and max of numbers of which some are NumPy's scalars, or ints and floats.

    score[i, j] = max(score[i - 1, j - 1] + same, score[i - 1, j] - 1, 0)

They give back the very object: where that can be noticed, or the kinds differ, the paths go on apart, each with the value that won.
"""

from framejit.capture import numbers, scalar_kinds, scalar_rules, tuples, values as v
from framejit.capture.choices import chosen, of_one_list
from framejit.capture.ends import BlockEnds
from framejit.capture.forgotten import follow_choice
from framejit.capture.scalar_ufuncs import mixed_numbers
from framejit.graph.nodes import Terminator

EXACT = 1 << 53         # integers up to this one are floats
ALIKE = {"float": "f64", "float64": "f64", "int": "i64", "int64": "i64"}      # kinds whose numbers are compared as they stand

# calls of min and max in one region whose outcomes go on apart (the paths multiply): of one kind, of two
MOST_SITES = {True: 1, False: 4}


def extremum(symbol):
    """min and max give back the very object: where that can be noticed, the paths go on apart, each with the value
    that won.  Beyond MOST_SITES numbers of one kind are chosen by value."""

    def row(machine, arguments, instruction):
        found = mixed_numbers(machine, arguments)
        if found is None or len(found) < 2 or instruction is None or machine.splits(instruction):
            return None
        if len(found) > 2:
            return of_several(machine, symbol, found, instruction)
        first, second = found
        alike = first.kind == second.kind
        boxed = alike and first.box is not None and second.box is not None
        apart = not alike or not boxed and any(held(machine, value) for value in found)
        if apart and not may_split(machine, instruction, alike):
            apart = False
            if not alike:
                return None
        wins = compare(machine, symbol, second, first)
        if wins is None:
            return None
        if not apart:
            second, first = machine.identified((second, first), instruction)
            made = chosen(machine, wins, second, first)
            follow_choice(machine, made, wins, second, first, instruction)
            return made
        continue_with(machine, instruction, wins, arguments[1], arguments[0])

    return row


def of_several(machine, symbol, found, instruction):
    """More than two, of one kind or of two that are compared as they stand: the best of each kind so far, and whether the best of all is of the second one."""
    kinds = list(dict.fromkeys([value.kind for value in found]))
    raw = [as_it_stands(machine, value, found) for value in found]
    if len(kinds) > 2 or len(kinds) == 2 and (None in raw or not may_split(machine, instruction, False)):
        return None
    if len(kinds) == 1 and compare(machine, symbol, found[1], found[0]) is None:
        return None
    found = of_one_list(machine, machine.identified(tuple(found), instruction))
    best, leader, second = {found[0].kind: found[0]}, raw[0], machine.const("i1", False)
    for value, node in zip(found[1:], raw[1:]):
        known = best.get(value.kind)
        wins = compare(machine, symbol, value, known) if len(kinds) == 1 else compare(machine, symbol, node, leader)
        if known is None:
            best[value.kind] = value
        else:
            best[value.kind] = chosen(machine, wins, value, known)
            follow_choice(machine, best[value.kind], wins, value, known, instruction)
        if len(kinds) == 2:
            leader = v.Num(leader.kind, machine.emit("select", wins, node.node, leader.node))
            second = machine.emit("select", wins, machine.const("i1", value.kind == kinds[1]), second)
    if len(kinds) == 2:
        continue_with(machine, instruction, second, best[kinds[1]], best[kinds[0]])
    return best[kinds[0]]


def as_it_stands(machine, value, found):
    """The number as Python's of the machine type that all of them are compared in, or None; beside NumPy's floats an integer is one of these, rounded
    as NumPy does, beside Python's a constant that is one exactly."""
    types = {ALIKE.get(other.kind) for other in found}
    if len(types) == 1 and None not in types:
        return v.Num("float" if types == {"f64"} else "int", value.node)
    kinds = {other.kind for other in found}
    constant = value.kind == "float" or value.node.op == "const" and abs(value.node.attr) < EXACT
    if kinds != {"int", "float64"} and (kinds != {"int", "float"} or not constant):
        return None
    return v.Num("float", scalar_kinds.as_double(machine, value))


def held(machine, value):
    """Whether something besides its place on the stack knows this number's object."""
    state = machine.state
    known = [*state.locals, *state.names, *[item for entry in state.values() if entry.__class__ is v.Tup for item in entry.items]]
    return value.box is not None or any(entry is value for entry in known) or sum(entry is value for entry in state.stack) > 1


def may_split(machine, instruction, alike):
    """Whether this call is among the first of its sort."""
    sites = machine.__dict__.setdefault("extremum_sites", {True: set(), False: set()})[alike]
    if len(sites) < MOST_SITES[alike]:
        sites.add(instruction.unit)
    return instruction.unit in sites


def compare(machine, symbol, left, right):
    """i1, or None."""
    if left.kind in scalar_kinds.WEAK and right.kind in scalar_kinds.WEAK:
        return numbers.compare(machine, symbol, left, right)
    found = scalar_rules.compare(machine, symbol, left, right)
    return None if found is None else found.node


def continue_with(machine, instruction, condition, if_true, if_false):
    """The call is done, with one result or the other; the block ends here."""
    count = instruction.arg[0] + 2
    states = []
    for value in (if_true, if_false):
        state = machine.state.copy()
        del state.stack[-count:]
        state.stack.append(value)
        states.append((instruction.next, state))
    if condition.op == "const":
        machine.branch(condition, *states)
    else:
        machine.end("branch", (condition,), [kept_on_the_way(machine, *way) for way in states])
    raise BlockEnds


def kept_on_the_way(machine, unit, state):
    """(block, arguments) of a way on which the result's own home keeps what an argument's home, higher on the stack, has kept."""
    from framejit.capture.handlers.stack import is_loose
    value = state.stack[-1]
    if not is_loose(machine, value):
        return machine.enter(unit, state)
    with tuples.on_the_way(machine, unit, state) as between:
        home = len(state.locals) + len(state.stack) - 1
        machine.emit("home_set", value.box, attr=(home, True), exit=machine.exit("home"))
        between.end = Terminator("jump", targets=[machine.enter(unit, state)], line=machine.line())
    return between, []


__all__ = ["extremum", "of_several"]
