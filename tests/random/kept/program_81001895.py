def f(p0, p1, p2, p3):
    for i1 in range(200):
        assert i1 != 1, abs(p3)
        p3 >>= 1
CALLS = ['(-5.617, False, 9007199254740993.0, 4294967295,)']
