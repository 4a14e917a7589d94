"""The opcodes of the running CPython as one table of 256 rows, made once at import.

`TABLE[opcode]` is the row of that opcode; an opcode without a row has one that ends a region.  On a version that
has no rows `SUPPORTED` is False and every opcode ends a region.
"""

import dis
import sys

from . import v311, v312, v313
from .rows import other

VERSIONS = {(3, 11): v311, (3, 12): v312, (3, 13): v313}

RUNNING = VERSIONS.get(sys.version_info[:2]) if sys.implementation.name == "cpython" else None

SUPPORTED = RUNNING is not None

NULL_ABOVE = SUPPORTED and RUNNING.NULL_ABOVE


def _table() -> tuple:
    rows = {row.opname: row for row in RUNNING.ROWS} if SUPPORTED else {}
    return tuple(rows.get(opname) or other(opname) for opname in dis.opname[:256])


TABLE = _table()
