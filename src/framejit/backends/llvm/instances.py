"""Inline rows (inline.py) for the program's instances: where their values lie, and what may be let go of anywhere."""

from typing import NamedTuple

from framejit.tables.changes import MOST_ASKED


class Row(NamedTuple):
    text: str
    rows: tuple = ()        # other rows that it calls
    needs: tuple = ()       # declarations


# by layout["values_kind"]: ext/compat/
VALUES = (
    """
define internal ptr @fj_values(ptr %o, i64 %size) alwaysinline {
  %place = getelementptr ptr, ptr %o, i64 -4
  %values = load ptr, ptr %place, !tbaa !HEADER
  ret ptr %values
}""",
    """
define internal ptr @fj_values(ptr %o, i64 %size) alwaysinline {
  %place = getelementptr ptr, ptr %o, i64 -3
  %word = load ptr, ptr %place, !tbaa !HEADER
  %bits = ptrtoint ptr %word to i64
  %low = and i64 %bits, 1
  %values = getelementptr i8, ptr %word, i64 1
  %tagged = icmp ne i64 %low, 0
  %found = select i1 %tagged, ptr %values, ptr null
  ret ptr %found
}""",
    """
define internal ptr @fj_values(ptr %o, i64 %size) alwaysinline {
  %head = getelementptr i8, ptr %o, i64 %size
  %valid.p = getelementptr i8, ptr %head, i64 3
  %valid = load i8, ptr %valid.p, !tbaa !HEADER
  %dict.p = getelementptr ptr, ptr %o, i64 -3
  %dict = load ptr, ptr %dict.p, !tbaa !HEADER
  %is.valid = icmp ne i8 %valid, 0
  %alone = icmp eq ptr %dict, null
  %good = and i1 %is.valid, %alone
  %values = getelementptr i8, ptr %head, i64 8
  %found = select i1 %good, ptr %values, ptr null
  ret ptr %found
}""",
)


def may_go():
    """Whether others have what each home lets go of, up to so many references of it."""
    homes = "abcde"[:MOST_ASKED]
    taken = ", ".join([f"ptr %{home}, i64 %{home}.count" for home in homes])
    lines = [f"define internal i1 @fj_may_go({taken}) alwaysinline {{"]
    for home, following in zip(homes, [f"look.{home}" for home in homes[1:]] + ["yes"]):
        lines += [f"  br label %look.{home}"] if home == "a" else []
        lines += [f"look.{home}:", f"  %{home}.none = icmp eq ptr %{home}, null", f"  br i1 %{home}.none, label %{following}, label %some.{home}",
                  f"some.{home}:", f"  %{home}.has = load i64, ptr %{home}, !tbaa !REFCNT", f"  %{home}.shared = icmp sgt i64 %{home}.has, %{home}.count",
                  f"  br i1 %{home}.shared, label %{following}, label %ask, !prof !101"]
    lines += ["ask:", f"  %answer = call i8 @fj_may_go.slow({taken})", "  %bit = icmp ne i8 %answer, 0", "  ret i1 %bit", "yes:", "  ret i1 true", "}"]
    return "\n" + "\n".join(lines)


