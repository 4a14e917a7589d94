"""Exits as data: which raw values an exit hands over, and its recipe as words (tables/recipes.py).

    Exit(locals=[(2, ("INT", %7))], stack=[("CONST", 4)])  ->  spills [iterations, %7], words [unit, 1, 2, 3, 1, …]
"""

from framejit.graph.nodes import Node
from framejit.tables.recipes import CODE, FACT


BEHIND = {"c128": (None,)}


class Spills:
    """Spill slots of one exit; slot 0 is the iteration count, those of `common` follow it.  None: the slot before has two words."""

    def __init__(self, exit, common=()):
        self.nodes = [exit.iterations]
        self.index = {}
        self.common = common
        for node in common:
            self.slot(node)
        self.own = len(self.nodes)      # the first slot of what the exit stores for itself
        self.observed = -1 if exit.observed is None else self.slot(exit.observed)
        self.words = self.recipe(exit)

    def slot(self, node):
        key = key_of(node)
        found = self.index.get(key)
        if found is None:
            found = self.index[key] = len(self.nodes)
            self.nodes += [node, *BEHIND.get(node.type, ())]
        return found

    def recipe(self, exit):
        words = [exit.unit, len(exit.locals)]
        for slot, expression in exit.locals:
            words.append(slot)
            self.add(words, expression)
        words.append(len(exit.stack))
        for expression in exit.stack:
            self.add(words, expression)
        words.append(len(exit.names))
        for cell, expression in exit.names:
            words.append(cell)
            self.add(words, expression)
        words.append(len(exit.facts))
        for fact in exit.facts:
            words.append(FACT[fact[0]])
            words += [self.slot(part) if part.__class__ is Node else part for part in fact[1:]]
        return words

    def add(self, words, expression):
        words.append(CODE[expression[0]])
        for part in expression[1:]:
            if part.__class__ is Node:
                words.append(self.slot(part))
            elif part.__class__ is tuple:
                self.add(words, part)
            else:
                words.append(part)


def key_of(node):
    """Equal for what needs only one slot."""
    return (node.op, node.type, repr(node.attr)) if node.op == "const" else id(node)


ALONE = {"poll", "callout", "miss"}     # kinds of exits that store for themselves, or nothing
OPEN = 4                                # tails that an exit is tried with
PRICE = 3                               # stores that a jump to a tail costs


class Tail:
    """Exits that store much the same, and then go on in one block; `common`: {key: node}."""

    def __init__(self, wanted):
        self.exits = []
        self.common = wanted

    def saving(self, wanted):
        """How many stores it saves if an exit that wants these joins."""
        before, after = len(self.common), sum(key in wanted for key in self.common)
        count = len(self.exits)
        return count * after - (count - 1) * before - PRICE

    def join(self, exit, wanted):
        self.exits.append(exit)
        self.common = {key: node for key, node in self.common.items() if key in wanted}


def shared(exits):
    """(Spills by exit number, the tails that several exits share)."""
    tails, found, made = [], {}, {exit: Spills(exit) for exit in exits}
    for exit in exits:
        if exit.kind in ALONE:
            continue
        wanted = {key_of(node): node for node in made[exit].nodes[1:] if node is not None}
        best = max(tails[-OPEN:], key=lambda tail: tail.saving(wanted), default=None)
        if best is None or best.saving(wanted) <= 0:
            best = Tail(wanted)
            tails.append(best)
        best.join(exit, wanted)
    tails = [tail for tail in tails if len(tail.exits) > 1]
    for tail in tails:
        found |= {exit: tuple(tail.common.values()) for exit in tail.exits}
    return [Spills(exit, found[exit]) if exit in found else made[exit] for exit in exits], tails
