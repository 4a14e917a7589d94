"""Decoded programs: run to the interpreter's results, snapshots, prefixes, and what no compiler emits."""

import copy
import dis
import gc
import os
import sys
import weakref
from pathlib import Path
from types import FunctionType

import pytest
from .decoded_programs import INLINED, PROGRAMS, comprehensions, handled, total
from .normal_interpreter import STEPS, run

from framejit.bytecode import OPERATIONS, decode, show

VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"
SNAPSHOTS = Path(__file__).parent / "snapshots"


def compiled(text, name="f"):
    space = {}
    exec(compile(text, "text.py", "exec"), space)
    return space[name]


@pytest.mark.parametrize("function, inputs", PROGRAMS, ids=lambda value: getattr(value, "__name__", ""))
def test_runs_to_the_same_result(function, inputs):
    for arguments in inputs:
        assert run(function, *copy.deepcopy(arguments)) == function(*copy.deepcopy(arguments))


@pytest.mark.skipif(INLINED, reason="comprehensions are inlined")
def test_comprehensions_run_as_functions():
    bodies = [FunctionType(code, {}) for code in comprehensions.__code__.co_consts if hasattr(code, "co_code")]
    assert [run(body, iter([1, 7, 3])) for body in bodies] == list(comprehensions([1, 7, 3]))


def test_the_interpreter_knows_operations_only():
    assert set(STEPS) <= set(OPERATIONS)


