# Plain values as bytes and back: what is kept on disk beside machine code.  Python's own ways tell audit hooks, or import modules that
# the program would see.

from cpython.bytes cimport PyBytes_AS_STRING
from cpython.unicode cimport PyUnicode_AsEncodedString, PyUnicode_Decode

cdef extern from "Python.h":
    int PyUnicode_CHECK_INTERNED(object text)

cdef extern from "kept.h":
    object fj_kept_sources(const char *folder)


cdef bytes _sized(const char *tag, bytes content):
    return tag[:1] + len(content).to_bytes(4, "little") + content


cdef bytes _whole(value):
    return _sized(b"i", value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True))


cdef int _pack(value, list parts, bint names) except -1:
    kind = type(value)
    cdef double number
    if value is None or value is True or value is False or value is Ellipsis:
        parts.append(b"N" if value is None else b"T" if value is True else b"F" if value is False else b"E")
    elif kind is int:
        parts.append(_whole(value))
    elif kind is float:
        number = value
        parts.append(b"f" + (<char *>&number)[:8])
    elif kind is complex:
        parts.append(b"c")
        _pack(value.real, parts, names)
        _pack(value.imag, parts, names)
    elif kind is str:
        parts.append(_sized(b"n" if names and PyUnicode_CHECK_INTERNED(value) else b"s", PyUnicode_AsEncodedString(value, "utf-8", "surrogatepass")))
    elif kind is bytes:
        parts.append(_sized(b"b", value))
    elif kind is tuple or kind is list or kind is dict:
        parts.append((b"t" if kind is tuple else b"l" if kind is list else b"d") + len(value).to_bytes(4, "little"))
        for item in [part for pair in value.items() for part in pair] if kind is dict else value:
            _pack(item, parts, names)
    else:
        raise TypeError(f"{kind.__name__} can't be packed")
    return 0


def pack(value, names=True):
    """Bytes that `unpack` makes an equal value of: numbers, texts, bytes, None, bools, Ellipsis; tuples, lists and dictionaries of them.
    TypeError: something else is in it.  `names`: interned texts become interned ones, and are told apart from others."""
    parts = []
    _pack(value, parts, names)
    return b"".join(parts)


cdef class _Reader:
    cdef const char *at
    cdef const char *end
    cdef object held

    def __cinit__(self, bytes content):
        self.held = content
        self.at = PyBytes_AS_STRING(content)
        self.end = self.at + len(content)

    cdef const char *take(self, Py_ssize_t count) except NULL:
        cdef const char *found = self.at
        if count < 0 or self.end - found < count:
            raise ValueError("packed values are cut short")
        self.at = found + count
        return found

    cdef Py_ssize_t count(self) except -1:
        cdef const unsigned char *found = <const unsigned char *>self.take(4)
        return found[0] | found[1] << 8 | found[2] << 16 | <Py_ssize_t>found[3] << 24

    cdef object text(self, bint interned):
        cdef Py_ssize_t size = self.count()
        found = PyUnicode_Decode(self.take(size), size, "utf-8", "surrogatepass")
        return sys.intern(found) if interned else found

    cdef object items(self):
        cdef Py_ssize_t size = self.count(), i
        found = []
        for i in range(size):
            found.append(self.value())
        return found

    cdef object pairs(self):
        cdef Py_ssize_t size = self.count(), i
        found = {}
        for i in range(size):
            key = self.value()
            found[key] = self.value()
        return found

    cdef object number(self):
        cdef double number
        memcpy(&number, self.take(8), 8)
        return number

    cdef object value(self):
        cdef char tag = self.take(1)[0]
        cdef Py_ssize_t size
        if tag == c"i":
            size = self.count()
            return int.from_bytes(self.take(size)[:size], "little", signed=True)
        if tag == c"n" or tag == c"s":
            return self.text(tag == c"n")
        if tag == c"b":
            size = self.count()
            return self.take(size)[:size]
        if tag == c"f":
            return self.number()
        if tag == c"t":
            return tuple(self.items())
        if tag == c"l":
            return self.items()
        if tag == c"d":
            return self.pairs()
        if tag == c"c":
            real = self.value()
            return complex(real, self.value())
        for known, meant in ((c"N", None), (c"T", True), (c"F", False), (c"E", Ellipsis)):
            if tag == <char>known:
                return meant
        raise ValueError("packed values are damaged")


def unpack(bytes content):
    """What `pack` has made bytes of; ValueError: these weren't made by it."""
    cdef _Reader reader = _Reader(content)
    found = reader.value()
    if reader.at != reader.end:
        raise ValueError("packed values are damaged")
    return found


def sources(bytes folder):
    """A text that is another one as soon as a file of this package is; empty: it has no files."""
    return fj_kept_sources(folder)
