"""What differs between two texts, by character, so that it reads naturally in Chinese."""

import re
from dataclasses import dataclass
from enum import StrEnum

from diff_match_patch import diff_match_patch  # type: ignore[import-untyped]

# A number or a Latin word changes as a whole: 41 → 43, not 4 and then 1 → 3.
_UNITS = re.compile(r"[0-9A-Za-z]+(?:[.,%][0-9A-Za-z]+)*%?|.", re.S)
_SPARE = 0x100000  # plane 16, private: no character of a text stands there, units do


class Change(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text that was kept, removed or added as a whole."""

    change: Change
    text: str


_CHANGES = {
    diff_match_patch.DIFF_EQUAL: Change.SAME,
    diff_match_patch.DIFF_DELETE: Change.REMOVED,
    diff_match_patch.DIFF_INSERT: Change.ADDED,
}


def differences(
    older: str, newer: str, patience: float = 0.1, *, natural: bool = True
) -> tuple[Run, ...]:
    """The runs that make `newer` of `older`; those kept and removed make up `older`, those kept
    and added `newer`.

    After `patience` seconds what is not compared yet counts as rewritten. Not `natural`: as little
    as can be is changed, even where single characters in common chop a sentence.
    """
    if older == newer:
        return (Run(Change.SAME, newer),) if newer else ()
    units = _Units()
    comparing = diff_match_patch()
    comparing.Diff_Timeout = patience
    found = comparing.diff_main(units.packed(older), units.packed(newer), False)
    if natural:
        comparing.diff_cleanupSemantic(found)
    return tuple(Run(_CHANGES[kind], units.unpacked(text)) for kind, text in found)


class _Units:
    """Texts with each number and word packed into one character, and back."""

    def __init__(self) -> None:
        self._characters: dict[str, str] = {}
        self._units: list[str] = []

    def packed(self, text: str) -> str:
        """One character a unit."""
        return "".join(map(self._pack, _UNITS.findall(text)))

    def unpacked(self, text: str) -> str:
        """As it was."""
        return "".join(c if ord(c) < _SPARE else self._units[ord(c) - _SPARE] for c in text)

    def _pack(self, unit: str) -> str:
        if len(unit) == 1 and ord(unit) < _SPARE:
            return unit
        if unit not in self._characters:
            self._characters[unit] = chr(_SPARE + len(self._units))
            self._units.append(unit)
        return self._characters[unit]
