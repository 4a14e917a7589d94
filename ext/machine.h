/* What the C files of the machine share: regions, slots, runs.

   Region: one compiled entry (a code unit and a stack depth of a code object) with its guards, exits and constants.
   Slot:   what is known of one code object: its regions, and how calls of its functions reach them.
   Run:    one execution of a region: the context that native code sees, and what only the runtime needs.
   ORDER HOMES: every home slot (locals and value stack) of a framed run holds NULL or an owned reference, always. */
#ifndef FRAMEJIT_MACHINE_H
#define FRAMEJIT_MACHINE_H
#include <Python.h>
#include <pthread.h>
#include "abi.h"
#include "collections.h"
#include "guest.h"

/* Called from C files of this module only: without a detour by the linkage table. */
#define FJ_INNER __attribute__((visibility("hidden")))

typedef struct {
    int32_t *words;
    const int32_t *facts;          /* at the end of the words */
    int nfacts, cost;              /* cost: of one call-out here, beside what is called: interpreted instructions */
    int spare;                     /* whether its recipe assigns no names: numbers of the frame's own may be overwritten */
    int unit, at;                  /* where the interpreter goes on; the unit of the opcode proper, what a callee sees */
    int loop;                      /* the innermost loop around it, of FjRegion.turns; -1: none, or a routine's */
    int observed;                  /* the spill word that holds the object to remember, or -1 */
    int call, next, keywords;      /* a routine was called here, with so many arguments (else -1), and has left; the unit behind the call; a constant or -1 */
    int row, argument, callee;     /* what calls it: the row of fj_rows that does the instruction, or -1: a call of the function on the stack; a constant */
    int nhomes; int32_t *homes;                /* of a routine: slots of the frame whose objects stand behind the values on the trail */
    int64_t count;
    PyObject *seen;                /* type of the last observed object; `object` stands for classes of the program */
} FjExit;

typedef struct {
    PyObject *dict, *fallback, *name, *expected;    /* expected NULL: any value, or none */
    Py_ssize_t index[2];           /* its entry in the keys of dict and of fallback the last time; below zero: absent */
    uint32_t version[2];           /* ... in keys of this version, which no other keys have had; 0: not known */
} FjCell;

/* A weak reference, what it has to refer to, and of which class: a module's may be changed. */
typedef struct { PyObject *reference, *object; PyTypeObject *type; } FjBorrowed;

/* A function that is called natively, what it runs, the defaults that were taken for its parameters, what its `__class__` is, and the
   defaults that were taken for parameters that are keyword-only: names and values by turns. */
typedef struct { PyObject *function, *code, *defaults, *class, *named; } FjCallee;

/* A class of the program, and where its instances have attributes; `state`: what says that nothing has changed. */
enum { FJ_ATTRIBUTE_UNKNOWN, FJ_ATTRIBUTE_VALUE, FJ_ATTRIBUTE_SLOT, FJ_ATTRIBUTE_METHOD, FJ_ATTRIBUTE_CLASS, FJ_ATTRIBUTE_STATIC, FJ_ATTRIBUTE_CLASS_METHOD,
       FJ_ATTRIBUTE_PROPERTY, FJ_ATTRIBUTE_NOTHING, FJ_ATTRIBUTE_MADE, FJ_ATTRIBUTE_ITEM, FJ_ATTRIBUTE_TUPLES, FJ_ATTRIBUTE_RAISED, FJ_ATTRIBUTE_TABLES, FJ_ATTRIBUTE_LISTS, FJ_ATTRIBUTE_OBJECTS, FJ_ATTRIBUTE_HELD, FJ_ATTRIBUTE_COVERED, FJ_ATTRIBUTE_BUILTIN, FJ_ATTRIBUTE_KEYED };
enum { FJ_OF_INSTANCES, FJ_OF_CLASS, FJ_OF_STORES, FJ_OF_LACKED, FJ_OF_SUPER, FJ_OF_NEW, FJ_OF_TUPLES, FJ_OF_RAISED, FJ_OF_NOT_RAISED, FJ_OF_TABLES, FJ_OF_COMPARED, FJ_OF_TRUTH, FJ_OF_LISTS, FJ_OF_HELD, FJ_OF_METACLASS, FJ_OF_NUMBERS, FJ_OF_FOUND };  /* what an attribute is looked up for; a lacked one is only said to be nothing */
typedef struct { PyObject *name, *after; int use, kind; intptr_t word; } FjAttribute;     /* after: of super(), the class behind which it is looked for */
typedef struct { PyObject *type; uint64_t state; int count; FjAttribute *facts; } FjClass;

