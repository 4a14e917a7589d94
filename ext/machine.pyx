# cython: language_level=3, binding=False, embedsignature=True
"""The mechanism: regions of machine code, how they are entered, and how they are left.  No policy."""

import atexit
import os
import sys
import types
import weakref

from cpython.ref cimport PyObject, Py_INCREF, Py_DECREF, Py_XDECREF
from cpython.mem cimport PyMem_Calloc, PyMem_Free
from libc.stdint cimport int32_t, int64_t


cdef extern from "machine.h":
    ctypedef int64_t (*fj_native)(void *, PyObject **)
    ctypedef struct FjExit:
        int32_t *words
        const int32_t *facts
        int nfacts, cost
        int unit, at, observed
        int64_t count
        PyObject *seen
    ctypedef struct FjCell:
        PyObject *dict
        PyObject *fallback
        PyObject *name
        PyObject *expected
    ctypedef struct FjBorrowed:
        PyObject *reference
        PyObject *object
    ctypedef struct FjRegion:
        PyObject *owner
        fj_native native
        PyObject *globals
        PyObject **consts
        FjCell *cells
        FjExit *exits
        char superseded
        FjBorrowed *borrowed
        int unit, depth, framed, spill, nconsts, ncells, nexits, nborrowed, checks, news
        int64_t entries, iterations, misses, callouts, polls
        int turn
        char outweighed
    ctypedef struct FjSlot:
        PyObject *object
        FjRegion **variants
        int nvariants, nquick, parameters
        char armed, ignored, recursive, plain
        int64_t calls, misses, rearm
        int shift
        PyObject *copy
        PyObject *original
    ctypedef struct FjCounters:
        long long native_entries, iterations, callouts, polls, exits, misses, osr_entries, left, raised
    ctypedef struct FjCallbacks:
        PyObject *on_call
        PyObject *on_sample
        PyObject *on_error
        PyObject *on_compiled
        int busy
    FjCounters fj_counters
    FjCallbacks fj_callbacks
    PyObject *fj_on_depth
    FjRegion *(*fj_region_of)(PyObject *)
    int fj_always_hook
    const int fj_prologue
    int fj_start(object missing) except -1
    FjSlot *fj_slot_of(object code)
    void fj_slot_changed(FjSlot *slot)
    int fj_slot_attach(object code, FjSlot *slot) except -1
    int fj_slot_attach_copy(object code, FjSlot *slot) except -1
    int fj_borrowed_live(const FjRegion *region)
    int fj_instruction_at(object code, int unit) except -1
    void fj_read_recipe(FjExit *exit)
    int fj_text_keys(object dict)
    int fj_return_unit(object code, int preferred)
    object fj_layout()
    object fj_symbols()
    object fj_self_test()
    int64_t fj_self_native "fj_self_native" (void *, PyObject **)
    const int RECIPE_OBJECT "fj_recipe_object"
    int fj_prepare(object function, FjSlot *slot) except -1
    void fj_release(object function)
    object fj_stub_new(FjSlot *slot)
    int fj_gate_start(object function) except -1
    object fj_gate_new()
    int fj_foreign_hook()
    void fj_handle_pending_start(object function)
    int fj_sampler_start(long microseconds)
    int fj_memory_available(Py_ssize_t size)
    void fj_sampler_start_soon(long microseconds)
    void fj_hook_last(object hook)
    void fj_sampler_stop()
    void fj_sampler_pace(long microseconds)
    int fj_place_looks
    int fj_first_looks
    void fj_places_forget(PyObject *code)
    PyObject *fj_call_back(PyObject *callback, PyObject **args, int count)
    void fj_guest_lasts()
    int fj_request_osr(object code, object region_object, FjRegion *region)
    int fj_worker_prepare(void **addresses, int count)
    void fj_worker_due(int looks)
    int fj_worker_begin(const char *text)
    void fj_worker_open(const char *path)
    void fj_worker_wait()
    object fj_worker_take()


class _Missing:
    """What stands for an unbound local, an absent name, or NULL."""

    __slots__ = ()

    def __repr__(self):
        return "MISSING"


MISSING = _Missing()
cdef int region_count = 0
cdef list ended = []                    # what kept the machine code of regions that have gone


