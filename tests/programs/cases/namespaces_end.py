# native: loop
# Sources run in namespaces of their own, hot functions and loops in them; the namespaces end as they do without us.
import gc
import weakref

SOURCE = """
import math

class Thing:
    factor = 2

    def work(self, n):
        total = 0
        for k in range(n):
            total += k * 2
        return total

    def __del__(self):
        print("the thing of", TAG, "ends")

def helper(x):
    return x + 1

def hot(n):
    total = 0.0
    for k in range(n):
        total += math.sqrt(k) * 1.5
    return total

def calls(n):
    total = 0
    for k in range(n):
        total = total * 3 % 1000003 + (k if k % 1000 else helper(k))
        total = total * 5 % 1000003
        total = total * 7 % 1000003
    return total

def unkept(n):
    total = 0
    for k in range(n):
        total += 1 if MARK is None else 2
    return total

MARK = object()
thing = Thing()
total = 0
for i in range(200_000):
    total = (total * 3 + i) % 1000003
print(total, hot(200_000), calls(200_000), thing.work(200_000), unkept(100_000), Thing.factor)
"""



def once(tag):
    space = {"TAG": tag, "__name__": "spaced"}
    exec(compile(SOURCE, f"spaced {tag}", "exec"), space)
    known = [weakref.ref(space[name], lambda _, name=name: print("gone:", name))
             for name in ("hot", "calls", "helper", "unkept", "Thing", "thing")]
    known.append(weakref.ref(space["hot"].__code__))
    del space
    gc.collect()
    print(tag, [reference() for reference in known])


gc.collect()            # however it was started: young collections that come in between would change the order of the callbacks
for tag in range(4):
    once(tag)

# Without a cycle nothing waits for a collection.
gc.disable()
for tag in range(4):
    space = {"__name__": "straight"}
    exec("class Held:\n    pass\nheld = Held()\nt = 0\nfor i in range(100_000):\n    t += i & 3\n", space)
    held = weakref.ref(space["held"], lambda _: print("held ends"))
    Held = space.pop("Held")
    del space
    print(tag, held())
gc.enable()

count = sum(type(one) is dict and one.get("__name__") in ("spaced", "straight") for one in gc.get_objects())
print("namespaces:", count)