INSTANCES = {
    "fj_function_runs": Row("""
define internal i1 @fj_function_runs(ptr %o, ptr %code, ptr %globals, ptr %builtins, ptr %defaults) alwaysinline {
  %type.p = getelementptr i8, ptr %o, i64 {object_type}
  %type = load ptr, ptr %type.p, !tbaa !HEADER
  %function = icmp eq ptr %type, @PyFunction_Type
  br i1 %function, label %look, label %no, !prof !101
look:
  %code.p = getelementptr i8, ptr %o, i64 {function_code}
  %runs = load ptr, ptr %code.p, !tbaa !HEADER
  %same.code = icmp eq ptr %runs, %code
  %any.names = icmp eq ptr %globals, null
  %globals.p = getelementptr i8, ptr %o, i64 {function_globals}
  %its.globals = load ptr, ptr %globals.p, !tbaa !HEADER
  %same.globals = icmp eq ptr %its.globals, %globals
  %builtins.p = getelementptr i8, ptr %o, i64 {function_builtins}
  %its.builtins = load ptr, ptr %builtins.p, !tbaa !HEADER
  %same.builtins = icmp eq ptr %its.builtins, %builtins
  %same.names = and i1 %same.globals, %same.builtins
  %names = or i1 %any.names, %same.names
  %any.defaults = icmp eq ptr %defaults, null
  %defaults.p = getelementptr i8, ptr %o, i64 {function_defaults}
  %its.defaults = load ptr, ptr %defaults.p, !tbaa !HEADER
  %same.defaults = icmp eq ptr %its.defaults, %defaults
  %given = or i1 %any.defaults, %same.defaults
  %calls.p = getelementptr i8, ptr %o, i64 {function_vectorcall}
  %calls = load ptr, ptr %calls.p, !tbaa !HEADER
  %plain = load ptr, ptr @fj_plain_vectorcall, !tbaa !HEADER
  %entry = load ptr, ptr @fj_entry_vectorcall, !tbaa !HEADER
  %untouched = icmp eq ptr %calls, %plain
  %prepared = icmp eq ptr %calls, %entry
  %calls.code = or i1 %untouched, %prepared
  %half = and i1 %same.code, %names
  %known = and i1 %half, %given
  %all = and i1 %known, %calls.code
  br i1 %all, label %yes, label %ask, !prof !101
ask:
  %answer = call i8 @fj_function_runs.slow(ptr %o, ptr %code, ptr %globals, ptr %builtins, ptr %defaults)
  %bit = icmp ne i8 %answer, 0
  ret i1 %bit
yes:
  ret i1 true
no:
  ret i1 false
}""", (), ("PyFunction_Type", "@fj_plain_vectorcall = external constant ptr", "@fj_entry_vectorcall = external constant ptr",
     "declare i8 @fj_function_runs.slow(ptr, ptr, ptr, ptr, ptr) nounwind cold willreturn memory(read)")),
    "fj_values": Row("VALUES"),
    "fj_home_take": Row("""
define internal i32 @fj_home_take(ptr %home, i32 %slot, ptr %o) alwaysinline {
  %place = getelementptr ptr, ptr %home, i32 %slot
  %old = load ptr, ptr %place, !tbaa !HOME
  %none = icmp eq ptr %old, null
  br i1 %none, label %empty, label %some, !prof !101
some:
  %count = load i64, ptr %old, !tbaa !REFCNT
  %shared = icmp ne i64 %count, 1
  br i1 %shared, label %take, label %only
only:
  %type.p = getelementptr i8, ptr %old, i64 {object_type}
  %type = load ptr, ptr %type.p, !tbaa !HEADER
  %float = icmp eq ptr %type, @PyFloat_Type
  %int = icmp eq ptr %type, @PyLong_Type
  %number = or i1 %float, %int
  br i1 %number, label %take, label %change, !prof !101
empty:
  store ptr %o, ptr %place, !tbaa !HOME
  br label %done
take:
  store ptr %o, ptr %place, !tbaa !HOME
  call void @fj_count_down(ptr %old)
  br label %done
done:
  ret i32 1
change:
  %answer = call i32 @fj_home_take.slow(ptr %home, i32 %slot, ptr %o)
  ret i32 %answer
}""", ("fj_count_down",), ("PyFloat_Type", "PyLong_Type", "declare i32 @fj_home_take.slow(ptr, i32, ptr) nounwind",)),
    "fj_ends_quietly": Row("""
define internal i1 @fj_ends_quietly(ptr %o) alwaysinline {
  %none = icmp eq ptr %o, null
  br i1 %none, label %yes, label %some, !prof !102
some:
  %type.p = getelementptr i8, ptr %o, i64 {object_type}
  %type = load ptr, ptr %type.p, !tbaa !HEADER
  %float = icmp eq ptr %type, @PyFloat_Type
  %int = icmp eq ptr %type, @PyLong_Type
  %number = or i1 %float, %int
  br i1 %number, label %yes, label %ask
ask:
  %answer = call i8 @fj_ends_quietly.slow(ptr %o)
  %bit = icmp ne i8 %answer, 0
  ret i1 %bit
yes:
  ret i1 true
}""", (), ("PyFloat_Type", "PyLong_Type", "declare i8 @fj_ends_quietly.slow(ptr) nounwind willreturn memory(read)")),
    "fj_may_go": Row(may_go(), (), (f"declare i8 @fj_may_go.slow({', '.join(['ptr, i64'] * MOST_ASKED)}) nounwind cold willreturn memory(read)",)),
    "fj_is_mixed": Row("""
define internal i1 @fj_is_mixed(ptr %o) alwaysinline {
  %type.p = getelementptr i8, ptr %o, i64 {object_type}
  %type = load ptr, ptr %type.p, !tbaa !HEADER
  %float = icmp eq ptr %type, @PyFloat_Type
  br i1 %float, label %yes, label %ask, !prof !101
ask:
  %answer = call i8 @fj_is_mixed.slow(ptr %o)
  %bit = icmp ne i8 %answer, 0
  ret i1 %bit
yes:
  ret i1 true
}""", (), ("PyFloat_Type", "declare i8 @fj_is_mixed.slow(ptr) nounwind cold willreturn memory(read)")),
    "fj_mixed_real": Row("""
define internal double @fj_mixed_real(ptr %o) alwaysinline {
  %type.p = getelementptr i8, ptr %o, i64 {object_type}
  %type = load ptr, ptr %type.p, !tbaa !HEADER
  %float = icmp eq ptr %type, @PyFloat_Type
  br i1 %float, label %read, label %ask, !prof !101
ask:
  %answer = call double @fj_mixed_real.slow(ptr %o)
  ret double %answer
read:
  %place = getelementptr i8, ptr %o, i64 {float_value}
  %value = load double, ptr %place, !tbaa !NUMBER
  ret double %value
}""", (), ("PyFloat_Type", "declare double @fj_mixed_real.slow(ptr) nounwind cold willreturn memory(read)")),
    "fj_mixed_binary": Row("""
define internal ptr @fj_mixed_binary(i64 %operation, ptr %left, i64 %left.bits, ptr %right, i64 %right.bits) alwaysinline {
  %add = icmp eq i64 %operation, 0
  %multiply = icmp eq i64 %operation, 5
  %subtract = icmp eq i64 %operation, 10
  %first = or i1 %add, %multiply
  %known = or i1 %first, %subtract
  br i1 %known, label %look, label %ask
look:
  %left.p = getelementptr i8, ptr %left, i64 {object_type}
  %left.type = load ptr, ptr %left.p, !tbaa !HEADER
  %left.real = icmp eq ptr %left.type, @PyFloat_Type
  %right.p = getelementptr i8, ptr %right, i64 {object_type}
  %right.type = load ptr, ptr %right.p, !tbaa !HEADER
  %right.real = icmp eq ptr %right.type, @PyFloat_Type
  %real = and i1 %left.real, %right.real
  br i1 %real, label %reals, label %ask
reals:
  %a.p = getelementptr i8, ptr %left, i64 {float_value}
  %a = load double, ptr %a.p, !tbaa !NUMBER
  %b.p = getelementptr i8, ptr %right, i64 {float_value}
  %b = load double, ptr %b.p, !tbaa !NUMBER
  %sum = fadd double %a, %b
  %product = fmul double %a, %b
  %difference = fsub double %a, %b
  %other = select i1 %multiply, double %product, double %difference
  %result = select i1 %add, double %sum, double %other
  %new = call ptr @fj_new_float(double %result)
  ret ptr %new
ask:
  %made = call ptr @fj_mixed_binary.slow(i64 %operation, ptr %left, i64 %left.bits, ptr %right, i64 %right.bits)
  ret ptr %made
}""", (), ("PyFloat_Type", "declare ptr @fj_new_float(double) nounwind", "declare ptr @fj_mixed_binary.slow(i64, ptr, i64, ptr, i64) nounwind")),
    "fj_is_plain": Row("""
define internal i1 @fj_is_plain(ptr %o) alwaysinline {
  %none = icmp eq ptr %o, null
  br i1 %none, label %done, label %some, !prof !102
some:
  %type.p = getelementptr i8, ptr %o, i64 {object_type}
  %type = load ptr, ptr %type.p, !tbaa !HEADER
  %float = icmp eq ptr %type, @PyFloat_Type
  %int = icmp eq ptr %type, @PyLong_Type
  %true = icmp eq ptr %o, @_Py_TrueStruct
  %false = icmp eq ptr %o, @_Py_FalseStruct
  %nothing = icmp eq ptr %o, @_Py_NoneStruct
  %number = or i1 %float, %int
  %bool = or i1 %true, %false
  %single = or i1 %bool, %nothing
  %plain = or i1 %number, %single
  br label %done
done:
  %answer = phi i1 [ true, %0 ], [ %plain, %some ]
  ret i1 %answer
}""", (), ("PyFloat_Type", "PyLong_Type", "_Py_TrueStruct", "_Py_FalseStruct", "_Py_NoneStruct")),
}

__all__ = ["INSTANCES", "Row", "VALUES"]
