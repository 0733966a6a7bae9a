"""复制正文（供提案系统粘贴）: the body of a letter as plain lines."""

from collections.abc import Iterator
from datetime import date

from db.enums import Form
from desktop.letter.blocks import Role
from desktop.letter.compose import compose
from desktop.letter.model import Case, Letter, Section
from desktop.letter.narrative import narrative_body, suggestion_lines
from desktop.letter.result_list import GENERAL_LABEL, OUTCOME_LABELS, result_table
from desktop.letter.wording import load_wording


def body_text(case: Case, today: date) -> str:
    """Opening, replies and closing in the case's form, a line each, no blank ones.

    Title, salutation, 落款 and the rest come from the system it is pasted into. Raises
    `ComposeError` where the letter could not be printed either.
    """
    letter = compose(case, today)
    lines = (*letter.opening, *_body(letter), *letter.closing)
    return "\n".join(line.strip() for line in lines if line.strip())


def _body(letter: Letter) -> Iterator[str]:
    if letter.case.form is Form.NARRATIVE:
        wording = load_wording(letter.case.wording)
        yield from (line.text for line in narrative_body(letter, wording))
        return
    result_table(letter)  # refuses what the list cannot hold
    for section in letter.sections:
        yield from _section(section)
    if letter.general and letter.general.paragraphs:
        yield f"{GENERAL_LABEL}："
        yield from (paragraph.text for paragraph in letter.general.paragraphs)


def _section(section: Section) -> Iterator[str]:
    for suggestion in section.suggestions:
        yield from (line.text for line in suggestion_lines(suggestion, Role.CELL))
    for outcome, label in OUTCOME_LABELS.items():
        texts = [p.text for p in section.reply.paragraphs if p.outcome is outcome]
        if texts:
            yield f"{label}："
            yield from texts
