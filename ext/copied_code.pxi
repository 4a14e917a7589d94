# Code objects that are made here: the gate, the poll, (3.11) the copy with a prologue that gate.c and prologue.c need, and the copy whose loop
# headers lead to native code (entrances.c).

import opcode


def instruction(name, argument=0):
    """Bytes of one instruction, EXTENDED_ARG in front, inline caches behind."""
    parts = []
    for shift in (24, 16, 8):
        if argument >> shift:
            parts += [opcode.opmap["EXTENDED_ARG"], argument >> shift & 255]
    parts += [opcode.opmap[name], argument & 255]
    return bytes(parts) + bytes(2 * caches(name))


def caches(name):
    """Inline cache units behind an instruction."""
    entries = opcode._inline_cache_entries
    return entries.get(name, 0) if isinstance(entries, dict) else entries[opcode.opmap[name]]


JUMP_IF_NONE = "POP_JUMP_FORWARD_IF_NONE" if "POP_JUMP_FORWARD_IF_NONE" in opcode.opmap else "POP_JUMP_IF_NONE"


def gate_function(gate):
    """Two inversions of the gate object: the first runs native code, the second fetches what is to be pushed; without
    RESUME, so that its frame is invisible."""
    load = instruction("LOAD_CONST") + instruction("UNARY_INVERT")
    fetch = load + instruction("RETURN_VALUE")
    text = load + instruction(JUMP_IF_NONE, len(fetch) // 2) + fetch + instruction("PUSH_NULL") + instruction("RETURN_VALUE")
    return invisible(text, (gate,), "<gate>", 4)         # a name that nobody finds it by: where it is pickled it goes by value


def poll_function():
    """One backward jump."""
    text = instruction("JUMP_FORWARD", 2) + instruction("LOAD_CONST") + instruction("RETURN_VALUE")
    text += instruction("JUMP_BACKWARD", 3)
    return types.FunctionType(plain_code().replace(
        co_code=text, co_consts=(None,), co_names=(), co_stacksize=2, co_name="poll", co_qualname="poll", co_argcount=0,
        co_nlocals=0, co_varnames=()), {})


def plain_code():
    """A code object to start from."""
    space = {}
    exec("def pattern(_): return 1", space)
    return space["pattern"].__code__


def invisible(text, consts, name, stack):
    code = plain_code().replace(co_code=text, co_consts=consts, co_names=(), co_stacksize=stack, co_name=name, co_qualname=name)
    return types.FunctionType(code, {})


def varint(value, first=False):
    """One number of an exception table: six bits a byte, most significant first."""
    digits = [value & 63]
    while value >> 6:
        value >>= 6
        digits.append(value & 63)
    digits.reverse()
    out = bytearray(digit | 64 for digit in digits[:-1]) + bytes([digits[-1]])
    if first:
        out[0] |= 128
    return bytes(out)


def table_entries(table):
    """(start, length, target, depth and lasti) of each entry."""
    numbers, value, fresh = [], 0, True
    for byte in table:
        value = (0 if fresh else value << 6) | (byte & 63)
        fresh = not byte & 64
        if fresh:
            numbers.append(value)
    return [tuple(numbers[i:i + 4]) for i in range(0, len(numbers), 4)]


def shifted_table(table, shift, prologue, pad):
    """Entries moved behind the prologue; the prologue's own unit leads to the pad at the end."""
    entries = [(prologue, 1, pad, 0)]
    entries += [(start + shift, length, target + shift, depth) for start, length, target, depth in table_entries(table)]
    return b"".join(varint(a, True) + varint(b) + varint(c) + varint(d) for a, b, c, d in entries)


def line_entry(length):
    """Location entries on the line before, without columns."""
    out = b""
    while length > 0:
        out += bytes([0x80 | 13 << 3 | (min(length, 8) - 1), 0])
        length -= 8
    return out


def no_line_entry(length):
    """A location entry without a line: tracers are told nothing of these units."""
    return bytes([0x80 | 15 << 3 | (length - 1)])


def resume_unit(code):
    """The unit of the first RESUME: in front of it stands what makes cells."""
    return code.co_code[::2].index(opcode.opmap["RESUME"])


def behind_entries(table, units):
    """Where the location entries of so many units end, or None."""
    at = count = 0
    while at < len(table) and count < units:
        count += 1 + (table[at] & 7)
        at += 1
        while at < len(table) and not table[at] & 0x80:
            at += 1
    return at if count == units else None


def copied_code(code, stub):
    """(copy with a prologue behind RESUME, its length in units); (None, 0) where it has no place."""
    raw, resume = code.co_code, resume_unit(code)
    first = behind_entries(code.co_linetable, resume + 1)
    if first is None:
        return None, 0
    consts = code.co_consts + (stub, gate)
    load = instruction("LOAD_CONST", len(code.co_consts))
    prologue = load + instruction("FOR_ITER", 1) + instruction("RETURN_VALUE")
    pad = instruction("POP_TOP") + instruction("LOAD_CONST", len(code.co_consts) + 1) + instruction("COPY", 1) + instruction("CALL", 0)
    shift = len(prologue) // 2
    lines = code.co_linetable[:first] + no_line_entry(shift) + code.co_linetable[first:] + line_entry(len(pad) // 2)
    return code.replace(
        co_code=raw[:2 * resume + 2] + prologue + raw[2 * resume + 2:] + pad, co_consts=consts, co_linetable=lines, co_stacksize=max(3, code.co_stacksize),
        co_exceptiontable=shifted_table(code.co_exceptiontable, shift, resume + 1 + len(load) // 2, len(raw) // 2 + shift)), shift


def jump_back(start, target):
    """From a unit to one in front of it, without a look at the eval-breaker."""
    size = 1
    while True:
        jump = instruction("JUMP_BACKWARD_NO_INTERRUPT", start + size - target)
        if len(jump) // 2 == size:
            return jump
        size += 1


def whole_instructions(raw, unit, least):
    """Units of the instructions from this one on that take at least so many."""
    end = unit
    while end < unit + least or (end > unit and raw[2 * end - 2] == opcode.opmap["EXTENDED_ARG"]):
        end += 1 + caches(opcode.opname[raw[2 * end]])
    return end - unit


def leading_code(code, entrances):
    """A copy whose headers lead to native code, [(stub, unit, most units to overwrite, depth, done, depth there)] in the order of units, and the units that each
    header lost; (None, ()) where there is no room."""
    raw, consts, lost = bytearray(code.co_code), list(code.co_consts), []
    size = len(raw) // 2
    behind = bytearray()
    for stub, unit, room, depth, done, done_depth in entrances:
        start = size + len(behind) // 2
        jump = forward_jump(unit, start)
        units = whole_instructions(raw, unit, len(jump) // 2)
        if units > room:
            return None, ()
        raw[2 * unit:2 * (unit + units)] = jump + instruction("NOP") * (units - len(jump) // 2)
        lost.append(units)
        behind += stub_call(len(consts), len(consts) + 1, start, depth, done, done_depth)
        consts += [stub, gate]
    lines = code.co_linetable
    for rest in range(len(behind) // 2, 0, -8):
        lines += no_line_entry(min(rest, 8))
    return code.replace(co_code=bytes(raw + behind), co_consts=tuple(consts), co_linetable=lines), lost


HAS_LINE, BEGINS, AGAIN = 1, 2, 4         # as in entrances.c
STARTS_NO_LINE = {opcode.opmap.get(name) for name in ("END_ASYNC_FOR", "END_FOR", "END_SEND", "RESUME")}
JUMPS_ON = {opcode.opmap.get(name): behind for names, behind in (
    (("POP_JUMP_IF_FALSE", "POP_JUMP_IF_TRUE", "POP_JUMP_IF_NONE", "POP_JUMP_IF_NOT_NONE", "JUMP_FORWARD"), 0), (("FOR_ITER", "SEND"), 1)) for name in names}
JUMPS_BACK = {opcode.opmap.get(name) for name in ("JUMP_BACKWARD", "JUMP_BACKWARD_NO_INTERRUPT")}


def line_notes(code, units, headers):
    """A byte for each unit of a copy of so many units and more: HAS_LINE, BEGINS one perhaps.  The interpreter notes the same (3.12, 3.13) when a
    tool asks for lines, but would follow the headers' jumps out of the code.  AGAIN: a header that begins its line in the original, too, seen from
    the unit before, which is where frames come from that get the original there."""
    raw, first = code.co_code, resume_unit(code)
    lines = [place[0] for place in code.co_positions()]
    lines += [None] * (len(raw) // 2 - len(lines))        # somebody's table may be short
    notes = bytearray([HAS_LINE]) * first + bytearray(len(raw) // 2 - first)
    targets, unit, line, argument = [one[2] for one in table_entries(code.co_exceptiontable)], first, None, 0
    while unit < units:
        op = raw[2 * unit]
        notes[unit] = HAS_LINE * (lines[unit] is not None)
        if op not in STARTS_NO_LINE:
            notes[unit] |= BEGINS * (lines[unit] is not None and lines[unit] != line)
            line = lines[unit]
        argument = argument << 8 | raw[2 * unit + 1]
        unit += 1 + caches(opcode.opname[op])
        if op == opcode.opmap["EXTENDED_ARG"]:
            continue
        if op in JUMPS_ON or op in JUMPS_BACK:
            targets.append(unit - argument if op in JUMPS_BACK else unit + argument + JUMPS_ON[op])
        argument = 0
    for target in targets:
        if target < units and notes[target] & HAS_LINE and raw[2 * target] != opcode.opmap.get("END_ASYNC_FOR"):
            notes[target] |= BEGINS
    for unit in headers:
        if not notes[unit - 1] & HAS_LINE or lines[unit - 1] != lines[unit]:
            notes[unit] |= AGAIN
    return bytes(notes)


def forward_jump(unit, target):
    """Where a jump that is one unit longer would be one shorter for that, it begins with an argument's empty part."""
    for size in range(1, 5):
        jump = instruction("JUMP_FORWARD", target - unit - size)
        if len(jump) // 2 <= size:
            return bytes([opcode.opmap["EXTENDED_ARG"], 0]) * (size - len(jump) // 2) + jump


def stub_call(stub, gate, start, depth, done, done_depth):
    """What a header leads to: the stub, then the gate; None leads behind the loop, where the stub gives what is on the stack in addition."""
    call = instruction("LOAD_CONST", gate) + instruction("COPY", 1) + far_call()
    text = instruction("LOAD_CONST", stub) + instruction("UNARY_INVERT") + instruction(JUMP_IF_NONE, len(call) // 2) + call
    if done < 0:
        return text
    text += instruction("POP_TOP") * (depth - done_depth) + (instruction("LOAD_CONST", stub) + instruction("UNARY_INVERT")) * (done_depth - depth)
    return text + jump_back(start + len(text) // 2, done)


def far_call():
    """A call that isn't specialised soon."""
    call = instruction("CALL", 0)
    return call[:2] + b"\xf0\xff" + call[4:] if len(call) > 2 else call
