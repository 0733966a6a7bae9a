"""What an outside tester found the readers to do wrong, each as he met it."""

import base64
import io

import docx
import pytest
from docx.document import Document

from db.enums import FieldState
from desktop.errors import InputError
from desktop.letter.compose import field_text
from desktop.letter.foreign.anatomy import Fact, Part
from desktop.letter.pages.page import read_docx
from desktop.letter.reader import read_case
from desktop.letter.reading import Reading
from tests.conftest import TODAY
from tests.letter_comparison import check_conserved

LETTER = """青交函﹝2023﹞17号
关于县政协十届三次会议第0123号提案的答复
方以宁委员：
您提出的《关于修缮乡道的建议》收悉。现答复如下：
北山片区乡道已列入今年计划，九月动工。
感谢您的关心和支持！
青梧县交通运输局（盖章）
2023年5月3日
抄送：县政协提案委，县政府督查室.
"""
PICTURE = base64.b64decode(  # a PNG of one point
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


def read(text: str) -> Reading:
    return read_case(text.encode(), TODAY)


def in_word(document: Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def left_out(reading: Reading) -> list[tuple[str, str]]:
    assert reading.anatomy
    check_conserved(reading.anatomy)
    return reading.anatomy.left_out()


def test_brackets_of_any_shape_are_one_document_number() -> None:
    case = read(LETTER).case
    assert case.fields.document_number.text == "青交函〔2023〕17号"
    assert case.office.document_prefix == "青交函"


def test_signature_and_copies_come_without_noise() -> None:
    reading = read(LETTER)
    assert field_text(reading.case, "signature", TODAY) == "青梧县交通运输局"
    assert reading.case.fields.signature.state is FieldState.COMPOSED
    assert reading.case.fields.copies.text == "县政协提案委，县政府督查室"
    assert left_out(reading) == [("盖章的地方", "（盖章）")]
    assert reading.notes == ()  # nothing the handler must look at


def test_what_is_not_recognised_is_said_first() -> None:
    wrong = "政协第0124号提案答复\n叶青禾委员 你好\n你的提案我们看了，今年增加了12个站点。\n"
    assert read(wrong).notes[0] == "届次、案由、署名、日期未识别，请核对。"
    opinion = (
        "关于协办县政协第5号提案的意见\n县住建局：\n由贵局主办的提案，提出如下会办意见：\n已办。\n"
    )
    assert "提案人" not in read(opinion).notes[0]


def test_signers_who_are_not_named_are_told() -> None:
    notes = read(LETTER.replace("方以宁委员", "方以宁、林叙等5名委员")).notes
    assert notes == ("称谓里说共5名，写出名字的只有2名，其余的请补上。",)


def test_a_second_letter_begins_with_its_title() -> None:
    second = LETTER.split("\n", 1)[1].replace("0123", "0124").replace("方以宁", "林叙")
    reading = read(LETTER.split("抄送")[0] + second)
    reasons = dict(map(reversed, left_out(reading)))  # type: ignore[arg-type]
    assert reasons["关于县政协十届三次会议第0124号提案的答复"] == "另一份函件"
    assert field_text(reading.case, "title", TODAY).endswith("第0123号提案的答复")


def test_a_table_of_contents_is_called_one() -> None:
    listed = "目　录\n关于第0123号提案的答复……1\n关于第0124号提案的答复\t4\n"
    reasons = [why for why, _ in left_out(read(listed + LETTER))]
    assert reasons[:3] == ["目录"] * 3


@pytest.mark.parametrize("first", [True, False])
def test_a_proposal_beside_its_letter_is_called_one(first: bool) -> None:
    asked = (
        "政协青梧县十届三次会议提案\n提案编号：0123\n案由：关于修缮乡道的建议\n提案人：方以宁\n"
        "乡道坑洼不平，雨后难行。\n建议：\n一、尽快修缮破损路段。\n二、加装路灯。\n"
    )
    reading = read(asked + LETTER if first else LETTER + asked)
    reasons = {why for why, text in left_out(reading) if text != "（盖章）"}
    assert reasons == {"提案原文"}
    assert any("还有提案原文" in note for note in reading.notes)


def test_a_scan_with_a_line_of_text_is_a_scan() -> None:
    document = docx.Document()
    document.add_paragraph("由某某扫描全能王扫描创建")
    document.add_picture(io.BytesIO(PICTURE))
    with pytest.raises(InputError, match="扫描件"):
        read_case(in_word(document), TODAY)


def test_a_frame_of_one_cell_is_no_table() -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    for line in LETTER.splitlines():
        cell.add_paragraph(line)
    reading = read_case(in_word(document), TODAY)
    assert field_text(reading.case, "closing", TODAY) == "感谢您的关心和支持！"
    assert not any("表格" in note for note in reading.notes)
    assert not any(line.cell for line in read_docx(in_word(document)).lines)


def test_a_table_of_figures_is_told() -> None:
    document = docx.Document()
    head, foot = LETTER.split("感谢")
    for line in head.splitlines():
        document.add_paragraph(line)
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("片区", "里程", "北山", "12"), strict=True):
        cell.text = text
    for line in f"感谢{foot}".splitlines():
        document.add_paragraph(line)
    reading = read_case(in_word(document), TODAY)
    assert "正文里有表格1个，已按一格一段读入，请核对。" in reading.notes
    assert reading.anatomy
    assert reading.anatomy.value(Fact.SIGNED_BY) == "青梧县交通运输局"
    assert [reading.anatomy.text(m) for m in reading.anatomy.of(Part.BODY)][-1] == "12"
