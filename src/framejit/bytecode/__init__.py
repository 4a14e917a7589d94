"""Bytecode of every supported CPython as one set of normal operations.

    bytecode = decode(function.__code__)
    bytecode.instructions, bytecode.depth[unit], bytecode.loop_headers, bytecode.loops ...
"""

from .decode import Instruction, decode
from .exceptions import Handler
from .flow import Bytecode
from .operations import OPERATIONS
from .show import show
from .versions import SUPPORTED

__all__ = ["Bytecode", "Handler", "Instruction", "OPERATIONS", "decode", "show", "supported"]


def supported() -> bool:
    """Whether the opcodes of the running Python are known."""
    return SUPPORTED
