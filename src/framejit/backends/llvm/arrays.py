"""Operations on whole arrays: nests, and headers of views on the C stack (ext/numpy_table.h, ext/nests.h)."""

import struct

from framejit.backends.llvm import described_nests
from framejit.backends.llvm.described_nests import inner_loop
from framejit.backends.llvm.text import LLVM
from framejit.tables.array_calls import ARRAY_CALLS, BEGINNINGS, HEARD, LOOPS
from framejit.tables.reductions import REDUCTIONS
from framejit.tables.types import ELEMENTS, KINDS, MACHINE_TYPES
from framejit.tables.whole_calls import WHOLE

OWN = {             # calls that ext/gathers.c does where elements lie side by side, and arrays that ext/drawn_arrays.c draws
    "o.getitem": 1, "o.setitem": 2, "f.at": 3, "m.cumsum": 4, "m.cumprod": 5, "u.reduceat": 6,
    "r.random": 10, "r.standard_normal": 11, "r.normal": 12, "r.uniform": 13, "r.integers": 14,
}
HEAD, FIELDS = 10, (0, 1, 2, 3, 4, 5, 6)   # words of an array's head; of them (nothing, here a part's type), type, data, axes, shape, strides, base


def words_of(low, arguments, more=0):
    """The operands of a nest side by side, with room for some more."""
    words = low.temp()
    low.allocated.append(f"  {words} = alloca i64, i64 {len(arguments) + more}")
    for index, argument in enumerate(arguments):
        place = low.temp()
        low.out(f"{place} = getelementptr i64, ptr {words}, i64 {index}")
        value, llvm = low.ref(argument), LLVM[argument.type]
        if argument.type == "i1":
            wide = low.temp()
            low.out(f"{wide} = zext i1 {value} to i8")
            value, llvm = wide, "i8"
        low.out(f"store {llvm} {value}, ptr {place}")
    return words


def chosen(low, number, arguments, more=0):
    """(texts of a nest, of the words of its operands, of those from which its results are counted): where all parts that are kept are there, of the rest."""
    rest = low.graph.nests[number].rest
    if rest is None:
        words = words_of(low, arguments, more)
        return f"@nest{number}", words, words
    nests, (whole, kept) = low.graph.nests, (arguments[:-rest.parts], arguments[-rest.parts:])
    count, known = len(nests[number].operands), "true"
    for part in kept:
        there, both = low.temp(), low.temp()
        low.out(f"{there} = icmp ne {low.typed(part)}, null")
        low.out(f"{both} = and i1 {known}, {there}")
        known = both
    others = words_of(low, [kept[~one] if one < 0 else whole[one] for one in rest.takes] + whole[count:], more)
    words, moved, first, taken, results = words_of(low, whole, more), low.temp(), low.temp(), low.temp(), low.temp()
    low.out(f"{moved} = getelementptr i64, ptr {others}, i64 {len(rest.takes) - count}")
    low.out(f"{first} = select i1 {known}, ptr @nest{rest.number}, ptr @nest{number}")
    low.out(f"{taken} = select i1 {known}, ptr {others}, ptr {words}")
    low.out(f"{results} = select i1 {known}, ptr {moved}, ptr {words}")
    return first, taken, results


def nest(low, node):
    described, words, _ = chosen(low, node.attr, node.args)
    low.declare(f"fj_nest{low.held}", "ptr", ["ptr", "ptr", "ptr"])
    low.out(f"%n{node.id} = call ptr @fj_nest{low.held}(ptr %ctx, ptr {described}, ptr {words})")


def kept_nest(low, node):
    number, place = node.attr
    low.declare("fj_kept_nest", "ptr", ["ptr", "ptr", "i64", "ptr"])
    low.out(f"%n{node.id} = call ptr @fj_kept_nest(ptr %ctx, ptr @nest{number}, i64 {place}, ptr {words_of(low, node.args)})")


def forget(low, node):
    name, numbers = ("fj_forget_all", ()) if node.attr < 0 else ("fj_forget", (f"i64 {node.attr}",))
    low.declare(name, "void", ["i64"] * len(numbers))
    low.out(f"call void @{name}({', '.join(numbers)})")


def spoil(low, node):
    low.declare(f"fj_{node.op}", "void", ["ptr"])
    low.out(f"call void @fj_{node.op}({low.typed(node.args[0])})")


