# native: loop
# A call of None, where there is no NumPy: TypeError, not one of the functions that NumPy hasn't got. Tuples passed on become objects on the way.

import sys


def scaled(x, how):
    return how(x) if how else x


def total(n, last):
    convert, found = None, 0
    for k in range(n):
        found += scaled(k, convert)
        if k == last:
            found += convert(k)
    return found


def filled(n):
    make, found = None, 0
    for k in range(n):
        try:
            found += len(make(3))
        except TypeError as error:
            found += len(str(error))
    return found


def put(table, key, value):
    table[key] = value
    return value


def passed(function, *given):
    return function(*given)


print(total(3000000, -1), filled(3000))
for last in 5, 2999999:
    try:
        total(3000000, last)
    except TypeError as error:
        print(error, error.__traceback__.tb_next.tb_lineno)
table = {}
for k in range(3000):
    passed(put, table, k % 7, k)
    passed(put, table, "text", [k])
print(table, "numpy" in sys.modules)
