import math
import numpy as np
G_FLOAT = 0.75
G_ROW = [3, 1, 2, 5]
G_ONE = G_TWO = None

def plain(x):
    return x

def f(p0, p1, p2):
    global G_INT, G_FLOAT, G_ROW, G_ONE, G_TWO
    v0 = np.ones((3, 4))
    v1 = v0
    if p1 / p1 < math.frexp(p0)[0]:
        v5 = v0
        p2[2] += v0[1000003 % 3, -2]
    elif p0 / p1 == -2.25:
        if int(-2) < 256 * 6:
            for i2, e1 in zip(range(9), p2):
                p2, i2 = (math.lgamma(round(p0, 2)), 3 + True <= float(v1[2147483648 % 3, 2]))
                G_ROW = [[10, 0], [3, -6]][1]
            if v1 & 7 == 255 and p1 in (0.5, p0):
                return p1
        else:
            v4 = np.float64(1.5) * 1
        p0 = p0
    else:
        p0 = math.log(abs(p0 * p0) + 1.0)
        v7, v0 = (10, 7)
        for i3 in range(1, 3 * 2):
            if True:
                v0 = min(np.uint8(2) * np.int8(100), p1 - np.uint8(9) * np.int8(100) * 5)
                p1 *= math.log(abs(p1 if True else p0) + 1.0)
                p1 %= 0.5
            if i3 in range(0, 100, 3):
                print(i3 - i3)
            if False:
                v1 = v1
                p1 = math.copysign(round(p0, 5), -1.0)
                p1 %= abs(p1) + 1.0
            elif plain(i3) in (1, 2, 3):
                v1[i3 % 3, -1] += i3 ^ i3
                if p0 < p1:
                    break
            if i3 < i3 + i3:
                p0 %= 0.5
            elif p1 >= float(p1):
                p0 -= p0
                v1 = v1
            else:
                v1 = v1
    if p1 < p0 and True:
        del p0
    for i4 in range(-6 % 200 + 2):
        if plain(p1) == pow(i4, 3, 97):
            p0 += max(p1, p1)
            if p0 >= p0:
                break
        v1[i4][1] -= i4 + i4
        p0 *= math.degrees(p1 / 0.001)
        assert True or i4 < i4 or i4 != 11, 'asserted'
        v6 = v1
    return (p0, p1, v1)
CALLS = ["(-2.812, -1e999, np.arange(1, 1 + 6).astype('uint16').reshape((6,)).copy(order='F'),)", "(-0.403, math.nan, np.arange(-3, -3 + 6).astype('uint64').reshape((6,)),)"]
