"""Differences that are accepted: what a test of CPython's looks at can't be the same, and why.

A row names a test, the versions of Python and the modes in which it differs.  A row whose test no longer differs is
itself a difference (tests/cpython/run.py).
"""

from typing import NamedTuple


class Accepted(NamedTuple):
    test: str               # as unittest's id() gives it
    versions: str           # "3.11 3.12"
    modes: str              # "enabled eager"
    reason: str


SPECIALISED = "shows how far the interpreter has specialised a function's instructions: what runs natively isn't specialised meanwhile (docs/contract.md)"
COPY = "C code that reads a frame's position sees the copy that a compiled function runs on 3.11 (docs/contract.md)"
RETURNS = "a tool that asks for CALL hears C_RETURN behind calls of compiled Python functions, too (docs/contract.md)"
EXTRA = "hands a function to another interpreter, which refuses code objects with an extra: that is where what is known of one hangs (docs/contract.md)"
MONITORING = ("MonitoringEventsTest.test_caught", "MonitoringEventsTest.test_just_call", "MonitoringEventsTest.test_just_pass", "MonitoringEventsTest.test_nested_call",
              "SimulateProfileTest.test_balanced", "SimulateProfileTest.test_frame_stack")
MANY = ("test_simple", "test_c_call", "test_try_except")

RACES = ("binary_subscr_getitem", "binary_subscr_list_int", "for_iter_gen", "for_iter_list", "load_attr_class", "load_attr_method_lazy_dict", "load_attr_method_no_dict",
         "load_attr_getattribute_overridden", "load_attr_method_with_values", "load_attr_module", "load_attr_property", "load_global_module", "store_attr_with_hint", "store_subscr_list_int", "unpack_sequence_list")

ACCEPTED: tuple[Accepted, ...] = (
    *[Accepted(f"test.test_dis.{kind}.test_loop_quicken", "3.11 3.12 3.13", "eager", SPECIALISED) for kind in ("DisTests", "DisWithFileTests")],
    *[Accepted(f"test.test_dis.{kind}.test_super_instructions", "3.11 3.13", "eager", SPECIALISED) for kind in ("DisTests", "DisWithFileTests")],
    *[Accepted(f"test.test_type_cache.TypeCacheWithSpecializationTests.test_{name}_specialization_user_type", "3.13", "eager", SPECIALISED) for name in ("property_load_attr", "store_attr")],
    Accepted("test.test_capi.test_misc.Test_FrameAPI.test_frame_getters", "3.11", "eager", COPY),
    *[Accepted(f"test.test_interpreters.test_api.{name}", "3.13", "eager", EXTRA)
      for name in ("LowLevelTests.test_call", "TestInterpreterCall.test_call", "TestInterpreterCall.test_call_in_thread")],
    *[Accepted(f"test.test__interpreters.RunFuncTests.{name}", "3.13", "eager", EXTRA) for name in ("test_code_object", "test_in_thread", "test_return_value", "test_success")],
    *[Accepted(f"test.test_monitoring.{name}", "3.12 3.13", "eager", RETURNS) for name in MONITORING],
    *[Accepted(f"test.test_monitoring.TestManyEvents.{name}", "3.12 3.13", "eager", RETURNS) for name in MANY],
)

# Differences that are not mended yet, and what is known of them: {test: (versions, what is known)}.  They count as differences.
OPEN = {
}

# Tests whose outcome varies from run to run, and why: compared with nothing.
VARYING = {
    **{f"DigitLimitsTests.test_denial_of_service_prevented{way}": "compares its own CPU time with a limit, and skips itself where the clock says so; varies without us, too" for way in ("", "_int_to_str", "_str_to_int")},
    "SelectorTestCase.test_timeout": "two calls that don't wait have half a second by the clock: beside other work compiling them takes longer (0.83 s was seen)",
    "BugsTest.test_bug_xmltoolkit63": "compares sys.getrefcount(None) before and after on 3.11: the compiler's own references count if it was called between (docs/contract.md)",
    "TestPendingCalls.test_max_pending": "fills the interpreter's queue of 32 pending calls: a look that is asked for waits in it, too (docs/contract.md)",
    "TestFuncWatchers.test_watcher_raises_error": "a watcher that C code registers hears of the compiler's own functions, too, if it was called meanwhile (docs/contract.md)",
    "ClassPropertiesAndMethods.test_slots": "compares how many objects gc.get_objects() lists before and after: the compiler's are among them if it was called (docs/contract.md)",
    **{f"TestRacesDoNotCrash.test_{name}": "looks for a specialised instruction where other threads keep changing what it is specialised for: what runs natively isn't specialised, and "
                                           "how much of a race does is another matter each time (docs/contract.md)" for name in RACES},
}


def reason(test, version, mode):
    """Why a difference is accepted, or None."""
    for row in ACCEPTED:
        if row.test == test and version in row.versions.split() and mode in row.modes.split():
            return row.reason
    return None
