# native: loop
"""Strings that grow at their end in a loop, which the interpreter does in place: time would go with the square of the length
if each were copied.  Other names of theirs keep what they were."""
import sys


class Text(str):
    def __add__(self, other):
        return "added " + str(other)

    def __radd__(self, other):
        return "added to " + other[:3]


def grown(n, part):
    text, found = "", 0
    for k in range(n):
        text += part
        found ^= k * 3
        found += k & 7
    return len(text), found, text[-3:]


def added(n):
    text, found = "", 0
    for k in range(n):
        text = text + chr(48 + k % 64)
        found ^= k
    return len(text), hash(text) == hash(text[:]), found


def with_others(n):
    text, kept, items, pairs, last = "", [], ["", ""], (), ""
    for k in range(n):
        if k % 1000 == 0:
            kept.append(text)
            items[1] = text
            pairs = text, k
        before = text if k % 500 == 3 else last
        text += "ab"
        if before is not last:
            kept.append(before)
        last = before
    return len(text), [len(one) for one in kept][-5:], len(items[1]), len(pairs[0]), len(last)


def looked_at(n):
    frame, text, lengths = sys._getframe(), "x", []
    for k in range(n):
        text += "yz"
        if k % 10_000 == 7:
            lengths.append(len(frame.f_locals["text"]))
    return len(text), lengths


def other_types(n, odd, surprise):
    text = "begun "
    for k in range(n):
        text += surprise if k == odd else "z"
    return type(text), len(text), text[:20]


print(grown(300_000, "x" * 50), grown(200_000, "\u20ac\U0001f600"), grown(1000, ""))
print(added(200_000))
print(with_others(100_000))
print(looked_at(100_000))
for surprise in (Text("odd"), b"bytes", 7, None, "", "\x00"):
    try:
        print(other_types(100_000, 60_000, surprise))
    except TypeError as error:
        innermost = error.__traceback__.tb_next
        print(error, innermost.tb_lineno, len(innermost.tb_frame.f_locals["text"]), innermost.tb_frame.f_locals["k"])
