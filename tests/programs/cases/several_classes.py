# native: entry
# Objects of two or three classes at one place, tables of functions: classes that change in the middle, one that arrives late, what raises.

import traceback


class Circle:
    def __init__(self, r):
        self.r = r

    def area(self):
        return 3.14 * self.r * self.r


class Square:
    sides = 4

    def __init__(self, a):
        self.a = a

    def area(self):
        return self.a * self.a


class Rectangle(Square):
    __slots__ = ()

    def area(self):
        return self.a * 2.0 / (self.a - 7)

    def __del__(self):
        print("gone", self.a)


def total(shapes, n):
    found = 0.0
    for k in range(n):
        for o in shapes:
            found += o.area()
    return found, o.__class__.__name__


def picked(shapes, n, when):
    found, o = 0.0, None
    for k in range(n):
        o = shapes[k % len(shapes)]
        found += o.area()
        if k % 3 == 0:
            found -= o.area() * 0.5
        else:
            o.last = k
        if k == when:
            Circle.area, Square.area = Square_area, Circle_area
        if k == when + 10:
            Circle.area, Square.area = Circle_area, Square_area
    return found, o is shapes[(n - 1) % len(shapes)], [getattr(one, "last", None) for one in shapes]


Circle_area, Square_area = Circle.area, lambda self: 1.5


def up(x):
    return x + 1.0


def down(x):
    return x * 0.5


def table(functions, n):
    x = 1.0
    for k in range(n):
        x = functions[k % len(functions)](x)
    return x


def made(n):
    found = 0.0
    for k in range(n):
        for o in (Circle(k), Rectangle(k)):
            found += o.area()
    return found


def shown(function, *arguments):
    try:
        print(function.__name__, repr(function(*arguments)))
    except Exception as error:
        trace = error.__traceback__.tb_next
        while trace is not None:
            frame = trace.tb_frame
            print("   ", frame.f_code.co_name, trace.tb_lineno, sorted([(name, value) for name, value in frame.f_locals.items() if isinstance(value, (int, float))]))
            trace = trace.tb_next
        frame = None        # no cycle is left for the collector
        print("".join(traceback.format_exception(error)))


two, three = [Circle(1.0), Square(2.0), Circle(2)], [Circle(1.5), Square(3), Rectangle(4.0)]
for turn in range(5):
    shown(total, two, 200)
    shown(total, three, 200)
    shown(total, [*two, None], 3)
    shown(total, [*two * 10, Rectangle(7)], 3)
    shown(picked, two, 300, -100)
    shown(picked, two, 300, 150)
    shown(picked, three, 300, -100)
    shown(table, [up, down], 300)
    shown(table, [up, down, abs], 300)
    shown(table, [up, down, lambda x: 1 / (x - 1.0)], 300)
    shown(table, (up, down, up, float), 30)
    shown(made, 6)
    shown(made, 9)
