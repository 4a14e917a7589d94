"""Globals, builtins and modules that change while a loop runs."""

import builtins
import math
import sys
import types

from attacked import attempt, compiled, say

number = 1000
objects = 0


class Counted:
    def __init__(self):
        global objects
        objects += 1

    def __del__(self):
        global objects
        objects -= 1

    def __add__(self, other):
        return other + 7


thing = Counted()


@compiled
def same_address_other_number(act, n):
    total = 0
    for i in range(n):
        total += number
        act(i)
    return total


def replace_number(i):
    global number
    if i % 100 == 50:
        del number
        number = 100000 + i


attempt(same_address_other_number, lambda: (replace_number, 400))


@compiled
def global_object_dies(n):
    global thing
    total = 0
    for i in range(n):
        total += thing + i
        if i == n - 10:
            thing = 5
    return total, objects


attempt(global_object_dies, lambda: (300,), times=1)
say(objects)
thing = Counted()
thing = Counted()
attempt(global_object_dies, lambda: (300,), times=1)
say(objects)


@compiled
def builtin_replaced(act, n):
    total = 0
    for i in range(n):
        act(i)
        total += abs(-i) + max(i, 3) + len((1, 2))
    return total


def replace_abs(i):
    if i == 100:
        builtins.abs = lambda value: 1
    if i == 200:
        del builtins.abs
    if i == 210:
        builtins.abs = saved_abs


saved_abs = abs
attempt(builtin_replaced, lambda: (lambda i: replace_abs(i) if i != 200 else None, 400))
builtins.abs = saved_abs
attempt(builtin_replaced, lambda: (replace_abs, 400))
builtins.abs = saved_abs
attempt(builtin_replaced, lambda: (lambda i: globals().__setitem__("len", lambda x: 50) if i == 77 else None, 400))
del len


@compiled
def module_attribute_replaced(act, n):
    total = 0.0
    for i in range(n):
        act(i)
        total += math.sqrt(i) + math.pi
    return total


saved_sqrt, saved_pi = math.sqrt, math.pi


def replace_sqrt(i):
    if i == 100:
        math.sqrt = lambda value: 2
    if i == 200:
        math.pi = 3
    if i == 300:
        del math.pi


attempt(module_attribute_replaced, lambda: (replace_sqrt, 290))
math.sqrt, math.pi = saved_sqrt, saved_pi
attempt(module_attribute_replaced, lambda: (replace_sqrt, 400))
math.sqrt, math.pi = saved_sqrt, saved_pi
attempt(module_attribute_replaced, lambda: (lambda i: globals().__setitem__("math", types.SimpleNamespace(sqrt=lambda v: 0.5, pi=1)) if i == 250 else None, 400))
math = sys.modules["math"]


def factory(space):
    exec("def inner(n):\n    global counter\n    total = 0\n    for i in range(n):\n        total += step\n        counter += total\n        if i == 200: step_up()\n    return total, counter\n", space)
    return compiled(dict.__getitem__(space, "inner"))


class Odd(dict):
    def __missing__(self, key):
        return 11

    def __getitem__(self, key):
        return 12


for kind in (dict, Odd):
    space = kind(step=2, counter=0, step_up=lambda: space.__setitem__("step", 0.5))
    attempt(factory(space), lambda: (300,))
    say(sorted((k, v) for k, v in dict.items(space) if k in ("step", "counter")))
space = {"step": 2, "counter": 0, "__builtins__": {"range": range}}
attempt(factory(space), lambda: (300,))
space = {"step": 2, "counter": 0, "step_up": lambda: space.pop("step"), "__builtins__": {"range": range, "step": 40}}
attempt(factory(space), lambda: (300,))
space = {"step": 2, "counter": 0, "step_up": lambda: space.pop("counter"), "__builtins__": {"range": lambda n: [1, 2, 3] * 100}}
attempt(factory(space), lambda: (300,))


@compiled
def writes_through_globals(n):
    global number
    number = 0
    total = 0
    for i in range(n):
        number = number + i
        if i % 64 == 0:
            globals()["number"] = number * 2.0
        total += number
        if i == n - 2:
            globals().pop("number")
    return total


attempt(writes_through_globals, lambda: (40,))


@compiled
def reads_its_own_dictionary(n):
    global number
    number = 0
    seen = []
    for i in range(n):
        number += 1
        if i % 50 == 0:
            seen.append(globals()["number"])
            seen.append(sys.modules["__main__"].__dict__.get("number") == number)
    return seen


attempt(reads_its_own_dictionary, lambda: (300,))


@compiled
def code_replaced(callee, act, n):
    total = 0
    for i in range(n):
        act(callee, i)
        total += callee(i)
    return total


def new_code(callee, i):
    if i == 150:
        callee.__code__ = (lambda value: value * 2).__code__
    if i == 250:
        callee.__defaults__ = (1,)


def fresh():
    def callee(value):
        return value + 1
    return callee, new_code, 300


attempt(code_replaced, fresh)

total = 0
for i in range(30000):
    total += i % 7
    if i == 20000:
        total = total + 0.5
    if i == 25000:
        del total
        total = 5
say(total, i)
for i in range(30000):
    exec("total = total + 1")
say(total)
names = []
for i in range(300):
    globals()[f"made_{i}"] = i
    names.append(globals()[f"made_{i}"] + made_0)
say(sum(names), made_299)


class Body:
    values = []
    total = 0
    for i in range(20000):
        total += i & 3
        values.append(total)
    del i
    inner = [value for value in values[:5]]


say(Body.total, len(Body.values), hasattr(Body, "i"), Body.inner)
