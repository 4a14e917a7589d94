# With statements: their bodies, as parts of a code object, and their manager.

cdef class Body:
    """The body of a with statement, from its first unit on: its regions for managers with these options."""

    cdef FjBody c
    cdef object held, code_reference, options, inside

    def __cinit__(self, code, unit, depth, inside, options):
        self.c.object = <PyObject *>self
        self.c.options = <PyObject *>options
        self.c.unit, self.c.depth = unit, depth
        self.inside = bytes(inside)
        self.c.inside = <char *>self.inside
        self.c.units = len(self.inside)
        self.options = options
        self.held = ()
        self.code_reference = weakref.ref(code)

    def __dealloc__(self):
        PyMem_Free(self.c.variants)

    @property
    def variants(self):
        """The regions that are tried, in order."""
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

    @property
    def plain(self):
        """Whether it is left to the interpreter."""
        return bool(self.c.plain)

    @plain.setter
    def plain(self, value):
        self.c.plain = bool(value)

    @property
    def calls(self):
        """Whether looks go on while it runs natively: it calls what isn't compiled with it."""
        return bool(self.c.calls)

    @calls.setter
    def calls(self, value):
        self.c.calls = bool(value)

    @property
    def counts(self):
        """How often it has run natively, how many iterations, how often it went on in the interpreter before its end."""
        return self.c.entries, self.c.iterations, self.c.left


cdef class Block:
    """The manager of `with framejit.jit():`; `settings`: what it was made with, one object for equal ones."""

    cdef FjManager c
    cdef readonly object settings

    def __cinit__(self, settings):
        self.settings = settings
        self.c.object = <PyObject *>self
        self.c.options = <PyObject *>settings

    def __enter__(self):
        return fj_block_enter(&self.c)

    def __exit__(self, kind=None, error=None, traceback=None):
        fj_block_exit(&self.c)

    def __dealloc__(self):
        while self.c.entries > 0:
            fj_block_exit(&self.c)
        Py_XDECREF(self.c.held)


def body_of(code, int unit, int depth, inside, options):
    """The Body at a unit of a code object, for managers with these options; made when there is none."""
    cdef Slot slot = _slot(code)
    for body in slot.bodies:
        if (<Body>body).c.unit == unit and (<Body>body).options is options:
            return body
    cdef Body made = Body(code, unit, depth, inside, options)
    slot.bodies.append(made)
    made.c.next = slot.c.bodies
    slot.c.bodies = &made.c
    return made


def blocks_looking():
    """How many of the blocks that run want looks."""
    return fj_blocks_looking
