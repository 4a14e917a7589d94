# native: entry
# Functions that call themselves through C (map, sorted, list.sort, divmod): the depth and the message of the end.
import sys


class Divided:
    def __init__(self, function):
        self.function = function

    def __divmod__(self, x):
        return self.function(x), 0


depth, limit = 0, 0


def enough(x):
    global depth
    depth += 1
    for k in range(20):
        x = x + k * 2
    return depth >= limit > 0


def summed(x):
    if enough(x):
        return x
    return sum(map(summed, [x]))


def sorted_by(x):
    if enough(x):
        return x
    return sorted([x], key=sorted_by)[0]


def sorts(x):
    if enough(x):
        return x
    numbers = [x]
    numbers.sort(key=sorts)
    return numbers[0]


def divided(x):
    if enough(x):
        return x
    return divmod(Divided(divided), x)[0]


def direct(x):
    if enough(x):
        return x
    return direct(x)


sys.setrecursionlimit(500)
for function in (summed, sorted_by, sorts, divided, direct):
    limit = 5
    for turn in range(300):
        depth = 0
        function(turn)
    limit = 0
    for turn in range(3):
        depth = 0
        try:
            function(turn)
        except RecursionError as error:
            print(function.__name__, turn, depth, error)
