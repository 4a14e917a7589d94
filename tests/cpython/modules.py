"""Which of CPython's test modules are run: all that the interpreter's own installation has, but for those that stand here.

A row's reason is its key: what the module, or a single test, needs that a run on any machine hasn't got.
"""

import pathlib

NEEDS = {
    "a network": "test_ftplib test_httplib test_imaplib test_nntplib test_poplib test_smtplib test_smtpnet test_socket test_ssl test_telnetlib "
                 "test_timeout test_urllib2net test_urllib2_localnet test_urllibnet test_httpservers test_xmlrpc test_docxmlrpc test_robotparser "
                 "test_socketserver test_asyncore test_asynchat test_smtpd test_wsgiref test_logging test_mailbox",
    "a screen": "test_idle test_tcl test_tix test_tkinter test_tk test_ttk test_ttk_guionly test_ttk_textonly test_turtle test_curses test_pyrepl",
    "much memory or disk": "test_bigaddrspace test_bigmem test_largefile test_zipfile64",
    "a compiler, a debugger or a source tree": "test_cext test_cppext test_clinic test_gdb test_dtrace test_embed test_peg_generator test_tools test_freeze_tools "
                                               "test_generated_cases test_asdl_parser test_lltrace test_perf_profiler test_distutils test_check_c_globals",
    "packages that are installed": "test_ensurepip test_venv test_lib2to3",
    "another system": "test_android test_kqueue test_launcher test_msilib test_msvcrt test_nis test_ossaudiodev test_osx_env test__osx_support test_startfile "
                      "test_winapi test_winconsoleio test_winreg test_winsound test_wmi test_devpoll test_ioctl test_openpty test_pty test_readline test_tty",
    "many minutes": "test_regrtest test_multiprocessing_fork test_multiprocessing_forkserver test_multiprocessing_spawn test_concurrent_futures test_io "
                    "test_compileall test_unparse test_tarfile test_zipfile test_subprocess test_eintr test_faulthandler test_signal test_unicodedata "
                    "test_codecmaps_cn test_codecmaps_hk test_codecmaps_jp test_codecmaps_kr test_codecmaps_tw test_source_encoding test_xxtestfuzz",
}

TOO_LONG = (        # single tests that take half a minute or more when nobody accelerates anything
    "test_math.MathTests.test_sumprod_stress",
    "test_statistics.TestKDE.test_kde_random",
)

STOPS_OTHERS = (    # fails under framejit (docs/contract.md: events C_RETURN), leaves its events on, and every later test of its module fails
    "test_monitoring.MonitoringCountTest.test_c_return_count",
)

LANGUAGE = """test_grammar test_generators test_scope test_descr test_functools test_operator test_collections test_list test_tuple test_dict test_float
    test_long test_math test_statistics test_random test_fractions test_decimal test_heapq test_bisect test_itertools test_exceptions test_traceback test_with
    test_contextlib test_class test_super test_property test_dataclasses test_enum test_typing test_sys_settrace test_sys_setprofile test_monitoring
    test_threading test_pickle test_copy test_weakref test_gc test_inspect test_frame test_dis test_code test_call test_int test_range test_iter""".split()


def left_out():
    """{module: what it needs}."""
    return {module: reason for reason, modules in NEEDS.items() for module in modules.split()}


def present():
    """The test modules and packages of this interpreter, those about the language first."""
    import test
    folder = pathlib.Path(test.__file__).parent
    found = {path.stem for path in folder.glob("test_*") if path.suffix == ".py" or path.is_dir() and (path / "__init__.py").exists()}
    wanted = found - left_out().keys()
    return [name for name in LANGUAGE if name in wanted] + sorted(wanted.difference(LANGUAGE))
