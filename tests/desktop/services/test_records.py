"""Saving writes what differs and nothing else, and what was saved is what is read."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import models
from db.enums import DisclosureKind, Form, Head, LetterKind, Outcome, ProposalKind, Role
from desktop.errors import LibraryError, OwnCaseError, UnknownCaseError
from desktop.letter.compose import freeze
from desktop.letter.model import (
    ABSENT,
    COMPOSED,
    Assignment,
    Case,
    Category,
    Disclosure,
    Fields,
    Issue,
    Note,
    Office,
    Paragraph,
    Proposal,
    Proposer,
    Reply,
    Suggestion,
    own,
)
from desktop.services.cases import find_case, save_case, with_new_keys
from desktop.services.library import library
from desktop.services.loading import letter_of, read_case
from tests.cases import hard_case, plain_case, shared_case
from tests.conftest import TODAY

TEXT = st.sampled_from(["", "甲", "乙方\n丙", "　"])
FIELD = st.sampled_from(
    [COMPOSED, ABSENT, own("自拟"), own("另拟"), replace(COMPOSED, text="冻结")]
)

PLACE = st.integers(0, 200_000)
SPANS = st.lists(st.tuples(PLACE, PLACE), max_size=3).map(tuple)


def keys(letter: str, most: int, least: int = 0) -> st.SearchStrategy[list[str]]:
    """Different keys out of few, in any order, so that two cases share some of them."""
    return st.lists(
        st.sampled_from([f"{letter}{n}" for n in range(most + 1)]),
        unique=True,
        min_size=least,
        max_size=most,
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A case of the key “thecase2”, open; every pool of keys is small."""
    suggestions = [
        Suggestion(key, draw(TEXT), draw(TEXT), draw(TEXT), draw(SPANS))
        for key in draw(keys("s", 5))
    ]
    proposals = []
    cut = draw(st.integers(0, len(suggestions)))
    for n, key in enumerate(draw(keys("p", 2, 1))):
        mine = suggestions[:cut] if n == 0 else suggestions[cut:]
        people = [Proposer(name, draw(st.booleans())) for name in draw(st.lists(TEXT, max_size=2))]
        kind = draw(st.sampled_from(ProposalKind))
        facts = (draw(TEXT), draw(TEXT), draw(TEXT), tuple(people), tuple(mine), draw(TEXT))
        proposals.append(Proposal(key, kind, *facts))
    placed = [s.key for p in proposals for s in p.suggestions]
    shuffled = draw(st.permutations(placed))
    paragraphs = [
        Paragraph(key, draw(TEXT), draw(st.sampled_from([None, *Outcome])), draw(st.booleans()))
        for key in draw(keys("w", 6))
    ]
    replies = []
    for key in draw(keys("r", 4)):
        asked = [shuffled.pop() for _ in range(draw(st.integers(0, len(shuffled))))]
        said = [paragraphs.pop() for _ in range(draw(st.integers(0, len(paragraphs))))]
        replies.append(Reply(key, tuple(asked), tuple(said)))
    asked = st.lists(st.sampled_from(placed), unique=True) if placed else st.just([])
    days = st.sampled_from([None, date(2025, 10, 8), date(2025, 11, 3)])
    units = tuple(
        Assignment(
            key,
            draw(TEXT),
            draw(st.sampled_from(Role)),
            tuple(draw(asked)),
            draw(TEXT),
            draw(days),
            draw(days),
            draw(days),
        )
        for key in draw(keys("a", 3))
    )
    notes = tuple(
        Note(key, draw(TEXT), draw(TEXT), quoted=draw(TEXT), done=draw(st.booleans()))
        for key in draw(keys("n", 3))
    )
    disclosure = Disclosure(draw(st.sampled_from(DisclosureKind)), draw(TEXT))
    return Case(
        "thecase2",
        kind=draw(st.sampled_from(LetterKind)),
        form=draw(st.sampled_from(Form)),
        head=draw(st.sampled_from(Head)),
        sealed=draw(st.booleans()),
        office=Office(draw(TEXT)),
        lead_unit=draw(TEXT),
        category=draw(st.sampled_from([None, Category("shenzhen", "A")])),
        disclosure=draw(st.sampled_from([None, disclosure])),
        fields=Fields(title=draw(FIELD), contact=draw(FIELD), date=draw(FIELD)),
        proposals=tuple(proposals),
        replies=tuple(replies),
        assignments=units,
        notes=notes,
    )


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Path]:
    with library(tmp_path / "library"):
        yield tmp_path


