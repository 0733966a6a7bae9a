"""Letters of many provinces' habits, written for this test: each reads as the JSON beside it says.

None is taken from a published letter; people, places and numbers are invented.
"""

import io
import re
from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.letter.clean import clean_text, without_white
from desktop.letter.compose import FIELD_NAMES
from desktop.letter.foreign.anatomy import Fact, Part
from desktop.letter.foreign.dissection import dissect
from desktop.letter.foreign.letter_json import letter_json
from desktop.letter.model import Case
from desktop.letter.pages.page import read_text
from desktop.letter.reader import Reading, anatomy_of, read_case
from tests.conftest import DATA, TODAY
from tests.letter_comparison import check_conserved, expected_of, misses

LETTERS = sorted((DATA / "letters").glob("*.txt"))


def read(text: str) -> Reading:
    return read_case(text.encode(), TODAY)


def fields_of(text: str) -> dict[str, object]:
    return letter_json(anatomy_of(read(text), TODAY))


@pytest.fixture(params=LETTERS, ids=lambda path: path.stem)
def letter(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_there_are_letters() -> None:
    assert len(LETTERS) >= 20


def test_it_reads_as_its_json_says(letter: Path) -> None:
    got = fields_of(letter.read_text(encoding="utf-8"))
    assert not misses(expected_of(letter), got)


def test_nothing_is_dropped(letter: Path) -> None:
    check_conserved(dissect(read_text(letter.read_text(encoding="utf-8"))))


def test_every_part_is_in_the_case(letter: Path) -> None:
    """The marks say where each character went; here is that the case has it."""
    reading = read(letter.read_text(encoding="utf-8"))
    assert reading.anatomy
    said = said_by(reading.case) + without_white("".join(reading.notes))
    for mark in reading.anatomy.marks:
        text = without_white(reading.anatomy.text(mark))
        if mark.part in (Part.LEFT_OUT, Part.CATEGORY, Part.DISCLOSURE):
            continue
        if mark.part in (Part.ISSUED_BY, Part.DOCUMENT_NUMBER):  # without label, with 〔〕
            text = reading.anatomy.value(Fact(mark.part.value))
        if mark.part is Part.DATE and reading.anatomy.value(Fact.DATE):
            day = date.fromisoformat(reading.anatomy.value(Fact.DATE))
            text = f"{day.year}年{day.month}月{day.day}日"
        text = re.sub(r"^(抄[送报]：|附件：)?(\d\. ?)?", "", text).rstrip("。")
        assert text in said, mark
    assert bool(reading.case.category) == bool(reading.anatomy.value(Fact.CATEGORY))
    assert bool(reading.case.disclosure) == bool(reading.anatomy.value(Fact.DISCLOSURE))


def said_by(case: Case) -> str:
    from desktop.letter.compose import field_text

    texts = [field_text(case, name, TODAY) for name in FIELD_NAMES]
    texts += [paragraph.text for reply in case.replies for paragraph in reply.paragraphs]
    return without_white("\n".join(texts))


def as_docx(text: str, *, head: str = "", hidden: str = "") -> bytes:
    """The text as a bureau has it in Word: one line a paragraph."""
    document = docx.Document()
    for line in text.strip("\n").split("\n"):
        document.add_paragraph(clean_text(line))
    document.sections[0].header.paragraphs[0].text = head
    if hidden:
        document.add_paragraph().add_run(hidden).font.hidden = True
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_in_word_it_reads_alike(letter: Path) -> None:
    text = letter.read_text(encoding="utf-8")
    reading = read_case(as_docx(text), TODAY)
    assert reading.anatomy
    assert letter_json(reading.anatomy) == fields_of(text.strip("\n"))


def test_what_word_hides_is_listed() -> None:
    text = (DATA / "letters" / "no-formula.txt").read_text(encoding="utf-8")
    reading = read_case(as_docx(text, head="内部资料", hidden="（此处待核）"), TODAY)
    assert reading.anatomy
    assert reading.anatomy.left_out() == [("隐藏文字", "（此处待核）"), ("页眉", "内部资料")]


def test_an_editors_bookmark_is_listed() -> None:
    text = "[bookmark: _GoBack]周明远委员：\n您提出的第3号提案收悉，现答复如下：\n已经办理。"
    assert fields_of(text)["left_out"] == [{"why": "书签", "text": "[bookmark: _GoBack]"}]


def test_both_numbers_are_told_and_said() -> None:
    reading = read((DATA / "letters" / "disagreeing.txt").read_text(encoding="utf-8"))
    assert reading.anatomy
    assert reading.anatomy.values(Fact.NUMBER) == ["110", "111"]
    assert reading.case.proposals[0].proposal_number == "110"
    assert any("110" in note and "111" in note for note in reading.notes)


def test_one_letter_of_two_is_read_and_the_other_is_named() -> None:
    reading = read((DATA / "letters" / "two-letters.txt").read_text(encoding="utf-8"))
    assert reading.anatomy
    assert any("只读入了第一份" in note for note in reading.notes)
    assert "座椅" in "".join(text for _, text in reading.anatomy.left_out())


ANSWER = "我局会同街道把辖区内的健身步道走了一遍，破损的路面已列入今年的修缮名单。"
PLAN = "今后，我局将把巡查改为每月一次，居民反映的问题当周答复。"
HALF = str.maketrans("，：；（）！？", ",:;()!?")
MENUS = ["首页 > 政务公开 > 建议提案办理", "来源：区府办 发布时间：2024-01-02 10:00", "【打印】"]
FEET = [
    "扫一扫在手机打开当前页",
    "上一篇：关于区政协五届一次会议第1号提案的答复",
    "版权所有：某区政府",
]
NAMES = st.lists(
    st.sampled_from(["林见清", "欧阳予", "阿依曼·塔合尔", "杜 若", "司马长风", "和平"]),
    min_size=1,
    max_size=4,
    unique=True,
)
DATES = st.dates(date(1999, 1, 1), date(2030, 12, 31))


def chinese(day: date) -> str:
    from desktop.letter.numerals import chinese_numeral

    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year))
    return f"{year}年{chinese_numeral(day.month)}月{chinese_numeral(day.day)}日"


