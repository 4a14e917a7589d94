# The sampler's thread, the worker that compiles beside the program, and what callbacks ask of them.

def sampler_start(interval_us):
    """Look at the running frame every so many microseconds."""
    if fj_sampler_start(interval_us) < 0:
        raise RuntimeError("no thread for the sampler")


def keep_memory(size):
    """From native code's first array on, so many bytes of memory of arrays that ended stay with the process; 0: as the C library does."""
    fj_memory_wanted(size)


def memory_available(size):
    """Whether the system would give so many bytes now."""
    return bool(fj_memory_available(size))


_behind_fork = None         # what waits for the end of a fork


def before_fork():
    """A hook of os.register_at_fork: nothing of ours runs beside the program any longer, and nothing begins."""
    fj_before_fork(behind_fork)


def behind_fork():
    """The hook for both processes: what was wanted before begins again."""
    global _behind_fork
    fj_behind_fork()
    waiting, _behind_fork = _behind_fork, None
    if waiting is not None:
        as_guest(waiting)


def call_behind_fork(waiting):
    """Call this once the fork is over that keeps something from beginning."""
    global _behind_fork
    _behind_fork = waiting


def forks():
    """Whether the process is about to fork: nothing may begin."""
    return bool(fj_forks())


def seconds_had():
    """Seconds of the processor that this process has had, and those before that it was forked from: never less than it was."""
    return fj_seconds_had()


def guest_lasts():
    """What the callback that runs has made is imported: the program's collections leave it out."""
    fj_guest_lasts()


def room(levels):
    """This thread may go so many frames deeper than its recursion limit says; negative: as before."""
    fj_room(levels)


def imports_begin(first=None):
    """What this thread makes until `imports_end` is left out of the program's collections, and all that was made since the list `first` was;
    False: not now, nothing is to be ended."""
    return fj_imports_begin(<PyObject *>first if type(first) is list else NULL)


def imports_end():
    """The program's collector goes on."""
    fj_imports_end()


def as_guest(work):
    """Call `work` as the machine calls the compiler; whether it came back without an exception."""
    cdef PyObject *answer = fj_call_back(<PyObject *>work, NULL, 0)
    if answer == NULL:
        return False
    Py_DECREF(<object>answer)
    return True


def names_are_text(names):
    """Whether looking up a name here runs no code of the program's: an exact dict whose keys are exact strings."""
    return type(names) is dict and bool(fj_text_keys(names))


def looks():
    """How many looks the question that is being asked stands for; those before were only counted."""
    return fj_place_looks


def first_looks(asked):
    """Whether on_sample hears of the first look at code that is not at a loop's jump."""
    global fj_first_looks
    fj_first_looks = bool(asked)


def sampler_pace(interval_us):
    """From now on look every so many microseconds."""
    fj_sampler_pace(interval_us)


def look_here():
    """Tests: the sampler looks at the frame's next jumps, wherever it has been before."""
    fj_look_here(0)


def sampler_stop():
    """Stop and join the sampler's thread; it isn't wanted any longer."""
    fj_sampler_end()


def worker_prepare(addresses):
    """Where the compiler's functions and objects lie, in the order of `Compiler` in ext/beside.c."""
    cdef size_t count = len(addresses), i
    cdef void **raw = <void **>PyMem_Calloc(count + 1, sizeof(void *))
    for i in range(count):
        raw[i] = <void *><size_t>addresses[i]
    cdef int failed = fj_worker_prepare(raw, count)
    PyMem_Free(raw)
    if failed < 0:
        raise ValueError("the compiler's functions are not those that are known")


def worker_begin(int lane, int way, bytes text):
    """Compile this text beside the program, at the level that the way stands for; False: the lane compiles something, or can't."""
    return bool(fj_worker_begin(lane, way, text))


def worker_done(int lane):
    """Whether a lane's worker has made something that waits to be taken."""
    return bool(fj_worker_done(lane))


def worker_due(looks):
    """Call on_compiled once so many looks have found native code running; 0: don't."""
    fj_worker_due(looks)


def worker_open(path):
    """Load a library beside the program."""
    fj_worker_open(os.fsencode(path))


def worker_wait():
    """Until nothing is being compiled."""
    fj_worker_wait()


def worker_take(int lane):
    """The object file that a lane's worker has made, None when it failed, and the seconds that it took."""
    return fj_worker_take(lane)
