"""Digits and Latin in a face of their own (版面 with `western`), “” … — kept in the Chinese one.

The standard is silent about digits; many offices set them in Times New Roman. Word and LibreOffice
take “ ” ‘ ’ … — · for western where they follow Latin or begin a paragraph: such ones become runs
that name the Chinese face as their western one (letter-format 1.1). The others stay in their run:
LibreOffice spaces the ends of runs a little wider.
"""

import re

from docx.document import Document

from desktop.letter.ooxml import Element, run, w

_CHARACTERS = {w("br"): "\n", w("tab"): "\t"}  # what `run` writes as elements
_MARKS = re.compile("((?:\\A|(?<=[ -~\u00c0-\u024f]))[“”‘’…—·]+)")


def set_western(document: Document, western: str) -> None:
    """Give the styles without a face of their own, and all text in them, the face `western`."""
    styles = document.styles.element
    fonts = styles.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('rFonts')}")
    chinese = fonts.get(w("eastAsia"))
    for script in ("ascii", "hAnsi"):
        fonts.set(w(script), western)
    own = {
        style.get(w("styleId"))
        for style in styles.iter(w("style"))
        if style.find(f"{w('rPr')}/{w('rFonts')}") is not None
    }
    for paragraph in document.element.body.iter(w("p")):
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        if style is not None and style.get(w("val")) not in own:
            for old in [*paragraph.iter(w("r"))]:
                _keep_marks(old, chinese)


def _keep_marks(old: Element, chinese: str) -> None:
    """Cut a run of text so that its marks stand in runs of the Chinese face."""
    whole = "".join(_CHARACTERS.get(child.tag, child.text or "") for child in old)
    if not _MARKS.search(whole):
        return
    for part in filter(None, _MARKS.split(whole)):
        new = run(part, deleted=old.getparent().tag == w("del"))
        if _MARKS.fullmatch(part):
            for script in ("ascii", "hAnsi"):
                new.find(f"{w('rPr')}/{w('rFonts')}").set(w(script), chinese)
        old.addprevious(new)
    old.getparent().remove(old)
