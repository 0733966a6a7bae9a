"""The body of a letter → suggestions and replies: 清单式, numbered 叙述式, or plain paragraphs."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from db.enums import Form, Outcome
from desktop.letter.foreign.view import as_matched
from desktop.letter.keys import derived_key
from desktop.letter.model import Paragraph, Reply, Suggestion
from desktop.letter.numerals import arabic
from desktop.letter.pages.page import PageLine
from desktop.letter.result_list import GENERAL_LABEL, OUTCOME_LABELS, TABLE_LABEL

_LABELS = r"[\d一二三四五六七八九十]{1,3}(?:、[\d一二三四五六七八九十]{1,3})*"
_REPLY = re.compile(
    rf"(?:（(\d+)）|([一二三四五六七八九十]+)、)?建议({_LABELS})及其?(?:答复|会办意见)"
)
_RELATED = re.compile(r"(?:1、|（一）)?相关建议")
_ANSWER = re.compile(r"(?:2、|（二）)?(?:答复|会办意见)")
_SUGGESTION = re.compile(r"建议([\d一二三四五六七八九十]{1,3})[：:]\s*")
_ELABORATION = re.compile(r"补充说明([\d一二三四五六七八九十]{0,3})[：:]\s*")
_BEFORE_REPLIES = ("提案建议及答复", "建议事项及答复")
_ROW = re.compile(rf"建议({_LABELS})")
_OUTCOMES = {label: outcome for outcome, label in OUTCOME_LABELS.items()}
_CONCLUDES = re.compile(r"是一项|系统工程|综上|总之|总的来看|共同努力|通力合作")
_COMMON = 4  # characters a concluding paragraph shares with the subject


@dataclass
class Part:
    """One reply as read: its suggestions as (label, text, elaboration), its marked paragraphs."""

    suggestions: list[list[str]] = field(default_factory=list)
    paragraphs: list[tuple[str, Outcome | None]] = field(default_factory=list)


@dataclass
class Body:
    """What a body holds; the part without suggestions, if any, is the last."""

    form: Form
    wording: str
    parts: list[Part]
    after: list[str] = field(default_factory=list)  # lines under the table

    def keyed(self, key: str) -> tuple[tuple[Suggestion, ...], tuple[Reply, ...]]:
        """Suggestions and replies with keys derived from the case's `key`, place and text."""
        suggestions: list[Suggestion] = []
        replies: list[Reply] = []
        for n, part in enumerate(self.parts):
            place = f"reply {n}"
            mine = [
                Suggestion(derived_key(key, place, str(i), label, text), label, text, elaboration)
                for i, (label, text, elaboration) in enumerate(part.suggestions)
            ]
            suggestions += mine
            paragraphs = tuple(
                Paragraph(derived_key(key, place, f"paragraph {i}", text), text, outcome)
                for i, (text, outcome) in enumerate(part.paragraphs)
            )
            reply_key = derived_key(key, place, *(s.label for s in mine))
            replies.append(Reply(reply_key, tuple(s.key for s in mine), paragraphs))
        return tuple(suggestions), tuple(replies)


def read_body(lines: Sequence[PageLine], subject: str) -> Body:
    """The body between opening and closing; `subject` tells a concluding paragraph."""
    texts = [(as_matched(line.text), line.text) for line in lines]
    if sum(matched in _OUTCOMES for matched, _ in texts) >= len(_OUTCOMES):
        under = _under_the_table(lines)
        after = [text for _, text in texts[under:]]
        return Body(Form.RESULT_LIST, "house", _result_list(texts[:under]), after)
    if any(_REPLY.fullmatch(matched) for matched, _ in texts):
        return _narrative(texts, subject)
    paragraphs = [(text, None) for _, text in texts]
    return Body(Form.NARRATIVE, "house", [Part(paragraphs=list(paragraphs))] if paragraphs else [])


def _under_the_table(lines: Sequence[PageLine]) -> int:
    """The number of the first line after the last cell; a text has no cells to tell it by."""
    cells = [n for n, line in enumerate(lines) if line.cell]
    return cells[-1] + 1 if cells else len(lines)


