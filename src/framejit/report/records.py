"""What happened: counters, events, and one record per place that stays interpreted.

In: calls of `break_`, `event` and `count` from every stage.  Out: `stats()`, `breaks()`, and lines in the log.
A place is a code object, a code unit in it and a reason; further hits only count.  The number of places is
bounded; what comes beyond it is counted in `dropped`.
"""

import sys
import weakref
from collections import deque
from types import CodeType
from typing import Any, Callable, Optional

from framejit.report import logs
from framejit.tables import breaks, events, settings

BEYOND = 64         # records that are kept for a moment where there is no room for more


class Break:
    """One place that stays with the interpreter.

    `code` (FJ004), `reason`, `cure`, `filename`, `lineno`, `function`, `line` (its source), `count` (how often),
    `share` (part of the sampled time, 0.0 to 1.0, 0.0 where nothing was sampled).
    """

    __slots__ = ("row", "reference", "filename", "function", "lineno", "unit", "detail", "count", "share")

    def __init__(self, row: breaks.Reason, code_object: Optional[CodeType], unit: int, detail: str) -> None:
        self.row = row
        self.reference = weakref.ref(code_object) if code_object is not None else None      # the program's: it may go
        self.filename: str = code_object.co_filename if code_object is not None else "<process>"
        self.function: str = code_object.co_qualname if code_object is not None else "<process>"
        self.lineno = line_of(code_object, unit) if code_object is not None else 0
        self.unit = unit
        self.detail = detail
        self.count = 0
        self.share = 0.0

    @property
    def code(self) -> str:
        return self.row.code

    @property
    def name(self) -> str:
        return self.row.name

    @property
    def reason(self) -> str:
        return f"{self.row.sentence} ({self.detail})" if self.detail else self.row.sentence

    @property
    def cure(self) -> str:
        return self.row.cure

    @property
    def code_object(self) -> Optional[CodeType]:
        """The code object; None where there is none, or it is gone."""
        return self.reference() if self.reference is not None else None

    @property
    def line(self) -> str:
        import linecache
        return linecache.getline(self.filename, self.lineno).strip() if self.reference is not None else ""

    def fields(self) -> dict[str, Any]:
        """What the log line shows."""
        return {"code": self.code, "place": f"{self.filename}:{self.lineno}", "function": self.function,
                "line": self.line, "reason": self.reason, "cure": self.cure, "count": times(self.count)}

    def __str__(self) -> str:
        return events.BY_NAME["break_total"].format.format(**self.fields())

    def __repr__(self) -> str:
        return f"<Break {self.code} {self.filename}:{self.lineno} {self.row.name} x{self.count}>"


def times(count: int) -> str:
    """A count in words."""
    return "once" if count == 1 else f"{count:,} times"


def line_of(code_object: CodeType, unit: int) -> int:
    """The source line of a code unit; the function's first line where it has none."""
    for start, end, line in code_object.co_lines():
        if start <= 2 * unit < end and line is not None:
            return line
    return code_object.co_firstlineno


def nothing() -> None:
    """Nothing is compiled yet."""


