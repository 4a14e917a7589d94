"""Rounded floats, numbers as texts and texts as numbers: own code does what CPython's does, bit by bit, or leaves."""

import math
import random
import struct

import pytest

from tests.arrays.programs import plain_and_jitted
from tests.lists.outcomes import counted, outcome

COUNT = 2000
FRACTIONS = (0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 2.675, 1.005, 0.125, 0.375, -0.125, 0.045, 0.285, 1e22, 1e23, 1e16, 1e15, 1e-4, 1e-5, 9.5, 99.5, 0.95, 0.995, 9.9995, 123456789.125, 0.1, 0.2, 0.3, 1 / 3,
             5e-324, -5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 0.0, -0.0, -0.0004, 2.0**52, 2.0**52 + 0.5, 2.0**53, 2.0**53 + 2, -(2.0**63), 2.0**64, math.inf, -math.inf, math.nan, 1e14, 99999999999999.9)
INTS = (0, 1, -1, 9, 10, -10, 99, 100, 255, 256, 257, -5, -6, 10**18, 10**18 - 1, -(10**18), 10**19, 2**53, 2**53 + 1, 2**63 - 1, -(2**63), 2**63, 2**70, 2**30)


def floats(seed, count):
    """Bits, short decimals, halves of the last place, numbers beside what has 53 bits times a power of ten."""
    draw = random.Random(f"floats {seed}")
    made = [*FRACTIONS]
    while len(made) < count:
        places = draw.randrange(9)
        made += [struct.unpack("<d", draw.randbytes(8))[0], draw.randrange(-10**6, 10**6) / 10**places, (draw.randrange(10**5) * 10 + 5) / 10**(places + 1), (draw.randrange(2 * 10**5) + 0.5) / 2**places,
                 math.nextafter(2.0**53 / 10**places, draw.choice((0, math.inf))), draw.uniform(-100, 100), math.nextafter(draw.randrange(10**4) / 10**places, draw.choice((0, math.inf))), draw.random() * 2.0**draw.randrange(-40, 70)]
    return made


