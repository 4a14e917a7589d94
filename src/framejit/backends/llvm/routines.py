"""Routines: functions that a region calls natively.

    define internal fastcc {i64, i64} @routine0(ptr %ctx, i64 %a0, i64 %a1)

%a0 is how many calls deeper the stack has room for; the other arguments are values in registers, and so is what is given.
The first word of the answer is 0, or says that the routine has left: then it has stored its values and its homes on the trail,
behind those of the routines that it called, with the exit's number and their count on top.  Its caller leaves, too.
"""

from typing import NamedTuple

from framejit.backends.llvm.function import Lowering
from framejit.backends.llvm.text import LLVM, answer_type, tag
from framejit.graph.nodes import INVOKES

SMALL, SELF_CALLS = 60, 3   # nodes of a routine that is worth copying into its callers, and how often it may call itself then
COPIED, DEEPEST = 300, 6    # nodes that its copies in itself come to, and how deep they go
LEFT = 1
FRAME, NODE = 256, 8        # bytes of stack that native code takes, and that each value of its graph may add
LEAVING, SLOT = 1024, 16    # that a call takes while its frame is made (ext/callees.c), and that each of the frame's slots adds
ARRAYS = 1 << 16            # that arithmetic on arrays takes at most (ext/nest_rows.c)
HEADER = 2                  # words on the trail beside the values


class Form(NamedTuple):
    """A function that is made of a routine: its name, LLVM's attributes, and what it calls in its own routine's place."""

    name: str
    attributes: str
    itself: str


def forms(graph, early, hasty):
    """(number, Form) of the functions of the region's routines.  A small one is copied into its callers; one that calls itself
    into itself, which makes fewer calls.  `early`: those that have a form for what they give early (early.py); `hasty`: those that
    have one for when all goes well (hasty.py)."""
    for number, routine in enumerate(graph.routines):
        name, calls = f"routine{number}", [node.attr for node in routine.nodes() if node.op in INVOKES]
        again = early_name(number) if number in early else name
        if number in hasty:
            yield number, Form(exact_name(number), "nounwind", name)
        elif size_of(routine) > SMALL or calls.count(number) > SELF_CALLS or set(calls) - {number}:
            yield number, Form(name, "nounwind", again)
        elif not calls:
            yield number, Form(name, "nounwind alwaysinline", name)
        else:
            yield from copied(number, name, again, copies(size_of(routine), len(calls)))


def copies(size, calls, most=COPIED):
    """How deep a routine that calls itself so often is copied into itself."""
    deep, nodes = 1, size * calls
    while deep < DEEPEST and nodes + size * calls ** (deep + 1) <= most:
        deep += 1
        nodes += size * calls ** deep
    return deep


def copied(number, name, again, deep):
    names = [name, *[f"{name}.copy{level}" for level in range(1, deep + 1)], again]
    for level in range(deep + 1):
        yield number, Form(names[level], "nounwind alwaysinline" if level else "nounwind", names[level + 1])


def early_name(number):
    return f"routine{number}.early"


def hasty_name(number):
    return f"routine{number}.hasty"


def exact_name(number):
    return f"routine{number}.exact"


def size_of(routine):
    return sum(len(block.nodes) + len(block.params) for block in routine.blocks)


def limits(graph, spills):
    """(bytes of C stack that a call of a routine takes at most, words that it may leave on the trail); zeros: there is none."""
    if not graph.routines:
        return 0, 0
    nodes = max([size_of(routine) + SMALL * sum(node.op in INVOKES for node in routine.nodes()) for routine in graph.routines], default=0)
    slots = max([routine.slots for routine in graph.routines], default=0)
    arrays = ARRAYS if graph.nests else 0
    bytes = arrays + max(LEAVING + SLOT * slots, FRAME + NODE * (nodes + SMALL * SELF_CALLS))
    words = max([len(spills[exit.id].nodes) + len(routine.homes()) for routine in graph.routines for exit in routine.exits], default=0)
    return bytes, words + HEADER


