"""Whatever both sides did to a letter: no word is lost, and nothing comes home twice."""

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from db.enums import Outcome
from desktop.letter import case_file
from desktop.letter.homecoming.returned import Homecoming
from desktop.letter.keys import derived_key
from desktop.letter.model import Case, Paragraph, own
from desktop.services.merging.changes import MergeChange, changes
from desktop.services.merging.taking import placed, take
from desktop.services.replies import with_paragraphs
from desktop.services.suggestions import edit_suggestion
from tests.cases import SENTENCE, hard_case, plain_case
from tests.conftest import TODAY
from tests.desktop.services.test_card_properties import DEEDS, deed

EDITS = ["write", "write", "cut", "replace", "add", "add", "remove", "move", "away", "split"]
EDITS += ["join", "outcome", "asked", "title", "break"]
PICKED = st.integers(0, 60)
STEP = st.tuples(st.sampled_from(EDITS), PICKED, PICKED, PICKED)
OUR_STEP = st.tuples(st.sampled_from([*EDITS, *DEEDS]), PICKED, PICKED, PICKED)
THEIRS, OURS = st.lists(STEP, max_size=6), st.lists(OUR_STEP, max_size=6)
BASES = st.sampled_from([plain_case(suggestions=2), plain_case(text=SENTENCE * 3), hard_case()])
Steps = list[tuple[str, int, int, int]]
FEW = ["的", "的的", "管护经费", "。", "2025"]  # words that stand everywhere: places get ambiguous


class Words:
    """What a side writes: characters no other step writes, or a few that stand everywhere."""

    def __init__(self, first: int) -> None:
        self._next, self._few = first, not first

    def __call__(self, number: int) -> str:
        if self._few:
            return FEW[number % len(FEW)]
        self._next += 3
        return "".join(chr(self._next + n) for n in range(1 + number % 3))


def edited(case: Case, steps: Steps, words: Words) -> Case:
    for number, (what, a, b, c) in enumerate(steps):
        if what in DEEDS and what not in EDITS:
            case, _ = deed(case, what, a, b, c)
        elif case.replies:
            case = edit(case, what, (a, b, c), words, str(number))
    return case


def edit(case: Case, what: str, picked: tuple[int, int, int], words: Words, name: str) -> Case:
    a, b, c = picked
    reply = case.replies[a % len(case.replies)]
    if what == "asked" and (asked := list(case.suggestions())):
        one = asked[b % len(asked)]
        return edit_suggestion(case, one.key, text=written(one.text, c, words(c)))
    if what == "title":
        return replace(case, fields=replace(case.fields, title=own(written("关于", b, words(c)))))
    ps = list(reply.paragraphs)
    new = Paragraph(derived_key(reply.key, name, words(b), str(picked)), words(c))
    if what == "add" or not ps:
        ps.insert(b % (len(ps) + 1), new)
        return with_paragraphs(case, reply.key, tuple(ps))
    at = b % len(ps)
    one, text = ps[at], ps[at].text
    start = c % (len(text) + 1)
    if what == "write":
        ps[at] = replace(one, text=written(text, c, words(a)))
    elif what == "cut":
        ps[at] = replace(one, text=text[:start] + text[start + 1 + a % 5 :])
    elif what == "replace":
        ps[at] = replace(one, text=text[:start] + words(a) + text[start + 1 + a % 9 :])
    elif what == "remove":
        del ps[at]
    elif what == "move":
        ps.insert(c % len(ps), ps.pop(at))
    elif what == "split" and 0 < start < len(text):
        ps[at : at + 1] = [replace(one, text=text[:start]), replace(new, text=text[start:])]
    elif what == "join" and at + 1 < len(ps):
        ps[at : at + 2] = [replace(one, text=text + ps[at + 1].text)]
    elif what == "outcome":
        ps[at] = replace(one, outcome=[*Outcome, None][c % 5])
    elif what == "break":
        ps[at] = replace(one, runs_on=False)
    elif what == "away":
        other = case.replies[c % len(case.replies)]
        case = with_paragraphs(case, reply.key, (*ps[:at], *ps[at + 1 :]))
        ps = list(next(r for r in case.replies if r.key == other.key).paragraphs)
        ps.insert(b % (len(ps) + 1), one)
        reply = other
    return with_paragraphs(case, reply.key, tuple(ps))


