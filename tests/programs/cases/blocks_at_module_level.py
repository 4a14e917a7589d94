# native: loop
# alone: yes
"""`with framejit.jit():` at module level: hot loops that end, raise in the middle, and are left by break."""

import traceback

import framejit

total, seen = 0.0, []
try:
    with framejit.jit():
        for k in range(60000):
            total += 1.0 / (k - 40000) + k * 0.25
        seen.append("not reached")
except ZeroDivisionError:
    traceback.print_exc()
    seen.append(("caught", k, total))

with framejit.jit() as manager:
    values = [x * 0.5 for x in range(3000)]
    largest = values[0]
    for value in values:
        if value > largest:
            largest = value
    count = 0
    while True:
        count += 3
        if count > 50000:
            break
seen.append((largest, count, value, type(manager).__name__ != "", len(values)))

for turn in range(6):
    with framejit.jit():
        if turn == 1:
            continue
        for k in range(2000):
            total -= k
        if turn == 4:
            break
        total += turn
    seen.append((turn, total))

big = 1
with framejit.jit():
    for k in range(80):
        big = big * 3 + k
for item in seen:
    print(item)
print(big, k, sorted(name for name in globals() if not name.startswith("_")))

source = """
import framejit
def body():
    return x
with framejit.jit():
    s = 0
    for x in range(5000):
        s += x * x
        if x == 4000:
            missing + s
"""
namespace = {"__name__": "a cell"}
for attempt in range(3):
    try:
        exec(compile(source, "<cell>", "exec"), namespace)
    except NameError as error:
        print(error, namespace["s"], namespace["x"], error.__traceback__.tb_next.tb_lineno)
