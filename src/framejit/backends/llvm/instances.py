"""Inline rows (inline.py) for the program's instances: where their values lie, and what may be let go of anywhere."""

from typing import NamedTuple


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
  %half = and i1 %same.code, %names
  %all = and i1 %half, %given
  br i1 %all, label %yes, label %ask, !prof !101
ask:
  %answer = call i8 @fj_function_runs.slow(ptr %o, ptr %code, ptr %globals, ptr %builtins, ptr %defaults)
  %bit = icmp ne i8 %answer, 0
  ret i1 %bit
yes:
  ret i1 true
no:
  ret i1 false
}""", (), ("PyFunction_Type", "declare i8 @fj_function_runs.slow(ptr, ptr, ptr, ptr, ptr) nounwind cold willreturn memory(read)")),
    "fj_values": Row("VALUES"),
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
