"""What reads and writes of the graph touch: alias classes of memory (tables/fields.py has those of fields).

`items`: pointers in an item vector; `element`: elements of buffers; `word`: shapes and strides; `number`: the value in a
boxed number; `levels`: how deep calls may go, which world points change.  Without a row a read isn't compared with others, and a write changes everything.  World points do.
"""

from framejit.tables.fields import FIELDS
from framejit.tables.whole_calls import DRAW, LEGACY_DRAW

# What `calm` asks where the breaker is set: a loop is to end soon if only pending calls wait, a generator expression is consumed to its end if these are the sampler's.
PATIENCE = {"entry": "fj_patient", "loop": "fj_patient", "consumer": "fj_patient_consumer"}

READ_BY = {"item": "items", "load": "element", "word": "word", "unbox_int": "number", "levels": "levels"}

WRITTEN_BY = {
    "store": ("element",), "nest_into": ("element",), "array_call_into": ("element",), "whole_call_into": ("element",),
    "home_set": (), "home_take": (), "home_append": (), "home_swap": (),
    "name_set": ("number",), "name_put": ("number",),
    "invoke": ("element",), "calm": (), "nest": (), "kept_nest": (), "forget": (), "spoil": (), "spoil_at": (), "nest_several": (), "nest_chain": (), "nest_reduce": (), "nest_along": (), "nest_spread": (), "array_call": (), "array_number": (), "whole_call": (), "ufunc_number": (), "draw": (), "draw_integer": (), "real_view": (), "new_array": (),             # routines store nothing but elements of buffers
}

# Helpers that an item is stored by change a float or an int in place where nobody else has it.
WRITTEN_BY_CALL = {
    "fj_item_set": ("items", "number"),
    "fj_item_set_float": ("items", "number"),
    "fj_cell_set": ("items", "number"),
    "fj_cell_set_float": ("items", "number"),
    "fj_slot_set": ("items", "number"),
    "fj_value_set": ("items", "number"),
    "fj_new_instance": (), "fj_new_slice": (), "fj_new_cell": (), "fj_new_bound": (), "fj_new_function": (),
    "fj_pool_next": ("items",), "fj_step": ("items",), "fj_stepped": (), "fj_step_inside": ("items",), "fj_make_iterator": (), "fj_make_flattened": (), "fj_new_range": (),
    "fj_list_append": ("list", "items"),
    "fj_list_room": ("list", "items"),
    **dict.fromkeys(("fj_list_insert", "fj_list_drop", "fj_list_store_slice", "fj_list_sort", "fj_list_sort_by", "fj_list_reverse", "fj_list_extend", "fj_list_delete", "fj_list_clear"), ("list", "items")),
    **dict.fromkeys(("fj_bytes_append", "fj_bytes_grow", "fj_bytes_extend", "fj_bytes_pop", "fj_bytes_store_slice"), ("list", "element")),
    **dict.fromkeys(("fj_bytes_slice", "fj_bytes_sum", "fj_bytes_repeated", "fj_bytes_zeros", "fj_bytes_of", "fj_bytes_joined"), ()),
    **dict.fromkeys(("fj_list_slice", "fj_tuple_slice", "fj_list_sum", "fj_tuple_sum", "fj_items_list", "fj_items_tuple", "fj_items_sorted", "fj_items_sorted_by", "fj_items_extreme_by", "fj_listed", "fj_range_list", "fj_items_set", "fj_items_folded"), ()),
    "fj_silent_made": (), "fj_silent_truth": (), "fj_silent_joined": (), "fj_silent_named": (), "fj_silent_set": (), "fj_silent_repeated": (), "fj_silent_part": (),
    **dict.fromkeys(("fj_text_made", "fj_text_percent", "fj_text_filled", "fj_text_item", "fj_text_of_ordinal", "fj_text_sum", "fj_text_slice", "fj_text_repeated", "fj_text_joined", "fj_more_texts_joined", "fj_text_joined_int", "fj_text_joined_float", "fj_text_of",
                     "fj_text_of_int", "fj_text_of_float", "fj_text_of_bool", "fj_walk", "fj_walk_step", "fj_walk_end",
                     "fj_mixed_binary", "fj_mixed_negative", "fj_mixed_absolute", "fj_mixed_int", "fj_mixed_extremum"), ()),
}

# Functions that are handed the context before their arguments (ext/tables.c, walks.c).
KEYS = ("", "_int", "_tuple", "_parts")     # what they are asked for
WITH_CONTEXT = frozenset(("fj_handling", "fj_handled", "fj_listed", "fj_walk_next", "fj_table_next", "fj_silent_made", "fj_silent_truth", "fj_silent_joined", "fj_silent_named", "fj_silent_taken", "fj_silent_done", "fj_silent_collected", "fj_step", "fj_step_inside", *[name + key for name in ("fj_dict_item", "fj_dict_has", "fj_dict_store", "fj_dict_delete", "fj_default_item", "fj_dict_set_default") for key in KEYS]))

COUNTS = "refcnt"       # changes without a write


def draws(op, attr):
    """Whether a random generator draws something: twice isn't once."""
    return op in ("draw", "draw_integer") or op == "whole_call" and attr[0].startswith((f"{DRAW}.", f"{LEGACY_DRAW}."))


def read_by(node):
    """The class that a node reads, whose value is the same until that is written; None: not known."""
    alias = FIELDS[node.attr].alias if node.op == "field" else READ_BY.get(node.op)
    return None if alias == COUNTS else alias


def written_by(node):
    """The classes that a node with an effect may change; None: all."""
    return WRITTEN_BY_CALL.get(node.attr[0]) if node.op == "write_call" else WRITTEN_BY.get(node.op)
