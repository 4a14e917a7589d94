#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void run(int64_t limit, int64_t *result) {
    uint8_t *prime = malloc(limit + 1);
    memset(prime, 1, limit + 1);
    prime[0] = 0;
    prime[1] = 0;
    for (int64_t i = 2; i * i <= limit; i++)
        if (prime[i])
            for (int64_t multiple = i * i; multiple <= limit; multiple += i)
                prime[multiple] = 0;
    int64_t count = 0, total = 0;
    for (int64_t i = 0; i <= limit; i++)
        if (prime[i]) {
            count++;
            total += i;
        }
    free(prime);
    result[0] = count;
    result[1] = total;
}
