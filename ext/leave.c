/* The recipe interpreter: raw values in the spill area become the interpreter's objects, in the frame.

   Everything new is built first, then swapped in, then the old objects are dropped: whatever a finalizer looks at is
   whole.  The grammar of a recipe stands in src/framejit/tables/recipes.py. */
#include "build.h"

/* The names that the recipe assigns: dictionaries of module variables. */
static int assign_names(Reader *reader) {
    FjRun *run = reader->run;
    int count = *reader->word++;
    for (int i = 0; i < count; i++) {
        int number = *reader->word++;
        FjCell *cell = &run->context.region->cells[number];
        PyObject *value;
        int kind = build(reader, NULL, &value);
        if (kind < 0) return -1;
        if (kind == BUILD_KEEP) continue;
        if (value == NULL) {
            int present = PyDict_Contains(cell->dict, cell->name);
            if (present < 0 || (present && PyDict_DelItem(cell->dict, cell->name) < 0)) return -1;
            run->context.names[number] = NULL;
            continue;
        }
        int failed = PyDict_SetItem(cell->dict, cell->name, value);
        run->context.names[number] = value;
        Py_DECREF(value);
        if (failed < 0) return -1;
    }
    return 0;
}

/* A local whose object nobody else has gets its next number in place, once everything that the frame will refer to is known. */
typedef struct { PyObject **slot; int64_t bits; int32_t word; } Number;

/* The reader comes first: made_after_all finds the rest by it. */
typedef struct {
    Reader reader;                 /* its `used` counts the swaps, its `waiting` the numbers */
    Swap *swaps;
    Number *numbers;
    int spare;                     /* whether numbers may be overwritten */
} Frame;

static inline PyObject *new_number(int32_t word, int64_t bits) {
    double number;
    memcpy(&number, &bits, sizeof number);
    return word == FJ_W_FLOAT ? fj_new_float(number) : fj_new_int_object(bits);
}

/* Whether this object can become that number: it is of its type, large enough, and nobody else has it.  Small ints are one object each. */
static inline int becomes(const PyObject *object, int32_t word, int64_t bits) {
    if (object == NULL || Py_REFCNT(object) != 1) return 0;
    if (word == FJ_W_FLOAT) return Py_IS_TYPE(object, &PyFloat_Type);
    return Py_IS_TYPE(object, &PyLong_Type) && (uint64_t)bits + 5 >= 262 && fj_int_holds((const PyLongObject *)object, bits);
}

/* The most frequent expressions, if this is one: a number, or its object where native code has one. */
static inline int build_local(Frame *frame, PyObject **slot) {
    const int64_t *spill = frame->reader.run->context.spill;
    const int32_t *w = frame->reader.word;
    PyObject *value;
    if (w[0] == FJ_W_BOXED) {
        PyObject *object = (PyObject *)spill[w[1]];
        w += 2;
        if (object && (w[0] == FJ_W_FLOAT || w[0] == FJ_W_INT)) {
            frame->reader.word = w + 2;
            if (*slot != object) frame->swaps[frame->reader.used++] = (Swap){slot, Py_NewRef(object)};
            return 0;
        }
    }
    if (w[0] == FJ_W_FLOAT || w[0] == FJ_W_INT) {
        int64_t bits = spill[w[1]];
        frame->reader.word = w + 2;
        if (frame->spare && becomes(*slot, w[0], bits)) { frame->numbers[frame->reader.waiting++] = (Number){slot, bits, w[0]}; return 0; }
        value = new_number(w[0], bits);
        if (value == NULL) return -1;
    } else {
        int kind = build(&frame->reader, *slot, &value);
        if (kind < 0) return -1;
        if (kind == BUILD_KEEP) return 0;
    }
    frame->swaps[frame->reader.used++] = (Swap){slot, value};
    return 0;
}

/* A number of this slot that waits to be written is made after all: somebody else gets it, too. */
static int made_after_all(Reader *reader, PyObject **slot) {
    Frame *frame = (Frame *)reader;
    for (int i = 0; i < reader->waiting; i++) {
        Number *number = &frame->numbers[i];
        if (number->slot != slot) continue;
        PyObject *value = new_number(number->word, number->bits);
        if (value == NULL) return -1;
        frame->swaps[reader->used++] = (Swap){slot, value};
        *number = frame->numbers[--reader->waiting];
        return 0;
    }
    return 0;
}

/* The iterator of a loop over a range stays on the stack, where nobody else has it, and is moved there. */
static inline int move_range(Frame *frame, PyObject *home) {
    const int64_t *spill = frame->reader.run->context.spill;
    const int32_t *w = frame->reader.word;
    if (w[0] == FJ_W_HOME_RANGE_ITER) fj_range_move((FjRangeIter *)home, spill[w[1]], items_left(spill[w[1]], spill[w[2]], spill[w[3]]), spill[w[3]]);
    else if (w[0] == FJ_W_RANGE_ITER && home && Py_IS_TYPE(home, &PyRangeIter_Type) && Py_REFCNT(home) == 1)
        fj_range_fill((FjRangeIter *)home, spill[w[1]], items_left(spill[w[1]], spill[w[2]], spill[w[3]]), spill[w[3]]);
    else return 0;
    frame->reader.word = w + 4;
    return 1;
}

