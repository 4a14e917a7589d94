/* framejit._launch: run a program the way the interpreter's own main() does.

   In: what to run (a file, a command, standard input, a module).  Out: the process's exit status.
   The program must not see who started it: its first frame has no caller, the recursion limit counts from
   there, and an exception that nobody catches is printed by the interpreter's own printer.  So the frames of the
   command line are unlinked and the thread's recursion counters are set to those of a new thread; then the same
   public functions run that Py_RunMain() uses.  The process ends here: going back would run our frames under the
   program's own profiler or tracer.

   Only public headers, but for first_path.c: nothing here depends on how a frame is laid out. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#if PY_VERSION_HEX >= 0x030D0000
#define CURRENT_FRAME(thread) ((thread)->current_frame)
#else
#define CURRENT_FRAME(thread) ((thread)->cframe->current_frame)
#endif

typedef struct _PyInterpreterFrame *FrameLink;

PyObject *first_path(PyObject *module, PyObject *entry);       /* first_path.c */

/* A new thread's counters are the runtime's own limits, whatever patch release this was compiled on. */
static int reset_recursion(PyThreadState *thread)
{
    PyThreadState *fresh = PyThreadState_New(thread->interp);
    if (fresh == NULL) {
        PyErr_NoMemory();
        return -1;
    }
#if PY_VERSION_HEX >= 0x030C0000
    thread->py_recursion_remaining = fresh->py_recursion_remaining;
#if PY_VERSION_HEX < 0x030E0000
    thread->c_recursion_remaining = fresh->c_recursion_remaining;
#endif
#else
    thread->recursion_remaining = fresh->recursion_remaining;
#endif
    PyThreadState_Clear(fresh);
    PyThreadState_Delete(fresh);
    return 0;
}

static int print_error(void)
{
    PyErr_Print();
    return 1;
}

/* file: (program name, path as bytes, path as text) */
static int run_file(PyObject *arguments)
{
    PyObject *program, *shown;
    const char *path;
    struct stat status;
    if (!PyArg_ParseTuple(arguments, "UyU", &program, &path, &shown))
        return print_error();
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        int number = errno;
        PySys_FormatStderr("%U: can't open file %R: [Errno %d] %s\n", program, shown, number, strerror(number));
        return 2;
    }
    if (fstat(fileno(file), &status) == 0 && S_ISDIR(status.st_mode)) {
        PySys_FormatStderr("%U: %R is a directory, cannot continue\n", program, shown);
        fclose(file);
        return 1;
    }
    if (Py_MakePendingCalls() < 0) {
        fclose(file);
        return print_error();
    }
    PyCompilerFlags flags = _PyCompilerFlags_INIT;
    return PyRun_AnyFileExFlags(file, path, 1, &flags) != 0;
}

static int run_stdin(PyObject *arguments)
{
    PyCompilerFlags flags = _PyCompilerFlags_INIT;
    return PyRun_AnyFileExFlags(stdin, "<stdin>", 0, &flags) != 0;
}

/* From 3.13 on a command's source lines are shown in its tracebacks: linecache is told them. */
static int register_source(PyObject *source)
{
#if PY_VERSION_HEX >= 0x030D0000
    PyObject *linecache = PyImport_ImportModule("linecache");
    if (linecache == NULL)
        return -1;
    PyObject *answer = PyObject_CallMethod(linecache, "_register_code", "sOs", "<string>", source, "<string>");
    Py_DECREF(linecache);
    Py_XDECREF(answer);
    return answer == NULL ? -1 : 0;
#else
    return 0;
#endif
}

static int run_command(PyObject *arguments)
{
    PyObject *source;
    if (!PyArg_ParseTuple(arguments, "U", &source))
        return print_error();
    PyObject *text = PyUnicode_AsUTF8String(source);
    if (text == NULL) {
        PySys_WriteStderr("Unable to decode the command from the command line:\n");
        return print_error();
    }
    if (register_source(source) < 0)
        PyErr_Clear();
    PyCompilerFlags flags = _PyCompilerFlags_INIT;
    flags.cf_flags |= PyCF_IGNORE_COOKIE;
    int failed = PyRun_SimpleStringFlags(PyBytes_AS_STRING(text), &flags);
    Py_DECREF(text);
    return failed != 0;
}

/* module: (name, whether runpy sets sys.argv[0]) */
static int run_module(PyObject *arguments)
{
    PyObject *runpy = PyImport_ImportModule("runpy");
    if (runpy == NULL)
        return print_error();
    PyObject *run = PyObject_GetAttrString(runpy, "_run_module_as_main");
    Py_DECREF(runpy);
    if (run == NULL)
        return print_error();
    PyObject *answer = PyObject_Call(run, arguments, NULL);
    Py_DECREF(run);
    if (answer == NULL)
        return print_error();
    Py_DECREF(answer);
    return 0;
}

