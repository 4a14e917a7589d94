# native: entry
# Attributes that are ints here and floats there, in objects that are reached through others; results that die in calls; classes that change meanwhile.

import math
import traceback
import weakref


class Vec:
    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def dot(self, other):
        other.check()
        return self.x * other.x + self.y * other.y + self.z * other.z

    def __sub__(self, other):
        if other.is_point():
            return Vec(self.x - other.x, self.y - other.y, self.z - other.z)
        return Point(self.x - other.x, self.y - other.y, self.z - other.z)

    def scale(self, k):
        return type(self)(k * self.x, k * self.y, k * self.z) if k is None else Vec(k * self.x, k * self.y, k * self.z)

    def check(self):
        return self

    def is_point(self):
        return False

    def unit(self):
        return self.scale(1.0 / math.sqrt(self.dot(self)))


class Point(Vec):
    def is_point(self):
        return True


class Ball:
    def __init__(self, at, r):
        self.at, self.r = at, r

    def hit(self, p, v):
        cp = self.at - p
        d = cp.dot(v)
        rest = self.r * self.r - (cp.dot(cp) - d * d)
        return None if rest < 0 else d - math.sqrt(rest)


class Floor:
    def __init__(self, normal):
        self.normal = normal

    def hit(self, p, v):
        d = v.dot(self.normal)
        return 1 / -d if d else None


class Scene:
    def __init__(self):
        self.things = [(Ball(Point(1, 3, -10), 2), "a"), (Ball(Point(-3 - 0.4, 2.3, -5), 0.4), "b"), (Floor(Vec(0, 1, 0)), "c"), (Ball(Point(0, 0.5, 7), True), "d")]

    def first(self, p, v):
        hits = [(thing, thing.hit(p, v), name) for thing, name in self.things]
        best = nearest(hits)
        if best is None:
            return "", None
        thing, t, name = best
        return name, t

    def visible(self, p, light):
        for thing, name in self.things:
            t = thing.hit(p, (light - p).unit())
            if t is not None and t > 0.00001:
                return False
        return True


def nearest(hits):
    result = None
    for one in hits:
        t = one[1]
        if t is not None and t > -0.5:
            if result is None or t < result[1]:
                result = one
    return result


class Ends:
    def __init__(self, x):
        self.x = x

    def __mul__(self, other):
        return 2.5

    def __rmul__(self, other):
        return 2

    def __sub__(self, other):
        return self

    def __del__(self):
        ended.append(self.x)


ended = []


def run(scene, n, change=None):
    found, seen = [], 0
    for k in range(n):
        for j in range(6):
            p, v = Point(k - 3, j * 0.5, 0 if j % 2 else 1.5), Vec(j - 2, 1 if j % 3 else 0.25, -k or -1).unit()
            name, t = scene.first(p, v)
            found.append((name, t, type(t).__name__))
            seen += scene.visible(p, Point(30, 30, 10))
        if k == n // 2 and change is not None:
            change(scene)
    return found[::7], len(found), seen


def one_of_text(scene):
    scene.things[1][0].r = "2"


def huge(scene):
    scene.things[0][0].at.x = 2 ** 70


def fraction(scene):
    scene.things[0][0].at.y = complex(1, 2)


def nan(scene):
    scene.things[0][0].at.y = float("nan")


def watched(scene):
    scene.things[1][0].at = Point(Ends(1), 2, 3.5)


def with_method(scene):
    Ball.hit = lambda self, p, v: 7
    global taken_back
    taken_back = True


def with_value(scene):
    scene.things[0][0].at.dot = lambda other: 3


def without(scene):
    del scene.things[3][0].at.z


hit, taken_back = Ball.hit, False
for change in (None, None, one_of_text, huge, fraction, nan, watched, with_method, with_value, without, None):
    scene = Scene()
    try:
        print(change and change.__name__, run(scene, 40, change))
    except Exception as error:
        print("".join(traceback.format_exception(error)))
        error = None
    if taken_back:
        Ball.hit, taken_back = hit, False
    reference = weakref.ref(scene.things[0][0].at)
    scene = None
    print(reference(), ended)