cdef class Region:
    """One compiled entry of a code object: machine code, guards on names, exits, counters."""

    cdef FjRegion c
    cdef object held, code_reference
    cdef public object keep
    cdef readonly str name
    cdef object __weakref__

    def __cinit__(self, code, native, *, unit, depth, framed, spill, consts=(), cells=(), exits=(), globals=None, keep=None, name="",
                  keeps=None, turn=0):
        global region_count
        cdef FjRegion *c = &self.c
        region_count += 1
        consts = tuple(consts)
        cells = [(where, fallback, sys.intern(text), expected) for where, fallback, text, expected in cells]
        exits = [([int(word) for word in recipe], int(observed)) for recipe, observed in exits]
        self.code_reference = weakref.ref(code)
        self.keep = keep
        self.name = name
        c.owner = <PyObject *>self
        c.native = <fj_native><size_t>native
        c.unit, c.depth, c.framed, c.spill = unit, depth, bool(framed), max(1, spill)
        c.turn = turn
        c.globals = <PyObject *>globals if globals is not None else NULL
        self._take_consts(consts)
        self._take_cells(cells)
        self._take_exits(code, exits)
        spaces = [space for cell in cells for space in cell[:2]] + [globals]
        self._hold([*consts, *[cell[3] for cell in cells if cell[3] is not MISSING]], keeps)
        self.held += [cell[2] for cell in cells], [space for space in spaces if keeps is None or keeps(space)]

    cdef int _hold(self, list values, keeps) except -1:
        """Strong references to what `keeps(value)` says is safe (without it: to everything), weak ones to the rest."""
        cdef int i
        others = {} if keeps is None else {id(value): value for value in values if not keeps(value)}
        references = [(weakref.ref(value), value) for value in others.values()]
        self.held = ([value for value in values if id(value) not in others], [reference for reference, _ in references])
        self.c.nborrowed = len(references)
        self.c.borrowed = <FjBorrowed *>PyMem_Calloc(len(references) + 1, sizeof(FjBorrowed))
        for i in range(len(references)):
            reference, value = references[i]
            self.c.borrowed[i].reference = <PyObject *>reference
            self.c.borrowed[i].object = <PyObject *>value
        self.c.checks = self.c.ncells or self.c.nborrowed
        return 0

    cdef int _take_consts(self, tuple consts) except -1:
        cdef int i
        self.c.nconsts = len(consts)
        self.c.consts = <PyObject **>PyMem_Calloc(len(consts) + 1, sizeof(PyObject *))
        for i in range(len(consts)):
            self.c.consts[i] = <PyObject *>consts[i]
        return 0

    cdef int _take_cells(self, list cells) except -1:
        cdef int i
        self.c.ncells = len(cells)
        self.c.cells = <FjCell *>PyMem_Calloc(len(cells) + 1, sizeof(FjCell))
        for i in range(len(cells)):
            where, fallback, text, expected = cells[i]
            if type(where) is not dict or (fallback is not None and type(fallback) is not dict):
                raise TypeError("name cells live in dictionaries")
            self.c.cells[i].dict = <PyObject *>where
            self.c.cells[i].fallback = <PyObject *>fallback if fallback is not None else NULL
            self.c.cells[i].name = <PyObject *>text
            self.c.cells[i].expected = <PyObject *>expected if expected is not MISSING else NULL
        return 0

    cdef int _take_exits(self, code, list exits) except -1:
        cdef int i, j
        cdef FjExit *exit
        self.c.nexits = len(exits)
        self.c.exits = <FjExit *>PyMem_Calloc(len(exits) + 1, sizeof(FjExit))
        for i in range(len(exits)):
            recipe, observed = exits[i]
            exit = &self.c.exits[i]
            exit.words = <int32_t *>PyMem_Calloc(len(recipe) + 1, sizeof(int32_t))
            for j in range(len(recipe)):
                exit.words[j] = recipe[j]
            fj_read_recipe(exit)
            exit.unit = recipe[0]
            exit.at = fj_instruction_at(code, recipe[0])
            exit.observed = observed
        return 0

    def __dealloc__(self):
        global region_count
        cdef int i
        region_count -= 1
        if self.keep is not None:
            ended.append(self.keep)         # its end runs Python code: later, where nobody looks
        for i in range(self.c.nexits if self.c.exits != NULL else 0):
            PyMem_Free(self.c.exits[i].words)
            Py_XDECREF(self.c.exits[i].seen)
        PyMem_Free(self.c.exits)
        PyMem_Free(self.c.borrowed)
        PyMem_Free(self.c.cells)
        PyMem_Free(self.c.consts)

    @property
    def code(self):
        """The code object, or None when it is gone."""
        return self.code_reference()

    @property
    def dead(self):
        """Whether something that the region borrows has died: it is never entered again."""
        return not fj_borrowed_live(&self.c)

    @property
    def unit(self):
        return self.c.unit

    @property
    def depth(self):
        return self.c.depth

    @property
    def framed(self):
        return bool(self.c.framed)

    @property
    def entries(self):
        return self.c.entries

    @property
    def iterations(self):
        return self.c.iterations

    @property
    def misses(self):
        return self.c.misses

    @property
    def callouts(self):
        return self.c.callouts

    @property
    def polls(self):
        return self.c.polls

    @property
    def outweighed(self):
        """Whether its call-outs have cost more than its iterations can have won; it is not entered any more."""
        return bool(self.c.outweighed)

    @property
    def exit_counts(self):
        """How often each exit was taken."""
        return [self.c.exits[i].count for i in range(self.c.nexits)]

    @property
    def exit_seen(self):
        """Per exit, the type of the object that was observed there last, or None."""
        return [<object>self.c.exits[i].seen if self.c.exits[i].seen != NULL else None for i in range(self.c.nexits)]

    @property
    def news(self):
        """Whether an exit saw a type that it had not seen; the region is not entered by calls until this is set to False."""
        return bool(self.c.news)

    @news.setter
    def news(self, value):
        self.c.news = bool(value)

    def replace(self, native, keep):
        """Better code of the same graph: entries take it from now on, a run that has begun when it next polls at its entry."""
        self.keep = (self.keep, keep)
        self.c.native = <fj_native><size_t>native
        self.c.superseded = 1

    def __repr__(self):
        return f"<Region {self.name or self.code} unit {self.c.unit}>"


