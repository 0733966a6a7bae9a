"""Case → .docx bytes, against docxtpl putting the same text into the same template."""

import io

import docxtpl

from desktop.letter import writer
from desktop.letter.compose import compose
from desktop.letter.ooxml import base_package
from desktop.letter.sheet import lay_out
from tests.bench.cases import TODAY, sample
from tests.bench.measure import Row, medians


def row() -> Row:
    """The line of the table."""
    case = sample()
    lines = [line.text for line in lay_out(compose(case, TODAY)).lines()]
    slots = template_with_slots()

    def yardstick() -> None:
        template = docxtpl.DocxTemplate(io.BytesIO(slots))
        template.render({"lines": lines}, autoescape=True)
        template.save(io.BytesIO())

    taken = medians(lambda: writer.letter_docx(case, TODAY), yardstick, 40)
    return Row("case → .docx bytes", "docxtpl, same text and template", 1.0, *taken)


def template_with_slots() -> bytes:
    """Our template with one docxtpl loop over lines of text."""
    import docx

    document = docx.Document(io.BytesIO(base_package()))
    for text in ("{%p for line in lines %}", "{{ line }}", "{%p endfor %}"):
        document.add_paragraph(text, style="公文正文")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
