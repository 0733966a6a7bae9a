"""密级标志: a mark is found, the same words in a sentence are not; what bears one stays outside."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import InputError
from desktop.letter.case_file import dump
from desktop.letter.model import Case, Issue, Office, Paragraph
from desktop.services import cases, offices
from desktop.services.case_list import list_cases
from desktop.services.library import library
from desktop.services.replies import with_paragraphs
from desktop.services.secrecy import entering, marked, refuse
from tests.cases import hard_case, plain_case
from tests.conftest import DATA, TODAY

MARKS = {
    "机密★1年": "机密★1年",
    "秘密★": "秘密★",
    "绝密★长期": "绝密★长期",
    "绝密☆30年": "绝密☆30年",
    "机密★解密前": "机密★解密前",
    "机密 ★ 10 年": "机密 ★ 10 年",
    "机\u3000密\u3000★\u3000６个月": "机\u3000密\u3000★\u3000６个月",
    "秘密★二十年": "秘密★二十年",
    "秘密*5年": "秘密*5年",
    "秘密＊5年": "秘密＊5年",
    "秘密*": "秘密*",
    "机密级★3年": "机密级★3年",
    "绝密★启用前": "绝密★启用前",
    "機密★1年": "機密★1年",
    "秘密★2030年1月1日前": "秘密★2030年1月1日前",
    "原件左上角标有机密★1年，请核对": "机密★1年",
    "机\u200b密★1年": "机密★1年",
    "机密": "机密",
    "某某市人民政府\n秘密\n关于某事的函": "秘密",
    "第一行\r\n绝密\r\n第三行": "绝密",
    "  机 密  ": "机 密",
    "机密 特急": "机密 特急",
    "特急\u3000秘密": "特急\u3000秘密",
    "000012 机密": "000012 机密",
    "【秘密】": "【秘密】",
    "密级：机密": "密级：机密",
    "密级: 秘密": "密级: 秘密",
    "密　级：绝密★长期": "密　级：绝密★长期",
    "文号：1 密级：秘密 期限：1年": "密级：秘密",
    "绝密\u2028正文": "绝密",
}
NO_MARKS = (
    "",
    "密",
    "保守国家秘密是每位工作人员的义务。",
    "涉及商业秘密的内容不予公开。",
    "该文件为秘密级，已按规定另行处理。",
    "国家秘密分为绝密、机密、秘密三级。",
    "密级：绝密、机密、秘密",
    "密级：机密以上的文件不在此列",
    "密级：",
    "密级：无",
    "内部资料 注意保密",
    "机密文件的管理由保密部门负责",
    "商业秘密*",
    "国家秘密*的范围另见附注",
    "**国家秘密**",
    "秘密**",
    "不得涉及秘密",
    "工作秘密、商业秘密和个人隐私",
    "密切联系群众★",
    "五星★酒店1年",
    "机密\t2023年",
    "绝密级航空线路",
    "定密责任人",
    "机房密码★1年",
    "秘密特工",
    "机关密切配合\n秘书处",
    "1. 秘密\u3000指商业秘密",
    "依照《中华人民共和国保守国家秘密法》",
    "严守秘密，1年内不得披露",
    "紧密型医联体★★★",
    "因涉及国家秘密，不予公开",
)
WORDS = ("保守", "国家秘密", "商业秘密", "秘密级", "工作秘密的", "机密工作", "绝密级", "密级", "★")
ENDS = ("。", "，1年内完成。", "；", "等内容。")


@pytest.mark.parametrize("text", MARKS)
def test_a_mark_is_found(text: str) -> None:
    assert marked(text) == MARKS[text]
    assert marked(f"前言。\n{text}\n后记。") == MARKS[text]


@pytest.mark.parametrize("text", NO_MARKS)
def test_the_words_in_a_sentence_are_no_mark(text: str) -> None:
    assert marked(text) == ""


@given(
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=20),
    st.lists(st.sampled_from(WORDS), max_size=4),
    st.sampled_from(ENDS),
)
def test_ordinary_sentences_never_trip(start: str, words: list[str], end: str) -> None:
    """A star stands after a level nowhere, and no level alone on its line."""
    said = start.rstrip("绝机秘機絕祕") + "对" + "、".join(words) + end
    assert marked(said) == ""


@given(
    st.sampled_from("绝机秘"),
    st.sampled_from(["", " ", "\u3000"]),
    st.sampled_from("★☆"),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf"])),
)
def test_a_level_with_a_star_trips_anywhere(level: str, gap: str, star: str, around: str) -> None:
    assert marked(f"{around}{level}{gap}密{gap}{star}{around}")


def with_text(case: Case, text: str, number: int = 0) -> Case:
    reply = case.replies[number]
    first = replace(reply.paragraphs[0], text=text)
    return with_paragraphs(case, reply.key, (first, *reply.paragraphs[1:]))


def test_only_what_enters_is_refused() -> None:
    case = plain_case()
    old = with_text(case, "旧文字机密★1年")  # from a library of before
    assert entering(case, old) == "机密★1年"
    assert entering(old, case) == ""
    assert entering(old, with_text(old, "旧文字机密★1")) == "", "it may be taken away key by key"
    assert entering(old, with_text(old, "别的", 1)) == ""
    more = (Paragraph("k1", "新段"), *old.replies[0].paragraphs)
    assert entering(old, with_paragraphs(old, old.replies[0].key, more)) == ""
    assert entering(old, with_text(old, "秘密★", 1)) == "秘密★"


def test_every_text_of_a_case_is_looked_at() -> None:
    case = hard_case()
    proposal = case.proposals[0]
    mark = "秘密★1年"
    for after in (
        replace(case, lead_unit=mark),
        replace(case, office=replace(case.office, contact_name=mark)),
        replace(case, fields=replace(case.fields, copies=replace(case.fields.copies, text=mark))),
        replace(case, proposals=(replace(proposal, subject=mark), *case.proposals[1:])),
        replace(
            case,
            proposals=(
                replace(
                    proposal,
                    suggestions=(
                        replace(proposal.suggestions[0], elaboration=f"一\n{mark}"),
                        *proposal.suggestions[1:],
                    ),
                ),
                *case.proposals[1:],
            ),
        ),
    ):
        assert entering(case, after) == mark


def test_it_costs_a_key_next_to_nothing() -> None:
    case = plain_case(suggestions=60, text="我区保守国家秘密，" + "正按绿地面积测算管护经费。" * 20)
    after = with_text(case, case.replies[0].paragraphs[0].text + "字")
    took = []
    for _ in range(50):
        start = perf_counter()
        assert entering(case, after) == ""
        took.append(perf_counter() - start)
    assert min(took) < 0.0002


# nothing of it is written
def txt(path: Path) -> Path:
    made = path / "a.txt"
    text = (DATA / "twin-narrative.txt").read_text(encoding="utf-8")
    made.write_text(f"机密★1年\n{text}", encoding="gb18030")
    return made


def json(path: Path) -> Path:
    made = path / "a.json"
    text = dump(replace(plain_case(), lead_unit="机密★1年"))
    made.write_text(text.replace("机", "\\u673a"), encoding="utf-8")
    return made


def docx(path: Path, place: Callable[[object], object] = lambda d: d.sections[0].header) -> Path:  # type: ignore[attr-defined]
    made = path / "a.docx"
    document = Document()
    for line in (DATA / "twin-narrative.txt").read_text(encoding="utf-8").splitlines():
        document.add_paragraph(line)
    paragraph = place(document).paragraphs  # type: ignore[attr-defined]
    for part in ("机", "密★", "1年"):
        paragraph[0].add_run(part)
    document.save(str(made))
    return made


def in_foot(path: Path) -> Path:
    return docx(path, lambda document: document.sections[0].footer)  # type: ignore[attr-defined]


@pytest.mark.parametrize("made", [txt, json, docx, in_foot])
def test_a_file_that_bears_one_does_not_come_in(
    made: Callable[[Path], Path], tmp_path: Path
) -> None:
    (tmp_path / "文库").mkdir()
    with library(tmp_path / "文库"):
        with pytest.raises(InputError, match=r"密级标志“机密★1年”，没有录入.*按保密规定"):
            cases.import_file(made(tmp_path), TODAY)
        assert list_cases() == []
    written = b"".join(p.read_bytes() for p in (tmp_path / "文库").rglob("*") if p.is_file())
    assert "机密★".encode() not in written


def test_neither_the_office_nor_who_signed_takes_one(tmp_path: Path) -> None:
    with library(tmp_path):
        with pytest.raises(InputError, match="密级标志"):
            offices.set_our_office(Office(full_name="机密★1年"))
        assert offices.our_office() is None
        cases.save_case(None, plain_case())
        with pytest.raises(InputError, match="密级标志"):
            cases.issue_case(plain_case().key, Issue(date(2025, 11, 21), "秘密★"))
        assert cases.find_case(plain_case().key).issue is None


def test_the_sentence_names_the_first_mark() -> None:
    refuse("保守国家秘密", "")
    with pytest.raises(InputError) as refused:
        refuse("正文", "秘密★", "绝密★长期")
    assert "“秘密★”" in str(refused.value)


@pytest.mark.parametrize(
    "text",
    ["\u3000" * 200_000 + "密", "密" + " " * 200_000, "密级 " * 60_000, "秘密★" + "1" * 200_000],
)
def test_a_strange_text_takes_no_longer(text: str) -> None:
    start = perf_counter()
    marked(text)
    assert perf_counter() - start < 1


def test_a_level_may_begin_a_sentence_that_is_being_typed() -> None:
    """“机密” committed by an input method in an empty paragraph: 机密文件…… may follow."""
    (reply, *others) = plain_case().replies
    head, *rest = reply.paragraphs

    def typed(text: str) -> Case:
        written = replace(reply, paragraphs=(replace(head, text=text), *rest))
        return replace(plain_case(), replies=(written, *others))

    assert entering(typed(""), typed("机密")) == ""
    assert entering(typed("机密"), typed("机密★1年")) == "机密★1年"
    assert marked("机密") == "机密"  # but a file that comes in so is refused
