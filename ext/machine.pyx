# cython: language_level=3, binding=False, embedsignature=True
"""The mechanism: regions of machine code, how they are entered, and how they are left.  No policy."""

import atexit
import os
import sys
import types
import weakref

from cpython.ref cimport PyObject, PyTypeObject, Py_INCREF, Py_DECREF, Py_XDECREF
from cpython.mem cimport PyMem_Calloc, PyMem_Free
from libc.stdint cimport int32_t, int64_t, uint64_t
from libc.string cimport memcpy

include "declarations.pxi"


class _Missing:
    """What stands for an unbound local, an absent name, or NULL."""

    __slots__ = ()

    def __repr__(self):
        return "MISSING"


MISSING = _Missing()

include "copied_code.pxi"
include "region.pxi"
include "slot.pxi"
include "background.pxi"
include "block.pxi"
include "entrance.pxi"
include "kept.pxi"
include "packed.pxi"


def set_callbacks(on_call=None, on_sample=None, on_error=None, on_depth=None, on_compiled=None, on_body=None, on_looking=None, on_function=None):
    """on_call(function, arguments); on_sample(code, jump, target, function, locals, stack, globals, at_module_level,
    iterations of the region that has just left); on_error(exception); on_depth(code, unit) -> stack depth before that unit, or -1; on_compiled(): the worker is done, or due.
    on_body(code, unit, options, locals, stack or None, globals, at_module_level): a with statement whose body begins there is entered;
    on_looking(): blocks want looks, or don't any longer; on_function(function): it has just been made (`watch_functions`)."""
    global _callbacks
    _callbacks = (on_call, on_sample, on_error, on_depth, on_compiled, on_body, on_looking, on_function)
    fj_callbacks.on_call = <PyObject *>on_call if on_call is not None else NULL
    fj_callbacks.on_sample = <PyObject *>on_sample if on_sample is not None else NULL
    fj_callbacks.on_error = <PyObject *>on_error if on_error is not None else NULL
    fj_callbacks.on_compiled = <PyObject *>on_compiled if on_compiled is not None else NULL
    fj_callbacks.on_body = <PyObject *>on_body if on_body is not None else NULL
    fj_callbacks.on_looking = <PyObject *>on_looking if on_looking is not None else NULL
    fj_callbacks.on_function = <PyObject *>on_function if on_function is not None else NULL
    global fj_on_depth
    fj_on_depth = <PyObject *>on_depth if on_depth is not None else NULL


def request_osr(code, Region region not None):
    """Enter `region` when the main thread next makes its backward jump in `code`."""
    fj_request_osr(original_code(code), region, &region.c)


cdef class Ending:
    """Called at a code object's end: the tables let go of what they have for its id, and `gone` learns of it.  C, so
    that no tracer hears of the call."""

    cdef object key
    cdef tuple tables
    cdef list gone

    def __init__(self, code, tables, gone):
        self.key, self.tables, self.gone = id(code), tuple(tables), gone

    def __call__(self, reference):
        cdef int guest = fj_ending_begins()
        try:
            self.forget(reference)
        finally:
            if guest:
                fj_ending_ends()

    cdef forget(self, reference):
        fj_places_forget(<PyObject *><size_t>self.key)
        for table in self.tables:
            known = table.get(self.key)
            if known is not None and known.reference is reference:
                del table[self.key]
        self.gone.append(self.key)


def live_regions():
    """How many regions there are."""
    return region_count


def free_code():
    """Gives back the machine code of regions that have gone."""
    gone = ended[:]
    ended.clear()
    del gone


def has_return(code):
    """Whether a frame of this code can be left by a RETURN_VALUE of its own."""
    return fj_return_unit(code, -1) >= 0


def has_loops(code):
    """Whether some jump of this code goes backwards."""
    return fj_has_loops(code) != 0


def symbols():
    """Name -> address of everything that generated code may refer to."""
    return fj_symbols()


def layout():
    """Name -> offset of everything that generated code reads inline."""
    return fj_layout()


def counters():
    """Totals since the start of the process."""
    return {
        "native_entries": fj_counters.native_entries, "iterations": fj_counters.iterations,
        "callouts": fj_counters.callouts, "polls": fj_counters.polls, "exits": fj_counters.exits,
        "misses": fj_counters.misses, "osr_entries": fj_counters.osr_entries, "left": fj_counters.left,
        "raised": fj_counters.raised,
    }


def foreign_hook():
    """Whether somebody else evaluates frames (PEP 523)."""
    return fj_foreign_hook() != 0


def memory_traced():
    """Whether tracemalloc notes who allocates."""
    return fj_tracemalloc_on() != 0


def same_function(one, other):
    """Whether two built-in functions are the same piece of C: a module that is imported anew has other objects for them."""
    return PyCFunction_CheckExact(one) and PyCFunction_CheckExact(other) and (<PyCFunctionObject *>one).m_ml == (<PyCFunctionObject *>other).m_ml


def keep_internal(int row, space, known, bint whole):
    """The dictionary, or class, in this row, and what is under its keys as long as nobody has replaced it (MISSING: there is no such key), or None: something was replaced before; `whole`: no key is added."""
    fj_keep_internal(row, fj_class_names(<PyObject *>space) if isinstance(space, type) else <PyObject *>space, NULL if known is None else <PyObject *>known, whole)


