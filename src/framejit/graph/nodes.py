"""The graph: SSA nodes in basic blocks with parameters.

A block takes its values as parameters, a jump passes them as arguments (block arguments stand for phis).  A node
that may leave carries an `Exit`: the frame state at a bytecode offset, as recipes over nodes.

    b1(%4: i64, %5: f64):
        %6: i1 = icmp_slt %4, %2
        branch %6, b2(), b3()
"""

from framejit.tables.operations import OPERATIONS


class Node:
    """One SSA value (or effect).  `attr` is the row's attribute, `line` the source line it came from."""

    __slots__ = ("op", "args", "type", "attr", "exit", "line", "block", "id", "replaced")

    def __init__(self, op, args=(), type=None, attr=None, exit=None, line=0):
        self.op = op
        self.args = list(args)
        self.type = type
        self.attr = attr
        self.exit = exit
        self.line = line
        self.block = None
        self.id = -1
        self.replaced = None

    def __repr__(self):
        return f"<{self.op} %{self.id}: {self.type}>"


class Exit:
    """Frame state where the interpreter goes on: recipe expressions over nodes.

    `locals`: (slot, expression) pairs; `stack`: expressions, bottom first; `names`: (cell, expression) pairs;
    `facts`: tuples that start with a fact's name.  An expression is a tuple: a recipe word and its operands, nodes
    where the word takes a spill index.  `kind` says why (tables/exits.py), `observed` is the object whose type
    this exit teaches, `site` the (unit, part) it teaches about.  `call`: of an exit of kind "call", (arguments on the
    stack, the unit behind the call, constant with the names of keywords or -1; row of tables/callouts.py that calls, its argument and the constant
    that it calls; the row is -1 where what is called is on the stack); `code`: a weak reference to the code object, None for the region's own.
    """

    __slots__ = ("kind", "unit", "locals", "stack", "names", "facts", "iterations", "observed", "site", "line", "id", "call", "code")

    def __init__(self, kind, unit, locals, stack, names, facts, iterations, observed=None, site=None, line=0):
        self.call = None
        self.code = None
        self.kind = kind
        self.unit = unit
        self.locals = locals
        self.stack = stack
        self.names = names
        self.facts = facts
        self.iterations = iterations
        self.observed = observed
        self.site = site
        self.line = line
        self.id = -1

    def let_go(self):
        """Keeps why and where."""
        self.locals, self.stack, self.names, self.facts = [], [], [], []
        self.iterations = self.observed = None

    def rewrite(self, find):
        """Replace nodes by what `find` gives for them."""
        self.locals = [(slot, _rewritten(expression, find)) for slot, expression in self.locals]
        self.stack = [_rewritten(expression, find) for expression in self.stack]
        self.names = [(cell, _rewritten(expression, find)) for cell, expression in self.names]
        self.facts = [_rewritten(fact, find) for fact in self.facts]
        self.iterations = find(self.iterations)
        if self.observed is not None:
            self.observed = find(self.observed)

    def nodes(self):
        """Every node that the state reads, with repetitions."""
        found = [self.iterations]
        if self.observed is not None:
            found.append(self.observed)
        for _, expression in self.locals:
            _collect(expression, found)
        for expression in self.stack:
            _collect(expression, found)
        for _, expression in self.names:
            _collect(expression, found)
        for fact in self.facts:
            _collect(fact, found)
        return found


def _rewritten(expression, find):
    return tuple(
        [find(part) if part.__class__ is Node else _rewritten(part, find) if part.__class__ is tuple else part for part in expression]
    )


def _collect(expression, found):
    for part in expression:
        if part.__class__ is Node:
            found.append(part)
        elif part.__class__ is tuple:
            _collect(part, found)


class Terminator:
    """How a block ends: `jump`, `branch`, `return`, `give` (a routine's return), `leave` (by its exit) or `miss`."""

    __slots__ = ("op", "args", "targets", "exit", "line", "iterations")

    def __init__(self, op, args=(), targets=(), exit=None, line=0, iterations=None):
        self.op = op
        self.args = list(args)
        self.targets = [(block, list(values)) for block, values in targets]
        self.exit = exit
        self.line = line
        self.iterations = iterations