class Records:
    """The sink that every stage is handed."""

    def __init__(self) -> None:
        self.refresh: Callable[[], None] = nothing      # brings the counts of exits up to date
        self.reset()

    def reset(self) -> None:
        """Forgets everything; counters of the machine count on from here."""
        self.counters: dict[str, float] = {row.name: 0 for row in events.COUNTERS}
        self.places: dict[tuple[int, int, str], Break] = {}
        self.past: list[Break] = []         # places in code objects that are gone
        self.beyond: deque[Break] = deque(maxlen=BEYOND)       # the last places of those for which there was no room
        self.regions: list[str] = []
        self.compiled = 0
        self.blocks: list[str] = []         # a line for each block of a with statement that has run natively
        self.samples: dict[tuple[int, int], int] = {}
        self.lost = 0                       # samples of code objects that are gone
        self.dropped = 0
        self.machine_start = self._machine()

    def break_(self, code_object: Optional[CodeType], unit: int, name: str, detail: str = "", hits: int = 1) -> Break:
        """Counts hits of a place; the first one writes a line to the log `breaks`."""
        key = (id(code_object), unit, name)
        place = self.place(code_object, unit, name)
        if place is None:
            place = Break(breaks.BY_NAME[name], code_object, unit, detail)
            if len(self.places) + len(self.past) >= settings.ROWS["records"].default:
                self.dropped += 1
                self.beyond.append(place)
                return place
            if key in self.places:
                self.past.append(self.places[key])
            self.places[key] = place
        first = place.count == 0
        place.count += hits
        if first and logs.on("breaks"):
            self.event("break", **place.fields())
        return place

    def place(self, code_object: Optional[CodeType], unit: int, name: str) -> Optional[Break]:
        """The record of a place, if there is one.  Other code objects have had its id."""
        found = self.places.get((id(code_object), unit, name))
        return found if found is not None and found.code_object is code_object else None

    def places_of(self, code_object: CodeType) -> list[Break]:
        """The records of a code object, most frequent first, those among them that there was no room for a moment ago."""
        return sorted([place for place in [*self.places.values(), *self.beyond] if place.code_object is code_object], key=lambda place: -place.count)

    def gone(self, key: int) -> None:
        """A code object has died, whose id this was."""
        for place in [place for place in list(self.places) if place[0] == key]:         # looks, and other threads, go on meanwhile
            found = self.places.get(place)
            if found is not None and found.code_object is None and self.places.pop(place, None) is not None:
                self.past.append(found)
        for sample in [sample for sample in list(self.samples) if sample[0] == key]:
            self.lost += self.samples.pop(sample, 0)

    def sampled(self, code_object: CodeType, unit: int, looks: int = 1) -> None:
        """So many looks at what is running found this instruction, or others of its place: the last one did."""
        key = (id(code_object), unit)
        self.samples[key] = self.samples.get(key, 0) + looks

    def event(self, name: str, **fields: Any) -> None:
        """Counts an event and writes its line if its log is on."""
        row = events.BY_NAME[name]
        if row.counter:
            self.counters[row.counter] += 1
        if logs.on(row.kind):
            logs.write(row.kind, row.format.format(**fields))

    def count(self, counter: str, number: float = 1) -> None:
        """Raises a counter of stats()."""
        self.counters[counter] += number

    def region(self, label: str) -> int:
        """Notes a compiled region, if there aren't as many as there may be places; its number, from 0, in the order of compilation."""
        number, self.compiled = self.compiled, self.compiled + 1
        if number < settings.ROWS["records"].default:
            self.regions.append(label)
        return number

    def breaks(self) -> list[Break]:
        """Every place, most frequent first, with its share of the samples: those of its line."""
        self.refresh()
        whole = sum(self.samples.values()) + self.lost
        for place in list(self.places.values()):        # looks, and other threads, go on meanwhile
            if place.code_object is not None and whole:
                place.share = self._samples_of(place) / whole
        return sorted([*self.places.values(), *self.past], key=lambda place: (-place.share, -place.count))

    def _samples_of(self, place: Break) -> int:
        code, line = place.code_object, place.lineno
        assert code is not None
        return sum(count for (known, unit), count in list(self.samples.items()) if known == id(code) and line_of(code, unit) == line)

    def stats(self) -> dict[str, float]:
        """Counters of all stages and of the machine since the last reset."""
        self.refresh()
        answer = dict(self.counters)
        machine = self._machine()
        for row in events.COUNTERS:
            if row.machine:
                answer[row.name] += machine.get(row.machine, 0) - self.machine_start.get(row.machine, 0)
        answer["breaks"] = len(self.places) + len(self.past) + self.dropped
        return answer

    def write_totals(self) -> None:
        """At the end: what exits have counted since, and one line more for every place that was hit more than once."""
        self.refresh()
        if logs.on("breaks"):
            for place in self.breaks():
                if place.count > 1:
                    self.event("break_total", **place.fields())

    @staticmethod
    def _machine() -> dict[str, int]:
        module = sys.modules.get("framejit._machine")
        return module.counters() if module is not None else {}


RECORDS = Records()
