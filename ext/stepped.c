/* Iterators of C's that stand on a frame's stack as they are: their next item comes without a call-out, where it is known beforehand that no line
   of the program's runs on the way, that nothing ends that anybody hears of, and that there is no error to raise.

   What goes over lists, tuples, texts, ranges, dictionaries and sets is known; enumerate, zip, map, filter and those of itertools are where what they go
   over is.  LEAVE: nothing has happened, and the interpreter does it.  Layouts: Modules/itertoolsmodule.c, Python/bltinmodule.c (map, filter). */
#include "compat.h"
#include "builtin_types.h"
#include "collections.h"
#include "stepped.h"
#include <string.h>

enum { DEEPEST = 6, SEEN = 16, EMPTY_ONES = 8, MOST_MAPPED = 3, LEVELS = 4 };

/* One step: how many tuples of two and how many other objects that the collector counts it makes at most, and which iterators it has moved how
   often; `asked`: what goes has been counted, together with what has gone before; `unsure`: it may come to its end before it comes to what follows;
   `dying`: the iterator that goes with what it goes over. */
typedef struct { const FjContext *context; int depth, pairs, others, asked, unsure, seen; PyObject *dying, *moved[SEEN]; Py_ssize_t times[SEEN]; } Step;

static PyObject *stepped;

/* Whether nobody hears of it where one more reference goes in this step. */
static int goes(Step *step, PyObject *object) {
    if (object == NULL || Py_REFCNT(object) > SEEN || fj_is_plain(object) || PyUnicode_CheckExact(object)) return 1;
    if (!step->asked) fj_ask();
    step->asked = 1;
    return fj_items_quiet(&object, 1, LEVELS);
}

/* Makes sure of the tuple that an iterator gives: it gets other items if nobody else has it, else there is a new one of so many. */
static int64_t tuple_ready(Step *step, PyObject *tuple, Py_ssize_t count) {
    if (tuple == NULL || Py_REFCNT(tuple) > 1) { *(count == 2 ? &step->pairs : &step->others) += 1; return FJ_STEPPED; }
    for (Py_ssize_t i = 0; i < count; i++) if (!goes(step, PyTuple_GET_ITEM(tuple, i))) return FJ_STEP_LEAVE;
    return FJ_STEPPED;
}

static int64_t ready(Step *step, PyObject *object, Py_ssize_t times);

/* Whether so many steps are as good as one, and it is known what comes next. */
static int is_simple(PyObject *object) {
    const unsigned simple = 1u << FJ_IT_SEQUENCE | 1u << FJ_IT_BACKWARDS | 1u << FJ_IT_RANGE | 1u << FJ_IT_COUNT | 1u << FJ_IT_REPEAT;
    return simple >> fj_iterator_kind(object) & 1;
}

/* How often this step has moved it. */
static Py_ssize_t moved(Step *step, PyObject *object) {
    Py_ssize_t times = 0;
    for (int i = 0; i < step->seen; i++) if (step->moved[i] == object) times += step->times[i];
    return times;
}

/* The iterator lets go of the one that it goes over where that has come to its end, or may have. */
static int64_t inner_ready(Step *step, PyObject *inner, Py_ssize_t times) {
    step->dying = Py_REFCNT(inner) == 1 ? inner : NULL;
    int64_t answer = ready(step, inner, times);
    Py_ssize_t left = answer == FJ_STEPPED ? fj_iterator_rest(inner) : 0;
    return answer != FJ_STEPPED || left >= times || goes(step, inner) ? answer : FJ_STEP_LEAVE;
}

static int64_t always(Step *step, PyObject *object, Py_ssize_t times) { return FJ_STEPPED; }

/* It lets go of the sequence at its end. */
static int64_t sequence_ready(Step *step, PyObject *object, Py_ssize_t times) {
    return fj_iterator_rest(object) >= times || object == step->dying || goes(step, ((FjSequenceIter *)object)->sequence) ? FJ_STEPPED : FJ_STEP_LEAVE;
}

static int64_t table_ready(Step *step, PyObject *object, Py_ssize_t times) {
    int64_t at = times > 1 ? FJ_STEP_NEVER : fj_walk_entry(step->context, object);
    PyObject *tuple = fj_walk_tuple(object);
    return at < FJ_STEP_OVER ? at : at >= 0 && tuple ? tuple_ready(step, tuple, 2) : FJ_STEPPED;
}

