"""Filters, transforms, correlations of sampled signals."""

import numpy as np

from benchmarks.numpy.catalogue import Program


def fir(x, taps):
    y = np.zeros(len(x) - len(taps) + 1)
    for k in range(len(taps)):
        y += taps[k] * x[k:k + len(y)]
    return y


def biquad(x, b, a):
    y = np.empty_like(x)
    z1 = z2 = 0.0
    for n in range(len(x)):
        y[n] = b[0] * x[n] + z1
        z1 = b[1] * x[n] - a[1] * y[n] + z2
        z2 = b[2] * x[n] - a[2] * y[n]
    return y


def autocorrelation(x, lags):
    x = x - x.mean()
    out = np.empty(lags)
    for k in range(lags):
        out[k] = np.dot(x[k:], x[:len(x) - k])
    return out / out[0]


def spectrogram(x, width, step):
    window = 0.5 - 0.5 * np.cos(2.0 * np.pi * np.arange(width) / width)
    frames = []
    for start in range(0, len(x) - width + 1, step):
        spectrum = np.fft.rfft(x[start:start + width] * window)
        frames.append(10.0 * np.log10(np.abs(spectrum) ** 2 + 1e-12))
    return np.array(frames)


def haar(x):
    out, approximation = [], x
    while len(approximation) > 1:
        even, odd = approximation[::2], approximation[1::2]
        out.append((even - odd) / np.sqrt(2.0))
        approximation = (even + odd) / np.sqrt(2.0)
    return np.concatenate([approximation] + out[::-1])


def modulation(t, carrier, message):
    modulated = (1.0 + 0.5 * np.cos(2 * np.pi * message * t)) * np.sin(2 * np.pi * carrier * t)
    clipped = np.clip(modulated, -1.0, 1.0)
    power = np.mean(clipped**2)
    return clipped / np.sqrt(power), np.abs(modulated).max()


PROGRAMS = {
    "fir": Program(fir, lambda r, n: (r.random(n + 31), r.random(32)), (40, 4_000, 400_000)),
    "biquad": Program(biquad, lambda r, n: (r.random(n), np.array([0.2, 0.4, 0.2]), np.array([1.0, -0.3, 0.2])), (40, 4_000, 400_000)),
    "autocorrelation": Program(autocorrelation, lambda r, n: (r.random(n), 20), (40, 4_000, 400_000)),
    "spectrogram": Program(spectrogram, lambda r, n: (r.random(n), 64, 32), (128, 4_096, 131_072)),
    "haar": Program(haar, lambda r, n: (r.random(n),), (64, 4_096, 1_048_576)),
    "modulation": Program(modulation, lambda r, n: (np.linspace(0, 1, n), 50.0, 3.0), (40, 4_000, 1_000_000)),
}
