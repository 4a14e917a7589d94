# Machine code out of object files, and the folder where these are kept for other processes.

cdef extern from "linker.h":
    ctypedef struct FjLoaded:
        void *memory
        size_t size
        void *entry
    object fj_object_imports(const char *data, size_t size)
    const char *fj_object_load(const char *data, size_t size, void **addresses, size_t count, FjLoaded *loaded)
    void fj_object_unload(FjLoaded *loaded)

cdef extern from "kept.h":
    enum: FJ_DIGEST
    void fj_digest(const void *bytes, size_t count, unsigned char *digest)
    object fj_kept_read(const char *folder, const char *key, size_t size)
    object fj_kept_write(const char *folder, const char *key, size_t key_size, const char *object, size_t size, unsigned long long microseconds)
    object fj_kept_trim(const char *folder, long long most)
    object fj_cpu()
    object fj_kept_stamp(const char *path)
    object fj_file_stamp(const char *path)
    object fj_file_bytes(const char *path)

cdef extern from "<gnu/libc-version.h>":
    const char *gnu_get_libc_version()

cdef extern from *:
    const char *Py_GetVersion()

cdef extern from "machine.h":
    void *fj_symbol(const char *name)


cdef class Code:
    """The machine code of one object file, as long as this lives; `addresses` are those of `object_imports`.  ValueError: it has
    something that the linker doesn't know."""

    cdef FjLoaded c

    def __cinit__(self, bytes object, addresses):
        cdef size_t count = len(addresses), i
        cdef const char *problem
        cdef void **raw = <void **>PyMem_Calloc(count + 1, sizeof(void *))
        if raw == NULL:
            raise MemoryError
        try:
            for i in range(count):
                raw[i] = <void *><size_t>addresses[i]
            problem = fj_object_load(object, len(object), raw, count, &self.c)
        finally:
            PyMem_Free(raw)
        if problem != NULL:
            raise ValueError(problem.decode())

    def __dealloc__(self):
        fj_object_unload(&self.c)

    @property
    def address(self):
        """Where its region begins."""
        return <size_t>self.c.entry


def object_imports(bytes object):
    """Names that an object file needs the addresses of; ValueError: it has something that the linker doesn't know."""
    names = fj_object_imports(object, len(object))
    if type(names) is str:
        raise ValueError(names)
    return names


def symbol(bytes name):
    """The address of something that generated code may refer to; 0: there is no such thing."""
    return <size_t>fj_symbol(name)


def cpu():
    """What the processor says of itself; equal bytes: LLVM makes the same code."""
    return fj_cpu()


def stamp(bytes path):
    """Size and time of a file or folder, as text; empty: it isn't there."""
    return fj_kept_stamp(path)


def python():
    """The interpreter's version and how it was built."""
    return Py_GetVersion().decode()


def system():
    """The C library's version."""
    return gnu_get_libc_version().decode()


def digest(bytes content):
    """The content's BLAKE2b with 32 bytes, in hexadecimal digits."""
    cdef unsigned char made[FJ_DIGEST]
    fj_digest(<const char *>content, len(content), made)
    return (<bytes>(<const char *>made)[:FJ_DIGEST]).hex()


def kept_read(bytes folder, bytes key):
    """(object, microseconds that making it took); None: there is none; a text: why what is there isn't used."""
    return fj_kept_read(folder, key, len(key))


def kept_write(bytes folder, bytes key, bytes object, microseconds):
    """None, or a text: why it isn't kept."""
    return fj_kept_write(folder, key, len(key), object, len(object), microseconds)


def kept_trim(bytes folder, most):
    """(files, bytes) once the folder has at most so many bytes; 0: none.  A text: why it can't be used."""
    return fj_kept_trim(folder, most)


def file_stamp(path):
    """(seconds, bytes): when a file was changed, and how long it is; None where that isn't to be had."""
    return fj_file_stamp(path.encode("utf-8", "surrogateescape"))


def file_bytes(path):
    """All of a file; None where that isn't to be had."""
    return fj_file_bytes(path.encode("utf-8", "surrogateescape"))