def nest_several(low, node):
    """Its results are handed over in the words of its operands, the last one behind them."""
    described, words, low.words[node.id] = chosen(low, node.attr, node.args, 1)
    low.declare("fj_nest_several", "i64", ["ptr", "ptr", "ptr"])
    low.out(f"%n{node.id} = call i64 @fj_nest_several(ptr %ctx, ptr {described}, ptr {words})")


def made_array(low, node):
    place = low.temp()
    low.out(f"{place} = getelementptr i64, ptr {low.words[node.args[0].id]}, i64 {node.attr}")
    low.out(f"%n{node.id} = load ptr, ptr {place}")


def nest_into(low, node):
    target, *arguments = node.args
    described, words, _ = chosen(low, node.attr, arguments)
    low.declare(f"fj_nest_into{low.held}", "i64", ["ptr", "ptr", "ptr", "ptr"])
    low.out(f"%n{node.id} = call i64 @fj_nest_into{low.held}(ptr %ctx, ptr {described}, ptr {words}, {low.typed(target)})")


def nest_reduce(low, node):
    number, name, most = node.attr
    reduction, (described, words, _) = described_reduction(low, low.graph.nests[number].kind, name, most), chosen(low, number, node.args)
    low.declare(f"fj_nest_reduce{low.held}", "i64", ["ptr", "ptr", "ptr", "ptr"])
    bits = low.temp()
    low.out(f"{bits} = call i64 @fj_nest_reduce{low.held}(ptr %ctx, ptr {described}, ptr {words}, ptr {reduction})")
    from_bits(low, node, bits)


def nest_along(low, node):
    number, most, attr = node.attr
    reduction, (described, words, _) = described_reduction(low, low.graph.nests[number].kind, attr[0], most), chosen(low, number, node.args)
    call = described_call(low, attr, node.args[:1 + attr[2]])
    low.declare(f"fj_nest_along{low.held}", "ptr", ["ptr"] * 5)
    low.out(f"%n{node.id} = call ptr @fj_nest_along{low.held}(ptr %ctx, ptr {described}, ptr {words}, ptr {reduction}, ptr {call})")


def nest_spread(low, node):
    """Two averages; reductions that NumPy does have no description."""
    first, second, limit, by_numpy, mean, squares, less, root = node.attr
    names, words = [], words_of(low, node.args)
    for number, most, attr, fewer in ((first, limit, mean, 0), (second, 0, squares, less)):
        reduction = "null" if by_numpy else described_reduction(low, low.graph.nests[number].kind, attr[0], most)
        names.append((f"@nest{number}", reduction, described_call(low, attr, node.args[:1 + attr[2]], fewer)))
    parts = ", ".join([f"ptr {name}" for place in zip(*names) for name in place])
    spread = "@" + ".".join(["spread", str(first), str(second), names[1][2][1:], str(limit), str(int(by_numpy)), str(int(root))])
    low.declarations.setdefault(spread, f"{spread} = internal constant {{ ptr, ptr, ptr, ptr, ptr, ptr, i64 }} {{ {parts}, i64 {int(root)} }}")
    low.declare(f"fj_nest_spread{low.held}", "ptr", ["ptr"] * 3)
    low.out(f"%n{node.id} = call ptr @fj_nest_spread{low.held}(ptr %ctx, ptr {spread}, ptr {words})")


def described_reduction(low, kind, name, most):
    """The constant that describes a reduction of elements of a kind (ext/nests.h)."""
    row, kind = REDUCTIONS[name], KINDS[kind]
    loop, data = inner_loop(row.ufunc, [kind.name] * 3, low.declarations)
    reduction = f"@reduction.{kind.name}.{name}.{most}"
    whole = described_nests.function(row.ufunc, low.declarations)
    low.declarations.setdefault(reduction, f"{reduction} = internal constant {{ ptr, ptr, i64, i64, i64, ptr }} "
                                f"{{ ptr {loop}, ptr {data}, i64 {row.mode}, i64 {bits_of(row.start, kind)}, i64 {most}, ptr {whole} }}")
    return reduction


def bits_of(number, kind):
    """The bits of a small number as one of this kind."""
    form = {"f32": "<f", "f64": "<d"}.get(kind.machine)
    return number if form is None else int.from_bytes(struct.pack(form, number), "little")


def from_bits(low, node, bits):
    """A number whose bits a call gave."""
    type_ = LLVM[node.type]
    width = MACHINE_TYPES[node.type].bits
    if width < 64:
        narrow = low.temp()
        low.out(f"{narrow} = trunc i64 {bits} to i{width}")
        bits = narrow
    low.out(f"%n{node.id} = bitcast i{width} {bits} to {type_}")


