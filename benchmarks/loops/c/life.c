#include <stdint.h>

int64_t run(int64_t *board, int64_t *other, int64_t n, int64_t m, int64_t generations) {
    for (int64_t generation = 0; generation < generations; generation++) {
        for (int64_t i = 0; i < n; i++) {
            const int64_t *above = board + (i + n - 1) % n * m, *here = board + i * m, *below = board + (i + 1) % n * m;
            int64_t *new = other + i * m;
            for (int64_t j = 0; j < m; j++) {
                int64_t left = (j + m - 1) % m, right = (j + 1) % m;
                int64_t neighbours = above[left] + above[j] + above[right] + here[left] + here[right] + below[left] + below[j] + below[right];
                new[j] = neighbours == 3 || (neighbours == 2 && here[j] == 1) ? 1 : 0;
            }
        }
        int64_t *t = board;
        board = other;
        other = t;
    }
    int64_t alive = 0;
    for (int64_t i = 0; i < n * m; i++)
        alive += board[i];
    return alive;
}
