# native: loop
# Names that aren't bound yet, or no longer: locals, globals, loop variables.
import traceback


def forget(n, when):
    for k in range(n):
        if k == when:
            del value
        if k == 0:
            value = 2.5
        total = value * k
    return total


def empty(n):
    for k in range(n):
        pass
    return k


def reads_global(n):
    total = 0
    for k in range(n):
        total += wanted
        if k == 70:
            del globals()["wanted"]
    return total


for _ in range(600):
    forget(30, -1)
    empty(8)
wanted = 1
for _ in range(100):
    reads_global(50)
for attempt in (lambda: forget(30, 0), lambda: forget(30, 9), lambda: empty(0), lambda: reads_global(100)):
    try:
        print(attempt())
    except NameError as error:
        traceback.print_exc()
        print(type(error).__name__, error)
