# native: loop
# alone: yes
"""Blocks in several threads at once, in one code object, while others run it without."""

import sys
import threading

import framejit

sys.setswitchinterval(1e-5)
shared = framejit.jit()


def work(n, share):
    s = 0.0
    items = []
    for turn in range(40):
        with shared if share else framejit.jit():
            for k in range(n):
                s += k * 0.5 + turn
            items.append(s)
        s -= turn
    return s, len(items)


def plain(n):
    s = 0.0
    for turn in range(40):
        with lock:
            for k in range(n):
                s += k
    return s


def run(results, key, function, *arguments):
    try:
        results[key] = function(*arguments)
    except BaseException as error:
        results[key] = repr(error)


lock = threading.RLock()
results = {}
threads = [threading.Thread(target=run, args=(results, number, *((work, 300 + number % 3, number % 2) if number % 3 else (plain, 200))))
           for number in range(12)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
for key in sorted(results):
    print(key, results[key])
print(work(1000, True), work(1000, False))
