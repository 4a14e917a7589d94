"""Fast paths of the runtime's small functions, as LLVM functions that are always inlined.

    call void @fj_item_set_float(place, value)   ->   type and count tested in place, the slow path called from a cold block

A row is a function of the same name and meaning as the one in ext/objects.c, which stays the specification and is what
the graph's interpreter calls.  A row may use other rows and the interpreter's own symbols: `{name}` in its text is a
place of the object layout.  Immortal objects (3.12 and later) have a count whose low half is below zero.
"""

from framejit.backends.llvm.instances import INSTANCES, VALUES, Row

TYPES = {name: f"@{name} = external global i8" for name in ("_Py_NoneStruct", "PyFloat_Type", "PyLong_Type", "PyFunction_Type", "_Py_TrueStruct", "_Py_FalseStruct", "fj_small_ints")}
COLD = "nounwind cold"
DEALLOC = "declare void @_Py_Dealloc(ptr) nounwind"
NEW_INT = "declare ptr @fj_new_int_object(i64) nounwind"
NEW_FLOAT = "declare ptr @fj_new_float(double) nounwind"

# by layout["refcnt_immortal"]
INCREF = (
    """
define internal void @fj_count_up(ptr %o) alwaysinline {
  %count = load i64, ptr %o, !tbaa !REFCNT
  %more = add i64 %count, 1
  store i64 %more, ptr %o, !tbaa !REFCNT
  ret void
}""",
    """
define internal void @fj_count_up(ptr %o) alwaysinline {
  %count = load i32, ptr %o, !tbaa !REFCNT
  %more = add i32 %count, 1
  %immortal = icmp eq i32 %more, 0
  br i1 %immortal, label %done, label %up
up:
  store i32 %more, ptr %o, !tbaa !REFCNT
  br label %done
done:
  ret void
}""",
)
MORTAL = (
    "  br label %mortal",
    """  %low = trunc i64 %count to i32
  %immortal = icmp slt i32 %low, 0
  br i1 %immortal, label %done, label %mortal""",
)
DECREF = """
define internal void @fj_count_down(ptr %o) alwaysinline {
  %count = load i64, ptr %o, !tbaa !REFCNT
MORTAL
mortal:
  %less = add i64 %count, -1
  store i64 %less, ptr %o, !tbaa !REFCNT
  %dead = icmp eq i64 %less, 0
  br i1 %dead, label %end, label %done
end:
  call void @_Py_Dealloc(ptr %o)
  br label %done
done:
  ret void
}"""

