"""Every option, environment variable and threshold, one row each, and how they become one Settings object.

An option is given to `enable()` or `jit()`; an environment variable is read when framejit starts; a threshold is
fixed but for FRAMEJIT_EAGER=1, which takes the `eager` column where a row has one.
"""

from typing import Any, Mapping, NamedTuple

THOROUGH, QUICK = 2, 0      # levels of LLVM's code generation
MOST_THREADS = 64           # ext/pool.c


class Setting(NamedTuple):
    name: str
    default: Any
    type: type
    where: str          # the calls that take it ("enable jit"), or "environment", or "threshold"
    variable: str       # the environment variable, or ""
    eager: Any          # its value under FRAMEJIT_EAGER=1; None: unchanged
    sentence: str


SETTINGS = (
    Setting("fastmath", False, bool, "enable jit", "", None,
            "Allow faster arithmetic whose last bits differ: contraction and reassociation."),
    Setting("threads", None, int, "enable jit", "", None,
            "How many threads may compute a long expression over arrays; 1: one; None: as FRAMEJIT_THREADS says."),
    Setting("fullgraph", False, bool, "jit", "", None,
            "Raise GraphBreakError before the call's first effect instead of leaving a part to the interpreter."),
    Setting("log", "", str, "enable jit", "FRAMEJIT_LOG", None,
            "Kinds of log lines, comma-separated; `help` lists them."),
    Setting("disable", False, bool, "environment", "FRAMEJIT_DISABLE", None,
            "1: compile nothing; every call of the public face still works."),
    Setting("eager", False, bool, "environment", "FRAMEJIT_EAGER", None,
            "1: every threshold at its lowest: compile whatever can be compiled."),
    Setting("check", False, bool, "environment", "FRAMEJIT_CHECK", None,
            "1: compare each native result with the interpreter's where a copy can be made."),
    Setting("only", "", str, "environment", "FRAMEJIT_ONLY", None,
            "A file that lists the places to compile, and no others; `bisect` sets it."),
    Setting("stats_file", "", str, "environment", "FRAMEJIT_STATS_FILE", None,
            "The command line writes stats() to this file as JSON when the program ends."),
    Setting("threads_of_process", 0, int, "environment", "FRAMEJIT_THREADS", None,
            "How many threads may compute a long expression over arrays; 1: one; default: as many as the process has processors."),
    Setting("calls_before_trial", 4_000, int, "environment", "FRAMEJIT_TRIAL", 0,
            "Calls after which compiled code of a function and the interpreter are tried by turns; 0: never; default: 4,000."),
    Setting("cache", True, bool, "environment", "FRAMEJIT_CACHE", None,
            "0: leave no machine code on disk, and use none that was left there."),
    Setting("cache_dir", "", str, "environment", "FRAMEJIT_CACHE_DIR", None,
            "The folder where machine code is kept; default: framejit in $XDG_CACHE_HOME, else in ~/.cache."),
    Setting("kept_memory", 64, int, "environment", "FRAMEJIT_KEPT_MEMORY", None,
            "MiB of memory of arrays that ended, which the process keeps for others; 0: as the C library does."),
    Setting("cache_bytes", 256 << 20, int, "threshold", "", None,
            "Bytes that kept machine code may take on disk; what was used longest ago goes first."),
    Setting("sampler_interval", 10_000, int, "threshold", "", 200,
            "Microseconds between two looks at what is running."),
    Setting("samples_before_compile", 2, int, "threshold", "", 1,
            "Looks that must find the same loop before it is compiled."),
    Setting("units_per_look", 64, int, "threshold", "", 10_000,
            "A larger loop takes longer to compile: one more look for so many units of bytecode."),
    Setting("code_level", THOROUGH, int, "threshold", "", QUICK,
            "Level of LLVM's code generation: 0 makes slower code in a quarter of the time."),
    Setting("quick_first", True, bool, "threshold", "", False,
            "Running loops get code of level 0 at once; code of the full level comes from another thread and takes its place."),
    Setting("plain_first", True, bool, "environment", "FRAMEJIT_PLAIN_FIRST", False,
            "0: what is compiled waits for its machine code; default: a function of whole arrays in its first call, and what looks have found, runs plain until "
            "another thread has made it."),
    Setting("calls_before_compile", 200, int, "threshold", "", 1,
            "Calls after which a function without a hot loop is compiled."),
    Setting("variants", 4, int, "threshold", "", None,
            "Compiled variants of one region, told apart by their types."),
    Setting("types_per_site", 4, int, "threshold", "", None,
            "Types at one place before it is left to the interpreter."),
    Setting("entries_before_review", 500, int, "threshold", "", None,
            "Entries after which a region is judged by how it leaves."),
    Setting("iterations_to_pay", 8, int, "threshold", "", None,
            "Iterations per entry below which a region that leaves in the middle is given back."),
    Setting("misses_before_release", 1_000, int, "threshold", "", None,
            "Entries in a row whose guards fail before a function gets its own entry back."),
    Setting("largest_region", 20_000, int, "threshold", "", None,
            "Instructions in one region; what is larger stays interpreted."),
    Setting("records", 10_000, int, "threshold", "", None,
            "Places with a record; further ones are only counted."),
)


