"""How a read letter is compared with what it should read as: the schema of the sample letters.

A field nobody expects and nobody found does not count; blanks and the width of marks do not count;
what the expectation calls ambiguous does not count.
"""

import json
import re
from pathlib import Path

from desktop.letter.foreign.anatomy import Anatomy, Part

FIELDS = (
    *("kind", "title", "session", "number", "subject", "addressees", "addressee_count"),
    *("salutation", "opening", "body", "closing", "signed_by", "date", "category", "disclosure"),
    *("document_number", "contact", "is_reply", "issued_by_person", "copies", "number_conflict"),
)
_WRITTEN_ANEW = re.compile(r"[\s〔〕]")  # blanks that go, brackets that become these
_FULL = str.maketrans(",:;()!?", "，：；（）！？")


def expected_of(path: Path) -> dict[str, object]:
    """The expectation beside the letter at `path`."""
    made: dict[str, object] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return made


def misses(want: dict[str, object], got: dict[str, object]) -> dict[str, tuple[object, object]]:
    """The fields that were read otherwise: what was wanted, what was found."""
    found: dict[str, tuple[object, object]] = {}
    proposers = ("proposers",) if want.get("proposers") else ()
    for name in (*FIELDS, *proposers):
        wanted, given = _value(name, want.get(name)), _value(name, got.get(name))
        other_titles = want.get("title_alt", []) if name == "title" else []
        others = [other_titles] if isinstance(other_titles, str) else other_titles
        assert isinstance(others, list)
        if name in want.get("ambiguous", []) or given in [_value(name, one) for one in others]:  # type: ignore[operator]
            continue
        if wanted != given:
            found[name] = (wanted, given)
    return found


def _value(name: str, value: object) -> object:
    if isinstance(value, str):
        value = re.sub(r"\s", "", value).translate(_FULL)
        return re.sub("的?(建议|提案|议案)$", "", value) if name == "subject" else value
    if isinstance(value, list):
        return [_value("", item) for item in value] or None
    if isinstance(value, dict):
        return tuple(_value("", value.get(key)) for key in ("name", "phone"))
    return value


def check_conserved(anatomy: Anatomy) -> None:
    """Every character of the source that is not white stands in exactly one mark; what is left out
    says why; every fact stands where it says, inside the source."""
    at = 0
    for mark in anatomy.marks:
        assert at <= mark.start < mark.end <= len(anatomy.source), mark
        assert not anatomy.source[at : mark.start].strip(), (mark, anatomy.source[at : mark.start])
        assert bool(mark.why) == (mark.part is Part.LEFT_OUT), mark
        at = mark.end
    assert not anatomy.source[at:].strip()
    for fact in anatomy.facts:
        there = anatomy.source[fact.start : fact.end]
        assert there.strip(), fact
        if not fact.value.isascii():  # a name or a text; numerals and days are written anew
            assert set(_WRITTEN_ANEW.sub("", fact.value)) <= set(there), fact
