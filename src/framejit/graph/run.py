"""Runs a graph on the real memory, in the machine code's place: the meaning of every operation in plain Python.

    run(graph, spills, layout, context address, home address)   ->   the code that native code would return

The context is the one of ext/abi.h; loads, stores and the runtime's functions are the real ones, called through ctypes
with the GIL held.  Slow on purpose and simple, so that it can be compared with the back end's output.  A signal that
arrives while Python code of this file runs is delivered there, not at the graph's own poll.
"""

import ctypes

from framejit.graph.memory import call, read, write
from framejit.tables.fields import FIELDS
from framejit.tables.operations import OPERATIONS, as_unsigned, evaluate, exact, wrapped
from framejit.tables.recipes import RETURNS
from framejit.tables.types import MACHINE_TYPES

CONTEXT = {"result": 0, "number": 8, "breaker": 24, "consts": 48, "names": 56, "spill": 64, "trail": 88}
LEFT = 1        # what a routine answers that has left
OWN = {"INT": "fj_own_int", "FLOAT": "fj_own_float"}    # with a box behind the value
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


class Left(Exception):
    """The activation is over; its argument is the code to return."""


class Given(Exception):
    """A routine has come to its end; its arguments are what it gives."""


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
        """A routine leaves: its values, the exit's number and their count go behind those of the routines that it called."""
        start = read("ptr", self.context + CONTEXT["trail"])
        count = len(self.spills[exit.id].nodes)
        self.spill = start
        self.store_spills(exit)
        write("i64", start + 8 * count, exit.id)
        write("i64", start + 8 * count + 8, count)
        write("ptr", self.context + CONTEXT["trail"], start + 8 * count + 16)
        return LEFT

    def call(self, name, result, types, values):
        """A function of the runtime or of libm."""
        return call(name, result, tuple(types), values)


# ---- steps: one per operation that is more than a computation

def plain(active, node):
    return evaluate(node.op, active.operands(node), [argument.type for argument in node.args], node.type)


def overflow(active, node):
    values, types = active.operands(node), [argument.type for argument in node.args]
    number = exact(node.op, values, types, node.type)
    value = wrapped(node.type, number)
    seen = as_unsigned(node.type, value) if OPERATIONS[node.op].typed else value
    if seen != number:
        active.leave(node.exit)
    return value


def guard(active, node):
    if not active.value(node.args[0]):
        active.leave(node.exit)


def unbox_int(active, node):
    number = ctypes.cast(active.value(node.args[0]), ctypes.py_object).value
    if not -2**63 <= number < 2**63:
        active.leave(node.exit)
    return number


def vector(active, node):
    base, index = active.operands(node)
    return read(node.type, base + 8 * index)


def field(active, node):
    return read(FIELDS[node.attr].type, active.value(node.args[0]) + active.layout[node.attr])


def address(active, node):
    base, offset = active.operands(node)
    return wrapped("ptr", base + offset)


def store(active, node):
    place, value = active.operands(node)
    write(node.args[1].type, place, value)


def home_setter(function_name):
    def set_home(active, node):
        slot, keep = node.attr
        name = "fj_home_put_box" if keep else function_name
        values = (active.home_address, slot, active.value(node.args[0]))
        if not active.call(name, "i32", ("ptr", "i32", "ptr"), values):
            active.leave(node.exit)

    return set_home


def home_swap(active, node):
    places = [active.home_address + 8 * slot for slot in node.attr]
    for place, value in zip(places, [read("ptr", place) for place in places][::-1]):
        write("ptr", place, value)


def name_set(active, node):
    active.call("fj_name_set", None, ("ptr", "i32", "ptr"), (active.context, node.attr, active.value(node.args[0])))


def name_put(active, node):
    cell, keep = node.attr
    values = (active.context, cell, active.value(node.args[0]))
    if not active.call("fj_name_put_box" if keep else "fj_name_put", "i32", ("ptr", "i32", "ptr"), values):
        active.leave(node.exit)


def any_call(active, node):
    name, result = node.attr
    return active.call(name, result, [argument.type for argument in node.args], active.operands(node))


