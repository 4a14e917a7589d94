# native: loop
# What a hot loop relies on ends while it runs: the callee drops an object, a function, a class; finalizers speak at once.
import gc
import weakref


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("ends:", self.name)

    def tick(self, k):
        return k & 3


def plain(k):
    return k & 1


def other(k):
    return -(k & 1)


def drops(k, n):
    global loud, plain
    if k == n // 2:
        print("before", k)
        loud = 7
        print("between")
        plain = other
        print("after", gone() is None)
    return 1


loud = Loud("global")
gone = weakref.ref(plain)


def run(n):
    total = 0
    for k in range(n):
        total = (total * 3 + k) % 1_000_003
        total = (total * 5 + k) % 1_000_003
        total = (total * 7 + k) % 1_000_003
        if k % 500 == 0:
            total += plain(k) + drops(k, n)
            if loud == 7:
                total += 2
    return total


for n in (20_000, 30_000):
    print(run(n), loud)
    gc.collect()
    print(gone() is None)


def forgets_itself(n):
    global forgets_itself
    total = 0
    for k in range(n):
        total = (total * 3 + k) % 1_000_003
        total = (total * 7 + k) % 1_000_003
        if k == n - 5000:
            del forgets_itself
    return total


for k in range(3):
    function = weakref.ref(forgets_itself, lambda _: print("the function ends"))
    again = forgets_itself
    print(again(60_000), function() is again)
    if k < 2:
        forgets_itself = again
    del again
gc.collect()
print(function() is None, "forgets_itself" in globals())


def make(name):
    class Counter:
        held = Loud(name)

        def count(self, n):
            total = 0
            for k in range(n):
                total += k & 5
            return total

        def loops(self, n):
            total = 0
            for k in range(n):
                total = (total * 3 + k) % 1_000_003
                if k % 1000 == 0:
                    total += self.count(3)
            return total

    return Counter


for k in range(4):
    kind = make(f"class {k}")
    one = kind()
    print(one.count(100_000), one.loops(50_000))
    last = weakref.ref(kind, lambda _, k=k: print("class", k, "is gone"))
    del kind, one
    gc.collect()
    print(last())


def adders(n):
    found = []
    for shift in range(n):
        def add(x, shift=shift):
            total = 0
            for k in range(x):
                total += k + shift
            return total
        found.append(add)
    return found


made = adders(5)
print([add(20_000) for add in made])
ends = [weakref.finalize(add, print, "adder", k) for k, add in enumerate(made)]
del made[1:3]
print(len(made))
del made
gc.collect()