class Block:
    """`weight`: bytecode instructions that it stands for, while that is asked for (capture/weighing.py); `counted`: a header whose runs are counted with them."""

    __slots__ = ("id", "params", "nodes", "end", "unit", "header", "weight", "counted")

    def __init__(self, id, unit=-1):
        self.id = id
        self.params = []
        self.nodes = []
        self.end = None
        self.unit = unit
        self.header = False
        self.weight = 0
        self.counted = False

    def __repr__(self):
        return f"<b{self.id} @{self.unit}>"


INVOKES = ("invoke", "invoke_changing")


class Graph:
    """A region: entry block first; constants and name cells are numbered, exits numbered by `finish`.

    `routines`: graphs of the functions that it calls natively.  Their blocks begin with `argument` nodes and end with
    `give`; constants, cells and the numbers of exits are the region's.
    """

    def __init__(self, name):
        self.name = name
        self.blocks = []
        self.constants = []
        self.constant_index = {}
        self.cells = []
        self.exits = []
        self.routines = []
        self.nests = []      # fused arithmetic over arrays (loops/nests.py), by number
        self.gives = ()      # of a routine: machine types of what it gives,
        self.arguments = ()  # those of what it is passed, and
        self.slots = 0       # how many slots of a frame an exit of it may fill
        self.called_turn = 0    # of a region: instructions of a turn of the loops in routines
        self.called = {}     # units of blocks -> instructions that native calls there stand for
        self.limits = (0, 0)    # what the back end knows of its routines' use of the stack
        self.framed = False
        self.unit = 0
        self.depth = 0
        self.products = 0       # matrices that are multiplied in chains
        self.fastmath = False   # whether float arithmetic may be contracted and reassociated
        self.threads = 0        # how many may compute a long nest; 0: as many as the process has processors
        self.types = {}      # what each local was taken for at entry, for `explain`

    def block(self, unit=-1):
        block = Block(len(self.blocks), unit)
        self.blocks.append(block)
        return block

    def constant(self, value):
        """Index of a Python object among the region's constants; by identity."""
        index = self.constant_index.get(id(value))
        if index is None:
            index = self.constant_index[id(value)] = len(self.constants)
            self.constants.append(value)
        return index

    def let_go(self):
        """Keeps the exits' kinds and places; objects and nodes go."""
        for exit in self.every_exit():
            exit.let_go()
        self.blocks, self.constants, self.constant_index = [], [], {}
        for routine in self.routines:
            routine.blocks, routine.constants, routine.constant_index = [], self.constants, self.constant_index

    def nest(self, nest):
        """Number of a nest; equal ones are one."""
        if nest not in self.nests:
            self.nests.append(nest)
        return self.nests.index(nest)

    def routine(self, name, number=None):
        """The graph of one more function, or of number `number` begun anew."""
        made = Graph(name)
        made.constants, made.constant_index, made.nests = self.constants, self.constant_index, self.nests
        if number is None:
            self.routines.append(made)
        else:
            self.routines[number] = made
        return made

    def every_exit(self):
        """The exits of the region and of its routines, by number."""
        return [exit for graph in (self, *self.routines) for exit in graph.exits]

    def homes(self):
        """The slots of a routine's homes that may hold something."""
        return sorted({slot for node in self.nodes() if node.op in HOME_SLOTS for slot in HOME_SLOTS[node.op](node.attr)})

    def nodes(self):
        for block in self.blocks:
            yield from block.nodes

    def finish(self, first=0):
        """Number nodes, blocks and the exits that are in use, the latter from `first` on."""
        number = 0
        seen = {}
        for index, block in enumerate(self.blocks):
            block.id = index
            for node in block.params:
                node.id = number
                number += 1
            for node in block.nodes:
                node.id = number
                number += 1
                if node.exit is not None:
                    seen.setdefault(id(node.exit), node.exit)
            if block.end.exit is not None:
                seen.setdefault(id(block.end.exit), block.end.exit)
        self.exits = list(seen.values())
        for index, exit in enumerate(self.exits, first):
            exit.id = index
        first += len(self.exits)
        for routine in self.routines:
            routine.finish(first)
            first += len(routine.exits)
        return self


HOME_SLOTS = {"home_set": lambda attr: attr[:1], "home_take": lambda attr: attr[:1], "home_append": tuple, "home_swap": tuple}


def effect_of(node):
    return OPERATIONS[node.op].effect
