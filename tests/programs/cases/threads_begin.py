# native: entry
# alone: yes
# Functions that are compiled in threads that begin, while others are being made: looks at running loops begin there, too.

import sys
import threading

import framejit
import numpy as np

sys.setswitchinterval(1e-6)
SEEN = []


class Sum:
    def __init__(self):
        self.value, self.lock = 0, threading.Lock()

    def add(self, k):
        with self.lock:
            self.value += k


class Number:
    def __init__(self, x):
        self.x = x

    def __add__(self, other):
        return Number(self.x + other.x)


@framejit.jit
def shared(total, n):
    for k in range(n):
        total.add(k)


@framejit.jit
def calls(n):
    total = 0
    for k in range(n):
        total += weight(k)
    return total


def weight(k):
    return k * 3 % 7


@framejit.jit
def arrays(a, n):
    for k in range(n):
        a = a * 1.0000001 + 0.5 - np.sqrt(a)
    return float(a.sum())


@framejit.jit
def objects(n):
    number, one = Number(0), Number(1)
    for k in range(n):
        number = number + one
    return number.x


def block(n):
    with framejit.jit():
        total = 0.0
        for k in range(n):
            total += k % 7 * 0.5
    return total


def work():
    for turn in range(3):
        SEEN.append((calls(5000), arrays(np.arange(50.0) + 2, 200), block(20000), objects(3000)))


total = Sum()
threads = [threading.Thread(target=work) for _ in range(6)] + [threading.Thread(target=shared, args=(total, 5000)) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(SEEN), set(SEEN), total.value)
