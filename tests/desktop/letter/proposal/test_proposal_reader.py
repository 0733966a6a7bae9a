"""Proposals of the genre are read as they are meant, and no character of one is lost."""

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.enums import ProposalKind
from desktop.letter.clean import for_matching, without_white
from desktop.letter.model import Proposer
from desktop.letter.pages.page import Page, PageLine, read_text
from desktop.letter.proposal.cutting import Cutting, Part
from desktop.letter.proposal.document_kind import DocumentKind
from desktop.letter.proposal.ordinals import ordinal_at
from desktop.letter.proposal.proposal_reader import ProposalReading, proposal_json, read_proposal
from tests.conftest import DATA

PROPOSALS = sorted((DATA / "proposals").glob("*.txt"))
PREFIX = re.compile(r"补充说明\d?[：:]")
REPLY = """云泽区民政局
关于区政协九届三次会议第0147号提案的答复
沈砚秋委员：
您提出的《关于推进云泽区社区食堂可持续运营的提案》收悉。经会同区财政局研究，现答复如下：
一、关于统一规划布点的建议。我局已摸清全区公有闲置房屋底数。
二、关于建立分档补贴的建议。补贴办法正在征求意见。
感谢您对我区养老工作的关心。
云泽区民政局
2025年5月20日
"""
OPINION = """关于区政协九届三次会议第0147号提案的会办意见
区民政局：
贵局转来的沈砚秋委员提出的《关于推进云泽区社区食堂可持续运营的提案》收悉，现提出会办意见如下：
补贴资金已列入部门预算。
云泽区财政局
2025年4月2日
"""


def read(text: str) -> ProposalReading:
    return read_proposal(read_text(text))


def text_of(name: str) -> str:
    return (DATA / "proposals" / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PROPOSALS, ids=lambda path: path.stem)
def test_a_proposal_is_read_as_it_is_meant(path: Path) -> None:
    reading = read(path.read_text(encoding="utf-8"))
    found = proposal_json(reading)
    suggestions: Any = found["suggestions"]
    for suggestion in suggestions:
        del suggestion["spans"]
    assert found.pop("letter") is None
    assert found == json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    conserved(reading.cutting)


def conserved(cutting: Cutting) -> None:
    """Every character is in one piece, and what a piece says is what its card says."""
    ends = [0, *(piece.end for piece in cutting.pieces)]
    assert [piece.start for piece in cutting.pieces] == ends[:-1]
    assert ends[-1] == len(cutting.source)
    assert all(piece.start < piece.end for piece in cutting.pieces)
    spans = [(p.start, p.end) for p in cutting.pieces if p.part is not Part.LEFT_OUT]
    written = [span for span in spans if cutting.source[span[0] : span[1]].strip()]
    assert [span for card in cutting.cards() for span in card.spans] == written
    for card in cutting.cards():
        (start, end), *others = card.spans
        words = without_white(cutting.source[start:end])
        text = without_white(card.text)
        assert words.endswith(text)
        before = for_matching(words.removesuffix(text))
        assert not before or ordinal_at(f"{before} ")
        explained = "".join(cutting.source[start:end] for start, end in others)
        assert without_white(PREFIX.sub("", explained)) == without_white(card.elaboration)


def test_every_suggestion_knows_its_place_in_the_original() -> None:
    reading = read(text_of("food-halls"))
    source, (first, second, third) = reading.cutting.source, reading.cards()
    assert source[slice(*first.spans[0])] == "（一）统一规划布点。"
    assert source[slice(*first.spans[1])].endswith("1.先摸清底数；\n2.再逐年补齐。\n")
    assert source[slice(*third.spans[0])] == "（三）引入社会餐饮企业参与运营，允许对外营业。\n"
    assert second.spans[0][0] == first.spans[1][1]


def test_facts_know_their_place_too() -> None:
    reading = read(text_of("two-line-title"))
    facts = reading.facts
    assert facts
    assert facts.subject
    assert facts.number
    source = reading.cutting.source
    assert source[facts.number.start : facts.number.end] == "J019"
    printed = source[facts.subject.start : facts.subject.end]
    assert "".join(printed.split()) == facts.subject.value


def test_names_and_session_stay_as_printed() -> None:
    text = (
        "關於加裝電梯的提案\n屆次：海嶼縣政協五屆二次會議\n"
        "提案人：顧 清、陳書遠\n建議：\n1.補助資金。\n2.簡化手續。\n"
    )
    facts = read(text).facts
    assert [told.value for told in facts.proposers] == ["顧清", "陳書遠"]
    assert [text[told.start : told.end] for told in facts.proposers] == ["顧 清", "陳書遠"]
    assert facts.session
    assert facts.session.value == "海嶼縣政協五屆二次會議"


def test_a_reading_becomes_a_proposal_of_a_case() -> None:
    proposal = read(text_of("signed-below")).proposal("k")
    assert proposal.kind is ProposalKind.CPPCC
    assert proposal.proposers == (Proposer("温书言"), Proposer("九三学社望江区委", body=True))
    assert [s.label for s in proposal.suggestions] == ["1", "2", "3"]
    assert len({s.key for s in proposal.suggestions}) == 3
    assert proposal == read(text_of("signed-below")).proposal("k")


