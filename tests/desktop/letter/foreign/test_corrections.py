"""A letter corrected by hand: what a selection becomes, and that nothing is lost by it."""

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from db.enums import Form, LetterKind
from desktop.errors import InputError
from desktop.letter.foreign import anatomy_file
from desktop.letter.foreign.anatomy import Anatomy, Correction, Fact, Part
from desktop.letter.foreign.corrections import corrected
from desktop.letter.foreign.dissection import dissect
from desktop.letter.foreign.letter_reader import case_of, remarks
from desktop.letter.pages.page import Page, PageLine, read_text
from desktop.letter.reader import read_case
from desktop.letter.reading import Reading
from desktop.services import letter_fields
from tests.conftest import DATA, TODAY

LETTERS = sorted((DATA / "letters").glob("*.txt"))
BY_HAND = [Fact.NUMBER, Fact.SESSION, Fact.SUBJECT, Fact.PROPOSER]
LETTER = """某区农业农村局答复函
关于第31号提案的答复
张三委员：
您提出的关于公园的建议收悉。现答复如下：
一是已完成第一项工作。
二是正在推进第二项工作。
感谢您的支持。
某区农业农村局
2025年9月5日
（农工字2025年3号）
"""


def anatomy_of(text: str = LETTER) -> Anatomy:
    return dissect(read_text(text))


def at(anatomy: Anatomy, target: Part | Fact, words: str) -> Correction:
    start = anatomy.source.index(words)
    return Correction(target, start, start + len(words))


def covered(anatomy: Anatomy) -> None:
    """Every character that is no white space stands in exactly one mark, in order."""
    end, said = 0, ""
    for mark in anatomy.marks:
        assert end <= mark.start < mark.end
        if mark.part is not Part.LEFT_OUT:  # what lies between two parts may go over a line's end
            assert mark.line == anatomy.source.count("\n", 0, mark.start)
        said += anatomy.source[mark.start : mark.end]
        end = mark.end
    assert "".join(said.split()) == "".join(anatomy.source.split())


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_nothing_is_lost_whatever_is_corrected(path: Path) -> None:
    """Selections at random, set as anything: refused, or everything still stands somewhere."""
    anatomy = anatomy_of(path.read_text(encoding="utf-8"))
    chance, done = random.Random(path.stem), 0
    corrections: list[Correction] = []
    for _ in range(40):
        start = chance.randrange(len(anatomy.source))
        end = min(len(anatomy.source), start + chance.choice((2, 9, 60, 400)))
        asked = [*corrections, Correction(chance.choice([*Part, *BY_HAND]), start, end)]
        try:
            made = corrected(anatomy, asked)
        except InputError:
            continue
        covered(made)
        corrections = asked[-4:]
        done += 1
    assert done > 8


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_a_part_set_to_what_it_is_changes_nothing(path: Path) -> None:
    """The facts read again are those read first."""
    anatomy = anatomy_of(path.read_text(encoding="utf-8"))
    for part in (Part.TITLE, Part.SALUTATION, Part.OPENING, Part.CONTACT):
        marks = list(anatomy.of(part))
        if len(marks) == 1:
            (mark,) = marks
            same = corrected(anatomy, [Correction(part, mark.start, mark.end)])
            assert same == anatomy


def test_a_fact_shown_by_hand() -> None:
    anatomy = anatomy_of(LETTER.replace("第31号", "（三十一）").replace("张三", "张 三"))
    made = corrected(
        anatomy,
        [
            at(anatomy, Fact.NUMBER, "（三十一）"),
            at(anatomy, Fact.PROPOSER, "张 三委员"),
            at(anatomy, Fact.SUBJECT, "公园"),
            at(anatomy, Fact.SESSION, "农业农村局"),
        ],
    )
    assert [made.value(fact) for fact in BY_HAND] == ["31", "农业农村局", "公园", "张三"]
    assert made.marks == anatomy.marks


def test_what_a_new_part_displaces_is_body_or_left_out() -> None:
    anatomy = anatomy_of()
    made = corrected(anatomy, [at(anatomy, Part.OPENING, "您提出的关于公园的建议收悉。")])
    assert made.texts(Part.OPENING) == ["您提出的关于公园的建议收悉。"]
    assert made.texts(Part.BODY)[0] == "现答复如下："
    made = corrected(anatomy, [at(anatomy, Part.TITLE, "某区农业农村局答复函")])
    assert ("更正时换下", "关于第31号提案的答复") in made.left_out()
    assert made.value(Fact.NUMBER) == ""


def test_what_is_no_part_of_the_letter() -> None:
    anatomy = anatomy_of()
    made = corrected(anatomy, [at(anatomy, Part.LEFT_OUT, "二是正在推进第二项工作。\n感谢")])
    assert made.texts(Part.BODY) == ["一是已完成第一项工作。"]
    assert made.texts(Part.CLOSING) == ["您的支持。"]
    assert ("指明不属于函件", "感谢") in made.left_out()


