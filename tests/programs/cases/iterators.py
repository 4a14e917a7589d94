# Generators, generator expressions, iterators of classes, next() of the iterator that the loop walks.
def halves(n):
    for k in range(n):
        yield k / 2


class Down:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n


class Indexed:
    def __getitem__(self, k):
        if k > 6:
            raise IndexError(k)
        return k * 10


def consume(n):
    total = sum(x * x for x in halves(n))
    for value in Down(n):
        total -= value
    walking = iter(range(n))
    for value in walking:
        total += value - next(walking, -5)
    for value in Indexed():
        total += value
    for left, right in zip(Down(n), halves(n)):
        total += left * right
    return total, any(k > 4 for k in range(n)), [k for k in range(n) if k % 4][-1], {k: k for k in range(3)}, sum([0.1] * 10), max(k * (9 - k) for k in range(n))


def pieces():
    total = 0
    for k in range(5):
        total += yield total
    return total


for _ in range(400):
    consume(15)
print(consume(40))
generator = pieces()
print(next(generator), [generator.send(k) for k in range(1, 5)])
try:
    generator.send(100)
except StopIteration as error:
    print(error.value)
