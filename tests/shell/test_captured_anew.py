"""What is learned of a function that native code calls has that function captured anew, and nothing else."""

import framejit
from framejit.capture.machine import Machine


class Point:
    def __init__(self, x):
        self.x = x

    def moved(self, step):
        self.x += step                      # changes objects
        return self

    def shifted(self, step):
        return Point(self.x + step)         # makes one


def first(x):
    return x + len(repr(x)) * 0              # calls out


def second(x):
    return first(x) + len(ascii(x)) * 0


def third(x):
    return x + len(bytes(2)) * 0.0


def total(n):
    s, point = 0.0, Point(0.0)
    for k in range(n):
        s += first(k) + second(k) + third(k)
        point = point.moved(0.5).shifted(1.0)
    return s, point.x


def test_a_region_begins_anew_for_itself_only(monkeypatch, unwatched):
    began, run = [], Machine.run
    monkeypatch.setattr(Machine, "run", lambda machine: began.append(type(machine)) or run(machine))
    compiled, before = framejit.jit(total), framejit.stats()["regions_compiled"]
    expected = total(400)
    assert [compiled(400) for _ in range(3)] == [expected] * 3
    regions = framejit.stats()["regions_compiled"]
    assert began.count(Machine) <= regions - before + 2 < len(began)
    assert compiled(3000) == total(3000)
