"""Whether a case that comes in is in the library already, or its proposal, or its answer is."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from db import models
from db.queries import is_named, letters_akin
from desktop.errors import LibraryError
from desktop.letter.model import Case
from desktop.letter.numerals import format_date
from desktop.letter.proposal.proposal_identity import spellings
from desktop.letter.reading import Reading
from desktop.services.kinship import Kin, day_of, identity_of, kin
from desktop.services.loading import read_case


@dataclass(frozen=True, slots=True)
class Standing:
    """The letters that are there, the first of them as a case, and what they have to do with the
    one that comes."""

    letters: tuple[models.Letter, ...]
    case: Case
    kin: Kin

    @property
    def deleted(self) -> bool:
        """Whether it rests in the 回收站."""
        return self.letters[0].deleted_at is not None

    @property
    def joins(self) -> bool:
        """Whether it is the proposal of the letter that comes, or its answer."""
        closed = self.case.issue and not identity_of(self.case).words
        alone = len(self.letters) == 1 and not self.deleted and not closed
        return self.kin is Kin.COMPLETES and alone

    @property
    def fixed(self) -> bool:
        """Whether it is 定稿, and so cannot be replaced."""
        return self.case.issue is not None

    @property
    def place(self) -> str:
        """Where it stands."""
        return "回收站里" if self.deleted else "文库中"

    @property
    def named(self) -> str:
        """第12号（修缮乡道，2022年5月3日）"""
        numbers = "、".join(p.proposal_number for p in self.case.proposals if p.proposal_number)
        subject = next((p.subject for p in self.case.proposals if p.subject), "")
        day = day_of(self.case)
        told = "，".join(filter(None, (subject, format_date(day) if day else "")))
        return (f"第{numbers}号" if numbers else "这份卷宗") + (f"（{told}）" if told else "")

    @property
    def foretold(self) -> str:
        """What will be asked, or done, when the one that comes is stored."""
        if self.joins:
            return f"它会和{self.place}的{self.named}合成一份卷宗。"
        other = "，和这份编号相同，内容不同" if self.kin is not Kin.SAME else ""
        asked = "它已定稿，不能替换，导入时会问您要不要另存一份"
        asked = asked if self.fixed else "导入时会问您替换它，还是另存一份"
        return f"{self.place}已有{self.named}{other}；{asked}。"

    @property
    def refusal(self) -> str:
        """Why the one that comes stays outside, and what can be done."""
        replacing = f"替换它{'并恢复' if self.deleted else ''}"
        kept = "没有导入，文库没有改动"
        if self.fixed:
            there = f"{self.place}已有{self.named}，已定稿，不能替换"
            other = "" if self.kin is Kin.SAME else "，和这份编号相同，内容不同"
            return f"{there}{other}，{kept}；可以另存一份。"
        if self.kin is Kin.SAME:
            said = f"{self.named}已在{self.place}，{kept}"
            return f"{said}；可以用这份文件{replacing}，也可以另存一份。"
        said = f"{self.place}已有{self.named}，和这份编号相同，内容不同，{kept}"
        return f"{said}；可以另存一份，也可以用这份文件{replacing}。"


def _readable(letters: Iterable[models.Letter]) -> Iterator[tuple[models.Letter, Case]]:
    """Each with its case; one whose rows are damaged is like no other."""
    for letter in letters:
        with suppress(LibraryError):
            yield letter, read_case(letter)


def standing(case: Case) -> Standing | None:
    """What is in the library of this key or this proposal; the 回收站 counts where nothing else is.

    Of several the nearest: that of its key, the same letter, another one, what completes it.
    """
    identity = identity_of(case)
    numbers = [spelled for number in identity.numbers for spelled in spellings(number)]
    if not is_named([case.key, *numbers]):
        return None
    for deleted in (False, True):
        letters = letters_akin(case.key, numbers, deleted=deleted)
        found = [
            (kin(identity_of(one), identity), letter, one) for letter, one in _readable(letters)
        ]
        found = [told for told in found if told[2].key == case.key] or found
        near = min((k for k, _, _ in found if k), key=lambda k: k.value, default=None)
        if near:
            those = [(letter, one) for k, letter, one in found if k is near]
            return Standing(tuple(letter for letter, _ in those), those[0][1], near)
    return None


def foretold(reading: Reading) -> list[str]:
    """What a handler should know before he takes the trouble: that it is there, in a sentence."""
    there = standing(reading.case)
    return [there.foretold] if there else []
