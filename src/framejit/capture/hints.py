"""What earlier exits taught about a region: types at sites, overflows, shapes of loop headers."""

from weakref import ref

from framejit.tables.classes import mro_of

MOST_CLASSES = 12       # of the program's that a site tells apart, where they have a base in common
UNRELATED = 3           # and where they have none


def alike(form, other):
    """Whether both are arrays (type, dtype, axes, flags) of the same elements and rank."""
    return type(form) is tuple and type(other) is tuple and form[:3] == other[:3]


def unrelated(references):
    """Whether no class of the program is a base of all of these, as far as they still exist."""
    bases = [set(map(id, mro_of(one)[:-1])) for one in [reference() for reference in references] if one is not None]
    return bool(bases) and not set.intersection(*bases)


class Around:
    """What the program's instances within reach of a capture have shown (surroundings.py), by group and name of an attribute."""

    def __init__(self):
        self.kinds = {}         # kinds of numbers
        self.maybe = {}         # None and a reference to a class
        self.filled = {}        # a list of the program that isn't empty
        self.groups = {}        # id of an instance -> its group
        self.families = {}      # id of a class -> the union of those that belong together with it (capture/unions.py)
        self.instances = {}     # id of a class -> an instance within reach


class Hints:
    """Kept per code object and entry offset, across compilations.

    sites: (unit, part) -> types seen there, oldest first; an array is (type, dtype, axes, flags), a class of the program a weak
    reference, and `object` for all behind the twelfth.  shapes: unit -> shapes that versions there begin with.  The bytecode is imported when it is
    first asked for: who only goes on with what another process has learned doesn't need it.
    """

    def __init__(self):
        self.sites = {}
        self.expected = {}      # site -> weak references to the classes that it was compiled for
        self.shapes = {}
        self.lists = {}         # unit of a BUILD_LIST of nothing -> kind of the first number that is appended
        self.real_slices = set()    # units of BUILD_SLICE whose slices others than subscripts of arrays see
        self.apart = set()      # units of stores whose expressions are computed there (capture/deferred.py)
        self.called = set()     # units of calls of functions that aren't part of expressions (capture/inlined.py);
        self.misfits = 0        # how often a code was called at such a place
        self.real_pairs = set() # units of calls of zip and enumerate that have to make objects
        self.real_generators = set()        # units of MAKE_FUNCTION whose generators have to be made
        self.held = {}          # the same units -> how many objects the variables of a generator that isn't made keep alive
        self.keyed = {}         # unit of a call of sorted, min or max -> code that lists its keys
        self.form = None        # of a generator's or a comprehension's code: how what it gives is kept (the parts of capture/collectors.py's Form)
        self.tells_apart = True     # whether numbers of several kinds get versions of their own
        self.changes = False    # whether a routine of this code changes objects;
        self.owns = False       # whether it gives new references
        self.guesses = True     # whether what a name holds now is taken for what a call will give it
        self.of_numbers = set() # sites of items of tuples that were numbers when they were captured
        self.constants = {}     # kind -> constants that its raw lists hold
        self.restarts = 0
        self.blocks = 0         # of all attempts so far
        self._tried = {}        # unit -> shapes that attempts of this capture have learned
        self._live = {}         # names -> masks
        self.callees = {}       # id of a code object -> (weak reference, Hints): of routines that are called
        # of the routines of this capture, by function and shapes of the arguments:
        self.unfit = {}         # why they can't be called natively
        self.results = {}       # shapes that they give
        self.seen = {}          # parameters whose identity may be seen
        self.changing = set()   # those that change objects
        self.owning = set()     # those that give new references
        self.steps = {}         # id of an example of an iterator -> (it, an example of what it gives)
        self.attributes = {}    # (id of a class, name) -> types that the attribute has shown, wherever it was read
        self.look = None        # looks at the program's instances, the first time that somebody asks what they have shown
        self.shown_around = Around()
        self._decoded = {}      # id of a code object -> its Bytecode

    @property
    def around(self):
        """What the program's instances have shown: most of what computes with numbers and arrays never asks."""
        if self.look is not None:
            look, self.look = self.look, None
            look()
        return self.shown_around

    def saw(self, site, type):
        """Note a type; True if that is news."""
        known = self.sites.setdefault(site, [])
        if type.__class__ is ref:
            classes = [other for other in known if other.__class__ is ref]
            most = UNRELATED if unrelated([*classes, type]) else MOST_CLASSES
            type = object if len(classes) >= most and all([other is not type for other in classes]) else type
        if any([other is type or type.__class__ is tuple and other == type for other in known]):
            return False
        for place, other in enumerate(known):
            if alike(type, other):
                known[place] = (*other[:3], type[3] & other[3])
                return known[place] != other
        known.append(type)
        return True

    def taught(self, site, type):
        """Note a type that an exit has seen; a class of the program makes those known, too, that came by without leaving."""
        news = self.saw(site, type)
        if news and type.__class__ is ref:
            for one in self.expected.get(site, ()):
                self.saw(site, one)
        return news

    def expects(self, site, kinds):
        """What is compiled lets objects of these classes go on at the site."""
        known = self.expected.setdefault(site, [])
        known += [ref(kind) for kind in kinds if not any([one() is kind for one in known])]

    def live(self, bytecode, count, names):
        """unit -> mask of the `count` locals, and above them the names, that are still read; computed once for all attempts."""
        from framejit.bytecode.liveness import live_locals, live_names
        key = tuple(names)
        if key not in self._live:
            locals, names = live_locals(bytecode), live_names(bytecode, names)
            self._live[key] = {unit: locals[unit] | names[unit] << count for unit in locals}
        return self._live[key]

    def callee(self, code):
        """What is known of a function that is called natively."""
        found = self.callees.get(id(code))
        if found is None or found[0]() is not code:
            found = self.callees[id(code)] = ref(code), Hints()
            found[1].tells_apart = self.tells_apart
        return found[1]

    def tell_no_longer(self):
        """Numbers of several kinds get no versions of their own, in what it calls neither; whether any had."""
        told, self.tells_apart = self.tells_apart, False
        if told:
            self.results.clear()
            self.unfit.clear()
        return any([told, *[hints.tell_no_longer() for _, hints in self.callees.values() if hints is not self]])

    def bytecode(self, code):
        """A callee's, decoded once for all attempts."""
        from framejit.bytecode import decode
        if id(code) not in self._decoded:
            self._decoded[id(code)] = decode(code)
        return self._decoded[id(code)]

    def unit_sets(self):
        """The sets of units among what has been learned."""
        return self.real_slices, self.real_pairs, self.real_generators, self.called

    def begin(self):
        """A new capture."""
        self.restarts = self.blocks = 0
        for _, hints in self.callees.values():
            hints.begin()

    def forget_shapes(self):
        """A capture ends: they name the program's objects, and sites may have changed before the next one."""
        for known in (self.shapes, self._tried, self.unfit, self.results, self.seen, self.changing, self.owning, self.attributes, self.steps, self._decoded):
            known.clear()
        self.look, self.shown_around = None, Around()
        for _, hints in self.callees.values():
            hints.forget_shapes()

    def is_new(self, unit, shape):
        """Whether no attempt of this capture has learned this shape yet: two that take each other's place would go on for ever."""
        tried = self._tried.setdefault(unit, [])
        if shape in tried:
            return False
        tried.append(shape)
        return True
