/* Places that looks come by in vain: they are counted here, and the compiler hears of several at once.

   A look at code that nothing can be made of costs what the compiler's Python code touches, most of it cold.  The table has
   no references: a place of a code object that has gone, and whose address another has got, makes a count wrong at most. */
#include "looking.h"

enum { PLACES = 64 };
static struct { PyObject *code; int target, rest, looks; } places[PLACES];
int fj_place_looks = 1, fj_first_looks = 1;

static int number_of(PyObject *code, int target) {
    uintptr_t mixed = ((uintptr_t)code >> 4) + (uintptr_t)(target + 1) * 7;
    return (int)((mixed ^ mixed >> 6 ^ mixed >> 12) % PLACES);
}

/* Another place's entry makes room. */
static int found(PyObject *code, int target) {
    int number = number_of(code, target);
    if (places[number].code == code && places[number].target == target) return number;
    places[number].code = code; places[number].target = target;
    places[number].rest = places[number].looks = 0;
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
