/* Generalised ufuncs of NumPy's linear algebra and of its Fourier transforms: their own inner loops, for one matrix, or for one transform.

   What an operand's axes are, its signature says: "mm,m>m" for the solution of a system, "n,1>h" for the transform of real numbers, whose
   second operand is a factor (tables/array_calls.py). */
#include "compat.h"
#include "array_calls.h"

enum { MOST_LETTERS = 4, MOST_STRIDES = 9, ARROW = '>', ONE = '1', INVERSE = '/' };
enum { HALF = 'h', DOUBLE = 'd' };     /* lengths of a result; others are the operand's */

typedef struct { int64_t count[1 + MOST_LETTERS], step[MOST_STRIDES], shape[2]; char letters[MOST_LETTERS]; int known, strides, rank, operands; char factor; } Fitted;

/* How many points a result has for so many; 0: none. */
static int64_t length_of(char letter, int64_t points) { return letter == HALF ? points / 2 + 1 : letter == DOUBLE ? 2 * (points - 1) : points; }

static int place_of(Fitted *fitted, char letter) {
    int at = 0;
    while (at < fitted->known && fitted->letters[at] != letter) at++;
    if (at == fitted->known) {
        fitted->letters[fitted->known++] = letter;
        fitted->count[1 + at] = -1;
    }
    return 1 + at;
}

/* Whether the operands' shapes fit: then what the loop is handed, and the shape of the result. */
static int fits(const FjArrayCall *call, const int64_t *words, Fitted *fitted) {
    int operand = 0, axis = 0, results = 0;
    *fitted = (Fitted){.count = {1}, .operands = 1};
    for (const char *at = call->signature; *at; at++) fitted->operands += *at == ',';
    fitted->strides = fitted->operands + 1;
    for (const char *at = call->signature; *at; at++) {
        if (*at == ',') { operand++; axis = 0; continue; }
        if (*at == ARROW) { results = 1; continue; }
        if (*at == ONE || *at == INVERSE) { fitted->factor = *at; continue; }
        int64_t *side = &fitted->count[place_of(fitted, *at)];
        if (results && fitted->factor && (*side = length_of(*at, fitted->count[1])) < 1) return 0;
        if (results) { fitted->shape[fitted->rank++] = *side; continue; }
        const FjArray *array = (const FjArray *)words[operand];
        if (*side >= 0 && *side != array->dims[axis]) return 0;
        *side = array->dims[axis];
        fitted->step[fitted->strides++] = array->strides[axis++];
    }
    for (int i = 0; i < fitted->rank; i++) {
        int64_t step = call->size;
        for (int later = i + 1; later < fitted->rank; later++) step *= fitted->shape[later];
        fitted->step[fitted->strides++] = step;
    }
    return 1;
}

enum { POINT = 16 };        /* what a point of a transform is worth */

/* Elements times the side of the matrix. */
int64_t fj_signed_work(const FjArrayCall *call, const int64_t *words) {
    int64_t side = ((const FjArray *)words[0])->dims[0];
    if (((const FjArray *)words[0])->nd == 1) return POINT * side;
    int64_t other = call->arity > 1 ? ((const FjArray *)words[1])->dims[((const FjArray *)words[1])->nd - 1] : 0;
    return side * side * (side + other);
}

/* Real numbers as complex ones, which the loop reads; NULL: there is no memory. */
static char *widened(const FjArray *array, Fitted *fitted) {
    int64_t step = array->strides[0], count = array->dims[0];
    double (*wide)[2] = PyMem_Malloc((size_t)(count ? count : 1) * sizeof *wide);
    for (int64_t k = 0; wide && k < count; k++) { wide[k][0] = *(const double *)(array->data + k * step); wide[k][1] = 0.0; }
    fitted->step[fitted->operands + 1] = sizeof *wide;
    return (char *)wide;
}

/* Into a new array, or where the result is a number, to `out`; 0: NumPy has to do it. */
int fj_signed(const FjArrayCall *call, const int64_t *words, PyObject **made, char *out) {
    Fitted fitted;
    char *args[3];
    double factor;
    PyObject *owners[2];
    char *wide = NULL;
    if (!fits(call, words, &fitted)) return 0;
    if (call->through >= 0 && (wide = widened((const FjArray *)words[0], &fitted)) == NULL) return 0;
    if (fitted.rank && (*made = fj_new_array(call->type, fitted.rank, fitted.shape)) == NULL) { PyErr_Clear(); PyMem_Free(wide); return 0; }
    for (int i = 0; i < call->arity; i++) {
        args[i] = ((const FjArray *)words[i])->data;
        owners[i] = Py_NewRef(fj_keeper((const FjArray *)words[i]));
    }
    if (wide) args[0] = wide;
    if (fitted.factor) { factor = fitted.factor == ONE ? 1.0 : 1.0 / (double)fitted.shape[0]; args[1] = (char *)&factor; }
    args[fitted.operands] = fitted.rank ? ((FjArray *)*made)->data : out;
    PyThreadState *ts = fj_signed_work(call, words) >= FJ_RELEASED ? PyEval_SaveThread() : NULL;
    unsigned before = fj_flags_clear(1);
    (call->odd && fitted.count[1] % 2 ? call->odd : call->loop)(args, fitted.count, fitted.step, call->data);
    int flags = fj_flags_now();
    fj_flags_restore(before);
    if (ts) PyEval_RestoreThread(ts);
    PyMem_Free(wide);
    for (int i = 0; i < call->arity; i++) Py_DECREF(owners[i]);
    int failed = PyErr_Occurred() != NULL;              /* there was no memory */
    if (failed) PyErr_Clear();
    if (!failed && !(call->strict ? flags & FJ_INVALID : flags && flags & ~fj_flags_ignored())) return 1;
    Py_CLEAR(*made);
    return 0;
}
