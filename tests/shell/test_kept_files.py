"""Files of kept machine code: what is wrong with one, or with its folder, means that there is none."""

import os
import resource
import stat
import subprocess
import sys

import pytest
from framejit import _machine
from process import python

KEY, MADE = b"the whole key\n", bytes(range(256)) * 9


@pytest.fixture
def folder(tmp_path):
    """The path of a folder with one file."""
    path = tmp_path / "one" / "two"
    assert _machine.kept_write(os.fsencode(path), KEY, MADE, 1500) is None
    return path


def read(folder, key=KEY):
    return _machine.kept_read(os.fsencode(folder), key)


def file_of(folder):
    (path,) = folder.iterdir()
    return path


def test_what_was_left_is_found(folder):
    assert read(folder) == (MADE, 1500)
    assert read(folder, b"another key") is None and read(folder / "none") is None
    assert _machine.kept_write(os.fsencode(folder), KEY, b"better", 7) is None
    assert read(folder) == (b"better", 7)
    assert file_of(folder).name == _machine.digest(KEY) + ".kept"


def test_modes(folder):
    assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(file_of(folder).stat().st_mode) == 0o600


@pytest.mark.parametrize("umask", [0, 0o777, 0o277])
def test_the_umask_is_neither_asked_nor_changed(folder, umask):
    before = os.umask(umask)
    try:
        assert _machine.kept_write(os.fsencode(folder), b"key", MADE, 1) is None
        assert os.umask(umask) == umask
    finally:
        os.umask(before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_every_byte_counts(folder):
    """A byte that is changed, and a file that is cut short anywhere or longer, is never used, and thrown away."""
    path = file_of(folder)
    whole = path.read_bytes()
    for place in range(len(whole)):
        for content in (whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1:], whole[:place], whole[:place] + whole):
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(content)
            if content != whole:
                assert type(read(folder)) is str, place
                assert not path.exists()
    path.touch(0o600)
    path.write_bytes(whole)
    assert read(folder) == (MADE, 1500)


def test_a_file_of_another_key(folder):
    assert _machine.kept_write(os.fsencode(folder), b"other", b"other code", 1) is None
    os.replace(folder / (_machine.digest(b"other") + ".kept"), file_of_key := folder / (_machine.digest(KEY) + ".kept"))
    assert read(folder) == "the file has another key" and not file_of_key.exists()


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666, 0o660])
def test_a_file_that_others_may_write(folder, mode):
    path = file_of(folder)
    path.chmod(mode)
    assert read(folder) == "the file isn't this user's alone" and not path.exists()


@pytest.mark.parametrize("mode", [0o720, 0o702, 0o777])
def test_a_folder_that_others_may_write(folder, mode):
    folder.chmod(mode)
    assert read(folder) == "the folder isn't this user's alone"
    assert _machine.kept_write(os.fsencode(folder), b"new", MADE, 1) == "the folder isn't this user's alone"
    assert type(_machine.kept_trim(os.fsencode(folder), 0)) is str
    assert len(list(folder.iterdir())) == 1


def test_links_and_what_is_no_file(folder, tmp_path):
    path = file_of(folder)
    real = tmp_path / "real"
    path.rename(real)
    path.symlink_to(real)
    assert read(folder) == "the file is a link" and not path.is_symlink() and real.exists()
    os.mkfifo(path, 0o600)
    assert type(read(folder)) is str and not path.exists()
    path.mkdir()
    assert type(read(folder)) is str and path.is_dir()
    linked = tmp_path / "linked"
    linked.symlink_to(folder)
    for operation in (read(linked), _machine.kept_write(os.fsencode(linked), KEY, MADE, 1), _machine.kept_trim(os.fsencode(linked), 0)):
        assert operation == "no folder, or a link"
    assert read(real) == "no folder, or a link"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_other_users(folder, tmp_path):
    path = file_of(folder)
    os.chown(path, 12345, 12345)
    assert read(folder) == "the file isn't this user's alone" and path.exists()
    os.chown(path, 0, 0)
    assert read(folder) == (MADE, 1500)
    os.chown(folder, 12345, 12345)
    assert read(folder) == "the folder isn't this user's alone"
    assert _machine.kept_write(os.fsencode(folder), KEY, MADE, 1) == "the folder isn't this user's alone"


