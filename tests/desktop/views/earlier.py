"""A window with earlier letters in its library, for the tests of 往年答复."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from pytestqt.qtbot import QtBot

from db.enums import Outcome
from desktop.letter.model import Case, Issue, Paragraph, Proposer, own
from desktop.services.case_list import list_cases
from desktop.services.cases import issue_case, save_case, with_new_keys
from desktop.views.main_window import MainWindow
from tests.cases import plain_case
from tests.desktop.views.hands import settle

SAID = (
    "2023年，我局会同区城管局完成首批口袋公园移交，目前已测算管护经费。",
    "下一步，将按绿地面积核定管护经费，争取列入预算。",
)


def earlier_case(number: str, asked: str, said: tuple[str, ...] = SAID, year: int = 2023) -> Case:
    """A letter of one suggestion, its paragraphs 当年完成 and 明年待落实."""
    case = with_new_keys(plain_case(suggestions=1, general=""))
    proposal = case.proposals[0]
    suggestion = replace(proposal.suggestions[0], text=asked, elaboration="")
    proposal = replace(
        proposal,
        proposal_number=number,
        subject=f"关于{asked}的建议",
        proposers=(Proposer("何静雯"),),
        suggestions=(suggestion,),
    )
    outcomes = (Outcome.DONE, Outcome.PENDING)
    keys = (p.key for p in case.replies[0].paragraphs)
    paragraphs = tuple(map(Paragraph, keys, said, outcomes))
    reply = replace(case.replies[0], paragraphs=paragraphs)
    fields = replace(case.fields, date=own(f"{year}年5月12日"))
    return replace(case, proposals=(proposal,), replies=(reply,), fields=fields)


PARKS = earlier_case("2023118", "明确口袋公园管护责任主体，核定管护经费")
BUSES = earlier_case("2022031", "增开夜间公交线路", ("已增开三条夜间公交线路。",), 2022)


def earlier_letters() -> list[Case]:
    """Letters of several years about parks, for pictures."""
    last = "下一步，我局将加强日常巡查，确保各项管护措施落地见效。"
    return [
        earlier_case(
            "2023104",
            "明确口袋公园管护责任主体，消除移交空档",
            (
                "2023年，我局会同区城管局完成首批28处口袋公园移交，根据《云塘区小微绿地移交管护办法"
                "（试行）》（云园〔2023〕12号），管护责任单位已在园内公示。截至6月底，移交空档基本消除。",
                last,
            ),
        ),
        earlier_case(
            "2022061",
            "按绿地面积和游人数量核定口袋公园管护经费",
            ("今年已按三档标准核定管护经费，列入2022年部门预算，感谢何静雯委员的建议。", last),
            2022,
        ),
        earlier_case(
            "2021033", "完善小微绿地日常管护", ("已建立巡查台账，明确保洁频次。", last), 2021
        ),
        BUSES,
    ]


def with_earlier(window: MainWindow, qtbot: QtBot, *cases: Case) -> None:
    """Store `cases`, and wait until the window knows them."""
    for case in cases or (PARKS, BUSES):
        save_case(None, case)
    issue_case((cases or (PARKS,))[0].key, Issue(date(2023, 5, 12)))
    window.earlier.begin()
    window.sidebar.set_rows(list_cases())
    in_step(window, qtbot)


def in_step(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until the index knows the library."""
    with qtbot.waitSignal(window.earlier.keeping.fresh, timeout=5000):
        window.earlier.keeping.refresh()
    answered(window, qtbot)


def answered(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until what was asked is shown."""
    earlier = window.earlier
    until(qtbot, lambda: not (earlier._soon.isActive() or earlier.answer.busy))


def until(qtbot: QtBot, there: Callable[[], bool]) -> None:
    """Wait for it, and let it be shown."""
    qtbot.waitUntil(there, timeout=5000)
    settle()
