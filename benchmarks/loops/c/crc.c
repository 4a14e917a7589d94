#include <stdint.h>

int64_t run(const int64_t *data, int64_t n) {
    int64_t table[256];
    for (int64_t i = 0; i < 256; i++) {
        int64_t entry = i;
        for (int64_t bit = 0; bit < 8; bit++) {
            if (entry & 1)
                entry = (entry >> 1) ^ 0xEDB88320;
            else
                entry >>= 1;
        }
        table[i] = entry;
    }
    int64_t crc = 0xFFFFFFFF;
    for (int64_t i = 0; i < n; i++)
        crc = table[(crc ^ data[i]) & 0xFF] ^ (crc >> 8);
    return crc ^ 0xFFFFFFFF;
}
