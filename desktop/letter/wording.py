"""A wording (行文写法): the sentences the office always writes, read from one TOML file each.

`resources/wordings/*.toml` hold them; house.toml explains the patterns.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from db.enums import LetterKind, ProposalKind
from desktop.errors import ComposeError

FOLDER = Path(__file__).parents[2] / "resources" / "wordings"
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Wording:
    """One wording; `table` is its TOML as read."""

    name: str
    table: Mapping[str, Any]

    def heading(self, part: str, kind: LetterKind, **facts: str) -> str:
        """A heading of the narrative: `reply`, `related` or `answer`."""
        pattern: str = self.table["heading"][part]
        return fill(pattern, {"answer": self.answer_word(kind), **facts})

    def before_replies(self, kind: ProposalKind) -> str:
        """The line before the first reply, empty where the wording has none."""
        line: str = self.table["heading"]["before_replies"][kind]
        return line

    def answer_word(self, kind: LetterKind) -> str:
        """答复, or 会办意见 in an opinion."""
        word: str = self.table[kind]["answer"]
        return word

    def word(self, group: str, variant: str) -> str:
        """A word that depends on who asks or whom we address: 提案, 委员, 您 …"""
        word: str = self.table["words"][group][variant]
        return word

    def line(self, name: str, facts: Mapping[str, str]) -> str:
        """A single-pattern line of the wording: category, disclosure, copies."""
        return fill(self.table["words"][name], facts)

    def field(
        self, kind: LetterKind, name: str, facts: Mapping[str, str], variant: str = ""
    ) -> str:
        """The composed text of a field, empty where no pattern has what it needs."""
        patterns = self.table[kind].get(name) or self.table["fields"].get(name, [])
        if variant:
            patterns = patterns[variant]
        return next((fill(p, facts) for p in patterns if _complete(p, facts)), "")

    def ordinal(self, level: int, number: int) -> str:
        """The 层次序数 of a sub-heading inside a reply, empty where they print as typed."""
        patterns = self.table["subheadings"]
        return fill(patterns[level - 1], {"n": str(number)}) if level <= len(patterns) else ""


def wording_names() -> list[str]:
    """The names of the wordings (行文写法) there are."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


@cache
def load_wording(name: str) -> Wording:
    """The wording called `name`; `ComposeError` where there is none."""
    path = FOLDER / f"{name}.toml"
    if not name.isidentifier() or not path.is_file():
        raise ComposeError(f"没有名为“{name}”的行文写法，卷宗未改动，请另选一种。")
    with path.open("rb") as file:
        return Wording(name, tomllib.load(file))


def fill(pattern: str, facts: Mapping[str, str]) -> str:
    """`pattern` with its {places} filled and its […] parts left out where a fact is missing."""

    def optional(match: re.Match[str]) -> str:
        return match[1] if _complete(match[1], facts) else ""

    return _PLACE.sub(lambda match: facts.get(match[1], ""), _OPTIONAL.sub(optional, pattern))


def _complete(pattern: str, facts: Mapping[str, str]) -> bool:
    return all(facts.get(name) for name in _PLACE.findall(_OPTIONAL.sub("", pattern)))