@pytest.mark.parametrize("function", [function for function, _ in PROGRAMS], ids=lambda function: function.__name__)
def test_snapshot(function):
    path = SNAPSHOTS / VERSION / f"{function.__name__}.txt"
    text = show(decode(function.__code__))
    if os.environ.get("FRAMEJIT_UPDATE_SNAPSHOTS"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert path.read_text() == text


def test_prefixes_belong_to_their_instruction():
    lines = [f"    v{index} = x + {index + 1000}" for index in range(300)]
    function = compiled("def f(x):\n" + "\n".join(lines) + "\n    return g(v299, key=v298)")
    bytecode = decode(function.__code__)
    real = {instruction.offset // 2: instruction for instruction in dis.get_instructions(function)}
    wide = [one for one in bytecode.instructions if one.at != one.unit]
    assert len(wide) > 50
    for one in wide:
        # On 3.13 the place of a call with keywords is where their names are loaded.
        assert real[one.unit].opname in ("EXTENDED_ARG", "KW_NAMES", "PRECALL", "LOAD_CONST")
    last = [one for one in bytecode.instructions if one.op == "STORE_FAST"][-1]
    assert last.arg == function.__code__.co_varnames.index("v299")
    call = next(one for one in bytecode.instructions if one.op == "CALL")
    assert call.arg == (2, ("key",)) and real[call.at].opname.startswith("CALL")
    assert bytecode.depth[call.unit] == 4


def test_wide_jumps():
    body = "\n".join("        s = s + x * 3 - x" for _ in range(100))
    function = compiled(f"def f(n, x):\n    s = 0\n    for i in range(n):\n{body}\n    return s")
    assert run(function, 3, 2) == function(3, 2)
    bytecode = decode(function.__code__)
    (header, (jump,)), = bytecode.loop_headers.items()
    assert bytecode.instructions[bytecode.at[header]].op == "FOR_ITER"
    assert bytecode.instructions[bytecode.at[jump]].at == jump + 1
    assert bytecode.loops[header] == {unit for unit in bytecode.at if header <= unit <= jump}


def test_first_is_behind_resume():
    bytecode = decode(total.__code__)
    before = [one for one in bytecode.instructions if one.next <= bytecode.first]
    assert before[-1].opname == "RESUME"
    outer = compiled("def f(x):\n    return lambda: x")
    assert decode(outer.__code__).first == 2


def test_generators_and_coroutines_have_depths():
    for text in ("def f(n):\n    for i in range(n):\n        x = yield i\n    return 3",
                 "async def f(n):\n    async with n as m:\n        await m\n    async for i in n:\n        pass",
                 "def f(n):\n    yield from n"):
        code = compiled(text).__code__
        bytecode = decode(code)
        assert max(bytecode.depth.values()) <= code.co_stacksize
        assert all(bytecode.depth[one.unit] == 1 for one in bytecode.instructions
                   if one.opname == "RETURN_VALUE" and one.unit in bytecode.depth)


def test_stores_in_loops():
    function = compiled("def f(n):\n    a = b = 0\n    for i in range(n):\n        a = i\n        while a:\n            a -= 1\n"
                        "            global g\n            g = b\n    return a")
    bytecode = decode(function.__code__)
    names = function.__code__.co_varnames
    outer, inner = sorted(bytecode.loops, key=lambda header: -len(bytecode.loops[header]))
    assert {names[slot] for slot in bytecode.stored_in(outer)} == {"a", "i"}
    assert {names[slot] for slot in bytecode.stored_in(inner)} == {"a"}
    assert bytecode.names_stored_in(inner) == {"g"}
    assert bytecode.loops[inner] < bytecode.loops[outer]


def test_names_stored_at_module_level():
    code = compile("s = 0\nfor i in range(9):\n    s += i\nt = s", "module.py", "exec")
    bytecode = decode(code)
    (header,) = bytecode.loop_headers
    assert bytecode.names_stored_in(header) == {"s", "i"}
    assert not bytecode.stored_in(header)


def test_a_retry_loop_goes_through_its_handler():
    function = compiled("def f(g):\n    while True:\n        try:\n            n = g()\n            break\n"
                        "        except ValueError:\n            continue\n    return n")
    bytecode = decode(function.__code__)
    (header,) = bytecode.loop_headers
    assert any(handler.target in bytecode.loops[header] for handler in bytecode.handlers)


def test_jumping_back_out_of_a_handler_is_no_loop():
    function = compiled("def f(g):\n    with g:\n        g.run()\n    return g")
    assert decode(function.__code__).loop_headers == {}


def test_handlers_lines_and_leaders():
    bytecode = decode(handled.__code__)
    first = bytecode.handlers[0]
    assert bytecode.depth[first.target] == first.entry_depth
    assert first.target in bytecode.leaders and bytecode.first in bytecode.leaders
    division = next(one for one in bytecode.instructions if one.op == "BINARY")
    assert division.line == handled.__code__.co_firstlineno + 2


def test_a_jump_into_an_instruction_ends_the_region():
    code = total.__code__
    text = bytearray(code.co_code)
    bytecode = decode(code)
    binary = next(one for one in bytecode.instructions if one.op == "BINARY")
    text[2 * bytecode.first:2 * bytecode.first + 2] = bytes((dis.opmap["JUMP_FORWARD"], binary.next - 1 - (bytecode.first + 1)))
    broken = decode(code.replace(co_code=bytes(text)))
    jump = broken.instructions[broken.at[broken.first]]
    assert (jump.op, jump.opname, jump.target) == ("OTHER", "JUMP_FORWARD", None)
    assert broken.depth.keys() == {0, broken.first}


def test_an_unknown_opcode_ends_the_region():
    unknown = next(number for number in range(255, 0, -1) if dis.opname[number].startswith("<"))
    text = bytes((dis.opmap["NOP"], 0, unknown, 7, dis.opmap["RETURN_VALUE"], 0))
    code = total.__code__.replace(co_code=text, co_exceptiontable=b"")
    assert [one.op for one in decode(code).instructions] == ["NOP", "OTHER", "RETURN"]


def test_parts_of_an_opcode():
    function = compiled("def f():\n    return len")
    bytecode = decode(compiled("def f(x):\n    return len(x)").__code__)
    load = next(one for one in bytecode.instructions if one.opname == "LOAD_GLOBAL")
    assert {one.op for one in bytecode.parts(load.unit)} == {"LOAD_GLOBAL", "PUSH_NULL"}
    plain = decode(function.__code__)
    assert len(plain.parts(plain.first)) == 1


def test_decoding_keeps_no_code_alive():
    function = compiled("def f(x):\n    return x")
    reference = weakref.ref(function.__code__)
    decode(function.__code__)
    del function
    gc.collect()
    assert reference() is None


def with_blocks(n):
    for i in range(n):
        with n as m:
            for k in range(n):
                if k > 3:
                    m = k
                try:
                    if k == i:
                        return k
                except KeyError:
                    m += 1
            if i:
                continue
            if n:
                break
            while m:
                m -= 1
        n += 1


def test_bodies_of_with_statements_have_whole_loops():
    bytecode = decode(with_blocks.__code__)
    begin = next(one.next for one in bytecode.instructions if one.opname == "BEFORE_WITH")
    body = bytecode.with_body(begin)
    assert sum(units <= body for units in bytecode.loops.values()) == 2
    lines = {bytecode.instructions[bytecode.at[unit]].line - with_blocks.__code__.co_firstlineno for unit in body}
    assert {3, 4, 5, 7, 11, 13, 15, 16} <= lines and not lines & {1, 17}
    assert not bytecode.with_body(bytecode.first)
