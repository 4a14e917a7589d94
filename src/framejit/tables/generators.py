"""The classes of random generators whose numbers native code draws, as the program has them by now; int, which has no such methods, where it doesn't.

    numpy.random.Generator; numpy.random.RandomState, of which numpy.random's functions are methods; _random.Random, from which random.Random inherits
"""

import sys
from functools import cache

from framejit._machine import knows_twister
from framejit.tables.classes import HEAP, flags_of


def of_module(module, name):
    found = vars(sys.modules.get(module, sys)).get(name)
    return found if type(found) is type else int


def generator_type():
    found = of_module("numpy.random._generator", "Generator")
    return int if flags_of(found) & HEAP else found


def legacy_type():
    found = of_module("numpy.random.mtrand", "RandomState")
    return int if flags_of(found) & HEAP else found


def twister_type():
    found = of_module("_random", "Random")
    return found if found is not int and knows_twister(found) else int


def made_by(maker):
    """Something like what RandomState and `default_rng` give; None for what isn't one of these."""
    module = vars(sys.modules.get("numpy.random._generator", sys))
    own = maker is module.get("default_rng") and type(maker) is type(vars(generator_type()).get("random"))
    return example(maker) if maker is not None and (own or maker is legacy_type() is not int) else None


@cache
def example(maker):
    return maker(0)


__all__ = ["generator_type", "legacy_type", "made_by", "twister_type"]
