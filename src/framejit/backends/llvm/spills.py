"""Exits as data: which raw values an exit hands over, and its recipe as words (tables/recipes.py).

    Exit(locals=[(2, ("INT", %7))], stack=[("CONST", 4)])  ->  spills [iterations, %7], words [unit, 1, 2, 3, 1, …]
"""

from framejit.graph.nodes import Node
from framejit.tables.recipes import CODE, FACT


class Spills:
    """Spill slots of one exit; slot 0 is the iteration count."""

    def __init__(self, exit):
        self.nodes = [exit.iterations]
        self.index = {}
        self.observed = -1 if exit.observed is None else self.slot(exit.observed)
        self.words = self.recipe(exit)

    def slot(self, node):
        key = (node.op, node.type, repr(node.attr)) if node.op == "const" else id(node)
        found = self.index.get(key)
        if found is None:
            found = self.index[key] = len(self.nodes)
            self.nodes.append(node)
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