def test_no_room(folder):
    """Files that may not grow so large: no signal, nothing half written."""
    code = ("import resource, signal, sys; from framejit import _machine\nsignal.signal(signal.SIGXFSZ, signal.SIG_DFL)\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
            "print(_machine.kept_write(sys.argv[1].encode(), b'key', bytes(3000), 1))")
    assert python("-c", code, folder).stdout == "the file would be too large\n"
    assert len(list(folder.iterdir())) == 1


def test_no_descriptors(folder):
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    used = len(os.listdir("/proc/self/fd"))
    for free in range(5):
        resource.setrlimit(resource.RLIMIT_NOFILE, (used - 1 + free, limits[1]))
        try:
            found = read(folder), _machine.kept_write(os.fsencode(folder), b"new", MADE, 1), _machine.kept_trim(os.fsencode(folder), 1 << 40)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, limits)
        assert found[0] in (None, "the folder can't be opened", (MADE, 1500))
    assert len(os.listdir("/proc/self/fd")) == used
    assert read(folder) == (MADE, 1500)


def test_closed_standard_streams(folder):
    """No file of ours takes the place of standard output, not even for a moment; and none is left open."""
    code = ("import os, sys; from framejit import _machine\npath = sys.argv[1].encode()\nfor fd in (0, 1): os.close(fd)\n"
            "_machine.kept_write(path, b'key', bytes(3000), 1); _machine.kept_read(path, b'key'); _machine.kept_trim(path, 1 << 40)\n"
            "os.write(2, repr([fd for fd in range(100) if os.path.exists(f'/proc/self/fd/{fd}')]).encode())")
    assert python("-c", code, folder).stderr == "[2]"


def test_no_audit_hook_hears_of_it(folder):
    code = ("import sys; from framejit import _machine\nheard = []\nsys.addaudithook(lambda name, arguments: heard.append(name))\n"
            "path = sys.argv[1].encode()\n"
            "_machine.kept_write(path, b'key', bytes(3000), 1); _machine.kept_read(path, b'key'); _machine.kept_trim(path, 0); _machine.stamp(path)\n"
            "print(heard)")
    assert python("-c", code, folder).stdout == "[]\n"


def test_bounded_by_age(tmp_path):
    path = os.fsencode(tmp_path)
    tmp_path.chmod(0o700)
    for number in range(10):
        assert _machine.kept_write(path, b"%d" % number, bytes(10_000), 1) is None
        os.utime(tmp_path / (_machine.digest(b"%d" % number) + ".kept"), (1_000_000 + number, 1_000_000 + number))
    (tmp_path / "somebody's").write_bytes(bytes(100_000))
    assert _machine.kept_read(path, b"0") is not None           # used now
    count, size = _machine.kept_trim(path, 1 << 40)
    assert count == 10 and 100_000 < size < 102_000
    assert _machine.kept_trim(path, size) == (count, size)
    count, size = _machine.kept_trim(path, 60_000)
    assert count == 4 and size < 45_000
    assert [number for number in range(10) if _machine.kept_read(path, b"%d" % number)] == [0, 7, 8, 9]
    assert _machine.kept_trim(path, 0) == (0, 0)
    assert os.listdir(tmp_path) == ["somebody's"]


def test_what_was_never_finished(folder):
    name = _machine.digest(KEY) + ".kept.77.0.1"
    for age, left in ((0, True), (100_000, False)):
        (folder / name).write_bytes(b"half")
        os.utime(folder / name, (folder.stat().st_mtime - age,) * 2)
        _machine.kept_trim(os.fsencode(folder), 1 << 40)
        assert (folder / name).exists() is left
    assert read(folder) == (MADE, 1500)


MANY = """if True:
    import sys
    from framejit import _machine
    path, own = sys.argv[1].encode(), int(sys.argv[2])
    for turn in range(400):
        size = 1000 * (turn % 7) + own
        problem = _machine.kept_write(path, b"shared", bytes([own]) * size, size)
        found = _machine.kept_read(path, b"shared")
        assert problem is None and len(set(found[0])) == 1 and len(found[0]) == found[1], (problem, found)
        if turn % 50 == 0:
            _machine.kept_trim(path, 1 << 40)
"""


def test_processes_at_once(folder):
    children = [subprocess.Popen([sys.executable, "-c", MANY, str(folder), str(own)], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
                for own in (1, 2, 3)]
    assert [child.wait(100) for child in children] == [0, 0, 0]
    assert len(list(folder.iterdir())) == 2