cdef FjRegion *_region_of(PyObject *thing) noexcept:
    if not isinstance(<object>thing, Region):
        return NULL
    return &(<Region><object>thing).c


cdef class Slot:
    """What is known of one code object: its regions, and how its functions' calls reach them."""

    cdef FjSlot c
    cdef object held, code_reference, __weakref__

    def __cinit__(self, code):
        self.c.object = <PyObject *>self
        self.c.original = <PyObject *>code
        self.c.parameters = code.co_argcount
        self.c.plain = code.co_flags & 0x0C == 0 and code.co_kwonlyargcount == 0
        self.held = ()
        self.code_reference = weakref.ref(code)

    def __dealloc__(self):
        PyMem_Free(self.c.variants)

    @property
    def variants(self):
        """The regions that calls try, in order."""
        return list(self.held)

    @variants.setter
    def variants(self, regions):
        cdef int i
        regions = tuple(regions)
        for region in regions:
            if not isinstance(region, Region):
                raise TypeError("variants are regions")
        cdef FjRegion **fresh = <FjRegion **>PyMem_Calloc(len(regions) + 1, sizeof(FjRegion *))
        cdef FjRegion **old = self.c.variants
        for i in range(len(regions)):
            fresh[i] = &(<Region>regions[i]).c
        before = self.held
        self.c.nvariants = self.c.nquick = 0
        self.held = regions
        self.c.variants = fresh
        self.c.nvariants = len(regions)
        fj_slot_changed(&self.c)
        PyMem_Free(old)

    @property
    def code(self):
        return self.code_reference()

    @property
    def armed(self):
        return bool(self.c.armed)

    @armed.setter
    def armed(self, value):
        self.c.armed = bool(value)

    @property
    def recursive(self):
        """Calls are interpreted: native ones were about to use up the C stack."""
        return bool(self.c.recursive)

    @recursive.setter
    def recursive(self, value):
        self.c.recursive = bool(value)

    @property
    def ignored(self):
        return bool(self.c.ignored)

    @ignored.setter
    def ignored(self, value):
        self.c.ignored = bool(value)

    @property
    def rearm(self):
        """Every so many calls that no region took, on_call is asked again; 0: never."""
        return self.c.rearm

    @rearm.setter
    def rearm(self, value):
        self.c.rearm = value

    @property
    def calls(self):
        return self.c.calls

    @property
    def misses(self):
        return self.c.misses


cdef Slot _slot(code):
    cdef FjSlot *found = fj_slot_of(code)
    if found != NULL:
        return <Slot><object>found.object
    cdef Slot slot = Slot.__new__(Slot, code)
    fj_slot_attach(code, &slot.c)
    return slot


include "copied_code.pxi"

GENERATED = 0x20 | 0x80 | 0x200         # generators, coroutines, asynchronous generators
OPTIMIZED = 0x01 | 0x02


def slot_of(code):
    """The slot of a code object, made when there is none."""
    return _slot(code)


def prepare(function):
    """Make a function's calls go through its code object's slot.  The slot; None when they can't."""
    if type(function) is not types.FunctionType:
        return None
    code = function.__code__
    if code.co_flags & GENERATED or code.co_flags & OPTIMIZED != OPTIMIZED or code.co_cellvars or code.co_freevars:
        return None
    module = function.__module__        # may be anything
    if type(module) is str and module.partition(".")[0] == "framejit" or not code.co_consts:
        return None
    cdef Slot slot = _slot(code)
    if fj_prologue and slot.c.copy == NULL:
        copy, shift = copied_code(code, fj_stub_new(&slot.c))
        if copy is None:
            return None
        slot.c.shift = shift
        fj_slot_attach_copy(copy, &slot.c)
    return slot if fj_prepare(function, &slot.c) else None


