"""收回来稿 while the handler decides: what was chosen of each file so far, and what that makes.

Quick and without the library (`receiving.fold` at every choice), until `enter`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby
from pathlib import Path

from desktop.errors import FuhanError
from desktop.letter.homecoming.returned import Unplaced
from desktop.letter.model import Case
from desktop.services import receiving
from desktop.services.merging.merge_change import MergeChange
from desktop.services.merging.taking import both, placed
from desktop.services.place_names import place_name
from desktop.services.receiving import File, Merge, Pick, Text
from desktop.services.returns import Return

APART = "编号、名称、标题的改动（请逐项核对）"
# a change that turns conflict is another, and so is a conflict with other words of ours: neither
# what was to be kept nor what both were is there any more
Key = tuple[Path, str, str | None] | tuple[Path, Unplaced]


class Decision(StrEnum):
    """What the handler said of a change."""

    TAKE = "take"  # 采纳; of a conflict 用来稿
    LEAVE = "leave"  # 不采纳; of a conflict 保留我们的
    BOTH = "both"  # 两者都留


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of a file to one reply (its key), or those set apart (no key), and what the
    window calls it."""

    reply: str
    name: str
    changes: tuple[MergeChange, ...]


class Picking:
    """The files that were looked at, and what was chosen of them. `refused` are those nothing comes
    of, each with its sentence."""

    def __init__(self, today: date) -> None:
        """No file yet."""
        self.refused: list[Return] = []
        self._today = today
        self._returns: dict[Path, Return] = {}
        self._merges: dict[str, Merge] = {}  # by the case's key
        self._chosen: dict[Key, str] = {}  # a decision, or the reply that takes a text in
        self._before: list[dict[Key, str]] = []

    def add(self, returned: Return) -> None:
        """Another file, its case compared with it after those that came before."""
        if not returned.home:
            self.refused.append(returned)
            return
        self._returns[returned.path] = returned
        self._fold(returned.case_key)

    def look_again(self, returned: Return) -> None:
        """再对照一次: as if the file had never been taken in."""
        self.add(replace(returned, taken_at=None))

    @property
    def merges(self) -> tuple[Merge, ...]:
        """The cases, each as it would be taken in now."""
        return tuple(self._merges.values())

    def file(self, path: Path) -> tuple[Merge, File] | None:
        """The file at `path` with its case's merge, unless it was refused."""
        for merge in self.merges:
            for file in merge.files:
                if file.returned.path == path:
                    return merge, file
        return None

    # choosing
    @property
    def begun(self) -> bool:
        """Whether something was said that would be lost."""
        return bool(self._chosen and self._merges)

    def decision(self, file: File, change: MergeChange) -> Decision | None:
        """What was said of the change, or nothing yet."""
        said = self._chosen.get(_key(file.returned, change))
        return Decision(said) if said else None

    def place_of(self, file: File, text: Text) -> str:
        """The reply an 未归位 text was put into, or ""."""
        return self._chosen.get(_key(file.returned, text), "")

    def undecided(self, file: File) -> tuple[MergeChange, ...]:
        """The changes nothing was said of."""
        return tuple(change for change in file.changes if not self.decision(file, change))

    def decide(self, file: File, changes: Iterable[MergeChange], decision: Decision) -> None:
        """Say it of these changes."""
        self._choose(file, changes, decision)

    def place(self, file: File, text: Text, reply: str) -> None:
        """放到: put an 未归位 text at the end of this reply; "" takes it back out."""
        self._choose(file, [text], reply)

    def take_all(self, *, conflicts: bool) -> None:
        """全部采纳, of conflicts their side; or without these and what is set apart."""
        self._sweep(_wish_all if conflicts else _wish_clear)

    def leave_rest(self) -> None:
        """其余不采纳: what nothing was said of."""
        self._sweep(_wish_nothing)

    def undo(self) -> None:
        """Take back what was chosen last."""
        if self._before:
            self._chosen = self._before.pop()
            for key in self._merges:
                self._fold(key)

    def enter(self) -> list[tuple[Case, Case]]:
        """Take in what was chosen, case by case; each as it was, and as it is now. The files of a
        case that refuses are `refused`."""
        entered = []
        for key, merge in list(self._merges.items()):
            try:
                entered.append((merge.ours, receiving.enter(merge)))
            except FuhanError as error:
                said = str(error)
                files = (file.returned for file in merge.files)
                self.refused += [replace(one, home=None, refusal=said) for one in files]
            del self._merges[key]
        return entered

    def _choose(self, file: File, texts: Iterable[Text], said: str) -> None:
        self._before.append(dict(self._chosen))
        self._chosen |= {_key(file.returned, text): said for text in texts}
        self._fold(file.returned.case_key)

    def _sweep(self, wish: Callable[[MergeChange, str], str]) -> None:
        """Choose as wished, file after file: what one brings can be a conflict for the next."""
        self._before.append(dict(self._chosen))

        def pick(returned: Return, text: Text) -> MergeChange | None:
            key = _key(returned, text)
            if isinstance(text, MergeChange) and not text.unplaced:
                self._chosen[key] = wish(text, self._chosen.get(key, ""))
            return self._pick(returned, text)

        for case in self._merges:
            self._fold(case, pick)

    def _pick(self, returned: Return, text: Text) -> MergeChange | None:
        said = self._chosen.get(_key(returned, text), "")
        if isinstance(text, Unplaced) or text.unplaced:
            return placed(text, said) if said else None
        if said == Decision.BOTH:
            return both(text)
        return text if said == Decision.TAKE else None

    def _fold(self, case: str, pick: Pick | None = None) -> None:
        files = [one for one in self._returns.values() if one.case_key == case]
        base = files[0].base
        assert base
        self._merges[case] = receiving.fold(base.ours, files, self._today, pick or self._pick)


def groups(merge: Merge, file: File) -> Iterator[Group]:
    """The changes of a file by reply, in the order of the page; what is set apart last."""
    for reply, changes in groupby(file.changes, _reply):
        name = place_name(merge.after, reply) if reply else APART
        yield Group(reply, name, tuple(changes))


def _reply(change: MergeChange) -> str:
    return change.reply


def _key(returned: Return, text: Text) -> Key:
    if isinstance(text, Unplaced):
        return returned.path, text
    return returned.path, text.key, text.before if text.conflict else None


def _wish_all(_: MergeChange, __: str) -> str:
    return Decision.TAKE


def _wish_clear(change: MergeChange, said: str) -> str:
    return said if change.conflict or change.apart else Decision.TAKE


def _wish_nothing(_: MergeChange, said: str) -> str:
    return said or Decision.LEAVE
