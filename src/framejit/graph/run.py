"""Runs a graph on the real memory, in the machine code's place: the meaning of every operation in plain Python.

    run(graph, spills, layout, context address, home address)   ->   the code that native code would return

The context is the one of ext/abi.h; loads, stores and the runtime's functions are the real ones, called through ctypes
with the GIL held.  Slow on purpose and simple, so that it can be compared with the back end's output.  A signal that
arrives while Python code of this file runs is delivered there, not at the graph's own poll.
"""

import ctypes

from framejit.graph.memory import call, read, write
from framejit.graph.steps import CONTEXT, ENDS, STEPS, Left, plain
from framejit.tables.operations import as_unsigned
from framejit.tables.recipes import RETURNS
from framejit.tables.types import MACHINE_TYPES

LEFT = 1        # what a routine answers that has left
NATIVE = ctypes.PYFUNCTYPE(ctypes.c_int64, ctypes.c_size_t, ctypes.c_size_t)

# Sets the exception that `run` left in the context's result: ctypes callbacks cannot return with one set.
ENTRY = """
declare ptr @PyException_GetTraceback(ptr)
declare void @PyErr_Restore(ptr, ptr, ptr)
declare void @Py_IncRef(ptr)
define i64 @region(ptr %ctx, ptr %home) {{
entry:
  %code = call i64 inttoptr (i64 {callback} to ptr)(ptr %ctx, ptr %home)
  %raised = icmp eq i64 %code, {code}
  br i1 %raised, label %set, label %done
set:
  %error = load ptr, ptr %ctx
  store ptr null, ptr %ctx
  %place = getelementptr i8, ptr %error, i64 {object_type}
  %type = load ptr, ptr %place
  call void @Py_IncRef(ptr %type)
  %traceback = call ptr @PyException_GetTraceback(ptr %error)
  call void @PyErr_Restore(ptr %type, ptr %error, ptr %traceback)
  br label %done
done:
  ret i64 %code
}}
"""


def run(graph, spills, layout, context, home):
    """The code that the machine code of `graph` would return; an exception stays in the context's result."""
    return Activation(graph, spills, layout, context, home).run()


def native_address(graph, spills, layout, load):
    """(address, what must be kept alive) of a function that interprets the graph; `load` makes code of LLVM's text."""
    callback = NATIVE(lambda context, home: run(graph, spills, layout, context, home))
    address = ctypes.cast(callback, ctypes.c_void_p).value
    text = ENTRY.format(callback=address, code=RETURNS["RAISE"], object_type=layout["object_type"])
    loaded = load(text)
    return loaded.address, (callback, loaded.keep)


class Activation:
    """One execution: the value of each node so far."""

    def __init__(self, graph, spills, layout, context, home, region=None, arguments=()):
        self.graph = graph
        self.region = region or graph
        self.arguments = arguments
        self.spills = spills
        self.layout = layout
        self.context = context
        self.home_address = home
        self.consts, self.names, self.spill = (read("ptr", context + CONTEXT[name]) for name in ("consts", "names", "spill"))
        self.values = {}
        self.views = {}         # headers of arrays without objects

    def walk(self):
        block = self.graph.blocks[0]
        while True:
            for node in block.nodes:
                self.values[node] = STEPS.get(node.op, plain)(self, node)
            block = ENDS[block.end.op](self, block.end)

    def run(self):
        try:
            self.walk()
        except Left as left:
            return left.args[0]
        except BaseException as error:  # what a function of the runtime raised, or a failure of this file's own
            return self.fail(error)

    def fail(self, error):
        """The exception as the runtime set it, without this file's frames."""
        trace = error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code is call.__code__:
                error.__traceback__ = trace.tb_next
            trace = trace.tb_next
        write("ptr", self.context + CONTEXT["result"], id(error))
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(error))
        return RETURNS["RAISE"]

    def value(self, node):
        if node.op == "const":
            return node.attr if node.attr is not None else 0
        if node.op == "object":
            return read("ptr", self.consts + 8 * node.attr)
        return self.values[node]

    def operands(self, node):
        return [self.value(argument) for argument in node.args]

    def go(self, target):
        block, values = target
        self.values.update(zip(block.params, [self.value(value) for value in values]))
        return block

    def store_spills(self, exit):
        for index, node in enumerate(self.spills[exit.id].nodes):
            if node is None:        # the word before has written both
                continue
            value = self.value(node)
            if not MACHINE_TYPES[node.type].floating:
                write("ptr", self.spill + 8 * index, as_unsigned(node.type, value))
            else:
                write(node.type, self.spill + 8 * index, value)

    def leave(self, exit):
        if exit.kind == "miss":
            raise Left(RETURNS["MISS"])
        if self.graph is not self.region:
            raise Left(self.record(exit))
        self.store_spills(exit)
        raise Left(exit.id + 1)

    def record(self, exit):
        """A routine leaves: its values and homes, the exit's number and their count go behind those of the routines that it called."""
        start = read("ptr", self.context + CONTEXT["trail"])
        count = len(self.spills[exit.id].nodes)
        self.spill = start
        self.store_spills(exit)
        for slot in self.graph.homes():
            write("ptr", start + 8 * count, read("ptr", self.home_address + 8 * slot))
            count += 1
        write("i64", start + 8 * count, exit.id)
        write("i64", start + 8 * count + 8, count)
        write("ptr", self.context + CONTEXT["trail"], start + 8 * count + 16)
        return LEFT

    def call(self, name, result, types, values):
        """A function of the runtime or of libm."""
        return call(name, result, tuple(types), values)


__all__ = ["run", "native_address", "STEPS", "ENDS"]
