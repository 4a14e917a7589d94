/* CPython 3.12: what differs from the other versions, as macros and inline functions.  The same names in v311.h, v313.h. */
#define FJ_PROLOGUE 0
#define FJ_LETS_GO 1               /* of the tuple in f(*t), before a Python function runs */
#define FJ_NULL_ABOVE 0
#define FJ_IMMORTAL 1
#define FJ_CURRENT(ts) ((ts)->cframe->current_frame)
#define FJ_CODE(f) ((f)->f_code)
#define FJ_FUNCTION(f) ((PyFunctionObject *)(f)->f_funcobj)
#define FJ_POSITION(f) ((f)->prev_instr)
#define FJ_PY_REMAINING(ts) ((ts)->py_recursion_remaining)
#define FJ_C_REMAINING(ts) ((ts)->c_recursion_remaining)
#define FJ_EVALUATOR 2             /* what an evaluator takes of it: PY_EVAL_C_STACK_UNITS in ceval.c */
#define FJ_OPCODE(u) ((u).op.code)
#define FJ_VERSION_FUNCTION(function, code) ((function)->func_version = (code)->co_version)
#define FJ_TYPE_PARAMETERS(function) ((function)->func_typeparams)
#define FJ_OPARG(u) ((u).op.arg)
#define FJ_JUMP_IF_NONE "POP_JUMP_IF_NONE"

typedef struct { PyObject_HEAD long start, step, len; } FjRangeIter;

static inline _Py_CODEUNIT fj_make_unit(int opcode, int oparg) { _Py_CODEUNIT u; u.op.code = opcode; u.op.arg = oparg; return u; }
static inline int fj_unit(_PyInterpreterFrame *f) { return (int)(f->prev_instr - FJ_CODE0(FJ_CODE(f))); }
static inline void fj_executing(_PyInterpreterFrame *f, int unit) { f->prev_instr = FJ_CODE0(FJ_CODE(f)) + unit; }
static inline void fj_resume_at(_PyInterpreterFrame *f, int unit) { f->prev_instr = FJ_CODE0(FJ_CODE(f)) + unit - 1; }
static inline void fj_raise_at(_PyInterpreterFrame *f, int unit) { f->prev_instr = FJ_CODE0(FJ_CODE(f)) + unit; }
static inline void fj_no_return_offset(_PyInterpreterFrame *f) { f->return_offset = 0; }
/* A frame that native code runs has no evaluator: what an evaluator goes on by, behind a call, tells that.  No instruction is that long. */
static inline void fj_mark_linked(_PyInterpreterFrame *f) { f->return_offset = UINT16_MAX; }
static inline int fj_is_linked(_PyInterpreterFrame *f) { return f->return_offset == UINT16_MAX; }
#define FJ_BEHIND_CALL INLINE_CACHE_ENTRIES_CALL     /* units from a CALL to where its frame stands while a Python function runs */
/* A suspended caller's position, for a call at `at`, up to `next`. */
#define FJ_CALL_UNIT(at, next) ((next) - 1)
static inline void fj_calling(_PyInterpreterFrame *f, int at, int next) { fj_executing(f, FJ_CALL_UNIT(at, next)); }
#define FJ_INLINED FJ_EVALUATOR    /* C recursion that the evaluator of a call takes and an inlined call doesn't */
/* Whether instances keep their attributes as values in the order of their class's shared keys; and those of one, NULL where it has
   a dictionary instead. */
