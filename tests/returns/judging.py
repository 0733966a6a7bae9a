"""Whether a return came home: what landed where, what was lost, who it is said to be of."""

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from db.enums import Outcome
from desktop.letter.clean import clean_text
from desktop.letter.compose import compose
from desktop.letter.homecoming.home import bring_home
from desktop.letter.homecoming.identity import identify
from desktop.letter.homecoming.opinion_return import opinion_home
from desktop.letter.homecoming.pack_return import pack_home
from desktop.letter.homecoming.returned import Homecoming, Placed, Printed
from desktop.letter.homecoming.returned_file import dump_home, load_home
from desktop.letter.keys import derived_key
from desktop.letter.model import Case, Paragraph
from desktop.letter.ooxml import w
from desktop.letter.pages.page import Page, read_docx
from desktop.letter.sheet import lay_out
from desktop.services.differences import Change
from desktop.services.merging.changes import MergeChange, changes
from desktop.services.merging.taking import take
from tests.conftest import TODAY
from tests.returns.deeds import Truth, by_part, lines_of, truth_of
from tests.returns.letters import LETTERS, Sent
from tests.returns.scenarios import Scenario
from tests.returns.word import AT, text_of

_CHUNK = re.compile(r"[，。；：、（）\s]+")
_LABEL = re.compile(r"^建议\d(的会办意见)?：")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


@dataclass(frozen=True, slots=True)
class Came:
    """A returned file: `at` begins what its tracked changes say of their time; `mute`: its format
    cannot say that a comment was resolved."""

    scenario: Scenario
    data: bytes
    at: str
    mute: bool = False


@dataclass(slots=True)
class Verdict:
    """Of one file: how many `deeds`, how many of them `landed`, whether every paragraph stands as
    it should (`exact`), what was `lost` of either side, what is said `wrong` of who and when."""

    deeds: int = 0
    landed: int = 0
    exact: bool = True
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


def judge(came: Came) -> Verdict:
    """The whole way of one file: who it is, home, compared, taken; and taken into what we wrote
    meanwhile."""
    sent = LETTERS[came.scenario.letter]
    base, page = sent.case, read_docx(came.data)
    identity = identify(page)
    home = load_home(json.loads(json.dumps(dump_home(_home(page, base, identity.printed)))))
    found = changes(base, base, home, TODAY)
    after = take(base, found)
    truth = truth_of(sent.sheet, came.scenario.deeds)
    verdict = Verdict()
    numbers = {p.proposal_number for p in base.proposals}
    if not (identity.state or identity.case_key == base.key or numbers & {*identity.numbers}):
        verdict.wrong.append("nobody knows whose it is")
    _land(verdict, came, truth, after, home)
    verdict.lost += _lost_of_theirs(came, after, home, found)
    verdict.lost += _lost_of_ours(base, home, truth)
    verdict.wrong += _misattributed(came, found, home)
    if found and truth.lines == lines_of(sent.sheet):
        verdict.wrong.append(f"changes that nobody made: {[(c.kind, c.after) for c in found]}")
    if again := changes(base, after, home, TODAY):
        verdict.wrong.append(f"taken, and not done: {[(c.kind, c.after) for c in again]}")
    return verdict


def _home(page: Page, base: Case, printed: Printed | None) -> Homecoming:
    """As the child process reads a return."""
    answers = pack_home(page, base, TODAY) or opinion_home(page, base, TODAY)
    return answers or bring_home(page, base, printed, TODAY)


def _meant(sent: Sent, truth: Truth) -> dict[str, list[str]]:
    """What each part of the letter should say; an answer in a 会办包 joins its reply."""
    meant = by_part(truth.lines)
    if not sent.pack:
        return meant
    letter = by_part(lines_of(lay_out(compose(sent.case, TODAY))))
    for part, texts in meant.items():
        if part.startswith("s_"):
            letter[part] = texts
            continue
        key = part.removeprefix("a_")
        reply = next(reply.key for reply in sent.case.replies if key in reply.suggestions)
        answers = (text for text in texts if _LABEL.sub("", text))
        letter.setdefault(f"r_{reply}", []).extend(answers)
    return letter


def _land(verdict: Verdict, came: Came, truth: Truth, after: Case, home: Homecoming) -> None:
    sent = LETTERS[came.scenario.letter]
    meant, made = _meant(sent, truth), by_part(lines_of(lay_out(compose(after, TODAY))))
    if sent.pack:  # labels stand otherwise, and the order between cells says nothing
        meant, made = (
            {part: sorted(_LABEL.sub("", text) for text in texts) for part, texts in of.items()}
            for of in (meant, made)
        )
    placed = [*map(_placed, home.remarks)]
    remarks = iter(truth.remarks)
    stray = {one.text for one in home.unplaced}
    for deed, probes in zip(came.scenario.deeds, truth.probes, strict=True):
        verdict.deeds += 1
        if deed.verb == "remark":
            part, _ = next(remarks)
            done = deed.done and not came.mute
            said = (_place(part, after), deed.words, came.scenario.author, done)
            landed = said in placed
        elif stands := {*deed.words.split("\t")} & {*truth.stray}:
            landed = stands <= stray
        else:
            landed = all(_counts(meant, words) == _counts(made, words) for words in probes)
        verdict.landed += landed
        if not landed:
            verdict.missed.append(f"{deed.verb} {deed.at!r} {deed.words!r}")
    unlike = [part for part in {*meant, *made} if meant.get(part) != made.get(part)]
    verdict.missed += [f"{part}: {meant.get(part)} != {made.get(part)}" for part in unlike]
    if len(home.unplaced) != len(truth.stray):
        verdict.missed.append(f"未归位 {[one.text for one in home.unplaced]}")
    verdict.exact = not unlike and len(home.unplaced) == len(truth.stray)


