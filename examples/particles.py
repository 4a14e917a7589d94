"""A simulation as one writes it with classes: attributes, methods, a property, `+` and `*` of a small vector class.

    python examples/particles.py
    FRAMEJIT_LOG=time,exits python examples/particles.py
    FRAMEJIT_DISABLE=1 python examples/particles.py     the same, interpreted

In the log, look at
- `Box.run: compiled in ... ms`: methods, operators and instances are part of its machine code;
- exits that teach: the first runs leave where an attribute's type wasn't known yet, later ones don't.
"""

import time

import framejit


class Vector:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __mul__(self, factor):
        return Vector(self.x * factor, self.y * factor)


class Particle:
    def __init__(self, place, speed):
        self.place = place
        self.speed = speed

    @property
    def energy(self):
        return 0.5 * (self.speed.x * self.speed.x + self.speed.y * self.speed.y) + 9.81 * self.place.y

    def move(self, step):
        self.place = self.place + self.speed * step
        if self.place.y < 0.0:
            self.speed = Vector(self.speed.x, abs(self.speed.y))
        else:
            self.speed = self.speed + Vector(0.0, -9.81 * step)


class Box:
    def __init__(self, particles):
        self.particles = particles

    @framejit.jit
    def run(self, steps, step):
        highest = 0.0
        for turn in range(steps):
            for particle in self.particles:
                particle.move(step)
                if particle.place.y > highest:
                    highest = particle.place.y
        return highest


start = time.perf_counter()
box = Box([Particle(Vector(0.1 * k, 1.0 + k), Vector(1.0, 0.0)) for k in range(10)])
for second in range(1, 6):
    highest = box.run(2000, 0.0005)
    energy = sum(particle.energy for particle in box.particles)
    print(f"after {second} s: highest {highest!r}, energy {energy!r}")
print(f"{time.perf_counter() - start:.2f} s")
