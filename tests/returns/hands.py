"""The hands of a colleague in LibreOffice: real keys in a real document, through UNO.

For Debian's own Python: `python3 -m tests.returns.hands PROFILE` reads jobs as JSON from its
standard input and does them in one office process. A job: the file, who works on it, the deeds
(`deeds.Deed` as a mapping), and as what it is saved. Comments are beyond it: without its windows
(libreoffice-writer-nogui) LibreOffice 7.4 falls over the first one.
"""

import json
import sys
from pathlib import Path

from tests.office import FILTERS, Office


class Colleague:
    """Someone who edits one open document with keyboard and menu."""

    def __init__(self, office, document, job):
        """Sit down before `document`, with tracked changes if the job says so."""
        self.office, self.document, self.author = office, document, job["author"]
        self.controller = document.CurrentController
        document.RecordChanges = job["tracked"]

    def do(self, deed):
        """One deed."""
        getattr(self, deed["verb"])(deed)

    def press(self, command, **arguments):
        """A key or a menu entry."""
        self.office.press(self.document, command, **arguments)

    def write(self, words):
        """Type words where the cursor is."""
        self.press("InsertText", Text=words)

    def find(self, words, nth=0):
        """Select words of the document."""
        search = self.document.createSearchDescriptor()
        search.SearchString, search.SearchCaseSensitive = words, True
        found = self.document.findAll(search)
        if found.Count <= nth:
            raise LookupError(f"{words!r} is not in the document {nth + 1} times")
        self.controller.select(found.getByIndex(nth))

    def _after(self, deed):
        self.find(deed["at"], deed["nth"])
        self.controller.ViewCursor.collapseToEnd()

    def _paragraph(self, deed, words=None):
        """Select the paragraph, without its end."""
        self.find(words or deed["at"], 0 if words else deed["nth"])
        self.controller.ViewCursor.collapseToStart()
        self._go(to_end=False)
        self._go(to_end=True, select=True)

    def _go(self, *, to_end, select=False):
        """To an end of the paragraph; the keys for it go on to the next where it is reached."""
        cursor = self.controller.ViewCursor
        there = cursor.Text.createTextCursorByRange(cursor)
        if to_end:
            there.gotoEndOfParagraph(False)
        else:
            there.gotoStartOfParagraph(False)
        cursor.gotoRange(there.Start, select)

    def type(self, deed):
        """Words after words."""
        self._after(deed)
        self.write(deed["words"])

    def erase(self, deed):
        """Words away."""
        self.find(deed["at"], deed["nth"])
        self.press("Delete")

    def replace(self, deed):
        """Words over words."""
        self.find(deed["at"], deed["nth"])
        self.write(deed["words"])

    def below(self, deed):
        """A new paragraph under one."""
        self._after(deed)
        self._go(to_end=True)
        for line in deed["words"].split("\n"):
            self.press("InsertPara")
            self.write(line)

    def above(self, deed):
        """A new paragraph over one."""
        self._after(deed)
        self._go(to_end=False)
        self.write(deed["words"])
        self.press("InsertPara")

    def split(self, deed):
        """Enter in the middle."""
        self._after(deed)
        self.press("InsertPara")

    def join(self, deed):
        """Delete at the end."""
        self._after(deed)
        self._go(to_end=True)
        self.press("Delete")

    def remove(self, deed):
        """A whole paragraph away, its end too, unless it is alone in its cell."""
        self._paragraph(deed)
        self.press("Delete")
        cursor = self.controller.ViewCursor
        cell = cursor.Cell
        text = cell if cell is not None else self.document.Text
        last = text.createTextCursorByRange(cursor)
        if last.gotoNextParagraph(False):
            self.press("Delete")
        else:
            self.press("SwBackspace")

    def retype(self, deed):
        """Other words over a whole paragraph."""
        self._paragraph(deed)
        self.write(deed["words"])

    def move(self, deed):
        """Cut a paragraph, paste it under another one."""
        self._paragraph(deed)
        held = self.controller.getTransferable()
        self.remove(deed)
        self.find(deed["words"])
        self.controller.ViewCursor.collapseToEnd()
        self._go(to_end=True)
        self.press("InsertPara")
        self.controller.insertTransferable(held)

    def cut(self, deed):
        """Cut words, paste them after others."""
        self.find(deed["at"], deed["nth"])
        held = self.controller.getTransferable()
        self.press("Delete")
        self.find(deed["words"])
        self.controller.ViewCursor.collapseToEnd()
        self.controller.insertTransferable(held)

    def down(self, deed):
        """A paragraph one further down (Alt+Ctrl+↓)."""
        self._after(deed)
        self.press("MoveDown")

    def fill(self, deed):
        """Type into the empty place after these words."""
        self._after(deed)
        in_table = self.controller.ViewCursor.Cell is not None
        self.press("JumpToNextCell" if in_table else "GoToNextPara")
        self.write(deed["words"])

    def row(self, deed):
        """A new row under the one with these words, something in its last cell."""
        self._after(deed)
        self.press("InsertRowsAfter")
        self._after(deed)
        table = self.controller.ViewCursor.TextTable
        row = int(self.controller.ViewCursor.Cell.CellName[1:]) + 1
        names = sorted(name for name in table.CellNames if name[1:] == str(row))
        words = deed["words"].split("\t")
        for name, text in zip(names[-len(words) :], words, strict=True):
            self.controller.ViewCursor.gotoRange(table.getCellByName(name).Start, False)
            self.write(text)

    def replace_all(self, deed):
        """Search and replace, everywhere."""
        search = self.document.createReplaceDescriptor()
        search.SearchString, search.ReplaceString = deed["at"], deed["words"]
        self.document.replaceAll(search)

    def reformat(self, deed):
        """Another size and bold for all, one paragraph centred."""
        self.press("SelectAll")
        self.press("Bold")
        self.press("FontHeight", **{"FontHeight.Height": 14.0})
        self._after(deed)
        self.press("CenterPara")

    def note(self, deed):
        """A footnote after words."""
        self._after(deed)
        note = self.document.createInstance("com.sun.star.text.Footnote")
        cursor = self.controller.ViewCursor
        cursor.Text.insertTextContent(cursor, note, False)
        note.setString(deed["words"])

    def box(self, deed):
        """A text box beside a paragraph."""
        self._after(deed)
        box = self.document.createInstance("com.sun.star.text.TextFrame")
        box.Width, box.Height = 5000, 1200
        cursor = self.controller.ViewCursor
        cursor.Text.insertTextContent(cursor, box, False)
        box.Text.setString(deed["words"])

    def to_text(self, _):
        """The table turned to text."""
        self.controller.select(self.document.TextTables.getByIndex(0))
        self.press("GoToStartOfTable")
        self.press("ConvertTableToText", Delimiter="\t")


def work(office, job):
    """One job done; the files it made by the way they went, or what went wrong."""
    source, folder = Path(job["file"]), Path(job["folder"])
    made = {}
    office.sign_as(job["author"])
    document = office.open(source)
    colleague = Colleague(office, document, job)
    for deed in job["deeds"]:
        colleague.do(deed)
    for way in job["ways"]:
        kind = way if way in FILTERS else "docx"
        made[way] = folder / f"{source.stem}.{way}.{kind}"
        office.save(document, made[way])
    document.close(True)
    for way, path in made.items():
        for turn in range({"thrice": 2, "doc": 1, "odt": 1}.get(way, 0)):
            again = office.open(path)
            made[way] = path = folder / f"{source.stem}.{way}.{turn}.docx"
            office.save(again, path)
            again.close(True)
    return {way: str(path) for way, path in made.items()}


def main(profile):
    """Every job of the standard input; the answers to the standard output."""
    jobs, answers = json.load(sys.stdin), []
    office = Office(profile)
    for job in jobs:
        try:
            answers.append(work(office, job))
        except Exception as error:  # the others are still to be done
            answers.append({"failed": f"{type(error).__name__}: {error}"})
            office.end()
            office = Office(profile)
    office.end()
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
