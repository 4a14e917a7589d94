# native: loop
"""Code objects, defaults and class attributes that are replaced behind loops that called them natively end at once: weak references and finalizers tell."""
import gc
import weakref

gc.disable()
where = "begin"


class Noted:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name, where)


def made(k):
    space = {"Noted": Noted}
    exec(f"def f(n, d=Noted('default {k}'), *, e=Noted('keyword {k}')):\n    return n + {k}\n", space)
    return space["f"]


def run(function, n):
    s = 0
    for i in range(n):
        s += function(i)
    return s


def told(name):
    return lambda _: print(name, "ends", where)


def functions(t):
    global where
    where = f"run {t}"
    f = made(t)
    ref = weakref.ref(f.__code__, told("code"))
    s = 0
    for i in range(1000):
        s += f(i)
    print(t, s, run(f, 1000))
    where = f"defaults {t}"
    f.__defaults__ = (1,)
    where = f"keywords {t}"
    f.__kwdefaults__ = {"e": 2}
    where = f"code {t}"
    f.__code__ = made(t + 100).__code__
    print(run(f, 10), ref() is None)
    where = f"function {t}"
    other = weakref.ref(f.__code__, told("second code"))
    del f
    print(other() is None)


def classes(t):
    global where
    where = f"class {t}"
    space = {"Noted": Noted}
    exec(f"class Shape:\n    def area(self, k): return k * {t}\n    note = Noted('attribute {t}')\n    def __call__(self, x): return x + 1\n", space)
    Shape, o = space["Shape"], space["Shape"]()
    s = 0
    for i in range(1000):
        s += o.area(i) + o(i)
    print(s)
    refs = weakref.ref(Shape.area, told("method")), weakref.ref(Shape.area.__code__, told("method's code"))
    where = f"method {t}"
    Shape.area = lambda self, k: 1
    print(o.area(2), [ref() is None for ref in refs])
    where = f"attribute {t}"
    Shape.note = None


f = g = None
for t in range(12):
    functions(t)
    classes(t)
    f, g = made(t), made(t + 1000)
    ref = weakref.ref(f.__code__, told("third code"))
    for _ in range(3):
        run(f, 300)
    where = f"third {t}"
    f.__code__ = g.__code__
    print(f(1), ref() is None)
print("end")