def array_call(low, node):
    words, call = words_of(low, node.args), described_call(low, node.attr, node.args)
    low.declare(f"fj_array_call{low.held}", "ptr", ["ptr", "ptr", "ptr"])
    low.out(f"%n{node.id} = call ptr @fj_array_call{low.held}(ptr %ctx, ptr {call}, ptr {words})")


def array_call_into(low, node):
    *arguments, target = node.args
    words, call = words_of(low, arguments), described_call(low, node.attr, arguments)
    low.declare("fj_array_call_into", "i64", ["ptr", "ptr", "ptr", "ptr"])
    low.out(f"%n{node.id} = call i64 @fj_array_call_into(ptr %ctx, ptr {call}, ptr {words}, {low.typed(target)})")


def array_number(low, node):
    words, call = words_of(low, node.args), described_call(low, node.attr[0], node.args)
    low.declare(f"fj_array_number{low.held}", "i64", ["ptr", "ptr", "ptr"])
    bits = low.temp()
    low.out(f"{bits} = call i64 @fj_array_number{low.held}(ptr %ctx, ptr {call}, ptr {words})")
    from_bits(low, node, bits)


def described_call(low, attr, arguments, less=0):
    """The constant that describes a call (ext/array_calls.c).  `less`: so many fewer than were summed does an average divide by."""
    name, axes, given, keepdims, kind, rank, through, begins = attr
    row, result = ARRAY_CALLS[name], ELEMENTS[kind]
    arity = len(arguments) - given - bool(begins)
    initial = BEGINNINGS[begins] if begins in BEGINNINGS else 1 + ELEMENTS[begins].number
    function = described_nests.function(row.function, low.declarations)
    call = "@" + ".".join(["array_call", name, str(axes & 0xFFFF), str(given), str(int(keepdims)), kind, str(rank), str(arity), through, *([begins] if begins else ()), *([f"less{less}"] if less else ())])
    loop, data = inner_loop(row.function, kinds_of(row, kind, arity), low.declarations) if row.form in LOOPS else ("null", "null")
    odd = inner_loop(row.odd, kinds_of(row, kind, arity), low.declarations)[0] if row.odd else "null"
    signature = "null"
    if row.signature:
        signature = f"{call}.signature"
        low.declarations.setdefault(signature, f'{signature} = internal constant [{len(row.signature) + 1} x i8] c"{row.signature}\\00"')
    heard = int(row.form in HEARD and (bool(through) or bool(begins) or result.floating or result.part is not None))
    type_ = ELEMENTS[through].number if through else -1
    numbers = ", ".join([f"i32 {one}" for one in (row.form, arity, axes, given, int(keepdims), type_, result.number, rank, result.size, heard, initial, less, row.own, int(row.strict))])
    low.declarations.setdefault(call, f"{call} = internal constant {{ ptr, {'i32, ' * 14}ptr, ptr, ptr, ptr }} {{ ptr {function}, {numbers}, ptr {loop}, ptr {data}, ptr {signature}, ptr {odd} }}")
    return call


def kinds_of(row, kind, arity):
    """Of the operands and of the result: of Fourier transforms, whose factor is real."""
    if not row.signature or len(row.operands()) == row.signature.count(",") + 1:
        return [kind] * (arity + 1)
    given = next(one for one, result in row.kinds.items() if result == kind)
    return [given, ELEMENTS[given].part or given, kind]


def whole_call(low, node):
    call = described_whole(low, *node.attr)
    low.declare(f"fj_whole_call{low.held}", "ptr", ["ptr", "ptr", "ptr"])
    low.out(f"%n{node.id} = call ptr @fj_whole_call{low.held}(ptr %ctx, ptr {call}, ptr {words_of(low, node.args)})")


def whole_call_into(low, node):
    call = described_whole(low, *node.attr)
    low.declare(f"fj_whole_call_into{low.held}", "i64", ["ptr", "ptr", "ptr"])
    low.out(f"%n{node.id} = call i64 @fj_whole_call_into{low.held}(ptr %ctx, ptr {call}, ptr {words_of(low, node.args)})")


