/* BLAKE2b with 32 bytes (RFC 7693): names and checksums of what is kept on disk.  Python's own hashes would be modules that the
   program sees. */
#include <Python.h>
#include "kept.h"
#include <string.h>

typedef struct { uint64_t h[8], length; } State;

static const uint64_t START[8] = {
    0x6a09e667f3bcc908u, 0xbb67ae8584caa73bu, 0x3c6ef372fe94f82bu, 0xa54ff53a5f1d36f1u,
    0x510e527fade682d1u, 0x9b05688c2b3e6c1fu, 0x1f83d9abfb41bd6bu, 0x5be0cd19137e2179u};
static const uint8_t ORDER[10][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4}, {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13}, {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11}, {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5}, {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0}};

static uint64_t turned(uint64_t word, int bits) { return word >> bits | word << (64 - bits); }

static void mix(uint64_t *v, int a, int b, int c, int d, uint64_t x, uint64_t y) {
    v[a] += v[b] + x; v[d] = turned(v[d] ^ v[a], 32);
    v[c] += v[d]; v[b] = turned(v[b] ^ v[c], 24);
    v[a] += v[b] + y; v[d] = turned(v[d] ^ v[a], 16);
    v[c] += v[d]; v[b] = turned(v[b] ^ v[c], 63);
}

static void block(State *state, const uint8_t *bytes, size_t count, int last) {
    uint64_t v[16], m[16];
    memcpy(m, bytes, sizeof m);                 /* this machine's order of bytes is the algorithm's */
    state->length += count;
    memcpy(v, state->h, sizeof state->h);
    memcpy(v + 8, START, sizeof START);
    v[12] ^= state->length;
    if (last) v[14] = ~v[14];
    for (int round = 0; round < 12; round++) {
        const uint8_t *s = ORDER[round % 10];
        for (int i = 0; i < 4; i++) mix(v, i, i + 4, i + 8, i + 12, m[s[2 * i]], m[s[2 * i + 1]]);
        for (int i = 0; i < 4; i++) mix(v, i, (i + 1) % 4 + 4, (i + 2) % 4 + 8, (i + 3) % 4 + 12, m[s[2 * i + 8]], m[s[2 * i + 9]]);
    }
    for (int i = 0; i < 8; i++) state->h[i] ^= v[i] ^ v[i + 8];
}

void fj_digest(const void *bytes, size_t count, uint8_t *digest) {
    const uint8_t *next = bytes;
    uint8_t rest[128] = {0};
    State state = {.length = 0};
    memcpy(state.h, START, sizeof START);
    state.h[0] ^= 0x01010000 ^ FJ_DIGEST;       /* no key; so many bytes are wanted */
    for (; count > sizeof rest; count -= sizeof rest, next += sizeof rest) block(&state, next, sizeof rest, 0);
    if (count) memcpy(rest, next, count);
    block(&state, rest, count, 1);
    memcpy(digest, state.h, FJ_DIGEST);
}
