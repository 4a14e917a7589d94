# native: loop
"""A module's class is changed: between the calls of a loop that reads its attributes, and by what the loop calls."""
import math
import types

module = types.ModuleType("module")
module.value, module.root = 3, math.sqrt


class Answering(types.ModuleType):
    @property
    def value(self):
        return 1000

    @property
    def root(self):
        return lambda x: -5.0


class Asked(types.ModuleType):
    def __getattribute__(self, name):
        return 77 if name == "value" else types.ModuleType.__getattribute__(self, name)


def change(k):
    if k == 60_000:
        module.__class__ = Answering
    if k == 90_000:
        module.__class__ = Asked


def total(n):
    found = 0
    for _ in range(n):
        found += module.value
    return found


def changed_meanwhile(n):
    found = roots = 0
    for k in range(n):
        if k % 1000 == 0:
            change(k)
        found += module.value
        roots += module.root(k)
    return found, roots


for _ in range(3):
    print(total(200_000))
print(changed_meanwhile(120_000), total(1000))
module.__class__ = Answering
print(total(200_000))
module.__class__ = types.ModuleType
print(total(200_000), changed_meanwhile(120_000))
