# native: loop
# Attributes of objects in hot loops, while classes, objects and methods change under them.

import sys


class Point:
    scale = 2.0

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def move(self, by):
        self.x += by
        self.y = self.y * 0.5 + by
        return self.x

    def sum(self):
        return self.x + self.y


class Slotted:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y

    move, sum = Point.move, Point.sum


class Child(Point):
    def sum(self):
        return super().sum() + 1.0


def walk(points, n, event, when):
    total = 0.0
    for k in range(n):
        for p in points:
            total += p.move(0.25) - p.sum() + p.x
        if k == when:
            event(points)
    return total, k


def nothing(points): pass
def new_method(points): Point.sum = lambda self: self.x - self.y
def old_method(points): Point.sum = plain_sum
def delete(points): del points[1].x
def dictionary(points): points[0].__dict__["z"] = 1
def looked_at(points): vars(points[1])
def text(points): points[2].y = "text"
def whole(points): points[0].x = 10 ** 30
def shadow(points): points[1].sum = lambda: 100.0
def other_class(points): points[1].__class__ = Child
def getter(points): Point.__getattribute__ = lambda self, name: object.__getattribute__(self, name)
def no_getter(points): del Point.__getattribute__
def setter(points): Point.__setattr__ = lambda self, name, value: object.__setattr__(self, name, value)
def no_setter(points): del Point.__setattr__
def property_x(points): Point.x = property(lambda self: 5.0, lambda self, value: None)
def no_property(points): del Point.x
def class_value(points): Point.x = 3.0
def more(points): points[0].later = 5
def none(points): points.append(None)


plain_sum = Point.sum
EVENTS = (nothing, new_method, old_method, delete, dictionary, looked_at, text, whole, shadow, other_class, getter, no_getter, setter, no_setter,
          property_x, no_property, class_value, no_property, more, none)


def made(kind):
    return [kind(k * 1.5, k) for k in range(4)]


for kind in (Point, Slotted, Point):
    for event in EVENTS:
        if kind is Slotted and event in (dictionary, looked_at, shadow, other_class, more):
            continue
        for when in (-1, 5, 150):
            points = made(kind)
            try:
                print(kind.__name__, event.__name__, when, walk(points, 200, event, when))
            except Exception as error:
                trace = error.__traceback__
                while trace.tb_next is not None:
                    trace = trace.tb_next
                print(kind.__name__, event.__name__, when, type(error).__name__, error, trace.tb_frame.f_code.co_name, trace.tb_lineno)
            print([(type(p).__name__, getattr(p, "x", None), getattr(p, "y", None)) for p in points])
print([walk([Point(1.0, 2.0), Slotted(3.0, 4.0), Child(5.0, 6.0)], 300, nothing, -1) for _ in range(3)])
