# native: loop
"""Names that only an exception handler, or what stands behind unknown code, reads: they share objects as without us."""

from contextlib import nullcontext


def handled(number, items, turns):
    """`first` and `second` are read nowhere but in the handler."""
    first = number * number
    second = first
    total = 0
    try:
        for i in range(turns):
            if i == 4000:
                second = 0.5
            total += items[i]
    except IndexError:
        return first is second, total, second
    return total


def twice_handled(number, items, turns):
    """The inner handler doesn't catch it; the outer one reads."""
    first = second = number * number
    total = 0
    try:
        try:
            for i in range(turns):
                second = first if i % 3 else number + 1.0
                total += items[i]
        except ZeroDivisionError:
            return None
    except IndexError:
        return first is second, total, second
    finally:
        total = -1
    return total


def behind_a_block(number, turns):
    """A with block is the interpreter's; what stands behind it reads."""
    first = second = number * number
    total = 0
    for i in range(turns):
        if i == turns - 1:
            second = first
        elif i == 4000:
            second = 0.5
        total += i
    with nullcontext() as nothing:
        total += 1
    return first is second, total, nothing


def square(number, turns):
    """Something to be native."""
    total = 0.0
    for i in range(turns):
        total += number * i
    return total


items = [1, 2] * 2500
for number in (2.5, 3.5, 4.5):
    for turns in (20, 4000, 5000, 5010):
        print(handled(number, items, turns), handled(number, items[:3], turns), twice_handled(number, items, turns), behind_a_block(number, turns))
print(square(2.5, 5000))