def test_a_section_after_numbered_suggestions_is_none_of_theirs() -> None:
    text = "一、情况\n暗。\n二、建议\n建议1：加灯。\n建议2：换灯。\n说明。\n三、结语\n谢谢。\n"
    assert [(c.text, c.elaboration) for c in read(text).cards()] == [
        ("加灯。", ""),
        ("换灯。", "说明。"),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (REPLY, DocumentKind.REPLY),
        (OPINION, DocumentKind.OPINION),
        ("何静代表您好：\n校门口的斑马线已经补划。\n", DocumentKind.REPLY),
        (REPLY.replace("您提出", "您 提 出").replace("收悉", "收 悉"), DocumentKind.REPLY),
        ("", DocumentKind.OTHER),
        ("关于召开年度工作会议的通知\n各科室：\n请准时参加。\n一、时间\n", DocumentKind.OTHER),
        (
            "青禾县2024年农业工作总结\n一、基本情况\n二、工作建议\n1.加强培训。\n",
            DocumentKind.OTHER,
        ),
        ("今天天气很好。\n", DocumentKind.OTHER),
        ("路灯太暗。\n为此建议：\n1.增加路灯。\n2.更换灯具。", DocumentKind.PROPOSAL),
    ],
)
def test_what_kind_of_file_it_is(text: str, kind: DocumentKind) -> None:
    reading = read(text)
    assert reading.verdict.kind is kind
    assert bool(reading.cards()) == (kind is DocumentKind.PROPOSAL)
    conserved(reading.cutting)


@pytest.mark.parametrize("before", ["", "附：提案原文\n", "附件：\n"])
def test_a_letter_with_its_proposal_behind_it(before: str) -> None:
    proposal = text_of("food-halls")
    title = "关于推进云泽区社区食堂可持续运营的提案\n"
    behind = f"{before}{title}{proposal.partition('社会保障界')[2]}"
    reading = read(REPLY + behind)
    assert reading.verdict.kind is DocumentKind.BOTH
    own = before if before.startswith("附：") else ""
    place = len(REPLY) + len(before) - len(own)
    assert reading.verdict.letter == (0, place)
    assert reading.verdict.proposal == (place, len(REPLY) + len(behind))
    assert [card.label for card in reading.cards()] == ["一", "二", "三"]
    conserved(reading.cutting)


@pytest.mark.parametrize("name", ["food-halls", "pocket-parks", "signed-below", "nested", "spoken"])
def test_a_proposal_with_its_letter_behind_it(name: str) -> None:
    proposal = text_of(name)
    reading = read(proposal + REPLY)
    assert reading.verdict.kind is DocumentKind.BOTH
    assert reading.verdict.proposal == (0, len(proposal))
    assert reading.verdict.letter == (len(proposal), len(proposal) + len(REPLY))
    alone = [(c.label, c.text, c.elaboration) for c in read(proposal).cards()]
    assert [(c.label, c.text, c.elaboration) for c in reading.cards()] == alone


def test_the_attachments_a_letter_names_are_no_proposal() -> None:
    text = REPLY.replace("云泽区民政局\n2025", "附件：云泽区社区食堂补贴方案\n云泽区民政局\n2025")
    assert read(text).verdict.kind is DocumentKind.REPLY


LINES = st.sampled_from(
    [line for path in PROPOSALS[::3] for line in path.read_text(encoding="utf-8").split("\n")]
)
ODD = st.text(alphabet="一二三是、，；：建议1.（）(),甲乙。 \u3000\t|①第附案由", max_size=30)


@settings(max_examples=150)
@given(st.lists(LINES | ODD, max_size=25), st.sampled_from(["\n", "", " ", "\n\n \n"]))
def test_no_arrangement_of_lines_loses_a_character(lines: list[str], between: str) -> None:
    source = between.join(lines)
    reading = read_proposal(Page(tuple(PageLine(line) for line in source.split("\n"))))
    assert reading.cutting.source == source
    conserved(reading.cutting)
    json.dumps(proposal_json(reading))


@settings(max_examples=60)
@given(st.sampled_from(PROPOSALS), st.data())
def test_blank_lines_and_indents_change_nothing(path: Path, data: st.DataObject) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    blanks = st.sampled_from(["", "\n", "\n\u3000\u3000", "\n \n  "])
    varied = lines[0] + "".join(f"\n{data.draw(blanks)}{line}" for line in lines[1:])
    found, wanted = proposal_json(read(varied)), proposal_json(read("\n".join(lines)))
    for one in (found, wanted):
        one["suggestions"] = [
            (s["label"], s["text"], s["elaboration"])
            for s in one["suggestions"]  # type: ignore[attr-defined]
        ]
    assert found == wanted


@pytest.mark.parametrize(
    "unit",
    [
        "一、",
        "建议：1.甲。",
        "案由：",
        "提案人 ",
        "。为此建议",
        "（（",
        "关于的",
        "| ",
        "某某委员：收悉",
        " ",
    ],
)
def test_time_grows_with_a_text_made_to_be_slow_and_no_faster(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        page = Page(tuple(PageLine(line) for line in text.split("\n")))
        start = time.perf_counter()
        proposal_json(read_proposal(page))
        return time.perf_counter() - start

    assert seconds(240_000) < 10 * seconds(60_000) + 0.5
