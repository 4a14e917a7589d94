# native: loop
# One code object, and one source, run in many namespaces: addresses come again, values and functions are others.
import gc
import sys
import types
import weakref

SOURCE = """
import math
if FLAVOUR % 2:
    class math:
        @staticmethod
        def sqrt(x):
            return -1.0

def step(x, add=FLAVOUR):
    return x + add

def length(n):
    t = 0
    for k in range(n):
        t += len(BOX)
    return t

if FLAVOUR % 3 == 0:
    def len(x):
        return 100

def run(n):
    t = 0.0
    for k in range(n):
        t += math.sqrt(k) + CONST
        if k % 4000 == 0:
            t += step(k)
    return t

print(run(12_000), length(3000), step(1))
for k in range(3):
    print(run(100 + k), length(5))
"""


def many(text, times):
    for flavour in range(times):
        space = {"FLAVOUR": flavour, "CONST": flavour / 2, "BOX": [0] * (flavour % 5), "__name__": "again"}
        if flavour % 3 == 1:
            space["extra"] = 1
        exec(text, space)
        gone = weakref.ref(space["run"])
        del space
        gc.collect()
        print(flavour, gone())


many(compile(SOURCE, "again", "exec"), 50)
many(SOURCE, 50)

# A function of one code object in one namespace after the other, no collection between: the address is free at once.
template = compile("def size(n):\n    t = 0\n    for k in range(n):\n        t += len(BOX) + ONE\n    return t\n", "size", "exec").co_consts[0]


def own_length(box):
    return 1000


for flavour in range(60):
    space = {"BOX": (1, 2, 3), "ONE": 1}
    if flavour % 4 == 2:
        space = {"len": own_length, "ONE": 1, "BOX": ()}
    elif flavour % 4 == 3:
        space = {"ONE": 0.5, "range": lambda n: [1] * (n // 2), "BOX": "ab"}
    size = types.FunctionType(template, space)
    print(size(2000), size(10), end=" ")
    del size, space
print()

# Modules that go, and one that is loaded again under the same name.
for flavour in range(6):
    module = types.ModuleType("passing")
    sys.modules["passing"] = module
    exec(f"VALUE = {flavour}\ndef scale(x):\n    return x * VALUE\n", vars(module))
    space = {}
    exec("import passing\ndef use(n):\n    t = 0\n    for k in range(n):\n        t = (t * 3 + k) % 1000003\n        t = (t * 5 + k) % 1000003\n"
         "        t = (t * 7 + k) % 1000003\n        if k % 900 == 0:\n            t += passing.scale(k)\n    return t\n", space)
    print(space["use"](20_000), space["use"](5000))
    gone = weakref.ref(module, lambda _: print("the module is gone"))
    del sys.modules["passing"], module
    print(space["use"](1000))
    del space
    gc.collect()
    print(gone())
