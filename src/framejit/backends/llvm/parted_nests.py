"""Nests with their parts: what the runtime computes by itself where it would be computed more often than NumPy does (ext/nest_parts.c)."""

from framejit.backends.llvm.described_nests import is_register
from framejit.backends.llvm.nests import Kernel
from framejit.loops.nest_parts import parted


def described(nest, number, threads, declarations):
    """Lines of a nest's kernel and of the constants that describe it, those of its parts before them."""
    found = parted(nest, is_register)
    if found is None:
        yield from Kernel(nest, number, threads, declarations).run()
        return
    yield from Kernel(found.main, f"{number}.main", threads, declarations).run()
    for place, (part, _) in enumerate(found.parts):
        yield from described(part, f"{number}.{place}", threads, declarations)
        yield from numbers(f"@takes{number}.{place}", found.parts[place][1])
    yield from numbers(f"@takes{number}.main", found.takes)
    rows = ", ".join([f"{{ ptr, ptr }} {{ ptr @nest{number}.{place}, ptr @takes{number}.{place} }}" for place in range(len(found.parts))])
    yield f"@parts{number} = internal constant [{len(found.parts)} x {{ ptr, ptr }}] [{rows}]"
    yield f"@parted{number} = internal constant {{ ptr, ptr, ptr, i64 }} {{ ptr @nest{number}.main, ptr @takes{number}.main, ptr @parts{number}, i64 {len(found.parts)} }}"
    yield from Kernel(nest, number, threads, declarations, f"@parted{number}").run()


def numbers(name, values):
    yield f"{name} = internal constant [{len(values)} x i32] [{', '.join([f'i32 {value}' for value in values])}]"


__all__ = ["described"]
