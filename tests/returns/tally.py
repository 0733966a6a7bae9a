"""The measure of many returns, by the way they came and by what was left of their carriers."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tests.returns.judging import Came, Verdict, judge
from tests.returns.manners import CARRIERS

# of a hundred edits so many land in the right reply (issue 7, “Done when”)
WANTED = {"all": 99.0, "half": 99.0, "none": 95.0}
HEAD = """\
| way home | files | edits | all carriers | half | none | paragraphs exact | lost | wrong |
|---|--:|--:|--:|--:|--:|--:|--:|--:|"""


@dataclass
class Tally:
    """`said` are the faults found, a line each."""

    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    said: list[str] = field(default_factory=list)

    def judge(self, way: str, came: Came, carriers: str) -> Verdict:
        """Bring a file home with what these carriers leave of it, and count how it went."""
        group, strip = CARRIERS[carriers]
        verdict = judge(replace(came, data=strip(came.data)))
        self.counts[way, group, "deeds"] += verdict.deeds
        self.counts[way, group, "landed"] += verdict.landed
        self.counts[way, "", "files"] += 1
        self.counts[way, "", "deeds"] += verdict.deeds
        self.counts[way, "", "exact"] += verdict.exact
        self.counts[way, "", "lost"] += len(verdict.lost)
        self.counts[way, "", "wrong"] += len(verdict.wrong)
        what = f"{came.scenario.letter}, {came.scenario.name}, {way}, {carriers}"
        for faults in (verdict.missed, verdict.lost, verdict.wrong):
            self.said += [f"{what}: {fault}" for fault in faults]
        return verdict

    def share(self, group: str, way: str = "") -> float:
        """Of a hundred edits, so many landed; of all ways or of one."""
        done = {what: 0 for what in ("deeds", "landed")}
        for (one, of, what), count in self.counts.items():
            if of == group and what in done and way in ("", one):
                done[what] += count
        return 100 * done["landed"] / done["deeds"] if done["deeds"] else 100.0

    def total(self, what: str) -> int:
        """The files, or what was lost or wrong in them, of all ways."""
        return sum(n for (_, of, one), n in self.counts.items() if not of and one == what)

    def rows(self) -> Iterator[str]:
        """A line of the table for each way."""
        for way in dict.fromkeys(way for way, *_ in self.counts):
            count = {what: self.counts[way, "", what] for what in ("files", "deeds", "exact")}
            shares = [f"{self.share(group, way):.1f} %" for group in WANTED]
            exact = f"{100 * count['exact'] / count['files']:.1f} %"
            harm = [str(self.counts[way, "", what]) for what in ("lost", "wrong")]
            cells = [way, str(count["files"]), str(count["deeds"]), *shares, exact, *harm]
            yield f"| {' | '.join(cells)} |"

    def broken(self) -> list[str]:
        """What was promised and is not so."""
        short = [
            f"{group} carriers: {self.share(group):.2f} % of the edits landed"
            for group, wanted in WANTED.items()
            if self.share(group) < wanted
        ]
        harm = [f"{self.total(what)} {what}" for what in ("lost", "wrong") if self.total(what)]
        return short + harm
