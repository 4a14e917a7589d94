"""New references to numbers as objects: a row for each recipe word; a number that has an object gives that."""

from framejit.backends.llvm.text import LLVM
from framejit.tables.types import MACHINE_TYPES


def with_box(low, node):
    return low.typed(node.args[1]) if len(node.args) > 1 else "ptr null"


def own_scalar(low, node, number):
    value, llvm = low.ref(node.args[0]), LLVM[node.args[0].type]
    if node.args[0].type in ("f32", "f64"):
        bits = low.temp()
        low.out(f"{bits} = bitcast {llvm} {value} to i{MACHINE_TYPES[node.args[0].type].bits}")
        value, llvm = bits, f"i{MACHINE_TYPES[node.args[0].type].bits}"
    if llvm != "i64":
        wide = low.temp()
        low.out(f"{wide} = zext {llvm} {value} to i64")
        value = wide
    low.own_call(node, "fj_own_scalar", [f"i32 {number}", f"i64 {value}", with_box(low, node)])


def own_complex(function):
    return lambda low, node, number: low.own_call(node, function, [*low.complex_parts(node.args[0]), with_box(low, node)])


OWN = {
    "COMPLEX": own_complex("fj_own_complex"),
    "COMPLEX128": own_complex("fj_own_complex128"),
    "INT": lambda low, node, number: low.own_call(node, "fj_own_int", [low.typed(node.args[0]), with_box(low, node)]),
    "FLOAT": lambda low, node, number: low.own_call(node, "fj_own_float", [low.typed(node.args[0]), with_box(low, node)]),
    "BOOL": lambda low, node, number: low.own_call(node, "fj_own_bool", [low.typed(node.args[0])]),
    "OBJECT": lambda low, node, number: low.own_call(node, "fj_own_object", [low.typed(node.args[0])]),
    "SCALAR": own_scalar,
}

__all__ = ["OWN"]
