"""The programs: plain Python.  RECURSIVE have twins in twins.c; CLASSES are simulations with methods and attributes."""

import math


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def factorial(n):
    return 1 if n < 2 else n * factorial(n - 1)


def factorials(times):
    total = 0
    for k in range(times):
        total ^= factorial(k % 21)
    return total


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def place(n, row, columns, rising, falling):
    if row == n:
        return 1
    count = 0
    for column in range(n):
        if not (columns >> column & 1 or rising >> (row + column) & 1 or falling >> (row - column + n) & 1):
            count += place(n, row + 1, columns | 1 << column, rising | 1 << (row + column), falling | 1 << (row - column + n))
    return count


def queens(n):
    return place(n, 0, 0, 0, 0)


def grown(depth):
    return None if depth == 0 else (grown(depth - 1), depth, grown(depth - 1))


def total(tree):
    return 0 if tree is None else total(tree[0]) + tree[1] + total(tree[2])


TREES = {}


def tree(depth, times):
    """A tree that a cache holds, so that the calls are what takes time."""
    if depth not in TREES:
        TREES[depth] = grown(depth)
    return sum([total(TREES[depth]) for _ in range(times)])


class Particle:
    def __init__(self, x, v):
        self.x, self.v, self.steps = x, v, 0

    def force(self, stiffness):
        return -stiffness * self.x

    def step(self, dt):
        self.v += self.force(1.5) * dt
        self.x += self.v * dt
        self.steps += 1

    def energy(self):
        return 0.5 * self.v * self.v + 0.75 * self.x * self.x


def particles(steps):
    swarm, energy = [Particle(k * 0.5, 1.0) for k in range(100)], 0.0
    for _ in range(steps):
        for particle in swarm:
            particle.step(0.01)
        for particle in swarm:
            energy += particle.energy()
    return energy, swarm[3].steps


class Account:
    def __init__(self, balance):
        self.balance, self.count = balance, 0

    def deposit(self, amount):
        self.balance += amount
        self.count += 1

    def withdraw(self, amount):
        if amount > self.balance:
            return False
        self.balance -= amount
        self.count += 1
        return True


class Bank:
    def __init__(self, size):
        self.accounts, self.refused = [Account(1000.0) for _ in range(size)], 0

    def transfer(self, source, target, amount):
        if self.accounts[source].withdraw(amount):
            self.accounts[target].deposit(amount)
        else:
            self.refused += 1

    def run(self, transfers):
        state = 12345
        for _ in range(transfers):
            state = (state * 1103515245 + 12345) % 2147483648
            self.transfer(state % 50, state // 64 % 50, state % 300 * 0.5)


def bank(transfers):
    branch = Bank(50)
    branch.run(transfers)
    return branch.refused, [account.balance for account in branch.accounts]


class Body:
    def __init__(self, x, y, vx, vy, mass):
        self.x, self.y, self.vx, self.vy, self.mass = x, y, vx, vy, mass

    def pull(self, other, dt):
        dx, dy = self.x - other.x, self.y - other.y
        square = dx * dx + dy * dy + 0.01
        strength = dt / (square * math.sqrt(square))
        self.vx -= dx * other.mass * strength
        self.vy -= dy * other.mass * strength
        other.vx += dx * self.mass * strength
        other.vy += dy * self.mass * strength

    def move(self, dt):
        self.x += dt * self.vx
        self.y += dt * self.vy


def nbody(steps):
    bodies = [Body(k * 1.5, k * k * 0.25, 0.1 * k, -0.2, 1.0 + k) for k in range(5)]
    for _ in range(steps):
        for first in range(len(bodies)):
            for second in range(first + 1, len(bodies)):
                bodies[first].pull(bodies[second], 0.001)
        for body in bodies:
            body.move(0.001)
    return [(body.x, body.y) for body in bodies]


class Life:
    def __init__(self, width, height):
        self.width, self.height = width, height
        self.cells = [[(x * 7 + y * 13) % 5 == 0 for x in range(width)] for y in range(height)]

    def neighbours(self, x, y):
        count = 0
        for dy in (-1, 0, 1):
            row = self.cells[(y + dy) % self.height]
            for dx in (-1, 0, 1):
                if dx or dy:
                    count += row[(x + dx) % self.width]
        return count

    def step(self):
        following = []
        for y in range(self.height):
            line = []
            for x in range(self.width):
                count = self.neighbours(x, y)
                line.append(count == 3 or (count == 2 and self.cells[y][x]))
            following.append(line)
        self.cells = following


def life(steps):
    world = Life(40, 40)
    for _ in range(steps):
        world.step()
    return sum([sum(row) for row in world.cells])


RECURSIVE = {"fib": (fib, (32,)), "factorials": (factorials, (200_000,)), "ackermann": (ackermann, (2, 300)), "queens": (queens, (10,)), "tree": (tree, (11, 64))}
CLASSES = {"particles": (particles, (6000,)), "bank": (bank, (200_000,)), "nbody": (nbody, (40_000,)), "life": (life, (150,))}