def written(text: str, at: int, words: str) -> str:
    at %= len(text) + 1
    return text[:at] + words + text[at:]


def texts(case: Case) -> Iterator[str]:
    yield from (p.text for reply in case.replies for p in reply.paragraphs)
    yield from (s.text for s in case.suggestions())
    yield case.fields.title.text


def characters(case: Case) -> set[str]:
    return {*"".join(texts(case))}


def compared(base: Case, ours: Case, theirs: Case) -> tuple[MergeChange, ...]:
    return changes(base, ours, Homecoming(theirs, author="王科长"), TODAY)


@settings(deadline=None)
@given(BASES, OURS, THEIRS)
def test_no_word_of_either_side_is_lost(base: Case, our_steps: Steps, their_steps: Steps) -> None:
    ours = edited(base, our_steps, Words(0x4E00))
    theirs = edited(base, their_steps, Words(0x20000))
    found = compared(base, ours, theirs)
    wrote = characters(theirs) - characters(base)
    assert wrote <= {*"".join(change.after for change in found)}
    merged = take(ours, [change for change in found if not change.conflict])
    case_file.check(merged)
    assert characters(ours) - characters(base) <= characters(merged)
    everything = take(ours, found)
    case_file.check(everything)
    if everything.replies:
        last = everything.replies[-1].key
        everything = take(everything, [placed(c, last) for c in found if c.unplaced])
        case_file.check(everything)
        assert wrote <= characters(everything)


@settings(deadline=None)
@given(BASES, OURS, THEIRS, st.booleans())
def test_what_was_taken_does_not_come_again(
    base: Case, our_steps: Steps, their_steps: Steps, few: bool
) -> None:
    """A conflict taken may show one that it hid; that is the end of it."""
    ours = edited(base, our_steps, Words(0 if few else 0x4E00))
    theirs = edited(base, their_steps, Words(0 if few else 0x20000))
    rounds, before = 0, list[MergeChange]()
    while found := [c for c in compared(base, ours, theirs) if not c.unplaced]:
        assert rounds == 0 or any(change.conflict for change in before)
        assert rounds < 3
        ours, before, rounds = take(ours, found), found, rounds + 1


@settings(deadline=None)
@given(BASES, OURS, THEIRS, st.booleans(), st.integers(0, 1 << 12))
def test_changes_can_be_taken_in_any_order(
    base: Case, our_steps: Steps, their_steps: Steps, few: bool, chosen: int
) -> None:
    ours = edited(base, our_steps, Words(0 if few else 0x4E00))
    theirs = edited(base, their_steps, Words(0 if few else 0x20000))
    found = [c for c in compared(base, ours, theirs) if not c.unplaced]
    everything = take(ours, found)
    some = [c for n, c in enumerate(found) if chosen >> n & 1]
    others = [c for n, c in enumerate(found) if not chosen >> n & 1]
    half = take(ours, some)
    case_file.check(half)
    whole = take(half, reversed(others))
    case_file.check(whole)
    assert sorted(texts(whole)) == sorted(texts(everything))
    if not any(change.conflict for change in found):
        assert whole == everything
        left = compared(base, half, theirs)
        assert [c.key for c in left if not c.unplaced] == [c.key for c in others]
        assert take(half, left) == everything


@settings(deadline=None)
@given(BASES, OURS)
def test_who_did_nothing_or_the_same_changes_nothing(base: Case, steps: Steps) -> None:
    ours = edited(base, steps, Words(0x4E00))
    assert compared(base, ours, base) == ()
    assert compared(base, ours, ours) == ()


@settings(deadline=None)
@given(BASES, THEIRS)
def test_what_only_they_changed_becomes_theirs(base: Case, steps: Steps) -> None:
    theirs = edited(base, steps, Words(0x20000))
    found = compared(base, base, theirs)
    assert not any(change.conflict for change in found)
    merged = take(base, found)
    assert [[p.text for p in r.paragraphs if p.text.strip()] for r in merged.replies] == [
        [p.text for p in r.paragraphs if p.text.strip()] for r in theirs.replies
    ]
