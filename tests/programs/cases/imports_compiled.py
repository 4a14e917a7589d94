# What imports run is compiled as it comes: the standard library's own loops, regular expressions, dataclasses, NumPy.
# imports: compiled
# native: loop
import asyncio
import dataclasses
import json
import re
import tracemalloc
from decimal import Decimal
from fractions import Fraction

import numpy as np


@dataclasses.dataclass(order=True)
class Word:
    text: str
    count: int = 0
    places: list = dataclasses.field(default_factory=list, compare=False)


def words(text):
    found = {}
    for match in re.finditer(r"(?P<word>[a-z]+)(?:'s)?", text):
        word = found.setdefault(match["word"], Word(match["word"]))
        word.count += 1
        word.places.append(match.start())
    return sorted(found.values())


async def later(value):
    await asyncio.sleep(0)
    return value


async def all_of_them(count):
    return await asyncio.gather(*[later(number) for number in range(count)])


print(words("the cat's tail is the end of the cat")[:3])
print(asyncio.run(all_of_them(5)), json.dumps({"a": [1, 2.5, None]}), json.loads("[1, {\"b\": 2e3}]"))
print(Fraction(3, 4) + Fraction(1, 6), Decimal("1.10") * 3, tracemalloc.is_tracing())
print(np.arange(12).reshape(3, 4).sum(axis=0), np.array2string(np.linspace(0, 1, 5), precision=3))
try:
    re.compile("(a")
except re.error as error:
    print(error)
