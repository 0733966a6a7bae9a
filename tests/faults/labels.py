"""Markup that came in as text (标记): the window shows it as written, and asks for no picture.

Qt takes a label's or a tip's text for HTML where it looks like it, and loads what that names.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTextEdit, QWidget

from desktop.letter import case_file
from desktop.paths import SAMPLES
from desktop.services import cases
from desktop.views.main_window import MainWindow
from tests.cases import shared_case
from tests.desktop.views.hands import settle
from tests.faults.figures import Figures
from tests.faults.pasting import own_window

MARKUP = "<b>粗</b><img src='file://x.invalid/a.png'>"
_PAGES = ("basics", "replies", "letter", "co_handling", "revisions")
_FIXED = (
    "key",
    "suggestions",
    "state",
    "kind",
    "form",
    "wording",
    "head",
    "layout",
    "scheme",
    "grade",
    "role",
    "place",
)


def labels(window: MainWindow) -> Figures:
    """Cases with markup in every text, on every page; `damaged` counts where it would be HTML.

    The twin are the same labels as Qt makes them.
    """
    found, wrong, naive = Figures(), set(), 0
    samples = [sample.read_text(encoding="utf-8") for sample in sorted(SAMPLES.glob("*.json"))]
    for text in (*samples, case_file.dump(shared_case())):
        document = json.loads(text)
        hostile = json.dumps({**document, "case": _marked(document["case"], "")})
        case = cases.with_new_keys(case_file.load(hostile))
        cases.save_case(None, case)
        window.show_case(case.key)
        window.session.keep()
        for page in _PAGES:
            window.page.show_page(page)
            settle()
            found.tried += 1
            naive += sum(MARKUP in label.text() for label in window.findChildren(QLabel))
            wrong |= {f"{page}: {said}" for said in _as_html(window)}
    rows = window.sidebar.model
    for number in range(rows.rowCount()):
        tip = rows.data(rows.index(number), Qt.ItemDataRole.ToolTipRole)
        wrong |= {"list"} if MARKUP in str(tip) else set()
    found.damaged = len(wrong)
    found.twin = f"{naive} labels as Qt makes them"
    found.note = "; ".join(sorted(wrong))
    return found


def _marked(value: object, name: str) -> object:
    """A case file's value with markup behind every text that is free."""
    if isinstance(value, dict):
        fixed = value.get("state") in ("composed", "absent")
        return {key: part if fixed else _marked(part, key) for key, part in value.items()}
    if isinstance(value, list) and name != "suggestions":
        return [_marked(part, name) for part in value]
    if isinstance(value, list):
        return [_marked(part, name) if isinstance(part, dict) else part for part in value]
    is_free = isinstance(value, str) and value and name not in _FIXED
    return f"{value}{MARKUP}" if is_free and not name.endswith(("on", "outcome")) else value


def _as_html(window: MainWindow) -> Iterator[str]:
    for widget in window.findChildren(QWidget):
        if MARKUP in widget.toolTip():
            yield f"the tip of a {type(widget).__name__}"
        if isinstance(widget, QLabel) and MARKUP in widget.text():
            if widget.textFormat() != Qt.TextFormat.PlainText:
                yield f"a label in a {type(widget.parent()).__name__}"
        elif isinstance(widget, QTextEdit) and "<img" in widget.toHtml():
            yield f"a {type(widget).__name__}"


def in_a_window(folder: Path) -> Figures:
    """`labels` in a window of its own."""
    with own_window(folder) as window:
        return labels(window)
