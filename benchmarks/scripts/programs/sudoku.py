"""Backtracking over a string, with sets."""

import itertools

grid = "530070000600195000098000060800060003400803001700020006060000280000419005000080079"


def solve(b):
    i = b.find("0")
    if i < 0:
        return b
    r, c = divmod(i, 9)
    used = set()
    for j in range(9):
        used.add(b[r * 9 + j])
        used.add(b[j * 9 + c])
        used.add(b[(r // 3 * 3 + j // 3) * 9 + c // 3 * 3 + j % 3])
    for d in "123456789":
        if d not in used:
            s = solve(b[:i] + d + b[i + 1:])
            if s:
                return s
    return None


for _ in range(300):
    s = solve(grid)
print(s)