class RoutineLowering(Lowering):
    context = ("breaker", "consts", "names")
    held = "_held"

    def __init__(self, graph, whole, number, form):
        super().__init__(graph, whole)
        self.tails = ()
        self.number, self.form = number, form
        self.answer_type = answer_type(graph)
        arguments = ", ".join([f"{LLVM[type]} %a{place}" for place, type in enumerate(graph.arguments)])
        self.homes = graph.homes()
        if self.homes:
            self.allocated.append(f"  %home = alloca ptr, i64 {self.homes[-1] + 1}")
        for slot in self.homes:
            self.allocated += [f"  %home{slot} = getelementptr ptr, ptr %home, i64 {slot}", f"  store ptr null, ptr %home{slot}, !tbaa !{tag('home')}"]
        self.head = f"define internal fastcc {self.answer_type} @{form.name}(ptr %ctx, {arguments}) {form.attributes} {{"

    def symbol_of(self, number):
        return self.form.itself if number == self.number else super().symbol_of(number)

    def spill_places(self):
        """The trail's are not known beforehand."""

    def give(self, end):
        for slot in self.homes:
            self.declare("fj_home_put", "i32", ["ptr", "i32", "ptr"])
            self.out(f"{self.temp()} = call i32 @fj_home_put(ptr %home, i32 {slot}, ptr null)")
        answer = f"{self.answer_type} zeroinitializer"
        for place, value in enumerate(end.args, 1):
            made = self.temp()
            self.out(f"{made} = insertvalue {answer}, {self.typed(value)}, {place}")
            answer = f"{self.answer_type} {made}"
        self.out(f"ret {answer}")

    def exit_blocks(self):
        """Exits store their values on the trail.  Where there are homes, those with as many values go on in one block.

        (That block must not choose between the values by phis: they would be kept in certain registers on the way that doesn't leave.)"""
        body, self.lines = self.lines, []
        ends = {}
        for exit in self.graph.exits:
            self.start(f"x{exit.id}")
            start, nodes = self.trail(), self.spills[exit.id].nodes
            for index, node in enumerate(nodes):
                for number, text in enumerate(self.as_words(node), index):
                    self.put_on_trail(start, number, text)
            if self.homes:
                self.out(f"br label %left{len(nodes)}")
                ends.setdefault(len(nodes), []).append((exit.id, start))
            else:
                self.leave(start, exit.id, len(nodes))
        for count, left in ends.items():
            self.start(f"left{count}")
            number, start = self.temp(), self.temp()
            self.out(f"{number} = phi i64 " + ", ".join([f"[{exit}, %x{exit}]" for exit, _ in left]))
            self.out(f"{start} = phi ptr " + ", ".join([f"[{begin}, %x{exit}]" for exit, begin in left]))
            self.leave(start, number, count)
        self.cold += self.lines
        self.lines = body

    def trail(self):
        """Where the trail has room."""
        start = self.temp()
        self.out(f"{start} = load ptr, ptr {self.context_place('trail')}")
        return start

    def leave(self, start, number, first):
        """Stores the homes on the trail, behind so many values from `start` on, and the exit's number, and says that the routine has left."""
        for index, slot in enumerate(self.homes, first):
            held = self.temp()
            self.out(f"{held} = load ptr, ptr %home{slot}, !tbaa !{tag('home')}")
            self.put_on_trail(start, index, f"ptr {held}")
        count = first + len(self.homes)
        self.put_on_trail(start, count, f"i64 {number}")
        self.put_on_trail(start, count + 1, f"i64 {count}")
        top, answer = self.temp(), self.temp()
        self.out(f"{top} = getelementptr i64, ptr {start}, i64 {count + HEADER}")
        self.out(f"store ptr {top}, ptr {self.context_place('trail')}")
        self.out(f"{answer} = insertvalue {self.answer_type} undef, i64 {LEFT}, 0")
        self.out(f"ret {self.answer_type} {answer}")

    def put_on_trail(self, start, index, value):
        word = self.temp()
        self.out(f"{word} = getelementptr i64, ptr {start}, i64 {index}")
        self.out(f"store {value}, ptr {word}, !tbaa !{tag('spill')}")


__all__ = ["COPIED", "SMALL", "Form", "RoutineLowering", "copies", "early_name", "exact_name", "forms", "hasty_name", "limits", "size_of"]
