"""`Identity` and `Homecoming` as plain lists, for their way out of the process that reads files.

What arrives is believed as little as a file: kinds and spans are checked, a case by its own rules.
"""

import dataclasses
import json
from collections.abc import Mapping
from typing import Any, TypeVar, get_type_hints

from desktop.errors import InputError
from desktop.letter import case_file
from desktop.letter.homecoming.returned import (
    FileKind,
    Homecoming,
    Identity,
    Mark,
    Placed,
    Printed,
    Remark,
    Unplaced,
)
from desktop.letter.model import Case

_T = TypeVar("_T")


def dump_identity(identity: Identity) -> dict[str, object]:
    """What `load_identity` takes; JSON can say it."""
    said = {field.name: getattr(identity, field.name) for field in dataclasses.fields(identity)}
    case, printed = identity.case, identity.printed
    said["case"] = case and case_file.dump_compact(case)
    return {**said, "printed": printed and dump_printed(printed)}


def load_identity(said: Mapping[str, Any]) -> Identity:
    """The identity `dump_identity` made this of. Raises `ValueError` where it made none."""
    try:
        case, printed = said["case"], said["printed"]
        return Identity(
            FileKind(said["kind"]),
            case_key=_text(said["case_key"]),
            assignment=_text(said["assignment"]),
            state=_text(said["state"]),
            sha256={_text(key): _text(digest) for key, digest in said["sha256"].items()},
            suggestions=_texts(said["suggestions"]),
            printed=load_printed(printed) if printed else None,
            case=case_file.load(_text(case)) if case else None,
            numbers=_texts(said["numbers"]),
            title=_text(said["title"]),
            lines=_texts(said["lines"]),
            author=_text(said["author"]),
        )
    except (AttributeError, KeyError, TypeError, InputError) as error:
        raise ValueError("no identity") from error


def dump_printed(printed: Printed) -> list[str]:
    """What `load_printed` takes."""
    return list(map(str, dataclasses.astuple(printed)))


def load_printed(said: object) -> Printed:
    """The settings `dump_printed` made this of. Raises `ValueError` where it made none."""
    return _made(Printed, said)


def dump_home(home: Homecoming) -> dict[str, object]:
    """What `load_home` takes; JSON can say it."""
    return {
        "case": case_file.dump_compact(home.case),
        "notes": home.notes,
        "marks": [[part, [dataclasses.astuple(m) for m in marks]] for part, marks in home.marks],
        "remarks": [[dataclasses.astuple(p.remark), p.place] for p in home.remarks],
        "unplaced": [dataclasses.astuple(one) for one in home.unplaced],
        "author": home.author,
        "assignment": home.assignment,
    }


def load_home(said: Mapping[str, Any]) -> Homecoming:
    """The homecoming `dump_home` made this of. Raises `ValueError` where it made none.

    Its case may break the rules of `case_file.check`, as a draft may: ask for them who knows the
    case that left.
    """
    try:
        return Homecoming(
            parse_case(said["case"]),
            _texts(said["notes"]),
            tuple(
                (_text(part), tuple(_made(Mark, mark) for mark in marks))
                for part, marks in said["marks"]
            ),
            tuple(Placed(_made(Remark, remark), _text(place)) for remark, place in said["remarks"]),
            tuple(_made(Unplaced, one) for one in said["unplaced"]),
            _text(said["author"]),
            _text(said["assignment"]),
        )
    except (KeyError, TypeError, InputError) as error:
        raise ValueError("no homecoming") from error


def parse_case(text: str) -> Case:
    """The case of a case file that is ours, its rules unchecked: a draft may still break some."""
    return case_file.parse(json.loads(_text(text))["case"])


def _made(kind: type[_T], said: object) -> _T:
    """A record of texts, numbers and kinds, every one of the type it declares."""
    hints = get_type_hints(kind)
    if not isinstance(said, list | tuple) or len(said) != len(hints):
        raise ValueError(f"no {kind.__name__}")
    for value, hint in zip(said, hints.values(), strict=True):
        if type(value) is not (hint if hint in (int, bool) else str):
            raise ValueError(f"no {kind.__name__}")
    return kind(*(hint(value) for value, hint in zip(said, hints.values(), strict=True)))


def _text(said: object) -> str:
    if not isinstance(said, str):
        raise TypeError("no text")
    return said


def _texts(said: object) -> tuple[str, ...]:
    if not isinstance(said, list | tuple):
        raise TypeError("no texts")
    return tuple(map(_text, said))