def _result_list(texts: Iterable[tuple[str, str]]) -> list[Part]:
    parts: list[Part] = []
    general = Part()
    part, outcome, in_suggestions = general, None, False
    for matched, text in texts:
        if row := _ROW.fullmatch(matched):
            part = Part([[label, "", ""] for label in row[1].split("、")])
            parts.append(part)
            outcome, in_suggestions = None, True
        elif matched in _OUTCOMES:
            outcome, in_suggestions = _OUTCOMES[matched], False
        elif matched == as_matched(GENERAL_LABEL):
            part, outcome, in_suggestions = general, None, False
        elif not parts and (
            matched == TABLE_LABEL or (len(matched) == 1 and matched in TABLE_LABEL)
        ):
            continue
        elif in_suggestions:
            _fill_suggestion(part, text)
        else:
            part.paragraphs.append((text, outcome))
    return [*parts, general] if general.paragraphs else parts


def _fill_suggestion(part: Part, text: str) -> None:
    """A line of a 建议 cell: labelled where the cell holds several things, bare where not."""
    if match := _SUGGESTION.match(text):
        for suggestion in part.suggestions:
            if arabic(suggestion[0]) == arabic(match[1]) and not suggestion[1]:
                suggestion[1] = text[match.end() :]
                return
    filled = [suggestion for suggestion in part.suggestions if suggestion[1]]
    if match := _ELABORATION.match(text):
        text = text[match.end() :]
    elif len(filled) < len(part.suggestions):
        part.suggestions[len(filled)][1] = text
        return
    target = filled[-1] if filled else part.suggestions[0]
    target[2] = f"{target[2]}\n{text}" if target[2] else text


def _narrative(texts: Sequence[tuple[str, str]], subject: str) -> Body:
    parts: list[Part] = []
    before = Part()
    wording, in_suggestions = "house", False
    for matched, text in texts:
        if heading := _REPLY.fullmatch(matched):
            parts.append(Part())
            wording = "standard" if heading[2] else wording
            in_suggestions = False
        elif not parts:
            if matched not in _BEFORE_REPLIES:
                before.paragraphs.append((text, None))
        elif _RELATED.fullmatch(matched):
            in_suggestions = True
        elif _ANSWER.fullmatch(matched):
            in_suggestions = False
        elif in_suggestions or (_SUGGESTION.match(text) and not parts[-1].paragraphs):
            _fill_numbered(parts[-1], text)
        else:
            parts[-1].paragraphs.append((text, None))
    general = _take_conclusion(parts[-1], subject)
    general.paragraphs[:0] = before.paragraphs
    parts = [part for part in parts if part.suggestions or part.paragraphs]
    numbered = [part for part in parts if part.suggestions]
    for part in parts:
        if not part.suggestions:  # a heading without suggestions under it
            general.paragraphs += part.paragraphs
    return Body(Form.NARRATIVE, wording, [*numbered, general] if general.paragraphs else numbered)


def _fill_numbered(part: Part, text: str) -> None:
    if match := _SUGGESTION.match(text):
        part.suggestions.append([match[1], text[match.end() :], ""])
    elif part.suggestions:
        elaboration = _ELABORATION.sub("", text, count=1) if _ELABORATION.match(text) else text
        target = part.suggestions[-1]
        target[2] = f"{target[2]}\n{elaboration}" if target[2] else elaboration
    else:
        part.suggestions.append(["1", text, ""])


def _take_conclusion(part: Part, subject: str) -> Part:
    """The paragraph after the last answer that speaks of the whole proposal is the general reply.

    Its first clause names the matter of the proposal and it speaks of the whole; an answer to one
    suggestion does not do both.
    """
    general = Part()
    last = part.paragraphs[-1][0] if len(part.paragraphs) > 1 else ""
    if _CONCLUDES.search(last) and _names(subject, last):
        general.paragraphs.append(part.paragraphs.pop())
    return general


def _names(subject: str, paragraph: str) -> bool:
    words = re.sub(r"[^\u4e00-\u9fff]", "", subject.removeprefix("关于"))
    clause = re.sub(r"[^\u4e00-\u9fff]", "", re.split(r"[，。；]", paragraph, maxsplit=1)[0])
    return any(clause[n : n + _COMMON] in words for n in range(min(5, len(clause) - _COMMON + 1)))
