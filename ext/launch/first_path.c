/* The program's sys.path[0] as the interpreter remembers it: 3.13 compares with it in the message of an AttributeError when a module
   stands in the way of one of Python's own. */
#define Py_BUILD_CORE 1
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#define FJ_REMEMBERED (PY_VERSION_HEX >= 0x030D0000 && PY_VERSION_HEX < 0x030E0000)
#if FJ_REMEMBERED
#include "internal/pycore_interp.h"
#endif

PyObject *first_path(PyObject *module, PyObject *entry)
{
#if FJ_REMEMBERED
    PyConfig *config = &PyInterpreterState_Get()->config;
    wchar_t *path = PyUnicode_AsWideCharString(entry, NULL);
    if (path == NULL)
        return NULL;
    PyStatus status = PyConfig_SetString(config, &config->sys_path_0, path);
    PyMem_Free(path);
    if (PyStatus_Exception(status))
        return PyErr_NoMemory();
#endif
    Py_RETURN_NONE;
}