def clear() -> None:
    """An empty library again."""
    models.Letter.delete().execute()
    models.Proposal.delete().execute()
    models.Office.delete().execute()


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(before=cases(), after=cases())
@pytest.mark.usefixtures("shelf")
def test_any_change_is_saved_and_read_back(before: Case, after: Case) -> None:
    clear()
    save_case(None, before)
    assert read_case(letter_of(before.key)) == before
    save_case(before, after)
    assert read_case(letter_of(after.key)) == after
    database = models.Letter._meta.database
    assert not database.execute_sql("PRAGMA foreign_key_check").fetchall()
    assert models.Suggestion.select().count() == len([*after.suggestions()])
    assert models.Note.select().count() == len(after.notes)
    asked = [key for unit in after.assignments for key in unit.suggestions]
    assert models.AssignmentSuggestion.select().count() == len(asked)
    assert models.Office.select().count() == 1


@contextmanager
def statements() -> Iterator[list[str]]:
    """What SQLite is told while the `with` lasts, by first words."""
    heard: list[str] = []
    connection = models.Letter._meta.database.connection()
    connection.set_trace_callback(lambda text: heard.append(" ".join(text.split()[:2])))
    try:
        yield heard
    finally:
        connection.set_trace_callback(None)


def written(heard: list[str]) -> list[str]:
    return [words for words in heard if not words.startswith("SELECT")]


def with_paragraph(case: Case, reply: int, text: str) -> Case:
    """`case` with the first paragraph of a reply saying `text`."""
    replies = list(case.replies)
    first, *others = replies[reply].paragraphs
    replies[reply] = replace(replies[reply], paragraphs=(replace(first, text=text), *others))
    return replace(case, replies=tuple(replies))


@pytest.mark.usefixtures("shelf")
def test_typing_is_one_update() -> None:
    before = plain_case(suggestions=30)
    save_case(None, before)
    with statements() as heard:
        save_case(before, with_paragraph(before, 17, "新的一句。"))
    assert written(heard) == [
        "BEGIN IMMEDIATE",
        'UPDATE "paragraph"',
        'UPDATE "letter"',  # the commit, for the search index
        "UPDATE library",
        "COMMIT",
    ]
    assert len(heard) <= 7


@pytest.mark.usefixtures("shelf")
def test_a_suggestion_typed_into_is_one_update() -> None:
    before = plain_case(suggestions=30)
    save_case(None, before)
    (proposal,) = before.proposals
    first, *others = proposal.suggestions
    typed = replace(proposal, suggestions=(replace(first, text="改"), *others))
    with statements() as heard:
        save_case(before, replace(before, proposals=(typed,)))
    assert written(heard) == [
        "BEGIN IMMEDIATE",
        'UPDATE "suggestion"',
        'UPDATE "letter"',  # the commit, for the search index
        "UPDATE library",
        "COMMIT",
    ]


@pytest.mark.usefixtures("shelf")
def test_a_unit_and_a_note_are_one_update_each() -> None:
    before = shared_case()
    save_case(None, before)
    unit, *units = before.assignments
    note, *notes = before.notes
    after = replace(
        before,
        assignments=(replace(unit, contact="李工"), *units),
        notes=(replace(note, done=True), *notes),
    )
    with statements() as heard:
        save_case(before, after)
    assert written(heard) == [
        "BEGIN IMMEDIATE",
        'UPDATE "note"',
        'UPDATE "assignment"',
        'UPDATE "letter"',  # the commit, for the search index
        "UPDATE library",
        "COMMIT",
    ]
    assert find_case(after.key) == after


@pytest.mark.usefixtures("shelf")
def test_units_and_notes_of_a_case_made_anew_have_keys_of_their_own() -> None:
    case = shared_case()
    save_case(None, case)
    other = with_new_keys(case)
    save_case(None, other)
    assert (find_case(case.key), find_case(other.key)) == (case, other)
    labels = [
        [s.label for s in c.suggestions() if s.key in c.assignments[0].suggestions]
        for c in (case, other)
    ]
    assert labels == [["1", "2"], ["1", "2"]]
    assert [n.place for n in other.notes] == [other.replies[0].key, "title", ""]


@pytest.mark.usefixtures("shelf")
def test_what_is_the_same_is_not_written() -> None:
    case = plain_case()
    save_case(None, case)
    with statements() as heard:
        save_case(case, plain_case())
    assert not heard


@pytest.mark.usefixtures("shelf")
def test_enter_writes_one_reply_anew() -> None:
    before = plain_case(suggestions=30)
    save_case(None, before)
    others = {p.id for p in models.Paragraph.select().where(models.Paragraph.reply != 1)}
    first = before.replies[0]
    halves = (*first.paragraphs, Paragraph("newhalf2", "后一半。"))
    after = replace(before, replies=(replace(first, paragraphs=halves), *before.replies[1:]))
    save_case(before, after)
    assert find_case(after.key) == after
    assert others <= {p.id for p in models.Paragraph.select()}