def described_whole(low, calls, forms, names, heard):
    """The constant that describes such a call (ext/whole_calls.c)."""
    function = described_nests.function(calls, low.declarations)
    count = operands_in(forms)
    call = "@" + ".".join(["whole_call", calls, *[str(form) for form in forms], *names])
    low.declarations.setdefault(f"{call}.forms", f"{call}.forms = internal constant [{len(forms)} x i32] [{', '.join([f'i32 {form}' for form in forms])}]")
    low.declarations.setdefault(call, f"{call} = internal constant {{ ptr, ptr, i32, i32, i32, i32 }} {{ ptr {function}, ptr {call}.forms, i32 {count}, i32 {len(names)}, i32 {int(heard)}, i32 {OWN.get(calls, 0)} }}")
    return call


def operands_in(forms):
    """How many operands there are: those of a tuple or list are one."""
    found = at = 0
    while at < len(forms):
        found, waiting = found + 1, 1
        while waiting:
            waiting += forms[at] % WHOLE - 1 if forms[at] > WHOLE else -1
            at += 1
    return found


def ufunc_number(low, node):
    name, _, kinds = node.attr
    loop, data = inner_loop(name, kinds, low.declarations)
    call = "@" + ".".join(["ufunc_number", name, *kinds])
    low.declarations.setdefault(call, f"{call} = internal constant {{ ptr, ptr, i64 }} {{ ptr {loop}, ptr {data}, i64 {len(kinds) - 1} }}")
    low.declare("fj_ufunc_number", "i64", ["ptr", "ptr", "ptr"])
    words, bits = words_of(low, node.args), low.temp()
    low.out(f"{bits} = call i64 @fj_ufunc_number(ptr %ctx, ptr {call}, ptr {words})")
    from_bits(low, node, bits)


def draw(low, node):
    name = f"fj_draw{low.held}"
    low.declare(name, "double", ["ptr", "ptr", "i64", "double", "double"])
    rng, *numbers = [low.typed(argument) for argument in node.args]
    low.out(f"%n{node.id} = call double @{name}(ptr %ctx, {rng}, i64 {node.attr}, {', '.join(numbers)})")


def draw_integer(low, node):
    name = f"fj_draw_integer{low.held}"
    low.declare(name, "i64", ["ptr", "ptr", "i64", "i64", "i64"])
    rng, *ends = [low.typed(argument) for argument in node.args]
    low.out(f"%n{node.id} = call i64 @{name}(ptr %ctx, {rng}, i64 {node.attr}, {', '.join(ends)})")


def view(low, node):
    head(low, node, node.attr, 0)


def part_view(low, node):
    head(low, node, *node.attr)


def head(low, node, rank, part):
    """The head of an array (ext/numpy_table.h) without type and owner.  `part`: NumPy's number of what complex numbers consist of, or 0."""
    base, data, *numbers = node.args
    name = f"%n{node.id}"
    low.allocated.append(f"  {name} = alloca i64, i64 {HEAD + 2 * rank}")
    places = {}
    for index in (*FIELDS, *range(HEAD, HEAD + 2 * rank)):
        places[index] = low.temp()
        low.out(f"{places[index]} = getelementptr i64, ptr {name}, i64 {index}")
    dims, strides = places[HEAD], places[HEAD + rank]
    for index, text in zip(FIELDS, (f"i64 {part}", "i64 0", low.typed(data), f"i64 {rank}", f"ptr {dims}", f"ptr {strides}", low.typed(base))):
        low.out(f"store {text}, ptr {places[index]}")
    for index, number in enumerate(numbers, HEAD):
        low.out(f"store {low.typed(number)}, ptr {places[index]}")


def real_view(low, node):
    low.declare("fj_real_view", "ptr", ["ptr"])
    low.out(f"%n{node.id} = call ptr @fj_real_view({low.typed(node.args[0])})")


def new_array(low, node):
    number, rank, zeros = node.attr
    words = words_of(low, node.args)
    low.declare("fj_new_filled", "ptr", ["i32", "i32", "ptr", "i32"])
    low.out(f"%n{node.id} = call ptr @fj_new_filled(i32 {number}, i32 {rank}, ptr {words}, i32 {zeros})")


ROWS = {"new_array": new_array, "nest": nest, "kept_nest": kept_nest, "forget": forget, "spoil": spoil, "spoil_at": spoil, "nest_several": nest_several, "made_array": made_array, "nest_into": nest_into, "nest_reduce": nest_reduce, "nest_along": nest_along, "nest_spread": nest_spread, "array_call": array_call, "array_call_into": array_call_into, "array_number": array_number, "whole_call": whole_call, "whole_call_into": whole_call_into, "ufunc_number": ufunc_number, "draw": draw, "draw_integer": draw_integer, "view": view, "part_view": part_view, "real_view": real_view}

__all__ = ["ROWS"]
