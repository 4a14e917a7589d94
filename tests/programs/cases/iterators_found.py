# native: loop
"""What a loop calls finds the loop's own iterator through the collector, and moves it."""
import gc


def move(values, kind):
    for found in gc.get_referrers(values):
        if type(found).__name__ == kind:
            return next(found, None)


def over_list(values):
    total = turns = 0
    for value in values:
        if turns % 700 == 3:
            move(values, "list_iterator")
        total += value * 3
        turns += 1
    return total, turns


def backwards(values):
    total = turns = 0
    for value in reversed(values):
        if turns % 700 == 3:
            move(values, "list_reverseiterator")
        total += value * 3
        turns += 1
    return total, turns


def numbered(values):
    total = turns = 0
    for place, value in enumerate(values):
        if turns % 700 == 3:
            move(values, "list_iterator")
        total += value * 3 + place
        turns += 1
    return total, turns


def side_by_side(values, others):
    total = turns = 0
    for value, other in zip(values, others):
        if turns % 700 == 3:
            move(values, "list_iterator")
        total += value * 3 - other
        turns += 1
    return total, turns


gc.collect()
gc.freeze()
numbers = list(range(60_000))
for _ in range(3):
    print(over_list(numbers), backwards(numbers), numbered(numbers), side_by_side(numbers, numbers[::-1]))
