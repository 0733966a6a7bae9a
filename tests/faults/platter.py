"""What a power cut leaves of a disk, worked out from all that was done to it (`drive.watched`).

What was synced is there. Of the rest each write independently is there, is lost, or is torn at a
sector; so is each change of a size. Names are a journal's: made, given and taken in order, with a
sync at the latest, and a cut leaves some first part of those that wait.
"""

from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults.drive import Operation

SECTOR = 512  # bytes
_NAMES = ("link", "rename", "delete")


@dataclass(slots=True)
class _File:
    safe: bytearray = field(default_factory=bytearray)
    waiting: list[Operation] = field(default_factory=list)

    def after_cut(self, chance: Random) -> bytes:
        """What may be left of it."""
        left = bytearray(self.safe)
        for operation in self.waiting:
            fate = chance.random()
            if fate < 0.4:
                _do(left, operation)
            elif fate < 0.6 and operation.kind == "write":
                sectors = chance.randrange(len(operation.data) // SECTOR + 1)
                _do(left, operation._replace(data=operation.data[: sectors * SECTOR]))
        return bytes(left)


class Platter:
    """A disk that was empty. Folders are taken as given: what is made in them tells."""

    def __init__(self) -> None:
        """Nothing has happened."""
        self._names: dict[str, _File] = {}
        self._safe_names: dict[str, _File] = {}
        self._waiting: list[Operation | tuple[str, _File]] = []  # a pair: a file was made

    def hear(self, operation: Operation) -> None:
        """It is done."""
        name = operation.name
        if operation.kind in ("write", "truncate"):
            if name not in self._names:
                self._names[name] = _File()
                self._waiting.append((name, self._names[name]))
            self._names[name].waiting.append(operation)
        elif operation.kind in _NAMES:
            _rename(self._names, operation)
            self._waiting.append(operation)
        elif operation.kind == "sync":
            file = self._names.get(name, _File())  # none: a folder, or nothing was written yet
            for waiting in file.waiting:
                _do(file.safe, waiting)
            file.waiting.clear()
            for change in self._waiting:
                _rename(self._safe_names, change)
            self._waiting.clear()

    def cut(self, folder: Path, chance: Random) -> None:
        """Lay what a cut now may leave into `folder`."""
        names = dict(self._safe_names)
        for change in self._waiting[: chance.randint(0, len(self._waiting))]:
            _rename(names, change)
        for name, file in names.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.after_cut(chance))


def _do(content: bytearray, operation: Operation) -> None:
    end = operation.at + len(operation.data)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if operation.kind == "truncate":
        del content[operation.at :]
    else:
        content[operation.at : end] = operation.data


def _rename(names: dict[str, _File], change: Operation | tuple[str, _File]) -> None:
    if not isinstance(change, Operation):
        names.setdefault(*change)
        return
    file = names.get(change.name) if change.kind == "link" else names.pop(change.name, None)
    if file and change.new:
        names[change.new] = file
