"""The disk under SQLite, in the hands of a test: every operation is heard first and can be refused.

It is Python's own SQLite whose file system is wrapped, so that the program runs as it always does.
(apsw would bring another SQLite, with other errors than those the program has to understand.)
"""

import ctypes
import errno
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from ctypes import c_char_p, c_int, c_int64, c_void_p
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import pytest


class Operation(NamedTuple):
    """Something that is about to happen to a file.

    `kind` is open, read, write, truncate, sync, delete, lock, link, rename or mkdir; `name` the
    file's below the folder; `at` an offset or a size; `data` what is written; `new` a new name.
    """

    kind: str
    name: str
    at: int = 0
    data: bytes = b""
    new: str = ""


Watch = Callable[[Operation], int]  # 0 lets it happen, else SQLite's code of the refusal

# of xOpen's path the pointer itself must go on: SQLite reads what follows it in memory
_Open = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_Delete = ctypes.CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_Number = ctypes.CFUNCTYPE(c_int, c_void_p, c_int)  # xSync, xLock
_Size = ctypes.CFUNCTYPE(c_int, c_void_p, c_int64)
_Bytes = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_Close = ctypes.CFUNCTYPE(c_int, c_void_p)


class _Vfs(ctypes.Structure):
    """sqlite3_vfs, version 3."""

    _fields_ = (
        ("version", c_int), ("file_size", c_int), ("max_path", c_int), ("next", c_void_p),
        ("name", c_char_p), ("data", c_void_p), ("open", _Open), ("delete", _Delete),
        ("rest", c_void_p * 13),
    )  # fmt: skip


class _Methods(ctypes.Structure):
    """sqlite3_io_methods, version 3."""

    _fields_ = (
        ("version", c_int), ("close", _Close), ("read", _Bytes), ("write", _Bytes),
        ("truncate", _Size), ("sync", _Number), ("file_size", c_void_p), ("lock", _Number),
        ("rest", c_void_p * 11),
    )  # fmt: skip


def _library() -> Any:
    try:
        import _sqlite3

        library = ctypes.CDLL(_sqlite3.__file__)
        library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    except (AttributeError, OSError):
        return None
    return library


_SQLITE = _library() if sys.platform == "linux" else None

needs_drive = pytest.mark.skipif(
    _SQLITE is None, reason="Python's SQLite can be reached on Linux, where it is a shared library"
)