@settings(max_examples=80, deadline=None)
@given(
    data=st.data(),
    names=NAMES,
    day=DATES,
    number=st.integers(1, 99999999).map(str) | st.sampled_from(["0641", "J027", "13、53"]),
    member=st.sampled_from(["委员", "代表"]),
    half=st.booleans(),
    indent=st.sampled_from(["", "　　", "    "]),
)
def test_the_parts_in_other_dress_and_order(
    data: st.DataObject,
    names: list[str],
    day: date,
    number: str,
    member: str,
    half: bool,
    indent: str,
) -> None:
    """A letter put together by chance reads as what it was put together from."""
    council, paper = ("政协", "提案") if member == "委员" else ("人大", "建议")
    session = f"云溪区{council}五届三次会议"
    subject = f"关于修缮健身步道的{paper}"
    title = f"云溪区文体局关于{session}第{number}号{paper}的答复"
    quoted = data.draw(st.sampled_from([f"《{subject}》", f"“{subject}”", subject]))
    title_lines = data.draw(
        st.sampled_from([[title], [title[:-3], title[-3:]], [title[:6], title[6:]]])
    )
    contact = data.draw(
        st.sampled_from(
            [
                ["联系人：谷雨 联系电话：0571-6612307"],
                ["（联系人：谷雨，电话：0571-6612307）"],
                ["主管领导：何一", "承办人及电话：谷雨 0571-6612307"],
                ["单位联系电话：0571-6612307 联系人：谷雨"],
                [],
            ]
        )
    )
    written = data.draw(st.sampled_from([f"{day.year}年{day.month}月{day.day}日", chinese(day)]))
    signed = ["云溪区文体局", written]
    foot = [*contact, *signed] if data.draw(st.booleans()) else [*signed, *contact]
    copies = data.draw(st.sampled_from([[], ["抄送：区政府督查室、区委办。"]]))
    closing = data.draw(
        st.sampled_from([[], ["感谢您对文体工作的关心和支持。"], ["专此答复。", "欢迎继续监督！"]])
    )
    opening = f"您提出的{quoted}收悉，经研究，现答复如下："
    call = "、".join(names) + member + "："
    lines = [*data.draw(st.lists(st.sampled_from(MENUS), unique=True)), *title_lines, call]
    lines += [indent + text for text in (opening, ANSWER, PLAN, *closing)]
    lines += [*foot, *copies, *data.draw(st.lists(st.sampled_from(FEET), unique=True))]
    blank = data.draw(st.sampled_from(["\n", "\n\n", "\n \n"]))
    text = blank.join(lines)
    text = text.translate(HALF) if half else text
    bare = [name.replace(" ", "") for name in names]
    want: dict[str, object] = {
        "kind": "cppcc" if member == "委员" else "npc",
        "is_reply": True,
        "title": title,
        "session": session,
        "number": number,
        "subject": subject,
        "addressees": bare,
        "salutation": call,
        "opening": opening,
        "body": [ANSWER, PLAN],
        "closing": closing,
        "signed_by": ["云溪区文体局"],
        "date": day.isoformat(),
        "contact": {"name": "谷雨", "phone": "0571-6612307"} if contact else None,
        "copies": ["区政府督查室", "区委办"] if copies else [],
    }
    anatomy = anatomy_of(read(text), TODAY)
    assert not misses(want, letter_json(anatomy)), text
    check_conserved(anatomy)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_is_done_to_a_letter_nothing_is_dropped(data: st.DataObject) -> None:
    """Lines shuffled, joined, cut: it is read or refused, and every character is marked."""
    from desktop.errors import InputError

    lines = [
        line
        for path in data.draw(st.lists(st.sampled_from(LETTERS), min_size=1, max_size=2))
        for line in path.read_text(encoding="utf-8").split("\n")
    ]
    lines = data.draw(st.permutations(lines)) if data.draw(st.booleans()) else lines
    separator = data.draw(st.sampled_from(["\n", "", " ", " | ", "\t"]))
    start, end = sorted((data.draw(st.integers(0, 400)), data.draw(st.integers(0, 900))))
    text = separator.join(lines)[start:end]
    try:
        anatomy = dissect(read_text(text))
    except InputError:
        return
    check_conserved(anatomy)
    assert anatomy.source == text


