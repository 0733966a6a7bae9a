"""A colleague who edits our letter in Word and sends it back; he remembers what he did where.

What he does is done on the XML as Word leaves it: a paragraph made by Enter at the end of another
has no bookmark, one that is moved takes its bookmark along.
"""

import copy
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from desktop.letter.model import Case
from desktop.letter.ooxml import el, w
from tests.docx_edits import new_paragraph, paragraphs, set_text

WHO = {"author": "区财政局 王科长", "date": "2025-09-03T10:20:00Z"}


@dataclass
class Living:
    """A paragraph of a reply on his page: the element, its text, and where it stands."""

    element: Any
    key: str
    reply: str
    text: str


@dataclass(frozen=True)
class Done:
    """One edit: these words belong into this reply, or are nowhere any more; `key` is theirs."""

    kind: str
    reply: str
    words: tuple[str, ...] = ()
    key: str = ""
    gone: bool = False


@dataclass
class Colleague:
    """He edits one page; `done` is what he did. The same `seed` does the same."""

    case: Case
    seed: int
    pace: tuple[int, int] = (2, 7)
    done: list[Done] = field(default_factory=list)
    busy: set[str] = field(default_factory=set)

    def __call__(self, root: Any) -> None:
        """Do some edits, each to other paragraphs."""
        self._chance = random.Random(self.seed)
        self.living = [*self._living(root)]
        deeds: list[Callable[[], None]] = [
            self._types,
            self._types,
            self._rewrites,
            self._adds,
            self._adds,
            self._strikes,
            self._moves,
            self._cuts,
            self._joins,
            self._types_tracked,
            self._strikes_tracked,
        ]
        for _ in range(self._chance.randint(*self.pace)):
            self._chance.choice(deeds)()

    def _living(self, root: Any) -> Any:
        by_text: dict[str, list[Any]] = {}
        for text, p in paragraphs(root):
            by_text.setdefault(text, []).append(p)
        for reply in self.case.replies:
            for paragraph in reply.paragraphs:
                (p,) = by_text[paragraph.text]
                yield Living(p, paragraph.key, reply.key, paragraph.text)

    def _one(self) -> Living | None:
        free = [one for one in self.living if one.key not in self.busy]
        if not free:
            return None
        one = self._chance.choice(free)
        self.busy.add(one.key)
        return one

    def _token(self) -> str:
        sign = "".join(self._chance.choices("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥", k=5))
        return f"经{sign}科核定"

    def _types(self) -> None:
        if one := self._one():
            at, token = self._chance.randint(0, len(one.text)), self._token()
            set_text(one.element, one.text[:at] + token + one.text[at:])
            self.done.append(Done("words", one.reply, (token,), one.key))

    def _rewrites(self) -> None:
        if one := self._one():
            token = self._token()
            kept = one.text[: len(one.text) // 3]
            set_text(one.element, f"{kept}{token}，其余事项另行研究，届时函告贵单位。")
            self.done.append(Done("rewritten", one.reply, (token,), one.key))

    def _adds(self) -> None:
        if one := self._one():
            token = self._token()
            one.element.addnext(new_paragraph(f"补充说明，{token}有关经费，已列入预算。"))
            self.done.append(Done("added", one.reply, (token, one.text), one.key))

    def _strikes(self) -> None:
        if one := self._one():
            self._remove(one.element)
            self.done.append(Done("struck", one.reply, (one.text,), one.key, gone=True))

    def _moves(self) -> None:
        one, other = self._one(), self._one()
        if one and other:
            other.element.addnext(one.element)
            if other.element.getparent() is not None:
                self.done.append(Done("moved", other.reply, (one.text,), one.key))

    def _cuts(self) -> None:
        one = self._one()
        if one and len(one.text) > 20:
            at = self._chance.randint(8, len(one.text) - 8)
            set_text(one.element, one.text[:at])
            one.element.addnext(new_paragraph(one.text[at:]))
            self.done.append(Done("cut", one.reply, (one.text[:at], one.text[at:]), one.key))

    def _joins(self) -> None:
        one = self._one()
        following = one.element.getnext() if one else None
        other = next((li for li in self.living if li.element is following), None)
        if one and other and other.reply == one.reply and other.key not in self.busy:
            self.busy.add(other.key)
            set_text(one.element, one.text + other.text)
            self._remove(other.element)
            self.done.append(Done("joined", one.reply, (one.text + other.text,), one.key))

    def _types_tracked(self) -> None:
        if one := self._one():
            token = self._token()
            added = el("ins", *copy.deepcopy([*new_paragraph(token)]), id=900, **WHO)
            one.element.append(added)
            self.done.append(Done("tracked", one.reply, (one.text + token,), one.key))

    def _strikes_tracked(self) -> None:
        if one := self._one():
            struck = el("del", id=901, **WHO)
            runs = [child for child in one.element if child.tag == w("r")]
            runs[0].addprevious(struck)
            for run in runs:
                struck.append(run)
                for t in run.iter(w("t")):
                    t.tag = w("delText")
            properties = one.element.find(w("pPr"))
            mark = el("rPr", el("del", id=902, **WHO))
            etree.ElementBase.append(properties, mark)
            self.done.append(Done("struck, tracked", one.reply, (one.text,), one.key, gone=True))

    def _remove(self, p: Any) -> None:
        parent = p.getparent()
        if parent.tag == w("tc") and len(parent.findall(w("p"))) == 1:  # a cell keeps one
            set_text(p, "")
        else:
            parent.remove(p)
