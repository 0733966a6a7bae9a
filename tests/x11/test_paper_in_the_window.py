"""The preview on a real X server: it shows what is typed, leads back into it, and goes to a PDF."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from desktop.letter.case_file import load
from desktop.letter.model import Case
from desktop.paths import SAMPLES
from desktop.views.dialogs.print_letter import NO_PRINTER
from desktop.widgets.theme import TOKENS
from tests.x11.desk import PAPER, Desk, Thing
from tests.x11.screen import wait_until

SAMPLE = SAMPLES / "narrative.json"
REPLY, OTHER_REPLY = "建议1、2的答复", "建议3、4的答复"
CLICKED = "在入口处公示"  # words of the first paragraph of REPLY, …
IN_A_CELL = "夜间平均照度"  # … of the second of OTHER_REPLY, …
ASKED = "志愿管护队伍"  # … of 建议3, …
IN_THE_TITLE = "提案答复"  # … and of the title's last line
PINYIN, SYLLABLES = "测试", "ceshi"
TYPED = "设施编号（2025年第3批）、“二维码”一并"
PAPER_WHITE, MARK = (TOKENS[name][0] for name in ("paper", "paper_mark"))


@pytest.fixture
def case() -> Case:
    """The narrative sample."""
    return load(SAMPLE.read_text(encoding="utf-8"))


def open_sample(desk: Desk) -> None:
    """The narrative sample, on a computer without a printer."""
    desk.screen.run(sys.executable, "-m", "desktop", "import", str(SAMPLE))
    desk.start(CUPS_SERVER=str(desk.screen.folder / "nobody"))
    desk.wait_for("新建提案", focus=True)
    desk.click("2025118")
    desk.wait_for(PAPER)
    wait_until(lambda: CLICKED in on_paper(desk), "the pages")


def on_paper(desk: Desk) -> str:
    """All words of all pages."""
    return "".join(desk.ask("paper"))


def before(words: str, text: str) -> str:
    """What of a text stands before `words`."""
    return text[: text.index(words)]


def ground(desk: Desk, thing: Thing) -> str:
    """The colour most of a thing has on the screen."""
    file = desk.screen.folder / "ground.png"
    desk.screenshot(file)
    whole = QImage(str(file))
    across, down = (range(a, a + n) for a, n in ((thing.x, thing.width), (thing.y, thing.height)))
    ((colour, _),) = Counter(whole.pixel(x, y) for x in across for y in down).most_common(1)
    return f"#{colour & 0xFFFFFF:06x}"


def wait_marked(desk: Desk, words: str) -> None:
    """Until `words` can be seen on the paper, each line of them marked."""

    def marked() -> bool:
        found = desk.printed(words)
        seen = "".join(thing.text for thing in found)
        return seen == words and {ground(desk, thing) for thing in found} == {MARK}

    wait_until(marked, f"“{words}” to be marked on the paper")


def wait_caret(desk: Desk, name: str, text: str) -> None:
    """Until the caret stands in the field `name` behind `text`, of the paragraph it stands in."""
    wait_until(lambda: desk.caret()[0] == name, f"the caret in {name}")
    assert desk.caret()[1].rpartition("\n")[2] == text


def test_it_shows_what_is_typed_and_a_click_on_it_leads_back(desk: Desk, case: Case) -> None:
    open_sample(desk)
    first, second = (reply.paragraphs for reply in case.replies[:2])
    start = before(CLICKED, first[0].text)
    desk.click_paper(CLICKED)
    wait_caret(desk, REPLY, start)
    desk.type_pinyin(SYLLABLES)
    desk.type_hanzi(TYPED)
    wait_until(lambda: start + PINYIN + TYPED + CLICKED in on_paper(desk), "the words on the paper")
    wait_marked(desk, PINYIN + TYPED + CLICKED)
    assert ground(desk, desk.printed("补充说明2")[0]) == PAPER_WHITE, "of another field"

    desk.click_paper(IN_THE_TITLE)
    wait_until(lambda: desk.caret()[0] == "标题", "the caret in the title")
    title = desk.text("标题")
    wait_caret(desk, "标题", before(IN_THE_TITLE, title))
    wait_marked(desk, IN_THE_TITLE)

    desk.key("ctrl+shift+l")
    wait_until(lambda: "办理结果清单" in on_paper(desk), "the result list")
    desk.click_paper(IN_A_CELL)
    wait_caret(desk, OTHER_REPLY, before(IN_A_CELL, second[1].text))
    wait_marked(desk, IN_A_CELL)
    desk.click_paper(ASKED)
    wait_caret(desk, "建议3", before(ASKED, case.proposals[0].suggestions[2].text))
    assert desk.said == "", "the program complains of nothing"


@pytest.mark.usefixtures("office_suite")
def test_it_folds_zooms_and_goes_to_a_pdf(desk: Desk, case: Case, tmp_path: Path) -> None:
    open_sample(desk)
    first, *others = (p.text for reply in case.replies for p in reply.paragraphs)
    desk.click_paper(CLICKED)
    wait_caret(desk, REPLY, before(CLICKED, first))
    desk.key("F6")
    desk.wait_gone(PAPER)
    desk.type_hanzi(TYPED)
    wait_until(lambda: TYPED + CLICKED in desk.text(REPLY), "the words in the reply")
    desk.key("F6")
    wait_until(lambda: TYPED + CLICKED in on_paper(desk), "the words on the paper")
    wait_marked(desk, TYPED)

    (there, *_) = desk.printed(TYPED)
    desk.turn_wheel(there.middle, -3, held="ctrl")
    (here, *_) = desk.printed(TYPED)
    assert here.height > there.height * 1.3
    assert abs(here.middle[1] - there.middle[1]) < here.height, "the paper under the mouse stays"
    desk.turn_wheel(here.middle, 3, held="ctrl")

    desk.key("ctrl+p")
    desk.wait_for("导出 PDF…", focus=True)
    desk.wait_in_view(NO_PRINTER)
    desk.key("Escape")
    desk.wait_gone(NO_PRINTER)
    desk.wait_for(REPLY, focus=True)
    desk.key("ctrl+p")
    desk.wait_for("导出 PDF…", focus=True)  # the window manager has put the dialog in its place
    desk.click("导出 PDF…")
    desk.wait_for("fileNameEdit", text="关于第2025118号提案的答复.pdf", focus=True)
    desk.type(str(tmp_path / "letter.pdf"))
    desk.key("Return")
    desk.wait_for("已导出“letter.pdf”。")
    said = words_of(tmp_path / "letter.pdf")
    assert said == on_paper(desk).replace(" ", ""), "the PDF is what the preview shows"
    for text in (first.replace(CLICKED, TYPED + CLICKED), *others):
        assert text in said
    assert desk.said == "", "the program complains of nothing"


def words_of(pdf: Path) -> str:
    """All that a PDF says, in the order of its pages, without blanks."""
    command = ["pdftotext", str(pdf), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return "".join(text.split())
