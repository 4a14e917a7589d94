"""Reductions along the last axis that are part of expressions: what feeds them and what they feed goes row by row through all of it.

    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)            one walk over the rows; neither of the names is ever an array

An `Along` term is a reduction that hasn't been computed, one element of each row.  A chain consists of stages (ext/nest_chain.c): nests over
whole rows, nests over one element of each row, reductions, products of matrices (products.py).  What a stage computes depends on no reductions and
products but those before it (`levels`).
"""

from framejit.capture import expressions, values as v
from framejit.capture.products import Product
from framejit.capture.terms import EACH_ROW, EVERY, NONE, Term, ordered
from framejit.loops.nests import MOST_OPERANDS, MOST_RANK, MOST_STEPS
from framejit.tables.classes import numpys
from framejit.tables.elementwise import CAST
from framejit.tables.reductions import PRODUCT, REDUCTIONS, most

MOST_VALUES = 64        # ext/nest_chain.h


class Along(Term):
    """A term that is reduced along its last axis, which stays; `asked`: as array_calls.Asked has it; `elements`: their kind before they were
    converted; an average divides by so many `less` than there are."""

    __slots__ = ("asked", "limit", "less")

    def __init__(self, term, asked, elements, less=0):
        super().__init__(term.kind, "along", [term])
        self.asked = asked
        self.limit = most(REDUCTIONS[asked.row.name], elements)
        self.less = less
        self.levels = term.levels + 1
        self.reach = EACH_ROW


class Given:
    """Stands for a value of another stage among the operands of a nest, as a node and as the array that has it."""

    contiguous = True

    def __init__(self, term, ndim):
        self.term, self.ndim, self.node = term, ndim, self


# ---- reductions that wait

def can_wait(machine, asked):
    """Whether a reduction at hand can be part of an expression."""
    if asked is None or machine.unseen or expressions.are_apart(machine) or expressions.begins_anew(machine, asked.arrays[:1]):
        return False
    value = asked.arrays[0]
    return asked.keepdims and not asked.given and value.ndim > 1 and asked.axes == 1 << (value.ndim - 1) and reaches_all(value)


def reaches_all(value):
    return value.__class__ is v.Array or value.term.name is not None and value.target is None and value.term.reach == EVERY


def waits(machine, asked):
    """The reduction takes the place of the call's stack entries."""
    value, kind = asked.arrays[0], asked.kind()
    expressions.begun(machine, [value])
    put(machine, asked, Along(expressions.converted(machine, value, kind), asked, value.kind))


def spread_waits(machine, asked, less, root):
    """The same of a variance, or its root, as NumPy computes it: of the squares of what the mean leaves."""
    value, kind = asked.arrays[0], asked.kind()
    expressions.begun(machine, [value])
    term = expressions.converted(machine, value, kind)
    left = Term(kind, "subtract", [term, Along(term, asked, value.kind)])
    found = Along(Term(kind, "square", [left]), asked, kind, less)
    put(machine, asked, Term(kind, "sqrt", [found]) if root else found)


def put(machine, asked, term):
    value = asked.arrays[0]
    made = v.Fused(term.kind, value.ndim, term, *expressions.kept(machine, [value]))
    machine.popn(asked.popped)
    machine.push(made)


def any_waits(machine):
    return any([value.__class__ is v.Fused and value.term.levels > 0 for value in machine.state.stack])


# ---- their arrays

def single(machine, term):
    """The node of one array, or of NULL."""
    if term.__class__ is not Along or term.levels > 1 or term.less:
        return computed(machine, [term])[0]
    reduced = term.args[0]
    nest, nodes = expressions.nest_of(reduced if reduced.name else Term(term.kind, CAST, [reduced]))
    node = machine.emit("nest_along", *nodes, attr=(machine.graph.nest(nest), term.limit, term.asked.attr()))
    if machine.routine is not None:
        expressions.soon_done(machine, machine.emit("number"), term)
    return node


def computed(machine, terms):
    """The nodes of the arrays that these terms are; leaves where they have to be computed one by one."""
    attr, nodes = Chain(machine, terms).build()
    return expressions.given_by(machine, machine.emit("nest_chain", *nodes, attr=attr), [len(nodes) + place for place in range(len(terms))], terms)


def apart(machine):
    """In the next attempt nothing waits that begins here."""
    machine.hints.saw((machine.landing, expressions.APART), numpys("ndarray"))
    machine.restart()