static int64_t enumerate_ready(Step *step, PyObject *object, Py_ssize_t times) {
    const FjEnumerate *pairs = (FjEnumerate *)object;
    int64_t answer = ready(step, pairs->iterator, times);
    return answer == FJ_STEPPED ? tuple_ready(step, pairs->result, 2) : answer;
}

static int64_t zip_ready(Step *step, PyObject *object, Py_ssize_t times) {
    const FjZip *zip = (FjZip *)object;
    if (zip->strict || times > 1) return FJ_STEP_NEVER;
    for (Py_ssize_t i = 0; i < zip->count; i++) {
        PyObject *inner = PyTuple_GET_ITEM(zip->iterators, i);
        int64_t answer = ready(step, inner, 1);
        Py_ssize_t left = answer == FJ_STEPPED ? fj_iterator_rest(inner) : 0;
        if (left == 0) return answer;
        step->unsure |= left < 0;
    }
    return tuple_ready(step, zip->result, zip->count);
}

/* What the function gives for the items that come next is thrown away: it is asked again. */
static int64_t map_ready(Step *step, PyObject *object, Py_ssize_t times) {
    PyObject *inners = ((FjMap *)object)->iterators, *items[MOST_MAPPED], *made = NULL;
    Py_ssize_t count = PyTuple_GET_SIZE(inners), left = fj_iterator_rest(object);
    int64_t answer = count > MOST_MAPPED || times > 1 ? FJ_STEP_NEVER : FJ_STEPPED;
    int found = 0;
    for (Py_ssize_t i = 0; i < count && answer == FJ_STEPPED; i++) {
        PyObject *inner = PyTuple_GET_ITEM(inners, i);
        answer = is_simple(inner) && moved(step, inner) == 0 ? ready(step, inner, 1) : FJ_STEP_NEVER;
    }
    if (answer != FJ_STEPPED || left == 0) return answer;
    while (found < count && (items[found] = fj_iterator_peek(PyTuple_GET_ITEM(inners, found)))) found++;
    answer = found < count ? FJ_STEP_NEVER : fj_silent_call(((FjMap *)object)->function, items, found, &made);
    Py_XDECREF(made);
    while (found) Py_DECREF(items[--found]);
    return answer;
}

/* What it throws away is gone for good: that it is thrown away nothing can change. */
static int64_t filter_ready(Step *step, PyObject *object, Py_ssize_t times) {
    PyObject *inner = ((FjFilter *)object)->iterator, *function = ((FjFilter *)object)->function;
    if (function == Py_None) function = (PyObject *)&PyBool_Type;
    if (!is_simple(inner) || moved(step, inner) || times > 1 || step->unsure) return FJ_STEP_NEVER;
    while (fj_iterator_rest(inner) > 0) {
        PyObject *item = fj_iterator_peek(inner), *made = NULL;
        int64_t answer = item ? fj_silent_call(function, &item, 1, &made) : FJ_STEP_NEVER;
        int taken = made && PyObject_IsTrue(made);
        Py_XDECREF(item);
        Py_XDECREF(made);
        if (answer != FJ_STEPPED) return answer;
        if (taken) break;
        Py_DECREF(Py_TYPE(inner)->tp_iternext(inner));
    }
    return ready(step, inner, 1);
}

static int64_t count_ready(Step *step, PyObject *object, Py_ssize_t times) {
    const FjCount *count = (FjCount *)object;
    return count->number == NULL || fj_silent_fold(NULL, count->number, count->step) ? FJ_STEPPED : FJ_STEP_NEVER;
}

static int64_t cycle_ready(Step *step, PyObject *object, Py_ssize_t times) {
    PyObject *inner = ((FjCycle *)object)->iterator;
    return times > 1 ? FJ_STEP_NEVER : inner ? inner_ready(step, inner, 1) : FJ_STEPPED;
}

/* Whether what chain comes to next has a first item: 1 or 0, or LEAVE or NEVER. */
static int64_t has_first(Step *step, PyObject *object) {
    step->others++;
    if (PyList_CheckExact(object) || PyTuple_CheckExact(object) || PyUnicode_CheckExact(object)) return fj_length_of(object) > 0;
    if (PyRange_Check(object)) return PyObject_IsTrue(object) > 0;
    if (PyAnySet_CheckExact(object)) return PySet_GET_SIZE(object) > 0;
    if (PyDict_CheckExact(object) && (((PyDictObject *)object)->ma_values || fj_relied_on(step->context, object))) return FJ_STEP_LEAVE;
    if (PyDict_CheckExact(object)) return PyDict_GET_SIZE(object) > 0;
    int64_t answer = ready(step, object, 1);
    Py_ssize_t left = answer == FJ_STEPPED ? fj_iterator_rest(object) : 0;
    return answer != FJ_STEPPED ? answer : left < 0 ? FJ_STEP_NEVER : left > 0;
}