struct FjRegion {
    PyObject *owner;               /* the Region object; borrowed */
    fj_native native;
    PyObject *globals;             /* borrowed, as are the dictionaries of cells: the frame has them */
    PyObject **consts; FjCell *cells;
    PyObject **spaces;             /* the dictionaries of cells, each once */
    FjExit *exits; FjCallee *callees;
    PyObject **codes;              /* what its routines run */
    FjClass *classes;
    FjBorrowed *borrowed;          /* constants, and what names hold, that the region doesn't keep alive */
    int unit, depth, framed, spill, nconsts, ncells, nexits, nborrowed, ncallees, ncodes, nclasses, nspaces;
    int checks; uint64_t internals;        /* whether there is anything for fj_cells_read to do; rows of ext/internals.c, a bit for each */
    char unfinished;              /* `native` is quick code: better one is to come */
    char superseded;               /* `native` is newer than what a run that has begun is in: such runs begin anew at their loop's poll */
    int news;                      /* an exit has seen a type it had not seen: not entered until the compiler has looked */
    int64_t entries, iterations, misses, callouts, polls;
    int64_t interpreted;           /* of its call-outs, those that ran a function of Python's in the interpreter, or raised what was caught */
    int64_t level_bytes, level_words;      /* of C stack, and on the trail, that a call of a routine takes at most; 0: it has none */
    int64_t work, rounds;          /* instructions that native code has stood for in loops with call-outs, and turns of these */
    int64_t calls, exact;          /* of hasty forms of routines; with so many levels to go, or more, these aren't tried, 0: all are (backends/llvm/hasty_forms.py) */
    int64_t overhead, measured, elapsed, spans, entry_since; uint64_t since;       /* of call-outs that were measured, ticks beside the instruction itself, and between two of one entry */
    int turn, nturns;              /* instructions of the longest turn of a loop, without the loops in it; 0: not weighed */
    int32_t *turns;                /* of each loop, the longest turn */
    char watched;                  /* a callee has looked at the frame, or changed names: world points note everything beforehand */
    char outweighed;               /* call-outs have cost more than all iterations can win: not entered any more */
};

/* Whether calls pass a region by: also while there is no memory, for native code has no reserve for its boxes then (memory.c). */
extern int fj_memory_is_low;
static inline int fj_rests(const FjRegion *region) { return region->news || region->outweighed || fj_memory_is_low; }

/* The body of a `with framejit.jit():` (block.c): its regions, and what has been found out about it. */
typedef struct FjBody {
    PyObject *object;              /* the Body object, which the Slot object owns */
    struct FjBody *next;           /* another one of the same code object */
    PyObject *options;             /* what the manager was made with, by identity; borrowed from the Body object */
    FjRegion **variants; int nvariants;
    int unit, depth;               /* of its first instruction; the manager is on the stack there, above its __exit__ */
    const char *inside;            /* per unit whether it belongs to the body */
    int units;
    char plain;                    /* not to be entered: there is nothing to gain */
    char calls;                    /* what it runs may not be compiled with it: looked at meanwhile */
    int rest, vain;                /* entries before the compiler is asked again; questions in vain, in a row */
    int64_t pause, until;          /* no looks until then, after some that were over before they could find anything; nanoseconds */
    int64_t entries, iterations, left;      /* native ones; how often it went on in the interpreter within the body */
} FjBody;

/* The manager of with statements: how often it has been entered and not left, and how often it had looks begun. */
typedef struct {
    PyObject *object, *options;    /* the object itself; borrowed */
    PyObject *held;                /* the Body object that looks were begun for last */
    FjBody *body;
    int entries, looking;
    int64_t since, iterations;     /* when that was, and what had been counted then */
} FjManager;

/* A loop's header from which a copy of the code leads to native code (entrances.c). */
enum { FJ_STEPS = 4, FJ_NEXT = -1, FJ_NOTHING = -2, FJ_HANDED = 3 };
typedef struct FjEntrance {
    PyObject *object;              /* the Entrance object, which the Slot object owns */
    FjRegion **variants; int nvariants;
    int unit, units, depth;        /* of the header: its first unit, how many the copy has others for, the stack's depth there */
    int done, done_depth;          /* where native code mostly goes on, and the stack's depth there, at most `depth` and FJ_HANDED; -1: nowhere */
    int nsteps, behind, vain;      /* what the header does itself; where it goes when its iterator has ended; how often in a row nothing fitted */
    struct { int slot, next; } steps[FJ_STEPS];      /* a local to push, or FJ_NEXT, FJ_NOTHING; the unit after that */
    int64_t entries;
} FjEntrance;