def release(function):
    """Give a function its own entry back."""
    if type(function) is types.FunctionType:
        fj_release(function)


def original_code(code):
    """The code object that a copy was made from; others as they are."""
    cdef FjSlot *slot = fj_slot_of(code)
    if slot != NULL and slot.copy == <PyObject *>code:
        return <object>slot.original
    return code


def specialised_texts(code):
    """The bytecode of a code object and of its copy as the interpreter has specialised them, without the copy's prologue:
    a unit behind the first is the same in both."""
    cdef FjSlot *slot = fj_slot_of(code)
    if slot == NULL or slot.copy == NULL:
        return [code._co_code_adaptive]
    return [(<object>slot.original)._co_code_adaptive, (<object>slot.copy)._co_code_adaptive[2 * slot.shift:]]


def ignore(code):
    """Samples that find this code object return at once."""
    _slot(code).c.ignored = 1


def set_callbacks(on_call=None, on_sample=None, on_error=None, on_depth=None, on_compiled=None):
    """on_call(function, arguments); on_sample(code, jump, target, function, locals, stack, globals, at_module_level,
    iterations of the region that has just left); on_error(exception); on_depth(code, unit) -> stack depth before that unit, or -1; on_compiled(): the worker is done, or due."""
    global _callbacks
    _callbacks = (on_call, on_sample, on_error, on_depth, on_compiled)
    fj_callbacks.on_call = <PyObject *>on_call if on_call is not None else NULL
    fj_callbacks.on_sample = <PyObject *>on_sample if on_sample is not None else NULL
    fj_callbacks.on_error = <PyObject *>on_error if on_error is not None else NULL
    fj_callbacks.on_compiled = <PyObject *>on_compiled if on_compiled is not None else NULL
    global fj_on_depth
    fj_on_depth = <PyObject *>on_depth if on_depth is not None else NULL


def sampler_start(interval_us):
    """Look at the running frame every so many microseconds."""
    if fj_sampler_start(interval_us) < 0:
        raise RuntimeError("no thread for the sampler")


def memory_available(size):
    """Whether the system would give so many bytes now."""
    return bool(fj_memory_available(size))


def sampler_start_soon(interval_us):
    """The same at the interpreter's next check, once os.fork() has counted the threads."""
    fj_sampler_start_soon(interval_us)


def hook_last(hook):
    """A hook that runs behind a fork runs last, in both processes."""
    fj_hook_last(hook)


def guest_lasts():
    """What the callback that runs has made is imported: the program's collections leave it out."""
    fj_guest_lasts()


def as_guest(work):
    """Tests: call `work` as the machine calls the compiler; whether it came back without an exception."""
    cdef PyObject *answer = fj_call_back(<PyObject *>work, NULL, 0)
    if answer == NULL:
        return False
    Py_DECREF(<object>answer)
    return True


def names_are_text(names):
    """Whether looking up a name in this dictionary runs no code of the program's: all its keys are exact strings."""
    return isinstance(names, dict) and bool(fj_text_keys(names))


def looks():
    """How many looks the question that is being asked stands for; those before were only counted."""
    return fj_place_looks


def first_looks(asked):
    """Whether on_sample hears of the first look at code that is not at a loop's jump."""
    global fj_first_looks
    fj_first_looks = bool(asked)


def sampler_pace(interval_us):
    """From now on look every so many microseconds."""
    fj_sampler_pace(interval_us)


def sampler_stop():
    """Stop and join the sampler's thread."""
    fj_sampler_stop()


def worker_prepare(addresses):
    """Where the compiler's functions and objects lie, in the order of `Compiler` in ext/beside.c."""
    cdef size_t count = len(addresses), i
    cdef void **raw = <void **>PyMem_Calloc(count + 1, sizeof(void *))
    for i in range(count):
        raw[i] = <void *><size_t>addresses[i]
    cdef int failed = fj_worker_prepare(raw, count)
    PyMem_Free(raw)
    if failed < 0:
        raise ValueError("the compiler's functions are not those that are known")


def worker_begin(bytes text):
    """Compile this text beside the program; False: something is being compiled, or can't be."""
    return bool(fj_worker_begin(text))


def worker_due(looks):
    """Call on_compiled once so many looks have found native code running; 0: don't."""
    fj_worker_due(looks)


def worker_open(path):
    """Load a library beside the program."""
    fj_worker_open(os.fsencode(path))


def worker_wait():
    """Until nothing is being compiled."""
    fj_worker_wait()


def worker_take():
    """The object file that the worker has made; None when it failed."""
    return fj_worker_take()


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
gate = gate_function(fj_gate_new())
fj_gate_start(gate)
fj_start(MISSING)
fj_handle_pending_start(poll_function())
atexit.register(sampler_stop)
