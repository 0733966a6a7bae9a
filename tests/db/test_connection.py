"""Opening a library: the pragmas, the refusals, and a file that is never harmed."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from db import errors
from db.connection import APPLICATION_ID, close_library, open_library
from db.migrations import SCHEMA
from db.models import Office


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library" / "fuhan.db"


def make(path: Path) -> bytes:
    close_library(open_library(path))
    return path.read_bytes()


def test_a_new_library_is_whole(path: Path) -> None:
    database = open_library(path)
    assert database.pragma("application_id") == APPLICATION_ID
    assert database.pragma("user_version") == SCHEMA
    close_library(database)
    assert not Path(f"{path}-wal").exists()
    if os.name == "posix":
        assert path.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("locking_mode", "exclusive"),
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
    ],
)
def test_what_was_asked_for_is_in_force(path: Path, pragma: str, value: object) -> None:
    database = open_library(path)
    assert database.pragma(pragma) == value
    close_library(database)


def refused_elsewhere(path: Path) -> bool:
    """Whether another process is told that the library is in use."""
    code = (
        "import sys; from pathlib import Path; from db.connection import open_library\n"
        "from db.errors import InUseError\n"
        "try: open_library(Path(sys.argv[1]))\n"
        "except InUseError: sys.exit(7)"
    )
    return subprocess.run([sys.executable, "-c", code, str(path)]).returncode == 7


def test_one_program_holds_a_library(path: Path) -> None:
    database = open_library(path)
    assert refused_elsewhere(path)
    Office.create(
        full_name="局", short_name="", own_word="我局", region_word="我区", document_prefix="",
        contact_name="", contact_phone="",
    )  # fmt: skip
    close_library(database)
    assert open_library(path).execute_sql("SELECT count(*) FROM office").fetchone() == (1,)


def text_file(path: Path) -> None:
    path.write_text("这不是数据库，而是一段文字。" * 50, encoding="utf-8")


def cut(path: Path) -> None:
    make(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def garbled(path: Path) -> None:
    data = bytearray(make(path))
    data[4096 : 4096 * 3] = os.urandom(4096 * 2)
    path.write_bytes(data)


def foreign(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE t (a)")
    other.commit()
    other.close()


def at_version(path: Path, version: int) -> None:
    make(path)
    other = sqlite3.connect(path)
    other.execute(f"PRAGMA user_version={version}")
    other.close()


def from_the_future(path: Path) -> None:
    at_version(path, SCHEMA + 1)


def test_a_file_that_cannot_be_written_is_not_called_damaged(path: Path) -> None:
    make(path)
    chattr = shutil.which("chattr")
    if chattr:  # as root a file without write permission can still be written
        subprocess.run([chattr, "+i", str(path)], capture_output=True)
    path.chmod(0o400) if os.access(path, os.W_OK) else None
    try:
        if os.access(path, os.W_OK):
            pytest.skip("as root on this Linux file system every file can be written")
        with pytest.raises(errors.ReadOnlyError):
            open_library(path)
    finally:
        if chattr:
            subprocess.run([chattr, "-i", str(path)], capture_output=True)
        path.chmod(0o600)


def test_a_link_to_nowhere(path: Path) -> None:
    path.parent.mkdir()
    try:
        path.symlink_to(path.parent / "nothing" / "here.db")
    except OSError:
        pytest.skip("Windows lets only some users make links")
    with pytest.raises(errors.ReadOnlyError):
        open_library(path)


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (lambda path: path.touch(), errors.DamagedError),
        (text_file, errors.DamagedError),
        (cut, errors.DamagedError),
        (garbled, errors.DamagedError),
        (foreign, errors.ForeignError),
        (from_the_future, errors.NewerError),
        (lambda path: at_version(path, 0), errors.DamagedError),
        (lambda path: at_version(path, -1), errors.DamagedError),
    ],
    ids=["empty", "text", "cut", "garbled", "foreign", "future", "version 0", "version -1"],
)
def test_a_file_that_is_no_good_is_left_alone(
    path: Path, spoil: object, error: type[Exception]
) -> None:
    path.parent.mkdir()
    spoil(path)  # type: ignore[operator]
    before = path.read_bytes()
    with pytest.raises(error):
        open_library(path)
    assert path.read_bytes() == before


def test_a_missing_file_with_its_journal_is_not_replaced(path: Path) -> None:
    path.parent.mkdir()
    Path(f"{path}-wal").write_bytes(b"journal")
    with pytest.raises(errors.MissingError):
        open_library(path)
    assert not path.exists()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(errors.ReadOnlyError):
        open_library(tmp_path / "file" / "fuhan.db")


def test_references_that_lead_nowhere_are_found(path: Path) -> None:
    make(path)
    other = sqlite3.connect(path)
    other.execute("INSERT INTO proposer (proposal_id, position, name, body) VALUES (99, 0, 'x', 0)")
    other.commit()
    other.close()
    with pytest.raises(errors.DamagedError):
        open_library(path)


def test_what_was_committed_survives_a_kill(path: Path) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path\n"
        "from db.connection import open_library; from db.models import Office\n"
        "open_library(Path(sys.argv[1]))\n"
        "Office.create(full_name='局', short_name='', own_word='', region_word='',\n"
        "    document_prefix='', contact_name='', contact_phone='')\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    if os.name != "posix":
        pytest.skip("Windows has no SIGKILL")
    subprocess.run([sys.executable, "-c", code, str(path)])
    database = open_library(path)
    assert Office.select().count() == 1
    close_library(database)


def test_opening_twice_in_one_process_gives_up_no_lock(path: Path) -> None:
    """Reading an open database's file again would drop its POSIX locks."""
    database = open_library(path)
    with pytest.raises(errors.InUseError):
        open_library(path)
    assert refused_elsewhere(path)
    close_library(database)
    close_library(open_library(path))


def test_a_first_opening_that_was_cut_short_is_taken_back(path: Path) -> None:
    """Before it keeps a log, a library has a journal: reading alone cannot undo what it undoes."""
    code = (
        "import os, signal, sqlite3, sys; from pathlib import Path\n"
        "from db.connection import _create\n"
        "_create(Path(sys.argv[1]))\n"
        "library = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "library.executescript('PRAGMA cache_size=1; BEGIN IMMEDIATE; CREATE TABLE half (a)')\n"
        "library.execute('INSERT INTO half VALUES (zeroblob(100000))')\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    if os.name != "posix":
        pytest.skip("Windows has no SIGKILL")
    subprocess.run([sys.executable, "-c", code, str(path)])
    assert path.with_name(f"{path.name}-journal").stat().st_size
    database = open_library(path)
    assert "half" not in database.get_tables()
    close_library(database)
