/* CPython 3.11: what differs from the other versions, as macros and inline functions.  The same names in v312.h, v313.h. */
#define FJ_PROLOGUE 1              /* calls are entered through a copied code object: a replaced vectorcall is not honoured */
#define FJ_LETS_GO 0               /* of the tuple in f(*t), before a Python function runs */
#define FJ_NULL_ABOVE 0            /* a call's stack: [method or NULL, callable or self, arguments] */
#define FJ_IMMORTAL 0
#define FJ_CURRENT(ts) ((ts)->cframe->current_frame)
#define FJ_CODE(f) ((f)->f_code)
#define FJ_FUNCTION(f) ((f)->f_func)
#define FJ_POSITION(f) ((f)->prev_instr)
#define FJ_PY_REMAINING(ts) ((ts)->recursion_remaining)
#define FJ_C_REMAINING(ts) ((ts)->recursion_remaining)
#define FJ_OPCODE(u) _Py_OPCODE(u)
#define FJ_VERSION_FUNCTION(function, code) ((void)(code))
#define FJ_TYPE_PARAMETERS(function) ((void)(function), (PyObject *)NULL)
#define FJ_OPARG(u) _Py_OPARG(u)
#define FJ_JUMP_IF_NONE "POP_JUMP_FORWARD_IF_NONE"

typedef struct { PyObject_HEAD long index, start, step, len; } FjRangeIter;

static inline _Py_CODEUNIT fj_make_unit(int opcode, int oparg) { return _Py_MAKECODEUNIT(opcode, oparg); }
static inline int fj_unit(_PyInterpreterFrame *f) { return (int)(f->prev_instr - FJ_CODE0(FJ_CODE(f))); }
static inline void fj_executing(_PyInterpreterFrame *f, int unit) { f->prev_instr = FJ_CODE0(FJ_CODE(f)) + unit; }
static inline void fj_resume_at(_PyInterpreterFrame *f, int unit) { f->prev_instr = FJ_CODE0(FJ_CODE(f)) + unit - 1; }
static inline void fj_raise_at(_PyInterpreterFrame *f, int unit) { f->prev_instr = FJ_CODE0(FJ_CODE(f)) + unit; }
static inline void fj_no_return_offset(_PyInterpreterFrame *f) { (void)f; }
static inline void fj_mark_linked(_PyInterpreterFrame *f) { (void)f; }
#define FJ_BEHIND_CALL INLINE_CACHE_ENTRIES_CALL     /* units from a CALL to where its frame stands while a Python function runs */
/* A suspended caller's position, for a call at `at`, up to `next`. */
#define FJ_CALL_UNIT(at, next) ((next) - 1)
static inline void fj_calling(_PyInterpreterFrame *f, int at, int next) { fj_executing(f, FJ_CALL_UNIT(at, next)); }
#define FJ_INLINED 0               /* C recursion that the evaluator of a call takes and an inlined call doesn't */
/* Whether instances keep their attributes as values in the order of their class's shared keys; and those of one, NULL where it has
   a dictionary instead. */
