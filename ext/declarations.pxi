# What machine.h offers to Cython.

cdef extern from *:
    ctypedef struct PyCFunctionObject:
        void *m_ml
    bint PyCFunction_CheckExact(object)

cdef extern from "machine.h":
    ctypedef int64_t (*fj_native)(void *, PyObject **)
    ctypedef struct FjExit:
        int32_t *words
        const int32_t *facts
        int nfacts, cost
        int unit, at, loop, observed, call, next, keywords, row, argument, callee, nhomes
        int32_t *homes
        int64_t count
        PyObject *seen
    ctypedef struct FjCell:
        PyObject *dict
        PyObject *fallback
        PyObject *name
        PyObject *expected
    PyTypeObject *type_of "Py_TYPE" (PyObject *)
    Py_ssize_t count_of "Py_REFCNT" (PyObject *)
    ctypedef struct FjBorrowed:
        PyObject *reference
        PyObject *object
        PyTypeObject *type
    ctypedef struct FjCallee:
        PyObject *function
        PyObject *code
        PyObject *defaults
        PyObject *class_ "class"
        PyObject *named
    ctypedef struct FjAttribute:
        PyObject *name
        PyObject *after
        int use, kind
        Py_ssize_t word
    ctypedef struct FjClass:
        PyObject *type
        int count
        FjAttribute *facts
    PyObject *fj_class_names(PyObject *)
    Py_ssize_t fj_member_offset(PyObject *, PyObject *)
    int fj_knows_twister(PyObject *)
    int fj_knows_deque(PyObject *)
    int fj_packed_code(PyObject *)
    int fj_attribute(PyObject *, PyObject *, int, PyObject *, Py_ssize_t *)
    PyObject *fj_own_dictionary(PyObject *object)
    ctypedef struct FjRegion:
        PyObject *owner
        fj_native native
        PyObject *globals
        PyObject **consts
        FjCell *cells
        PyObject **spaces
        FjExit *exits
        char unfinished
        char superseded
        FjCallee *callees
        PyObject **codes
        FjClass *classes
        FjBorrowed *borrowed
        int unit, depth, framed, spill, nconsts, ncells, nexits, nborrowed, ncallees, ncodes, nclasses, nspaces, checks, news
        uint64_t internals
        int64_t entries, iterations, misses, callouts, polls
        int64_t level_bytes, level_words
        int64_t work
        int turn, nturns
        int32_t *turns
        char outweighed
    ctypedef struct FjBody:
        PyObject *object
        FjBody *next
        PyObject *options
        FjRegion **variants
        int nvariants, unit, depth, units
        const char *inside
        char plain, calls
        int64_t entries, iterations, left
    ctypedef struct FjManager:
        PyObject *object
        PyObject *options
        PyObject *held
        int entries
    object fj_block_enter(FjManager *manager)
    void fj_block_exit(FjManager *manager)
    int fj_blocks_looking
    ctypedef struct FjStep:
        int slot, next
    ctypedef struct FjEntrance:
        PyObject *object
        FjRegion **variants
        int nvariants, unit, units, depth, done, done_depth, nsteps, behind
        FjStep *steps
        int64_t entries
    int FJ_STEPS
    int fj_lead_calls(object function, FjSlot *slot) except -1
    int fj_lead_attach(object copy, FjSlot *slot, int units, const char *notes) except -1
    object fj_entrance_stub(FjSlot *slot, FjEntrance *entrance)
    int FJ_KEPT
    bint fj_show_originals()
    ctypedef struct FjSlot:
        PyObject *object
        FjRegion **variants
        int nvariants, nquick, parameters
        char armed, ignored, recursive, plain, waits, anew
        int64_t calls, misses, rearm, until, trial
        FjBody *bodies
        int shift
        PyObject *copy
        PyObject *original
        FjEntrance **entrances
        int nentrances
        PyObject *led
        PyObject *versions
    ctypedef struct FjCounters:
        long long native_entries, iterations, callouts, polls, exits, misses, osr_entries, left, raised
    ctypedef struct FjCallbacks:
        PyObject *on_call
        PyObject *on_sample
        PyObject *on_error
        PyObject *on_compiled
        PyObject *on_body
        PyObject *on_looking
        PyObject *on_function
        int busy
    FjCounters fj_counters
    FjCallbacks fj_callbacks
    PyObject *fj_on_depth
    FjRegion *(*fj_region_of)(PyObject *)
    PyTypeObject *fj_manager_type
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
    int fj_has_loops(object code) except -1
    object fj_layout()
    object fj_symbols()
    object fj_self_test()
    int64_t fj_self_native "fj_self_native" (void *, PyObject **)
    const int RECIPE_OBJECT "fj_recipe_object"
    int fj_prepare(object function, FjSlot *slot) except -1
    void fj_release(object function)
    object fj_stub_new(FjSlot *slot)
    int fj_keep_learned(object original, object copy, int shift) except -1
    int fj_gate_start(object function) except -1
    object fj_gate_new()
    int fj_foreign_hook()
    int fj_tracemalloc_on()
    void fj_handle_pending_start(object function)
    void fj_hear_of_classes()
    int fj_sampler_start(long microseconds)
    int fj_memory_available(Py_ssize_t size)
    object fj_values_around(int frames)
    void fj_suspend_generator(object generator, object holder, int unit)
    bint fj_watch_functions(int on)
    void fj_made_anew(FjSlot *slot, int on)
    void fj_before_fork(object behind)
    void fj_behind_fork()
    int fj_forks()
    double fj_seconds_had()
    void fj_sampler_end()
    void fj_look_here(int64_t iterations)
    void fj_sampler_pace(long microseconds)
    int fj_place_looks
    int fj_first_looks
    void fj_places_forget(PyObject *code)
    PyObject *fj_call_back(PyObject *callback, PyObject **args, int count)
    void fj_guest_lasts()
    void fj_room(int levels)
    int fj_ending_begins()
    void fj_ending_ends()
    bint fj_imports_begin(PyObject *first)
    void fj_imports_end()
    int fj_request_osr(object code, object region_object, FjRegion *region)
    int fj_worker_prepare(void **addresses, int count)
    int fj_worker_done(int lane)
    void fj_worker_due(int looks)
    int fj_worker_begin(int lane, int way, const char *text)
    void fj_worker_open(const char *path)
    void fj_worker_wait()
    object fj_worker_take(int lane)

cdef extern from "kept_memory.h":
    void fj_memory_wanted(int64_t bytes)
cdef extern from "internals.h":
    int fj_keep_internal(int row, PyObject *dict, PyObject *names, int whole) except -1
    int fj_internals_same(uint64_t rows)
    void fj_foreign_asks(object function)

cdef extern from "builtin_types.h":
    signed char fj_pool_fits(PyObject *, PyObject *)

cdef extern from "stepped.h":
    signed char fj_step_fits(PyObject *, PyObject *)

cdef extern from "weigh.h":
    int64_t fj_won(const FjRegion *region)
    int fj_verdict(const int64_t *compiled, const int64_t *interpreted, int64_t detour, int doubted)
