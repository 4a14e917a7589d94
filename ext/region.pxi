# Regions: what a compiled entry owns, and its counters.

cdef int region_count = 0
cdef list ended = []                    # what kept the machine code of regions that have gone


def packed_words(words):
    """A recipe's words as bytes, four each."""
    return words if type(words) is bytes else b"".join([int(word).to_bytes(4, "little", signed=True) for word in words])


cdef class Region:
    """One compiled entry of a code object: machine code, guards on names, exits, counters."""

    cdef FjRegion c
    cdef object held, code_reference
    cdef public object keep
    cdef readonly str name
    cdef object __weakref__

    def __cinit__(self, code, native, *, unit, depth, framed, spill, consts=(), cells=(), exits=(), globals=None, keep=None, name="",
                  keeps=None, turns=(), loops=b"", callees=(), codes=(), classes=(), level=(0, 0), uint64_t internals=0, run=()):
        global region_count
        cdef FjRegion *c = &self.c
        region_count += 1
        consts = tuple(consts)
        cells = [(where, fallback, sys.intern(text), expected) for where, fallback, text, expected in cells]
        exits = [(packed_words(exit[0]), int(exit[1]), *(exit[2:] or (None, None, ()))) for exit in exits]
        self.code_reference = weakref.ref(code)
        self.keep = keep
        self.name = name
        c.owner = <PyObject *>self
        c.native = <fj_native><size_t>native
        c.unit, c.depth, c.framed, c.spill = unit, depth, bool(framed), max(1, spill)
        self._take_turns(tuple(turns))
        c.level_bytes, c.level_words = level
        c.globals = <PyObject *>globals if globals is not None else NULL
        self._take_consts(consts)
        self._take_cells(cells)
        self._take_exits(code, exits, loops)
        spaces = [space for cell in cells for space in cell[:2]] + [globals]
        self._hold([*consts, *[cell[3] for cell in cells if cell[3] is not MISSING]], [*codes, *[callee[1] for callee in (*callees, *run)]], keeps)
        self.held += [cell[2] for cell in cells], [space for space in spaces if keeps is None or keeps(space)]
        self._take_callees([*callees, *run])
        self.held += ([one[0] for one in run],)
        self._take_codes(list(codes))
        self._take_classes(list(classes))
        c.internals = internals         # `run`: what NumPy's functions in Python run, as callees
        c.checks = c.checks or internals > 0

    cdef int _hold(self, list values, list run, keeps) except -1:
        """Strong references to what `keeps(value)` says is safe (without it: to everything), weak ones to the rest, but for
        namespaces, whose addresses are compared, and to the code objects that are run."""
        cdef int i
        kept = [keeps is None or keeps(value) for value in values]
        others = {id(value): value for value, safe in zip(values, kept) if not safe and type(value) is not dict} | {id(code): code for code in run}
        references = [(weakref.ref(value), value) for value in others.values()]
        self.held = ([value for value, safe in zip(values, kept) if safe], [reference for reference, _ in references])
        self.c.nborrowed = len(references)
        self.c.borrowed = <FjBorrowed *>PyMem_Calloc(len(references) + 1, sizeof(FjBorrowed))
        for i in range(len(references)):
            reference, value = references[i]
            self.c.borrowed[i].reference = <PyObject *>reference
            self.c.borrowed[i].object = <PyObject *>value
            self.c.borrowed[i].type = type_of(<PyObject *>value)
        self.c.checks = self.c.ncells or self.c.nborrowed
        return 0

    cdef int _take_consts(self, tuple consts) except -1:
        cdef int i
        self.c.nconsts = len(consts)
        self.c.consts = <PyObject **>PyMem_Calloc(len(consts) + 1, sizeof(PyObject *))
        for i in range(len(consts)):
            self.c.consts[i] = <PyObject *>consts[i]
        return 0

    cdef int _take_cells(self, list cells) except -1:
        cdef int i
        self.c.ncells = len(cells)
        self.c.cells = <FjCell *>PyMem_Calloc(len(cells) + 1, sizeof(FjCell))
        self.c.spaces = <PyObject **>PyMem_Calloc(2 * len(cells) + 1, sizeof(PyObject *))
        for i in range(len(cells)):
            where, fallback, text, expected = cells[i]
            if not (type(where) is dict or isinstance(where, type)) or (fallback is not None and type(fallback) is not dict):
                raise TypeError("name cells live in dictionaries and classes")
            self.c.cells[i].dict = fj_class_names(<PyObject *>where) if isinstance(where, type) else <PyObject *>where
            self.c.cells[i].fallback = <PyObject *>fallback if fallback is not None else NULL
            self.c.cells[i].name = <PyObject *>text
            self.c.cells[i].expected = <PyObject *>expected if expected is not MISSING else NULL
            self._take_space(self.c.cells[i].dict)
            self._take_space(self.c.cells[i].fallback)
        return 0

    cdef void _take_space(self, PyObject *space):
        """A dictionary that names are in: each stands there once."""
        cdef int i
        for i in range(self.c.nspaces):
            if self.c.spaces[i] == space:
                return
        if space != NULL:
            self.c.spaces[self.c.nspaces] = space
            self.c.nspaces += 1

    cdef int _take_callees(self, list callees) except -1:
        """(function, the code object that it runs, its defaults or None, what its `__class__` is or None, names and values of keyword-only
        defaults by turns): the second is borrowed, the third and the last are kept."""
        cdef int i
        self.c.ncallees = len(callees)
        self.c.callees = <FjCallee *>PyMem_Calloc(len(callees) + 1, sizeof(FjCallee))
        for i in range(len(callees)):
            function, code, defaults, class_, named = callees[i]
            self.c.callees[i].named = <PyObject *>named if named else NULL
            self.c.callees[i].class_ = <PyObject *>class_ if class_ is not None else NULL
            self.c.callees[i].function = <PyObject *>function
            self.c.callees[i].code = <PyObject *>code
            self.c.callees[i].defaults = <PyObject *>defaults if defaults is not None else NULL
        self.held += ([(callee[2], callee[4]) for callee in callees],)
        if callees:
            self.c.checks = 1
        return 0

    cdef int _take_codes(self, list codes) except -1:
        """Code objects that run natively where they are called: borrowed."""
        cdef int i
        self.c.ncodes = len(codes)
        self.c.codes = <PyObject **>PyMem_Calloc(len(codes) + 1, sizeof(PyObject *))
        for i in range(len(codes)):
            self.c.codes[i] = <PyObject *>codes[i]
        if codes:
            self.c.checks = 1
        return 0

    cdef int _take_classes(self, list classes) except -1:
        """(class, [(name, use, the class behind which it is looked for or None, kind, word)]): the class is borrowed, as a constant of the region."""
        cdef int i, j
        cdef FjClass *one
        self.c.nclasses = len(classes)
        self.c.classes = <FjClass *>PyMem_Calloc(len(classes) + 1, sizeof(FjClass))
        for i in range(len(classes)):
            type_, facts = classes[i]
            one = &self.c.classes[i]
            one.type, one.count = <PyObject *>type_, len(facts)
            one.facts = <FjAttribute *>PyMem_Calloc(len(facts) + 1, sizeof(FjAttribute))
            for j in range(len(facts)):
                name, use, after, kind, word = facts[j]
                one.facts[j].name, one.facts[j].use, one.facts[j].kind, one.facts[j].word = <PyObject *>name, use, kind, word
                one.facts[j].after = <PyObject *>after
        self.held += ([fact[0] for _, facts in classes for fact in facts],)
        if classes:
            self.c.checks = 1
        return 0

    cdef int _take_turns(self, tuple turns) except -1:
        cdef int i
        self.c.turns = <int32_t *>PyMem_Calloc(len(turns) + 1, sizeof(int32_t))
        self.c.nturns = len(turns)
        for i in range(len(turns)):
            self.c.turns[i] = turns[i]
        self.c.turn = max(turns, default=0)
        return 0

    cdef int _take_exits(self, code, list exits, bytes loops) except -1:
        """`loops`: per unit of the code the number of the innermost loop around it, above zero."""
        cdef int i, j
        cdef FjExit *exit
        self.c.nexits = len(exits)
        self.c.exits = <FjExit *>PyMem_Calloc(len(exits) + 1, sizeof(FjExit))
        for i in range(len(exits)):
            recipe, observed, call, whose, homes = exits[i]
            exit = &self.c.exits[i]
            exit.words = <int32_t *>PyMem_Calloc(len(recipe) // 4 + 1, sizeof(int32_t))
            memcpy(exit.words, <const char *>(<bytes>recipe), len(recipe))
            fj_read_recipe(exit)
            exit.unit = exit.words[0]
            exit.at = fj_instruction_at(code if whose is None else whose, exit.unit)
            exit.loop = loops[exit.unit] - 1 if whose is None and exit.unit < len(loops) else -1
            exit.nhomes = len(homes)
            exit.homes = <int32_t *>PyMem_Calloc(len(homes) + 1, sizeof(int32_t))
            for j in range(len(homes)):
                exit.homes[j] = homes[j]
            exit.call, exit.next, exit.keywords, exit.row, exit.argument, exit.callee = call or (-1, -1, -1, -1, 0, -1)
            exit.observed = observed
        return 0

    def __dealloc__(self):
        global region_count
        cdef int i
        region_count -= 1
        if self.keep is not None:
            ended.append(self.keep)         # its end runs Python code: later, where nobody looks
        for i in range(self.c.nexits if self.c.exits != NULL else 0):
            PyMem_Free(self.c.exits[i].words)
            PyMem_Free(self.c.exits[i].homes)
            Py_XDECREF(self.c.exits[i].seen)
        PyMem_Free(self.c.exits)
        PyMem_Free(self.c.turns)
        PyMem_Free(self.c.borrowed)
        PyMem_Free(self.c.callees)
        PyMem_Free(self.c.codes)
        for i in range(self.c.nclasses):
            PyMem_Free(self.c.classes[i].facts)
        PyMem_Free(self.c.classes)
        PyMem_Free(self.c.cells)
        PyMem_Free(self.c.spaces)
        PyMem_Free(self.c.consts)

    @property
    def code(self):
        """The code object, or None when it is gone."""
        return self.code_reference()

    @property
    def dead(self):
        """Whether something that the region borrows has died, or is of another class: it is never entered again."""
        return not fj_borrowed_live(&self.c)

    @property
    def unit(self):
        return self.c.unit

    @property
    def depth(self):
        return self.c.depth

    @property
    def framed(self):
        return bool(self.c.framed)

    @property
    def entries(self):
        return self.c.entries

    @property
    def turn(self):
        """Instructions of the longest way through its loop; 0: not counted."""
        return self.c.turn

    @property
    def work(self):
        """Instructions that native code has stood for in its loops with call-outs."""
        return self.c.work

    @property
    def won(self):
        """Interpreted instructions that it has saved in loops, about, what its call-outs cost taken off."""
        return fj_won(&self.c)

    @property
    def iterations(self):
        return self.c.iterations

    @property
    def misses(self):
        return self.c.misses

    @property
    def callouts(self):
        return self.c.callouts

    @property
    def polls(self):
        return self.c.polls

    @property
    def outweighed(self):
        """Whether its call-outs have cost more than its iterations can have won; it is not entered any more."""
        return bool(self.c.outweighed)

    @property
    def exit_counts(self):
        """How often each exit was taken."""
        return [self.c.exits[i].count for i in range(self.c.nexits)]

    @property
    def exit_seen(self):
        """Per exit, the type of the object that was observed there last, or None."""
        return [<object>self.c.exits[i].seen if self.c.exits[i].seen != NULL else None for i in range(self.c.nexits)]

    @property
    def news(self):
        """Whether an exit saw a type that it had not seen; the region is not entered by calls until this is set to False."""
        return bool(self.c.news)

    @news.setter
    def news(self, value):
        self.c.news = bool(value)

    def begin(self, native, keep):
        """Its first code: nothing has entered the region yet."""
        self.keep = keep
        self.c.native = <fj_native><size_t>native

    def replace(self, native, keep):
        """Better code of the same graph: entries take it from now on, a run that has begun when it next polls at its entry."""
        self.keep = (self.keep, keep)
        self.c.native = <fj_native><size_t>native
        self.c.superseded = 1
        self.c.unfinished = 0

    @property
    def unfinished(self):
        """Whether better code is to come: who has it isn't tried against the interpreter."""
        return bool(self.c.unfinished)

    @unfinished.setter
    def unfinished(self, value):
        self.c.unfinished = bool(value)

    def __repr__(self):
        return f"<Region {self.name or self.code} unit {self.c.unit}>"


cdef FjRegion *_region_of(PyObject *thing) noexcept:
    if not isinstance(<object>thing, Region):
        return NULL
    return &(<Region><object>thing).c
