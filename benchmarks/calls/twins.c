/* The recursive programs of programs.py in C. */
#include <stdint.h>
#include <stdlib.h>

int64_t fib(int64_t n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

static __attribute__((noinline)) int64_t factorial(int64_t n) { return n < 2 ? 1 : n * factorial(n - 1); }
int64_t factorials(int64_t times) {
    int64_t total = 0;
    for (int64_t k = 0; k < times; k++) total ^= factorial(k % 21);
    return total;
}

int64_t ackermann(int64_t m, int64_t n) {
    if (m == 0) return n + 1;
    if (n == 0) return ackermann(m - 1, 1);
    return ackermann(m - 1, ackermann(m, n - 1));
}

static int64_t place(int64_t n, int64_t row, int64_t columns, int64_t rising, int64_t falling) {
    if (row == n) return 1;
    int64_t count = 0;
    for (int64_t column = 0; column < n; column++)
        if (!(columns >> column & 1 || rising >> (row + column) & 1 || falling >> (row - column + n) & 1))
            count += place(n, row + 1, columns | (int64_t)1 << column, rising | (int64_t)1 << (row + column), falling | (int64_t)1 << (row - column + n));
    return count;
}
int64_t queens(int64_t n) { return place(n, 0, 0, 0, 0); }

typedef struct Tree { struct Tree *left, *right; int64_t value; } Tree;
static Tree *grown(int64_t depth) {
    if (depth == 0) return NULL;
    Tree *tree = malloc(sizeof *tree);
    tree->left = grown(depth - 1);
    tree->value = depth;
    tree->right = grown(depth - 1);
    return tree;
}
static int64_t total(const Tree *tree) { return tree ? total(tree->left) + tree->value + total(tree->right) : 0; }
int64_t tree(int64_t depth, int64_t times) {
    static Tree *trees[40];
    if (trees[depth] == NULL) trees[depth] = grown(depth);
    int64_t sum = 0;
    while (times-- > 0) {
        sum += total(trees[depth]);
        __asm__ volatile("" ::: "memory");      /* each walk is made */
    }
    return sum;
}
