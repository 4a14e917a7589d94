# native: loop
"""Comparisons of objects that native code doesn't know, as conditions: what they give may have a truth of its own, raise, or end; the operands end first."""
from decimal import Decimal
from fractions import Fraction

log = []


class Answer:
    def __init__(self, text, truth):
        self.text, self.truth = text, truth

    def __bool__(self):
        log.append(("truth", self.text))
        if self.truth is None:
            raise ValueError(self.text)
        return self.truth

    def __del__(self):
        log.append(("answer ends", self.text))


class Value:
    def __init__(self, k):
        self.k = k

    def __lt__(self, other):
        if self.k % 7 == 3:
            return self.k % 2
        return Answer(self.k, None if self.k == 40 else self.k % 3 == 0)

    def __eq__(self, other):
        return NotImplemented

    def __del__(self):
        log.append(("value ends", self.k))


def objects(n):
    hits = 0
    for k in range(n):
        if Value(k) < Value(k + 1000):
            hits += 1
        elif Value(k) == k:
            hits += 100
    return hits


def big(n, a):
    hits = 0
    for k in range(n):
        if a < a - k + 500:
            hits += 1
        while a >= 2 ** 70:
            a -= 2 ** 68
            hits += 1
        hits += 5 if not a != 2 ** 69 else 0
        a += 2 ** 66 * (k & 1)
    return hits, a


def exact(n, one, other):
    hits = 0
    for k in range(n):
        if one < other and one != k:
            hits += 1
        one += other
        if one > 100 or one >= other + 90:
            one -= 100
    return hits, one


for turn in range(3):
    try:
        print(objects(39), objects(60))
    except ValueError as error:
        print("raised", error, error.__traceback__.tb_next.tb_lineno)
    print(len(log), log[:12], log[-12:])
    log.clear()
    print(big(3000, 2 ** 65))
    print(exact(3000, Decimal("1.5"), Decimal("2.25")), exact(2000, Fraction(1, 3), Fraction(2, 7)), exact(3000, 2, 7.5))
print(any([Decimal(k) > Decimal("2999.5") for k in range(3000)]))
