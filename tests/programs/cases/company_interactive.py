# native: entry
# python: -i
# input: total(2000)\nfor k in range(60000): s += k\n\ns, k\ndef weight(k): return k % 5\n\ntotal(2000), total(2000)\n1 / (s - s)\nimport sys; sys.last_value\nraise SystemExit(3)\n
# status: 3
# python -i: the program's names are there behind its end, and what is typed goes on with them.

import framejit


def weight(k):
    return k * 3 % 7


@framejit.jit
def total(n):
    found = 0
    for k in range(n):
        found += weight(k)
    return found


s = 0
print([total(n) for n in (10, 2000, 2000)])
