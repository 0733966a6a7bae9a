"""常用语 and 文件依据: what the office's own letters say and cite again and again, and how it
completes what is being typed."""

import re

from db.search import SearchIndex
from desktop.services.rows import Completion

_SENTENCE = re.compile(r"[^。；！？!?;\s]*$")
_TITLE = re.compile(r"《([^《》\n]{0,60})$")
_LEAST = 2  # characters of a sentence before anything is offered
_LATEST = re.compile(r"《([^《》\n]{2,60})》$")


def completions(index: SearchIndex, before: str, limit: int = 6) -> list[Completion]:
    """What the words before the caret, the paragraph up to it, may become; the commonest first.

    After 《 the titles cited, with their 文号; after 《…》 the 文号 of that title; else sentences
    that more than one letter says and that begin as this one does. For any thread.
    """
    with index.reading():
        if match := _TITLE.search(before):
            typed = match.group()
            return [
                Completion(f"《{title}》{_bracketed(number)}", len(typed), count)
                for title, number, count in index.policies(match[1], limit)
            ]
        if match := _LATEST.search(before):
            cited = index.policies(match[1], limit)
            return [
                Completion(_bracketed(number), 0, count)
                for title, number, count in cited
                if title == match[1] and number
            ]
        match = _SENTENCE.search(before)
        typed = match.group() if match else ""
        if len(typed) < _LEAST:
            return []
        found = index.phrases(typed, limit + 1)
        return [Completion(text, len(typed), n) for text, n in found if text != typed][:limit]


def phrases(index: SearchIndex, limit: int = 100) -> list[tuple[str, int]]:
    """常用语: the sentences of more than one letter and how many say them; the commonest first."""
    with index.reading():
        return index.phrases("", limit)


def policies(index: SearchIndex, limit: int = 100) -> list[tuple[str, str, int]]:
    """文件依据: the titles cited, their 文号 (empty where a letter gives none) and how many letters
    cite them so; the commonest first."""
    with index.reading():
        return index.policies("", limit)


def _bracketed(number: str) -> str:
    return f"（{number}）" if number else ""
