"""Native functions in C, compiled once per session, and short ways to say units of bytecode."""

import ctypes
import dis
import pathlib
import subprocess
import sys
import sysconfig

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
machine = pytest.importorskip("framejit._machine")
from framejit.runtime import controller  # noqa: E402


class Natives:
    """Addresses of the functions in natives.c."""

    def __init__(self, library):
        self.library = ctypes.CDLL(str(library))
        for name in ("fj_poll", "fj_callout", "fj_long_fits"):
            ctypes.c_void_p.in_dll(self.library, name).value = machine.symbols()[name]

    def __getattr__(self, name):
        return ctypes.cast(getattr(self.library, name), ctypes.c_void_p).value


@pytest.fixture(scope="session")
def natives(tmp_path_factory):
    library = tmp_path_factory.mktemp("natives") / "natives.so"
    source = pathlib.Path(__file__).with_name("natives.c")
    include = sysconfig.get_paths()["include"]
    command = (sysconfig.get_config_var("CC") or "cc").split()
    subprocess.run([*command, "-O1", "-shared", "-fPIC", f"-I{include}", f"-I{ROOT / 'ext'}", str(source), "-o", str(library)], check=True)
    return Natives(library)


@pytest.fixture(autouse=True)
def clean():
    """No callbacks are left behind but the controller's, and no frames by hook."""
    yield
    machine.set_callbacks()
    if controller._controller is not None:
        controller._controller.connect()
    machine.sampler_stop()
    machine.always_hook(False)
