"""The public face: small, typed, and never in the way.

Every function here works where nothing can be compiled (FRAMEJIT_DISABLE=1, an unknown Python): the program then
runs in the interpreter.  Work is done by `runtime.controller`, which is imported when first needed.
"""

import os
from functools import cache, partial
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any, Callable, Optional, TypeVar, Union, overload

from framejit.own import as_guest, machine
from framejit.report import logs
from framejit.report.errors import GraphBreakError
from framejit.report.explanation import Explanation, of_the_run
from framejit.report.records import RECORDS
from framejit.tables import settings as rows
from framejit.tables.settings import Settings

__all__ = ["GraphBreakError", "disable", "enable", "explain", "is_enabled", "jit", "set_logs", "skip", "stats"]

SPARE = 200             # frames beyond the recursion limit that the work behind a call of the interface may take
F = TypeVar("F", bound=Callable[..., Any])
_totals_at_exit = False
_plain_block: Optional[Callable[[], Any]] = None        # makes the managers of `with jit():`
_room: Callable[[int], None] = getattr(machine(), "room", lambda levels: None)
_known_settings: dict[tuple[Any, ...], Settings] = {}
_name_of: Callable[[type], str] = type.__dict__["__name__"].__get__


def enable(**options: Any) -> None:
    """Accelerates functions where they are, from now on.

    Options: `fastmath` (False), `threads` (None), `log` (kinds of log lines, comma-separated).  Raises TypeError
    for an unknown option and ValueError for an unknown log kind; a program that can't be accelerated just runs.
    """
    settings = _with_room(_settings, options, "enable")
    if not settings.disable:
        _guarded("start", lambda: _controller().start(settings))


def disable() -> None:
    """Leaves everything to the interpreter again; functions made by `jit` stay compiled."""
    _guarded("stop", lambda: _controller().stop())


def is_enabled() -> bool:
    """Whether `enable()` is in force."""
    return bool(_with_room(lambda: _controller().running()))


@overload
def jit(function: F, /, **options: Any) -> F: ...
@overload
def jit(function: None = None, /, **options: Any) -> Any: ...
def jit(function: Any = None, /, **options: Any) -> Any:
    """A new function like `function` that is compiled at its first call; one of whole arrays runs plain until another thread has made its code.

    As `@jit`, `@jit(fastmath=True)`, `jit(f)` or `jit(f, fastmath=True)`; `with jit():` compiles the loops of its block, and
    accelerates what it calls.  Options: `fastmath` (False), `threads` (None), `fullgraph` (False: GraphBreakError before the call's
    first effect instead of leaving a part to the interpreter), `log`.  The new function shares globals and closure with
    the old one, which is its `__wrapped__`, and its code: with `fastmath`, `threads` or `fullgraph` it has an equal one
    of its own, since what is compiled belongs to the code.
    """
    if function is None and not options and _plain_block is not None:
        return _plain_block()
    settings = _with_room(_settings, options, "jit")
    return _manager(settings, not options) if function is None else Options(settings)(function)


class Decorator:
    """What applies `jit` with its `settings` to functions."""

    __slots__ = ()
    settings: Settings

    def __call__(self, function: Any) -> Any:
        """Applies `jit` with these options; a method or staticmethod is taken apart and put together again."""
        kind = type(function)           # what it says itself that it is may be code of the program
        if kind is FunctionType:
            return self._prepared(function)
        if kind is MethodType:
            return MethodType(self(function.__func__), function.__self__)
        if issubclass(kind, (staticmethod, classmethod)):
            return kind(self(function.__func__))
        if not callable(function):
            raise TypeError(f"jit() takes a function, not {_name_of(kind)}")
        RECORDS.break_(None, 0, "not_a_function", function.__qualname__ if kind is BuiltinFunctionType else _name_of(function if issubclass(kind, type) else kind))
        return function

    def _prepared(self, function: FunctionType) -> FunctionType:
        made = copy_function(function, apart=self.settings.changes("jit"))
        if not self.settings.disable:
            _guarded("prepare", lambda: _controller().prepare(made, self.settings))
        return made


class Options(Decorator):
    """A decorator, and a context manager that does nothing: nothing can be compiled."""

    __slots__ = ("settings",)

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def __enter__(self) -> "Options":
        return self

    def __exit__(self, *error: Any) -> None:
        return None


def _manager(settings: Settings, plain: bool) -> Any:
    """What `jit(...)` without a function gives, `plain` without options: a decorator and a context manager.  Blocks are compiled for
    their options: equal ones are one object."""
    global _plain_block
    made = None if settings.disable else _guarded("block", _block_class)
    if made is None:
        return Options(settings)
    settings = _known_settings.setdefault(settings.values(), settings)
    if plain:
        _plain_block = partial(made, settings)
    return made(settings)


