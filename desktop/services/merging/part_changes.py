"""What a returned file changes besides the replies: suggestions, number, names, title …."""

from collections.abc import Iterator
from datetime import date

from desktop.letter.model import Case, Paragraph
from desktop.services.differences import Change
from desktop.services.merging.crediting import Credits
from desktop.services.merging.merge_change import (
    ChangeKind,
    MergeChange,
    Place,
    after,
    credit,
    merge_key,
)
from desktop.services.merging.set_apart import is_of_suggestion, parts_changed, text_of
from desktop.services.merging.three_way import Piece, Texts


class PartChanges:
    """The changes of what is set apart."""

    def __init__(
        self, cases: tuple[Case, Case, Case], today: date, texts: Texts, credits: Credits
    ) -> None:
        """`cases` are what left, what we have, what came back."""
        self._cases, self._today = cases, today
        self._texts, self._credits = texts, credits
        self._known = {p.key for reply in cases[1].replies for p in reply.paragraphs}

    def found(self) -> Iterator[MergeChange]:
        """The changes, suggestions first."""
        base, ours, theirs = self._cases
        for part in parts_changed(base, theirs):
            was, now, back = (text_of(case, part, self._today) for case in (base, ours, theirs))
            if change := self._apart(part, was or "", now, back or ""):
                yield change

    def _apart(self, part: str, base: str, ours: str | None, theirs: str) -> MergeChange | None:
        key = merge_key("words", part, theirs)
        if theirs in (base, ours) or (
            ours not in (None, base) and self._texts.holds(base, ours or "", theirs)
        ):
            return None
        if ours is None:
            return self._homeless(key, part, base, theirs)
        merged = self._texts.merged_for_good(base, ours, theirs)
        pieces = self._texts.merged(ours, ours, theirs) or () if merged is None else merged
        runs = self._credits.runs(pieces, [(part, theirs)])
        conflict = merged is None
        return MergeChange(
            key,
            ChangeKind.SUGGESTION if is_of_suggestion(part) else ChangeKind.FIELD,
            "",
            part,
            ours,
            after(pieces),
            runs,
            *credit(runs),
            conflict,
            base if conflict else "",
            theirs if conflict else "",
        )

    def _homeless(self, key: str, part: str, base: str, theirs: str) -> MergeChange | None:
        """Words of a suggestion we do not have, as text for a reply (未归位)."""
        made = [
            Paragraph(merge_key("homeless", key, str(number)), line)
            for number, line in enumerate(filter(str.strip, theirs.split("\n")))
        ]
        if not made or made[0].key in self._known:
            return None
        runs = self._credits.runs([Piece(Change.ADDED, theirs)], [(part, theirs)])
        return MergeChange(
            key,
            ChangeKind.ADDED,
            "",
            made[0].key,
            "",
            theirs,
            runs,
            *credit(runs),
            bool(base),
            base,
            theirs if base else "",
            tuple(made),
            place=Place(),
        )
