"""Our own modules' files are read by the machine's module: as the import system would have read them."""

import importlib.util
import os
import sys
from importlib.machinery import SourceFileLoader

import pytest
from framejit import _machine
from framejit.own import Folder, Loader, have

from tests.shell.process import python


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "first.py").write_text("VALUE = 1\n")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "__init__.py").write_text("VALUE = 2\n")
    have(str(tmp_path))
    yield tmp_path
    sys.path_importer_cache.pop(str(tmp_path))


def loaded(name, folder):
    spec = sys.path_importer_cache[str(folder)].find_spec(name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_files_and_stamps(tmp_path):
    path = tmp_path / "f\u00fcr \udcff.bin"
    path.write_bytes(bytes(range(256)) * 1000)
    seconds, size = _machine.file_stamp(str(path))
    assert (seconds, size) == (path.stat().st_mtime, 256_000)
    assert _machine.file_bytes(str(path)) == path.read_bytes()
    (tmp_path / "empty").touch()
    assert _machine.file_bytes(str(tmp_path / "empty")) == b""
    os.mkfifo(tmp_path / "pipe")
    for other in (tmp_path, tmp_path / "pipe", tmp_path / "none"):
        assert _machine.file_bytes(str(other)) is None
    assert _machine.file_stamp(str(tmp_path / "none")) is None


def test_modules_packages_and_what_is_not_there(folder):
    first, below = loaded("first", folder), loaded("below", folder)
    assert (first.VALUE, below.VALUE) == (1, 2)
    assert type(first.__loader__) is Loader and first.__file__ == str(folder / "first.py") and first.__spec__.has_location
    assert first.__cached__ == importlib.util.cache_from_source(first.__file__) and os.path.exists(first.__cached__)
    assert type(sys.path_importer_cache[below.__path__[0]]) is Folder
    assert sys.path_importer_cache[str(folder)].find_spec("second") is None


def test_stamps_are_those_of_the_import_system(folder):
    path = str(folder / "first.py")
    ours, theirs = Loader("first", path), SourceFileLoader("first", path)
    assert ours.path_stats(path) == theirs.path_stats(path) and ours.get_data(path) == theirs.get_data(path)
    for loader in (ours, theirs):
        with pytest.raises(FileNotFoundError):
            loader.path_stats(path + "c")
        with pytest.raises(FileNotFoundError):
            loader.get_data(path + "c")


def test_changed_sources_are_compiled_again(folder):
    assert loaded("first", folder).VALUE == 1
    (folder / "first.py").write_text("VALUE = 12\n")
    assert loaded("first", folder).VALUE == 12
    (folder / "first.py").unlink()
    assert sys.path_importer_cache[str(folder)].find_spec("first") is None


def test_without_the_machine_the_import_system_reads_them():
    program = "import framejit, framejit.report.machine_info as m; print(type(m.__loader__).__name__, m.__spec__.has_location)"
    assert python("-c", program, FRAMEJIT_DISABLE="1").stdout == "Loader True\n"
