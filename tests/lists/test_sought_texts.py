"""Texts sought among texts and others: `in`, `index`, `count`, `remove` of lists and tuples say what the interpreter says, whichever texts have hashes."""

import pytest

import framejit
from tests.shell.test_native_calls import program

SEARCHES = """
def found(items, word):
    return word in items, word not in items, items.count(word), items.index(word) if word in items else -1

def loop(items, words, n):
    got = []
    for k in range(n):
        got.append(found(items, words[k % len(words)]))
    return got
"""


class Text(str):
    """Equal to what it wants to be equal to."""

    asked = 0

    def __eq__(self, other):
        Text.asked += 1
        return other == "inside"

    __hash__ = str.__hash__


def fresh(*texts):
    """Other objects with these letters, without a hash."""
    return ["".join(list(text)) for text in texts]


WORDS = ["", "a", "b", "ab", "ba", "\xe9", "\u20ac", "\U0001f40d", "abcdefgh", "abcdefgi", "inside", "\x00", "a\x00"]
ITEMS = {
    "interned": lambda: WORDS[3:],
    "fresh": lambda: fresh(*WORDS[3:]),
    "twice": lambda: [*fresh("ab", "ab"), "ab", *fresh("ab")],
    "tuple": lambda: tuple(fresh(*WORDS[:8])),
    "beside others": lambda: [None, 1, 2.5, ("a", "b"), *fresh("a", "ab"), (), True],
    "own": lambda: [*fresh("a"), Text("inside"), "b", Text("a")],
    "none": lambda: [],
}
LEAVES = ("tuple", "beside others", "own")      # for the types of what is asked


@pytest.mark.parametrize("kind", ITEMS)
@pytest.mark.parametrize("hashed", (True, False))
def test_searches(kind, hashed):
    plain, fast = program(SEARCHES), program(SEARCHES, "loop")
    before, answers = framejit.stats()["native_iterations"], []
    for turn in range(40):
        for function in (plain["loop"], fast["loop"]):
            items, words, Text.asked = ITEMS[kind](), fresh(*WORDS), 0
            if hashed:
                assert [hash(item) for item in items] and [hash(word) for word in words] if items else True
            answers.append((function(items, words, 40), Text.asked))
        assert answers[-1] == answers[-2]
        if turn > 3 and (kind in LEAVES or framejit.stats()["native_iterations"] > before):
            break
    assert kind in LEAVES or framejit.stats()["native_iterations"] > before


def test_one_letter_differs():
    """Hashes that nobody has asked for, one length, one kind: the letters decide."""
    source = "def loop(items, word, n):\n    s = 0\n    for k in range(n):\n        s += word in items\n    return s"
    plain, fast = program(source), program(source, "loop")
    for word in ("abc", "abd", "ab\xe9", "ab\u20ac", "ab"):
        for _ in range(4):
            given = fresh("xyz", "abd", "ab\u20ac"), *fresh(word)
            assert fast["loop"](*given, 30) == plain["loop"](*given, 30)
