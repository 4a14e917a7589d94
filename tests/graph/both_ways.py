"""Runs a graph through its interpreter and through LLVM, on memory of its own, and gives what both leave behind.

Graphs under test read their inputs from the buffer that home slot 0 points to, and end in an exit that spills
everything of interest.
"""

import ctypes
import math
import struct

from framejit.backends.llvm.engine import engine
from framejit.backends.llvm.lower import lower
from framejit.graph.run import run
from framejit.tables.types import MACHINE_TYPES

LAYOUT = None
FORMATS = {"i1": "?", "i8": "b", "i16": "h", "i32": "i", "i64": "q", "f32": "f", "f64": "d", "ptr": "Q"}
SLOTS = 64


def layout():
    global LAYOUT
    if LAYOUT is None:
        from framejit import _machine
        LAYOUT = _machine.layout()
    return LAYOUT


class Memory:
    """A context, homes, name cells, constants and an input buffer."""

    def __init__(self, inputs=b"", constants=(), homes=(), names=()):
        self.inputs = ctypes.create_string_buffer(inputs, max(len(inputs), 8))
        self.keep = (constants, homes, names)
        self.spill = (ctypes.c_uint64 * SLOTS)()
        self.consts = pointers(id(value) for value in constants)
        self.homes = pointers([ctypes.addressof(self.inputs), *[id(value) for value in homes]])
        self.names = pointers(id(value) for value in names)
        self.breaker = ctypes.c_int64(0)
        self.context = (ctypes.c_uint64 * 16)()
        addresses = {3: self.breaker, 6: self.consts, 7: self.names, 8: self.spill}
        for slot, value in addresses.items():
            self.context[slot] = ctypes.addressof(value)

    @property
    def addresses(self):
        return ctypes.addressof(self.context), ctypes.addressof(self.homes)


def pointers(addresses):
    found = list(addresses)
    return (ctypes.c_uint64 * (len(found) + 8))(*found)


class Compiled:
    """A graph ready to be run both ways."""

    def __init__(self, graph):
        self.graph = graph
        self.text, self.spills = lower(graph, layout())
        self.loaded = engine().load(self.text)
        self.native = ctypes.PYFUNCTYPE(ctypes.c_int64, ctypes.c_size_t, ctypes.c_size_t)(self.loaded.address)

    def natively(self, memory):
        return self.outcome(self.native(*memory.addresses), memory)

    def interpreted(self, memory):
        return self.outcome(run(self.graph, self.spills, layout(), *memory.addresses), memory)

    def outcome(self, code, memory):
        """(code, spilled values as bits, NaNs all alike, the input buffer behind it)"""
        spilled = []
        if code > 0:
            nodes = self.spills[code - 1].nodes
            types = ["f64" if node is None or node.type == "c128" else node.type for node in nodes]      # a complex number takes two words
            spilled = [canonical(type, memory.spill[index]) for index, type in enumerate(types)]
        return code, spilled, memory.inputs.raw

    def agree(self, *, inputs=b"", **memory):
        """The outcome, having checked that both ways lead to it."""
        native = self.natively(Memory(inputs, **memory))
        interpreted = self.interpreted(Memory(inputs, **memory))
        assert native[:2] == interpreted[:2], f"{native[:2]} natively, {interpreted[:2]} interpreted\n{self.text}"
        return native


def canonical(type, word):
    """The bits of a spilled value; a NaN's sign and payload are nobody's promise."""
    row = MACHINE_TYPES[type]
    bits = word & (1 << row.bits) - 1
    if row.floating:
        value = struct.unpack(FORMATS[type], bits.to_bytes(row.bits // 8, "little"))[0]
        return "nan" if math.isnan(value) else bits
    return bits


def packed(type, value):
    """A value in an eight-byte slot of the input buffer."""
    if type == "c128":
        return struct.pack("<dd", value.real, value.imag)
    return struct.pack("<" + FORMATS[type], value).ljust(8, b"\0")
