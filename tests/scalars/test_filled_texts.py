"""Texts that are filled in by formats, and by functions: what CPython's make of numbers and texts, the very objects included."""

import pytest

from tests.arrays.programs import plain_and_jitted
from tests.lists.outcomes import counted
from tests.scalars.test_numbers_and_texts import floats, ints, one_by_one


FILLED = ("'{}: {:.2f}'.format(k, x)", "'{}'.format(x)", "'{:5}|'.format(x)", "'{:>8}{}{:<4}'.format(x, k, x)", "'{}{}'.format('', x)", "'{} {}'.format(x)", "'{}'.format(x, k)", "'{0} {1}'.format(x, k)", "'{{{}}}'.format(x)", "'{!r}'.format(x)",
          "'{:{}}'.format(x, 5)", "'a}'.format(x)", "'{'.format(x)", "'{:5'.format(x)", "'\u20ac{}'.format(x)", "'{:d} {}'.format(x, x)", "''.format(x)", "'plain'.format(x)", "('{}'.format(x) is x, '{:1}'.format(x) is '{:1}'.format(x))",
          "'{:.3e} {:%}'.format(x, x)", "'x{:,}'.format(x)", "'{:s}{:s}'.format(x, x)", "('{}{}'.format('', x) is x, '{}{}'.format(x, '') is x)",
          "'%s: %d' % (k, x)", "'%d' % x", "'%s' % x", "'%s' % (x,)", "'%5d|%-5d|%05d' % (x, x, x)", "'%.2f %8.3f' % (x, k)", "'%+d % d %+ d' % (x, k, x)", "'%x %X %o' % (k, k, x)", "'%e %g %G %F' % (x, x, k, x)", "'%5s|%-5s|' % (x, k)", "'%d%%' % x",
          "'%%' % x", "'%s' % (x, k)", "'%s %s' % x", "'%i%u' % (x, k)", "'%r' % (x,)", "'%c' % k", "'%5.2d' % k", "'%.3s' % x", "'%#x' % k", "'%(a)s' % x", "'%' % x", "'%5' % x", "'%-05d' % k", "'%05s' % x", "'%ld' % k", "'%*d' % (5, k)", "'\u20ac%s' % x",
          "('%s' % x is x, '%s%s' % ('', x) is x, '%1s' % x is x, '%d' % 7 is '%d' % 7, '%s' % 7 is '%s' % 7, '%1s' % 7 is '%1s' % 7, '%.0f' % 7 is '%.0f' % 7, '{}'.format(7) is '{}'.format(7), '{:.0f}'.format(7.0) is '{:.0f}'.format(7.0))", "['%s' % x is '%s' % x, '{}'.format(x) is '{}'.format(x), '%d' % k is '%d' % k, '{:d}'.format(k) is '{:d}'.format(k)]", "'plain' % ()", "'%08.3f|%-9.1f|%+.0f' % (x, x, x)", "'%.25f' % x", "'%300d' % k", "'%s' % x + '%s' % k", "'% 05d|%+06.1f' % (k, x)",
          "format(x, '.2f')", "format(x, '>8')", "format(x, 'd')", "format(x)", "repr(x)", "format(x, '')", "format(x, x)", "[repr(x), repr(k)]", "(repr(x) is repr(x), format(x, '1') is format(x, '1'))")


@pytest.mark.parametrize("text", FILLED)
def test_filled(text):
    source = f"def f(items):\n    out = []\n    for k, x in enumerate(items):\n        out.append({text})\n    return out\n"
    one_by_one(source, [*ints(text, 20), True, None], 7)
    one_by_one(source, floats(text, 30), 0.37)
    one_by_one(source, ["", "a", "ab", "longer", "\u20ac", (1, 2), None, b"x"], "text")


@pytest.mark.parametrize("text", ("'%d: %.2f %-8s|' % (k, x, words[k])", "'{}: {:.2f} {:>8}'.format(k, x, words[k])", "repr(x) + repr(k) + format(x, '8.1f') + format(k, '03d')"))
def test_filled_natively(text):
    plain, jitted = plain_and_jitted(f"def f(xs, words):\n    s = 0\n    for k, x in enumerate(xs):\n        s += len({text})\n    return s\n")
    grown = counted(jitted, plain, ([0.37 * k for k in range(100)], [str(k) for k in range(100)]), 12)
    assert grown["native_entries"] >= 50 and grown["iterations"] >= 50 * 100 and grown["exits"] == grown["callouts"] == 0


@pytest.mark.parametrize("text", ("f'<{x}|{x:s}'", "f'{x:>5}{x:q}'", "f'{x} {k:.2}'", "f'{k}{x:d}'", "f'{k} {x:{k}q}'", "'{} {:s}'.format(k, x)", "'%d %d' % (k, x)", "'%d' % (k, x)", "format(x, 'd')", "f'{k}' + f'{x!s:d}'", "f'{k}-{1 // (k % 3):3d}'"))
def test_errors_are_caught(text):
    body = f"    for k, x in enumerate(items):\n        try:\n            out.append({text})\n        except (ValueError, TypeError, ZeroDivisionError) as error:\n            out.append((str(error), error.__traceback__.tb_lineno))\n    return out\n"
    source = f"def f(items):\n    out = []\n{body}"
    for kind in (7, 0.37, "text"):
        one_by_one(source, [7, 0.25, "text", 2**70, True, 0.5, 8, "b"] * 3, kind)
