"""The machine's own linker: what LLVM emits runs as LLVM's linker has it; whatever is wrong with an object, it isn't loaded."""

import ctypes
import random
import struct

import pytest
from framejit import _machine
from framejit.backends.llvm import loading
from framejit.backends.llvm.engine import engine
from framejit.tables.settings import QUICK, THOROUGH
from process import python

LL = """
@table = internal constant [4 x i64] [i64 3, i64 1, i64 4, i64 1]
@pointers = internal constant [2 x ptr] [ptr @table, ptr getelementptr (i64, ptr @table, i64 2)]
@count = internal global i64 40
@PyFloat_Type = external global i8
declare double @fj_m_floor(double)
define internal i64 @second(ptr %p) noinline nounwind {
  %n = load i64, ptr %p
  ret i64 %n
}
define i64 @region(ptr %ctx, ptr %home) nounwind {
  %held = load i64, ptr @count
  %more = add i64 %held, 1
  store i64 %more, ptr @count
  %which = getelementptr ptr, ptr @pointers, i64 1
  %place = load ptr, ptr %which
  %four = call i64 @second(ptr %place)
  %d = call double @fj_m_floor(double 2.75)
  %two = fptosi double %d to i64
  %s = add i64 %four, %more
  %t = mul i64 %s, %two
  store ptr @PyFloat_Type, ptr %ctx
  switch i64 %held, label %done [i64 41, label %one
                                 i64 42, label %two2
                                 i64 43, label %three
                                 i64 44, label %four2
                                 i64 45, label %five]
one:
  ret i64 1001
two2:
  ret i64 1012
three:
  ret i64 1093
four2:
  ret i64 1004
five:
  ret i64 1905
done:
  ret i64 %t
}
"""


def emitted(text, level):
    llvm = engine()
    module = llvm.module(text, level)
    llvm.optimise(module, level)
    return llvm.machines[level].emit_object(module)


def answers(loaded, count=7):
    call, word = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_void_p, ctypes.c_void_p)(loaded.address), (ctypes.c_void_p * 1)()
    return [call(ctypes.addressof(word), None) for _ in range(count)], word[0]


@pytest.mark.parametrize("level", [THOROUGH, QUICK])
def test_runs_as_llvm_links_it(level):
    code = emitted(LL, level)
    ours, theirs = loading.load(LL, code), engine().linked(LL, code)
    assert ours.plain and not theirs.plain
    assert answers(ours) == answers(theirs) == ([90, 1001, 1012, 1093, 1004, 1905, 102], id(float))
    assert answers(loading.load(LL, code))[0][0] == 90          # data of its own


def spans():
    """(first, end, rights) of all memory of this process."""
    with open("/proc/self/maps", encoding="ascii") as file:
        rows = [line.split()[:2] for line in file]
    return [(*[int(part, 16) for part in span.split("-")], rights) for span, rights in rows]


def test_code_is_not_writable_and_data_not_executable():
    made = emitted(LL, THOROUGH)
    open_to_all = sum(rights.startswith("rwx") for *_, rights in spans())          # closures of ctypes
    code = loading.load(LL, made)
    assert [rights for first, end, rights in spans() if first <= code.address < end] == ["r-xp"]
    assert sum(rights.startswith("rwx") for *_, rights in spans()) == open_to_all


def test_nothing_is_left_of_what_has_gone():
    code = emitted(LL, QUICK)

    def size():
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0])

    loading.load(LL, code)
    before = size()
    for _ in range(2000):
        loading.load(LL, code)
    assert size() - before < 200