class CodeOptions(NamedTuple):
    """Options that native code depends on."""

    fastmath: bool = False
    threads: int = 0        # 0: as many as the process has processors


ROWS = {row.name: row for row in SETTINGS}
UNRELATED = ("log", "stats_file", "cache", "cache_dir", "cache_bytes", "kept_memory", "records")      # to what is compiled
FALSE_WORDS = frozenset(("", "0", "false", "no", "off"))


class Settings:
    """One value per row, as attributes; made by `read` and never changed afterwards."""

    __slots__ = tuple(ROWS)

    def __init__(self, values: Mapping[str, Any]) -> None:
        for name in ROWS:
            setattr(self, name, values[name])

    def replaced(self, options: Mapping[str, Any]) -> "Settings":
        """The same settings with some options given anew."""
        return Settings({name: options.get(name, getattr(self, name)) for name in ROWS})

    def values(self) -> tuple[Any, ...]:
        """All of them: equal for equal settings."""
        return tuple([getattr(self, name) for name in ROWS])

    def deciding(self) -> tuple[Any, ...]:
        """Those that may decide what is compiled."""
        return tuple([getattr(self, row.name) for row in SETTINGS if row.name not in UNRELATED])

    def changes(self, where: str) -> bool:
        """Whether an option of this call, other than what is logged, isn't what it is by default."""
        return any(getattr(self, name) != ROWS[name].default for name in names(where) if name != "log")

    def __repr__(self) -> str:
        changed = [f"{row.name}={getattr(self, row.name)!r}" for row in SETTINGS if getattr(self, row.name) != row.default]
        return f"Settings({', '.join(changed)})"


def names(where: str) -> list[str]:
    """The names of the options that `enable` or `jit` takes."""
    return [row.name for row in SETTINGS if where in row.where.split()]


def check_options(options: Mapping[str, Any], where: str) -> None:
    """Raise TypeError for an unknown option or a value of the wrong type."""
    known = names(where)
    for name, value in options.items():
        if name not in known:
            raise TypeError(f"{where}() has no option {name!r}; its options are {', '.join(known)}")
        row = ROWS[name]
        if value is not row.default and type(value) is not row.type:
            raise TypeError(f"option {name!r} takes {row.type.__name__}, not {type(value).__name__}")


def from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """The values that environment variables give; one that can't be read counts as not given."""
    values: dict[str, Any] = {}
    for row in SETTINGS:
        text = environment.get(row.variable) if row.variable else None
        if text is None:
            continue
        if row.type is bool:
            values[row.name] = text.strip().lower() not in FALSE_WORDS
        elif row.type is str:
            values[row.name] = text
        elif text.strip().lstrip("-").isdecimal():
            values[row.name] = int(text)
    return values


def read(environment: Mapping[str, str], options: Mapping[str, Any]) -> Settings:
    """Defaults, then the environment, then options; under FRAMEJIT_EAGER=1 thresholds at their lowest."""
    given = from_environment(environment)
    values = {row.name: row.default for row in SETTINGS}
    if given.get("eager"):
        values.update((row.name, row.eager) for row in SETTINGS if row.eager is not None)
    values.update(given)
    values.update(options)
    return Settings(values)
