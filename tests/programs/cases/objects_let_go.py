# native: loop
# What a loop's names held while it was compiled ends when the program lets go of it.

from turns import Named, ended

first = second = None


def unknown():
    return [1]


def shared(p, n):
    global second
    for i in range(n):
        k = 0
        while k < 5:
            k += 1
            second = first
            p += unknown()[0]
    return p


def replaced(p, n):
    global first, second
    for i in range(n):
        k = 0
        while k < 5:
            k += 1
            second = first
            if p % 7 == 3:
                first = Named(p)
            p += unknown()[0]
    return p


for function in (shared, replaced):
    for turn in range(400):
        first = Named(-turn)
        result = function(turn, 3 + turn % 3 * 300), ended[-3:], len(ended)
        first = second = None
        if turn % 20 < 3:
            print(result, ended[-3:], len(ended))