ANSWERED = "周明远委员：\n您提出的《关于修路的提案》收悉，现答复如下：\n已经办理。"


@pytest.mark.parametrize(
    ("opened", "closed"),
    [("“", "”"), ('"', '"'), ("「", "」"), ("＂", "＂"), ("〈", "〉"), ("《", "》")],
)
def test_quotation_marks_of_every_shape(opened: str, closed: str) -> None:
    text = f"周明远委员：\n您提出的{opened}架设人行天桥{closed}的提案收悉，现答复如下：\n已经办理。"
    assert fields_of(text)["subject"] == "架设人行天桥"


@pytest.mark.parametrize(
    ("call", "names"),
    [
        ("市政协社会和法制委员会", ["市政协社会和法制委员会"]),
        ("市发展和改革委员会、市教育局", ["市发展和改革委员会", "市教育局"]),
        ("民建某区总支和某区工商联", ["民建某区总支", "某区工商联"]),
        ("东街代表团", ["东街代表团"]),
        ("何静之（领衔）、谷雨代表", ["何静之", "谷雨"]),
        ("何静之和谷雨代表", ["何静之", "谷雨"]),
        ("区政协经济委、何静之委员", ["区政协经济委", "何静之"]),
    ],
)
def test_whom_it_addresses(call: str, names: list[str]) -> None:
    text = f"{call}：\n你们提出的《关于修路的建议》收悉，现答复如下：\n已经办理。"
    assert fields_of(text)["addressees"] == names


def test_an_opinion_names_the_body_that_proposed() -> None:
    opening = "现就民建某市委在市政协五届二次会议上提出的《关于修路的提案》提出会办意见如下："
    text = f"市教育局：\n{opening}\n同意。"
    assert fields_of(text)["proposers"] == ["民建某市委"]
    of_two = text.replace("民建某市委在市政协五届二次会议上提出的", "何静之、谷雨委员")
    assert fields_of(of_two)["proposers"] == ["何静之", "谷雨"]
    labelled = text.replace("民建某市委在市政协五届二次会议上提出的", "（提案人：何静之、谷雨）")
    assert fields_of(labelled)["proposers"] == ["何静之", "谷雨"]


@pytest.mark.parametrize(
    ("line", "grade", "number"),
    [
        ("A", "A", None),
        ("A 云民函〔2024〕3号", "A", "云民函〔2024〕3号"),
        ("文　　号：云民函〔2024〕3号\t发布日期：2024-07-10", None, "云民函〔2024〕3号"),
        ("字号 | A | A | A", None, None),
        ("（办理类型：主办　办理结果：B类）", "B", None),
    ],
)
def test_marks_above_the_letter(line: str, grade: str | None, number: str | None) -> None:
    fields = fields_of(f"{line}\n{ANSWERED}")
    assert (fields["category"], fields["document_number"]) == (grade, number)


