"""Folders of letters as a handler keeps them, for tests, figures and pictures of many at once."""

import io
from pathlib import Path

from docx import Document

from tests.conftest import DATA

SUBJECTS = ("修缮乡道", "增设公交站点", "办好社区食堂", "保护古树名木", "治理河道淤积")
MEMBERS = ("叶青禾", "魏长青", "石榆", "方以宁", "林叙")
WORK = "我局会同属地街道逐一踏勘，梳理问题清单，已列入年度计划并落实专项资金。"


def letter(number: int, *, long: int = 8) -> str:
    """A clean letter to proposal 1000 + `number`, of about `long` paragraphs."""
    subject, member = SUBJECTS[number % 5], MEMBERS[number * 3 % 5]
    body = "\n".join(f"{n}、第{number}件{subject}：{WORK * 3}" for n in range(1, long + 1))
    return (
        f"关于县政协十届二次会议第{1000 + number}号提案的答复\n{member}委员：\n"
        f"您提出的《关于{subject}的建议》收悉。现答复如下：\n{body}\n感谢您的关心和支持！\n"
        f"青梧县交通运输局\n2023年{number % 12 + 1}月{number % 28 + 1}日\n"
    )


def as_docx(text: str) -> bytes:
    """The same in Word."""
    document, file = Document(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(file)
    return file.getvalue()


def letter_folder(folder: Path, count: int, *, words: int = 0) -> None:
    """`count` files: one in fifty broken, some doubtful, some twice; the first `words` in Word."""
    messy = (DATA / "messy-letter.txt").read_text(encoding="utf-8")
    for number in range(count):
        path = folder / f"{number // 100 + 2019}年" / f"答复函{number:04}.txt"
        path.parent.mkdir(exist_ok=True, parents=True)
        if number < words:
            path.with_suffix(".docx").write_bytes(as_docx(letter(number)))
        elif number % 50 == 9:
            path.with_suffix(".docx").write_bytes(b"PK\x03\x04" + bytes(60))
        elif number % 23 == 4:
            path.write_text(messy.replace("0087", str(3000 + number)), encoding="utf-8")
        elif number % 31 == 7:
            path.write_text(letter(number - 1), encoding="utf-8")
        else:
            path.write_text(letter(number), encoding="utf-8")
