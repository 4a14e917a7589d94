# native: entry
"""Arguments that C code passes on are its own still when the call returns: partial, Context.run, bound methods kept elsewhere, sort keys."""
import contextvars
import functools


class Object:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)


def second(x, y):
    s = 0
    for k in range(20):
        s += k
    name = y.name
    del y
    return x.name, name, s


def only(x):
    s = 0
    for k in range(20):
        s += k
    name = x.name
    del x
    print("let go of", name)
    return name, s


class Holder:
    def method(self, x):
        s = 0
        for k in range(20):
            s += k
        name = x.name
        del x
        return name, s


def turns(n):
    context = contextvars.copy_context()
    for turn in range(n):
        kept = functools.partial(second, Object(f"first {turn}"))
        print(kept(Object(f"second {turn}")), kept.args[0].name)
        print(only(functools.partial(Object, f"made {turn}")()))
        print(context.run(only, Object(f"in a context {turn}")))
        print(functools.partial(Holder().method)(Object(f"bound {turn}")))
        print([name for name, s in map(only, [Object(f"mapped {turn}"), Object(f"mapped too {turn}")])])
        print(sorted([Object(f"sorted {turn}")], key=only)[0].name)
        print(Holder().method(Object(f"direct {turn}")), only(x=Object(f"by name {turn}")))
        del kept


class Warm:
    name = "warm"


def warm(n):
    for attempt in range(n):
        second(Warm(), Warm())
        Holder().method(Warm())


warm(30000)
turns(6)
