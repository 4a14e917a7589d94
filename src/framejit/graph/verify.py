"""Checks a graph independently of what made it.

The rule.  Every use is dominated by its definition; constants of either sort are global and stand in no block.
Operands and results have the types of the operation's row.  Whatever may leave carries an exit, nothing else does.
A jump's arguments match the target's parameters in number and type; only the entry has no predecessor, and it has no
parameters.  An exit's recipe obeys tables/recipes.py: each word has its operands, each spilled value the word's type,
each local is listed once at most and the whole stack of that unit is listed, bottom first.  A frameless graph changes
nothing; a routine knows no names and no world points, gives values of the types that it says, and begins with its arguments.

    verify(graph, bytecode)   ->   None, or raises Malformed("b3 %12 iadd: operand 1 is f64, not i64")
"""

from framejit.graph.dominators import dominators
from framejit.graph.nodes import INVOKES, Node
from framejit.tables.fields import FIELDS
from framejit.tables.operations import NEST_OF, OPERATIONS
from framejit.tables.recipes import FACT, WORDS
from framejit.tables.reductions import PRODUCT
from framejit.tables.types import ELEMENTS, KINDS, MACHINE_TYPES

INTEGERS = frozenset(name for name, row in MACHINE_TYPES.items() if not row.floating and name != "ptr")
FLOATS = frozenset(name for name, row in MACHINE_TYPES.items() if row.floating and row.bits <= 64)
LETTERS = {"I": INTEGERS, "F": FLOATS, "T": frozenset(MACHINE_TYPES)}
RESULT_FROM_ATTRIBUTE = {"attr": lambda attr: attr, "attr2": lambda attr: FIELDS[attr].type, "attr3": lambda attr: attr[1]}
RECIPES = {word.name: word for word in WORDS}
NOT_POINTERS = frozenset(MACHINE_TYPES) - {"ptr"}
# of spilled values, by the recipe's word
SPILLED = {"INT": {"i64"}, "FLOAT": {"f64"}, "COMPLEX": {"c128"}, "COMPLEX128": {"c128"}, "BOOL": {"i1"}, "SCALAR": NOT_POINTERS, "MAYBE": {"i1"}, "RANGE_ITER": {"i64"},
           "HOME_RANGE_ITER": {"i64"}, "LIST_ITER": {"i64"}, "HOME_LIST_ITER": {"i64"}, "TUPLE_ITER": {"i64"}, "REVERSED": {"i64"}, "RAW_ITEM": {"i64", "ptr"}, "CHOOSE": {"i64"}}
# operands of a terminator, number of targets, whether it has an exit and an iteration count
ENDS = {
    "jump": ((), 1, False, False), "branch": (("i1",), 2, False, False), "return": (("ptr",), 0, False, True),
    "leave": ((), 0, True, False), "miss": ((), 0, True, False), "give": (None, 0, False, False),
}
ROUTINE_WRITES = {"store", "nest_into", "whole_call_into", "home_set", "home_swap", "home_take", "home_append", "write_call"}
GIVEN = {"nest_along": lambda attr: attr[2][2], "nest_spread": lambda attr: attr[4][2]}        # axes among the operands


def operand_type(operand):
    """The machine type of an operand of a nest."""
    if operand.form != "scalar":
        return "ptr" if operand.form == "array" else "i64"
    return KINDS[operand.kind].machine if operand.kind in KINDS else ELEMENTS[operand.kind].llvm


class Malformed(Exception):
    """The graph breaks a rule; the message names block and node."""


def verify(graph, bytecode=None):
    """Raise Malformed if the graph breaks the rule above.  With the bytecode, stacks are compared with its depths."""
    Verifier(graph, bytecode).run()
    for routine in graph.routines:
        Verifier(routine, None, graph).run()
    return graph


