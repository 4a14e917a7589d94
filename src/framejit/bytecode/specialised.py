"""The names that the running interpreter gives its instructions once it has specialised them."""

import dis

NAMES = tuple(getattr(dis, "_all_opname", dis.opname))


def name(text: bytes, unit: int) -> str:
    """The name of the instruction at a unit of specialised bytecode; empty behind its end."""
    return NAMES[text[2 * unit]] if 2 * unit < len(text) else ""


__all__ = ["name"]