static int64_t chain_ready(Step *step, PyObject *object, Py_ssize_t times) {
    const FjChain *chain = (FjChain *)object;
    if (times > 1) return FJ_STEP_NEVER;
    if (chain->active) {
        int64_t answer = inner_ready(step, chain->active, 1);
        Py_ssize_t left = answer == FJ_STEPPED ? fj_iterator_rest(chain->active) : 0;
        if (answer != FJ_STEPPED || left > 0) return answer;
        if (left < 0) return FJ_STEP_NEVER;
    }
    if (chain->source == NULL) return FJ_STEPPED;
    if (fj_iterator_kind(chain->source) != FJ_IT_SEQUENCE || moved(step, chain->source)) return FJ_STEP_NEVER;
    const FjSequenceIter *source = (FjSequenceIter *)chain->source;
    Py_ssize_t left = fj_iterator_rest(chain->source);
    if (left && !PyList_CheckExact(source->sequence) && !PyTuple_CheckExact(source->sequence)) return FJ_STEP_NEVER;
    for (Py_ssize_t i = 0; i < left; i++) {
        PyObject **items = PyList_CheckExact(source->sequence) ? ((PyListObject *)source->sequence)->ob_item : ((PyTupleObject *)source->sequence)->ob_item;
        int64_t first = i < EMPTY_ONES ? has_first(step, items[source->index + i]) : FJ_STEP_LEAVE;
        if (first) return first > 0 ? FJ_STEPPED : first;
    }
    return goes(step, Py_REFCNT(source) > 1 ? source->sequence : chain->source) ? FJ_STEPPED : FJ_STEP_LEAVE;
}

static int64_t slice_ready(Step *step, PyObject *object, Py_ssize_t times) {
    const FjSlice *slice = (FjSlice *)object;
    if (slice->iterator == NULL) return FJ_STEPPED;
    Py_ssize_t skipped = Py_MAX(slice->next - slice->done, 0);
    int over = slice->stop >= 0 && slice->done + skipped >= slice->stop;
    Py_ssize_t steps = skipped + !over;
    if (times > 1 || (steps > 1 && !is_simple(slice->iterator))) return FJ_STEP_NEVER;
    int64_t answer = steps ? inner_ready(step, slice->iterator, steps) : FJ_STEPPED;
    return answer == FJ_STEPPED && over && !goes(step, slice->iterator) ? FJ_STEP_LEAVE : answer;
}

static int64_t accumulate_ready(Step *step, PyObject *object, Py_ssize_t times) {
    const FjAccumulate *sums = (FjAccumulate *)object;
    if (times > 1) return FJ_STEP_NEVER;
    if (sums->initial && sums->initial != Py_None) return FJ_STEPPED;
    if (sums->total == NULL || fj_iterator_rest(sums->iterator) == 0) return ready(step, sums->iterator, 1);
    PyObject *next = moved(step, sums->iterator) ? NULL : fj_iterator_peek(sums->iterator);
    int fits = next && fj_silent_fold(sums->function, sums->total, next);
    Py_XDECREF(next);
    return fits ? ready(step, sums->iterator, 1) : FJ_STEP_NEVER;
}

static int64_t pairwise_ready(Step *step, PyObject *object, Py_ssize_t times) {
    const FjPairwise *pairs = (FjPairwise *)object;
    PyObject *inner = pairs->iterator;
    if (inner == NULL) return FJ_STEPPED;
    Py_ssize_t steps = pairs->old ? 1 : 2;
    if (times > 1 || (steps > 1 && !is_simple(inner))) return FJ_STEP_NEVER;
    int64_t answer = inner_ready(step, inner, steps);
    if (answer != FJ_STEPPED) return answer;
    if (fj_iterator_rest(inner) < steps && !goes(step, pairs->old)) return FJ_STEP_LEAVE;
    return tuple_ready(step, FJ_PAIRWISE_TUPLE(pairs), 2);
}

