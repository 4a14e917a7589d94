"""The fast Fourier transform by loops (radix 2, in place, real and imaginary parts in two arrays)."""

import math

import numpy as np

SMALL = 4
LARGE = 16


def setup(size):
    """2**size random points."""
    random = np.random.default_rng(7)
    return random.standard_normal(1 << size), random.standard_normal(1 << size)


def run(real, imaginary):
    n = len(real)
    j = 0
    for i in range(1, n):
        bit = n >> 1
        while j & bit:
            j ^= bit
            bit >>= 1
        j |= bit
        if i < j:
            real[i], real[j] = real[j], real[i]
            imaginary[i], imaginary[j] = imaginary[j], imaginary[i]
    length = 2
    while length <= n:
        angle = -2.0 * math.pi / length
        half = length // 2
        for k in range(half):
            wr = math.cos(angle * k)
            wi = math.sin(angle * k)
            for start in range(0, n, length):
                upper = start + k
                lower = upper + half
                tr = real[lower] * wr - imaginary[lower] * wi
                ti = real[lower] * wi + imaginary[lower] * wr
                real[lower] = real[upper] - tr
                imaginary[lower] = imaginary[upper] - ti
                real[upper] += tr
                imaginary[upper] += ti
        length *= 2
    return float(real[1]), float(imaginary[1])