static int build_slots(Frame *frame, unsigned char *fresh) {
    Reader *reader = &frame->reader;
    PyObject **home = reader->frame->localsplus, **stack = home + FJ_CODE(reader->frame)->co_nlocalsplus, *value;
    for (int locals = *reader->word++; locals > 0; locals--) {
        PyObject **slot = &home[*reader->word++];
        if (build_local(frame, slot) < 0) return -1;
    }
    int depth = *reader->word++, size = FJ_CODE(reader->frame)->co_stacksize;
    for (int i = 0; i < depth; i++) {
        int word = reader->word[0], stays = word == FJ_W_RANGE_ITER;
        if (fresh) fresh[i] = 0;
        if (move_range(frame, stack[i])) continue;
        reader->walks = 0;
        int kind = build(reader, stack[i], &value);
        if (kind < 0) return -1;
        if (fresh && !stays) fresh[i] = (kind == BUILD_VALUE ? FJ_FRESH : 0) | (reader->walks ? FJ_WALKS : 0);
        if (kind != BUILD_KEEP) frame->swaps[frame->reader.used++] = (Swap){&stack[i], value};
    }
    for (int i = depth; i < size; i++) if (stack[i]) frame->swaps[frame->reader.used++] = (Swap){&stack[i], NULL};
    reader->frame->stacktop = FJ_CODE(reader->frame)->co_nlocalsplus + depth;
    return 0;
}

/* What has got another owner meanwhile is made anew. */
static int settle_numbers(Frame *frame) {
    for (int i = 0; i < frame->reader.waiting; ) {
        Number *number = &frame->numbers[i];
        if (Py_REFCNT(*number->slot) == 1) i++;
        else if (made_after_all(&frame->reader, number->slot) < 0) return -1;
    }
    return 0;
}

static void overwrite(const Number *number) {
    if (number->word == FJ_W_INT) fj_int_fill((PyLongObject *)*number->slot, number->bits);
    else memcpy(&((PyFloatObject *)*number->slot)->ob_fval, &number->bits, sizeof number->bits);
}

/* Bring the frame to the state of an exit: locals, value stack, names, and a position that shows the instruction as
   being executed.  fresh[i], if given, is FJ_FRESH and FJ_WALKS of each stack slot.  0, or -1 with MemoryError set
   (the frame is then as it was).  `spare`: nothing that comes later refers to what the frame has now. */
static int materialise(FjRun *run, int number, unsigned char *fresh, int spare) {
    FjExit *exit = &run->context.region->exits[number];
    _PyInterpreterFrame *frame = run->context.frame;
    PyCodeObject *code = FJ_CODE(frame);
    int locals = exit->words[1];
    Swap swaps[locals + 2 * code->co_stacksize + 1];
    Number numbers[locals + 1];
    Frame building = {{run, exit->words + 1, frame, swaps, 0, 0, 0}, swaps, numbers, spare};
    fj_executing(frame, exit->at + run->shift);
    run->unit = exit->at;
    if (build_slots(&building, fresh) < 0 || (building.reader.waiting && settle_numbers(&building) < 0)) {
        while (building.reader.used--) Py_XDECREF(swaps[building.reader.used].value);
        return -1;
    }
    run->unit = exit->unit;
    int used = building.reader.used, failed = 0;
    for (int i = 0; i < building.reader.waiting; i++) overwrite(&numbers[i]);
    for (int i = 0; i < used; i++) {
        PyObject *old = *swaps[i].slot;
        *swaps[i].slot = swaps[i].value;
        swaps[i].value = old;
    }
    building.reader.used = building.reader.waiting = 0;  /* the slots hold the new objects now */
    if (*building.reader.word) failed = assign_names(&building.reader);
    for (int i = 0; i < used; i++) Py_XDECREF(swaps[i].value);
    return failed;
}

int fj_materialise(FjRun *run, int number, unsigned char *fresh) { return materialise(run, number, fresh, run->context.region->exits[number].spare); }

/* Of a frame that others are made behind, from what it may keep now. */
int fj_materialise_first(FjRun *run, int number) { return materialise(run, number, NULL, 0); }

enum { CALLED_OUT = 10, LOCAL = 2, STACK = 1, NAME = 8, FACT = 2 };      /* measured, in interpreted instructions of 4 ns */

/* What is asked of a recipe often: the facts at its end, and what bringing the frame to it costs. */
void fj_read_recipe(FjExit *exit) {
    Reader reader = {NULL, exit->words + 1, NULL, NULL, 0, 0, 0};
    exit->cost = CALLED_OUT + LOCAL * *reader.word;
    for (int n = *reader.word++; n > 0; n--) { reader.word++; skip(&reader); }
    exit->cost += STACK * *reader.word;
    for (int n = *reader.word++; n > 0; n--) skip(&reader);
    exit->cost += NAME * *reader.word;
    exit->spare = *reader.word == 0;
    for (int n = *reader.word++; n > 0; n--) { reader.word++; skip(&reader); }
    exit->cost += FACT * *reader.word;
    exit->nfacts = *reader.word++;
    exit->facts = reader.word;
}
