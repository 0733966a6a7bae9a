"""审核稿: from which state changes are marked, what is refused, what the journal keeps."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from db import models
from db.enums import Form, Head
from desktop.errors import ComposeError, FuhanError, LibraryError
from desktop.letter.case_file import dump
from desktop.letter.keys import derived_key
from desktop.letter.model import Case
from desktop.letter.ooxml import w
from desktop.letter.pages.package import open_package
from desktop.letter.reader import read_case
from desktop.services import review_copy, revisions
from desktop.services.cases import find_case, import_file, save_case
from desktop.services.exports import Printer, Settings, export_case, exported_states
from desktop.services.library import library
from tests.cases import plain_case
from tests.conftest import TODAY

AT = datetime(2025, 11, 21, 10, 30)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Path]:
    with library(tmp_path / "library"):
        yield tmp_path


def put(desk: Path, case: Case) -> Case:
    path = desk / "case.json"
    path.write_text(dump(case), encoding="utf-8")
    return find_case(import_file(path, TODAY).key)


def written(case: Case, words: str) -> Case:
    """The first reply's first paragraph says something else now, and it is saved."""
    first = case.replies[0]
    paragraph = replace(first.paragraphs[0], text=words)
    reply = replace(first, paragraphs=(paragraph, *first.paragraphs[1:]))
    after = replace(case, replies=(reply, *case.replies[1:]))
    save_case(case, after)
    return after


def export(case: Case, desk: Path, printer: Printer, **settings: object) -> Path:
    made = export_case(
        case.key,
        desk,
        TODAY,
        settings=Settings(**settings),  # type: ignore[arg-type]
        printer=printer,
        overwrite=True,
    )
    return made.path


def marked(path: Path) -> list[str]:
    root = open_package(path.read_bytes()).main
    return ["".join(t.text for t in e.iter(w("t"), w("delText"))) for e in root.iter(w("del"))]


def test_what_left_last_is_what_counts(desk: Path) -> None:
    case = put(desk, plain_case())
    assert export(case, desk, review_copy.CLEAN).name == "关于第2025118号提案的答复（审核稿）.docx"
    second = written(case, "第二稿。")
    revisions.keep(second.key, "没有发出")
    third = written(second, "第三稿。")
    before = review_copy.state_since(third, 0)
    assert before == case
    path = export(third, desk, review_copy.redline(before, AT))
    assert path.name == "关于第2025118号提案的答复（审核稿·修订）.docx"
    assert marked(path)
    assert read_case(path.read_bytes(), TODAY).case == third
    assert review_copy.state_since(third, 0) == third
    assert [row.file_name for row in models.Export.select()] == [
        "关于第2025118号提案的答复（审核稿）.docx",
        "关于第2025118号提案的答复（审核稿·修订）.docx",
    ]


def test_any_state_can_be_chosen_of_this_case_only(desk: Path) -> None:
    case = put(desk, plain_case())
    other = put(desk, _other(case))
    kept = revisions.keep(case.key)
    assert review_copy.state_since(case, kept.id) == case
    with pytest.raises(LibraryError, match="不是这份卷宗的"):
        review_copy.state_since(other, kept.id)
    with pytest.raises(LibraryError, match="没有这个版本"):
        review_copy.state_since(case, kept.id + 1000)


def _other(case: Case) -> Case:
    key = derived_key("other proposal")
    proposal = replace(case.proposals[0], key=key, proposal_number="53", suggestions=())
    return replace(case, key=derived_key("other"), proposals=(proposal,), replies=())


def test_without_an_export_there_is_nothing_to_compare_with(desk: Path) -> None:
    case = put(desk, plain_case())
    revisions.keep(case.key)
    with pytest.raises(LibraryError, match="还没有导出过"):
        review_copy.state_since(case, 0)


def test_the_same_words_have_nothing_to_mark(desk: Path) -> None:
    case = put(desk, plain_case())
    export(case, desk, review_copy.CLEAN)
    before = len(exported_states(case.key))
    other_head = replace(case, head=Head.PLAIN, layout="measured")
    for now in (case, other_head):
        with pytest.raises(ComposeError, match="没有修订可标"):
            review_copy.count_since(case, now, TODAY)
    with pytest.raises(ComposeError, match="没有修订可标"):
        export(case, desk, review_copy.redline(case, AT))
    assert len(exported_states(case.key)) == before
    assert not (desk / "关于第2025118号提案的答复（审核稿·修订）.docx").exists()


def test_the_form_asked_for_is_that_of_both(desk: Path) -> None:
    case = put(desk, plain_case())
    after = written(case, "改写过的一段。")
    printer = review_copy.redline(case, AT)
    with pytest.raises(ComposeError, match="一份是叙述式、一份是清单式"):
        export(after, desk, printer, form=Form.RESULT_LIST)
    in_list = review_copy.redline(Settings(form=Form.RESULT_LIST).applied(case), AT)
    assert marked(export(after, desk, in_list, form=Form.RESULT_LIST))


def test_an_older_state_that_prints_nothing(desk: Path) -> None:
    """清单式 with a paragraph that was not marked yet."""
    case = put(desk, plain_case(form=Form.RESULT_LIST))
    first = case.replies[0]
    unmarked = replace(first, paragraphs=(replace(first.paragraphs[0], outcome=None),))
    before = replace(case, replies=(unmarked, *case.replies[1:]))
    with pytest.raises(ComposeError, match="那一版内容不全"):
        review_copy.count_since(before, case, TODAY)


def test_the_final_copy_is_never_a_redline(desk: Path) -> None:
    case = put(desk, plain_case())
    after = written(case, "改写过的一段。")
    printer = review_copy.redline(case, AT)
    with pytest.raises(ComposeError, match="定稿不带修订痕迹"):
        export_case(case.key, desk, TODAY, final=True, printer=printer)
    assert find_case(case.key) == after
    export_case(case.key, desk / "final.docx", TODAY, final=True)
    with pytest.raises(ComposeError, match="定稿不带修订痕迹"):
        export_case(case.key, desk, TODAY, printer=printer)
    assert not [*desk.glob("*修订*")]


def test_every_refusal_is_one_sentence(desk: Path) -> None:
    case = put(desk, plain_case())
    deeds = (
        lambda: review_copy.state_since(case, 0),
        lambda: review_copy.state_since(case, 999),
        lambda: review_copy.count_since(case, case, TODAY),
        lambda: review_copy.count_since(case, replace(case, form=Form.RESULT_LIST), TODAY),
    )
    for deed in deeds:
        with pytest.raises(FuhanError) as refusal:
            deed()
        assert str(refusal.value).endswith("。")
        assert str(refusal.value).count("。") == 1