def own(active, node):
    word, number = node.attr
    value, box = (*active.operands(node), 0)[:2]
    type = node.args[0].type
    if word == "SCALAR":
        bits = exact_bits(type, value)
        return active.call("fj_own_scalar", "ptr", ("i32", "i64", "ptr"), (number, bits, box))
    if word in OWN:
        return active.call(OWN[word], "ptr", (type, "ptr"), (value, box))
    return active.call(f"fj_own_{word.lower()}", "ptr", (type,), (value,))


def exact_bits(type, value):
    """The raw bits that a scalar's constructor takes, zero-extended."""
    row = MACHINE_TYPES[type]
    if row.floating:
        value = evaluate("bitcast", [value], [type], f"i{row.bits}")
        type = f"i{row.bits}"
    return wrapped("i64", as_unsigned(type, value))


def own_tuple(active, node):
    items = (ctypes.c_size_t * max(1, len(node.args)))(*active.operands(node))
    return active.call("fj_own_tuple", "ptr", ("ptr", "i64"), (ctypes.addressof(items), len(node.args)))


def poll(active, node):
    if read("i8", read("ptr", active.context + CONTEXT["breaker"])):
        active.store_spills(node.exit)
        unit = active.value(node.args[0]) if node.args else node.attr
        stay(active.call("fj_poll", "i64", ("ptr", "i32", "i32"), (active.context, node.exit.id, unit)))


def callout(active, node):
    active.store_spills(node.exit)
    values = (active.context, node.exit.id, *node.attr)
    stay(active.call("fj_callout", "i64", ("ptr", *["i32"] * (len(values) - 1)), values))


def calm(active, node):
    if read("i8", read("ptr", active.context + CONTEXT["breaker"])):
        active.leave(node.exit)


def levels(active, node):
    values = (active.context, *active.region.limits)
    return active.call("fj_levels", "i64", ("ptr", "i64", "i64", "i64"), values)


def invoke(active, node):
    """The values that the routine gives; it leaves, and so does this one."""
    routine = active.region.routines[node.attr]
    inner = Activation(routine, active.spills, active.layout, active.context, active.home_address, active.region, active.operands(node))
    try:
        inner.walk()
    except Given as given:
        return given.args
    except Left:
        active.leave(node.exit)


def stay(code):
    """Go on behind a world point when the runtime says 0."""
    if code != 0:
        raise Left(code)


STEPS = {
    "guard": guard, "unbox_int": unbox_int, "item": vector, "word": vector, "field": field, "address": address, "store": store,
    "home": lambda active, node: read("ptr", active.home_address + 8 * node.attr),
    "name": lambda active, node: read("ptr", active.names + 8 * node.attr),
    "load": lambda active, node: read(node.type, active.value(node.args[0])),
    "number": lambda active, node: read("i64", active.context + CONTEXT["number"]),
    "home_set": home_setter("fj_home_put"), "home_take": home_setter("fj_home_take"), "name_set": name_set,
    "home_swap": home_swap, "name_put": name_put,
    "pure_call": any_call, "read_call": any_call, "write_call": any_call, "own": own, "own_tuple": own_tuple,
    "poll": poll, "poll_at": poll, "callout": callout, "calm": calm, "levels": levels, "invoke": invoke,
    "argument": lambda active, node: active.arguments[node.attr[0]],
    "given": lambda active, node: active.value(node.args[0])[node.attr[0]],
}
STEPS |= {name: overflow for name in OPERATIONS if name.endswith("_ovf")}


# ---- ends of blocks

def returns(active, end):
    write("i64", active.spill, active.value(end.iterations))
    write("ptr", active.context + CONTEXT["result"], active.value(end.args[0]))
    raise Left(RETURNS["RETURN"])


def gives(active, end):
    raise Given(*[active.value(value) for value in end.args])


ENDS = {
    "give": gives,
    "jump": lambda active, end: active.go(end.targets[0]),
    "branch": lambda active, end: active.go(end.targets[0 if active.value(end.args[0]) else 1]),
    "return": returns,
    "leave": lambda active, end: active.leave(end.exit),
    "miss": lambda active, end: active.leave(end.exit),
}

__all__ = ["run", "native_address", "STEPS", "ENDS"]
