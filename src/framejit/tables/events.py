"""What a stage can report: one row per event.

`kind` is the log that shows it (FRAMEJIT_LOG=kind), `format` its line, filled with the event's fields, `counter`
the entry of stats() that it raises by one, or "".
"""

from typing import NamedTuple


class Kind(NamedTuple):
    name: str
    sentence: str


class Event(NamedTuple):
    name: str
    kind: str
    format: str
    counter: str = ""


KINDS = (
    Kind("breaks", "each place that stays with the interpreter: code, place, source line, reason, cure, how often"),
    Kind("guards", "what a region was compiled under"),
    Kind("recompiles", "regions compiled again, and why"),
    Kind("exits", "each return to the interpreter"),
    Kind("graph", "the graph of each region, before and after its passes"),
    Kind("loops", "each loop: its header, strips, versions; each expression over whole arrays"),
    Kind("llvm", "LLVM text of each region"),
    Kind("asm", "machine code of each region"),
    Kind("cache", "what is kept on disk: found, missing, refused and why"),
    Kind("time", "when something was compiled, and how long each stage took"),
)

EVENTS = (
    Event("break", "breaks", "{code} {place} in {function}: {line} -- {reason}; cure: {cure}; {count} so far"),
    Event("break_total", "breaks", "{code} {place} in {function}: {line} -- {reason}; cure: {cure}; {count} in all"),
    Event("compiler_failed", "breaks", "the compiler failed in {stage} on {place}: {error}"),
    Event("not_started", "breaks", "{code} nothing is compiled: {reason} ({detail})"),
    Event("region_compiled", "time", "{region}: compiled in {milliseconds:.1f} ms", counter="regions_compiled"),
    Event("stage_done", "time", "{region}: {stage} {milliseconds:.2f} ms"),
    Event("linked_by_llvm", "time", "an object with {what} was left to LLVM's linker"),
    Event("kept_found", "cache", "{region}: hit, {file}, {bytes:,} bytes", counter="cache_hits"),
    Event("kept_missing", "cache", "{region}: miss", counter="cache_misses"),
    Event("kept_refused", "cache", "{region}: refused: {why}", counter="cache_refused"),
    Event("capture_refused", "cache", "{region}: what was captured can't be kept: {why}"),
    Event("refusal_found", "cache", "{region}: hit, it was refused"),
    Event("kept_stale", "cache", "{region}: what was captured elsewhere isn't this: {why}"),
    Event("kept_written", "cache", "{region}: kept, {file}, {bytes:,} bytes"),
    Event("kept_off", "cache", "nothing is kept on disk: {why}"),
    Event("guard_list", "guards", "{region}: {guards}"),
    Event("variant_added", "recompiles", "{region}: variant {number} for {types}: {reason}", counter="variants"),
    Event("exit_taken", "exits", "{region}: left at line {line}, {count} times: {reason}"),
    Event("graph_made", "graph", "{region} {stage}:\n{text}"),
    Event("loop_found", "loops", "{region}: loop at line {line}: {description}"),
    Event("nest_found", "loops", "{region}: expression {number}: {description}"),
    Event("llvm_made", "llvm", "{region}:\n{text}"),
    Event("asm_made", "asm", "{region}:\n{text}"),
    Event("region_given_back", "recompiles", "{region}: given back to the interpreter: {reason}", counter="given_back"),
)

BY_NAME = {row.name: row for row in EVENTS}
KIND_NAMES = tuple(kind.name for kind in KINDS)

# The keys of stats(): what counts each, and what it means.  `machine` names the counter of framejit._machine.


class Counter(NamedTuple):
    name: str
    machine: str
    sentence: str


COUNTERS = (
    Counter("regions_compiled", "", "regions that have been compiled at least once"),
    Counter("variants", "", "compiled variants of all regions"),
    Counter("native_entries", "native_entries", "times that compiled code was entered"),
    Counter("native_iterations", "iterations", "loop iterations made by compiled code"),
    Counter("callouts", "callouts", "calls made from compiled code to code that isn't compiled"),
    Counter("exits", "exits", "returns to the interpreter in mid-function"),
    Counter("guard_misses", "misses", "entries refused because a guard failed"),
    Counter("breaks", "", "places with a record of why they stay interpreted"),
    Counter("osr_entries", "osr_entries", "running loops that were entered"),
    Counter("given_back", "", "functions given back to the interpreter"),
    Counter("cache_hits", "", "pieces of machine code that were found on disk"),
    Counter("cache_misses", "", "regions whose machine code was not found there"),
    Counter("cache_refused", "", "files of machine code, or folders, that were not used"),
    Counter("compile_seconds", "", "seconds spent compiling"),
)