typedef struct {
    PyObject *object;              /* the Slot object; owned by the code object, borrowed here */
    FjRegion **variants; int nvariants;
    int nquick, parameters;        /* how many of the first variants run without a frame, on this many plain arguments */
    char armed, ignored, recursive, plain;          /* plain: positional parameters only */
    char waits, anew;              /* calls that nothing fits ask only when a worker is done (beside.c); new functions enter it (new_functions.c) */
    int64_t calls, misses, rearm;  /* rearm: armed again every so many misses; 0: never */
    int64_t until, trial, spoilt;  /* calls until both ways are tried (trial.c); how many, with variants that are new, 0: never; trials that told nothing */
    FjBody *bodies;                /* of with statements that have been entered */
    int shift; unsigned version;   /* units that the copy is longer in front (3.11); of functions that are made, while it is anew */
    PyObject *copy;                /* the code object with the prologue (3.11); borrowed from the functions that run it */
    PyObject *original;            /* the code object itself; borrowed: the copy's stub has it */
    FjEntrance **entrances;        /* loop headers that copies lead to native code from */
    int nentrances;
    PyObject *led;                 /* the newest copy that does; borrowed from the Slot object; NULL: none */
    PyObject *versions;            /* what its functions' versions were (entry.c); NULL: none has had its entry replaced */
} FjSlot;

typedef struct {
    FjContext context;
    int shift;                     /* units that the running code object is longer in front than the region's */
    int unit;                      /* where LEFT goes on and RAISE raises */
} FjRun;

typedef struct {
    long long native_entries, iterations, callouts, polls, exits, misses, osr_entries, left, raised;
} FjCounters;
FJ_INNER extern FjCounters fj_counters;

typedef struct {
    PyObject *on_call, *on_sample, *on_error, *on_compiled, *on_body, *on_looking, *on_function;
    int busy;
} FjCallbacks;
FJ_INNER extern FjCallbacks fj_callbacks;

enum { FJ_ERROR = -1, FJ_DONE = 0, FJ_UNDONE = 1 };     /* what a call-out row answers */

/* machine set-up and slots (slots.c) */
int fj_start(PyObject *missing);
extern PyObject *fj_missing;
FJ_INNER FjSlot *fj_slot_of(PyObject *code);
void fj_slot_changed(FjSlot *slot);
int fj_slot_attach(PyObject *code, FjSlot *slot);
int fj_slot_attach_copy(PyObject *code, FjSlot *slot);
int fj_instruction_at(PyObject *code, int unit);
int fj_return_unit(PyObject *code, int preferred);
/* Whether some jump of this code goes backwards; -1: out of memory. */
int fj_has_loops(PyObject *code);
PyObject *fj_layout(void);
PyObject *fj_symbols(void);
void *fj_symbol(const char *name);
PyObject *fj_self_test(void);
int64_t fj_self_native(FjContext *context, PyObject **home);
extern const int fj_recipe_object;

