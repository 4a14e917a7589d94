# native: loop
# The system gives no more memory in the middle of hot loops: the error comes, and everything is as it was before.
import resource

import numpy as np


def chunks(n):
    kept, total = [], 0
    try:
        for k in range(n):
            total += k
            kept.append([k] * 400_000)
    except MemoryError as error:
        line = error.__traceback__.tb_lineno - chunks.__code__.co_firstlineno
        last = kept[-1][-1] == len(kept) - 1 == k - 1 and total == k * (k + 1) // 2
        del kept
        return type(error).__name__, line, last
    return "enough"


def list_of_numbers(n):
    values = []
    for k in range(n):
        values.append(k * 0.5)
    return len(values)


def arrays(n):
    total = 0.0
    for k in range(n):
        row = np.zeros(k * k * k * 1000)
        total += row.size
    return total


def seen(function, *arguments):
    try:
        return function(*arguments)
    except MemoryError as error:
        spare.clear()
        place = error.__traceback__.tb_next
        names = place.tb_frame.f_locals
        sound = all(item == 0.5 * place_ for place_, item in enumerate(names.get("values", ())))
        answer = type(error).__name__, place.tb_lineno - function.__code__.co_firstlineno, sorted(names), sound
        del names, place
    return answer


for _ in range(300):
    chunks(2), list_of_numbers(20), arrays(3)
spare = []
print(chunks(3), list_of_numbers(300_000), arrays(4))
size = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (size + 700_000_000, resource.getrlimit(resource.RLIMIT_AS)[1]))
print(chunks(10**9))
spare.append(bytearray(1 << 26))
print(seen(list_of_numbers, 10**9))
spare.append(bytearray(1 << 26))
print(seen(arrays, 10**9)[:2])
print(list_of_numbers(300_000))
