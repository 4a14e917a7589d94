"""Code objects for tests: a sample of the standard library's functions, modules and classes."""

import os
import types
import warnings
from functools import cache


def nested(code):
    """`code` and all code objects within."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from nested(constant)


def _files():
    folder = os.path.dirname(os.__file__)
    packages = [folder] + [os.path.join(folder, name) for name in ("asyncio", "json", "email", "concurrent/futures", "unittest")]
    for package in packages:
        yield from sorted(os.path.join(package, name) for name in os.listdir(package) if name.endswith(".py"))


@cache
def sample(every=7):
    """(file name, code) for each `every`-th code object of the standard library."""
    found = []
    count = 0
    for path in _files():
        with open(path, "rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = compile(file.read(), os.path.basename(path), "exec")
        for code in nested(module):
            count += 1
            if count % every == 0:
                found.append((os.path.basename(path), code))
    return found