class Verifier:
    def __init__(self, graph, bytecode, region=None):
        self.graph = graph
        self.bytecode = bytecode
        self.region = region     # of a routine
        self.routines = (region or graph).routines
        self.nests = graph.nests
        self.place = {}          # node -> (block, position); parameters are at -1
        self.where = ""
        self.checked = set()     # exits whose recipe was looked at

    def need(self, condition, text):
        if not condition:
            raise Malformed(f"{self.where}: {text}")

    def run(self):
        self.places()
        self.edges()
        self.parents = dominators(self.graph)
        for block in self.graph.blocks:
            for position, node in enumerate(block.nodes):
                self.where = f"b{block.id} %{node.id} {node.op}"
                self.node(block, position, node)
            self.where = f"b{block.id} {block.end.op}"
            self.end(block, len(block.nodes))

    # ---- blocks

    def places(self):
        for block in self.graph.blocks:
            self.where = f"b{block.id}"
            for node in block.params:
                self.need(node.op == "param" and node.type in MACHINE_TYPES, "a parameter without a type")
                self.need(node not in self.place, f"%{node.id} is defined twice")
                self.place[node] = block, -1
            for position, node in enumerate(block.nodes):
                self.need(node not in self.place, f"%{node.id} is defined twice")
                self.place[node] = block, position

    def edges(self):
        reached = set()
        blocks = set(self.graph.blocks)
        for block in self.graph.blocks:
            self.where = f"b{block.id}"
            self.need(block.end is not None and block.end.op in ENDS, "has no end")
            for target, values in block.end.targets:
                self.need(target in blocks, f"goes to b{target.id}, which is not in the graph")
                self.need(len(values) == len(target.params), f"passes {len(values)} values to the {len(target.params)} of b{target.id}")
                for value, param in zip(values, target.params):
                    self.need(value.type == param.type, f"passes {value.type} for {param.type} to b{target.id}")
                reached.add(target)
        first, *rest = self.graph.blocks
        self.where = f"b{first.id}"
        self.need(first not in reached and not first.params, "the entry has predecessors or parameters")
        for block in rest:
            self.where = f"b{block.id}"
            self.need(block in reached, "is never entered")

    # ---- nodes

    def node(self, block, position, node):
        self.need(node.op in OPERATIONS and node.op not in ("const", "object", "param"), "is no operation of a block")
        row = OPERATIONS[node.op]
        for argument in node.args:
            self.use(argument, block, position)
        letters = self.operands(row, node)
        self.result(row, node, letters)
        leaves = row.leaves or row.effect in ("guard", "world")
        self.need((node.exit is not None) == leaves, "needs an exit" if leaves else "can't have an exit")
        if node.exit is not None:
            self.exit(node.exit, block, position)
        allowed = node.op in ROUTINE_WRITES if self.region else self.graph.framed
        self.need(allowed or row.effect not in ("write", "world"), "changes something in a frameless graph")
        self.need(node.op != "argument" or node.attr in enumerate(self.graph.arguments), "is no routine's")
        if node.op in INVOKES:
            self.call(node)
        elif node.op == "nest_chain":
            self.chain(node)
        elif node.op in NEST_OF:
            number = NEST_OF[node.op](node.attr)
            self.need(0 <= number < len(self.nests), f"there is no nest {number}")
            types = ["ptr"] * (node.op == "nest_into") + [operand_type(operand) for operand in self.nests[number].operands]
            types += ["i64"] * (GIVEN[node.op](node.attr) if node.op in GIVEN else 0)
            types += ["ptr"] * (self.nests[number].rest.parts if self.nests[number].rest else 0)
            self.need([argument.type for argument in node.args] == types, f"takes {types}")
        elif node.op == "given":
            self.need(len(node.args) == 1 and node.args[0].op in INVOKES, "is given by no call")
            self.need(node.attr[1] == self.routines[node.args[0].attr].gives[node.attr[0]], "is not what the routine gives")

    def call(self, node):
        """The operands are the routine's arguments, and its exit is that of a call."""
        self.need(0 <= node.attr < len(self.routines), f"there is no routine {node.attr}")
        self.need(tuple([argument.type for argument in node.args]) == self.routines[node.attr].arguments, "has other operands than the routine")
        self.need(node.exit.kind in ("call", "again", "generator") and node.exit.call is not None, "has no call's exit")
        self.need(node.exit.call[3] >= 0 or len(node.exit.stack) >= node.exit.call[0] + 2, "is left without what is called on the stack")

    def chain(self, node):
        """Its stages take what they are made for, and what is there before them."""
        axes, operands, values, stages, results, _ = node.attr
        types = [("ptr" if rank else KINDS[kind].machine if kind in KINDS else ELEMENTS[kind].llvm) for kind, rank in operands]
        self.need([argument.type for argument in node.args] == types and axes == max([abs(rank) for _, rank in operands]), f"takes {types}")
        there = set()
        for what, takes, gives, single in stages:
            nest = self.nests[what] if what.__class__ is int else None
            count = len(takes) if nest is None else len(nest.operands) - len(nest.results)
            kinds = [operands[one][0] if one >= 0 else values[~one][0] for one in takes]
            self.need(nest is None or [operand.kind for operand in nest.operands] == kinds, "has a stage that takes other kinds")
            self.need({~one for one in takes[:count] if one < 0} <= there and not there & {*gives}, "has a stage before its operands")
            self.need(what.__class__ is int or what[0] != PRODUCT or len(what[1]) + 1 == axes, "has a product of other rows")
            self.need(all([values[one][1] == single for one in gives]), "gives other values than its stages")
            there |= {*gives}
        self.need(there == {*range(len(values))} and {*results} <= there and len({*results}) == len(results), "gives what it doesn't have")

    def operands(self, row, node):
        """Types of the row's letters."""
        letters = {}
        if row.args == "*":
            return letters
        words = row.args.split()
        self.need(len(node.args) == len(words), f"has {len(node.args)} operands, not {len(words)}")
        for number, (word, argument) in enumerate(zip(words, node.args)):
            allowed = LETTERS.get(word)
            if allowed is None:
                self.need(argument.type == word, f"operand {number} is {argument.type}, not {word}")
            else:
                wanted = letters.setdefault(word, argument.type)
                self.need(argument.type in allowed and argument.type == wanted, f"operand {number} is {argument.type}, not {wanted}")
        return letters

    def result(self, row, node, letters):
        if row.result == "any":
            self.need(node.type == KINDS[self.nests[node.attr[0]].kind].machine, "is not of the nest's kind")
            return
        read = RESULT_FROM_ATTRIBUTE.get(row.result)
        if read is not None:
            wanted = read(node.attr)
        else:
            wanted = letters.get(row.result[:1]) if row.result in ("I", "F", "T2") else row.result or None
        self.need(node.type == wanted, f"gives {node.type}, not {wanted}")

    def use(self, node, block, position):
        """The definition of `node` dominates this place."""
        if node.op == "const":
            self.need(literal_fits(node), f"{node.attr!r} is no {node.type}")
            return
        if node.op == "object":
            self.need(0 <= node.attr < len(self.graph.constants), f"k{node.attr} is no constant of the region")
            return
        self.need(node in self.place, f"%{node.id} {node.op} is in no block")
        home, defined = self.place[node]
        while block is not None and block is not home:
            block, position = self.parents[block], len(home.nodes)
        self.need(block is home and defined < position, f"%{node.id} does not dominate its use")

    def end(self, block, position):
        end = block.end
        types, targets, leaves, counts = ENDS[end.op]
        types = self.graph.gives if types is None else types
        self.need(tuple([argument.type for argument in end.args]) == types, f"takes {types}")
        self.need((end.op == "give") <= (self.region is not None) and (end.op in ("return", "miss")) <= (self.region is None), "is no end here")
        self.need(len(end.targets) == targets, f"has {len(end.targets)} targets")
        self.need((end.exit is not None) == leaves, "needs an exit" if leaves else "can't have an exit")
        self.need(not counts or end.iterations is not None and end.iterations.type == "i64", "needs the iteration count")
        for value in [*end.args, *[value for _, values in end.targets for value in values]]:
            self.use(value, block, position)
        if end.iterations is not None:
            self.use(end.iterations, block, position)
        if end.exit is not None:
            self.exit(end.exit, block, position)

    # ---- exits

    def exit(self, exit, block, position):
        self.where += f" !{exit.id} {exit.kind}"
        for node in exit.nodes():
            self.use(node, block, position)
        if id(exit) in self.checked:
            return
        self.checked.add(id(exit))
        self.need(exit.iterations.type == "i64", "the iteration count is no i64")
        self.need(exit.observed is None or exit.observed.type == "ptr", "observes no object")
        for names, pairs in (("local", exit.locals), ("name", exit.names)):
            slots = [slot for slot, _ in pairs]
            self.need(len(set(slots)) == len(slots), f"a {names} is listed twice")
        for _, expression in [*exit.locals, *exit.names]:
            self.expression(expression, len(exit.stack))
        for depth, expression in enumerate(exit.stack):
            self.expression(expression, depth)
        for fact in exit.facts:
            self.need(fact[0] in FACT and all([part.__class__ in (Node, int) for part in fact[1:]]), f"{fact[0]} is no fact")
        if self.bytecode is not None and exit.kind != "miss":
            self.depths(exit)

    def depths(self, exit):
        code = self.bytecode
        self.need(exit.unit in code.depth, f"nothing begins at unit {exit.unit}")
        self.need(len(exit.stack) == code.depth[exit.unit], f"{len(exit.stack)} stack entries at depth {code.depth[exit.unit]}")
        slots = code.slots
        self.need(all([0 <= slot < slots for slot, _ in exit.locals]), f"there are {slots} locals")

    def expression(self, expression, below):
        """`below`: how many stack entries are built before this one."""
        word = RECIPES.get(expression[0]) if expression.__class__ is tuple and expression else None
        self.need(word is not None, f"{expression!r} begins with no word of a recipe")
        parts = list(expression[1:])
        for letter in word.operands:
            self.need(parts, f"{word.name} needs {word.operands}")
            first = parts.pop(0)
            self.need(first.__class__ is PART_CLASSES[letter], f"{word.name} needs {word.operands}")
            if letter == "s":
                self.need(first.type in SPILLED.get(word.name, {"ptr"}), f"{word.name} of {first.type}")
            elif letter == "k":
                self.need(0 <= first < len(self.graph.constants), f"k{first} is no constant of the region")
            elif letter == "e":
                self.expression(first, below)
            elif letter == "*":
                self.need(first == len(parts), f"{word.name} says {first} and has {len(parts)}")
                for part in parts:
                    self.expression(part, below)
                parts = []
        self.need(not parts, f"{word.name} takes {word.operands}")
        self.need(word.name != "STACK_ITEM" or expression[1] < below, f"stack entry {expression[1:]} is not built yet")


PART_CLASSES = {"s": Node, "k": int, "n": int, "e": tuple, "*": int}


def literal_fits(node):
    row = MACHINE_TYPES.get(node.type)
    if row is None:
        return False
    if row.floating:
        return node.attr.__class__ is (complex if node.type == "c128" else float)
    if node.type == "ptr":
        return node.attr is None
    if node.type == "i1":
        return node.attr.__class__ is bool
    return node.attr.__class__ is int and -1 << row.bits - 1 <= node.attr < 1 << row.bits


__all__ = ["verify", "Malformed"]
