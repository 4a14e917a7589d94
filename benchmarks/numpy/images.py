"""Filters and tables over images."""

import numpy as np

from benchmarks.numpy.catalogue import Program


def sobel(image):
    gx = (image[:-2, 2:] + 2 * image[1:-1, 2:] + image[2:, 2:]) - (image[:-2, :-2] + 2 * image[1:-1, :-2] + image[2:, :-2])
    gy = (image[2:, :-2] + 2 * image[2:, 1:-1] + image[2:, 2:]) - (image[:-2, :-2] + 2 * image[:-2, 1:-1] + image[:-2, 2:])
    magnitude = np.sqrt(gx**2 + gy**2)
    return magnitude > 0.5 * magnitude.max()


def box_blur(image, radius):
    sums = np.cumsum(np.cumsum(image, axis=0), axis=1)
    size = 2 * radius + 1
    inner = sums[size:, size:] - sums[:-size, size:] - sums[size:, :-size] + sums[:-size, :-size]
    return inner / size**2


def bilateral(image, radius, spatial, tonal):
    height, width = image.shape[0] - 2 * radius, image.shape[1] - 2 * radius
    centre = image[radius:radius + height, radius:radius + width]
    total, weights = np.zeros((height, width)), np.zeros((height, width))
    for dy in range(-radius, radius + 1):
        for dx in range(-radius, radius + 1):
            other = image[radius + dy:radius + dy + height, radius + dx:radius + dx + width]
            w = np.exp(-(dy * dy + dx * dx) / (2 * spatial**2) - (other - centre) ** 2 / (2 * tonal**2))
            total += w * other
            weights += w
    return total / weights


def tone(image, gamma, low, high):
    scaled = np.clip((image.astype(np.float32) - low) / (high - low), 0.0, 1.0)
    return (255.0 * scaled**gamma + 0.5).astype(np.uint8)


def equalised(image):
    counts = np.bincount(image.ravel(), minlength=256)
    cdf = np.cumsum(counts)
    smallest = cdf[cdf > 0].min()
    table = np.round((cdf - smallest) / (image.size - smallest) * 255).astype(np.uint8)
    return table[image]


def otsu(image):
    counts = np.bincount(image.ravel(), minlength=256)
    total, sum_all = image.size, np.dot(np.arange(256), counts)
    best, threshold, weight, sum_low = 0.0, 0, 0, 0.0
    for t in range(256):
        weight += counts[t]
        if weight == 0 or weight == total:
            continue
        sum_low += t * counts[t]
        low, high = sum_low / weight, (sum_all - sum_low) / (total - weight)
        between = weight * (total - weight) * (low - high) ** 2
        if between > best:
            best, threshold = between, t
    return threshold


def bytes_of(r, n):
    return r.integers(0, 256, (n, n)).astype(np.uint8)


PROGRAMS = {
    "sobel": Program(sobel, lambda r, n: (r.random((n, n)),), (10, 100, 1_000)),
    "box_blur": Program(box_blur, lambda r, n: (r.random((n, n)), 2), (10, 100, 1_000)),
    "bilateral": Program(bilateral, lambda r, n: (r.random((n, n)), 2, 1.5, 0.2), (10, 100, 600)),
    "tone": Program(tone, lambda r, n: (bytes_of(r, n), np.float32(0.8), np.float32(10), np.float32(240)), (10, 100, 1_000)),
    "equalised": Program(equalised, lambda r, n: (bytes_of(r, n),), (10, 100, 1_000)),
    "otsu": Program(otsu, lambda r, n: (bytes_of(r, n),), (10, 100, 1_000)),
}
