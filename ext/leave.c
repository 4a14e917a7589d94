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

/* The most frequent expressions, if this is one: a number, or its object where native code has one. */
static inline int build_number(Reader *reader, PyObject **out) {
    const int64_t *spill = reader->run->context.spill;
    const int32_t *w = reader->word;
    PyObject *object = NULL;
    double number;
    if (w[0] == FJ_W_BOXED) { object = (PyObject *)spill[w[1]]; w += 2; }
    if (w[0] != FJ_W_FLOAT && w[0] != FJ_W_INT) return 0;
    reader->word = w + 2;
    if (object) { *out = Py_NewRef(object); return 1; }
    memcpy(&number, &spill[w[1]], sizeof number);
    *out = w[0] == FJ_W_FLOAT ? fj_new_float(number) : fj_new_int_object(spill[w[1]]);
    return 1;
}

static inline int build_slot(Reader *reader, PyObject *home, PyObject **out) {
    if (!build_number(reader, out)) return build(reader, home, out);
    return *out ? BUILD_VALUE : BUILD_ERROR;
}

static int build_slots(Reader *reader, Swap *swaps, unsigned char *fresh) {
    PyObject **home = reader->frame->localsplus;
    PyCodeObject *code = FJ_CODE(reader->frame);
    int used = 0, locals = *reader->word++, depth;
    reader->swaps = swaps;
    reader->used = 0;
    for (int i = 0; i < locals; i++) {
        PyObject **slot = &home[*reader->word++], *value;
        int kind = build_slot(reader, *slot, &value);
        if (kind < 0) goto failed;
        if (kind != BUILD_KEEP) swaps[used++] = (Swap){slot, value};
        reader->used = used;
    }
    depth = *reader->word++;
    home += code->co_nlocalsplus;
    for (int i = 0; i < depth; i++) {
        PyObject *value;
        reader->walks = 0;
        int kind = build_slot(reader, home[i], &value);
        if (kind < 0) goto failed;
        if (fresh) fresh[i] = (kind == BUILD_VALUE ? FJ_FRESH : 0) | (reader->walks ? FJ_WALKS : 0);
        if (kind != BUILD_KEEP) swaps[used++] = (Swap){&home[i], value};
        reader->used = used;
    }
    for (int i = depth; i < code->co_stacksize; i++) if (home[i]) swaps[used++] = (Swap){&home[i], NULL};
    reader->frame->stacktop = code->co_nlocalsplus + depth;
    return used;
failed:
    while (used--) Py_XDECREF(swaps[used].value);
    return -1;
}

/* Bring the frame to the state of an exit: locals, value stack, names, and a position that shows the instruction as
   being executed.  fresh[i], if given, is FJ_FRESH and FJ_WALKS of each stack slot.  0, or -1 with MemoryError set
   (the frame is then as it was). */
int fj_materialise(FjRun *run, int number, unsigned char *fresh) {
    FjExit *exit = &run->context.region->exits[number];
    _PyInterpreterFrame *frame = run->context.frame;
    PyCodeObject *code = FJ_CODE(frame);
    Reader reader = {run, exit->words + 1, frame, NULL, 0, 0};
    Swap swaps[code->co_nlocalsplus + 2 * code->co_stacksize + 1];
    fj_executing(frame, exit->at + run->shift);
    run->unit = exit->at;
    int used = build_slots(&reader, swaps, fresh);
    if (used < 0) return -1;
    run->unit = exit->unit;
    for (int i = 0; i < used; i++) {
        PyObject *old = *swaps[i].slot;
        *swaps[i].slot = swaps[i].value;
        swaps[i].value = old;
    }
    reader.used = 0;                            /* the slots hold the new objects now */
    int failed = *reader.word == 0 ? 0 : assign_names(&reader);
    for (int i = 0; i < used; i++) Py_XDECREF(swaps[i].value);
    return failed;
}

enum { CALLED_OUT = 10, LOCAL = 2, STACK = 1, NAME = 8, FACT = 2 };      /* measured, in interpreted instructions of 4 ns */

/* What is asked of a recipe often: the facts at its end, and what bringing the frame to it costs. */
void fj_read_recipe(FjExit *exit) {
    Reader reader = {NULL, exit->words + 1, NULL, NULL, 0, 0};
    exit->cost = CALLED_OUT + LOCAL * *reader.word;
    for (int n = *reader.word++; n > 0; n--) { reader.word++; skip(&reader); }
    exit->cost += STACK * *reader.word;
    for (int n = *reader.word++; n > 0; n--) skip(&reader);
    exit->cost += NAME * *reader.word;
    for (int n = *reader.word++; n > 0; n--) { reader.word++; skip(&reader); }
    exit->cost += FACT * *reader.word;
    exit->nfacts = *reader.word++;
    exit->facts = reader.word;
}
