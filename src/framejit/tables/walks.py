"""Iterators over dictionaries and sets: what a loop gets of each entry."""

PARTS = {type(iter(set())): ("key",), type(iter({})): ("key",), type(iter({}.values())): ("value",), type(iter({}.items())): ("key", "value")}
