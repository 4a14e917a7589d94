# Slots: how the calls of a code object's functions reach its regions.

cdef class Slot:
    """What is known of one code object: its regions, and how its functions' calls reach them."""

    cdef FjSlot c
    cdef object held, code_reference, __weakref__
    cdef list bodies, entrances
    cdef object copy_led
    cdef Py_ssize_t stubs

    def __cinit__(self, code):
        self.c.object = <PyObject *>self
        self.c.original = <PyObject *>code
        self.c.parameters = code.co_argcount
        self.c.plain = code.co_flags & 0x0C == 0 and code.co_kwonlyargcount == 0 and not (code.co_cellvars or code.co_freevars)
        self.c.until = 0x7FFFFFFF
        self.held = ()
        self.bodies = []
        self.entrances = []
        self.code_reference = weakref.ref(code)

    def __dealloc__(self):
        self.c.original = NULL
        if self.c.anew:
            fj_made_anew(&self.c, 0)
        PyMem_Free(self.c.variants)
        PyMem_Free(self.c.entrances)
        Py_XDECREF(self.c.versions)

    @property
    def variants(self):
        """The regions that calls try, in order."""
        return list(self.held)

    @variants.setter
    def variants(self, regions):
        cdef int i
        regions = tuple(regions)
        for region in regions:
            if not isinstance(region, Region):
                raise TypeError("variants are regions")
            if (<Region>region).c.native == NULL:
                raise ValueError("a region whose code is to come")
        cdef FjRegion **fresh = <FjRegion **>PyMem_Calloc(len(regions) + 1, sizeof(FjRegion *))
        cdef FjRegion **old = self.c.variants
        for i in range(len(regions)):
            fresh[i] = &(<Region>regions[i]).c
        before = self.held
        self.c.nvariants = self.c.nquick = 0
        self.held = regions
        self.c.variants = fresh
        self.c.nvariants = len(regions)
        fj_slot_changed(&self.c)
        PyMem_Free(old)

    @property
    def code(self):
        return self.code_reference()

    @property
    def armed(self):
        return bool(self.c.armed)

    @armed.setter
    def armed(self, value):
        self.c.armed = bool(value)

    @property
    def waits(self):
        """Whether calls that nothing fits ask, while armed, only when a worker is done."""
        return bool(self.c.waits)

    @waits.setter
    def waits(self, value):
        self.c.waits = bool(value)

    @property
    def anew(self):
        """Whether functions of this code are made again and again: new ones are prepared as they are made (3.12 and later)."""
        return bool(self.c.anew)

    @anew.setter
    def anew(self, value):
        if bool(value) != bool(self.c.anew):
            fj_made_anew(&self.c, bool(value))

    @property
    def recursive(self):
        """Calls are interpreted: native ones were about to use up the C stack."""
        return bool(self.c.recursive)

    @recursive.setter
    def recursive(self, value):
        self.c.recursive = bool(value)

    @property
    def ignored(self):
        return bool(self.c.ignored)

    @ignored.setter
    def ignored(self, value):
        self.c.ignored = bool(value)

    @property
    def rearm(self):
        """Every so many calls that no region took, on_call is asked again; 0: never."""
        return self.c.rearm

    @rearm.setter
    def rearm(self, value):
        self.c.rearm = value

    @property
    def trial(self):
        """Calls of new variants after which they and the interpreter are tried by turns; 0: never."""
        return self.c.trial

    @trial.setter
    def trial(self, value):
        self.c.trial = value

    @property
    def calls(self):
        return self.c.calls

    @property
    def misses(self):
        return self.c.misses


cdef Slot _slot(code):
    if type(code) is not types.CodeType:
        raise TypeError(f"a code object is wanted, not {type(code).__name__}")
    cdef FjSlot *found = fj_slot_of(code)
    if found != NULL:
        return <Slot><object>found.object
    cdef Slot slot = Slot.__new__(Slot, code)
    fj_slot_attach(code, &slot.c)
    return slot


GENERATED = 0x20 | 0x80 | 0x200         # generators, coroutines, asynchronous generators
OPTIMIZED = 0x01 | 0x02


def slot_of(code):
    """The slot of a code object, made when there is none."""
    return _slot(code)


def prepare(function):
    """Make a function's calls go through its code object's slot.  The slot; None when they can't."""
    if type(function) is not types.FunctionType:
        return None
    code = function.__code__
    if code.co_flags & GENERATED or code.co_flags & OPTIMIZED != OPTIMIZED:
        return None
    module = function.__module__        # may be anything
    if type(module) is str and module.partition(".")[0] == "framejit" or not code.co_consts:
        return None
    cdef Slot slot = _slot(code)
    if fj_prologue and slot.c.copy == NULL:
        fj_show_originals()
        copy, shift = copied_code(code, fj_stub_new(&slot.c))
        if copy is None:
            return None
        slot.c.shift = shift
        fj_slot_attach_copy(copy, &slot.c)
        fj_keep_learned(code, copy, shift)
    return slot if fj_prepare(function, &slot.c) else None


def release(function):
    """Give a function its own entry back."""
    if type(function) is types.FunctionType:
        fj_release(function)


def original_code(code):
    """The code object that a copy was made from; others as they are."""
    cdef FjSlot *slot = fj_slot_of(code)
    if slot != NULL and slot.original != <PyObject *>code:
        return <object>slot.original
    return code


def specialised_texts(code):
    """The bytecode of a code object and of its copy as the interpreter has specialised them, without the copy's prologue."""
    cdef FjSlot *slot = fj_slot_of(code)
    if slot == NULL or slot.copy == NULL:
        return [code._co_code_adaptive]
    text, behind = (<object>slot.copy)._co_code_adaptive, 2 * resume_unit(<object>slot.original) + 2
    return [(<object>slot.original)._co_code_adaptive, text[:behind] + text[behind + 2 * slot.shift:]]


def ignore(code):
    """Samples that find this code object return at once."""
    _slot(code).c.ignored = 1


def verdict(compiled, interpreted, bint doubted):
    """Tests: what becomes of code on trial that took so long for each of 25 batches, where the interpreter took so long."""
    cdef int64_t spent[2][25]
    for place, (one, other) in enumerate(zip(compiled, interpreted, strict=True)):
        spent[0][place], spent[1][place] = one, other
    return ("wins", "undecided", "loses")[fj_verdict(spent[0], spent[1], 0, doubted)]