def test_a_word_under_the_signature_takes_nothing_with_it() -> None:
    signed = "云溪区交通局\n2024年5月6日\n（此页无正文）"
    foot = "（办理类别：C类；公开类型：公开）\n联系人：谷雨"
    fields = fields_of(f"{ANSWERED}\n{signed}\n{foot}")
    assert fields["contact"] == {"name": "谷雨", "phone": None}
    assert (fields["category"], fields["disclosure"]) == ("C", "公开")
    assert fields["left_out"][0] == {"why": "附在函后的内容", "text": "（此页无正文）"}  # type: ignore[index]


def test_a_sentence_that_says_whom_to_ask() -> None:
    closing = "如有疑问，请与我局联系，联系人：谷雨，电话：17702330951。"
    fields = fields_of(f"{ANSWERED}\n{closing}\n云溪区交通局\n2024年5月6日")
    assert fields["contact"] == {"name": "谷雨", "phone": "17702330951"}
    assert fields["closing"] == [closing]


@pytest.mark.parametrize("label", ["抄　送：", "抄报：", "报送：", "分送:", "抄送单位："])
def test_the_label_of_the_copies_is_no_body(label: str) -> None:
    text = f"{ANSWERED}\n云溪区交通局\n2024年5月6日\n{label}区委办、区政府办。"
    reading = read(text)
    assert fields_of(text)["copies"] == ["区委办", "区政府办"]
    assert reading.case.fields.copies.text == "区委办、区政府办"


@pytest.mark.parametrize("written", ["二〇二四年七月廿一日", "2024/7/21"])
def test_days_as_they_are_written(written: str) -> None:
    text = f"{ANSWERED}\n云溪区交通局\n{written}"
    assert fields_of(text)["date"] == "2024-07-21"


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("对市政协十二届三次会议（0641）提案的答复", "0641"),
        ("市十六届人大三次会议建议第12号的答复函", "12"),
        ("对市人大十五届二次会议3076号建议的答复", "3076"),
        ("关于县人大三次会议第61号、第62号建议的答复", "61、62"),
        ("关于十三届全国政协五次会议第03456（农业水利类123号）提案答复的函", "03456"),
        ("关于市政协九届一次会议第二十一号提案的答复", "21"),
        ("关于落实云府办〔2022〕9号文件的提案的答复", ""),
        ("关于《关于加快地铁第3号线建设的提案》的答复", ""),
    ],
)
def test_numbers(title: str, number: str) -> None:
    text = f"{title}\n周明远委员：\n您的来件收悉，现答复如下：\n已经办理。"
    assert anatomy_of(read(text), TODAY).value(Fact.NUMBER) == number


@pytest.mark.parametrize(
    ("lines", "name", "phone"),
    [
        ("经办人：谷雨科长；联系电话：12345678", "谷雨", "12345678"),
        ("联 系 人：谷雨\n电    话：2233445", "谷雨", "2233445"),
        ("联系人及电话：\n谷雨 0571-2233445", "谷雨", "0571-2233445"),
        ("责任领导：何一　承办责任人：谷雨　电话：6622331", "谷雨", "6622331"),
        ("联系人：何 欢、谷 雨\n联系电话：83456789、83456780", "何欢", "83456789"),
        ("（联系人：市场科，谷雨，联系电话：88273665）", "谷雨", "88273665"),
        ("承办科室：法规科　联系电话：7766554", "", "7766554"),
        (
            "联系处室：救助处 联系人：谷雨 电话：010-1234567 传真：010-7654321",
            "谷雨",
            "010-1234567",
        ),
        ("分管领导：何一 电话：6611220\n具体经办：谷雨 电话：6622331", "谷雨", "6622331"),
        ("经办人：谷 雨（0571-6622331）", "谷雨", "0571-6622331"),
        ("电话：(0571)6622331 联系人：谷雨", "谷雨", "(0571)6622331"),
        ("联系人：费先生　联系电话：88210345", "费先生", "88210345"),
        ("咨询热线：12345", "", ""),
    ],
)
def test_contact_blocks(lines: str, name: str, phone: str) -> None:
    """Above the signature and below it, each in every place."""
    head = "周明远委员：\n您提出的《关于修路的提案》收悉，现答复如下：\n已经办理。"
    signed = "云溪区交通局\n2024年5月6日"
    for text in (f"{head}\n{lines}\n{signed}", f"{head}\n{signed}\n{lines}"):
        anatomy = anatomy_of(read(text), TODAY)
        assert anatomy.value(Fact.CONTACT_NAME) == name
        assert anatomy.value(Fact.CONTACT_PHONE) == phone
        assert anatomy.texts(Part.CONTACT) == lines.split("\n")
        assert anatomy.values(Fact.SIGNED_BY) == ["云溪区交通局"]