@pytest.mark.usefixtures("shelf")
def test_a_paragraph_dragged_to_another_reply_keeps_its_key() -> None:
    before = plain_case()
    save_case(None, before)
    first, second, general = before.replies
    moved = first.paragraphs[0]
    after = replace(
        before,
        replies=(
            replace(first, paragraphs=first.paragraphs[1:]),
            replace(second, paragraphs=(*second.paragraphs, moved)),
            general,
        ),
    )
    save_case(before, after)
    assert find_case(after.key) == after


@pytest.mark.usefixtures("shelf")
def test_an_issued_case_is_not_changed() -> None:
    issued = freeze(hard_case(), Issue(TODAY))
    save_case(None, issued)
    with pytest.raises(LibraryError, match="已定稿"):
        save_case(issued, replace(issued, lead_unit="别的单位"))
    assert find_case(issued.key) == issued


@pytest.mark.usefixtures("shelf")
def test_a_shared_proposal_is_not_changed_under_the_other_letter() -> None:
    first = plain_case(suggestions=0)
    save_case(None, first)
    second = replace(with_new_keys(first), proposals=first.proposals)
    save_case(None, second)
    changed = replace(first.proposals[0], subject="别的案由")
    after = replace(second, lead_unit="先写的部分", proposals=(changed,))
    with pytest.raises(OwnCaseError, match="不同"):
        save_case(second, after)
    assert (find_case(first.key), find_case(second.key)) == (first, second)


@pytest.mark.usefixtures("shelf")
def test_the_keys_of_another_case_are_refused() -> None:
    other, case = plain_case(), with_new_keys(plain_case())
    save_case(None, other)
    save_case(None, case)
    (proposal,) = case.proposals
    taken = Suggestion(next(other.suggestions()).key, "9", "")
    grown = replace(proposal, suggestions=(*proposal.suggestions, taken))
    first, *rest = case.replies
    asked = replace(first, suggestions=(*first.suggestions, taken.key))
    with pytest.raises(OwnCaseError, match="键相同"):
        save_case(case, replace(case, proposals=(grown,), replies=(asked, *rest)))
    assert find_case(case.key) == case


@pytest.mark.usefixtures("shelf")
def test_a_case_that_is_gone() -> None:
    with pytest.raises(UnknownCaseError, match="没有改动"):
        save_case(plain_case(), plain_case(lead_unit="单位"))


@pytest.mark.usefixtures("shelf")
def test_an_office_lives_as_long_as_a_letter_has_it() -> None:
    case, other = plain_case(), with_new_keys(plain_case())
    save_case(None, case)
    save_case(None, other)
    assert models.Office.select().count() == 1
    for name in ("某局", "某某局"):
        after = replace(case, office=replace(case.office, short_name=name))
        save_case(case, after)
        case = after
    assert {o.short_name for o in models.Office.select()} == {"区更新局", "某某局"}
    assert find_case(other.key) == other


@pytest.mark.usefixtures("shelf")
def test_issue_and_signer_are_saved() -> None:
    case = plain_case()
    save_case(None, case)
    issued = freeze(case, Issue(date(2025, 9, 5), "张某"))
    save_case(case, issued)
    assert find_case(case.key) == issued


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    "gone",
    [models.Paragraph, models.Reply, models.Suggestion, models.Proposal, models.Assignment],
)
def test_what_is_no_longer_in_the_library_is_written_whole(gone: type[models.Record]) -> None:
    """Rows that are not there take no words with them: an UPDATE of nothing would be silent."""
    before = shared_case()
    save_case(None, before)
    if gone is models.Proposal:
        models.LetterProposal.delete().execute()
        models.ReplySuggestion.delete().execute()
    gone.delete().execute()
    first, *others = before.replies
    said = replace(first.paragraphs[0], text="刚刚写下的话。")
    reply = replace(first, paragraphs=(said, *first.paragraphs[1:]))
    suggestion = replace(before.proposals[0].suggestions[0], text="刚刚改的建议")
    proposal = replace(
        before.proposals[0], suggestions=(suggestion, *before.proposals[0].suggestions[1:])
    )
    units = tuple(replace(unit, contact="张工") for unit in before.assignments)
    after = replace(before, replies=(reply, *others), proposals=(proposal,), assignments=units)
    save_case(before, after)
    assert read_case(letter_of(after.key)) == after
