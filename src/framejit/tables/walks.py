"""Iterators over dictionaries and sets: what a loop gets of each entry; and the method of a class of iterators that is only called, of which there is one object for all."""

from itertools import chain

PARTS = {type(iter(set())): ("key",), type(iter({})): ("key",), type(iter({}.values())): ("value",), type(iter({}.items())): ("key", "value")}
FLATTENED = chain.from_iterable
