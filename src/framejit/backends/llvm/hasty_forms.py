"""Lowering of hasty forms, and what calls them (hasty.py).

    define internal fastcc {i64, i64} @routine0.hasty(ptr %ctx, i64 %a0, i64 %a1)   ; its first word: whether it has given up
    define internal fastcc {i64, i64} @routine0.exact(ptr %ctx, i64 %a0, i64 %a1)   ; the routine as routines.py makes it, which calls @routine0
    define internal fastcc {i64, i64} @routine0(ptr %ctx, i64 %a0, i64 %a1)         ; @routine0.hasty, and if it gives up @routine0.exact

While that runs nothing is tried hastily.  What has been in vain for long is tried fewer calls deep from then on, so that
little is: a recursion of a second is exact where others wait for it, and hasty in what it calls.  `FjRegion.exact` is the place where
this is kept: with so many levels to go, or more, all is exact.
"""

from typing import NamedTuple

from framejit.backends.llvm.ints import FORMS, unboxed_or
from framejit.backends.llvm.routines import LEFT, Form, RoutineLowering, exact_name, hasty_name
from framejit.backends.llvm.rows import CONTEXT
from framejit.backends.llvm.text import LLVM, answer_type, tag
from framejit.graph.nodes import Exit, Graph, Node, Terminator

FEWER = 3           # levels
INT = "hasty.int"


class HastyLowering(RoutineLowering):
    def __init__(self, graph, whole, number, form=None):
        super().__init__(graph, whole, number, form or Form(hasty_name(number), "nounwind", hasty_name(number)))
        self.nested = False

    def lower_node(self, node):
        if node.op == "unbox_int" and node.attr == "narrow":
            self.whole.hasty_int = True
            unboxed_or(self, node, FORMS[node.attr][:1], unboxed_elsewhere)
        else:
            super().lower_node(node)

    def symbol_of(self, number):
        return hasty_name(number)

    def spill_places(self):
        """There are none; what is counted instead."""
        self.out(f"%region.p = getelementptr i8, ptr %ctx, i64 {CONTEXT['region']}")
        self.out("%region = load ptr, ptr %region.p, !invariant.load !100")
        self.out(f"%counted = getelementptr i8, ptr %region, i64 {self.layout['region_calls']}")
        self.out(f"%calls = load i64, ptr %counted, !tbaa !{tag('spill')}")
        self.out("%more = add i64 %calls, 1")
        self.out(f"store i64 %more, ptr %counted, !tbaa !{tag('spill')}")

    def exit_blocks(self):
        self.cold += ["x0:", f"  ret {self.answer_type} {{i64 {LEFT}, " + ", ".join([f"{LLVM[type]} undef" for type in self.graph.gives]) + "}"]


def unboxed_elsewhere(low, node):
    """By the function that all hasty forms have for ints that are seldom."""
    answer, status, fits, value = low.temp(), low.temp(), low.temp(), low.temp()
    low.out(f"{answer} = call fastcc {{i64, i64}} @{INT}(ptr %ctx, ptr {low.ref(node.args[0])})")
    low.out(f"{status} = extractvalue {{i64, i64}} {answer}, 0")
    low.out(f"{fits} = icmp eq i64 {status}, 0")
    low.check(fits, node.exit)
    low.out(f"{value} = extractvalue {{i64, i64}} {answer}, 1")
    return value


class IntLowering(HastyLowering):
    """That function."""

    def __init__(self, whole):
        super().__init__(unboxing(), whole, None, Form(INT, "nounwind noinline", None))

    def spill_places(self):
        """It isn't counted."""


def unboxing():
    """Its graph."""
    graph = Graph(INT)
    graph.arguments, graph.gives = ("ptr",), ("i64",)
    block, exit = graph.block(), Exit("overflow", -1, [], [], [], [], None)
    object = Node("argument", (), "ptr", (0, "ptr"))
    block.nodes = [object, Node("unbox_int", (object,), "i64", None, exit)]
    block.end = Terminator("give", block.nodes[1:])
    return graph.finish()


TRYING = """define internal fastcc {answer} @{name}({taken}) nounwind {{
  %region.p = getelementptr i8, ptr %ctx, i64 {region}
  %region = load ptr, ptr %region.p, !invariant.load !100
  %place = getelementptr i8, ptr %region, i64 {exact}
  %before = load i64, ptr %place
  %most = sub i64 %before, 1
  %next = sub i64 %a0, 1
  %tries = icmp ult i64 %next, %most
  br i1 %tries, label %hasty, label %exact, !prof !101
exact:
  %now = tail call fastcc {answer} @{exactly}({taken})
  ret {answer} %now
hasty:
{begins}
  %soon = call fastcc {answer} @{hastily}({taken})
  %vain = extractvalue {answer} %soon, 0
  %done = icmp eq i64 %vain, 0
  br i1 %done, label %given, label %again, !prof !101
given:
  ret {answer} %soon
again:
{ends}
  %long = icmp ugt i64 %spent, {long}
  %fewer = call i64 @llvm.smax.i64(i64 {fewer}, i64 %a0)
  %less = sub i64 %fewer, {less}
  %after = select i1 %long, i64 %less, i64 %before
  store i64 1, ptr %place
  %at.last = call fastcc {answer} @{exactly}({taken})
  store i64 %after, ptr %place
  ret {answer} %at.last
}}"""


class Measure(NamedTuple):
    """How it is found out for how long a form was tried: what begins, and what ends with %spent; how much is long."""

    begins: str
    ends: str
    long: int


CALLS = Measure("""  %counted = getelementptr i8, ptr %region, i64 {calls}
  store i64 0, ptr %counted""", "  %spent = load i64, ptr %counted", 10_000)
TICKS = Measure("  %begun = call i64 @llvm.readcyclecounter()", """  %ended = call i64 @llvm.readcyclecounter()
  %spent = sub i64 %ended, %begun""", 1 << 20)        # takes 10 ns: for forms with loops


def trying(number, whole, reached):
    """Lines of the function that tries a routine's hasty form first; `reached`: the routines that it calls, by others too."""
    routine = whole.graph.routines[number]
    taken = ", ".join(["ptr %ctx", *[f"{LLVM[type]} %a{place}" for place, type in enumerate(routine.arguments)]])
    measure = TICKS if any([node.op == "calm" and node.attr == "loop" for other in reached for node in whole.graph.routines[other].nodes()]) else CALLS
    whole.declarations["llvm.readcyclecounter"] = "declare i64 @llvm.readcyclecounter()"
    whole.declarations["llvm.smax.i64"] = "declare i64 @llvm.smax.i64(i64, i64)"
    return TRYING.format(answer=answer_type(routine), name=f"routine{number}", exactly=exact_name(number), hastily=hasty_name(number), taken=taken,
                         region=CONTEXT["region"], exact=whole.layout["region_exact"], begins=measure.begins.format(calls=whole.layout["region_calls"]),
                         ends=measure.ends, long=measure.long, fewer=FEWER + 1, less=FEWER).splitlines()


__all__ = ["HastyLowering", "IntLowering", "trying"]
