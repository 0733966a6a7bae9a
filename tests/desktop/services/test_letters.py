"""What 函件 shows: each field with what is composed for it, and the choices."""

from dataclasses import replace

import pytest

from db.enums import DisclosureKind, FieldState, LetterKind
from desktop.errors import ComposeError
from desktop.letter.compose import FIELD_NAMES, freeze
from desktop.letter.model import ABSENT, Case, Disclosure, Issue, Office, Proposal, own
from desktop.services.letters import (
    category_schemes,
    clean_field,
    document_number,
    document_number_parts,
    field_texts,
    layouts,
    sheet_of,
    wordings,
)
from tests.cases import hard_case, plain_case
from tests.conftest import TODAY


def test_what_is_composed_stands_beside_every_state() -> None:
    case = plain_case()
    composed = field_texts(case, TODAY)
    assert tuple(composed) == FIELD_NAMES
    assert composed["salutation"].text == composed["salutation"].composed == "尊敬的周明远委员："
    fields = replace(case.fields, salutation=own("周委员："), title=ABSENT)
    changed = field_texts(replace(case, fields=fields), TODAY)
    assert changed["salutation"] == replace(
        composed["salutation"], state=FieldState.OWN, text="周委员："
    )
    assert changed["title"] == replace(composed["title"], state=FieldState.ABSENT, text="")


def test_frozen_text_stays_when_the_office_changes() -> None:
    issued = freeze(plain_case(), Issue(TODAY))
    shown = field_texts(replace(issued, office=Office("别的局")), TODAY)["signature"]
    assert (shown.text, shown.composed) == (plain_case().office.full_name, "别的局")


@pytest.mark.parametrize("kind", LetterKind)
@pytest.mark.parametrize("wording", ["house", "standard", "gone"])
def test_an_empty_case_has_fields_all_the_same(kind: LetterKind, wording: str) -> None:
    case = Case("newcase2", kind=kind, wording=wording, proposals=(Proposal("proposal"),))
    shown = field_texts(case, TODAY)
    assert shown["salutation"].composed == ""
    assert (shown["opening"].composed == "") is (wording == "gone")
    kept = replace(case, fields=replace(case.fields, opening=own("自拟")))
    assert field_texts(kept, TODAY)["opening"].text == "自拟"


def test_the_choices_are_those_of_the_resources() -> None:
    assert wordings().keys() == {"house", "standard"}
    assert wordings()["house"] == "本单位常用写法"
    assert list(layouts()) == ["measured", "measured_roman", "nominal", "nominal_roman"]
    assert layouts()["nominal"] == "标称版心"
    schemes = category_schemes()
    assert list(schemes) == ["shenzhen", "jiayibing"]
    assert schemes["shenzhen"].label == "深圳（A–D）"
    assert list(schemes["jiayibing"].grades) == ["甲", "乙", "丙"]
    category = hard_case().category
    assert category
    assert category.grade in schemes[category.scheme].grades


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("某更提函〔2025〕18号", ("某更提函", "2025", "18")),
        ("某更提函〔2025〕　号", ("某更提函", "2025", "")),
        ("〔2025〕　号", ("", "2025", "")),
        ("某函〔〕7号", ("某函", "", "7")),
        ("无", ("无", "", "")),
        ("", ("", "", "")),
    ],
)
def test_a_document_number_is_three_parts(text: str, parts: tuple[str, str, str]) -> None:
    assert document_number_parts(text) == parts
    assert document_number(*parts) == text


@pytest.mark.parametrize("text", ["某函[2025]18号", "某函（2025） 第18号", "某函【2025】第 18 号 "])
def test_other_brackets_are_understood(text: str) -> None:
    assert document_number(*document_number_parts(text)) == "某函〔2025〕18号"


def test_the_composed_number_has_room_for_the_serial() -> None:
    composed = field_texts(plain_case(), TODAY)["document_number"].text
    assert document_number_parts(composed) == ("某更提函", "2025", "")


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("opening", "您好\x0b提案\x01收悉", "您好\n提案收悉"),
        ("salutation", "甲\u2028乙：", "甲 乙："),
        ("title", "一\n二", "一\n二"),
    ],
)
def test_what_is_pasted_into_a_field_can_be_printed(name: str, typed: str, kept: str) -> None:
    assert clean_field(name, typed) == kept


def test_a_letter_that_is_not_published_leaves_only_with_its_reason() -> None:
    """Its carriers would be refused when it comes home."""
    with pytest.raises(ComposeError, match="理由"):
        sheet_of(plain_case(disclosure=Disclosure(DisclosureKind.CLOSED, " ")), TODAY)
