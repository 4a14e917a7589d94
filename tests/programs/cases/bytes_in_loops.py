# native: entry
# bytes and bytearrays in hot loops: buffers that somebody has, that move and shrink in mid-loop, values that are no bytes, which of the
# interpreter's own objects a slice is, subclasses, and what is only like bytes.

import sys
import traceback

from turns import Counted

EMPTY = b""


def summed(n, data):
    s = 0
    for k in range(n):
        for b in data:
            s = (s * 31 + b) & 0xffff
        for i in range(len(data)):
            s ^= data[i] + data[-1 - i]
    return s


def looked_for(n, data, x):
    count = 0
    for k in range(n):
        count += (x in data) + (b"ab" in data) + (data[k % 3:k % 3 + 1] in data) + (k % 250 in data)
    return count


def fills(n, buffer, values):
    s = 0
    for k in range(n):
        for i in range(len(buffer)):
            buffer[i] = (buffer[i - 1] * 5 + k) & 255
        buffer[k % 4] = values[k % len(values)]
        s += buffer[0]
    return s, buffer


def grows(n, buffer, change):
    """A callee makes it longer or shorter while it is walked over, and by index."""
    s = 0
    for k in range(n):
        for i, b in enumerate(buffer):
            s += b
            if i == 3:
                change(buffer, k)
        for i in range(len(buffer)):
            s += buffer[i]
            if i == 5:
                change(buffer, k + 1)
        for a, b in zip(buffer, b"some more of these"):
            s += a < b
    return s, len(buffer)


def changed(buffer, k):
    if k % 3 == 0:
        buffer.extend(b"0123456789" * 20)
    else:
        del buffer[8:]


def walked(n, buffer):
    """Grows while it is walked over, by itself."""
    for k in range(n):
        for b in buffer:
            if len(buffer) < 40 + k:
                buffer.append(b)
            elif b == 7:
                buffer.pop()
    return len(buffer), sum(buffer), sys.getsizeof(buffer)


def built(n, parts):
    for k in range(n):
        out, line, more = bytearray(), bytes([k & 255, 1]), bytearray(3)
        for part in parts:
            out += part
            out.append(len(part) & 255)
            out.extend(line)
            out.extend([k & 127, 2])
        more[1:2] = out
        more[0:3] = b"xyz"
        last = out.pop(), out.pop(0), more.pop(-2)
    return bytes(out), more, last, sys.getsizeof(out), sys.getsizeof(more), line * 3 + b"." + out


def held(n, buffer, keep):
    """Somebody has the buffer: it may be written, and can't move."""
    view = None
    for k in range(n):
        buffer[k % len(buffer)] = k & 255
        if k == 90:
            view = memoryview(buffer) if keep else None
        if k > 80:
            buffer.append(k & 255)
        if k > 95:
            buffer[1:2] = b"abc"
    return len(buffer), buffer[-3:], view


def identities(n, data):
    """Which object a part is shows nobody but `is`."""
    count = 0
    for k in range(n):
        count += (data[:] is data) + (data[0:1] is data[0:1]) + (data[3:3] is EMPTY) + (data[::2] is data[::2]) + (data[0:2] is data[0:2]) + (bytes(data) is data)
        count += 10 * ((data + b"" is data) + (b"" + data is data) + (data * 1 is data) + (data[4:1:-3] is data[4:5]))
    return count, data[::-1], data[1:-1:3], data[5:1:-2], data[-3:]


def compared(n, a, b):
    count = 0
    for k in range(n):
        count += (a == b) + 2 * (a < b) + 4 * (a >= b) + 8 * (a[:k % 5] == b[:k % 5]) + 16 * (a != b) + 32 * (a[1:] > b)
    return count


def methods(n, data, letter):
    s = 0
    for k in range(n):
        s += data.find(letter) + data.count(letter) + len(data.strip()) + len(data.split(letter)) + data.startswith(b"ab") + data.index(letter)
        s += len(b", ".join([data, letter, bytes((k & 63, 2))]).replace(letter, b"--")) + len(data.hex()) + len(data.decode())
    return s, data.upper(), type(data.lower())