static inline int fj_has_values(PyTypeObject *type) { return (type->tp_flags & Py_TPFLAGS_MANAGED_DICT) != 0; }
static inline PyObject **fj_instance_values(PyObject *object, int64_t size) {
    uintptr_t word = ((uintptr_t *)object)[-3];
    (void)size;
    return word & 1 ? (PyObject **)(word + 1) : NULL;
}
#define FJ_DICT_VALUES(values) ((PyDictValues *)(values))
#define FJ_SHIM 0                  /* frames that the interpreter has between a call of a class and its __init__ */
#define FJ_VALUES_KIND 1
static inline void fj_set_code(_PyInterpreterFrame *f, PyCodeObject *code) { f->f_code = code; }
static inline int fj_owned_by_c(_PyInterpreterFrame *f) { return f->owner == FRAME_OWNED_BY_CSTACK; }
static inline int fj_credits_low(PyThreadState *ts) { return ts->c_recursion_remaining < C_RECURSION_LIMIT / 2; }
/* Whether the profiler (tool 0) or tracer (1) hears of the next event of any function, marked or not: of exceptions only. */
static inline int fj_tells(PyThreadState *ts, int tool, int event, int raising) {
    int told = event == PyTrace_CALL ? PY_MONITORING_EVENT_PY_THROW : PY_MONITORING_EVENT_PY_UNWIND;
    return raising && ts->interp->monitors.tools[told] >> (PY_MONITORING_SYS_PROFILE_ID + tool) & 1;
}
/* tracemalloc notes the line that allocates. */
static inline int fj_memory_traced(void) { return _PyRuntime.tracemalloc.config.tracing; }
/* Whether a tool has asked for events of this code, or has gone and its marks are still in the bytecode. */
static inline int fj_code_observed(PyCodeObject *code) {
    return code->_co_monitoring
        && fj_any_byte(&code->_co_monitoring->active_monitors, sizeof code->_co_monitoring->active_monitors);
}
static inline int fj_observed(PyThreadState *ts, PyCodeObject *code) {
    if (ts->c_tracefunc || ts->c_profilefunc || fj_memory_traced()) return 1;
    if (fj_any_byte(&ts->interp->monitors.tools, sizeof ts->interp->monitors.tools)) return 1;
    return fj_code_observed(code);
}
/* What instrumenting notes of a line that has to be looked up; which notes of ours (entrances.c) keep a unit from beginning one. */
#define FJ_LOOKED_UP -127
#define FJ_BEGINS_NONE FJ_AGAIN
/* No tracer, profiler or tool is told of what this thread does until fj_look_back. */
typedef struct { char none; } FjLookers;
static inline void fj_look_away(PyThreadState *ts, FjLookers *lookers) { ts->tracing++; (void)lookers; }
static inline void fj_look_back(PyThreadState *ts, const FjLookers *lookers) { ts->tracing--; (void)lookers; }
/* Whether a collection waits for the evaluator's check: RESUME of who is called next has it. */
static inline int fj_collection_waits(PyThreadState *ts) { return ts->interp->ceval.gc_scheduled._value != 0; }
/* Nobody looks on, or is told of this code, no collection waits, and there is room for a call. */
static inline int fj_undisturbed(PyThreadState *ts, PyCodeObject *code) {
    PyInterpreterState *interp = ts->interp;
    uintptr_t lookers = (uintptr_t)ts->c_tracefunc | (uintptr_t)ts->c_profilefunc | (uintptr_t)interp->eval_frame
        | (uintptr_t)fj_code_observed(code) | (uintptr_t)fj_memory_traced() | (uintptr_t)fj_collection_waits(ts);
    return !(lookers | fj_bytes(&interp->monitors.tools, sizeof interp->monitors.tools)) && FJ_PY_REMAINING(ts) > FJ_SPARE;
}
/* Bytecode: units of cache behind a backward jump; its kind that may be silenced (jumps.c). */
#define FJ_JUMP_CACHES 0
static inline int fj_is_plain_jump(int opcode) { return opcode == JUMP_BACKWARD; }
/* A call of C code that switches tracing on changes bytecode; these (specialised) ones don't. */
static inline int fj_is_call(int opcode) { return opcode == CALL || opcode == CALL_FUNCTION_EX; }
static inline int fj_is_harmless_call(int opcode) {
    return opcode == CALL_BUILTIN_CLASS || opcode == CALL_NO_KW_LEN || opcode == CALL_NO_KW_ISINSTANCE
        || opcode == CALL_NO_KW_LIST_APPEND || opcode == CALL_NO_KW_TYPE_1;
}
static inline volatile int8_t *fj_breaker(PyThreadState *ts) { return (volatile int8_t *)&ts->interp->ceval.eval_breaker; }
/* Whether a type's version says what its attributes are. */
#define FJ_HAS_VERSION(type) (((type)->tp_flags & Py_TPFLAGS_VALID_VERSION_TAG) != 0)
/* Lists, tuples and dictionaries that are kept for the next that are made. */
#define FJ_SPARE_LISTS(interp) (interp)->list.numfree
#define FJ_SPARE_DICTS(interp) (interp)->dict_state.numfree
#define FJ_SPARE_SLICE(interp) ((interp)->slice_cache != NULL)
#define FJ_COLLECTS_LATER 1          /* whether a collection waits for the evaluator's next check */
#define FJ_CALLS_MAKE_TUPLES 1       /* whether a call of a class makes a tuple of its arguments, also once it is specialised */
#define FJ_SPARE_TUPLES(interp, size) (interp)->tuple.numfree[(size) - 1]
#define FJ_SPARES(interp, each) each((interp)->list) each((interp)->tuple) each((interp)->dict_state.free_list) each((interp)->dict_state.numfree) \
    each((interp)->dict_state.keys_free_list) each((interp)->dict_state.keys_numfree) each((interp)->slice_cache) each((interp)->float_state) \
    each((interp)->context) each((interp)->async_gen)
