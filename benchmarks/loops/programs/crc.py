"""CRC-32 by a table of 256 entries, over lists of ints; the table is made by shifts."""

import numpy as np

SMALL = 100
LARGE = 8_000_000


def setup(size):
    """The bytes as a list of ints."""
    return (list(np.random.default_rng(8).bytes(size)),)


def run(data):
    table = [0] * 256
    for i in range(256):
        entry = i
        for bit in range(8):
            if entry & 1:
                entry = (entry >> 1) ^ 0xEDB88320
            else:
                entry >>= 1
        table[i] = entry
    crc = 0xFFFFFFFF
    for byte in data:
        crc = table[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    return crc ^ 0xFFFFFFFF