/* regions (region.c) */
int fj_attribute(PyObject *type, PyObject *name, int use, PyObject *after, intptr_t *word);    /* attributes.c */
Py_ssize_t fj_member_offset(PyObject *type, PyObject *name); int fj_knows_twister(PyObject *type), fj_knows_deque(PyObject *type); void fj_free_halves(void);
int64_t fj_keyword_count(PyObject *dict);
PyObject *fj_keyword(PyObject *dict, PyObject *name);
PyObject *fj_class_names(PyObject *type);
int fj_classes_same(FjRegion *region);
PyObject **fj_values(PyObject *object, int64_t size);
int8_t fj_is_plain(PyObject *object);
int8_t fj_is_shared(PyObject *object), fj_compares_identity(PyObject *object);
int8_t fj_lacks_dictionary(PyObject *object), fj_lacks_name(PyObject *object, PyObject *name), fj_type_says(PyObject *object, int64_t flag); PyObject *fj_own_dictionary(PyObject *object);
int64_t fj_is_subtype(PyObject *object, PyObject *kind);
PyObject *fj_bound_to(PyObject *object, PyObject *method), *fj_new_bound(PyObject *method, PyObject *object);
PyObject *fj_initialiser(PyTypeObject *type);                       /* instances.c */
int8_t fj_room_for_named(int64_t levels);
PyObject *fj_new_named(PyObject *kind, PyObject *items);
PyObject *fj_new_slice(PyObject *arguments);
PyObject *fj_new_instance(PyObject *type);
void fj_slot_set(PyObject **slots, int64_t number, PyObject *object);
void fj_value_set(PyObject **values, int64_t number, PyObject *object);
FJ_INNER int fj_is_instance(PyTypeObject *type), fj_instance_quiet(PyObject *object, int depth);
FJ_INNER int fj_exception_quiet(PyObject *object, int depth);                /* raising.c */
FJ_INNER int fj_items_quiet(PyObject *const *items, Py_ssize_t count, int depth);
int8_t fj_ends_quietly(PyObject *object);
int fj_callees_same(const FjRegion *region);
FJ_INNER int fj_cells_read(FjRegion *region, PyObject **names);
int fj_borrowed_live(const FjRegion *region);
FJ_INNER PyObject **fj_cell_place(FjCell *cell);
int fj_text_keys(PyObject *dict);
FJ_INNER void fj_cell_found(FjCell *cell, PyObject *value);
void fj_versions_read(const FjRegion *region, uint64_t *versions);
int fj_cells_verify(FjRegion *region, PyObject **names, const unsigned char *pinned, PyTypeObject *const *types, const uint64_t *versions, int whole);
void fj_exit_taken(FjRegion *region, int number, const int64_t *spill);
FJ_INNER void fj_exit_teaches(FjRegion *region, int number, const int64_t *spill);

/* routines that have left (callees.c) */
FJ_INNER int64_t fj_leave(FjRun *run, int number, int counted);
FJ_INNER void fj_ask_levels(FjContext *context, int counted);
int fj_runs_code(PyObject *function, PyObject *code);
int8_t fj_function_runs(PyObject *object, PyObject *code, PyObject *globals, PyObject *builtins, PyObject *defaults);

/* recipes (leave.c) */
enum { FJ_FRESH = 1, FJ_WALKS = 2 };   /* of a stack slot: the recipe has filled it; it is an iterator that native code moves */
int fj_materialise(FjRun *run, int number, unsigned char *fresh), fj_materialise_first(FjRun *run, int number);
void fj_read_recipe(FjExit *exit);

/* call-outs (callouts.c) */
typedef struct {
    FjRun *run;
    PyObject **top;                /* the first free stack slot */
    PyObject **lowest;             /* the lowest stack slot that the instruction has popped down to */
    int32_t arg;
    int next;                      /* where the interpreter would go on */
    int changed;                   /* the local that the instruction has changed, or -1 */
    int at;                        /* where what it raises is raised */
    int again;                     /* what it raises was raised before: its traceback stays as it is */
} FjCallout;
typedef int (*FjRow)(FjCallout *);
extern const FjRow fj_rows[];
/* runs (run.c) */
FJ_INNER size_t fj_run_size(const FjRegion *region);
FJ_INNER FjRun *fj_run_start(FjRegion *region, PyThreadState *ts, void *memory);
FJ_INNER void fj_run_end(FjRun *run, int64_t outcome);
FJ_INNER void fj_run_complete(FjRun *run);
int64_t fj_run_framed(FjRun *run, struct _PyInterpreterFrame *frame);
FJ_INNER int fj_stack_is_low(void);
FJ_INNER int64_t fj_stack_left(void);

/* calls (entry.c) */
int fj_prepare(PyObject *function, FjSlot *slot);
void fj_release(PyObject *function);
PyObject *fj_stub_new(FjSlot *slot);
int fj_keep_learned(PyObject *original, PyObject *copy, int shift);
extern int fj_always_hook;         /* tests: make every frame by the one-shot hook */
extern const int fj_prologue;      /* calls are entered through copied code objects (3.11) */