static const struct {
    const char *name;
    int (*run)(PyObject *arguments);
} kinds[] = {{"file", run_file}, {"stdin", run_stdin}, {"command", run_command}, {"module", run_module}};

/* An interrupt that nobody caught ends the process by the signal itself, as a shell expects. */
static int was_interrupted(int status)
{
    return status == 1 && PySys_GetObject("last_type") == PyExc_KeyboardInterrupt;
}

static void finish(int status)
{
    int interrupted = was_interrupted(status);
    if (Py_FinalizeEx() < 0)
        status = 120;
    if (interrupted) {
        PyOS_setsig(SIGINT, SIG_DFL);
        kill(getpid(), SIGINT);
        status = SIGINT + 128;
    }
    exit(status);
}

static int has_flag(const char *name)
{
    PyObject *flags = PySys_GetObject("flags");
    PyObject *flag = flags ? PyObject_GetAttrString(flags, name) : NULL;
    int answer = flag != NULL && PyObject_IsTrue(flag) > 0;
    Py_XDECREF(flag);
    PyErr_Clear();
    return answer;
}

/* Whether the interpreter's prompt comes behind the program: only where somebody can be asked. */
static int inspect_afterwards(void)
{
    if (!has_flag("interactive") && !isatty(fileno(stdin)))
        return 0;
    const char *environment = getenv("PYTHONINSPECT");
    return has_flag("inspect") || (environment != NULL && environment[0]);
}

/* A full collection walks objects in the order in which they came under its eyes.  Whatever is reached from a dictionary that comes before all
   that holds it is set aside, and taken back level by level, which is a different order in memory: collections of large heaps take twice as
   long, this one and every later one.  The interpreter's own __main__ comes before its dictionary. */
static void main_module_first(void)
{
    PyObject *main_module = PyImport_AddModule("__main__");        /* borrowed */
    PyObject *names = main_module == NULL ? NULL : PyModule_GetDict(main_module);
    if (names == NULL)
        PyErr_Clear();
    else if (PyObject_GC_IsTracked(names)) {
        PyObject_GC_UnTrack(names);
        PyObject_GC_Track(names);
    }
}

static PyObject *launch(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    if (count != 2 || !PyUnicode_Check(arguments[0]) || !PyTuple_Check(arguments[1])) {
        PyErr_SetString(PyExc_TypeError, "launch(kind, arguments)");
        return NULL;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (PyUnicode_CompareWithASCIIString(arguments[0], kinds[i].name) != 0)
            continue;
        PyThreadState *thread = PyThreadState_Get();
        FrameLink ours = CURRENT_FRAME(thread);
        if (reset_recursion(thread) < 0)
            return NULL;
        CURRENT_FRAME(thread) = NULL;
        main_module_first();
        int status = kinds[i].run(arguments[1]);
        if (!inspect_afterwards())
            finish(status);
        CURRENT_FRAME(thread) = ours;
        Py_RETURN_NONE;
    }
    PyErr_SetString(PyExc_ValueError, "unknown kind of program");
    return NULL;
}

static PyObject *importable(PyObject *module, PyObject *path)
{
    PyObject *importer = PyImport_GetImporter(path);
    if (importer == NULL)
        return NULL;
    int answer = importer != Py_None;
    Py_DECREF(importer);
    return PyBool_FromLong(answer);
}

/* Our own Python code at the end of a program that is still traced or profiled: not seen by it. */
static PyObject *unobserved(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    if (count < 1) {
        PyErr_SetString(PyExc_TypeError, "unobserved(function, ...)");
        return NULL;
    }
    PyThreadState *thread = PyThreadState_Get();
    PyThreadState_EnterTracing(thread);
    PyObject *answer = PyObject_Vectorcall(arguments[0], arguments + 1, count - 1, NULL);
    PyThreadState_LeaveTracing(thread);
    return answer;
}

static PyObject *in_main_interpreter(PyObject *module, PyObject *ignored)
{
    return PyBool_FromLong(PyInterpreterState_Get() == PyInterpreterState_Main());
}

static PyMethodDef methods[] = {
    {"first_path", first_path, METH_O, "first_path(entry): the program's sys.path[0] as the interpreter remembers it; None: it has none."},
    {"unobserved", (PyCFunction)(void (*)(void))unobserved, METH_FASTCALL,
     "unobserved(function, ...): call it without a tracer or profiler noticing."},
    {"launch", (PyCFunction)(void (*)(void))launch, METH_FASTCALL,
     "launch(kind, arguments): run a program as the main one, then end the process."},
    {"in_main_interpreter", in_main_interpreter, METH_NOARGS, "Whether this isn't a subinterpreter."},
    {"importable", importable, METH_O, "Whether a path entry finder takes this path: a folder or an archive."},
    {NULL, NULL, 0, NULL}};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "framejit._launch", NULL, -1, methods};

PyMODINIT_FUNC PyInit__launch(void)
{
    return PyModule_Create(&definition);
}
