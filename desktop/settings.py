"""How this user likes the window: looks, sizes, folders. Nothing of a letter is kept here.

One file, fuhan.ini, in the data folder. A file that cannot be read or written never stops the
program: the defaults stand in, and `problem` says so.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QByteArray, QSettings

T = TypeVar("T")
FILE = "fuhan.ini"
THEMES = ("system", "light", "dark")
Offsets = dict[str, tuple[float, float]]  # by printer: millimetres to the right and down (套打)
MOST_OFFSET = 30.0
SHOWN, HIDDEN = "shown", "hidden"
SCALES = (90, 100, 115, 130, 150)  # 界面字号, per cent

PROBLEMS = {
    QSettings.Status.FormatError: "窗口的设置读不出来，已按默认打开；卷宗不受影响，请重新设置。",
    QSettings.Status.AccessError: (
        "窗口的设置存不下来，本次照常使用；卷宗不受影响，请检查数据文件夹能否写入。"
    ),
}


class _Value(Generic[T]):
    """One setting: `read` makes its value of what the file holds, or raises."""

    def __init__(self, default: T, read: Callable[[Any], T]) -> None:
        self._default, self._read = default, read

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, settings: "Settings", owner: type) -> T:
        kept = settings.store.value(self._name)
        try:
            return self._default if kept is None else self._read(kept)
        except (TypeError, ValueError, LookupError):
            return self._default

    def __set__(self, settings: "Settings", value: T) -> None:
        settings.store.setValue(self._name, _kept(value))


def _kept(value: Any) -> Any:
    """As the file holds it."""
    if isinstance(value, bytes):
        return QByteArray(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value


def _text(kept: Any) -> str:
    if not isinstance(kept, str):
        raise ValueError
    return kept


def _one_of(*allowed: T) -> Callable[[Any], T]:
    """A reader of one of `allowed`; the file keeps all values as texts."""
    table = {str(value): value for value in allowed}
    return lambda kept: table[str(kept)]


def _count(kept: Any) -> int:
    if not 0 <= (number := int(kept)) <= 1_000_000:
        raise ValueError
    return number


def _bytes(kept: Any) -> bytes:
    if not isinstance(kept, QByteArray):
        raise ValueError
    return bytes(kept.data())


def _offsets(kept: Any) -> Offsets:
    """Only what could have been set: two numbers for a name, none beyond `MOST_OFFSET`."""
    found = {}
    for printer, (right, down) in dict(json.loads(kept)).items():
        if not (abs(right) <= MOST_OFFSET and abs(down) <= MOST_OFFSET):  # nor what is no number
            raise ValueError
        found[str(printer)] = (float(right), float(down))
    return found


class Settings:
    """The settings of the window, read and written as attributes."""

    theme = _Value("system", _one_of(*THEMES))
    scale = _Value(100, _one_of(*SCALES))
    last_folder = _Value("", _text)
    geometry = _Value(b"", _bytes)  # of the main window
    state = _Value(b"", _bytes)  # of its docks and bars
    paste_limit = _Value(2500, _count)  # characters the proposal system takes (复制正文)
    sort = _Value("", _text)
    printer = _Value("", _text)  # printed on last
    print_offsets = _Value[Offsets]({}, _offsets)
    list_width = _Value(0, _count)  # pixels; 0: never changed
    preview = _Value(SHOWN, _one_of(SHOWN, HIDDEN))  # where the window has room for it
    completion = _Value(SHOWN, _one_of(SHOWN, HIDDEN))  # 常用语 while a reply is written
    preview_width = _Value(0, _count)  # pixels; 0: never changed
    faces_told = _Value("", _text)  # what was said of missing faces, and put away
    network_told = _Value("", _text)  # the folder that was said to lie on a network

    def __init__(self, folder: Path) -> None:
        self.store = QSettings(str(folder / FILE), QSettings.Format.IniFormat)

    @property
    def problem(self) -> str:
        """One sentence where the file cannot be read or written, else empty. Writes first."""
        self.store.allKeys()  # only now is the whole file read
        self.store.sync()
        return PROBLEMS.get(self.store.status(), "")
