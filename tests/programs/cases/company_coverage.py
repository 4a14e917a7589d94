# native: entry
# alone: yes
# coverage around functions and loops that had run natively before: it hears of every line, and afterwards they run natively again.

import sys

import coverage

import framejit


def weight(k):
    if k % 1000 == 999:
        return 1
    return k * 3 % 7


@framejit.jit
def total(n, branch=False):
    found = 0
    for k in range(n):
        found += weight(k)
        if branch:
            found -= 1
    return found


def block(n):
    s = 0
    with framejit.jit():
        for k in range(n):
            s += k
            if k == 70:
                s += 1
    return s


def lines(*cores, branch=False):
    measured = coverage.Coverage(data_file=None, branch=branch, include=[__file__], config_file=False)
    measured.start()
    found = total(60), total(60, True), block(50), sum(k for k in range(10))
    measured.stop()
    data = measured.get_data()
    return found, [(name == __file__, sorted(data.lines(name))) for name in data.measured_files()], branch and sorted(data.arcs(__file__))


for turn in range(3):
    print(total(2000), total(3000), block(3000))
    print(lines(branch=turn == 1))
    print(sys.gettrace())
print(total(100_000), block(100_000))