ROWS = {
    "fj_count_up": Row("INCREF"),
    "fj_count_down": Row("DECREF", (), (DEALLOC,)),
    "fj_dies_quietly": Row("""
define internal i1 @fj_dies_quietly(ptr %o) alwaysinline {
  %none = icmp eq ptr %o, null
  br i1 %none, label %yes, label %some, !prof !102
some:
  %count = load i64, ptr %o, !tbaa !REFCNT
  %shared = icmp ne i64 %count, 1
  br i1 %shared, label %yes, label %only
only:
  %type.p = getelementptr i8, ptr %o, i64 {object_type}
  %type = load ptr, ptr %type.p, !tbaa !HEADER
  %float = icmp eq ptr %type, @PyFloat_Type
  %int = icmp eq ptr %type, @PyLong_Type
  %number = or i1 %float, %int
  br i1 %number, label %yes, label %ask, !prof !101
ask:
  %answer = call i8 @fj_dies_quietly.slow(ptr %o)
  %bit = icmp ne i8 %answer, 0
  ret i1 %bit
yes:
  ret i1 true
}""", (), ("PyFloat_Type", "PyLong_Type", f"declare i8 @fj_dies_quietly.slow(ptr) {COLD} willreturn memory(read)")),
    "fj_own_object": Row("""
define internal ptr @fj_own_object(ptr %o) alwaysinline {
  %none = icmp eq ptr %o, null
  br i1 %none, label %done, label %some, !prof !102
some:
  call void @fj_count_up(ptr %o)
  br label %done
done:
  ret ptr %o
}""", ("fj_count_up",)),
    "fj_own_bool": Row("""
define internal ptr @fj_own_bool(i1 %value) alwaysinline {
  %o = select i1 %value, ptr @_Py_TrueStruct, ptr @_Py_FalseStruct
  call void @fj_count_up(ptr %o)
  ret ptr %o
}""", ("fj_count_up",), ("_Py_TrueStruct", "_Py_FalseStruct")),
    "fj_new_int": Row("""
define internal ptr @fj_new_int(i64 %value) alwaysinline {
  %index = add i64 %value, 5
  %small = icmp ult i64 %index, 262
  br i1 %small, label %known, label %make
known:
  %offset = shl i64 %index, 5
  %o = getelementptr i8, ptr @fj_small_ints, i64 %offset
  call void @fj_count_up(ptr %o)
  ret ptr %o
make:
  %new = call ptr @fj_new_int_object(i64 %value)
  ret ptr %new
}""", ("fj_count_up",), ("fj_small_ints", NEW_INT)),
    "fj_own_int": Row("""
define internal ptr @fj_own_int(i64 %value, ptr %box) alwaysinline {
  %none = icmp eq ptr %box, null
  br i1 %none, label %make, label %boxed
boxed:
  call void @fj_count_up(ptr %box)
  ret ptr %box
make:
  %new = call ptr @fj_new_int(i64 %value)
  ret ptr %new
}""", ("fj_new_int", "fj_count_up")),
    "fj_own_float": Row("""
define internal ptr @fj_own_float(double %value, ptr %box) alwaysinline {
  %none = icmp eq ptr %box, null
  br i1 %none, label %make, label %boxed
boxed:
  call void @fj_count_up(ptr %box)
  ret ptr %box
make:
  %new = call ptr @fj_new_float(double %value)
  ret ptr %new
}""", ("fj_count_up",), (NEW_FLOAT,)),
    "fj_item_set": Row("""
define internal void @fj_item_set(ptr %place, ptr %o) alwaysinline {
  %old = load ptr, ptr %place, !tbaa !ITEMS
  store ptr %o, ptr %place, !tbaa !ITEMS
  %none = icmp eq ptr %old, null
  br i1 %none, label %done, label %some, !prof !102
some:
  call void @fj_count_down(ptr %old)
  br label %done
done:
  ret void
}""", ("fj_count_down",)),
    "fj_item_set_float": Row("""
define internal void @fj_item_set_float(ptr %place, double %value) alwaysinline {
  %old = load ptr, ptr %place, !tbaa !ITEMS
  %type.p = getelementptr i8, ptr %old, i64 {object_type}
  %type = load ptr, ptr %type.p, !tbaa !HEADER
  %float = icmp eq ptr %type, @PyFloat_Type
  %count = load i64, ptr %old, !tbaa !REFCNT
  %only = icmp eq i64 %count, 1
  %ours = and i1 %float, %only
  br i1 %ours, label %over, label %other, !prof !101
over:
  %value.p = getelementptr i8, ptr %old, i64 {float_value}
  store double %value, ptr %value.p, !tbaa !NUMBER
  ret void
other:
  call void @fj_item_set_float.slow(ptr %place, double %value)
  ret void
}""", (), ("PyFloat_Type", f"declare void @fj_item_set_float.slow(ptr, double) {COLD}")),
    "fj_cell_set_float": Row("""
define internal void @fj_cell_set_float(ptr %place, double %value) alwaysinline {
  %old = load ptr, ptr %place, !tbaa !ITEMS
  %none = icmp eq ptr %old, null
  br i1 %none, label %empty, label %some, !prof !102
empty:
  %new = call ptr @fj_new_float(double %value)
  store ptr %new, ptr %place, !tbaa !ITEMS
  ret void
some:
  call void @fj_item_set_float(ptr %place, double %value)
  ret void
}""", ("fj_item_set_float",), (NEW_FLOAT,)),
    "fj_cell_set": Row("""
define internal void @fj_cell_set(ptr %place, ptr %o) alwaysinline {
  call void @fj_item_set(ptr %place, ptr %o)
  ret void
}""", ("fj_item_set",)),
    "fj_item_set_int": Row("""
define internal ptr @fj_item_set_int(ptr %place, i64 %value) alwaysinline {
  %old = load ptr, ptr %place, !tbaa !ITEMS
  %index = add i64 %value, 5
  %small = icmp ult i64 %index, 262
  br i1 %small, label %known, label %wide
known:
  %offset = shl i64 %index, 5
  %o = getelementptr i8, ptr @fj_small_ints, i64 %offset
  call void @fj_count_up(ptr %o)
  call void @fj_item_set(ptr %place, ptr %o)
  ret ptr %o
wide:
  %type.p = getelementptr i8, ptr %old, i64 {object_type}
  %type = load ptr, ptr %type.p, !tbaa !HEADER
  %int = icmp eq ptr %type, @PyLong_Type
  %count = load i64, ptr %old, !tbaa !REFCNT
  %only = icmp eq i64 %count, 1
  %ours = and i1 %int, %only
  %fits = icmp ult i64 %value, 1073741824
  %both = and i1 %ours, %fits
  br i1 %both, label %over, label %other
over:
  %tag.p = getelementptr i8, ptr %old, i64 {long_tag}
  %digit.p = getelementptr i8, ptr %old, i64 {long_digits}
  store i64 ONE_DIGIT, ptr %tag.p, !tbaa !NUMBER
  %digit = trunc i64 %value to i32
  store i32 %digit, ptr %digit.p, !tbaa !NUMBER
  ret ptr %old
other:
  %new = call ptr @fj_new_int_object(i64 %value)
  call void @fj_item_set(ptr %place, ptr %new)
  ret ptr %new
}""", ("fj_item_set", "fj_count_up"), ("fj_small_ints", "PyLong_Type", NEW_INT)),
    "fj_home_put": Row("""
define internal i32 @fj_home_put(ptr %home, i32 %slot, ptr %o) alwaysinline {
  %place = getelementptr ptr, ptr %home, i32 %slot
  %old = load ptr, ptr %place, !tbaa !HOME
  %same = icmp eq ptr %old, %o
  br i1 %same, label %done, label %other
other:
  %quiet = call i1 @fj_dies_quietly(ptr %old)
  br i1 %quiet, label %change, label %stop, !prof !101
change:
  %kept = call ptr @fj_own_object(ptr %o)
  store ptr %o, ptr %place, !tbaa !HOME
  %none = icmp eq ptr %old, null
  br i1 %none, label %done, label %some
some:
  call void @fj_count_down(ptr %old)
  br label %done
done:
  ret i32 1
stop:
  ret i32 0
}""", ("fj_dies_quietly", "fj_own_object", "fj_count_down")),
    "fj_home_put_box": Row("""
define internal i32 @fj_home_put_box(ptr %home, i32 %slot, ptr %o) alwaysinline {
  %none = icmp eq ptr %o, null
  br i1 %none, label %nothing, label %some
some:
  %done = call i32 @fj_home_put(ptr %home, i32 %slot, ptr %o)
  ret i32 %done
nothing:
  ret i32 1
}""", ("fj_home_put",)),
    "fj_list_room": Row("""
define internal i1 @fj_list_room(ptr %list) alwaysinline {
  %size.p = getelementptr i8, ptr %list, i64 {var_size}
  %size = load i64, ptr %size.p, !tbaa !LIST
  %room.p = getelementptr i8, ptr %list, i64 {list_allocated}
  %room = load i64, ptr %room.p, !tbaa !LIST
  %fits = icmp slt i64 %size, %room
  br i1 %fits, label %yes, label %grow, !prof !101
grow:
  %answer = call i8 @fj_list_room.slow(ptr %list)
  %bit = icmp ne i8 %answer, 0
  ret i1 %bit
yes:
  ret i1 true
}""", (), (f"declare i8 @fj_list_room.slow(ptr) {COLD}",)),
    "fj_list_append": Row("""
define internal void @fj_list_append(ptr %list, ptr %o) alwaysinline {
  %size.p = getelementptr i8, ptr %list, i64 {var_size}
  %size = load i64, ptr %size.p, !tbaa !LIST
  %items.p = getelementptr i8, ptr %list, i64 {list_items}
  %items = load ptr, ptr %items.p, !tbaa !LIST
  %place = getelementptr ptr, ptr %items, i64 %size
  store ptr %o, ptr %place, !tbaa !ITEMS
  %more = add i64 %size, 1
  store i64 %more, ptr %size.p, !tbaa !LIST
  ret void
}"""),
} | INSTANCES


