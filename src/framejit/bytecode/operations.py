"""The normal operations: one row each, with what it takes from and leaves on the value stack.

Every supported CPython's opcodes are decoded to these.  `OTHER` stands for all opcodes that end a region; its
effect on the stack is the interpreter's own answer (`dis.stack_effect`).
"""

import dis
from collections.abc import Callable
from typing import NamedTuple


class Operation(NamedTuple):
    name: str
    effect: int | Callable[[object], int]       # change of the stack's depth when control goes to the next instruction
    meaning: str
    jump_effect: int | None = None              # the same when it jumps, where that differs


def _minus_argument(argument) -> int:
    return -argument


def _parts_of_function(flags) -> int:
    return -flags.bit_count()


def _around_the_rest(argument) -> int:
    return (argument & 255) + (argument >> 8)


def _one_for_all(argument) -> int:
    return 1 - argument


ROWS = (
    Operation("NOP", 0, "nothing"),
    Operation("LOAD_FAST", +1, "push local slot n; UnboundLocalError if unbound"),
    Operation("STORE_FAST", -1, "pop into local slot n (NULL unbinds it)"),
    Operation("DELETE_FAST", 0, "unbind local slot n; UnboundLocalError if unbound"),
    Operation("LOAD_FAST_AND_CLEAR", +1, "push local slot n or NULL, and unbind it"),
    Operation("LOAD_CONST", +1, "push this object"),
    Operation("LOAD_GLOBAL", +1, "push the global or builtin of this name"),
    Operation("LOAD_NAME", +1, "push the local, global or builtin of this name"),
    Operation("STORE_NAME", -1, "pop into the local namespace"),
    Operation("STORE_GLOBAL", -1, "pop into the global namespace"),
    Operation("DELETE_NAME", 0, "delete from the local namespace"),
    Operation("DELETE_GLOBAL", 0, "delete from the global namespace"),
    Operation("LOAD_DEREF", +1, "push what the cell in slot n holds; NameError if empty"),
    Operation("STORE_DEREF", -1, "pop into the cell in slot n"),
    Operation("MAKE_CELL", 0, "put what local slot n holds, if anything, into a new cell in its place"),
    Operation("LOAD_ATTR", 0, "object -> object.name"),
    Operation("LOAD_METHOD", +1, "object -> the two operands of a method call, in the order that null_above tells"),
    Operation("LOAD_SUPER_METHOD", -1, "super, class, object -> the two operands of a call of super(class, object).name"),
    Operation("STORE_ATTR", -2, "value, object -> ; object.name = value"),
    Operation("PUSH_NULL", +1, "push the NULL that a call expects"),
    Operation("POP_TOP", -1, "drop the top"),
    Operation("COPY", +1, "push what is n deep (1: the top)"),
    Operation("SWAP", 0, "exchange the top with what is n deep"),
    Operation("BINARY", -1, "left, right -> result; argument (symbol, in place?)"),
    Operation("UNARY", 0, "operand -> result; argument '-', '~', 'not' or '+'"),
    Operation("COMPARE", -1, "left, right -> result of the rich comparison"),
    Operation("CONTAINS", -1, "item, container -> bool; argument: inverted?"),
    Operation("IS", -1, "left, right -> bool; argument: inverted?"),
    Operation("SUBSCR", -1, "container, key -> container[key]"),
    Operation("STORE_SUBSCR", -3, "value, container, key -> ; container[key] = value"),
    Operation("DELETE_SUBSCR", -2, "container, key -> ; del container[key]"),
    Operation("BINARY_SLICE", -2, "container, start, stop -> container[start:stop]"),
    Operation("STORE_SLICE", -4, "value, container, start, stop -> ; container[start:stop] = value"),
    Operation("BUILD_TUPLE", _one_for_all, "n items -> tuple"),
    Operation("BUILD_LIST", _one_for_all, "n items -> list"),
    Operation("BUILD_SET", _one_for_all, "n items -> set"),
    Operation("BUILD_STRING", _one_for_all, "n strings -> string"),
    Operation("BUILD_SLICE", _one_for_all, "start, stop (, step) -> slice"),
    Operation("BUILD_MAP", lambda count: 1 - 2 * count, "n pairs of key and value -> dict"),
    Operation("BUILD_CONST_KEY_MAP", _minus_argument, "n values, tuple of keys -> dict"),
    Operation("UNPACK", lambda count: count - 1, "sequence -> n items, the first on top"),
    Operation("GET_ITER", 0, "object -> iter(object)"),
    Operation("FOR_ITER", +1, "push the next item; at the end drop the iterator and jump", jump_effect=-1),
    Operation("JUMP", 0, "go to target"),
    Operation("BRANCH", -1, "pop; go to target if it is 'true', 'false', 'none' or 'not none'"),
    Operation("JUMP_OR_POP", -1, "go to target if the top is 'true' or 'false', else drop it", jump_effect=0),
    Operation("TRUTH", 0, "object -> bool"),
    Operation("RETURN", -1, "return the top"),
    Operation("CALL", lambda argument: -1 - argument[0], "two operands, n arguments -> result; argument (n, keyword names)"),
    Operation("CALL_EX", lambda keywords: -3 if keywords else -2, "callable and NULL as in a call, arguments (, dict) -> result; argument: a dict?"),
    Operation("MAKE_FUNCTION", _parts_of_function, "what the flags say (defaults 1, keyword-only ones 2, annotations 4, cells 8), code -> function"),
    Operation("FUNCTION_ATTRIBUTE", -1, "one of these, function -> function"),
    Operation("LIST_APPEND", -1, "append the top to the list n deep below it"),
    Operation("LIST_EXTEND", -1, "extend the list n deep below the top by it"),
    Operation("SET_ADD", -1, "add the top to the set n deep below it"),
    Operation("MAP_ADD", -2, "key, value -> ; into the dict n deep below them"),
    Operation("SET_UPDATE", -1, "add the items of the top to the set n deep below it"),
    Operation("DICT_UPDATE", -1, "the same of a mapping and a dict"),
    Operation("DICT_MERGE", -1, "the same of keyword arguments, none of which may be there already"),
    Operation("LIST_TO_TUPLE", 0, "list -> tuple"),
    Operation("UNPACK_EX", _around_the_rest, "sequence -> n items, a list of the rest, m items, the first on top; argument n | m << 8"),
    Operation("DELETE_ATTR", -1, "object -> ; del object.name"),
    Operation("BEFORE_WITH", +1, "manager -> its bound __exit__, what its __enter__ gives"),
    Operation("IMPORT_NAME", -1, "level, names -> the module of this name"),
    Operation("IMPORT_FROM", +1, "module -> module, module.name"),
    Operation("CONVERT", 0, "object -> str, repr or ascii of it"),
    Operation("FORMAT", lambda argument: -int(argument[1]), "object (, format) -> string; argument (conversion, a format?)"),
    Operation("MATCH_SEQUENCE", +1, "subject -> subject, whether its type is a sequence's"),
    Operation("MATCH_MAPPING", +1, "subject -> subject, whether its type is a mapping's"),
    Operation("GET_LEN", +1, "subject -> subject, its length"),
    Operation("MATCH_KEYS", +1, "subject, keys -> both, the tuple of their values or None"),
    Operation("MATCH_CLASS", -2, "subject, class, names -> the tuple of attributes or None; argument: patterns of positions"),
    Operation("RAISE", _minus_argument, "raise: exception and cause as far as there are any"),
    Operation("PUSH_EXC_INFO", +1, "exception -> what was handled before, exception, which is handled now"),
    Operation("CHECK_EXC_MATCH", 0, "exception, classes -> exception, whether it is of one of these"),
    Operation("WITH_EXCEPT_START", +1, "bound __exit__, position, what was handled before, exception -> these, what __exit__ says to it"),
    Operation("POP_EXCEPT", -1, "what was handled before -> ; it is again"),
    Operation("RERAISE", -1, "raise the top as it is; argument: distance of the position that it was raised at, or 0"),
    Operation("OTHER", 0, "ends a region; opname tells"),
)

OPERATIONS = {operation.name: operation for operation in ROWS}

# The compiler counts the value that the first send() leaves for the POP_TOP behind from before the function starts.
_OTHER_EFFECTS = {"RETURN_GENERATOR": 1}


def _takes_argument(opcode: int) -> bool:
    try:
        dis.stack_effect(opcode, 0)
    except ValueError:
        return False
    return True


TAKES_ARGUMENT = tuple(map(_takes_argument, range(256)))


def effect(op: str, argument: object, jump: bool = False) -> int:
    """The change of the stack's depth by a normal operation, when it jumps or when it does not."""
    _, change, _, jump_change = OPERATIONS[op]
    if jump and jump_change is not None:
        return jump_change
    return change if type(change) is int else change(argument)


def other_effect(opcode: int, argument: int, jump: bool = False) -> int:
    """The same for an opcode that ends a region; 0 for one that the running version does not know."""
    known = _OTHER_EFFECTS.get(dis.opname[opcode])
    if known is not None:
        return known
    try:
        return dis.stack_effect(opcode, argument if TAKES_ARGUMENT[opcode] else None, jump=jump)
    except ValueError:
        return 0
