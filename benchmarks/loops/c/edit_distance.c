#include <stdint.h>
#include <stdlib.h>

int64_t run(const int64_t *first, int64_t m, const int64_t *second, int64_t n) {
    int64_t *previous = calloc(n + 1, sizeof *previous), *current = calloc(n + 1, sizeof *current);
    for (int64_t j = 0; j <= n; j++)
        previous[j] = j;
    for (int64_t i = 1; i <= m; i++) {
        current[0] = i;
        for (int64_t j = 1; j <= n; j++) {
            int64_t cost = first[i - 1] == second[j - 1] ? 0 : 1;
            int64_t best = previous[j - 1] + cost;
            if (previous[j] + 1 < best)
                best = previous[j] + 1;
            if (current[j - 1] + 1 < best)
                best = current[j - 1] + 1;
            current[j] = best;
        }
        int64_t *t = previous;
        previous = current;
        current = t;
    }
    int64_t result = previous[n];
    free(previous);
    free(current);
    return result;
}
