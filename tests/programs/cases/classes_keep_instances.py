# native: loop
# Instances that classes keep as attributes, what object does where `super().__init__()` ends, bases that are called by name; all of that changes in mid-loop.

import traceback


class Strength:
    __slots__ = ("number", "name")
    WEAK = STRONG = None

    def __init__(self, number, name):
        super(Strength, self).__init__()
        self.number = number
        self.name = name

    def next(self):
        return Strength.STRONG if self.number == 1 else Strength.WEAK

    @classmethod
    def weaker(cls, one, other):
        return cls.WEAK if one.number < other.number else other

    def __repr__(self):
        return f"<{self.name}>"


Strength.WEAK = Strength(1, "weak")
Strength.STRONG = Strength(2, "strong")


class Base(object):
    LEVEL = Strength.WEAK

    def __init__(self, number):
        super(Base, self).__init__()
        self.number = number

    def level(self):
        return self.LEVEL.number


class Named(Base):
    LEVEL = Strength.STRONG

    def __init__(self, number, name="n"):
        Base.__init__(self, number)
        self.name = name


class Slots:
    __slots__ = ("a", "b")

    def __init__(self, a):
        super().__init__()
        self.a = a


class More(Slots):
    __slots__ = ()

    def __init__(self, a, b):
        Slots.__init__(self, a=a)
        self.b = b


class Pair(tuple):
    pass


class Called:
    def __init__(self, n):
        self.n = n

    def __call__(self, k):
        return k + self.n


class Keeps:
    PAIR = Pair((1, 2))
    CALL = Called(3)
    ONE = Called(4)


def work(n, at=-1, change=None):
    found, kinds = 0, []
    last = Strength.WEAK
    for k in range(n):
        if k == at:
            kinds.append(change())
        last = last.next()
        found += last.number + Strength.weaker(last, Strength.STRONG).number
        if last == Strength.STRONG:
            found += 10
        if last is not Strength.WEAK and last != Strength.WEAK:
            found += 100
        one = Named(k, "m")
        found += one.number + one.level() + len(one.name)
        two = More(k, 2)
        found += two.a * two.b
        found += Keeps.CALL(k) + Keeps.ONE.n + Keeps.PAIR[1]
        if k > n - 3:
            kinds.append((last, one.LEVEL, type(two).__name__, found))
    return found, kinds


class Descriptor:
    def __init__(self, given):
        self.given = given
        self.number = 50
        self.n = 60

    def __get__(self, instance, owner):
        print("asked", instance is None, owner.__name__)
        return self.given

    def __repr__(self):
        return "Descriptor"


def set_(kind, name, value):
    def change():
        setattr(kind, name, value)
        return name
    return change


def describe(name, method):
    """Instances of Strength or Called become descriptors."""
    def change():
        setattr({"s": Strength, "c": Called}[name[0]], name[1:], method)
        return name
    return change


def delete(kind, name):
    def change():
        delattr(kind, name)
        return name
    return change


def gets(self, instance, owner):
    return Descriptor(7)


def ends(self, instance, owner):
    raise KeyError(owner.__name__)


def other_init(self, number):
    self.number = number * 2


CHANGES = [
    set_(Strength, "WEAK", Strength(3, "third")), set_(Strength, "WEAK", None), set_(Strength, "STRONG", Named(5)), set_(Strength, "STRONG", 7), set_(Base, "LEVEL", Strength(9, "ninth")),
    set_(Named, "LEVEL", Descriptor(Strength(4, "given"))), delete(Named, "LEVEL"), set_(Base, "__init__", other_init), set_(Slots, "__init__", lambda self, a: setattr(self, "a", 1)),
    describe("s__get__", gets), describe("s__get__", ends), describe("c__get__", lambda self, instance, owner: lambda k: k * 2), describe("c__set__", lambda self, instance, value: None),
    set_(Keeps, "CALL", lambda k: k), set_(Keeps, "PAIR", Pair((5, 6))), set_(Keeps, "PAIR", (7, 8)), set_(Keeps, "ONE", Descriptor(Called(8))), set_(Keeps, "ONE", Called(9)), delete(Keeps, "ONE"),
    delete(Base, "__init__"), delete(Slots, "__init__"), set_(More, "LEVEL", 3), set_(Called, "__call__", lambda self, k: 1), set_(Strength, "next", lambda self: self),
]
SAVED = [(kind, dict(vars(kind))) for kind in (Strength, Base, Named, Slots, More, Keeps, Called)]


def restored():
    for kind, names in SAVED:
        for name in set(vars(kind)) - set(names):
            delattr(kind, name)
        for name, value in names.items():
            if vars(kind)[name] is not value if name in vars(kind) else True:
                if not name.startswith("__") or name in ("__init__", "__call__"):
                    setattr(kind, name, value)


print(work(300), work(3000))
for change in CHANGES:
    for at in (250, 299):
        try:
            print(work(300, at, change))
        except Exception as error:
            print(repr(error), [(entry.name, entry.lineno) for entry in traceback.extract_tb(error.__traceback__)])
        restored()
    print(work(300))


class Excess(Base):
    def __init__(self, number):
        super(Base, self).__init__(number)


for kind in (Excess, Named):
    for k in range(200):
        try:
            kind(k)
        except TypeError as error:
            if k > 198:
                print(error)
instance = Named(1)
for k in range(300):
    instance.LEVEL = Strength.WEAK if k > 290 else Strength.STRONG
    if k > 288:
        print(instance.level(), Base.level(instance), instance.LEVEL)
