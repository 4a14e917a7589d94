"""Estimates, clusters, regressions, samples."""

import numpy as np

from benchmarks.numpy.catalogue import Program


def covariance(data):
    n, m = data.shape
    centred = data - data.mean(axis=0)
    cov = np.zeros((m, m))
    for i in range(m):
        for j in range(i, m):
            cov[i, j] = cov[j, i] = (centred[:, i] * centred[:, j]).sum() / (n - 1)
    return cov


def correlation(data):
    data = data - np.mean(data, axis=0)
    data /= np.sqrt(data.shape[0]) * np.std(data, axis=0)
    return data.T @ data


def kernel_density(points, grid, width):
    out = np.zeros(len(grid))
    for k in range(len(points)):
        z = (grid - points[k]) / width
        out += np.exp(-0.5 * z * z)
    return out / (len(points) * width * np.sqrt(2 * np.pi))


def logistic_regression(x, y, steps):
    w = np.zeros(x.shape[1])
    for _ in range(steps):
        p = 1.0 / (1.0 + np.exp(-(x @ w)))
        w -= 0.1 / len(y) * (x.T @ (p - y))
    return w


def kmeans(points, centres, steps):
    for _ in range(steps):
        distances = ((points[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
        nearest = distances.argmin(axis=1)
        for k in range(len(centres)):
            mine = points[nearest == k]
            if len(mine):
                centres[k] = mine.mean(axis=0)
    return centres, nearest


def mixture(x, means, widths, weights, steps):
    for _ in range(steps):
        d = (x[:, None] - means[None, :]) / widths[None, :]
        p = weights * np.exp(-0.5 * d**2) / widths
        p /= p.sum(axis=1, keepdims=True)
        total = p.sum(axis=0)
        means = (p * x[:, None]).sum(axis=0) / total
        widths = np.sqrt((p * (x[:, None] - means) ** 2).sum(axis=0) / total)
        weights = total / len(x)
    return means, widths, weights


def rolling(x, window):
    sums = np.cumsum(x)
    squares = np.cumsum(x * x)
    mean = (sums[window:] - sums[:-window]) / window
    variance = (squares[window:] - squares[:-window]) / window - mean**2
    z = (x[window:] - mean) / np.sqrt(np.maximum(variance, 1e-12))
    return z[np.abs(z) < 3.0].mean(), np.diff(mean).std()


def bootstrap(x, rng, rounds):
    means = np.empty(rounds)
    for k in range(rounds):
        means[k] = x[rng.integers(0, len(x), len(x))].mean()
    return means.mean(), means.std()


PROGRAMS = {
    "covariance": Program(covariance, lambda r, n: (r.random((n, 12)),), (10, 1_000, 100_000)),
    "correlation": Program(correlation, lambda r, n: (r.random((n, 20)),), (10, 1_000, 100_000)),
    "kernel_density": Program(kernel_density, lambda r, n: (r.random(200), np.linspace(0, 1, n), 0.1), (20, 1_000, 50_000)),
    "logistic_regression": Program(logistic_regression, lambda r, n: (r.random((n, 10)), (r.random(n) > 0.5) * 1.0, 50), (10, 1_000, 100_000)),
    "kmeans": Program(kmeans, lambda r, n: (r.random((n, 3)), r.random((5, 3)), 10), (20, 2_000, 100_000)),
    "mixture": Program(mixture, lambda r, n: (r.normal(size=n), np.array([-1.0, 0.0, 1.0]), np.ones(3), np.ones(3) / 3, 20), (20, 2_000, 100_000)),
    "rolling": Program(rolling, lambda r, n: (r.normal(size=n), 10), (50, 5_000, 1_000_000)),
    "bootstrap": Program(bootstrap, lambda r, n: (r.random(n), np.random.default_rng(5), 100), (20, 1_000, 50_000)),
}