static int64_t (*const rows[FJ_IT_KINDS])(Step *, PyObject *, Py_ssize_t) = {
    [FJ_IT_SEQUENCE] = sequence_ready, [FJ_IT_BACKWARDS] = sequence_ready, [FJ_IT_RANGE] = always, [FJ_IT_LARGE_RANGE] = always, [FJ_IT_TABLE] = table_ready,
    [FJ_IT_ENUMERATE] = enumerate_ready, [FJ_IT_ZIP] = zip_ready, [FJ_IT_MAP] = map_ready, [FJ_IT_FILTER] = filter_ready, [FJ_IT_COUNT] = count_ready,
    [FJ_IT_REPEAT] = always, [FJ_IT_CYCLE] = cycle_ready, [FJ_IT_CHAIN] = chain_ready, [FJ_IT_SLICE] = slice_ready, [FJ_IT_ACCUMULATE] = accumulate_ready,
    [FJ_IT_PAIRWISE] = pairwise_ready,
};

/* Whether it can take so many steps.  Simple ones may be moved from several places, as long as they don't come to their end by it. */
static int64_t ready(Step *step, PyObject *object, Py_ssize_t times) {
    int kind = fj_iterator_kind(object);
    Py_ssize_t before = moved(step, object);
    if (kind == FJ_IT_NONE || step->depth == DEEPEST || step->seen == SEEN) return FJ_STEP_NEVER;
    if (before && (!is_simple(object) || fj_iterator_rest(object) < before + times)) return is_simple(object) ? FJ_STEP_LEAVE : FJ_STEP_NEVER;
    step->moved[step->seen] = object;
    step->times[step->seen++] = times;
    step->depth++;
    int64_t answer = rows[kind](step, object, times);
    step->depth--;
    return answer;
}

/* Whether what it makes can be made without a collection that anybody hears of. */
static int there_is_room(int pairs, int others) {
    PyInterpreterState *interp = PyInterpreterState_Get();
    if (FJ_SPARE_TUPLES(interp, 2) >= pairs) pairs = 0;
    if (pairs + others == 0) return 1;
    return interp->gc.generations[0].count >= interp->gc.generations[0].threshold ? fj_can_make() : fj_there_is_room(&interp->gc, pairs + others);
}

static void begin(Step *step, const FjContext *context) {
    step->context = context;
    step->depth = step->pairs = step->others = step->asked = step->unsure = step->seen = 0;
    step->dying = NULL;
}

int8_t fj_room_for(int64_t count) { return there_is_room(0, (int)count); }

/* Whether nobody hears of it where the iterator goes at its end.  Sequences that those inside let go of in this step are gone from them by then:
   they are counted anew, once. */
static int goes_at_end(Step *step, PyObject *iterator) {
    const unsigned known = 1u << FJ_IT_SEQUENCE | 1u << FJ_IT_BACKWARDS, whole = known | 1u << FJ_IT_RANGE | 1u << FJ_IT_ENUMERATE | 1u << FJ_IT_ZIP;
    int all = 1;
    for (int i = 0; i < step->seen; i++) all &= whole >> fj_iterator_kind(step->moved[i]) & 1;
    if (all) { fj_ask(); step->asked = 1; }
    for (int i = 0; all && i < step->seen; i++) {
        PyObject *inner = step->moved[i];
        int lets_go = known >> fj_iterator_kind(inner) & 1 && fj_iterator_rest(inner) < step->times[i];
        if (lets_go && inner != iterator && Py_REFCNT(inner) > 1 && !goes(step, ((FjSequenceIter *)inner)->sequence)) return 0;
    }
    return goes(step, iterator);
}

static int64_t moved_by_one(const FjContext *context, PyObject *iterator, int may_end) {
    Step step;
    if ((stepped = fj_midway(iterator))) return FJ_STEPPED;
    begin(&step, context);
    int64_t answer = ready(&step, iterator, 1);
    if (answer != FJ_STEPPED) return answer;
    int ends = fj_iterator_rest(iterator) <= 0;
    if (!there_is_room(step.pairs, step.others) || (ends && (!may_end || !goes_at_end(&step, iterator)))) return FJ_STEP_LEAVE;
    stepped = Py_TYPE(iterator)->tp_iternext(iterator);
    if (stepped) return FJ_STEPPED;
    PyErr_Clear();
    return FJ_STEP_OVER;
}

/* Moves the iterator by one: STEPPED, what came is asked for next; DONE: nothing is left, and the iterator itself may go unheard; else nothing has happened.
   That it is at its end can't be found out twice: what it goes over may have been moved by it. */
int64_t fj_step(const FjContext *context, PyObject *iterator) { return moved_by_one(context, iterator, 1); }

/* The same; where it is at its end, or may be, nothing happens. */
int64_t fj_step_inside(const FjContext *context, PyObject *iterator) { return moved_by_one(context, iterator, 0); }

/* What came, whose reference is the caller's. */
PyObject *fj_stepped(void) { return stepped; }
