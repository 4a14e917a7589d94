/* Places that looks come by in vain: they are counted here, and the compiler hears of several at once.

   A look at code that nothing can be made of costs what the compiler's Python code touches, most of it cold.  The table has
   no references: a place of a code object that has gone, and whose address another has got, makes a count wrong at most. */
#include "looking.h"

enum { PLACES = 128 };
static struct { PyObject *code; int target, rest, looks; } places[PLACES];
static unsigned driven_out;
int fj_place_looks = 1, fj_first_looks = 1;

/* Two places share a pair of entries; of a third the one that doesn't rest makes room, and a rest that is in the way ends
   in time.  One of seven that take another's entry counts as seen before: else places that drive each other out would never be
   asked about; of eight it could be the same of two each time. */
static int found(PyObject *code, int target) {
    uint64_t mixed = ((uint64_t)(uintptr_t)code + (uint64_t)(target + 1) * 8) * 0x9E3779B97F4A7C15u;
    int number = (int)(mixed >> 32 & (PLACES - 2));
    for (int i = number; i < number + 2; i++) if (places[i].code == code && places[i].target == target) return i;
    if (places[number].rest > 0) places[number++].rest--;
    places[number].looks = places[number].code && ++driven_out % 7 == 0;
    places[number].code = code; places[number].target = target; places[number].rest = 0;
    return number;
}

int fj_place_looked_at(PyObject *code, int target) {
    int number = found(code, target), first = places[number].looks == 0 && places[number].rest == 0;
    places[number].looks++;
    if (first && target < 0 && !fj_first_looks && !fj_slot_of(code)) return FJ_UNKNOWN;
    if (places[number].rest > 0) { places[number].rest--; return 0; }
    int looks = places[number].looks;
    places[number].looks = 0;
    return looks;
}

void fj_place_answered(PyObject *code, int target, PyObject *answer) {
    long looks = answer && PyLong_Check(answer) ? -1 - PyLong_AsLong(answer) : 0;
    if (looks > 0) places[found(code, target)].rest = (int)looks;
}

void fj_places_forget(PyObject *code) {
    for (int i = 0; i < PLACES; i++) if (places[i].code == code) places[i].code = NULL;
}