def ints(seed, count):
    draw = random.Random(f"ints {seed}")
    return [*INTS, *[draw.randrange(-2**63, 2**63) >> draw.randrange(64) for _ in range(count)], *[draw.choice((1, -1)) * (10**draw.randrange(19) + draw.choice((-1, 0, 1))) for _ in range(count // 4)]]


def each(text, more=""):
    """A function that makes this of each item, or says why not."""
    return f"import sys\n{more}def f(items):\n    out = []\n    for x in items:\n        out.append({text})\n    return out\n"


def one_by_one(source, items, kind):
    """Items that leave don't keep others from being made natively: every function is called with one that it knows, and many of these."""
    plain, jitted = plain_and_jitted(source)
    for _ in range(8):
        assert outcome(plain, ([kind] * 40,)) == outcome(jitted, ([kind] * 40,))
    for start in range(0, len(items), 10):
        given = [kind, *items[start:start + 10], kind]
        assert outcome(plain, (given,)) == outcome(jitted, (given,)), (source, given)


@pytest.mark.parametrize("places", (*range(7), 10, 15, 19, 22, 25, -1, -3))
def test_rounded(places):
    one_by_one(each(f"round(x, {places})"), floats(places, COUNT // 10), 0.37)


def test_rounded_to_what_is_known_later():
    plain, jitted = plain_and_jitted("def f(items, n):\n    out = []\n    for x in items:\n        out.append(round(x, n))\n        n += 1\n    return out\n")
    for seed in range(8):
        for n in (0, 3, -5, -400, 320, 2**40):
            given = floats(seed, 60)[-12:]
            assert outcome(plain, (given, n)) == outcome(jitted, (given, n))


@pytest.mark.parametrize("text", ("round(x, 2)", "round(x, 0)", "round(x, -1)", "(round(x, 2), round(x, 3) is x)", "round(x)"))
def test_rounded_ints(text):
    one_by_one(each(text), [*ints(text, 200), True, None, 2.5, "x"], 7)


SPECIFICATIONS = ("", ".0f", ".1f", ".2f", ".3f", ".6f", ".10f", ".15f", ".19f", ".25f", "f", "8.3f", "08.3f", "+.2f", " .2f", "-.1f", "<9.2f", "^9.2f", "=9.2f", "*>12.3f", "x^9.1f", ".1%", "%", "7.0%", ".3e", "g", ".4g", "e",
                  "12", "<12", "+", ".3", "n", "", ".2F", "z.1f", "#.0f", ",.2f", "300.2f", "d", "s", ".f", "5.2x", "_.2f", "010", "0<8.1f", "é>9.2f", "{chr(0)}", "9.2{chr(0)}")
OF_INTS = ("", "d", "3d", "02d", "5d", "05d", ">5", "<5", "^7", "+d", " d", "=+6d", "x", "02x", "X", "08b", "o", "#x", ",", "_d", "n", "c", "1", "20d", "0", "00", "*^9d", "0<7", ".2f", "8.1f", "%", "e", "s", ".3", "r", "-", "250d", "{chr(0)}", "8{chr(0)}")
OF_TEXTS = ("", "s", "10", "<10", ">10", "^10", "*^9", "10s", ".2", "3", "1", "05", "=5", "+5", "d", "0", "-", "é<4", "{chr(0)}", "3{chr(0)}", "300")


@pytest.mark.parametrize("form", dict.fromkeys(SPECIFICATIONS))
def test_floats(form):
    one_by_one(each(f"f'{{x:{form}}}'"), floats(form, COUNT // 20), 0.37)


@pytest.mark.parametrize("form", OF_INTS)
def test_ints(form):
    one_by_one(each(f"f'{{x:{form}}}'"), [*ints(form, 50), True, False, 2.5, "x", None], 7)


@pytest.mark.parametrize("form", OF_TEXTS)
def test_texts(form):
    """The text itself where nothing is added."""
    one_by_one(each(f"(y := f'{{x:{form}}}', y is x)"), ["", "a", "ab", "longer than that", "\u20ac", "\u00e9t\u00e9", "\U0001f600" * 12, "a\0b", 7, None], "text")


WHOLE = ("str(x)", "f'{x}'", "f'{x}{x}'", "f'item {x}'", "f'{x:}: {x:5}, {x:>12}'", "f'a{x}b{x}c{x}d{x}e{x}f{x}'", "f'{x}\u20ac{x}'", "f'a{x}b{x}c{x}d{x}e{x}f{x}g{x}h'", "(f'{x}' is f'{x}', f'{x:1}' is f'{x:1}', str(x) is str(x))",
         "hash(f'{x}') == hash(str(x))", "f'{x}'.upper() + f'{x:3}'", "len(f'{x:<8}|')", "sys.intern(f'{x}') is sys.intern(str(x))", "{f'{x}': x}", "f'{x:{3}}'", "f'{x:{chr(62)}8}'", "f'{x!s:>9}'", "f'{x!r}'", "f'{x!s}|{x!a:>9}|{x!r} {x!s}'", "(f'{x!s}' is x, f'{x!r}' is f'{x!r}')", "f'{x}:{x:>4}'", "f'{x:.1f}-{x}' if type(x) is not str else x",
         "f'{x}{y}' if (y := len(str(x))) > 2 else f'{y}{x}'", "f'{x}' f'|{y:3}|' f'{y:.1f}' if (y := len(str(x))) else y")


@pytest.mark.parametrize("text", WHOLE)
def test_as_they_are(text):
    one_by_one(each(text), ints(text, 40), 7)
    one_by_one(each(text), floats(text, 90), 0.37)
    one_by_one(each(text), ["", "a", "ab", "\u20ac", "\u00e9", "\U0001f600"], "text")


TEXTS = ("", " ", "0", "-0", "+7", " 12 ", "\t-5\n", "007", "1_000", "1__0", "_1", "1_", "1.5", ".5", "5.", ".", "-.5", "1e5", "1E-5", "1e", "e5", "1e+22", "1e23", "1e-23", "1e400", "-1e-400", "nan", "-NaN", "inf", "Infinity", "0x10", "12a",
         "+-3", "- 3", "--3", "\u0663", "\u00a05\u00a0", "1\0", "\x1c5", "\x0b5\x0c", "9" * 18, "9" * 19, "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "1" * 41, "9007199254740993",
         "9007199254740992", "9007199254740991e-22", "9007199254740993.0", "0.1", "2.675", "1.7976931348623157e308", "5e-324", "2.4703282292062328e-324", "-1.0655406683328752e-306", "0" * 30 + "5", "0." + "0" * 30 + "5", "123456789012345678.5",
         "1e0005", "1e00000000000000000000000000000000000005", "1e99999999999999999999", "3.0000000000000000000000000000001", "\ud800", "True", "None", "1,5")


def decimals(seed, count):
    draw = random.Random(f"decimals {seed}")
    for _ in range(count):
        digits = str(draw.randrange(10**draw.randrange(1, 20)))
        point = draw.randrange(len(digits) + 1)
        yield draw.choice(("", "", "-", "+", " ")) + draw.choice((digits, digits, digits[:point] + "." + digits[point:], digits + f"e{draw.randrange(-30, 30)}", digits[:point] + "." + digits[point:] + f"E{draw.randrange(-25, 25):+}",
                                                                  repr(draw.uniform(-9, 9)), repr(draw.random() * 10.0**draw.randrange(-30, 30)))) + draw.choice(("", "", " ", "\n"))


@pytest.mark.parametrize("kind", ("int", "float"))
@pytest.mark.parametrize("text", ("{}(x)", "({}(x), type({}(x)))", "[{}(y) for y in (x, '12', x)]", "{}(x) * 2 + 1", "({}(x) is {}(x))", "(y := {}(x), y is y)"))
def test_read(kind, text):
    source = each("g(x)", f"def g(x):\n    try:\n        return {text.replace('{}', kind)}\n    except ValueError as error:\n        return str(error)\n")
    one_by_one(source, [*TEXTS, *decimals(text, 200)], "12")
    one_by_one(each(text.replace("{}", kind)), [*TEXTS, *decimals(text, 60), 7, 2.5, None, b"12"], "12")


NATIVE = {
    "rounded": ("s = 0.0\n    for x in xs:\n        s += round(x, 2) + round(x, n) + round(x, 0)\n    return s", 0),
    "f-strings": ("s = 0\n    for i, x in enumerate(xs):\n        s += len(f'{i:3d} {x:.3f}') + len(f'item {i}') + len(f'{x:8.2f}|{i:02x}|{x:.1%}')\n    return s", 0),
    "more pieces": ("s = 0\n    for i, x in enumerate(xs):\n        s += len(f'a{i} b{x} c{i} d{x} e{i} f{x}')\n    return s", 0),
    "converted": ("s = 0\n    for i, x in enumerate(xs):\n        s += len(f'{i!r} {x!s}{words[i]!s}')\n    return s", 0),
    "texts": ("s = 0\n    for w in words:\n        s += len(f'{w:<10}|{w:>4}|{w}')\n    return s", 0),
    "str": ("s = 0\n    for i, x in enumerate(xs):\n        s += len(str(i)) + len(str(x)) + len(f'{x}')\n    return s", 0),
    "int": ("s = 0\n    for w in words:\n        s += int(w) * int(w)\n    return s", 0),
    "float": ("s = 0.0\n    for w in decimals:\n        s += float(w) * float(w)\n    return s", 0),
    "generators": ("return sum(int(w) for w in words), sum(float(w) for w in decimals)", 0),
    "lists": ("return [int(w) for w in words], [float(w) for w in decimals]", 4),
}


@pytest.mark.parametrize("name", NATIVE)
def test_is_native(name):
    text, most = NATIVE[name]
    plain, jitted = plain_and_jitted(f"def f(n, xs, words, decimals):\n    {text}\n")
    xs = [0.37 * k for k in range(100)]
    grown = counted(jitted, plain, (3, xs, [str(k * k - 50) for k in range(100)], [f"{x:.4f}" for x in xs]), 12)
    assert grown["native_entries"] >= 50 and grown["iterations"] >= 50 * 100
    assert grown["exits"] == 0 and grown["callouts"] <= 50 * most


def test_read_in_routines():
    """What is none is told by a handler of the caller's; objects don't end later than they do."""
    plain, jitted = plain_and_jitted("""
def number(text):
    return int(text) if text.isdigit() else float(text)
def shown(x):
    return f"{x:6.2f}" if x else str(x)
def f(texts):
    out, bad = [], 0
    for text in texts:
        try:
            out.append(shown(number(text)))
        except ValueError:
            bad += 1
    return out, bad
""")
    texts = [*decimals("routines", 300), *TEXTS]
    for start in [0] * 6 + [*range(0, len(texts), 20)]:
        given = texts[start:start + 25]
        assert outcome(plain, (given,)) == outcome(jitted, (given,))
