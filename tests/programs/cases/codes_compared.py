# native: loop
"""A code object is compared, hashed and looked up in the inner loops of its own function."""


def compared(n, m, code, other):
    same = 0
    for i in range(n):
        for j in range(m):
            same += code == other
    return same


def looked_up(n, m, code, table):
    found = total = 0
    for i in range(n):
        for j in range(m):
            total += j * j
            if code in table:
                found += 1
    return found, total


for function in (compared, looked_up):
    code = function.__code__
    other = code.replace()
    before = hash(code), hash(other)
    answer = function(40, 20000, code, other if function is compared else {other: 1})
    print(answer, code == other, before == (hash(code), hash(other)), code.__eq__(other))
