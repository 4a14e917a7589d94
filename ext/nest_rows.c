/* The rows of a nest: its kernel over each of them, and the flags of floating-point arithmetic that this raises. */
#include "nests.h"
#include <emmintrin.h>

enum { TILE = 256, SHORT = 64 };         /* elements of a packed tile; of rows that are computed together */

#define PACK(type) for (int64_t k = 0; k < n; k++) ((type *)to)[k] = *(const type *)(from + k * step)

/* Every second element: of x[::2], of complex numbers' parts. */
FJ_WIDE static void pack_second_words(int64_t *restrict to, const int64_t *restrict from, int64_t n) { for (int64_t k = 0; k < n; k++) to[k] = from[2 * k]; }
FJ_WIDE static void pack_second_halves(int32_t *restrict to, const int32_t *restrict from, int64_t n) { for (int64_t k = 0; k < n; k++) to[k] = from[2 * k]; }

/* One element for a whole row: what is broadcast along it. */
FJ_WIDE static void fill_words(int64_t *restrict to, int64_t value, int64_t n) { for (int64_t k = 0; k < n; k++) to[k] = value; }
FJ_WIDE static void fill_halves(int32_t *restrict to, int32_t value, int64_t n) { for (int64_t k = 0; k < n; k++) to[k] = value; }

#define FILL(type) for (int64_t k = 0; k < n; k++) ((type *)to)[k] = *(const type *)from

void fj_fill(char *to, const char *from, int64_t n, int size) {
    if (size == 8) fill_words((int64_t *)to, *(const int64_t *)from, n);
    else if (size == 4) fill_halves((int32_t *)to, *(const int32_t *)from, n);
    else { FJ_BY_SIZE(size, FILL) }
}

/* Words that lie `step` apart, eight at a time: a store for two.  How many were taken. */
static int64_t pack_words(char *to, const char *from, int64_t step, int64_t n) {
    int64_t k = 0;
#if defined(__x86_64__)
    for (; k + 8 <= n; k += 8)
        for (int pair = 0; pair < 4; pair++, from += 2 * step, to += 16)
            _mm_storeu_pd((double *)to, _mm_loadh_pd(_mm_load_sd((const double *)from), (const double *)(from + step)));
#endif
    return k;
}

static void pack(char *to, const char *from, int64_t step, int64_t n, int size) {
    if (step == 0) { fj_fill(to, from, n, size); return; }
    if (step == 16 && size == 8) { pack_second_words((int64_t *)to, (const int64_t *)from, n); return; }
    if (step == 8 && size == 4) { pack_second_halves((int32_t *)to, (const int32_t *)from, n); return; }
    int64_t done = size == 8 ? pack_words(to, from, step, n) : 0;
    to += done * size, from += done * step, n -= done;
    FJ_BY_SIZE(size, PACK)
}

#define PACK_ROWS(type) for (int64_t row = 0; row < rows; row++, from += outer) for (int64_t k = 0; k < n; k++) *(type *)to = *(const type *)(from + k * inner), to += sizeof(type)

static void pack_rows(char *to, const char *from, int64_t inner, int64_t outer, int64_t n, int64_t rows, int size) {
    if (n >= 8 && size >= 4 && size <= 8) {
        for (int64_t row = 0; row < rows; row++, from += outer, to += n * size) pack(to, from, inner, n, size);
        return;
    }
    FJ_BY_SIZE(size, PACK_ROWS)
}

/* How many whole rows are computed at once, of those that begin at `at`: short ones where functions are called or something is packed, else those
   that fill no vector. */
int64_t fj_nest_rows_at_once(const FjNest *nest, const FjWalk *walk, const int64_t *at, int64_t left) {
    int last = walk->axes - 1;
    int64_t n = walk->shape[last], found = n ? TILE / n : 1;
    if (walk->handed || last == 0 || n * (nest->calls || walk->packed ? 1 : nest->size) >= SHORT) return 1;
    if (found > walk->shape[last - 1] - at[last - 1]) found = walk->shape[last - 1] - at[last - 1];
    return found < left / n ? found : left / n;
}

/* So many rows; what doesn't lie side by side is packed. */
int fj_nest_rows(const FjNest *nest, const FjWalk *walk, char **args, int64_t rows) {
    int last = walk->axes - 1;
    int64_t room[nest->count][2 * TILE], n = walk->shape[last];
    char *tile[FJ_MOST_OPERANDS + 1];
    tile[0] = args[0];
    for (int i = 0; i < nest->count; i++) {
        int64_t size = nest->operands[i].size, inner = walk->step[i][last], outer = walk->step[i][last - 1];
        tile[i + 1] = args[i + 1];
        if (size == 0 || (inner == size && outer == n * size)) continue;
        pack_rows((char *)room[i], args[i + 1], inner, outer, n, rows, (int)size);
        tile[i + 1] = (char *)room[i];
    }
    return nest->kernel(tile, n * rows);
}