@cache
def _block_class() -> Any:
    block = _controller().block()
    return block and type("Jit", (block, Decorator), {"__slots__": (), "__module__": __name__})


def copy_function(function: FunctionType, apart: bool = False) -> FunctionType:
    """A plain function with the same code (`apart`: an equal one), globals and closure, and defaults and attributes of its own."""
    made = FunctionType(function.__code__.replace() if apart else function.__code__, function.__globals__, function.__name__, function.__defaults__, function.__closure__)
    made.__kwdefaults__ = dict(function.__kwdefaults__) if function.__kwdefaults__ is not None else None
    made.__annotations__ = dict(function.__annotations__)
    for name in ("__qualname__", "__module__", "__doc__", "__type_params__"):
        if hasattr(function, name):
            setattr(made, name, getattr(function, name))
    made.__dict__.update(function.__dict__)
    made.__dict__["__wrapped__"] = function
    return made


def _plain(function: Any) -> Any:
    """What a method runs, or the function itself."""
    return function.__func__ if issubclass(type(function), (MethodType, staticmethod, classmethod)) else function


def skip(function: F) -> F:
    """Never compiles this function; gives it back as it is."""
    plain = _plain(function)
    if type(plain) is FunctionType:
        _guarded("skip", lambda: _controller().skip(plain.__code__))
    return function


def set_logs(**kinds: bool) -> None:
    """Switches kinds of log lines on (`breaks=True`) or off; `help=True` lists them.  Unknown ones: ValueError."""
    logs.parse(",".join(kinds))
    _switch_logs([kind for kind, wanted in kinds.items() if wanted])
    logs.switch_off([kind for kind, wanted in kinds.items() if not wanted])


def explain(function: Optional[Callable[..., Any]] = None, /, *arguments: Any) -> Explanation:
    """How `function` is compiled for arguments of these types, without calling it; without one: what has run."""
    if function is None:
        return of_the_run(RECORDS)
    plain = _plain(function)
    if type(plain) is not FunctionType:
        place = RECORDS.break_(None, 0, "not_a_function", _name_of(type(function)))
        return Explanation(repr(function), breaks=[place])
    if type(function) is MethodType:
        arguments = (function.__self__, *arguments)
    made = _guarded("explain", lambda: _controller().explain(plain, arguments))
    if made is not None:
        return made
    places = [place for place in RECORDS.breaks() if place.code_object is plain.__code__]
    return Explanation(plain.__qualname__, breaks=places, notes=["not compiled", *_problems()])


def stats() -> dict[str, float]:
    """Counters since the start: regions_compiled, variants, native_entries, native_iterations, callouts, exits,
    guard_misses, breaks, osr_entries, given_back, cache_hits, cache_misses, cache_refused, compile_seconds."""
    return RECORDS.stats()


@cache
def _controller() -> ModuleType:
    with as_guest():
        from framejit.runtime import controller
    return controller


def _problems() -> list[str]:
    return getattr(_controller(), "problems", list)()


def _with_room(work: Callable[..., Any], *arguments: Any) -> Any:
    """Does the work, near the recursion limit too: the program's limit isn't meant for it."""
    _room(SPARE)
    try:
        return work(*arguments)
    finally:
        _room(-SPARE)


def _guarded(stage: str, work: Callable[[], Any]) -> Any:
    """Does the work; a failure of our own is recorded, and the interpreter goes on."""
    _room(SPARE)
    try:
        return work()
    except GraphBreakError:
        raise
    except Exception as error:
        RECORDS.break_(None, 0, "compiler_failure", f"{stage}: {type(error).__name__}: {error}")
        return None
    finally:
        _room(-SPARE)


def _settings(options: dict[str, Any], where: str) -> Settings:
    """The settings of one call; switches the logs on that it or the environment asks for."""
    rows.check_options(options, where)
    if options.get("log"):
        _switch_logs(logs.parse(options["log"]))
    settings = rows.read(os.environ, options)
    if settings.log and not options.get("log"):
        try:
            _switch_logs(logs.parse(settings.log))
        except ValueError as error:
            logs.warn(f"FRAMEJIT_LOG: {error}")
    return settings


def _switch_logs(kinds: Union[list[str], tuple[str, ...]]) -> None:
    global _totals_at_exit
    if "help" in kinds:
        import sys
        print(logs.help_text(), file=sys.__stderr__)
    logs.switch_on(kinds)
    if ("breaks" in kinds or "exits" in kinds) and not _totals_at_exit:
        import atexit
        from framejit.runtime.surroundings import unobserved
        atexit.register(unobserved(), _write_totals)
        _totals_at_exit = True


def _write_totals() -> None:
    disable()
    RECORDS.write_totals()
