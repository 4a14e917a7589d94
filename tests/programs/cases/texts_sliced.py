# native: loop
# Slices of strings in functions and loops: bounds of all kinds, subclasses, other sequences at the same place, what has its own __index__.

import traceback


class Loud(str):
    def __getitem__(self, key):
        return "?" if type(key) is slice else str.__getitem__(self, key)


class Bound:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        if self.value > 8:
            raise LookupError("too far")
        return self.value


def parts(text, a, b):
    return text[a:b] + "|" + text[:a] + "|" + text[b:]


def size(items, a, b):
    return len(items[a:b])


def whole(text):
    same = text[:]
    return same is text and text[0:len(text)] is text


def loop(texts, bounds, n):
    s, last = 0, ""
    for k in range(n):
        text = texts[k % len(texts)]
        a, b = bounds[k % len(bounds)], bounds[k * 7 % len(bounds)]
        last = parts(text, a, b)
        s += len(last) + size(text, a, b) + whole(text) + (text[1:3] == "bc") + len(text[-3:])
    return s, last


def reversed_words(line, n):
    found = []
    for k in range(n):
        at, words = 0, []
        for end in range(len(line) + 1):
            if end == len(line) or line[end] == " ":
                words.append(line[at:end])
                at = end + 1
        found = words
    return found


def shown(function, *arguments):
    try:
        print(function.__name__, ascii(function(*arguments))[:300])
    except Exception as error:
        print(type(error).__name__, error)
        print("".join(traceback.format_exception(error)))


TEXTS = ["abcdef", "", "x", "\u00e9t\u00e9 \u20ac", "\U0001f600" * 5, "a" * 300]
BOUNDS = [0, 1, 3, -1, 100, -100, 2]
for turn in range(5):
    shown(loop, TEXTS, BOUNDS, 1500)
    shown(reversed_words, "one two  three \u20ac", 60)
shown(loop, TEXTS, [*BOUNDS, 2 ** 62, -2 ** 63], 300)
shown(loop, TEXTS, [*BOUNDS, 2 ** 70, -2 ** 70], 300)
shown(loop, TEXTS, [*BOUNDS, None], 300)
shown(loop, TEXTS, [True, False, 2], 300)
shown(loop, TEXTS, [*BOUNDS, Bound(2)], 300)
shown(loop, TEXTS, [*BOUNDS, Bound(9)], 300)
shown(loop, TEXTS, [*BOUNDS, 1.5], 300)
shown(loop, [*TEXTS, Loud("abcdef")], BOUNDS, 300)
shown(loop, [*TEXTS, b"bytes"], BOUNDS, 300)
shown(loop, [*TEXTS, (1, 2, 3)], BOUNDS, 300)
shown(loop, [*TEXTS, None], BOUNDS, 300)
