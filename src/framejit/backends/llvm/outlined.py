"""Fast paths that are called so often in a module that copies of them would be most of it: they become functions that are called.

A copy of twenty lines at two hundred places takes LLVM longer than all the rest, and a call where much is called costs little.
"""

MANY = 40           # calls of a row in a module
SHORT = 10          # lines of one that is always copied
CALL, DEFINE = "call i32 @", "define internal i32 @"      # rows that say whether what they do has been done


def outlined(definitions, lines):
    """The same texts of LLVM functions; `lines`: of the module that calls them."""
    called = {}
    for name in [name_in(line, CALL) for line in lines if CALL in line]:
        called[name] = called.get(name, 0) + 1
    return [text.replace(" alwaysinline {", " noinline nounwind {", 1) if DEFINE in text and long(text) and called.get(name_in(text, DEFINE), 0) > MANY else text
            for text in definitions]


def name_in(text, before):
    start = text.index(before) + len(before)
    return text[start:text.index("(", start)]


def long(text):
    return text.count("\n") > SHORT


__all__ = ["outlined"]
