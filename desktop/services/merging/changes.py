"""Three-way comparison (三方对照): what left, what we have now, what came back.

Pure: cases in, changes out. `taking` applies them, `services.return_base` finds what left.
"""

from datetime import date

from desktop.letter.homecoming.returned import Homecoming
from desktop.letter.model import Case
from desktop.services.merging.crediting import Credits
from desktop.services.merging.merge_change import ChangeKind, MarkedRun, MergeChange
from desktop.services.merging.paragraph_changes import ParagraphChanges
from desktop.services.merging.part_changes import PartChanges
from desktop.services.merging.three_way import Texts
from desktop.services.merging.tracing import Trace, retyped

__all__ = ["ChangeKind", "MarkedRun", "MergeChange", "changes"]
PATIENCE_S = 0.5  # for the texts of a whole letter; one of 20 pages takes some 20 ms


def changes(base: Case, ours: Case, home: Homecoming, today: date) -> tuple[MergeChange, ...]:
    """What came home, against what we have: by reply in the order of the page, what is set apart
    last.

    `base` is the case as it left, `ours` as it is. What only we changed, and what both changed
    alike, is no change. `today` gives the year of a field still to be filled in.
    """
    texts, credits = Texts(PATIENCE_S), Credits(home, base.office.full_name)
    theirs, names = retyped(base, ours, home.case)
    credits.rename(names)
    trace = Trace(base, ours, theirs, texts, answer=bool(home.assignment))
    paragraphs = ParagraphChanges(trace, texts, credits)
    parts = PartChanges((base, ours, theirs), today, texts, credits)
    return (*paragraphs.found(), *parts.found())
