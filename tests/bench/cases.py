"""The cases that are measured, and a library full of them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from desktop.bookmark import Bookmark, write_bookmark
from desktop.letter.case_file import load
from desktop.letter.model import Case, Office, Paragraph, Proposal, Proposer, Reply, Suggestion
from desktop.letter.reader import Reading
from desktop.services.cases import store, with_new_keys
from desktop.services.library import library
from tests.bench.measure import ROOT

TODAY = date(2025, 11, 21)
CASES = 2000
SENTENCE = "已会同区城管局核定管护经费，按绿地面积和人流安排保洁，并向社会公开结果。"


def sample() -> Case:
    """The shipped narrative sample."""
    return load((ROOT / "resources/samples/narrative.json").read_text(encoding="utf-8"))


def of_thirty(key: str) -> Case:
    """30 suggestions with elaborations, each answered in two or three paragraphs."""
    numbers = range(1, 31)
    return _case(
        key,
        [
            Suggestion(f"{key}s{n}", str(n), f"第{n}条，{SENTENCE}", f"{SENTENCE * 3}\n{SENTENCE}")
            for n in numbers
        ],
        [[SENTENCE * (n % 4 + 3)] * (2 + n % 2) for n in numbers],
    )


def of_twenty_pages(key: str) -> Case:
    """8 suggestions, each answered at length: a letter of some 20 pages."""
    asked = [Suggestion(f"{key}s{n}", str(n), SENTENCE, SENTENCE * 3) for n in range(1, 9)]
    return _case(key, asked, [[SENTENCE * (n % 3 + 3) for n in range(8)]] * 8)


def long_reply(key: str, paragraphs: int) -> Case:
    """One reply of 30,000 characters in so many paragraphs."""
    length = 30_000 // paragraphs
    text = (SENTENCE * (length // len(SENTENCE) + 1))[:length]
    return _case(key, [Suggestion(f"{key}s1", "1", SENTENCE)], [[text] * paragraphs])


def _case(key: str, suggestions: list[Suggestion], texts: list[list[str]]) -> Case:
    proposal = Proposal(
        f"{key}p",
        proposal_number=key,
        subject="关于完善口袋公园管护机制的建议",
        proposers=(Proposer("周明远"),),
        suggestions=tuple(suggestions),
    )
    replies = tuple(
        Reply(
            f"{key}r{n}",
            (suggestion.key,),
            tuple(Paragraph(f"{key}r{n}p{m}", text) for m, text in enumerate(said)),
        )
        for n, (suggestion, said) in enumerate(zip(suggestions, texts, strict=True))
    )
    office = Office("某区城市管理局", "区城管局")
    return Case(key, office=office, proposals=(proposal,), replies=replies)


def fill(folder: Path) -> str:
    """Make a library of 2,000 cases, the last one left open; returns the number of another."""
    pattern = sample()
    with library(folder):
        for number in range(CASES):
            case = with_new_keys(pattern)
            proposal = replace(case.proposals[0], proposal_number=f"2025{number:04}")
            store(Reading(replace(case, proposals=(proposal,))))
    write_bookmark(folder, Bookmark(case.key, "replies"))
    return "20251000"