UNKNOWN = {
    "thread-local": "@x = thread_local global i64 1\ndefine i64 @region(ptr %c, ptr %h) {\n  %v = load i64, ptr @x\n  ret i64 %v\n}\n",
    "common": "@x = common global i64 0\ndefine i64 @region(ptr %c, ptr %h) {\n  %v = load i64, ptr @x\n  ret i64 %v\n}\n",
    "unwinding": "define i64 @region(ptr %c, ptr %h) uwtable {\n  ret i64 1\n}\n",
    "no region": "define i64 @other(ptr %c, ptr %h) {\n  ret i64 1\n}\n",
    "no such name": "declare i64 @fj_no_such(i64)\ndefine i64 @region(ptr %c, ptr %h) {\n  %v = call i64 @fj_no_such(i64 1)\n  ret i64 %v\n}\n",
}


@pytest.mark.parametrize("name", sorted(UNKNOWN))
def test_what_is_unknown_is_not_loaded(name):
    with pytest.raises(ValueError):
        loading.load("", emitted(UNKNOWN[name], THOROUGH))


def test_llvm_takes_what_the_linker_does_not_know(monkeypatch):
    def refuse(text, code):
        raise ValueError("a kind of section")

    monkeypatch.setattr(loading, "load", refuse)
    loaded = engine().load(LL)
    assert not loaded.plain and answers(loaded)[0][0] == 90


def test_the_number_of_addresses():
    code = emitted(LL, THOROUGH)
    names = _machine.object_imports(code)
    addresses = [loading.symbol(name) for name in names]
    for wrong in (addresses[:-1], [*addresses, 1], [0] * len(names)):
        with pytest.raises(ValueError):
            _machine.Code(code, wrong)


DAMAGED = """if True:
    import random, sys
    from framejit import _machine
    code = open(sys.argv[1], "rb").read()
    chance = random.Random(7)
    def attempt(bad):
        try:
            names = _machine.object_imports(bytes(bad))
            _machine.Code(bytes(bad), [4096 + 16 * number for number in range(len(names))])
        except ValueError:
            return 1
        return 0
    refused = 0
    for place in range(len(code)):
        for value in (code[place] ^ 1 << chance.randrange(8), 255, 0, chance.randrange(256)):
            bad = bytearray(code)
            bad[place] = value
            refused += attempt(bad)
        refused += attempt(code[:place])
    for _ in range(3000):
        bad = bytearray(code)
        for _ in range(chance.randrange(1, 6)):
            place = chance.randrange(len(code) - 8)
            bad[place:place + 8] = chance.choice([chance.randbytes(8), b"\\xff" * 8, (2**63 - 1).to_bytes(8, "little"), chance.randrange(70000).to_bytes(8, "little")])
        refused += attempt(bad)
    print(refused > len(code))
"""


def test_damaged_objects_do_no_harm(tmp_path):
    path = tmp_path / "region.o"
    path.write_bytes(emitted(LL, THOROUGH))
    result = python("-X", "faulthandler", "-c", DAMAGED, path)
    assert (result.returncode, result.stdout) == (0, "True\n"), result.stderr


def test_far_away_functions():
    """A call over more than 2 GiB goes by a stub; data by its slot."""
    code = emitted("declare i64 @far(i64)\ndefine i64 @region(ptr %c, ptr %h) nounwind {\n  %v = call i64 @far(i64 20)\n  %w = add i64 %v, 1\n  ret i64 %w\n}\n", THOROUGH)
    far = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64)(lambda n: 2 * n)
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mmap.restype, libc.mmap.argtypes = ctypes.c_void_p, [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
    place = libc.mmap(0x10000000000, 4096, 7, 0x22, -1, 0)          # far from all libraries: jumps to the function
    ctypes.memmove(place, b"\x48\xb8" + struct.pack("<Q", ctypes.cast(far, ctypes.c_void_p).value) + b"\xff\xe0", 12)
    made = _machine.Code(code, [place])
    assert abs(made.address - place) > 1 << 31
    assert ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_void_p, ctypes.c_void_p)(made.address)(None, None) == 41


def test_digests():
    import hashlib
    chance = random.Random(3)
    for size in [*range(300), 1000, 65536, 100_003]:
        content = chance.randbytes(size)
        assert _machine.digest(content) == hashlib.blake2b(content, digest_size=32).hexdigest()
