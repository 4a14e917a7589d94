"""Which of CPython's test modules are run: all that the interpreter's own installation has, but for those that stand here.

A row's reason is its key: what the module, or a single test, needs that a run on any machine hasn't got.
"""

import pathlib

NEEDS = {
    "a network": "test_smtpnet test_socket test_socketserver test_ssl test_timeout test_urllib2net test_urllibnet test_xmlrpc_net",
    "a screen": "test_idle test_tcl test_tix test_tkinter test_tk test_ttk test_ttk_guionly test_ttk_textonly test_turtle test_curses test_pyrepl",
    "much memory or disk": "test_bigaddrspace test_bigmem test_largefile test_zipfile64",
    "a compiler, a debugger or a source tree": "test_cext test_cppext test_clinic test_gdb test_dtrace test_embed test_peg_generator test_tools test_freeze_tools "
                                               "test_generated_cases test_asdl_parser test_lltrace test_perf_profiler test_distutils test_check_c_globals",
    "packages that are installed": "test_ensurepip test_venv test_lib2to3",
    "another system": "test_android test_kqueue test_launcher test_msilib test_msvcrt test_nis test_ossaudiodev test_osx_env test__osx_support test_startfile "
                      "test_winapi test_winconsoleio test_winreg test_winsound test_wmi test_devpoll test_ioctl test_openpty test_pty test_readline test_tty "
                      "test_asyncio.test_windows_events test_asyncio.test_windows_utils",
    "an interpreter without a global lock": "test_free_threading",
    "a library that an interpreter is rarely built with": "test_dbm_gnu test_dbm_ndbm",
    "nothing: it has no test that is switched on": "test_crashers",
    "many minutes": "test_regrtest test_multiprocessing_fork test_multiprocessing_forkserver test_multiprocessing_spawn test_concurrent_futures test_io "
                    "test_unparse test_subprocess test_eintr test_faulthandler test_unicodedata "
                    "test_codecmaps_cn test_codecmaps_hk test_codecmaps_jp test_codecmaps_kr test_codecmaps_tw test_source_encoding test_xxtestfuzz",
}

TOO_LONG = (        # single tests that take half a minute or more when nobody accelerates anything
    "test_math.MathTests.test_sumprod_stress",
    "test_statistics.TestKDE.test_kde_random",
)

STOPS_OTHERS = (    # fails under framejit (docs/contract.md: events C_RETURN), leaves its events on, and every later test of its module fails
    "test_monitoring.MonitoringCountTest.test_c_return_count",
)

ALONE = (           # waits for what another interpreter doesn't do under framejit (docs/contract.md: `_interpreters`): the modules behind it would wait, too
    "test__interpreters",
)

LANGUAGE = """test_builtin test_dict test_list test_set test_tuple test_generators test_scope test_class test_descr test_exceptions test_functools test_itertools
    test_collections test_dataclasses test_enum test_statistics test_random test_fractions test_decimal test_json test_re test_string test_format test_fstring test_int
    test_long test_float test_complex test_math test_cmath test_array test_bytes test_memoryview test_struct test_heapq test_bisect test_copy test_pickle
    test_weakref test_gc test_sys test_sys_settrace test_sys_setprofile test_monitoring test_frame test_traceback test_inspect test_contextlib test_with test_pdb
    test_bdb test_profile test_trace test_threading test_coroutines test_asyncgen test_patma test_unpack test_unpack_ex test_extcall test_keywordonlyarg
    test_positional_only_arg test_super test_property test_typing test_abc test_ast test_compile test_dis test_peepholer test_opcache test_code test_funcattrs test_call
    test_operator test_grammar test_range test_iter test_slice test_raise test_exception_group test_except_star test_listcomps test_setcomps test_dictcomps
    test_genexps test_binop test_compare test_richcmp test_augassign test_bool test_pow test_deque test_ordered_dict test_defaultdict test_userdict test_userlist
    test_userstring test_isinstance test_metaclass test_subclassinit test_dynamic test_global test_unary test_index test_enumerate test_hash test_sort
    test_contextlib_async test_context test_types test_type_cache test_yield_from test_string_literals test_str test_textwrap test_tokenize test_graphlib
    test_numeric_tower test_abstract_numbers test_difflib test_calendar test_ipaddress test_colorsys test_base64 test_binascii test_plistlib test_csv
    test_configparser test_html test_htmlparser test_shlex test_argparse test_pprint test_reprlib test_copyreg test_pickletools test_datetime""".split()

LONG = """test_asyncio test_ctypes test_sqlite3 test_unittest test_email test_importlib test_tkinter test_hashlib test_zoneinfo test_lzma test_bz2 test_zlib test_shutil test_os test_posix
    test_mmap test_ssl test_doctest test_distutils test_cmd_line test_cmd_line_script test_script_helper test_site test_pathlib test_glob test_tempfile test_capi test_interpreters
    test_runpy test_pydoc test_warnings test_buffer test_strtod test_select test_selectors test_queue test_time test_thread test_threading_local test_sched
    test_fork1 test_wait3 test_wait4 test_popen test_pkgutil test_zipimport test_multibytecodec test_codecs test_codeccallbacks test_urllib test_urllib2
    test_mailbox test_logging test_wsgiref test_smtpd test_asyncore test_asynchat test_robotparser test_docxmlrpc test_xmlrpc test_httpservers
    test_urllib2_localnet test_telnetlib test_smtplib test_poplib test_nntplib test_imaplib test_httplib test_ftplib test_signal test_compileall
    test_zipfile test_tarfile""".split()


IN_PARTS = ("test_asyncio",)        # packages whose modules are run and judged one by one: all together they take too long


def left_out():
    """{module: what it needs}."""
    return {module: reason for reason, modules in NEEDS.items() for module in modules.split()}


def present():
    """The test modules and packages of this interpreter, those about the language first, those that mostly wait or start processes last."""
    import test
    folder = pathlib.Path(test.__file__).parent
    found = {path.stem for path in folder.glob("test_*") if path.suffix == ".py" or path.is_dir() and (path / "__init__.py").exists()}
    left = left_out().keys()
    wanted = found - left
    others = sorted(wanted.difference(LANGUAGE, LONG), key=lambda name: (size(folder, name), name))
    return [name for name in LANGUAGE if name in wanted] + others + [part for name in LONG if name in wanted for part in parts(folder, name) if part not in left]


def parts(folder, name):
    """A module, or the modules of a package that is run in parts: `test_asyncio.test_tasks`."""
    if name not in IN_PARTS:
        return [name]
    return [f"{name}.{path.stem}" for path in sorted((folder / name).glob("test_*.py"))]


def size(folder, name):
    """Bytes of a module's source; packages are larger than modules."""
    source = folder / f"{name}.py"
    return source.stat().st_size if source.exists() else 1 << 30