/* A row in tiles, for what lies otherwise is packed. */
static int tiles(const FjNest *nest, FjWalk *walk, char **args, int64_t n) {
    int64_t room[nest->count][2 * TILE];                /* the largest elements have two words */
    char *tile[2 * FJ_MOST_OPERANDS + 1];
    fj_kernel kernel = walk->handed ? nest->backwards : nest->kernel;
    int flags = 0;
    for (int64_t done = 0; done < n; done += TILE) {
        int64_t count = n - done < TILE ? n - done : TILE;
        tile[0] = args[0] + done * nest->size;
        for (int i = 0; i < nest->count; i++) {
            int64_t step = walk->step[i][walk->axes - 1];
            tile[i + 1] = args[i + 1];
            if (nest->operands[i].size == 0) continue;
            tile[i + 1] += done * step;
            tile[nest->count + 1 + i] = (char *)step;
            if (step == nest->operands[i].size || walk->handed >> i & 1) continue;
            pack((char *)room[i], tile[i + 1], step, count, nest->operands[i].size);
            tile[i + 1] = (char *)room[i];
            tile[nest->count + 1 + i] = (char *)(intptr_t)nest->operands[i].size;
        }
        flags |= kernel(tile, count);
    }
    return flags;
}

/* n elements of a row; args[0]: where the result goes. */
int fj_nest_row(const FjNest *nest, FjWalk *walk, char **args, int64_t n) {
    return walk->packed ? tiles(nest, walk, args, n) : nest->kernel(args, n);
}

/* Where each operand's next row begins; 0: that was the last one. */
int fj_nest_next_row(const FjNest *nest, const FjWalk *walk, char **places, int64_t *at) {
    for (int axis = walk->axes - 2; axis >= 0; axis--) {
        int64_t back = ++at[axis] == walk->shape[axis] ? walk->shape[axis] - 1 : 0;
        for (int i = 0; i < nest->count; i++) places[i] += back ? -back * walk->step[i][axis] : walk->step[i][axis];
        if (at[axis] < walk->shape[axis]) return 1;
        at[axis] = 0;
    }
    return 0;
}

/* The same behind `rows` rows that were computed at once. */
int fj_nest_next_rows(const FjNest *nest, const FjWalk *walk, char **places, int64_t *at, int64_t rows) {
    int axis = walk->axes - 2;
    if (rows > 1) {
        at[axis] += rows - 1;
        for (int i = 0; i < nest->count; i++) places[i] += (rows - 1) * walk->step[i][axis];
    }
    return fj_nest_next_row(nest, walk, places, at);
}

static int run(const FjNest *nest, FjWalk *walk, char *out) {
    int64_t n = walk->shape[walk->axes - 1], at[FJ_MOST_AXES] = {0};
    int flags = 0;
    char *args[FJ_MOST_OPERANDS + 1];
    args[0] = out;
    for (int i = 0; i < nest->count; i++) args[i + 1] = walk->place[i];
    for (;;) {
        int64_t rows = fj_nest_rows_at_once(nest, walk, at, INT64_MAX);
        flags |= rows > 1 ? fj_nest_rows(nest, walk, args, rows) : fj_nest_row(nest, walk, args, n);
        if (!fj_nest_next_rows(nest, walk, args + 1, at, rows)) return flags;
        args[0] += n * rows * nest->size;
    }
}

/* ---- flags */

/* The status of the other floating-point unit, in which libm raises overflow and underflow. */
static int other_flags(void) {
    uint16_t status;
    __asm__ volatile("fnstsw %0" : "=a"(status));
    return status & FJ_FLAGS;
}

/* What has been raised so far: called in front of a loop of NumPy's, which may clear it. */
int fj_flags_now(void) { return ((int)_mm_getcsr() & FJ_FLAGS) | other_flags(); }

/* `calls`: whether loops of NumPy's are to run, and with them libm. */
unsigned fj_flags_clear(int calls) {
    unsigned before = _mm_getcsr();
    if (before & FJ_FLAGS) _mm_setcsr(before & ~FJ_FLAGS);
    if (calls && other_flags()) __asm__ volatile("fnclex");
    return before;
}

void fj_flags_restore(unsigned before) { _mm_setcsr(before); }

int fj_flags_of(const FjNest *nest, FjWalk *walk, char *out) {
    unsigned before = fj_flags_clear(nest->calls);
    int flags = run(nest, walk, out) | (nest->calls ? fj_flags_now() : (int)_mm_getcsr() & FJ_FLAGS);
    if ((before | flags) & FJ_FLAGS) fj_flags_restore(before);
    return flags;
}

int fj_flags_beside_others(const FjNest *nest, const int64_t *words, FjWalk *walk, char *out) {
    PyThreadState *ts = fj_nest_release(nest, words);
    int flags = fj_flags_of_pieces(nest, walk, out);
    if (flags < 0) flags = fj_flags_of(nest, walk, out);
    fj_nest_acquire(nest, words, ts);
    return flags;
}
