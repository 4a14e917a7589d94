# In-place array arithmetic on overlapping views, on one array under two names, and a result that is a view.
import numpy as np


def blur(target, source):
    target[1:] = target[1:] * 0.75 + source[:-1] * 0.25
    source -= target
    return target[1:4]


def prefix(values):
    for k in range(1, len(values)):
        values[k] += 0.25 * values[k - 1]
    return values


for _ in range(800):
    blur(np.arange(8.0), np.full(8, 2.0))
    prefix(np.ones(16))
same = np.linspace(0.0, 7.0, 8)
window = blur(same, same)
same[2] = 99.0
print(same.tolist(), window.tolist(), window.base is same, np.shares_memory(same, window))
line = np.arange(9.0)
kept = blur(line[:-1], line[1:])
print(line.tolist(), kept.tolist())
strided = np.ones(32)
print(prefix(strided[::-4]).tolist() == prefix(np.ones(8)).tolist(), strided.tolist()[-9:])
matrix = np.arange(12.0).reshape(3, 4)
print(prefix(matrix.T[1]).tolist(), matrix.tolist())
