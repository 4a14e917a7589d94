"""What is compiled, when: calls, samples and exits come in here; regions go out.

The machine (`_machine`) calls `on_call` when a prepared function has no variant for its arguments, and `on_sample`
when the sampler finds a loop running.  Both answer quickly once everything is compiled.
"""

from types import CodeType, FunctionType
from typing import Any, Optional

from framejit.own import as_guest
from framejit.report.explanation import Explanation
from framejit.tables.settings import Settings

COMPILES = True
_controller: Optional["Controller"] = None


def controller() -> "Controller":
    """The process's controller; made when first needed."""
    global _controller
    if _controller is None:
        with as_guest():
            from framejit.runtime.dispatch import Controller
        _controller = Controller()
    return _controller


def start(settings: Settings) -> None:
    """Accelerate from now on."""
    controller().start(settings)


def stop() -> None:
    """Leave everything to the interpreter again."""
    if _controller is not None:
        _controller.stop()


def running() -> bool:
    """Whether `start` was called, and `stop` not since."""
    return _controller is not None and _controller.enabled is not None


def prepare(function: FunctionType, settings: Settings) -> bool:
    """Compile this function at its first call; False where that can't be."""
    return controller().prepare(function, settings)


def skip(code: CodeType) -> None:
    """Never compile this code."""
    controller().skip(code)


def explain(function: FunctionType, arguments: tuple[Any, ...]) -> Optional[Explanation]:
    """Compile for these arguments' types, call nothing."""
    return controller().explain(function, arguments)


def block() -> Optional[type]:
    """The class of the managers of blocks, made with their Settings; None where nothing can be compiled."""
    made = controller().machine
    return made.Block if made is not None else None


def problems() -> list[str]:
    """What is off, and why."""
    return controller().problems
