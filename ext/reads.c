/* Files of our own that are read while the GIL is held: in a program with several threads each of them takes it when it is let go, and keeps it
   for milliseconds, so that the imports of the compiler, with ten calls of the system each, would take seconds. */
#include <Python.h>
#include "kept.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* (seconds since 1970, bytes) of when a file was changed, and how long it is; None: the caller has to ask otherwise. */
PyObject *fj_file_stamp(const char *path) {
    struct stat found;
    if (stat(path, &found) < 0) Py_RETURN_NONE;
    return Py_BuildValue("dL", found.st_mtim.tv_sec + 1e-9 * found.st_mtim.tv_nsec, (long long)found.st_size);
}

static int read_all(int file, char *into, Py_ssize_t size) {
    for (Py_ssize_t have = 0; have < size; ) {
        ssize_t more = read(file, into + have, size - have);
        if (more <= 0) return 0;
        have += more;
    }
    return 1;
}

/* All of a regular file; None: the caller has to read it otherwise. */
PyObject *fj_file_bytes(const char *path) {
    struct stat found;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) Py_RETURN_NONE;
    PyObject *bytes = fstat(file, &found) == 0 && S_ISREG(found.st_mode) ? PyBytes_FromStringAndSize(NULL, found.st_size) : NULL;
    if (bytes && !read_all(file, PyBytes_AS_STRING(bytes), found.st_size)) Py_CLEAR(bytes);
    close(file);
    PyErr_Clear();
    return bytes ? bytes : Py_NewRef(Py_None);
}
