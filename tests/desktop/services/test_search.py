"""往年答复, search: what is found is what holds the words, and the best comes first."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from db.bigrams import alike, pattern
from db.enums import Outcome, PassageKind
from db.search import Card, SearchIndex
from desktop.letter.model import Case, Issue, Paragraph, Proposer, own
from desktop.services.cases import with_new_keys
from desktop.services.search import Wanted, cards_with, search
from desktop.services.search_index import entry, search_index
from tests.cases import plain_case
from tests.conftest import TODAY
from tests.prose import Prose


@pytest.fixture
def index(tmp_path: Path) -> Iterator[SearchIndex]:
    with search_index(tmp_path) as index:
        with index.writing():
            index.begin("library")
        yield index


def take(index: SearchIndex, *cases: Case) -> list[tuple[Card, ...]]:
    """Take cases in as if they had been read from a library; returns their cards."""
    taken = [entry(case, 1) for case in cases]
    with index.writing():
        for letter, cards in taken:
            index.take(letter, cards)
    return [cards for _, cards in taken]


def one(text: str, asked: str = "加强公园管护。", **settings: object) -> Case:
    """A case of one suggestion and one paragraph."""
    case = with_new_keys(plain_case(suggestions=1, general=""))
    reply = replace(case.replies[0], paragraphs=(Paragraph(f"p{case.key}", text),))
    wanted = replace(case.proposals[0].suggestions[0], text=asked, elaboration="")
    proposal = replace(case.proposals[0], suggestions=(wanted,))
    return replace(case, proposals=(proposal,), replies=(reply,), **settings)  # type: ignore[arg-type]


def nameless(case: Case) -> Case:
    """The case without number, 案由 and proposers, which are found as well."""
    (proposal,) = case.proposals
    bare = replace(proposal, proposal_number="", subject="", proposers=())
    return replace(case, proposals=(bare,))


def dated(day: str) -> object:
    return replace(plain_case().fields, date=own(day))


def texts(card: Card) -> str:
    return "\x1e".join(passage.text for passage in card.passages)


def test_search_equals_substring_truth(index: SearchIndex, request: pytest.FixtureRequest) -> None:
    """Queries of 1 to 8 characters, cut out of the text by chance; a third is then spoilt."""
    long = request.config.getoption("long")
    paragraphs, queries = (20_000, 1000) if long else (3000, 250)
    cases = Prose(7).cases(paragraphs // 9)
    cards = [card for of_case in take(index, *cases) for card in of_case]
    words = {card.reply: texts(card) for card in cards}
    chance, every, found_any = random.Random(11), list(words.values()), 0
    for number in range(queries):
        text = chance.choice(every)
        length = 1 + number % 8
        start = chance.randrange(len(text) - length)
        word = "".join(text[start : start + length].replace("\x1e", "").split()) or "的"
        if number % 3 == 0:
            word = word[:-1] + chance.choice(chance.choice(every)).strip("\x1e \n") or word
        with index.reading():
            found = {card.reply for _, card in cards_with(index, [word])}
        assert found == {reply for reply, text in words.items() if alike(word) in alike(text)}
        found_any += bool(found)
    assert queries // 2 < found_any < queries


ODD = [
    "2024年投入1.5亿元，完成率99.5%，详见（府〔2024〕118号）。",
    "PM2.5浓度下降，GDP增长；App“随手拍”上线，wifi覆盖ＷＩＦＩ。",
    "𠮷野村、㐂来路与𪚥桥头，䶮山〇八队。",
    "全角数字１２３，半角123，①②③，Ⅷ期工程，℃和㎡。",
    "连写——破折号……省略号·阿依曼·塔合尔 ​ 王　小明",
    "*通配符* \"引号\" ^ NEAR( AND OR NOT -号 {a b} 'x' \\ / %_",
    "a",
    "哈哈哈哈",
    "\ue000私用区\U0010fffd，café naïve Ångström ß ﬁ İı",
    "第一行\n第二行\t制表",
    "记录\x1e分隔\x1f符",
]


def test_every_character_counts(index: SearchIndex) -> None:
    """Every piece of texts full of figures, Latin, Ext-B, marks, and of query language."""
    cases = [nameless(one(text, "甲")) for text in ODD]
    take(index, *cases)
    pieces = {
        piece
        for text in ODD
        for start in range(len(text))
        for end in range(start + 1, min(start + 5, len(text)) + 1)
        if (piece := text[start:end]) and not any(map(str.isspace, piece))
    }
    for piece in sorted(pieces):
        found = {row.case for row in search(index, piece, limit=99)}
        alike = pattern([piece])
        assert found == {
            case.key for case, text in zip(cases, ODD, strict=True) if alike.search(text)
        }, piece


def test_case_and_width_of_latin_and_figures_do_not_matter(index: SearchIndex) -> None:
    take(index, one("ＷｉＦｉ６覆盖12３处。"))
    for word in ("wifi6", "WIFI", "ｗｉｆｉ６", "123", "１２3处", "1", "w"):
        (row,) = search(index, word)
        assert [row.said[0].text[a:b].lower() for a, b in row.said[0].spans], word
    assert not search(index, "ｗｉｆｉ7")


def test_several_words_must_all_be_there_anywhere_in_the_reply(index: SearchIndex) -> None:
    case = one("已完成雨水口清淤。", "解决积水问题。")
    take(index, case, one("积水点整治。"), one("雨水口改造。"))
    (row,) = search(index, " 积水　雨水口 ")
    assert row.case == case.key
    assert row.asked[0].spans == ((2, 4),)
    assert row.said[0].spans == ((3, 6),)
    assert search(index, "积水 没有的词") == []
    assert search(index, "   ") == []
    assert search(index, "积水", limit=0) == []


def test_the_best_come_first(index: SearchIndex) -> None:
    older = one("公园路灯维修。", "维修路灯。", fields=dated("2019年5月6日"))
    said = one("公园路灯维修。", fields=dated("2023年5月6日"))
    newer = one("公园路灯维修。", fields=dated("2023年11月6日"))
    by_number = one("公园路灯维修。")  # 2025118
    apart = one("维修公园的路灯。", "路灯要维修。")
    take(index, newer, by_number, older, said, apart)
    both, rest = [apart.key, older.key], [by_number.key, newer.key, said.key]
    assert [row.case for row in search(index, "路灯")] == both + rest
    assert [row.case for row in search(index, "路灯 维修")] == [older.key, *rest, apart.key]
    assert [row.year for row in search(index, "路灯")] == [2025, 2019, 2025, 2023, 2023]


def test_what_a_row_says(index: SearchIndex, narrative_sample: Case) -> None:
    issued = replace(narrative_sample, issue=Issue(TODAY, "张某"))
    take(index, issued)
    row = search(index, "管护责任书")[0]
    assert (row.case, row.proposal_number) == (issued.key, "2025118")
    assert row.subject == issued.proposals[0].subject
    assert row.proposer.split("、") == [p.name for p in issued.proposals[0].proposers]
    assert (row.year, row.day, row.issued) == (TODAY.year, TODAY, True)
    assert [p.kind for p in row.asked[:2]] == [PassageKind.SUGGESTION, PassageKind.ELABORATION]
    reply = next(r for r in issued.replies if r.key == row.reply)
    assert [(p.key, p.text, p.outcome) for p in row.said] == [
        (p.key, p.text, p.outcome) for p in reply.paragraphs
    ]
    assert row.outcomes == tuple(dict.fromkeys(p.outcome for p in reply.paragraphs if p.outcome))
    assert any(
        passage.text[start:end] == "管护责任书"
        for passage in row.said
        for start, end in passage.spans
    )


def test_filters(index: SearchIndex) -> None:
    case = one("绿道贯通。", fields=dated("2021年3月4日"))
    paragraph = replace(case.replies[0].paragraphs[0], outcome=Outcome.PENDING)
    case = replace(case, replies=(replace(case.replies[0], paragraphs=(paragraph,)),))
    proposal = replace(case.proposals[0], proposers=(Proposer("何静"), Proposer("周明远")))
    case = replace(case, proposals=(proposal,), lead_unit="某区水务局")
    take(index, case, one("绿道贯通。"))
    assert len(search(index, "绿道")) == 2
    for wanted in (
        Wanted(year=2021),
        Wanted(proposer="何静"),
        Wanted(unit="水务"),
        Wanted(outcome=Outcome.PENDING),
        Wanted(2021, "周明", "城市更新局", Outcome.PENDING),
    ):
        assert [row.case for row in search(index, "绿道", wanted)] == [case.key], wanted
    assert search(index, "绿道", Wanted(2020)) == []
    assert search(index, "绿道", Wanted(outcome=Outcome.DONE)) == []


def test_a_common_word_is_looked_for_among_the_newest_first(index: SearchIndex) -> None:
    """And a rare one is found wherever it is, though nothing newer holds it."""
    old = one("旧档里的甪直镇。", fields=dated("2015年1月1日"))
    take(index, old, *(one("全区绿化工作。", fields=dated("2024年1月1日")) for _ in range(200)))
    assert [row.case for row in search(index, "甪")] == [old.key]
    assert {row.year for row in search(index, "绿")} == {2024}
    assert len(search(index, "绿", limit=500)) == 200


def numbered(case: Case, number: str, subject: str, proposer: str) -> Case:
    (proposal,) = case.proposals
    facts = {"proposal_number": number, "subject": subject, "proposers": (Proposer(proposer),)}
    return replace(case, proposals=(replace(proposal, **facts),))  # type: ignore[arg-type]


def test_a_letter_is_found_by_what_it_bears_last(index: SearchIndex) -> None:
    """Number, 案由, proposer; together with its words, and behind what says the word itself."""
    theirs = numbered(one("已增设站点。"), "2022061", "关于夜间公交的建议", "何静雯")
    other = numbered(one("夜间公交已增开。"), "2022031", "关于路灯的建议", "周明远")
    take(index, theirs, other)
    assert [row.case for row in search(index, "2022061")] == [theirs.key]
    assert [row.case for row in search(index, "第2022061号")] == [theirs.key], "as it is shown"
    assert [row.case for row in search(index, "何静雯")] == [theirs.key]
    assert [row.case for row in search(index, "何静雯 站点")] == [theirs.key]
    assert [row.case for row in search(index, "夜间公交")] == [other.key, theirs.key]
    assert search(index, "何静雯 路灯") == []
    assert search(index, "何静雯", Wanted(proposer="周")) == []
    assert search(index, "2022061", without=theirs.key) == []


def test_a_filter_alone_finds_the_newest_first(index: SearchIndex) -> None:
    cases = [one("甲。", fields=dated(f"202{n}年3月4日")) for n in range(3)]
    other = numbered(one("乙。"), "7", "关于乙的建议", "何静雯")
    take(index, *cases, other)
    mine = Wanted(proposer=cases[0].proposals[0].proposers[0].name)
    assert [row.case for row in search(index, "", mine)] == [case.key for case in reversed(cases)]
    assert search(index, "") == []


def test_no_case_is_found_beside_itself(index: SearchIndex) -> None:
    cases = [one("绿道贯通。") for _ in range(5)]
    take(index, *cases)
    found = search(index, "绿道", limit=4, without=cases[2].key)
    assert {row.case for row in found} == {case.key for case in cases if case is not cases[2]}


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("管護經費", "管护经费"),
        ("管护", "管護"),
        ('"十四五"', "“十四五”"),
        ("「十四五」", '"十四五"'),
        ("(2023)12号", "〔2023〕12号"),
        ("2021-2023", "2021—2023"),
        ("wifi7", "ＷＩＦＩ７"),
    ],
)
def test_forms_of_a_character_count_as_the_same(index: SearchIndex, word: str, text: str) -> None:
    take(index, nameless(one(f"已将𠮷{text}列入。")))
    (row,) = search(index, word)
    assert row.said[0].spans == ((3, 3 + len(text)),)


@pytest.mark.parametrize("words", ["雨水口，积水", "雨水口、积水", "雨水口；积水", "雨水口/积水"])
def test_what_nothing_holds_is_parted_at_its_marks(index: SearchIndex, words: str) -> None:
    case = one("已完成雨水口清淤。", "解决积水问题。")
    take(index, case, one("积水点整治。"))
    assert [row.case for row in search(index, words)] == [case.key]
    whole = one("雨水口、积水点整治。")
    take(index, whole)
    assert [row.case for row in search(index, "雨水口、积水")] == [whole.key]
