# native: loop
# tracemalloc notes the lines that allocate: it is switched on and off in hot loops.

import tracemalloc


def begins_inside(n, begin):
    numbers = []
    for k in range(n):
        if k == begin:
            tracemalloc.start()
        numbers.append(k * 1.5)
        if len(numbers) > 100:
            numbers = []
    trace = tracemalloc.get_object_traceback(numbers[-1])
    tracemalloc.stop()
    return [frame.lineno for frame in trace], numbers[-1]


def within(n):
    s = 0.0
    numbers = []
    for k in range(n):
        s += k * 0.5
        numbers.append(s + 1.0)
        if k % 4 == 3:
            s -= 1.0
    return numbers


for turn in range(3):
    print(begins_inside(30050, 15000))
for turn in range(20):
    within(2000)
tracemalloc.start()
for n in (1000, 30000):         # more floats than the interpreter keeps for those to come
    numbers = within(n)
    print(numbers[-1], [frame.lineno for frame in tracemalloc.get_object_traceback(numbers[-1])])
tracemalloc.stop()
for turn in range(300):
    numbers = within(2000)
print(numbers[-1])