class Chain:
    """The stages that compute some terms."""

    def __init__(self, machine, terms):
        self.machine, self.terms = machine, terms
        self.parts = ordered(*terms)
        self.operands, self.nodes, self.place = [], [], {}
        self.values, self.stages, self.number = [], [], {}          # number: identity of a term that is a value -> its number
        self.wanted = {id(term) for term in terms}          # what other stages than their own read, or what is given
        for term in self.parts:
            self.wanted |= {id(arg) for arg in term.args if arg.name is not None and arg.reach != NONE and (term.__class__ is Along or stage(arg) != stage(term))}

    def build(self):
        """(the attribute of the operation, its operands' nodes): axes, operands, values, stages, values that are given."""
        for level in range(max([term.levels for term in self.terms]) + 1):
            for one in ((level, EACH_ROW, True), (level, EVERY, True), (level, EACH_ROW, False), (level, EVERY, False)):
                wanted = [term for term in self.parts if term.name is not None and stage(term) == one and id(term) in self.wanted]
                for term in wanted if one[2] else ():
                    self.stages.append(self.multiplied(term) if one[1] == EVERY else self.reduced(term))
                if wanted and not one[2]:
                    self.computed(wanted)
        results = tuple([self.number[id(term)] for term in self.terms])
        if len({*results}) < len(results) or len(self.values) > MOST_VALUES or len(self.operands) >= MOST_OPERANDS:
            apart(self.machine)
        rank = max([abs(rank) for _, rank in self.operands])
        return (rank, tuple(self.operands), tuple(self.values), tuple(self.stages), results, self.moving(rank)), self.nodes

    def moving(self, rank):
        """The axis of rows that blocks of them go along: one that no right operand of a product has; -1: there is no product.
        What has more axes than a product is apart."""
        products = [term for term in self.parts if term.__class__ is Product]
        free = [term.axes.free() for term in products]
        common = {*range(MOST_RANK)}.intersection(*free)
        if not common or any([len(term.axes.left) + 1 != rank for term in products]):
            apart(self.machine)
        return max(common) if free else -1

    def reduced(self, term):
        return (term.asked.row.name, term.limit, term.less), (self.taken(term.args[0]),), (self.value(term),), True

    def multiplied(self, term):
        left, right = term.args
        self.machine.graph.products += 1
        takes = ~self.number[id(left)] if term.inner else self.operand(left.array.node, left.kind, -left.array.ndim, term), self.operand(right.array.node, right.kind, -right.array.ndim, term)
        return (PRODUCT, *term.axes, term.inner), takes, (self.value(term),), False

    def computed(self, wanted):
        """A nest that gives these terms."""
        copies, leaves = {}, {}
        nest, nodes, places = expressions.nest_of_all(self.machine, [self.own(term, copies, leaves) for term in wanted])
        if len(nest.operands) > MOST_OPERANDS or len(nest.steps) > MOST_STEPS:
            apart(self.machine)
        given = dict(zip(places, [self.value(term) for term in wanted]))
        more = len(nest.results)
        takes = [self.read(node, operand) for node, operand in zip(nodes[:len(nodes) - more], nest.operands)] + [~given[place] for place in range(more)]
        self.stages.append((self.machine.graph.nest(nest), tuple(takes), tuple([given[place] for place in sorted(given)]), wanted[0].reach == EACH_ROW))

    def own(self, term, copies, leaves):
        """A term as this stage computes it, what it has from others replaced."""
        if id(term) not in copies:
            args = []
            for arg in term.args:
                if arg.name is None:
                    args.append(arg)
                elif arg.reach == NONE or stage(arg) == stage(term):
                    args.append(self.own(arg, copies, leaves))
                else:
                    args.append(self.leaf(arg, term, leaves))
            copies[id(term)] = Term(term.kind, term.name, args)
        return copies[id(term)]

    def leaf(self, arg, term, leaves):
        """What stands for a value of another stage."""
        if id(arg) not in leaves:
            leaves[id(arg)] = Term(arg.kind, array=Given(arg, 1 if term.reach == EACH_ROW else rank(term)))
        return leaves[id(arg)]

    def read(self, node, operand):
        """Number of an operand of the chain, or ~number of a value."""
        return ~self.number[id(node.term)] if node.__class__ is Given else self.operand(node, operand.kind, operand.rank)

    def taken(self, term):
        return ~self.number[id(term)] if term.name is not None else self.operand(term.array.node, term.kind, term.array.ndim)

    def operand(self, node, kind, rank, product=None):
        """Its number; of a product's, which is walked in its own way, the rank is negative."""
        number = self.place.setdefault((id(node), kind, product and (id(product), len(self.operands))), len(self.operands))
        if number == len(self.operands):
            self.operands.append((kind, rank))
            self.nodes.append(node)
        return number

    def value(self, term):
        self.number[id(term)] = len(self.values)
        self.values.append((term.kind, term.reach == EACH_ROW))
        return len(self.values) - 1


def stage(term):
    return term.levels, term.reach, term.__class__ is not Term


def rank(term):
    return max([part.array.ndim for part in ordered(term) if part.array is not None])


__all__ = ["any_waits", "can_wait", "computed", "single", "spread_waits", "waits"]
