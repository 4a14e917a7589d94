#include <stdint.h>

void run(int64_t limit, int64_t *result) {
    int64_t best = 0, longest = 0;
    for (int64_t start = 1; start < limit; start++) {
        int64_t n = start, length = 1;
        while (n != 1) {
            if (n % 2 == 0)
                n >>= 1;
            else
                n = 3 * n + 1;
            length++;
        }
        if (length > longest) {
            longest = length;
            best = start;
        }
    }
    result[0] = best;
    result[1] = longest;
}