FILLED = {}         # numbers of a Python -> names of rows -> their texts, the same for each region


def definitions(names, layout, tags):
    """Lines of LLVM: what these rows need, then their definitions.  `tags`: alias class -> number of its metadata."""
    wanted, work = {}, sorted(names)
    while work:
        name = work.pop()
        if name not in wanted:
            wanted[name] = ROWS[name]
            work += ROWS[name].rows
    declarations = {TYPES.get(line, line): None for row in wanted.values() for line in row.needs}
    known = FILLED.setdefault((*layout.values(), *tags.values()), {})
    for name in wanted:
        if name not in known:
            known[name] = filled(ROWS[name], layout, tags)
    return [*declarations, *[known[name] for name in wanted]]


def filled(row, layout, tags):
    """A row's text with the numbers of this Python."""
    immortal = layout["refcnt_immortal"]
    text = {"INCREF": INCREF[immortal], "DECREF": DECREF.replace("MORTAL", MORTAL[immortal]), "VALUES": VALUES[layout["values_kind"]]}.get(row.text, row.text)
    for place in layout:
        text = text.replace("{" + place + "}", str(layout[place]))
    for alias, number in tags.items():
        text = text.replace("!" + alias.upper(), f"!{number}")
    return text.replace("ONE_DIGIT", "8" if layout["long_kind"] else "1")
