"""The hands of a colleague in Word: deeds done on the XML as Word leaves it, tracked or not.

A paragraph that Enter makes at the end of another has no bookmark; one that is cut and pasted takes
its bookmark along, one whose moving is tracked leaves it behind.
"""

import copy
import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from desktop.letter.ooxml import el, run, w
from tests.conftest import DATA
from tests.docx_edits import edited
from tests.returns.deeds import Deed

AT = "2025-11-03T09:15:00Z"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_EXTENDED = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SAVED_BY = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties"><cp:lastModifiedBy>{}</cp:lastModifiedBy></cp:coreProperties>'
)
_GONE = (w("del"), w("moveFrom"))


def seen(element: Any) -> Iterator[Any]:
    """The `w:t` and `w:br` a reader sees of a paragraph, in order."""
    for child in element:
        if child.tag in (w("t"), w("br"), w("tab")):
            yield child
        elif child.tag not in (*_GONE, w("pPr"), w("txbxContent")):
            yield from seen(child)


def text_of(p: Any) -> str:
    """What a reader sees of a paragraph."""
    return "".join(t.text or "" if t.tag == w("t") else "\n" for t in seen(p))


class Colleague:
    """Someone who edits a page in Word; `tracked`: with the changes recorded."""

    def __init__(self, root: Any, author: str, *, tracked: bool) -> None:
        """Sit down before the document's root."""
        self.root, self.author, self.tracked = root, author, tracked
        self.beside: dict[str, list[Any]] = {"comments": [], "extended": [], "footnotes": []}
        self._numbers = iter(range(700, 9999))

    def do(self, deed: Deed) -> None:
        """One deed."""
        getattr(self, deed.verb)(deed)

    def _mark(self, name: str, *children: Any) -> Any:
        return el(name, *children, id=next(self._numbers), author=self.author, date=AT)

    def _come(self, *children: Any) -> list[Any]:
        return [self._mark("ins", *children)] if self.tracked else [*children]

    def _find(self, words: str, nth: int = 0) -> tuple[Any, int]:
        for p in self.root.iter(w("p")):
            text = text_of(p)
            at = text.find(words)
            while at >= 0:
                if not nth:
                    return p, at
                nth, at = nth - 1, text.find(words, at + 1)
        raise LookupError(f"{words!r} is not on the page so often")

    def _place(self, p: Any, at: int) -> Any:
        """The run of `p` that ends where character `at` begins, cut there; None at its start."""
        begun = 0
        for t in [*seen(p)]:
            size = len(t.text or "") if t.tag == w("t") else 1
            whole = t.getparent()
            if begun + size > at > begun:
                rest = copy.deepcopy(whole)
                whole.addnext(rest)
                for child in list(whole)[whole.index(t) + 1 :]:
                    whole.remove(child)
                for child in list(rest)[: whole.index(t)]:
                    if child.tag != w("rPr"):
                        rest.remove(child)
                twin = next(rest.iter(w("t")))
                t.text, twin.text = t.text[: at - begun], t.text[at - begun :]
                return whole
            begun += size
            if begun == at:
                return whole
        return None

    def _runs(self, p: Any, start: int, end: int) -> list[Any]:
        self._place(p, end)
        self._place(p, start)
        found, begun = [], 0
        for t in seen(p):
            if start <= begun < end and t.getparent() not in found:
                found.append(t.getparent())
            begun += len(t.text or "") if t.tag == w("t") else 1
        return found

    def _put(self, p: Any, at: int, *elements: Any) -> None:
        after = self._place(p, at)
        if after is None:
            after = p.find(w("pPr"))
        elif after.getparent().tag == w("ins") and elements[0].tag == w("ins"):
            after = after.getparent()
        for element in elements:
            if after is None:
                p.insert(0, element)
            else:
                after.addnext(element)
            after = element

    def _strike(self, p: Any, start: int, end: int, kind: str = "del") -> None:
        for one in self._runs(p, start, end):
            if not self.tracked:
                one.getparent().remove(one)
                continue
            gone = self._mark(kind)
            one.addprevious(gone)
            gone.append(one)
            for t in one.iter(w("t")):
                t.tag = w("delText") if kind == "del" else w("t")

    def _end_mark(self, p: Any, kind: str) -> None:
        if self.tracked:
            properties = p.find(w("pPr"))
            if properties is None:
                properties = el("pPr")
                p.insert(0, properties)
            inner = properties.find(w("rPr"))
            if inner is None:
                inner = el("rPr")
                properties.append(inner)
            inner.append(self._mark(kind))

    def _new(self, p: Any, *children: Any) -> Any:
        """A paragraph that looks like `p`."""
        made = el("p", *children)
        if p.find(w("pPr")) is not None:
            made.insert(0, copy.deepcopy(p.find(w("pPr"))))
            for inner in made.iter(w("rPr")):
                for mark in [*inner.iter(w("ins"), w("del"), w("moveFrom"), w("moveTo"))]:
                    inner.remove(mark)
        return made

    def type(self, deed: Deed) -> None:
        """Words after words."""
        p, at = self._find(deed.at, deed.nth)
        self._put(p, at + len(deed.at), *self._come(run(deed.words)))

    def erase(self, deed: Deed) -> None:
        """Words away."""
        p, at = self._find(deed.at, deed.nth)
        self._strike(p, at, at + len(deed.at))

    def replace(self, deed: Deed) -> None:
        """Words over words."""
        p, at = self._find(deed.at, deed.nth)
        self._put(p, at + len(deed.at), *self._come(run(deed.words)))
        self._strike(p, at, at + len(deed.at))

    def replace_all(self, deed: Deed) -> None:
        """Search and replace, everywhere."""
        while True:
            try:
                self.replace(deed)
            except LookupError:
                return

    def cut(self, deed: Deed) -> None:
        """Cut words, paste them after others."""
        self.erase(deed)
        self.type(Deed("type", deed.words, deed.at))

    def retype(self, deed: Deed) -> None:
        """Other words over a whole paragraph."""
        p, _ = self._find(deed.at, deed.nth)
        end = len(text_of(p))
        self._put(p, end, *self._come(run(deed.words)))
        self._strike(p, 0, end)

    def below(self, deed: Deed) -> None:
        """A new paragraph under one: the end of that one is new, the new one has its old end."""
        p, _ = self._find(deed.at, deed.nth)
        for text in deed.words.split("\n"):
            new = self._new(p, *self._come(run(text)))
            p.addnext(new)
            self._end_mark(p, "ins")
            p = new

    def above(self, deed: Deed) -> None:
        """A new paragraph over one, typed inside its bookmark."""
        p, _ = self._find(deed.at, deed.nth)
        starts = [child for child in p if child.tag == w("bookmarkStart")]
        new = self._new(p, *starts, *self._come(run(deed.words)))
        p.addprevious(new)
        self._end_mark(new, "ins")

    def split(self, deed: Deed) -> None:
        """Enter in the middle; the bookmark begins in the first half and ends in the second."""
        p, at = self._find(deed.at, deed.nth)
        last = self._place(p, at + len(deed.at))
        rest = self._new(p)
        while last.getparent() is not p:
            last = last.getparent()
        rest.extend([*last.itersiblings()])
        p.addnext(rest)
        self._end_mark(p, "ins")

    def join(self, deed: Deed) -> None:
        """Delete at the end."""
        p, _ = self._find(deed.at, deed.nth)
        if self.tracked:
            self._end_mark(p, "del")
            return
        following = p.getnext()
        p.extend(child for child in list(following) if child.tag != w("pPr"))
        following.getparent().remove(following)

    def remove(self, deed: Deed) -> None:
        """A whole paragraph away; a cell keeps one."""
        p, _ = self._find(deed.at, deed.nth)
        self._strike(p, 0, len(text_of(p)))
        parent = p.getparent()
        if parent.tag == w("tc") and len(parent.findall(w("p"))) == 1:
            return
        self._end_mark(p, "del")
        if not self.tracked:
            parent.remove(p)

    def move(self, deed: Deed) -> None:
        """Cut a paragraph, paste it under another one."""
        p, _ = self._find(deed.at, deed.nth)
        target, _ = self._find(deed.words)
        alone = p.getparent().tag == w("tc") and len(p.getparent().findall(w("p"))) == 1
        if not self.tracked:
            if alone:
                p.addnext(self._new(p))
            target.addnext(p)
            return
        there = self._new(p, self._mark("moveTo", run(text_of(p))))
        target.addnext(there)
        self._end_mark(there, "moveTo")
        self._strike(p, 0, len(text_of(p)), "moveFrom")
        if not alone:
            self._end_mark(p, "moveFrom")
        name = f"move{next(self._numbers)}"
        for paragraph, kind in ((p, "moveFrom"), (there, "moveTo")):
            number = next(self._numbers)
            start = self._mark(f"{kind}RangeStart")
            start.set(w("name"), name)
            start.set(w("id"), str(number))
            paragraph.insert(1, start)
            paragraph.append(el(f"{kind}RangeEnd", id=number))

    def down(self, deed: Deed) -> None:
        """A paragraph one further down (Alt+Shift+↓)."""
        p, _ = self._find(deed.at, deed.nth)
        self.move(Deed("move", deed.at, text_of(p.getnext()), deed.nth))

    def fill(self, deed: Deed) -> None:
        """Type into the empty place after these words."""
        p, _ = self._find(deed.at, deed.nth)
        following = iter(p.itersiblings(w("p")))
        cell = p.getparent()
        place = next(cell.getnext().iter(w("p"))) if cell.tag == w("tc") else next(following)
        place.extend(self._come(run(deed.words)))

    def row(self, deed: Deed) -> None:
        """A new row under the one with these words, something in its last cell."""
        p, _ = self._find(deed.at, deed.nth)
        old = next(p.iterancestors(w("tr")))
        cells = [el("tc", copy.deepcopy(tc.find(w("tcPr"))), el("p")) for tc in old.iter(w("tc"))]
        words = deed.words.split("\t")
        for cell, text in zip(cells[-len(words) :], words, strict=True):
            cell[-1].extend(self._come(run(text)))
        new = el("tr", el("trPr", self._mark("ins")) if self.tracked else None, *cells)
        old.addnext(new)

    def reformat(self, deed: Deed) -> None:
        """Bold and larger type for all, one paragraph centred."""
        for one in self.root.iter(w("r")):
            if one.find(w("rPr")) is None:
                one.insert(0, el("rPr"))
            one.find(w("rPr")).extend([el("b"), el("sz", val=28)])
        p, _ = self._find(deed.at, deed.nth)
        p.find(w("pPr")).append(el("jc", val="center"))

    def to_text(self, _: Deed) -> None:
        """The table turned to text, a line for each paragraph."""
        table = next(self.root.iter(w("tbl")))
        for row in table.iter(w("tr")):
            whole = el("p")
            table.addprevious(whole)
            for number, cell in enumerate(row.iter(w("tc"))):
                first, *further = cell.iter(w("p"))
                if number:
                    whole.append(el("r", el("tab")))
                whole.extend(child for child in list(first) if child.tag != w("pPr"))
                for p in further:
                    table.addprevious(p)
        table.getparent().remove(table)

    def remark(self, deed: Deed) -> None:
        """A comment on words, and an answer in its thread if it is done."""
        p, at = self._find(deed.at, deed.nth)
        runs = self._runs(p, at, at + len(deed.at))
        number = len(self.beside["comments"])
        said = etree.Element(w("comment"), nsmap={"w": _W, "w14": _W14})
        for key, text in (("id", str(number)), ("author", self.author), ("date", AT)):
            said.set(w(key), text)
        said.append(el("p", el("r", el("annotationRef")), run(deed.words)))
        paragraph = f"{0x1000 + number:08X}"
        said[0].set(f"{{{_W14}}}paraId", paragraph)
        self.beside["comments"].append(said)
        extended = etree.Element(f"{{{_W15}}}commentEx", nsmap={"w15": _W15})
        extended.set(f"{{{_W15}}}paraId", paragraph)
        extended.set(f"{{{_W15}}}done", str(int(deed.done)))
        self.beside["extended"].append(extended)
        runs[0].addprevious(el("commentRangeStart", id=number))
        end = el("commentRangeEnd", id=number)
        runs[-1].addnext(end)
        end.addnext(el("r", el("commentReference", id=number)))

    def note(self, deed: Deed) -> None:
        """A footnote after words."""
        p, at = self._find(deed.at, deed.nth)
        number = len(self.beside["footnotes"]) + 2
        sign = el("r", el("footnoteReference", id=number))
        self._put(p, at + len(deed.at), *self._come(sign))
        note = el("footnote", el("p", el("r", el("footnoteRef")), run(deed.words)), id=number)
        self.beside["footnotes"].append(note)

    def box(self, deed: Deed) -> None:
        """A text box beside a paragraph, as newer Word says it, with the older way beside it."""
        p, at = self._find(deed.at, deed.nth)
        either = etree.fromstring((DATA / "text-box.xml").read_bytes())
        for content in either.iter(w("t")):
            content.text = deed.words
        self._put(p, at + len(deed.at), el("r", either))


