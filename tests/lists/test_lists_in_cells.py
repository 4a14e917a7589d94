"""Lists that were made empty, or by comprehensions, and are captured by functions: what stands for them while code is captured is no class of the program's."""

import framejit
from tests.arrays.test_statements import warm


def nearest(points, centres, turns):
    for _ in range(turns):
        groups = [[] for _ in centres]
        for p in points:
            best = min(range(len(centres)), key=lambda k: (p[0] - centres[k][0]) ** 2 + (p[1] - centres[k][1]) ** 2)
            groups[best].append(p)
        centres = [(sum([q[0] for q in group]) / len(group), sum([q[1] for q in group]) / len(group)) if group else centre for group, centre in zip(groups, centres)]
    return centres, [len(group) for group in groups]


def collected(n):
    found = []

    def add(k):
        found.append(k * 2)
        return len(found)

    total = 0
    for k in range(n):
        total += add(k)
        for one in found:
            total += one
        if len(found) > 5:
            found = []
    return total, found


def test_what_a_lambda_captures_is_walked_over():
    points = [((k * 37) % 101 / 101, (k * 53) % 97 / 97) for k in range(200)]
    jitted = framejit.jit(nearest)
    for _ in range(12):
        assert jitted(points, points[:5], 4) == nearest(points, points[:5], 4)
    before = framejit.stats()
    assert jitted(points, points[:5], 4) == nearest(points, points[:5], 4)
    after = framejit.stats()
    assert after["native_entries"] - before["native_entries"] <= 2 and after["native_iterations"] - before["native_iterations"] > 800


def test_lists_of_cells_begin_anew():
    jitted, found = warm(collected, 40)
    assert found == collected(40)
    for n in (0, 1, 7, 40):
        assert jitted(n) == collected(n)