def test_a_mark_in_a_form_the_reader_does_not_know() -> None:
    anatomy = anatomy_of()
    assert not anatomy.value(Fact.DOCUMENT_NUMBER)
    made = corrected(anatomy, [at(anatomy, Part.DOCUMENT_NUMBER, "农工字2025年3号")])
    assert made.value(Fact.DOCUMENT_NUMBER) == "农工字2025年3号"
    with pytest.raises(InputError, match="读不出办理结果类别，没有改动"):
        corrected(anatomy, [at(anatomy, Part.CATEGORY, "农工字")])


@pytest.mark.parametrize(
    ("target", "words", "said"),
    [
        (Part.DATE, "感谢您的支持。", "不是一个日期"),
        (Fact.NUMBER, "感谢您的支持。", "不是提案或建议的编号"),
        (Part.TITLE, "\n", "没有选中文字"),
        (Fact.SUBJECT, "\n", "没有选中文字"),
    ],
)
def test_a_selection_that_cannot_be_it_is_refused(
    target: Part | Fact, words: str, said: str
) -> None:
    anatomy = anatomy_of()
    with pytest.raises(InputError, match=said):
        corrected(anatomy, [at(anatomy, target, words)])


def test_the_case_is_made_anew() -> None:
    """The disagreeing number chosen, the note about it is gone, those of the file stay."""
    source = (DATA / "letters" / "disagreeing.txt").read_text(encoding="utf-8")
    reading = read_case(source.encode(), TODAY)
    reading = replace(reading, notes=("文件里有图片1张。", *reading.notes))
    assert reading.anatomy
    numbers = [found for found in reading.anatomy.facts if found.fact is Fact.NUMBER]
    assert [found.value for found in numbers] == ["110", "111"]
    chosen = Correction(Fact.NUMBER, numbers[1].start, numbers[1].end)
    made = letter_fields.corrected(reading, [chosen], TODAY)
    assert made.case.proposals[0].proposal_number == "111"
    assert made.notes == ("文件里有图片1张。",)
    assert letter_fields.corrected(made, [], TODAY) is made


def test_cells_come_along() -> None:
    """A 清单式 letter corrected in another process is still one, with its table's end known."""
    from desktop.letter.result_list import OUTCOME_LABELS

    lines = [PageLine("张三委员："), PageLine("您提出的建议收悉。现答复如下：")]
    texts = [
        "建议一",
        "要修路。",
        *(t for label in OUTCOME_LABELS.values() for t in (label, "已做。")),
    ]
    lines += [PageLine(text, cell=(0, n, 0)) for n, text in enumerate(texts)]
    lines += [PageLine("以上。"), PageLine("某区住房局"), PageLine("2025年9月5日")]
    anatomy = dissect(Page(tuple(lines)))
    back = anatomy_file.load(anatomy_file.dump(anatomy))
    assert back == anatomy
    reading = Reading(read_case(LETTER.encode(), TODAY).case, anatomy=back)
    made = letter_fields.corrected(reading, [at(back, Fact.SUBJECT, "建议")], date(2025, 9, 5))
    assert made.case.form is Form.RESULT_LIST
    assert made.case.kind is LetterKind.REPLY
    assert "以上。" in made.case.fields.closing.text
    with pytest.raises(ValueError, match="cells"):
        anatomy_file.load({**anatomy_file.dump(anatomy), "cells": [None]})
    assert not any("表格" in note for note in remarks(back, case_of(back, TODAY)))


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("第（0641）号提案", "0641"),
        ("2023—87", "2023-87"),
        ("第13号、第53号建议", "13、53"),
        ("编号：第十三号", "13"),
        ("（2023）87", ""),
        ("〔2023〕87号", ""),
        ("—", ""),
    ],
)
def test_a_number_by_hand_is_what_stands_there(words: str, number: str) -> None:
    """No digits are put together across brackets."""
    anatomy = anatomy_of(LETTER.replace("第31号提案", words))
    if not number:
        with pytest.raises(InputError, match="编号"):
            corrected(anatomy, [at(anatomy, Fact.NUMBER, words)])
        return
    assert corrected(anatomy, [at(anatomy, Fact.NUMBER, words)]).value(Fact.NUMBER) == number


@pytest.mark.parametrize("marks", ['""', "''", "‘’", "“”", "「」", "『』", "《》"])
def test_a_subject_by_hand_comes_without_its_marks(marks: str) -> None:
    quoted = f"{marks[0]}关于公园的建议{marks[1]}"
    anatomy = anatomy_of(LETTER.replace("关于公园的建议", quoted))
    made = corrected(anatomy, [at(anatomy, Fact.SUBJECT, quoted)])
    assert made.value(Fact.SUBJECT) == "关于公园的建议"