/* callbacks (sampler.c) */
extern PyObject *fj_on_depth;                       /* (code, unit) -> stack depth before it, or -1 */
extern FjRegion *(*fj_region_of)(PyObject *);       /* the region in a Region object; NULL when it is none */
PyObject *fj_call_back(PyObject *callback, PyObject *const *args, int count);
void fj_call_behind(int (*call)(void *));
int fj_sampler_start(long microseconds);
void fj_sampler_stop(void), fj_sampler_end(void), fj_sampler_pace(long microseconds);
void fj_before_fork(PyObject *behind), fj_behind_fork(void);
double fj_seconds_had(void);     /* forked.c */
int fj_forks(void);
int fj_watch_functions(int on), fj_functions_watched(int made); void fj_made_anew(FjSlot *slot, int on);          /* new_functions.c */
/* places.c */
FJ_INNER extern int fj_place_looks;          /* looks that the question which is being asked stands for */
FJ_INNER extern int fj_first_looks;          /* whether code is asked about when it is seen for the first time */
FJ_INNER void fj_places_forget(PyObject *code);
extern int64_t fj_iterations_behind;
FJ_INNER void fj_look_behind(struct _PyInterpreterFrame *left, int64_t iterations);
FJ_INNER void fj_look_here(int64_t iterations);
FJ_INNER PyObject *fj_list_of(PyObject **items, int count);
int fj_request_osr(PyObject *code, PyObject *region_object, FjRegion *region);

/* with statements (block.c) */
PyObject *fj_block_enter(FjManager *manager);
void fj_block_exit(FjManager *manager);
extern int fj_blocks_looking;
FJ_INNER int64_t fj_body_run(PyThreadState *ts, struct _PyInterpreterFrame *frame, FjBody *body, FjManager *manager, int shift, int *unit);

/* loops that are entered again and again (entrances.c) */
int fj_is_led(PyCodeObject *code);
int fj_hear_of_tools(void);
int fj_lead(PyThreadState *ts, struct _PyInterpreterFrame *frame, int unit, int *shift);
int fj_leads(PyThreadState *ts, PyCodeObject *code);
void fj_lead_new(struct _PyInterpreterFrame *frame);
int fj_lead_calls(PyObject *function, FjSlot *slot);
int fj_original_observed(PyCodeObject *code);
int fj_lead_attach(PyObject *copy, FjSlot *slot, int units, const char *notes);
int fj_show_originals(void);       /* shown.c */
PyObject *fj_entrance_stub(FjSlot *slot, FjEntrance *entrance);

/* compiling beside the program (beside.c) */
int fj_worker_prepare(void *const *addresses, int count);
void fj_worker_due(int looks);
int fj_worker_begin(int lane, int way, const char *text), fj_worker_done(int lane), fj_worker_any_done(void);
void fj_worker_open(const char *path), fj_worker_wait(void);
int fj_take_compiled(void *unused);
PyObject *fj_worker_take(int lane);

/* the gate (gate.c) */
int fj_gate_start(PyObject *function);
PyObject *fj_gate_new(void);
extern PyObject *fj_gate_function;
extern PyTypeObject *fj_manager_type;       /* of `with framejit.jit():` */
FJ_INNER void fj_hide(PyThreadState *ts, int event, int raising);
FJ_INNER int fj_foreign_hook(void);
FJ_INNER int fj_tracemalloc_on(void);
FJ_INNER int fj_gate_possible(PyThreadState *ts, PyObject *code, int depth);
int fj_gate_arm_loop(PyThreadState *ts, struct _PyInterpreterFrame *frame, FjRegion *region, int shift, int depth);
FJ_INNER int fj_gate_arm_body(PyThreadState *ts, struct _PyInterpreterFrame *frame, FjBody *body, FjManager *manager, int unit, int depth);
FJ_INNER int64_t fj_gate_run(PyThreadState *ts, struct _PyInterpreterFrame *frame, FjRegion *region, int shift, int *unit);
FJ_INNER PyObject *fj_catch_all(int length, int depth);
int fj_land_on_return(struct _PyInterpreterFrame *frame, PyObject *result, int64_t preferred);
enum { FJ_KEPT = 48 };              /* stack entries of a framed run that a prologue or stub makes without the gate (ended.c) */
PyObject *fj_gate_arm_end(PyThreadState *ts, struct _PyInterpreterFrame *frame, FjRun *run, int64_t outcome);
void fj_end_keep(PyThreadState *ts, struct _PyInterpreterFrame *frame, int64_t outcome, int unit, int64_t returned_at, PyObject *result);
void fj_gate_arm_stub(PyThreadState *ts);
int64_t fj_end_settle(PyThreadState *ts, struct _PyInterpreterFrame *frame, int shift, int *unit);
PyObject *fj_gate_arm_call(PyThreadState *ts, struct _PyInterpreterFrame *frame, FjSlot *slot, FjRun *left, int number);
#include "called.h"
#endif