def internals_same(uint64_t rows):
    """Whether the names of these rows, a bit for each, hold what they are known to hold."""
    return fj_internals_same(rows) != 0


def foreign_asks(function not None):
    """What gives the state of errors of a package's ufuncs, by kind of error (ext/foreign.c)."""
    fj_foreign_asks(function)


ATTRIBUTES = ("unknown", "value", "slot", "method", "class", "static", "class method", "property", "nothing", "made", "item", "tuple's", "raised", "dict's", "list's", "object's", "held", "covered", "builtin", "keyed")      # rows of FJ_ATTRIBUTE_*


def attribute(type_, name, use=0, after=None):
    """(a row of ATTRIBUTES, number): where instances of exactly this class have the attribute, or the class itself (`use`: FJ_OF_*, `after`: of super()); the number is
    the place among their values, a slot's offset, the id of a function or, for "class", of the base that has the value."""
    cdef Py_ssize_t word = 0
    kind = fj_attribute(<PyObject *>type_, <PyObject *>name, use, <PyObject *>after, &word)
    return ATTRIBUTES[kind], word


def has_dictionary(object_):
    """Whether an instance keeps its attributes in a dictionary, with text for keys."""
    return fj_own_dictionary(<PyObject *>object_) != NULL


def values_around(frames):
    """[(globals, [values of locals], code object)] of the frames that run in this thread, innermost first."""
    return fj_values_around(frames)


def suspend_generator(generator, holder, int unit):
    """A generator expression with one loop that hasn't begun stands behind its YIELD_VALUE at this unit, and its variables keep the holder alive if it isn't None."""
    fj_suspend_generator(generator, holder, unit)


def watch_functions(on):
    """on_function is called with each function that is made from now on, or no longer.  Whether it is: not on 3.11."""
    return fj_watch_functions(on)


def packed_code(value):
    """The letter of the numbers that an array.array holds; None for other objects."""
    code = fj_packed_code(<PyObject *>value)
    return chr(code) if code else None


def member_offset(type_, name):
    """Where objects of a type of C have the object that this attribute reads, in bytes; -1 if it isn't such an attribute."""
    return fj_member_offset(<PyObject *>type_, <PyObject *>name)


def knows_twister(type_):
    """Whether instances of this class of C are Mersenne Twisters that draw as ext/twister.c does."""
    return fj_knows_twister(<PyObject *>type_) != 0


def knows_deque(type_):
    """Whether this is the class of deques, whose items lie where ext/deques.c looks for them."""
    return fj_knows_deque(<PyObject *>type_) != 0


def pool_fits(made, first):
    """Whether an object of one of itertools' classes that choose is laid out as ext/pools.c expects: `first`, two items of two, is what it has given."""
    return fj_pool_fits(<PyObject *>made, <PyObject *>first) != 0


def step_fits(made, items):
    """Whether an iterator of C's that has been moved once is laid out as ext/stepped.c expects; `items`: the list that it was made of (ext/iterators.c)."""
    return fj_step_fits(<PyObject *>made, <PyObject *>items) != 0


def supported():
    """Whether this interpreter is one that the machine was built for and knows."""
    import sys as system
    known = system.implementation.name == "cpython" and (3, 11) <= system.version_info[:2] <= (3, 13)
    plain = not hasattr(system, "gettotalrefcount") and "t" not in system.abiflags
    return known and plain and system.version_info[:2] == BUILT_FOR


def always_hook(on):
    """Tests: make every frame by the one-shot hook."""
    global fj_always_hook
    fj_always_hook = bool(on)


def self_test():
    """Problems with this interpreter, as sentences; an empty list when there is none."""
    problems = fj_self_test()
    if not problems and supported() and not take_over_once():
        problems.append("a frame could not be taken over")
    if not supported():
        problems.append("this version of the interpreter is not known")
    return problems


cdef bint take_over_once():
    """Leave a frameless region in mid-expression, with both operands on the stack."""
    space = {}
    exec("def difference(a, b): return a - b", space)
    function = space["difference"]
    code = function.__code__
    unit = code.co_code.index(bytes([opcode.opmap["BINARY_OP"], 10])) // 2
    slot = prepare(function)
    slot.variants = [Region(code, <size_t>fj_self_native, unit=1, depth=0, framed=False, spill=3, globals=space,
                            exits=[([unit, 0, 2, RECIPE_OBJECT, 1, RECIPE_OBJECT, 2, 0, 0], -1)])]
    cdef FjCounters before = fj_counters
    answer = function(90, 48)
    global fj_counters
    fj_counters = before
    return answer == 42 and (slot.variants[0].entries == 1 or slot.misses == 0)     # no miss: observed, not entered


_callbacks = ()
BUILT_FOR = sys.version_info[:2]
fj_region_of = _region_of
fj_manager_type = <PyTypeObject *>Block
gate = gate_function(fj_gate_new())
fj_gate_start(gate)
fj_start(MISSING)
fj_handle_pending_start(poll_function())
fj_hear_of_classes()
atexit.register(sampler_stop)
