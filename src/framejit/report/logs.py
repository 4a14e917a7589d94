"""Log lines by kind, through `logging`, to standard error.

In: a kind and a text.  Out: one record of the logger `framejit.<kind>`.  Nothing is imported and nothing
formatted while no kind is switched on; `on(kind)` is one set lookup.  Lines go to the process's own standard
error, not to what the program may have put in its place.
"""

from typing import Iterable

from framejit.tables import events

active: set[str] = set()
_attached = False


def on(kind: str) -> bool:
    """Whether lines of this kind are wanted."""
    return kind in active


def parse(text: str) -> list[str]:
    """Kinds from `a,b,c`; raises ValueError that names an unknown one."""
    kinds = [word.strip() for word in text.split(",") if word.strip()]
    for kind in kinds:
        if kind not in events.KIND_NAMES and kind != "help":
            raise ValueError(f"unknown log kind {kind!r}; the kinds are {', '.join(events.KIND_NAMES)}, help")
    return kinds


def help_text() -> str:
    """One line per kind."""
    return "\n".join(f"{kind.name:<11} {kind.sentence}" for kind in events.KINDS)


def switch_on(kinds: Iterable[str]) -> None:
    """Wants lines of these kinds from now on."""
    wanted = set(kinds) - {"help"}
    if wanted:
        _attach()
    active.update(wanted)


def switch_off(kinds: Iterable[str]) -> None:
    """Wants no more lines of these kinds."""
    active.difference_update(kinds)


def write(kind: str, text: str) -> None:
    """Writes one line (or block) if its kind is wanted."""
    if kind in active:
        import logging
        logging.getLogger(f"framejit.{kind}").info("%s", text)


def warn(text: str) -> None:
    """Writes one warning, wanted or not."""
    import logging
    _attach()
    logging.getLogger("framejit").warning("%s", text)


def _attach() -> None:
    """Gives the logger `framejit` its handler, once."""
    global _attached
    if _attached:
        return
    import logging
    import sys
    handler = logging.StreamHandler(sys.__stderr__)
    handler.setFormatter(logging.Formatter("%(name)s: %(message)s"))
    logger = logging.getLogger("framejit")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    _attached = True
