# native: loop
"""Nothing of the program's is asked while it is compiled: a key of a namespace that compares itself with names, the metaclass
of what an operand probably is."""
heard = []


class Name(str):
    def __hash__(self):
        return hash("tot")

    def __eq__(self, other):
        heard.append(1)
        return str.__eq__(self, other)


names = {Name("zzz"): 1, "give": lambda k: k}
exec("""
tot = 0
for k in range(20000):
    for j in range(4):
        tot = (tot * 3 + j) % 10007
    u = give(5)
    tot = tot + u
""", names)
print(len(heard), names["tot"])
heard.clear()

late = {"give": lambda k: k, "Name": Name}
exec("""
tot = 0
for k in range(20000):
    for j in range(4):
        tot = (tot * 3 + j) % 10007
    if k == 15000:
        globals()[Name("zzz")] = 1
    u = give(5)
    tot = tot + u
""", late)
print(len(heard), late["tot"])
heard.clear()


class Meta(type):
    def __eq__(cls, other):
        heard.append("eq")
        return cls is other

    __hash__ = type.__hash__


class Thing(metaclass=Meta):
    def __add__(self, other):
        return other


thing = Thing()


def give(k):
    return thing


def run(n):
    s = 0
    x = None
    for k in range(n):
        for j in range(30):
            s = (s * 3 + j) % 10007
        x = give(k)
        s += x + 1
    return s


for turn in range(12):
    run(3000)
print(heard)


class Hashed(type):
    def __hash__(cls):
        heard.append("hash")
        return 7


class Unhashable(type):
    def __eq__(cls, other):
        return cls is other


class Count:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        self.n -= 1
        if self.n < 0:
            raise StopIteration
        return self.n


def counted(kind, n):
    s = 0
    for x in kind(n):
        for j in range(20):
            s = (s * 3 + j) % 10007
        s += x
    return s


for turn in range(5):
    print([counted(kind("Counted", (Count,), {}), 5000) for kind in (Hashed, Unhashable)])
print(heard)