def typed(n, values):
    """One place, all that is like bytes."""
    s = 0
    for k in range(n):
        data = values[k % len(values)]
        for i in range(len(data)):
            s += data[i] == 97
        if data:
            s += len(data[1:3])
    return s


class Shifted(bytes):
    def __getitem__(self, index): return bytes.__getitem__(self, index) if isinstance(index, slice) else bytes.__getitem__(self, index) + 1
    def __len__(self): return 2


class Array(bytearray):
    def __setitem__(self, index, value): bytearray.__setitem__(self, index, value & 127)


class Index:
    def __init__(self, l): self.l = l
    def __index__(self): self.l.append(1); return 65


class Block:
    """A function of blocks of bytes, which are temporaries."""

    def __init__(self): self.table = bytes(range(255, -1, -1))

    def digest(self, block):
        a = 1
        for b in block:
            a = (a * 33 ^ self.table[b]) & 0xffffff
        return a

    def all(self, data, size):
        return [self.digest(data[i:i + size]) for i in range(0, len(data), size)]


def ends(n, l):
    data = bytearray(b"abc")
    for k in range(n):
        data = bytearray(data) + b"x" if k % 7 else bytearray(data[:3])
        x = Counted(l)
    return data


def escapes(text):
    """From a file to an answer: what decoders look like."""
    out, state = bytearray(), 0
    for c in text:
        if c == 37:
            state = 2
        elif state:
            out.append(c ^ 32)
            state -= 1
        elif 65 <= c <= 90 or c in b"._-":
            out.append(c)
        else:
            out += b"%%%02x" % c
    return bytes(out)


def shown(function, *arguments):
    try:
        print(function.__name__, repr(function(*arguments)))
    except Exception as error:
        trace = error.__traceback__.tb_next
        while trace is not None:
            frame = trace.tb_frame
            print("   ", frame.f_code.co_name, trace.tb_lineno, sorted([(name, value) for name, value in frame.f_locals.items() if isinstance(value, (int, bytes, bytearray))]))
            trace = trace.tb_next
        frame = None        # no cycle is left for the collector
        print("".join(traceback.format_exception(error)) if turn == 0 else repr(error))


for turn in range(3):
    text = b"abcdefgh, Some MORE of it %41 \xff\x00\x80" * 3
    for data in (text, bytearray(text), b"", list(text), Shifted(text), memoryview(text)):
        shown(summed, 50, data)
    for x in (97, 7, b"zz", True, 256, -1, "a", None):
        shown(looked_for, 60, text, x)
        shown(looked_for, 60, bytearray(text), x)
    for value in (1, True, 255, 256, -1, 2.0, b"a", 2**70, Index([])):
        shown(fills, 60, bytearray(b"12345678"), [1, 2, value])
    shown(fills, 60, Array(b"12345678"), [1, 200])
    shown(fills, 60, b"12345678", [1, 200])
    shown(grows, 30, bytearray(b"abcdefghijkl"), changed)
    shown(walked, 60, bytearray(b"\x07abc\x07"))
    shown(built, 60, [b"ab", bytearray(b"cde"), b"", bytearray()])
    shown(built, 60, [b"ab", memoryview(b"cde")])
    shown(held, 120, bytearray(50), False)
    shown(held, 120, bytearray(50), True)
    shown(identities, 60, text)
    shown(identities, 60, bytearray(text))
    for a, b in ((text, text[:]), (text, bytearray(text)), (b"ab", b"abc"), (b"\xff", b"a"), (text, "abc"), (text, memoryview(text))):
        shown(compared, 60, a, b)
    for data in (text[:-3], bytearray(text[:-3]), b"\xff, b", b"none"):
        shown(methods, 60, data, b", ")
    shown(typed, 200, [text, text.upper()])
    shown(typed, 200, [text, bytearray(text), "abc", [97, 98], Shifted(b"abc"), b""][:3 + turn])
    shown(Block().all, text * 20, 7)
    l = []
    shown(ends, 100, [0])
    shown(escapes, text * 30)
    shown(escapes, bytearray(text))
