"""Functions of C's that nothing of the program's hears of where they are called with objects of Python's own types (ext/silent.c)."""

OF_ONE = (int, float, str, bool, len, abs, ord, chr, *[getattr(str, name) for name in ("strip", "lstrip", "rstrip", "lower", "upper", "title", "capitalize", "isdigit", "isalpha", "isalnum", "isspace")])
