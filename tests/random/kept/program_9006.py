def f(p0, p1):
    v0 = p0
    v1 = v0
    try:
        pass
    except Exception as error:
        pass
    finally:
        p1 += 0
    v3 = min(p1, p1)
    return (p0, p1, v1, v3)
CALLS = ['(257, 1.5,)']