static inline int fj_has_values(PyTypeObject *type) { return (type->tp_flags & Py_TPFLAGS_MANAGED_DICT) != 0; }
static inline PyObject **fj_instance_values(PyObject *object, int64_t size) { (void)size; return ((PyObject ***)object)[-4]; }
#define FJ_DICT_VALUES(values) ((PyDictValues *)(values))
#define FJ_SHIM 0                  /* frames that the interpreter has between a call of a class and its __init__ */
#define FJ_VALUES_KIND 0
static inline void fj_set_code(_PyInterpreterFrame *f, PyCodeObject *code) { f->f_code = code; }
static inline int fj_owned_by_c(_PyInterpreterFrame *f) { (void)f; return 0; }
static inline int fj_credits_low(PyThreadState *ts) { (void)ts; return 0; }
/* Whether the profiler (tool 0) or tracer (1) hears of the next event of any function, marked or not. */
static inline int fj_tells(PyThreadState *ts, int tool, int event, int raising) {
    (void)tool; (void)event; (void)raising;
    return ts->cframe->use_tracing;
}
/* tracemalloc notes the line that allocates. */
static inline int fj_memory_traced(void) { return _Py_tracemalloc_config.tracing; }
static inline int fj_code_observed(PyCodeObject *code) { (void)code; return 0; }
static inline int fj_observed(PyThreadState *ts, PyCodeObject *code) { (void)code; return ts->cframe->use_tracing || fj_memory_traced(); }
/* Nobody is told of what comes until fj_look_back. */
typedef struct { Py_tracefunc trace, profile; int tracing; } FjLookers;
static inline void fj_look_away(PyThreadState *ts, FjLookers *lookers) {
    *lookers = (FjLookers){ts->c_tracefunc, ts->c_profilefunc, ts->cframe->use_tracing};
    ts->c_tracefunc = ts->c_profilefunc = NULL;
    ts->cframe->use_tracing = 0;
}
static inline void fj_look_back(PyThreadState *ts, const FjLookers *lookers) {
    ts->c_tracefunc = lookers->trace;
    ts->c_profilefunc = lookers->profile;
    ts->cframe->use_tracing = lookers->tracing;
}
static inline int fj_collection_waits(PyThreadState *ts) { (void)ts; return 0; }
/* Nobody looks on, and there is room for a call. */
static inline int fj_undisturbed(PyThreadState *ts, PyCodeObject *code) {
    return !(ts->cframe->use_tracing | fj_memory_traced()) && ts->interp->eval_frame == NULL && FJ_PY_REMAINING(ts) > FJ_SPARE;
}
/* Bytecode: units of cache behind a backward jump; its kinds that may be silenced (jumps.c). */
#define FJ_JUMP_CACHES 0
static inline int fj_is_plain_jump(int opcode) { return opcode == JUMP_BACKWARD || opcode == JUMP_BACKWARD_QUICK; }
/* Tracing changes no bytecode here: any call will do. */
static inline int fj_is_call(int opcode) { (void)opcode; return 0; }
static inline int fj_is_harmless_call(int opcode) { (void)opcode; return 1; }
static inline volatile int8_t *fj_breaker(PyThreadState *ts) { return (volatile int8_t *)&ts->interp->ceval.eval_breaker; }
/* Whether a type's version says what its attributes are. */
#define FJ_HAS_VERSION(type) (((type)->tp_flags & Py_TPFLAGS_VALID_VERSION_TAG) != 0)
/* Lists, tuples and dictionaries that are kept for the next that are made. */
#define FJ_SPARE_LISTS(interp) (interp)->list.numfree
#define FJ_SPARE_DICTS(interp) (interp)->dict_state.numfree
#define FJ_SPARE_SLICE(interp) ((interp)->slice_cache != NULL)
#define FJ_COLLECTS_LATER 0          /* whether a collection waits for the evaluator's next check */
#define FJ_CALLS_MAKE_TUPLES 1       /* whether a call of a class makes a tuple of its arguments, also once it is specialised */
#define FJ_SPARE_TUPLES(interp, size) (interp)->tuple.numfree[(size) - 1]
#define FJ_SPARES(interp, each) each((interp)->list) each((interp)->tuple) each((interp)->dict_state.free_list) each((interp)->dict_state.numfree) \
    each((interp)->dict_state.keys_free_list) each((interp)->dict_state.keys_numfree) each((interp)->slice_cache) each((interp)->float_state) \
    each((interp)->context) each((interp)->async_gen)
/* Where small objects are made: by sizes, the pools that have room, as two links each; NULL: not known.  3.11 shows them to nobody. */
#define FJ_POOLS(interp) fj_found_pools()
#define NB_SMALL_SIZE_CLASSES 32
struct pool_header { unsigned int count; uint8_t *freeblock; struct pool_header *nextpool, *prevpool; unsigned int arenaindex, szidx, nextoffset, maxnextoffset; };
struct pool_header **fj_found_pools(void);
/* Collections don't wait for the evaluator's check. */
static inline int fj_take_collection(PyThreadState *ts) { (void)ts; return 0; }
static inline void fj_collect_soon(PyThreadState *ts) { (void)ts; }
/* Pending calls run in the main thread only. */
#define FJ_CALLS_ANYWHERE 0
static inline int fj_uncall(int (*wanted)(int (*)(void *))) { (void)wanted; return 0; }
static inline int fj_add_call(int (*call)(void *), void *argument, int anywhere) { return anywhere ? -1 : Py_AddPendingCall(call, argument); }
/* Whether a signal or another thread waits for it. */
static inline int fj_others_wait(PyThreadState *main_thread) {
    volatile struct _ceval_state *c = &main_thread->interp->ceval;
    return _PyRuntime.ceval.signals_pending._value || c->pending.async_exc || c->gil_drop_request._value;
}
/* Whether anything waits for the evaluator's check. */
static inline int fj_wanted(PyThreadState *main_thread) {
    volatile struct _ceval_state *c = &main_thread->interp->ceval;
    return fj_others_wait(main_thread) || c->pending.calls_to_do._value;
}
/* An empty entry ends a check of the evaluator, which has taken back the request for what stands behind it: that is asked for again.
   The breaker is set by fj_poke, or by the evaluator where this is called by a pending call. */
