# Loops that are entered again and again in code that isn't compiled as a whole: entrances.c.

cdef class Entrance:
    """A loop's header, and the regions that are tried there."""

    cdef FjEntrance c
    cdef object held
    cdef readonly int room
    cdef readonly bint closed

    def __cinit__(self, int unit, int depth, int room, int done, int done_depth, steps, int behind):
        cdef int i
        steps = steps[:FJ_STEPS]
        self.c.nsteps, self.c.behind = len(steps), behind
        for i in range(len(steps)):
            self.c.steps[i].slot, self.c.steps[i].next = steps[i]
        self.c.object = <PyObject *>self
        self.c.unit, self.c.depth, self.c.done, self.c.done_depth = unit, depth, done, done_depth
        self.room = room
        self.held = ()

    def __dealloc__(self):
        PyMem_Free(self.c.variants)

    @property
    def unit(self):
        return self.c.unit

    @property
    def entries(self):
        """How often native code was entered here."""
        return self.c.entries

    @property
    def variants(self):
        """The regions, in order."""
        return list(self.held)

    @variants.setter
    def variants(self, regions):
        cdef int i
        regions = tuple(regions)
        cdef FjRegion **fresh = <FjRegion **>PyMem_Calloc(len(regions) + 1, sizeof(FjRegion *))
        cdef FjRegion **old = self.c.variants
        for i in range(len(regions)):
            fresh[i] = &(<Region?>regions[i]).c
        before = self.held
        self.c.nvariants = 0
        self.held = regions
        self.c.variants = fresh
        self.c.nvariants = len(regions)
        PyMem_Free(old)

    def close(self):
        """Nothing is entered here any more."""
        self.variants = ()
        self.closed = True


def lead(code, int unit, int depth, int room, int done, int done_depth, steps, int behind):
    """The Entrance at a loop's header; frames of this code that go through the gate run a copy from now on that leads there.  `room`: units
    from the header on that nobody jumps into; `done`: where native code mostly goes on; `steps`: what the header does, [(local to push, -1: the next of the
    iterator, -2: nothing; the unit after that)], `behind`: where it goes when its iterator has ended.  None: it can't be."""
    cdef Slot slot = _slot(code)
    if depth + 2 > code.co_stacksize or code.co_stacksize > FJ_KEPT or not code.co_consts or not fj_show_originals():
        return None
    cdef Entrance made = Entrance(unit, depth, room, done, done_depth, steps, behind)
    made.variants = ()
    before = slot.entrances
    slot.entrances = sorted(before + [made], key=lambda one: one.unit)
    if _led(slot, code):
        return made
    slot.entrances = before
    return None


def lead_anew(code):
    """A copy again that leads to all open entrances, or none where none is open."""
    cdef Slot slot = _slot(code)
    slot.c.led = NULL
    slot.copy_led = None
    _led(slot, code)


cdef bint _led(Slot slot, code):
    """Makes a copy that leads to all entrances that are open.  Others stay known: older copies have them."""
    cdef int i
    cdef Entrance one
    cdef FjEntrance **fresh
    rows = []
    opened = [each for each in slot.entrances if not (<Entrance>each).closed]
    for one in opened:
        rows.append((fj_entrance_stub(&slot.c, &one.c), one.c.unit, one.room, one.c.depth, one.c.done, one.c.done_depth))
    copy, lost = leading_code(code, rows) if rows else (None, ())
    if copy is None:
        return False
    for one, units in zip(opened, lost):
        one.c.units = max(one.c.units, <int>units)
    fresh = <FjEntrance **>PyMem_Calloc(len(slot.entrances) + 1, sizeof(FjEntrance *))
    for i in range(len(slot.entrances)):
        one = slot.entrances[i]
        fresh[i] = &one.c
    notes = line_notes(copy, len(code.co_code) // 2, [row[1] for row in rows])
    fj_lead_attach(copy, &slot.c, len(code.co_code) // 2, notes)
    PyMem_Free(slot.c.entrances)
    slot.c.entrances, slot.c.nentrances, slot.stubs = fresh, len(slot.entrances), len(rows)
    slot.copy_led, slot.c.led = copy, <PyObject *>copy
    return True


def lead_no_longer(Slot slot not None):
    """Frames get the original again where they come by an entrance or the gate."""
    slot.c.led = NULL
    slot.copy_led = None


def lead_calls(function):
    """New frames of this function get the copy that leads to native code, or no longer do; whether that can be."""
    if type(function) is not types.FunctionType:
        return False
    return fj_lead_calls(function, &_slot(original_code(function.__code__)).c) != 0


def is_abandoned(Slot slot not None):
    """Whether nobody has the code object any longer but the copy that leads to native code, and nobody that one."""
    return slot.c.led != NULL and count_of(slot.c.led) == 1 and count_of(slot.c.original) <= slot.stubs