/* Where small objects are made: by sizes, the pools that have room, as two links each. */
#define FJ_POOLS(interp) (interp)->obmalloc.pools.used
/* Whether a collection waited for the evaluator's check, which doesn't find it now; and lets one wait. */
static inline int fj_take_collection(PyThreadState *ts) { return __atomic_exchange_n(&ts->interp->ceval.gc_scheduled._value, 0, __ATOMIC_RELAXED); }
static inline void fj_collect_soon(PyThreadState *ts) { ts->interp->ceval.gc_scheduled._value = ts->interp->ceval.eval_breaker._value = 1; }
/* Pending calls run in the main thread, or in whichever comes first. */
#define FJ_CALLS_ANYWHERE 1
static inline int fj_uncall(int (*wanted)(int (*)(void *))) { (void)wanted; return 0; }
static inline int fj_add_call(int (*call)(void *), void *argument, int anywhere) {
    return _PyEval_AddPendingCall(_PyInterpreterState_Main(), call, argument, !anywhere);
}
/* Whether a signal, another thread or a collection waits for it. */
static inline int fj_others_wait(PyThreadState *main_thread) {
    volatile struct _ceval_state *c = &main_thread->interp->ceval;
    return _PyRuntime.ceval.signals_pending._value || c->pending.async_exc || c->gil_drop_request._value || c->gc_scheduled._value;
}
/* Whether anything waits for the evaluator's check. */
static inline int fj_wanted(PyThreadState *main_thread) {
    volatile struct _ceval_state *c = &main_thread->interp->ceval;
    return fj_others_wait(main_thread) || c->pending.calls_to_do._value
        || _PyRuntime.ceval.pending_mainthread.calls_to_do._value;
}
/* An empty entry ends a check of the evaluator, which has taken back the request for what stands behind it: that is asked for again.
   The breaker is set by fj_poke, or by the evaluator where this is called by a pending call. */
static inline int fj_ask_again(volatile struct _pending_calls *p) {
    if (p->first == p->last || p->calls_to_do._value) return 0;
    return p->calls_to_do._value = 1;
}
static inline int fj_ask_for_lost_calls(PyThreadState *main_thread) {
    volatile struct _ceval_state *c = &main_thread->interp->ceval;
    if (fj_ask_again(&c->pending)) c->eval_breaker._value = 1;
    return fj_ask_again(&_PyRuntime.ceval.pending_mainthread);
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
static inline int fj_each_is(volatile struct _pending_calls *p, int (*wanted)(int (*)(void *))) {
    for (int i = p->first, end = p->last; i != end; i = (i + 1) % NPENDINGCALLS) if (!wanted(p->calls[i].func)) return 0;
    return 1;
}
static inline int fj_only_waits(PyThreadState *ts, int (*wanted)(int (*)(void *))) {
    return fj_each_is(&ts->interp->ceval.pending, wanted) && fj_each_is(&_PyRuntime.ceval.pending_mainthread, wanted);
}
/* Whether this thread holds the GIL, or was the last to. */
#define FJ_SWITCHES(ts) ((ts)->interp->ceval.gil->switch_number)     /* how often another thread has got the GIL */
static inline int fj_runs(PyThreadState *ts) { return (uintptr_t)__atomic_load_n(&ts->interp->ceval.gil->last_holder._value, __ATOMIC_RELAXED) == (uintptr_t)ts; }
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
static inline int fj_dict_watched(PyDictObject *dict) { return (dict->ma_version_tag & DICT_VERSION_MASK) != 0; }
/* A value of the dictionary, which nobody watches, is about to change in place. */
static inline int fj_dict_changes(PyThreadState *ts, PyDictObject *dict) {
    dict->ma_version_tag = DICT_NEXT_VERSION(ts->interp);
    return 1;
}
static inline int *fj_gc_switch(PyThreadState *ts) { (void)ts; return NULL; }
static inline void fj_keep_version(PyFunctionObject *function, uint32_t version) { (void)function; (void)version; }

static inline void fj_range_read(FjRangeIter *it, int64_t *next, int64_t *left, int64_t *step) {
    *next = it->start; *left = it->len; *step = it->step;
}
static inline void fj_range_fill(FjRangeIter *it, int64_t next, int64_t left, int64_t step) {
    it->start = next; it->step = step; it->len = left;
}
#define fj_range_move fj_range_fill
static inline Py_ssize_t fj_int_digits(const PyLongObject *object) { return _PyLong_DigitCount(object); }
static inline void fj_int_sized(PyLongObject *object, int negative, Py_ssize_t count) { _PyLong_SetSignAndDigitCount(object, negative ? -1 : 1, count); }
#define FJ_DIGITS(object) ((object)->long_value.ob_digit)
