"""What a loop of faults finds, as a line of the table that `make faults` prints."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_HANZI = re.compile("[\u4e00-\u9fff]")


@dataclass(slots=True)
class Figures:
    """Counts of one loop; all but `tried` must stay 0.

    `twin` says what the mutant twin (the same loop without the safeguard) lost, which must not be
    nothing; `note` what else was measured.
    """

    tried: int = 0
    lost: int = 0  # acknowledged saves
    damaged: int = 0  # libraries
    destroyed: int = 0  # files that were there before
    tracebacks: int = 0
    mute: int = 0  # refusals without a Chinese sentence
    twin: str = ""
    note: str = ""

    def refused(self, sentence: str) -> None:
        """A refusal was said: count it where it is no sentence for a handler."""
        if "Traceback" in sentence or "程序内部出错" in sentence:
            self.tracebacks += 1
        elif len(_HANZI.findall(sentence)) < 8 or not sentence.strip().endswith(("。", "？")):
            self.mute += 1

    @property
    def harm(self) -> int:
        """What must be 0."""
        return self.lost + self.damaged + self.destroyed + self.tracebacks + self.mute


@dataclass(frozen=True, slots=True)
class Fault:
    """A loop in full: its name in the table, and what runs it in an empty folder."""

    name: str
    run: Callable[[Path], Figures]