def done_in_word(data: bytes, deeds: Sequence[Deed], author: str, *, tracked: bool) -> bytes:
    """The .docx after `deeds`, saved by `author`."""
    colleagues: list[Colleague] = []

    def work(root: Any) -> None:
        colleague = Colleague(root, author, tracked=tracked)
        for deed in deeds:
            colleague.do(deed)
        colleagues.append(colleague)

    data = edited(data, work)
    return _with_parts(data, colleagues[0].beside, author)


def _with_parts(data: bytes, beside: dict[str, list[Any]], author: str) -> bytes:
    """Comments and footnotes as parts of their own; who saved the file."""
    parts = (
        ("comments", w("comments"), "comments", f"{_RELATION}/comments"),
        ("extended", f"{{{_W15}}}commentsEx", "commentsExtended", _EXTENDED),
        ("footnotes", w("footnotes"), "footnotes", f"{_RELATION}/footnotes"),
    )
    relations, types = "", ""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for key, tag, name, relation in parts:
            if not beside[key]:
                continue
            root = etree.Element(tag, nsmap={"w": _W})
            root.extend(beside[key])
            new.writestr(f"word/{name}.xml", etree.tostring(root, encoding="UTF-8"))
            relations += f'<Relationship Id="{name}" Type="{relation}" Target="{name}.xml"/>'
            kind = f"{_TYPE}.{name}+xml"
            types += f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/>'
        for name in old.namelist():
            text = old.read(name).decode()
            if name == "word/_rels/document.xml.rels":
                text = text.replace("</Relationships>", f"{relations}</Relationships>")
            elif name == "[Content_Types].xml":
                text = text.replace("</Types>", f"{types}</Types>")
            elif name == "docProps/core.xml":
                text = _SAVED_BY.format(author)
            new.writestr(name, text)
    return stream.getvalue()