class _FileSystem:
    """SQLite's default file system, the methods of each file below `folder` exchanged for ours.

    One for the whole process: a connection nobody closed is closed when it is collected.
    """

    def __init__(self) -> None:
        self.folder, self.watch = Path(), _allow
        self._below = _SQLITE.sqlite3_vfs_find(None).contents
        self._tables: dict[int, _Methods] = {}  # ours, by the address of theirs
        self.opened: dict[int, tuple[str, _Methods]] = {}  # name and methods below
        self.vfs = _Vfs.from_buffer_copy(self._below)
        self.vfs.name = b"watched"
        self.vfs.open, self.vfs.delete = _Open(self._open), _Delete(self._delete)

    def _open(self, vfs: int, path: int | None, file: int, flags: int, out: int) -> int:
        name = _below(self.folder, os.fsdecode(ctypes.string_at(path))) if path else ""
        methods = c_void_p.from_address(file)
        if name and (refused := self.watch(Operation("open", name))):
            methods.value = None  # nothing to close
            return refused
        result: int = self._below.open(vfs, path, file, flags, out)
        if name and methods.value:
            self.opened[file] = name, _Methods.from_address(methods.value)
            ours = self._tables.setdefault(methods.value, self._ours(methods.value))
            methods.value = ctypes.addressof(ours)
        return result

    def _ours(self, theirs: int) -> _Methods:
        methods = _Methods.from_buffer_copy(_Methods.from_address(theirs))
        methods.close, methods.sync = _Close(self._close), _Number(self._sync)
        methods.read, methods.write = _Bytes(self._read), _Bytes(self._write)
        methods.truncate, methods.lock = _Size(self._truncate), _Number(self._lock)
        return methods

    def _close(self, file: int) -> int:
        _, below = self.opened.pop(file)
        result: int = below.close(file)
        return result

    def _read(self, file: int, into: int, length: int, at: int) -> int:
        name, below = self.opened[file]
        return self.watch(Operation("read", name, at)) or below.read(file, into, length, at)

    def _write(self, file: int, data: int, length: int, at: int) -> int:
        name, below = self.opened[file]
        refused = self.watch(Operation("write", name, at, ctypes.string_at(data, length)))
        written = below.write(file, data, length // 2 if refused else length, at)  # what had room
        return refused or written

    def _truncate(self, file: int, size: int) -> int:
        name, below = self.opened[file]
        return self.watch(Operation("truncate", name, size)) or below.truncate(file, size)

    def _sync(self, file: int, flags: int) -> int:
        name, below = self.opened[file]
        return self.watch(Operation("sync", name)) or below.sync(file, flags)

    def _lock(self, file: int, level: int) -> int:
        name, below = self.opened[file]
        return self.watch(Operation("lock", name)) or below.lock(file, level)

    def _delete(self, vfs: int, path: bytes, sync: int) -> int:
        name = _below(self.folder, os.fsdecode(path))
        refused = self.watch(Operation("delete", name)) if name else 0
        return refused or self._below.delete(vfs, path, sync)


def _below(folder: Path, path: str) -> str:
    """The name of a file below `folder`; empty for another's."""
    place = f"{folder}/"
    return path.removeprefix(place) if path.startswith(place) else ""


@contextmanager
def watched(folder: Path, watch: Watch) -> Iterator[None]:
    """While this lasts `watch` hears of all that is done to the files below `folder`.

    That is what SQLite does, on connections opened and closed within, and what our own code does
    with `os` (a refusal is then an `OSError`). Reading with `open` goes unheard.
    """
    files = _files()
    with ExitStack() as stack:
        for name, kind in _OWN.items():
            deed = partial(_own_deed, folder.resolve(), watch, kind, getattr(os, name))
            stack.enter_context(mock.patch.object(os, name, deed))
        stack.enter_context(mock.patch.multiple(files, folder=folder.resolve(), watch=watch))
        _SQLITE.sqlite3_vfs_register(ctypes.byref(files.vfs), 1)
        stack.callback(_SQLITE.sqlite3_vfs_unregister, ctypes.byref(files.vfs))
        yield
        assert not files.opened, f"left open: {[name for name, _ in files.opened.values()]}"


def _allow(_operation: Operation) -> int:
    return 0


@cache
def _files() -> _FileSystem:
    return _FileSystem()


# what our own code does through `os`, as an operation
_OWN = {
    "fsync": "sync", "link": "link", "mkdir": "mkdir", "rename": "rename", "replace": "rename",
    "unlink": "delete", "write": "write",
}  # fmt: skip


def _own_deed(
    folder: Path, watch: Watch, kind: str, real: Callable[..., Any], *given: Any, **settings: Any
) -> Any:
    """`real`, one of `os`, unless its operation is refused; a file is given by path or handle."""
    path = f"/proc/self/fd/{given[0]}" if isinstance(given[0], int) else given[0]
    if name := _below(folder, os.path.realpath(path)):
        at = os.lseek(given[0], 0, os.SEEK_CUR) if kind == "write" else 0
        data = bytes(given[1]) if kind == "write" else b""
        new = _below(folder, os.path.realpath(given[1])) if kind in ("link", "rename") else ""
        if refused := watch(Operation(kind, name, at, data, new)):
            full = refused & 0xFF == sqlite3.SQLITE_FULL
            number = errno.ENOSPC if full else errno.EIO
            raise OSError(number, os.strerror(number), str(given[0]))
    return real(*given, **settings)
