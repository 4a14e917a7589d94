"""Comprehensions whose variables have the names of the function's own, or are cells of their own."""

import sys

import pytest

from tests.arrays.programs import plain_and_jitted
from tests.lists.outcomes import counted, ends_heard, outcome

BODIES = {
    "bound before": "p = xs[0]\n    found = [p for p in xs if p is not None]\n    return p is xs[0], found", "number before": "p = 5\n    found = [p * 2 for p in xs if type(p) is int]\n    return p, found",
    "loop's": "for p in xs: pass\n    found = [[p, q] for p in xs for q in ys]\n    return p, found, sorted(locals())", "raises": "p = 'kept'\n    try: found = [1 // p for p in ys]\n    except ZeroDivisionError as error: return p, str(error)\n    return p, found",
    "cells": "return [[sum(a * b * i for a, b in zip(ys, ys)) for i in range(k)] for k in range(3)]", "product": "return [[sum(m[i][k] * m[k][j] for k in range(2)) for j in range(2)] for i in range(2)]", "closures": "return [f() for f in [lambda: (i, j) for i in range(3) for j in ys[:2]]]",
    "shared": "i = 'mine'\n    fs = [[lambda: i for i in range(2)] for j in range(2)]\n    return i, [[f() for f in row] for row in fs]", "within": "p = [1]\n    return [[p for p in xs] + [q] for q in [p]], p", "deleted": "p = xs\n    del p\n    found = [p for p in ys]\n    try: return p\n    except NameError as error: return str(error), found",
    "sets": "p, q = xs, ys\n    return {p for p in ys}, {p: q for p, q in zip(ys, ys)}, p is xs, q is ys", "any": "p = 'outer'\n    return any(p > 2 for p in ys), [any(p * k > 4 for p in ys) for k in range(3)], p", "raised in cells": "i = 7\n    try: return [[sum(10 // (a - i) for a in ys) for i in range(3)]]\n    except ZeroDivisionError: return i",
}


@pytest.mark.parametrize("name", BODIES)
def test_same(name):
    plain, jitted = plain_and_jitted(f"def f(xs, ys, m):\n    {BODIES[name]}\n")
    for xs, ys in (([1, None, 2], [1, 2, 3]), ([None, 'a', 2.5], [0, 1]), ([[1], (2,), None], [2.5, 1e300]), ([{}], []), ([1], [True, 10**30])) * 4:
        given = xs, ys, [[1, 2], [3.5, 4]]
        assert outcome(jitted, given) == outcome(plain, given)


@pytest.mark.parametrize("body", ("p = make('a')[0]\n    found = [p for p in make('b')]\n    said.append('made')\n    del found\n    said.append(p.name)\n    p = None\n    said.append('end')",
                                  "for p in make('a'): pass\n    n = len([p for p in make('b') if p.name != 'b1'])\n    said.append(n)\n    p = n\n    said.append('end')",
                                  "p = make('a')\n    n = [[q.name for q in p] for p in [make('b'), make('c')]]\n    said.append(len(p))\n    p = 0\n    said.append(n)",
                                  "p = make('a')[1]\n    try: [p.missing for p in make('b')]\n    except AttributeError: said.append(p.name)\n    p = None\n    said.append('end')"))
def test_ends(body):
    ends_heard(f"def f(make, said):\n    {body}\n")


@pytest.mark.skipif(sys.version_info < (3, 12), reason="comprehensions are functions of their own there, and those with cells aren't compiled")
def test_native():
    plain, jitted = plain_and_jitted("def f(m, ps):\n    p = ps[0]\n    made = [[sum(m[i][k] * m[k][j] for k in range(10)) for j in range(10)] for i in range(10)]\n    return made[3][4], len([p for p in ps]), p is ps[0]\n")
    grown = counted(jitted, plain, ([[0.5 * (i + j) for j in range(10)] for i in range(10)], [[1], [2]]))
    assert grown["callouts"] == grown["exits"] == 0 and grown["native_entries"] == 50


MAYBE = {
    "after a loop": "for p in xs: pass\n    found = [p for p in ys]\n    try: return p, found\n    except NameError as error: return str(error), found",
    "in turns": "found = []\n    for k in range(4):\n        found += [p for p in xs]\n        for p in ys: found.append(p)\n    return found",
    "deleted in turns": "found = []\n    for k in range(5):\n        if k % 3 == 1: del p\n        found += [p for p in xs]\n        try: found.append(p)\n        except NameError as error: found.append(str(error))\n        p = [k]\n    return found",
    "twice": "for p in xs:\n        q = p\n    found = [[p, q] for p in ys for q in ys]\n    try: return p is q, found\n    except NameError: return found",
    "raises": "for p in xs: pass\n    try: found = [1 // p for p in ys]\n    except (ZeroDivisionError, TypeError) as error: found = str(error)\n    try: return p, found\n    except NameError as error: return str(error), found",
    "only sometimes": "found = []\n    for k, x in enumerate(ys):\n        if k > 1: p = [x]\n        found.append([p for p in xs])\n        if k > 2: found.append(p)\n    return found",
}


@pytest.mark.parametrize("name", MAYBE)
def test_names_that_may_be_unbound(name):
    plain, jitted = plain_and_jitted(f"def f(xs, ys):\n    {MAYBE[name]}\n")
    for given in (([[1], [2]], [3, 4, 5, 6]), ([], [1, 2, 3, 0]), ([(1,), "a"], []), ([], []), ([None, [0]], [2.5, 1e300, 0.0, 1.0])) * 4:
        assert outcome(jitted, given) == outcome(plain, given)


def test_what_a_name_may_hold_ends_when_it_does():
    for first in ("make('a')", "make('a')[:0]"):
        ends_heard(f"def f(make, said):\n    for p in {first}: pass\n    n = len([p for p in make('b') if p.name != 'b1'])\n    said.append(n)\n    p = n\n    said.append('end')\n")


@pytest.mark.skipif(sys.version_info < (3, 12), reason="comprehensions are functions of their own there, whose variables nobody else knows")
def test_loops_beside_comprehensions_of_the_same_name_are_native():
    plain, jitted = plain_and_jitted("def f(xs, n):\n    total = 0\n    for k in range(n):\n        total += sum([p[0] for p in xs])\n        for p in xs: total += p[1]\n    return total, p\n")
    grown = counted(jitted, plain, ([[1, 2], [3, 4]], 6))
    assert grown["callouts"] == grown["exits"] == 0 and grown["native_entries"] == 50
