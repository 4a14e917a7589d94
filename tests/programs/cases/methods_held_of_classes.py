# native: loop
# Two classes by turns at one place, and five: methods that a variable holds, of the class or inherited, functions that attributes hold at other places;
# each object's are its own class's, and see its own values.


def up(i):
    return i


def down(i):
    return -i


class A:
    def m(self, i):
        return i


class B:
    def m(self, i):
        return -i


class Base:
    def m(self, i):
        return self.x - i


class C(Base):
    def __init__(self):
        self.x, self.y, self.f, self.g = 5, 100000, up, down


class D(Base):
    def __init__(self):
        self.y, self.z, self.g, self.f, self.x = 100000, 7000, up, down, 9


class E(C):
    def __init__(self):
        self.w, self.g, self.f, self.x, self.y = 3, up, down, 5, 100000

    def m(self, i):
        return -self.y


def held(self, n):
    m = self.m
    x = 0
    for i in range(n):
        x += m(i)
    return x


def called(self, n):
    x = 0
    for i in range(n):
        x += self.f(i)
    return x


class Said:
    def m(self):
        return "said"

    def loop(self):
        m = self.m
        x = None
        for i in range(9):
            x = m()
        return x


class Unsaid(Said):
    def m(self):
        return "unsaid"


def two(n):
    w = [A(), B()]
    t = [0, 0]
    for j in range(n):
        t[j % 2] += held(w[j % 2], 50)
    return t


def five(n):
    w = [C(), D(), E(), C(), D()]
    t = [0] * 5
    for j in range(n):
        t[j % 5] += held(w[j % 5], 50)
    return t


def five_called(n):
    w = [C(), D(), E(), C(), D()]
    t = [0] * 5
    for j in range(n):
        t[j % 5] += called(w[j % 5], 50)
    return t


def loop(n):
    for function in (two, five, five_called):
        for again in range(4):
            print(function.__name__, function(n))
    one, other = Said(), Unsaid()
    for object in (one, other, one):
        for again in range(n // 10):
            r = object.loop()
        print(r, one.loop(), other.loop())


loop(3000)
