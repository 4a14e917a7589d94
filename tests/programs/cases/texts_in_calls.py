# native: loop
# Functions that work on strings, called natively: errors, subclasses, characters of all widths, tokens and formats.

import traceback


class Shouting(str):
    def upper(self):
        return "loud " + str.upper(self)

    def __add__(self, other):
        return "sum of " + str(self)

    def __format__(self, form):
        return f"<{form}>"

    def __getitem__(self, place):
        return "?"

    def __eq__(self, other):
        return True

    __hash__ = str.__hash__


def kind_of(c):
    if c.isdigit():
        return "number"
    if c.isalpha() or c == "_":
        return "name"
    if c in " \t":
        return "space"
    return "other"


def token_end(text, at):
    kind = kind_of(text[at])
    while at < len(text) and kind_of(text[at]) == kind:
        at += 1
    return at


def tokens(text):
    found = []
    at = 0
    while at < len(text):
        end = token_end(text, at)
        found.append((kind_of(text[at]), end - at))
        at = end
    return found


def value_of(word):
    return int(word) if word.isdigit() else len(word)


def summed(line):
    total = 0
    for word in line.split():
        total += value_of(word)
    return total


def label(name, k, x):
    return f"{name}:{k:04d}={x:.3f}"


def described(name, k):
    return name.upper() + "-" + str(k) + "/" + name.strip().title()


def vowels(text):
    count = 0
    for c in text:
        if c in "aeiou\u00e9\u20ac":
            count += ord(c)
    return count


def lines(texts, n):
    total = 0
    for k in range(n):
        total += summed(texts[k % len(texts)])
    return total


def labels(names, xs, n):
    total, last = 0, ""
    for k in range(n):
        last = label(names[k % len(names)], k, xs[k % len(xs)])
        total += len(last)
    return total, last


def descriptions(names, n):
    total, last = 0, ""
    for k in range(n):
        last = described(names[k % len(names)], k)
        total += len(last) + (last < "M") + last.count("1") + last.find("/")
    return total, last


def counted(texts, n):
    total = 0
    for k in range(n):
        total += vowels(texts[k % len(texts)])
    return total


def looked_at(texts, n):
    found = []
    for k in range(n):
        found = tokens(texts[k % len(texts)])
    return found


def shown(function, *arguments):
    try:
        print(function.__name__, ascii(function(*arguments))[:200])
    except Exception as error:
        print(type(error).__name__, error)
        trace = error.__traceback__
        while trace is not None:
            frame = trace.tb_frame
            print("   ", frame.f_code.co_name, trace.tb_lineno, sorted([(name, ascii(value)) for name, value in frame.f_locals.items() if type(value) in (int, float, str)]))
            trace = trace.tb_next
        print(ascii("".join(traceback.format_exception(error))))


LINES = ["alpha 12 beta 7", "  one   2  three ", "", "9 99 999 9999 99999", "caf\u00e9 \u20ac 5 \U0001f600"]
def empties(words, n):
    """f-strings without parts beside strings that wait on the stack."""
    found = []
    for k in range(n):
        word = words[k % len(words)]
        found = [word + "!", f"a", f"", f"{word}{word}", f"{f''}", word + f""]
    rest = [word + "?", f"", f"{word}{word}", f""]
    last = (f"b", f"", [f"{word}", f"" f""])
    return found, rest, last


for turn in range(3):
    shown(empties, ["a", "bb", "\u20ac"], 1000)
    shown(empties, ["a", Shouting("bb")], 1000)
    shown(lines, LINES, 1000)
    shown(lines, [*LINES, "x " + "7" * 25], 1000)
    shown(lines, [*LINES, "x \u00b2 3"], 1000)
    shown(lines, [*LINES, b"x 3"], 1000)
    shown(lines, [*LINES, None], 1000)
    shown(lines, [*LINES, "9" * 5000], 1000)
    shown(labels, ["a", "bb", "\u20ac"], [1.5, -2.25, 1e300], 1000)
    shown(labels, ["a", "bb", "\u20ac"], [1.5, 7, True], 1000)
    shown(labels, ["a", Shouting("bb"), 5, None], [1.5, float("nan")], 1000)
    shown(labels, ["a"], [1.5, "x"], 1000)
    shown(descriptions, [" abc ", "d", "", "\u00df\u01c6"], 1000)
    shown(descriptions, [" abc ", Shouting("d")], 1000)
    shown(descriptions, [" abc ", 5], 1000)
    shown(counted, LINES, 1000)
    shown(counted, [*LINES, Shouting("aeiou")], 1000)
    shown(counted, [*LINES, ["a", "e"], ("ab", "e")], 1000)
    shown(looked_at, [line for line in LINES if line], 200)
    shown(looked_at, ["x_1 = y+22\t*(3)", "\u00e9\u20ac \U0001f600"], 200)
    shown(looked_at, ["x_1 = y+22\t*(3)", Shouting("abc")], 200)
