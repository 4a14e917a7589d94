"""Random loops over generator expressions, while what these walk over and read changes: values, identity, tracebacks with the locals of every frame."""

import os

import pytest

from tests.random.test_generators import ITEMS, Expressions, compared_with_items

COUNT = 1000 if os.environ.get("FRAMEJIT_NIGHTLY") else 8


class Loops(Expressions):
    """`f` with loops over the expressions; what their bodies do may end or change them."""

    def walked(self):
        """(targets, the expression)."""
        if self.random.random() < 0.2:
            return "v, w", f"({self.term(('x',))}, {self.pick('x', 'x * 2', 'k')}) for x in {self.pick('xs', 'ys', 'range(n)', 't', 'xs[1:]')}"
        return "v", self.body()

    def change(self):
        return self.pick("xs[k % len(xs)] = {0}", "if len(xs) < 20: xs.append({0})", "if len(xs) > 2: del xs[-1]", "xs = xs[:-1] or ys", "c = {0}", "b = k", "ys[0] = a", "t = (1, 2)", "found.append({0})",
                         "if len(found) < 9: found.append(v)", "count += v is {0}", "a = {0}").format(self.pick("v", "a", "k", "0.5", "3"))

    def loop(self, indent):
        targets, expression = self.walked()
        lines = [f"{indent}for {targets} in ({expression}):"]
        for _ in range(self.random.randrange(1, 4)):
            lines.append(f"{indent}    " + self.pick("a = a * 0.5 + v", "c = v - b", "count += 1", self.change(), self.change(), "g(v, k)", "if v == a: continue"))
        if self.random.random() < 0.3:
            lines.append(f"{indent}    if {self.pick('v > 9', 'count > 30', 'v == b', 'not v')}: {self.pick('break', 'break', 'return [a, v, b, *xs], count')}")
        if self.random.random() < 0.2:
            lines += [f"{indent}    for u in ({self.body()}):", f"{indent}        a = {self.pick('u', 'u + k', 'a')}"]
        if self.random.random() < 0.3:
            lines += [f"{indent}else:", f"{indent}    c = {self.pick('a', '7', '0.25')}"]
        return lines

    def program(self):
        lines = ["def g(x, y):", f"    {self.pick('', 'if x > 3: return y', 'x = x + 1')}", f"    return {self.pick('x + y', 'x', 'y / (x + 0.125)')}", "",
                 "def f(a, b, n, xs, ys, r=range(5, 1, -1)):", "    c, count, found, t, held = a, 0, [], tuple(xs), [xs, ys]", "    for k in range(n):"]
        for _ in range(self.random.randrange(1, 3)):
            if self.random.random() < 0.25:
                lines += ["        try:", *self.loop(" " * 12), f"        except {self.pick('ZeroDivisionError', 'TypeError', 'Exception')}:", "            count += 100"]
            else:
                lines += self.loop(" " * 8)
        return "\n".join([*lines, "    return [a, b, c, *xs, *found], count"])


@pytest.mark.parametrize("kind", ITEMS)
def test_what_loops_take(kind):
    compared_with_items(Loops, kind, (5, 9, 9, 3, 1), 8, COUNT)
