"""Bodies whose positions are instances of a data class with operators."""

import math
from dataclasses import dataclass


@dataclass
class Vector:
    x: float
    y: float
    z: float

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y, self.z + other.z)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y, self.z - other.z)

    def __mul__(self, k):
        return Vector(self.x * k, self.y * k, self.z * k)

    def square(self):
        return self.x * self.x + self.y * self.y + self.z * self.z


class Body:
    def __init__(self, place, speed, mass):
        self.place, self.speed, self.mass = place, speed, mass


bodies = [Body(Vector(math.cos(k), math.sin(k), k * 0.1), Vector(0.01 * k, 0.0, -0.01 * k), 1.0 + k) for k in range(6)]


def step(dt):
    for body in bodies:
        pull = Vector(0.0, 0.0, 0.0)
        for other in bodies:
            if other is body:
                continue
            d = other.place - body.place
            r = d.square() + 0.01
            pull = pull + d * (other.mass / (r * math.sqrt(r)))
        body.speed = body.speed + pull * dt
    for body in bodies:
        body.place = body.place + body.speed * dt


for _ in range(30000):
    step(0.001)
print([round(body.place.x, 9) for body in bodies])
