"""Cases in a real library: in, found, replaced, made anew; every refusal changes nothing."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from db import models
from db.enums import LetterKind
from db.queries import WHITE
from desktop.errors import ExistsError, FuhanError, InputError, LibraryError
from desktop.letter.case_file import dump, dump_compact
from desktop.letter.compose import freeze
from desktop.letter.keys import new_key
from desktop.letter.model import Case, Issue, Office
from desktop.letter.pages.page import read_text
from desktop.letter.proposal.proposal_reader import read_proposal
from desktop.letter.writer import letter_docx
from desktop.services.assignments import labels
from desktop.services.case_list import list_cases, listed
from desktop.services.cases import (
    case_file_of,
    find_case,
    import_file,
    read_file,
    save_case,
    store,
    with_new_keys,
)
from desktop.services.library import library
from desktop.services.offices import set_our_office
from desktop.services.proposal_text import cutting_of
from desktop.services.rows import CaseState
from desktop.services.suggestions import remove_suggestion
from tests.cases import hard_case, plain_case, shared_case, with_original
from tests.conftest import DATA, TODAY


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Path]:
    """A folder beside an open library."""
    with library(tmp_path / "library"):
        yield tmp_path


def put(shelf: Path, case: Case, **options: bool) -> str:
    path = shelf / "case.json"
    path.write_text(dump(case), encoding="utf-8")
    return import_file(path, TODAY, **options).key


def everything() -> dict[str, list[tuple[object, ...]]]:
    """All rows of the library."""
    return {m.__name__: list(m.select().order_by(m.id).tuples()) for m in models.MODELS}


def test_what_goes_in_comes_out_byte_for_byte(shelf: Path, sample: Case) -> None:
    hard = hard_case()
    other = replace(hard.proposals[0], proposal_number="9")
    for case in (sample, replace(hard, proposals=(other,))):
        assert case_file_of(put(shelf, case)) == dump(case)


def test_another_library_another_time_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        with library(tmp_path / name):
            key = import_file(DATA / "twin-narrative.txt", TODAY).key
            made.append(case_file_of(key))
    assert made[0] == made[1]


@pytest.mark.usefixtures("shelf")
def test_a_case_that_exists_is_refused_and_nothing_changes() -> None:
    import_file(DATA / "twin-narrative.txt", TODAY)
    before = everything()
    with pytest.raises(ExistsError, match="已在文库中") as caught:
        import_file(DATA / "twin-narrative.txt", TODAY)
    assert caught.value.key == find_case("2025204").key
    assert everything() == before


def test_reading_needs_no_library_and_storing_no_file(tmp_path: Path) -> None:
    reading = read_file(DATA / "twin-narrative.txt", TODAY)
    corrected = replace(reading, case=replace(reading.case, lead_unit="改过的"))
    with library(tmp_path / "library"):
        made = store(corrected)
        assert find_case(made.key) == corrected.case
        with pytest.raises(ExistsError):
            store(reading)
        assert store(reading, replace_existing=True).key == made.key
        assert store(reading, as_new=True).key != made.key


def test_the_same_number_in_another_session_is_another_case(shelf: Path) -> None:
    put(shelf, plain_case())
    other = replace(plain_case().proposals[0], session="某某区政协六届五次会议")
    key = put(shelf, with_new_keys(plain_case(proposals=(other,))))
    with pytest.raises(LibraryError, match="有2份卷宗"):
        find_case("2025118")
    assert find_case("2025118", "六届五次").key == key
    with pytest.raises(LibraryError, match="没有"):
        find_case("2025118", "五届一次")


def test_replacing_keeps_a_state_before_and_leaves_no_orphans(shelf: Path) -> None:
    key = put(shelf, hard_case())
    rows = {name: len(found) for name, found in everything().items()}
    changed = replace(hard_case(), lead_unit="区民政局")
    assert put(shelf, changed, replace_existing=True) == key
    assert find_case(key) == changed
    states = [
        (r.reason, r.case_file) for r in models.Revision.select().order_by(models.Revision.id)
    ]
    assert states == [("import", dump_compact(hard_case())), ("import", dump_compact(changed))]
    for name, found in everything().items():
        if name != "Revision":
            assert len(found) == rows[name], name


def test_a_text_replaces_the_case_it_is_the_letter_of(shelf: Path) -> None:
    key = put(shelf, with_new_keys(plain_case()))
    text = shelf / "letter.txt"
    text.write_text(
        "周明远委员：\n某某区政协七届二次会议第2025118号提案收悉，现答复如下：\n已经办结。\n某某局\n2025年9月5日",
        encoding="utf-8",
    )
    assert import_file(text, TODAY, replace_existing=True).key == key
    assert find_case("2025118").replies[0].paragraphs[0].text == "已经办结。"
    assert models.Revision.select().where(models.Revision.letter == 1).count() == 2


def test_replaced_by_its_working_copy_it_keeps_units_and_notes(shelf: Path) -> None:
    """They never leave in a letter; what asks about a suggestion that is gone asks about all."""
    case = shared_case()
    save_case(None, case)
    copy = remove_suggestion(replace(case, assignments=(), notes=()), next(case.suggestions()).key)
    put(shelf, copy, replace_existing=True)
    kept = find_case(case.key)
    assert kept.notes == case.notes
    assert [labels(kept, unit) for unit in kept.assignments] == ["建议2", "全部建议"]
    put(shelf, replace(case, notes=()), replace_existing=True)
    assert find_case(case.key) == case


def test_as_new_makes_another(shelf: Path) -> None:
    first = put(shelf, hard_case())
    second = put(shelf, hard_case(), as_new=True)
    assert first != second
    assert find_case(first) == hard_case()
    assert len(list_cases()) == 2


def test_an_issued_case_is_not_replaced(shelf: Path) -> None:
    put(shelf, freeze(plain_case(), Issue(TODAY)))
    before = everything()
    with pytest.raises(LibraryError, match="已定稿"):
        put(shelf, plain_case(), replace_existing=True)
    assert everything() == before


def test_a_shared_proposal_with_other_words_is_refused(shelf: Path) -> None:
    put(shelf, plain_case())
    before = everything()
    second = with_new_keys(plain_case())
    proposal = replace(
        second.proposals[0],
        key=plain_case().proposals[0].key,
        proposal_number="9",
        session="别的会议",
    )
    with pytest.raises(LibraryError, match="不同"):
        put(shelf, replace(second, proposals=(proposal,)))
    assert everything() == before


def test_two_letters_may_share_a_proposal(shelf: Path) -> None:
    """二次答复: a second letter to the same proposal, under its own key."""
    first = plain_case(suggestions=0)
    put(shelf, first)
    second = with_new_keys(first)
    opinion = LetterKind.OPINION
    second = replace(second, proposals=first.proposals, kind=opinion, lead_unit="区民政局")
    put(shelf, second)
    assert models.Proposal.select().count() == 1
    assert find_case(second.key) == second


@pytest.mark.parametrize(
    ("case", "state"),
    [
        (plain_case(), CaseState.ANSWERED),
        (hard_case(), CaseState.DRAFTING),
        (plain_case(suggestions=0, general=""), CaseState.UNSPLIT),
        (plain_case(suggestions=0, general=" \u3000\xa0\t"), CaseState.UNSPLIT),
        (plain_case(text="　"), CaseState.ANSWERED),
        (plain_case(general="　"), CaseState.ANSWERED),
        (freeze(plain_case(), Issue(TODAY)), CaseState.ISSUED),
    ],
)
def test_the_state_is_derived(shelf: Path, case: Case, state: CaseState) -> None:
    put(shelf, case)
    (row,) = list_cases()
    assert row.state is state
    assert listed(case) == row
    assert (row.proposal_number, row.proposer) == ("2025118", "周明远")


def test_a_reply_of_blank_paragraphs_is_unanswered(shelf: Path) -> None:
    case = plain_case(suggestions=3)
    first, second, *others = case.replies
    blank = tuple(replace(p, text=" 　\u2003") for p in first.paragraphs)
    replies = (replace(first, paragraphs=blank), replace(second, paragraphs=()), *others)
    put(shelf, replace(case, replies=replies))
    (row,) = list_cases()
    assert (row.state, row.unanswered) == (CaseState.DRAFTING, 2)
    assert listed(find_case(row.key)) == row


def test_white_space_is_what_python_calls_so() -> None:
    assert set(WHITE) == {c for c in map(chr, range(sys.maxunicode)) if c.isspace()}


def test_two_proposals_are_one_line_of_the_list(shelf: Path) -> None:
    first = plain_case().proposals[0]
    second = replace(first, key="second22", proposal_number="2025119", suggestions=())
    put(shelf, plain_case(proposals=(first, second)))
    (row,) = list_cases()
    assert row.proposal_number == "2025118、2025119"
    assert listed(find_case(row.key)) == row
    assert find_case("2025119").key == row.key


@pytest.mark.parametrize("reference", ["", "nope", "2025", "%", "2025118 "])
def test_an_unknown_reference(shelf: Path, reference: str) -> None:
    put(shelf, plain_case())
    with pytest.raises(LibraryError, match="没有"):
        find_case(reference)


BAD: dict[str, bytes] = {
    "empty.txt": b"",
    "blank.txt": b" \n\n ",
    "list.txt": "购物清单\n鸡蛋".encode(),
    "noise.txt": bytes(range(256)) * 8,
    "old.doc": bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 512,
    "wps.wps": bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 512,
    "a.pdf": b"%PDF-1.7\n",
    "a.rtf": b"{\\rtf1 a}",
    "cut.docx": b"PK\x03\x04 cut off",
    "a.json": b'{"format": "other"}',
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_said_and_nothing_changes(shelf: Path, name: str) -> None:
    put(shelf, plain_case())
    before = everything()
    (shelf / name).write_bytes(BAD[name])
    with pytest.raises(InputError) as caught:
        import_file(shelf / name, TODAY)
    assert "没有导入任何内容" in str(caught.value)
    assert everything() == before


def test_a_folder_and_a_missing_file(shelf: Path) -> None:
    for path in (shelf, shelf / "nothing.txt"):
        with pytest.raises(FuhanError, match="没有导入任何内容"):
            import_file(path, TODAY)


def test_a_joint_case_is_not_replaced_by_the_letter_to_one(shelf: Path) -> None:
    first = plain_case().proposals[0]
    second = replace(first, key="second22", proposal_number="2025119", suggestions=())
    put(shelf, plain_case(proposals=(first, second)))
    before = everything()
    with pytest.raises(LibraryError, match="不能互相替换"):
        put(shelf, with_new_keys(plain_case()), replace_existing=True)
    assert everything() == before
    assert find_case("2025118、2025119") == find_case("2025119")


def test_a_renumbered_copy_of_a_case_file_is_refused_by_name(shelf: Path) -> None:
    put(shelf, plain_case())
    before = everything()
    proposal = replace(plain_case().proposals[0], key="another2", proposal_number="7")
    copy = plain_case(key="copycopy", proposals=(proposal,))
    with pytest.raises(LibraryError, match="另建一份"):
        put(shelf, copy)
    assert everything() == before
    put(shelf, copy, as_new=True)


def test_a_row_no_program_wrote_is_said(shelf: Path) -> None:
    key = put(shelf, plain_case())
    models.Letter.update(form="spiral").execute()
    with pytest.raises(LibraryError, match="已损坏"):
        find_case(key)


def test_a_library_that_lost_a_table_is_said(tmp_path: Path) -> None:
    def lose_and_list() -> None:
        with library(tmp_path / "library"):
            models.Paragraph.drop_table()
            list_cases()

    with pytest.raises(LibraryError, match="已损坏"):
        lose_and_list()


def test_a_joint_case_keeps_the_order_and_facts_of_its_proposals(shelf: Path) -> None:
    lead = replace(plain_case().proposals[0], proposal_number="9")
    other = replace(lead, key="second22", proposal_number="13", subject="", proposers=())
    put(shelf, plain_case(proposals=(lead, replace(other, suggestions=()))))
    alone = replace(plain_case().proposals[0], proposal_number="10")
    put(shelf, with_new_keys(plain_case(proposals=(alone,))))
    first, second = list_cases()
    assert (first.proposal_number, first.proposer) == ("9、13", "周明远")
    assert first.subject == plain_case().proposals[0].subject
    assert second.proposal_number == "10"


def test_replacing_by_a_working_copy_keeps_what_does_not_travel(shelf: Path) -> None:
    office = replace(plain_case().office, contact_name="李某", contact_phone="123")
    key = put(shelf, plain_case(office=office))
    copy = shelf / "copy.docx"
    copy.write_bytes(letter_docx(find_case(key), TODAY))
    import_file(copy, TODAY, replace_existing=True)
    assert find_case(key) == plain_case(office=office)


def test_the_original_stays_where_a_working_copy_comes_home_without(shelf: Path) -> None:
    case = with_original(plain_case())
    key = put(shelf, case)
    copy = shelf / "copy.docx"
    copy.write_bytes(letter_docx(find_case(key), TODAY))
    import_file(copy, TODAY, replace_existing=True)
    assert find_case(key) == case
    bare = plain_case()  # another letter to the same proposal
    replies = tuple(replace(reply, key=new_key(), paragraphs=()) for reply in bare.replies)
    second = replace(bare, key=new_key(), replies=replies)
    save_case(None, second)
    assert find_case(second.key).proposals == case.proposals


def test_a_full_disk_is_not_called_damage(tmp_path: Path) -> None:
    def fill() -> None:
        with library(tmp_path / "library") as database:
            pages = database.execute_sql("PRAGMA page_count").fetchone()[0]
            database.execute_sql(f"PRAGMA max_page_count={pages}")
            put(tmp_path, plain_case(text="很长的一段。" * 20_000))

    with pytest.raises(LibraryError, match="写不进去"):
        fill()


def test_a_case_with_a_kind_nobody_wrote_hides_no_other(shelf: Path) -> None:
    spoilt = put(shelf, plain_case())
    whole = put(shelf, plain_case(), as_new=True)
    models.Letter.update(kind="?").where(models.Letter.key == spoilt).execute()
    assert {row.key for row in list_cases()} == {spoilt, whole}
    with pytest.raises(LibraryError, match="已损坏"):
        find_case(spoilt)


ORIGINAL = """关于修缮健身步道的提案
提案号：2025771
提案人：周明远
步道建成已有八年，多处开裂，夜间没有照明。
为此，提出如下建议：
一、尽快修缮破损路段。
二、加装照明，方便居民夜间锻炼。
"""


def test_an_original_of_a_proposal_becomes_a_case_to_answer(shelf: Path) -> None:
    set_our_office(Office("某某局"))
    path = shelf / "提案.txt"
    path.write_text(ORIGINAL, encoding="utf-8")
    come = import_file(path, TODAY)
    case = find_case("2025771")
    assert case.office.full_name == "某某局"
    assert case.proposals[0].subject == "关于修缮健身步道的提案"
    assert [p.name for p in case.proposals[0].proposers] == ["周明远"]
    texts = [s.text for s in case.suggestions()]
    assert texts == ["尽快修缮破损路段。", "加装照明，方便居民夜间锻炼。"]
    assert [reply.suggestions for reply in case.replies] == [(s.key,) for s in case.suggestions()]
    assert any("2条建议" in note and "留在原文里" in note for note in come.notes)
    assert case.proposals[0].original == ORIGINAL
    stand = ["".join(ORIGINAL[a:b] for a, b in s.spans) for s in case.suggestions()]
    assert [words.strip() for words in stand] == ORIGINAL.split("\n")[5:7]
    assert cutting_of(case.proposals[0]) == read_proposal(read_text(ORIGINAL)).cutting


def test_the_original_of_an_answered_proposal_is_known_by_its_number(shelf: Path) -> None:
    """It goes beside the words that are there, and comes no second time."""
    answered = plain_case()
    proposal = replace(answered.proposals[0], proposal_number="2025771", subject="修缮健身步道")
    put(shelf, replace(answered, proposals=(proposal,)))
    path = shelf / "提案.txt"
    path.write_text(ORIGINAL, encoding="utf-8")
    assert import_file(path, TODAY).changed
    after = find_case("2025771")
    assert after.replies == answered.replies
    assert after.proposals == (replace(proposal, original=ORIGINAL),)
    with pytest.raises(ExistsError, match="已在文库中"):
        import_file(path, TODAY)
