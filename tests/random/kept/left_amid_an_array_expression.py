import numpy as np

def f(p0, p1, p2):
    global G_INT, G_FLOAT, G_ROW, G_ONE, G_TWO
    v1 = [p0, 2.5, p1]
    for i1 in range(50, -50, 3):
        G_ONE = None
    else:
        v1[2] -= v1[0]
        p2 &= p2 * p2 % 1000003 + (p2 - p2)
    return v1
CALLS = ['(1, True, np.zeros(9, "uint16"))', '(1, 5, np.zeros(9, "uint16"))', '(2.5, 5, np.zeros(9, "uint16"))', '(1, True, np.zeros(9, "int64"))', '(5, -2**63, np.zeros(9, "int64"))', '(5, -2**63, np.zeros(9, "uint16"))', '(2**62, -2**63, np.zeros(9, "uint16"))', '(1, 2**63, np.zeros(9, "uint16"))']
