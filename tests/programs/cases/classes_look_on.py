# native: loop
# Metaclasses that compare, hash and look on, proxies of another class, and names of modules that aren't plain text.
asked = []


class Meta(type):
    def __eq__(cls, other):
        asked.append("==")
        return cls is other

    def __hash__(cls):
        asked.append("hash")
        return 5

    def __getattribute__(cls, name):
        asked.append(name)
        return type.__getattribute__(cls, name)


class Proxy(metaclass=Meta):
    @property
    def __class__(self):
        asked.append("class")
        return int


class Name(str):
    def split(self, *words):
        asked.append("split")
        return str.split(self, *words)

    def __bool__(self):
        asked.append("bool")
        return True


PROXY, HOLDS = Proxy(), (Proxy(), 1)
items = [Proxy(), 1, 2.5, Proxy()]


def argument(thing, n):
    total = 0
    for k in range(n):
        total += k & 7
        other = thing
    return total, other is thing


def read(n):
    total = 0
    for k in range(n):
        total += k & 7
        there = PROXY is None
        item = items[k & 3]
        first, second = HOLDS
    return total, there, item is items[3], second


def passed(first, second):
    return first is second


argument.__module__, read.__module__ = 5, Name("framejit")
space = {"__name__": Name("framejit.x")}
exec("def counted(n):\n    total = 0\n    for k in range(n):\n        total += k * k % 7\n    return total", space)
del asked[:]
for _ in range(400):
    found = argument(PROXY, 1000), argument(2, 1000), read(1000), space["counted"](1000)
for _ in range(200_000):
    passed(PROXY, PROXY)
print(found, asked)
for name in (5, None, ["a"]):
    space["__name__"] = name
    print(space["counted"](300_000))
