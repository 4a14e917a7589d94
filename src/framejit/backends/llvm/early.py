"""What a routine gives early is computed where it is called: `n < 2`, `tree is None`, before anything is done that can be seen.

    define internal fastcc {i64, i64} @routine0.early(...) alwaysinline     ; its first blocks; everything else: ret (call @routine0(...))

Half the calls of a recursion end there.  The routine begins anew where they don't, so they leave nothing to it.
"""

from framejit.backends.llvm.routines import Form, RoutineLowering, early_name
from framejit.backends.llvm.text import LLVM
from framejit.tables.operations import OPERATIONS

MOST = 12               # nodes that are copied to each call
READ = frozenset(("field", "item", "load", "word", "unbox_int", "calm"))


def early_blocks(routine):
    """The blocks that lead from a routine's beginning to what it gives early; none: there is no such way."""
    found, ways = [], {}
    entry = routine.blocks[0]
    if len(entry.end.targets) < 2 or not gives_early(entry, ways, found):
        return []
    return found if sum([len(block.nodes) for block in found]) <= MOST + len(routine.arguments) else []


def gives_early(block, ways, found):
    if block in ways:
        return ways[block]
    ways[block] = False                 # a loop leads nowhere
    if block.header or block.weight or block.counted or not all(map(unseen, block.nodes)):
        return False
    if block.end.op == "give":
        ways[block] = True
    else:
        ways[block] = any([gives_early(target, ways, found) for target, _ in block.end.targets])
    if ways[block]:
        found.append(block)
    return ways[block]


def unseen(node):
    """Whether nobody sees that it was done twice."""
    return OPERATIONS[node.op].effect in ("pure", "guard") or node.op in READ


class Part:
    """Some blocks of a graph as one of their own."""

    def __init__(self, routine, blocks):
        self.blocks = [block for block in routine.blocks if block in blocks]
        self.arguments, self.gives, self.constants, self.unit, self.exits = routine.arguments, routine.gives, routine.constants, routine.unit, ()

    def homes(self):
        return []


class EarlyLowering(RoutineLowering):
    def __init__(self, routine, blocks, whole, number):
        super().__init__(Part(routine, blocks), whole, number, Form(early_name(number), "nounwind alwaysinline", f"routine{number}"))

    def lower_node(self, node):
        if node.op != "calm":           # who is asked again and again asks in the routine
            super().lower_node(node)

    def exit_blocks(self):
        """All that isn't given early is the routine's."""
        body, self.lines = self.lines, []
        within = set(self.graph.blocks)
        outside = {target.id: None for block in within for target, _ in block.end.targets if target not in within}
        leaving = {node.exit.id: None for block in within for node in block.nodes if node.exit is not None}
        for label in [*[f"b{id}" for id in sorted(outside)], *[f"x{id}" for id in sorted(leaving)]]:
            self.start(label)
            self.out("br label %rest")
        self.start("rest")
        arguments = ", ".join(["ptr %ctx", *[f"{LLVM[type]} %a{place}" for place, type in enumerate(self.graph.arguments)]])
        self.out(f"%rest.answer = call fastcc {self.answer_type} @{self.form.itself}({arguments})")
        self.out(f"ret {self.answer_type} %rest.answer")
        self.cold += self.lines
        self.lines = body


__all__ = ["EarlyLowering", "early_blocks"]
