# After the warm-up come subclasses of int, list and ndarray, masked arrays and objects with operators of their own.
import numpy as np


class Talking(int):
    def __add__(self, other):
        print("plus", int(other))
        return Talking(int(self) + int(other) + 1000)

    __radd__ = __add__


class Truthy:
    def __gt__(self, other):
        print("compared with", other)
        return []

    def __rsub__(self, other):
        return other


class Shifted(list):
    def __getitem__(self, k):
        return list.__getitem__(self, k) - 500

    def __len__(self):
        return 2


class Chatty(np.ndarray):
    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        print(ufunc.__name__, method)
        return getattr(ufunc, method)(*(np.asarray(value) for value in inputs), **options)


def total(values):
    answer = 0
    for k in range(len(values)):
        answer = answer + values[k]
    return answer


def line(a, b):
    return b * a - 2.0


def larger(values, bound):
    count = 0
    for value in values:
        if value > bound:
            count += 1
    return count


for _ in range(800):
    total([4, 5, 6])
    total([0.5, 0.25])
    line(np.ones(4), 3.0)
    larger([1, 2, 3], 2)
print(total([1, Talking(2), 3]), total(Shifted([1, 2, 3])), total(np.array([100, 100], dtype=np.int8)), total([True, True, 0.5]))
print(line(np.ones(3).view(Chatty), 2.0), line(np.ma.masked_array([1.0, 2.0], [1, 0]), 3.0), line(np.float32(2), 3), line(2, 3), line(np.matrix([1, 2]), 2))
print(larger([1, Truthy(), 3, Talking(9)], 2))