static inline int fj_ask_for_lost_calls(PyThreadState *main_thread) {
    volatile struct _pending_calls *p = &main_thread->interp->ceval.pending;
    if (p->first == p->last || p->calls_to_do._value) return 0;
    return p->calls_to_do._value = 1;
}
/* The exception that another thread wants raised in this one, NULL if none: taken away, and put back. */
static inline PyObject *fj_take_asked(PyThreadState *ts) {
    PyObject *asked = ts->async_exc;
    ts->async_exc = NULL;
    return asked;
}
static inline void fj_put_asked(PyThreadState *ts, PyObject *asked) {
    ts->async_exc = asked;
    ts->interp->ceval.pending.async_exc = 1;
    ts->interp->ceval.eval_breaker._value = 1;
}
/* Whether of all pending calls each is such a one. */
static inline int fj_only_waits(PyThreadState *ts, int (*wanted)(int (*)(void *))) {
    volatile struct _pending_calls *p = &ts->interp->ceval.pending;
    for (int i = p->first, end = p->last; i != end; i = (i + 1) % NPENDINGCALLS) if (!wanted(p->calls[i].func)) return 0;
    return 1;
}
/* Whether this thread holds the GIL, or was the last to. */
#define FJ_SWITCHES(ts) ((ts)->interp->runtime->ceval.gil.switch_number)     /* how often another thread has got the GIL */
static inline int fj_runs(PyThreadState *ts) { return (uintptr_t)__atomic_load_n(&ts->interp->runtime->ceval.gil.last_holder._value, __ATOMIC_RELAXED) == (uintptr_t)ts; }
/* The breaker is set if anything waits, and only then: the evaluator never takes back what nothing asked for.  It is set for
   the main thread, where pending calls run, and while that runs: on 3.11 a traced call elsewhere would never get past RESUME.
   A thread that takes the GIL computes it anew. */
static inline void fj_poke(PyThreadState *main_thread) {
    int *breaker = (int *)&main_thread->interp->ceval.eval_breaker;
    if (!fj_runs(main_thread)) return;
    __atomic_store_n(breaker, 1, __ATOMIC_SEQ_CST);
    if (!fj_wanted(main_thread)) {
        __atomic_store_n(breaker, 0, __ATOMIC_SEQ_CST);
        if (fj_wanted(main_thread)) __atomic_store_n(breaker, 1, __ATOMIC_SEQ_CST);
    }
    if (!fj_runs(main_thread)) Py_AddPendingCall(fj_nothing, NULL);      /* has it computed anew */
}
/* Signals and pending calls that came while nobody could take them are looked at now. */
static inline void fj_look_again(PyThreadState *ts) { if (ts->thread_id == _PyRuntime.main_thread) fj_poke(ts); }
/* Somebody wants to know of every change of a dictionary. */
static inline int fj_dict_watched(PyDictObject *dict) { (void)dict; return 0; }
/* A value of the dictionary is about to change in place.  The interpreter's own count of versions can't be reached; numbers as
   high as these it never gets to. */
static inline int fj_dict_changes(PyThreadState *ts, PyDictObject *dict) {
    static uint64_t version = (uint64_t)1 << 62;
    (void)ts; dict->ma_version_tag = ++version; return 1;
}
static inline int *fj_gc_switch(PyThreadState *ts) { return &ts->interp->gc.enabled; }
static inline void fj_keep_version(PyFunctionObject *function, uint32_t version) { (void)version; function->func_version = 0; }

static inline void fj_range_read(FjRangeIter *it, int64_t *next, int64_t *left, int64_t *step) {
    *next = it->start + it->index * it->step; *left = it->len - it->index; *step = it->step;
}
/* An iterator that exists keeps its start and its length: __reduce__ shows them. */
static inline void fj_range_move(FjRangeIter *it, int64_t next, int64_t left, int64_t step) {
    (void)next; (void)step; it->index = it->len - left;
}
static inline void fj_range_fill(FjRangeIter *it, int64_t next, int64_t left, int64_t step) {
    it->index = 0; it->start = next; it->step = step; it->len = left;
}
static inline Py_ssize_t fj_int_digits(const PyLongObject *object) { return Py_ABS(Py_SIZE(object)); }
static inline void fj_int_sized(PyLongObject *object, int negative, Py_ssize_t count) { Py_SET_SIZE(object, negative ? -count : count); }
#define FJ_DIGITS(object) ((object)->ob_digit)
