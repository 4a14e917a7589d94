# native: loop
# Functions work with instances that global names hold: methods, attributes, operators, calls; and the names, classes and instances
# change in the middle.

import traceback


class Simulation:
    def __init__(self, x):
        self.x = x
        self.v = 1.0
        self.steps = 0

    def step(self, dt):
        self.v -= self.x * dt
        self.x += self.v * dt
        self.steps += 1
        return self.x

    def __call__(self, t):
        return self.x * t

    def __add__(self, other):
        return self.x + other

    def __len__(self):
        return self.steps

    def domain(self):
        return self.steps, self.x


class Other(Simulation):
    def step(self, dt):
        self.steps += 2
        return -dt


class Noted:
    def __init__(self, name):
        self.name = name
        self.total = 0.0

    def add(self, x):
        self.total += x

    def __del__(self):
        print("end of", self.name, self.total)


sim = Simulation(0.0)
noted = Noted("first")
config = Simulation(2.0)


def run(n):
    total = 0.0
    for k in range(n):
        total += sim.step(0.01)
    return total


def asked(n):
    total = 0.0
    for k in range(n):
        steps, x = config.domain()
        total += config(k) + (config + k) + len(config) + steps + x
    return total


def events(n, what):
    global sim
    total = 0.0
    for k in range(n):
        if k == n // 2:
            what()
        total += sim.step(0.01)
    return total


def rebind():
    global sim
    sim = Other(3.0)


def rebind_far():
    globals()["sim"] = Simulation(-1.0)


def reclass():
    sim.__class__ = Other if type(sim) is Simulation else Simulation


def remove():
    global sim
    del sim


def to_number():
    global sim
    sim = 1.5


def method():
    Simulation.step = lambda self, dt: dt * 2


def attribute():
    del sim.x


def collect(n):
    for k in range(n):
        noted.add(k)
    return noted.total


def let_go(n):
    global noted
    for k in range(n):
        noted.add(1.0)
        if k == 40:
            noted = Noted("second")
    return noted.total


for turn in range(4):
    print(run(300), asked(200), sim.steps)
step = Simulation.step
for what in (rebind, rebind_far, reclass, rebind, reclass, remove, rebind_far, to_number, rebind_far, attribute, rebind_far, method):
    for turn in range(3):
        try:
            print(what.__name__, events(100, what))
        except (NameError, AttributeError, TypeError) as error:
            traceback.print_exc()
            sim = Simulation(0.5)
    Simulation.step = step
    sim = Simulation(0.25)
    print(run(100))
for turn in range(3):
    print(collect(200))
print(let_go(100))
config.x = 3
print(asked(100))
config.x = "text"
try:
    print(asked(10))
except TypeError:
    traceback.print_exc()
