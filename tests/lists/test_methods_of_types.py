"""Methods that are read of a type: str.upper, list.append."""

import pytest

from tests.arrays.programs import plain_and_jitted

OF_TYPES = {
    "mapped": "s = 0\n    for word in map(str.strip, words):\n        s += len(word)\n    return s",
    "called": "found = []\n    for word in words:\n        list.append(found, str.upper(word))\n    return found, str.join('-', found), dict.get({1: 2}, 1)",
    "keys": "return sorted(words, key=str.lower), max(words, key=str.isdigit), list(map(str.title, words))",
    "wrong": "try:\n        for k in range(3):\n            str.upper(k)\n    except TypeError as error:\n        return str(error)",
    "absent": "try:\n        return str.shout\n    except AttributeError as error:\n        return str(error)",
    "made": "found = []\n    for k in range(4):\n        found.append((dict.fromkeys([k], 2), int.from_bytes(b'ab', 'big'), str.maketrans('a', 'b'), float.fromhex('0x1p3')))\n    return found",
    "same": "return str.upper is str.upper, dict.fromkeys([1], 2), int.from_bytes(b'ab', 'big'), list.__len__([1]), type(str.split)",
}


@pytest.mark.parametrize("name", OF_TYPES)
def test_methods_of_types(name):
    plain, jitted = plain_and_jitted(f"def f(words):\n    for k in range(9): k += k * k\n    {OF_TYPES[name]}\n")
    words = [" a", "B ", "12", "word"] * 3
    for _ in range(12):
        assert jitted(words) == plain(words)
