"""常用语 and 文件依据 collect from the letters, and complete what is typed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from db.recurring import policies, sentences
from db.search import SearchIndex
from desktop.letter.model import Case, Paragraph
from desktop.services import phrases as collected
from desktop.services.cases import with_new_keys
from desktop.services.phrases import completions
from desktop.services.search_index import entry, search_index
from tests.bench.measure import milliseconds, p95
from tests.cases import plain_case
from tests.prose import Prose

LAW = "《某市绿化条例》（某府〔2020〕7号）"


def saying(*texts: str) -> Case:
    case = with_new_keys(plain_case(suggestions=1, general=""))
    said = tuple(Paragraph(f"{case.key}{n}", text) for n, text in enumerate(texts))
    return replace(case, replies=(replace(case.replies[0], paragraphs=said),))


@pytest.fixture
def index(tmp_path: Path) -> Iterator[SearchIndex]:
    with search_index(tmp_path) as index:
        with index.writing():
            index.begin("library")
        yield index


def take(index: SearchIndex, *cases: Case) -> None:
    with index.writing():
        for case in cases:
            index.take(*entry(case, 1))


def test_what_more_than_one_letter_says_is_a_phrase(index: SearchIndex) -> None:
    first = saying("我局高度重视。我局高度重视。只说过一次。", "投入3万元。")
    second = saying("经研究，我局高度重视！我局高度重视。", "投入3万元。")
    third = saying("我局高度关注。我局高度重视。")
    take(index, first, second, third, saying("我局高度关注。"))
    assert collected.phrases(index) == [("我局高度重视。", 3), ("我局高度关注。", 2)]
    take(index, saying("别的。"), replace(third, replies=()))
    assert collected.phrases(index) == [("我局高度重视。", 2)]
    with index.writing():
        index.drop(first.key)
    assert collected.phrases(index) == []


def test_a_sentence_completes(index: SearchIndex) -> None:
    take(index, *(saying("感谢您对我局的支持。感谢您的关心。") for _ in range(3)))
    take(index, *(saying("感谢您的关心。") for _ in range(2)))
    found = completions(index, "各项工作已经完成。感谢您")
    assert [(one.text, one.count) for one in found] == [
        ("感谢您的关心。", 5),
        ("感谢您对我局的支持。", 3),
    ]
    assert all(one.typed == 3 for one in found)
    for before in ("", "感", "完成。", "感谢您的关心。", "没有人这么写"):
        assert completions(index, before) == [], before
    assert completions(index, "感谢您的关心") != []


def test_a_title_completes_with_its_number(index: SearchIndex) -> None:
    take(index, *(saying(f"根据{LAW}和《某市绿化规划》执行。") for _ in range(2)))
    take(index, saying("按照《某市绿化规划》办。"))
    found = completions(index, "根据《某市绿")
    assert [one.text for one in found] == ["《某市绿化规划》", LAW]
    assert {one.typed for one in found} == {4}
    (number,) = completions(index, "根据《某市绿化条例》")
    assert (number.text, number.typed, number.count) == ("（某府〔2020〕7号）", 0, 2)
    assert collected.policies(index) == [
        ("某市绿化规划", "", 3),
        ("某市绿化条例", "某府〔2020〕7号", 2),
    ]


def test_a_title_is_found_by_any_part_of_it(index: SearchIndex) -> None:
    take(index, *(saying("依照《某州市消防安全条例》办理。") for _ in range(3)))
    take(index, saying("依照《消防水源管理办法》办理。"))
    found = completions(index, "根据《消防")
    assert [one.text for one in found] == ["《消防水源管理办法》", "《某州市消防安全条例》"]


def test_what_is_cited() -> None:
    text = f"{LAW}、《关于转发〈某某〉的通知》(国发[2019]3号)；《关于公园的建议》，《甲》，"
    text += "《乙丙》（试行）"
    assert policies(text) == [
        ("某市绿化条例", "某府〔2020〕7号"),
        ("关于转发〈某某〉的通知", "国发[2019]3号"),
        ("乙丙", ""),
    ]


def test_what_a_sentence_is() -> None:
    text = "一是完成清淤；二是建立台账。投入8万元。好的。　下一步，继续推进！\n没有句号"
    assert sentences(text) == ["一是完成清淤；", "二是建立台账。", "下一步，继续推进！"]


def test_completing_is_quick(index: SearchIndex) -> None:
    take(index, *Prose(4).cases(150))
    common, _ = collected.phrases(index, 1)[0]
    title = collected.policies(index, 1)[0][0]
    befores = [common[: 2 + n % 4] for n in range(20)] + [f"根据《{title[:n]}" for n in range(5)]
    assert all(completions(index, before) for before in befores)
    times = [milliseconds(lambda b=before: completions(index, b)) for before in befores * 4]
    assert p95(times) < 5
