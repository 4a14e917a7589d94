"""The policy: functions are compiled at their first call once prepared, loops when the sampler finds them running.

Facts come from `_machine` (slots, samples, exit counts), decisions from the settings table, code from
`runtime.compiling`, which is imported when the first region is compiled and not before.
"""

import atexit
import os
from itertools import count

from framejit.own import as_guest
from framejit.report.records import RECORDS
from framejit.runtime import guest, resting, review
from framejit.runtime.blocks import Blocks
from framejit.runtime.budget import Budget
from framejit.runtime.first_code import FirstCode
from framejit.runtime.kept import Kept
from framejit.runtime.surroundings import absent, aside, unobserved
from framejit.runtime.tiers import Tiers
from framejit.tables import breaks, settings as rows


class Controller(Blocks):
    """One per process."""

    def __init__(self):
        self.settings = None     # under which what is found running is compiled
        self.enabled = None      # those of enable()
        self.within = None       # those of the block that is being compiled
        self.defaults = rows.read(os.environ, {})
        self.codes = {}          # id of a code object -> Code; gone with it
        self.gone = []           # ids of those that the records don't know of yet
        self.compiled = {}       # id -> those of them that have had a region
        self.watching = False    # whether loops of `jit`'s functions are looked for without enable(), too
        self.problems = []
        self.layout = None
        self.compiler = self.images = None      # modules, once they are needed
        self.checker = None
        self.probation = []     # (since when, Code) of functions whose calls are counted
        self.vain, self.slow = 0, False     # looks in a row that found nothing to compile; whether they come less often
        self.idle = 0           # looks since one found something new, or led anywhere
        self.foreseen = False   # whether LLVM's library is being loaded, or is
        self.aside = count(1)   # looks at the standard library, under FRAMEJIT_EAGER=1
        self.only = None        # the places that may be compiled, if not all may
        self.machine = self.load()
        self.kept = Kept(self.defaults, os.environ, self.machine)
        self.budget = Budget(self.won, self.machine.seconds_had) if self.machine is not None else None
        self.tiers = Tiers(self.machine, self.interval, self.kept)
        self.first_code = FirstCode(self.machine, self.kept, self.tiers)
        RECORDS.refresh = self.refresh

    def load(self):
        """The machine, or None with the reason in `problems`."""
        with as_guest():
            reason = absent()
        if reason is not None:
            self.problems = [breaks.BY_NAME[reason].sentence]
            RECORDS.break_(None, 0, reason)
            return None
        from framejit import _machine as machine
        problems = [] if machine.supported() else ["this build of Python is not supported"]
        problems += machine.self_test()
        if problems:
            self.problems = problems
            RECORDS.break_(None, 0, "self_test_failed", "; ".join(problems))
            return None
        self.layout = machine.layout()
        machine.keep_memory(self.defaults.kept_memory << 20)
        self.connect(machine)
        os.register_at_fork(before=machine.before_fork, after_in_parent=machine.behind_fork, after_in_child=machine.behind_fork)
        atexit.register(unobserved(), self.at_exit)
        return machine

    def connect(self, machine=None):
        """The machine calls this controller from now on."""
        machine = machine or self.machine
        machine.set_callbacks(on_call=self.on_call, on_sample=self.on_sample, on_error=self.on_error, on_depth=self.on_depth,
                              on_compiled=self.on_compiled, on_body=self.on_body, on_looking=self.on_looking, on_function=self.on_function)

    def refresh(self):
        """Brings the records up to date."""
        review.count_exits(self.codes.values())
        RECORDS.blocks = self.block_lines()
        self.look_around()

    def won(self):
        """About how many seconds of interpreting all regions have saved."""
        return sum([state.won() for state in self.compiled.values()])

    def look_around(self):
        """Puts on record what keeps the interpreter running everything, once each."""
        for reason in aside(self.machine) if self.machine is not None else ():
            if RECORDS.place(None, 0, reason) is None:
                RECORDS.break_(None, 0, reason)

    def on_compiled(self):
        """The worker has made code of a region: a function's first, or better code."""
        with guest.quietly():
            made = self.first_code.taken(self.compiling)
            if made is not None:
                self.install(*made)
            self.tiers.taken(self.compiling)

    def on_error(self, error):
        """A failure of our own inside a callback: recorded, and the interpreter goes on."""
        RECORDS.break_(None, 0, "compiler_failure", f"{type(error).__name__}: {error}")

    # ---- switching on and off

    def start(self, settings):
        if self.machine is None or self.enabled is not None:
            return
        self.settings = self.enabled = settings
        self.look_around()
        resting.wake(self)
        if settings.eager:
            self.prepare_all()
            self.machine.watch_functions(True)
        self.machine.first_looks(settings.samples_before_compile <= 1)
        self.machine.sampler_start(settings.sampler_interval)

    def stop(self):
        if self.machine is None or self.enabled is None:
            return
        self.enabled = None
        self.machine.watch_functions(False)
        resting.rest(self)
        self.on_looking()

    def watch(self, state):
        """What `jit` was asked for may have to go on in the interpreter: its loops are looked for from now on."""
        if not self.watching and state.settings is not None and self.machine.has_loops(state.code):
            self.watching = True
            self.machine.sampler_start(self.limit("sampler_interval", state))

    def is_looking(self):
        """Whether the sampler is to run."""
        return self.machine is not None and (self.watching or self.settings is not None)

    def at_exit(self):
        """A failure goes on record, if it can: an audit hook of the program's may refuse what that takes, too."""
        try:
            self.end()
        except Exception as error:
            failure = error
            self.machine.as_guest(lambda: self.on_error(failure))

    def end(self):
        """The process ends: nothing of the program is held any longer, so that its objects end as they do without us."""
        self.watching, self.tiers.held = False, True       # pending calls begin nothing any more
        self.stop()
        self.machine.sampler_stop()
        self.tiers.end()
        self.first_code.end()
        RECORDS.refresh()
        for state in list(self.codes.values()):
            slot = state.slot
            self.release(state)
            if slot is not None:
                slot.armed, slot.variants = False, ()
            state.forget()

    def on_looking(self):
        """Blocks that run want looks, or don't any longer."""
        wanted = self.enabled or (self.defaults if self.machine.blocks_looking() else None)
        begins, self.settings = wanted is not None and self.settings is None, wanted
        if begins:
            self.look_around()
            self.machine.first_looks(wanted.samples_before_compile <= 1)
            self.machine.sampler_start(wanted.sampler_interval)
        if not self.is_looking():
            self.machine.sampler_stop()

    def limit(self, name, state=None):
        """A setting: the function's own, else what `enable` was given, else the environment's."""
        return getattr(self.settings_of(state), name)

    def settings_of(self, state):
        """All of them."""
        own = state.settings if state is not None and state.settings is not None else None
        return self.within or own or self.settings or self.defaults

    def code_options(self, state):
        """What native code of this function depends on."""
        threads = self.limit("threads", state) or self.limit("threads_of_process", state)
        return rows.CodeOptions(self.limit("fastmath", state), min(max(threads, 0), rows.MOST_THREADS))


__all__ = ["Controller"]