def _placed(one: Placed) -> tuple[str, str, str, bool]:
    return one.place, one.remark.text, one.remark.author, one.remark.done


def _place(part: str, case: Case) -> str:
    """What the place of a remark in this part is called."""
    kind, _, key = part.partition("_")
    if kind == "r":
        return key
    if kind == "s":
        return next(reply.key for reply in case.replies if key in reply.suggestions)
    return part


def _counts(parts: Mapping[str, Sequence[str]], words: str) -> dict[str, int]:
    """How often words stand in each part."""
    counted = {part: "\n".join(texts).count(words) for part, texts in parts.items()}
    return {part: number for part, number in counted.items() if number}


def visible(data: bytes) -> list[str]:
    """What a reader sees of a .docx, read without the program: paragraphs, notes, text boxes."""
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in ("word/document.xml", "word/footnotes.xml"):
            if name in archive.namelist():
                root = etree.fromstring(archive.read(name))
                for older in [*root.iter(_FALLBACK)]:
                    older.getparent().remove(older)
                found += [clean_text(text_of(p)) for p in root.iter(w("p"))]
    return found


def _lost_of_theirs(
    came: Came, after: Case, home: Homecoming, found: Sequence[MergeChange]
) -> Iterator[str]:
    """What the page says that is neither in the case taken nor named anywhere."""
    said = [line.text for line in lay_out(compose(after, TODAY)).lines()]
    sent = LETTERS[came.scenario.letter]
    said += [line.text for line in sent.sheet.lines() if sent.pack and line.anchor[:2] != "s_"]
    said += [one.text for one in home.unplaced] + [*home.notes]
    said += [change.after for change in found if change.unplaced]
    everything, page = "\n".join(said), "\n".join(visible(came.data))
    for words in {*_CHUNK.split(page)} - {""}:
        if page.count(words) > everything.count(words):
            yield f"theirs: {words}"


def _lost_of_ours(base: Case, home: Homecoming, truth: Truth) -> Iterator[str]:
    """What of what we wrote meanwhile is gone when all that is no conflict is taken; and what of
    theirs is then neither taken nor waiting."""
    ours, signs = _written_on(base)
    found = changes(base, ours, home, TODAY)
    merged = take(ours, [change for change in found if not change.conflict])
    said = "\n".join(line.text for line in lay_out(compose(merged, TODAY)).lines())
    for sign in signs:
        if sign not in said:
            yield f"ours: {sign}"
    waiting = [c.theirs or c.after for c in found if c.conflict or c.unplaced]
    everything = "\n".join((said, *waiting, *(one.text for one in home.unplaced), *home.notes))
    theirs = "\n".join(line.text for line in truth.lines)
    for probes in truth.probes:
        for words in probes:
            for chunk in {*_CHUNK.split(words)} - {""}:
                if chunk in theirs and chunk not in everything:
                    yield f"theirs, beside ours: {chunk}"


def _written_on(case: Case) -> tuple[Case, list[str]]:
    """Our case some days later: words before every other paragraph, a new one in each reply."""
    signs: list[str] = []

    def sign(text: str) -> str:
        signs.append(f"我方{text}{len(signs) + 1:02}号")
        return signs[-1]

    replies = []
    for reply in case.replies:
        paragraphs = [
            replace(p, text=f"{sign('按语')}，{p.text}") if n % 2 and not p.level else p
            for n, p in enumerate(reply.paragraphs)
        ]
        outcome = Outcome.DONE if reply.suggestions else None
        new = Paragraph(derived_key("ours", reply.key), f"{sign('新增')}一段。", outcome)
        replies.append(replace(reply, paragraphs=(*paragraphs, new)))
    return replace(case, replies=tuple(replies)), signs


def _misattributed(came: Came, found: Sequence[MergeChange], home: Homecoming) -> Iterator[str]:
    """Words that are said to be of somebody else, or of another time; a comment's minute."""
    for placed in home.remarks:
        if placed.remark.at[:16] != AT[:16]:
            yield f"a comment at {placed.remark.at}"
    for change in found:
        for run in change.runs:
            if run.change is Change.SAME or not run.text.strip():
                continue
            if came.scenario.author not in run.author:  # a 会办 unit's name may stand before it
                yield f"{run.text!r} of {run.author!r}"
            elif not run.at.startswith(came.at) or bool(run.at) != came.scenario.tracked:
                yield f"{run.text!r} at {run.at!r}"
