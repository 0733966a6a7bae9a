"""Find and replace (查找替换) in the suggestions and replies of a case."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from desktop.letter.clean import clean_text
from desktop.letter.model import Case, Reply, Suggestion

Part = Literal["paragraph", "text", "elaboration"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the words stand: the paragraph's or suggestion's key, and the characters."""

    key: str
    part: Part
    start: int
    length: int


def find(case: Case, words: str) -> tuple[Hit, ...]:
    """Every place of `words` in the order of the page; Latin letters match in either case."""
    if not words:
        return ()
    pattern = _pattern(words)
    return tuple(
        Hit(key, part, match.start(), len(words))
        for key, part, text in _texts(case)
        for match in pattern.finditer(text)
    )


def replace_all(
    case: Case, words: str, by: str, *, paragraphs_only: bool = True
) -> tuple[Case, int]:
    """The case with `words` replaced, and how often; the proposer's words only if asked for."""
    hits = [hit for hit in find(case, words) if hit.part == "paragraph" or not paragraphs_only]
    return _replaced(case, hits, by), len(hits)


def replace_hit(case: Case, hit: Hit, by: str) -> tuple[Case, int]:
    """The case with this one place replaced, and how often: 0 where the text is gone."""
    for key, part, text in _texts(case):
        if (key, part) == (hit.key, hit.part) and hit.start + hit.length <= len(text):
            return _replaced(case, [hit], by), 1
    return case, 0


def _replaced(case: Case, hits: Iterable[Hit], by: str) -> Case:
    by = clean_text(by).replace("\n", "")
    places: dict[tuple[str, Part], list[Hit]] = {}
    for hit in hits:
        places.setdefault((hit.key, hit.part), []).append(hit)
    if not places:
        return case

    def changed(key: str, part: Part, text: str) -> str:
        for hit in reversed(places.get((key, part), ())):  # from the end: the places stay right
            text = text[: hit.start] + by + text[hit.start + hit.length :]
        return text

    def suggestion(s: Suggestion) -> Suggestion:
        text, elaboration = (
            changed(s.key, "text", s.text),
            changed(s.key, "elaboration", s.elaboration),
        )
        return replace(s, text=text, elaboration=elaboration)

    def reply(r: Reply) -> Reply:
        return replace(
            r,
            paragraphs=tuple(
                replace(p, text=changed(p.key, "paragraph", p.text)) for p in r.paragraphs
            ),
        )

    return replace(
        case,
        proposals=tuple(
            replace(p, suggestions=tuple(suggestion(s) for s in p.suggestions))
            for p in case.proposals
        ),
        replies=tuple(reply(r) for r in case.replies),
    )


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(re.escape(words), re.ASCII | re.IGNORECASE)


def _texts(case: Case) -> Iterator[tuple[str, Part, str]]:
    suggestions: dict[str, Suggestion] = {s.key: s for s in case.suggestions()}
    for reply in case.replies:
        for key in reply.suggestions:
            yield key, "text", suggestions[key].text
            yield key, "elaboration", suggestions[key].elaboration
        for paragraph in reply.paragraphs:
            yield paragraph.key, "paragraph", paragraph.text
