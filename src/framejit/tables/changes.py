"""Functions of the machine that change objects, or make some, and that routines may call (capture/routines.py)."""

from framejit.tables.effects import KEYS

CHANGES = {"fj_item_set", "fj_item_set_float", "fj_cell_set", "fj_cell_set_float", "fj_decref", "fj_value_set", "fj_slot_set", "fj_new_instance", "fj_new_cell", "fj_new_bound", "fj_new_function", "fj_function_attribute", "fj_list_room", "fj_list_append",
           *[name + key for name in ("fj_dict_store", "fj_dict_delete", "fj_default_item", "fj_dict_set_default", "fj_set_add", "fj_set_take") for key in KEYS], "fj_new_named",
           "fj_silent_made", "fj_silent_truth", "fj_silent_joined", "fj_silent_named", "fj_silent_taken", "fj_silent_done", "fj_silent_collected", "fj_silent_set", "fj_silent_repeated", "fj_silent_part", "fj_text_made", "fj_text_percent", "fj_text_filled", "fj_text_item", "fj_text_of_ordinal", "fj_text_sum", "fj_text_slice", "fj_text_repeated", "fj_text_joined", "fj_more_texts_joined", "fj_text_joined_int", "fj_text_joined_float", "fj_text_of",
           "fj_text_of_int", "fj_text_of_float", "fj_text_of_bool", "fj_walk", "fj_walk_step", "fj_walk_end", "fj_pool_next", "fj_step", "fj_stepped", "fj_step_inside", "fj_make_iterator", "fj_make_flattened", "fj_new_range",
           "fj_new_slice", "fj_list_slice", "fj_tuple_slice", "fj_list_sum", "fj_tuple_sum", "fj_list_insert", "fj_list_drop", "fj_list_store_slice",
           "fj_items_list", "fj_items_tuple", "fj_items_sorted", "fj_items_sorted_by", "fj_items_extreme_by", "fj_listed", "fj_range_list", "fj_items_set", "fj_items_folded", "fj_mixed_binary", "fj_mixed_negative", "fj_mixed_absolute", "fj_mixed_int", "fj_mixed_extremum", "fj_list_sort", "fj_list_sort_by", "fj_list_reverse", "fj_list_extend", "fj_list_delete", "fj_list_clear", "fj_new_deque", "fj_deque_pop", "fj_deque_append", "fj_heap_pop", "fj_heap_push", "fj_heap_exchange",
           *[f"fj_bytes_{name}" for name in ("append", "grow", "extend", "pop", "store_slice", "slice", "sum", "repeated", "zeros", "of", "joined")]}

MOST_ASKED = 5      # homes that fj_may_go is asked about at once, and that are compared with each other

__all__ = ["CHANGES", "MOST_ASKED"]
