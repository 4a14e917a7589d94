"""Ints in place: a PyLongObject's header and digits become a machine integer.

One row of INT_LAYOUTS per layout of the object, one of FORMS per kind of site: where ints of one digit were seen that form comes
first, it is the shortest; elsewhere at once the one that has no branches on what is as mixed as the data.
"""

from collections import namedtuple


def near_tagged(low, near, word, digits):
    """3.12 and later: a tag word, the sign in its low bits (zero is 1, below zero 2), the count of digits above bit 2."""
    low.out(f"{near} = icmp ult i64 {word}, {8 * (digits + 1)}")


def sign_tagged(low, word):
    bits, sign = low.temp(), low.temp()
    low.out(f"{bits} = and i64 {word}, 3")
    low.out(f"{sign} = sub i64 1, {bits}")
    return sign


def parts_tagged(low, word):
    some, two, bit, negative = (low.temp() for _ in range(4))
    low.out(f"{some} = icmp ugt i64 {word}, 7")
    low.out(f"{two} = icmp ugt i64 {word}, 15")
    low.out(f"{bit} = shl i64 {word}, 62")
    low.out(f"{negative} = ashr i64 {bit}, 63")
    return some, two, negative


def near_sized(low, near, word, digits):
    """3.11: a signed count of digits."""
    shifted = low.temp()
    low.out(f"{shifted} = add i64 {word}, {digits}")
    low.out(f"{near} = icmp ult i64 {shifted}, {2 * digits + 1}")


def parts_sized(low, word):
    some, negative, more, two = (low.temp() for _ in range(4))
    low.out(f"{some} = icmp ne i64 {word}, 0")
    low.out(f"{negative} = ashr i64 {word}, 63")
    low.out(f"{more} = add i64 {word}, 1")
    low.out(f"{two} = icmp ugt i64 {more}, 2")
    return some, two, negative


def one_digit(low, node, word, layout):
    digit, wide, value = low.temp(), low.temp(), low.temp()
    sign = layout.sign(low, word)
    low.out(f"{digit} = load i32, ptr {place_in(low, node, 'long_digits')}, !tbaa !{low.tag('number')}")
    low.out(f"{wide} = zext i32 {digit} to i64")
    low.out(f"{value} = mul i64 {wide}, {sign}")
    return value


def two_digits(low, node, word, layout):
    """No branch on the number of digits or the sign, which are as mixed as the data.  An int of one digit has room for two, so
    both are read: memory comes in whole eights of bytes."""
    some, two, negative = layout.parts(low, word)
    both, first, low_digit, next_, high, high_digit, size, turned, value = (low.temp() for _ in range(9))
    low.out(f"{both} = load i64, ptr {place_in(low, node, 'long_digits')}, align 4, !tbaa !{low.tag('number')}")
    low.out(f"{first} = and i64 {both}, {(1 << 30) - 1}")
    low.out(f"{low_digit} = select i1 {some}, i64 {first}, i64 0")
    low.out(f"{next_} = lshr i64 {both}, 2")
    low.out(f"{high} = and i64 {next_}, {(1 << 60) - (1 << 30)}")
    low.out(f"{high_digit} = select i1 {two}, i64 {high}, i64 0")
    low.out(f"{size} = or i64 {low_digit}, {high_digit}")
    low.out(f"{turned} = xor i64 {size}, {negative}")
    low.out(f"{value} = sub i64 {turned}, {negative}")
    return value


Form = namedtuple("Form", "digits value")
ANY = Form(2, two_digits)
FORMS = {"narrow": (Form(1, one_digit), ANY), None: (ANY,)}     # by what a node says of its ints
IntLayout = namedtuple("IntLayout", "near sign parts")
INT_LAYOUTS = {0: IntLayout(near_sized, lambda low, word: word, parts_sized), 1: IntLayout(near_tagged, sign_tagged, parts_tagged)}


def unboxed(low, node):
    """A node's int: of one digit or of up to two in place, the others by the runtime, which leaves beyond 64 bits."""
    unboxed_or(low, node, FORMS[node.attr], unboxed_slowly)


def unboxed_or(low, node, forms, slowly):
    """A node's int by one of these forms, others by `slowly`."""
    word = low.temp()
    low.out(f"{word} = load i64, ptr {place_in(low, node, 'long_tag')}, !tbaa !{low.tag('number')}")
    unboxed_by(low, node, word, forms, f"%n{node.id}", slowly)


def unboxed_by(low, node, word, forms, joined, slowly):
    """By the first of these forms that fits."""
    if not forms:
        return slowly(low, node)
    layout, form = INT_LAYOUTS[low.layout["long_kind"]], forms[0]
    near, fast, slow, join = low.temp(), low.fresh("f"), low.fresh("s"), low.fresh("j")
    layout.near(low, near, word, form.digits)
    low.out(f"br i1 {near}, label %{fast}, label %{slow}, !prof !101")
    low.start(slow)
    far = unboxed_by(low, node, word, forms[1:], low.temp(), slowly)
    behind = low.label
    low.out(f"br label %{join}")
    low.start(fast)
    value = form.value(low, node, word, layout)
    low.out(f"br label %{join}")
    low.start(join)
    low.out(f"{joined} = phi i64 [ {value}, %{fast} ], [ {far}, %{behind} ]")
    return joined


def place_in(low, node, field):
    """Address of a field, by its name in the layout, of the object that a node unboxes."""
    place = low.temp()
    low.out(f"{place} = getelementptr i8, ptr {low.ref(node.args[0])}, i64 {low.layout[field]}")
    return place


def unboxed_slowly(low, node):
    low.declare("fj_long_fits", "i32", ["ptr", "ptr"])
    place = low.context_place("number")
    fits, condition, value = low.temp(), low.temp(), low.temp()
    low.out(f"{fits} = call i32 @fj_long_fits(ptr {low.ref(node.args[0])}, ptr {place})")
    low.out(f"{condition} = icmp ne i32 {fits}, 0")
    low.check(condition, node.exit)
    low.out(f"{value} = load i64, ptr {place}")
    return value
