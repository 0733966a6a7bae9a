"""An `Anatomy` as plain lists, for its way out of the process that reads foreign files."""

from collections.abc import Mapping
from typing import Any

from db.enums import ProposalKind
from desktop.letter.foreign.anatomy import Anatomy, Fact, Found, Mark, Part


def dump(anatomy: Anatomy) -> dict[str, object]:
    """What `load` takes; JSON can say it."""
    return {
        "source": anatomy.source,
        "marks": [[m.part, m.start, m.end, m.line, m.why] for m in anatomy.marks],
        "facts": [[f.fact, f.value, f.start, f.end] for f in anatomy.facts],
        "kind": anatomy.kind,
        "is_reply": anatomy.is_reply,
        "flattened": anatomy.flattened,
        "elsewhere": anatomy.elsewhere,
        "cells": anatomy.cells,
    }


def load(said: Mapping[str, Any]) -> Anatomy:
    """The anatomy `dump` made this of. Raises `ValueError` where no `dump` did."""
    try:
        source = str(said["source"])
        marks = tuple(
            Mark(Part(part), *_span(start, end, source), int(line), str(why))
            for part, start, end, line, why in said["marks"]
        )
        facts = tuple(
            Found(Fact(fact), str(value), *_span(start, end, source))
            for fact, value, start, end in said["facts"]
        )
        elsewhere = tuple((str(where), str(text)) for where, text in said["elsewhere"])
        kind, is_reply = ProposalKind(said["kind"]), bool(said["is_reply"])
        cells = tuple(cell and _cell(*cell) for cell in said["cells"])
        if cells and len(cells) != source.count("\n") + 1:
            raise ValueError("cells of another source")
        flattened = bool(said["flattened"])
        return Anatomy(source, marks, facts, kind, is_reply, flattened, elsewhere, cells)
    except (KeyError, TypeError) as error:
        raise ValueError("no anatomy") from error


def _cell(table: object, row: object, column: object) -> tuple[int, int, int]:
    if not (isinstance(table, int) and isinstance(row, int) and isinstance(column, int)):
        raise ValueError("no place in a table")
    return table, row, column


def _span(start: object, end: object, source: str) -> tuple[int, int]:
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start <= end <= len(source)):
        raise ValueError("a span outside the source")
    return start, end
