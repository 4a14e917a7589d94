# native: loop
"""A new number that a tuple, the stack or a global name knows as well goes into a list, or is chosen: everywhere the same object."""


def stored(items, turns):
    for i in range(turns):
        pair = (i * 0.5, i)
        items[0] = pair[0]
    return items[0] is pair[0]


def stored_twice(items, others, turns):
    for i in range(turns):
        items[0] = others[0] = i * 0.5
    return items[0] is others[0]


def unpacked(items, turns):
    for i in range(turns):
        pair = (i * 0.5, i)
        first, _ = pair
        items[0] = first
    return items[0] is pair[0], first is pair[0]


def in_a_tuple(items, turns):
    for i in range(turns):
        pair = (i * 0.5, i)
        outer = pair, 1
        items[0] = pair[0]
    return items[0] is pair[0], outer[0] is pair, outer[0][0] is items[0]


def of_two_tuples(items, turns):
    for i in range(turns):
        one = (i * 0.5, i)
        other = (one[0], one[0])
        items[0] = other[1]
    return other[0] is other[1], other[0] is one[0], items[0] is one[0]


def two_tuples(turns):
    for i in range(turns):
        one = (i * 0.5, i)
        other = (i, one[0])
        if i == turns - 1:
            return one[0] is other[1]


def appended(items, turns):
    for i in range(turns):
        pair = (i * 0.5, i)
        items.append(pair[0])
        items.pop(0)
    return items[-1] is pair[0]


def own_list(turns):
    own = [0.5] * 3
    for i in range(turns):
        pair = (i * 0.5, i)
        own[0] = pair[0]
        made = [pair[0], 0.5]
    return own[0] is pair[0], made[0] is pair[0]


def chosen(turns):
    for i in range(turns):
        pair = (i * 0.5, i * 5000)
        most, least = max(pair[0], -1.0), min(pair[1], 10**12)
        size, rest = abs(pair[1]), pair[1] % 10**12
    return most is pair[0], least is pair[1], size is pair[1], rest is pair[1]


def unpacked_twice(items, others, turns):
    for i in range(turns):
        items[0], others[0] = others[1], items[1] = i * 0.5, i + 0.5
    return items[0] is others[1], others[0] is items[1]


def beside_a_call(items, turns):
    """The number lies on the stack while something else is called."""
    for i in range(turns):
        pair = (i * 0.5, i)
        items[0], kept = pair[0], divmod(i, 7)
    return items[0] is pair[0], kept


def own_list_and_another(items, turns):
    own = [0.5] * 2
    for i in range(turns):
        own[0] = items[0] = i * 0.5
    return own[0] is items[0]


def kept_below(items, others, turns):
    """The tuple becomes an object where the first name lets go of its second item."""
    name = item = items[1]
    known = items[0], item
    for i in range(turns):
        name, others[0] = pair = i + 5000, item
        item = abs(known[0])
    return name is pair[0], others[0] is pair[1]


def tuple_appended(items, others, turns):
    for i in range(turns):
        pair = i + 5000, i * 0.5
        items.append(pair)
        others[0] = pair[1]
        del items[:-1]
    return items[-1] is pair, others[0] is pair[1]


for turns in (1, 2, 3000, 3001):
    print(stored([0.5], turns), stored_twice([0.5], [0.5], turns), unpacked([0.5], turns), in_a_tuple([0.5], turns), of_two_tuples([0.5], turns),
          two_tuples(turns), appended([0.5], turns), own_list(turns), chosen(turns), unpacked_twice([0.5, 1.5], [2.5, 3.5], turns), beside_a_call([0.5], turns),
          own_list_and_another([0.5], turns), kept_below([1500, 2500], [500], turns), tuple_appended([], [0.5], turns))

items, others = [0.5, 1.5], [2.5]
for i in range(600000):
    number = i * 0.5
    items[0] = number
print(items[0] is number)
for i in range(600000):
    items[1] = others[0] = i * 0.5
print(items[1] is others[0])
