"""What the page 函件 shows: every field with what is composed for it, and what can be chosen."""

import re
import tomllib
from datetime import date

from db.enums import DisclosureKind, Head
from desktop.errors import ComposeError, UnnamedOfficeError
from desktop.letter import categories, layout, wording
from desktop.letter.blocks import Sheet
from desktop.letter.case_file import ONE_LINE_FIELDS
from desktop.letter.clean import clean_text
from desktop.letter.compose import FIELD_NAMES, compose, composed_text, field_text
from desktop.letter.model import Case
from desktop.letter.sheet import lay_out
from desktop.services.rows import FieldShown, SchemeShown

_DOCUMENT_NUMBER = re.compile(r"(.*?)[〔\[（(【](\d{0,4})[〕\]）)】]\s*第?\s*(\d*)\s*号")
_NO_SERIAL = "　"  # the room the wording leaves for it


def sheet_of(case: Case, today: date) -> Sheet:
    """The sheet a case prints as; `ComposeError` says what it still lacks."""
    if case.head is Head.LETTER and not case.office.full_name:
        raise UnnamedOfficeError(
            "还没有填写本单位全称，红色版头印不出来，写下的内容都在，请先填写，或改用无版头。"
        )
    disclosure = case.disclosure
    if disclosure and disclosure.kind is DisclosureKind.CLOSED and not disclosure.reason.strip():
        raise ComposeError("不予公开须写明理由，函件还印不出来，写下的都在，请在“函件”里填写理由。")
    return lay_out(compose(case, today))


def layout_of(case: Case) -> layout.Layout:
    """The layout a case prints in; `ComposeError` where there is none of its name."""
    return layout.load_layout(case.layout)


def field_texts(case: Case, today: date) -> dict[str, FieldShown]:
    """Every field of the letter by its name; what cannot be composed yet is empty."""
    return {name: _shown(case, name, today) for name in FIELD_NAMES}


def wordings() -> dict[str, str]:
    """The wordings (行文写法) by name, each with its label."""
    names = wording.wording_names()
    return {name: str(wording.load_wording(name).table["label"]) for name in names}


def layouts() -> dict[str, str]:
    """The layouts (版面) by name, each with its label."""
    names = sorted(path.stem for path in layout.FOLDER.glob("*.toml"))
    return {name: layout.load_layout(name).label for name in names}


def category_schemes() -> dict[str, SchemeShown]:
    """The schemes of 办理结果类别 by name, in the order of their file."""
    schemes = tomllib.loads(categories.FILE.read_text(encoding="utf-8"))
    return {name: SchemeShown(table["label"], table["grades"]) for name, table in schemes.items()}


def document_number_parts(text: str) -> tuple[str, str, str]:
    """机关代字, 年份 and 序号 of a 发文字号; all of it is the first where it has another shape."""
    match = _DOCUMENT_NUMBER.fullmatch(text.strip())
    return (match[1], match[2], match[3]) if match else (text, "", "")


def document_number(prefix: str, year: str, serial: str) -> str:
    """某更提函〔2025〕18号; without a 序号 with room for it, `prefix` alone without a year too."""
    if not year and not serial:
        return prefix
    return f"{prefix}〔{year}〕{serial or _NO_SERIAL}号"


def is_one_line(name: str) -> bool:
    """Whether the field prints as one line."""
    return name in ONE_LINE_FIELDS


def clean_field(name: str, text: str) -> str:
    """A field's text as it was typed or pasted, without what no letter can bear."""
    text = clean_text(text)
    return " ".join(text.split("\n")) if is_one_line(name) else text


def _shown(case: Case, name: str, today: date) -> FieldShown:
    state = getattr(case.fields, name).state
    try:
        return FieldShown(
            name, state, field_text(case, name, today), composed_text(case, name, today)
        )
    except ComposeError:  # a wording there is not: own and frozen text is there all the same
        return FieldShown(name, state, getattr(case.fields, name).text, "")
