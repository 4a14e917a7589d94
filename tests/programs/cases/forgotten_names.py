# native: loop
"""Names that nobody reads any more are taken out of a traceback's frame: what was passed on or stored is the same object there."""


def frame_of(error):
    entry = error.__traceback__
    while entry.tb_next is not None:
        entry = entry.tb_next
    return entry.tb_frame.f_locals


def passed_on(number, turns):
    """The exception's argument is the number itself, unless it is below zero."""
    for i in range(turns):
        assert i != turns - 1, abs(number)
        number >>= 0
        number += 1


def greatest(number, other, turns):
    """Which of the two is decided by value."""
    for i in range(turns):
        assert i != turns - 1, max(number, other, i)
        number, other = number + 1, other + 2


def stored(number, items, turns):
    """`copy` is the number that the list gets, on one of the ways."""
    number = number * 1.5
    for i in range(turns):
        number = number + 1.0
        copy = number
        if i % 3 == items[1]:
            copy = i
        items[0] = number
        items[i % 4 + (i == turns - 1) * 8]


def of_several(number, items, turns):
    """The copy outlives the number, which goes on; the list has the one, the other or none."""
    kept = number = number * 1.5
    for i in range(turns):
        if i % 7 == items[1]:
            kept = number
        elif i % 7 == items[2]:
            kept = i
        items[0] = number
        items[i % 4 + (i == turns - 1) * 8]
        number = number + 0.5


def smallest(values, items):
    """The usual search for an extremum, where the last value is it or not."""
    best = values[0] * 2.0
    for k in range(1, len(values)):
        value = values[k] * 2.0
        if value < best:
            best = value
        items[k % 4] = best
        1 // (len(values) - 1 - k)


def held_in_a_global(number, turns):
    """A module's name has it."""
    global SEEN
    for i in range(turns):
        number = number + 1
        copy = number
        if i % 5 == turns % 5:
            copy = 0.5
        SEEN = number
        1 // (turns - 1 - i)


SEEN = None


def shown(function, *arguments):
    items = [argument for argument in arguments if type(argument) is list]
    try:
        function(*arguments)
    except Exception as error:
        found = frame_of(error)
        known = [*error.args, *[item for held in items for item in held], SEEN]
        print(function.__name__, type(error).__name__, {name: (value, [k for k, other in enumerate(known) if other is value])
                                                        for name, value in sorted(found.items()) if type(value) in (int, float) and value not in range(-5, 257)})


for turns in (3000, 3001, 3002, 3003, 3004):
    shown(passed_on, 10**6, turns)
    shown(passed_on, -10**6, turns)
    shown(greatest, 10**6, 1, turns)
    shown(greatest, 5, 10**6, turns)
    shown(greatest, 10**6, 10**6 + turns // 2, turns)
    for which in range(7):
        shown(stored, 3, [0, which % 3, 0, 0], turns)
        shown(of_several, 3, [0, which, (which + turns) % 7, 0], turns)
    shown(smallest, [float((k * 7919) % 10007) for k in range(turns)], [0, 0, 0, 0])
    shown(smallest, [float(-k) for k in range(turns)], [0, 0, 0, 0])
    shown(held_in_a_global, 10**6, turns)
