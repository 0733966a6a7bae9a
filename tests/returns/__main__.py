"""`make returns`: the whole corpus, every way home, with all, half and none of the carriers.

Prints the table, and what went wrong to the standard error. A folder as argument keeps the files.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.returns.judging import Came
from tests.returns.making import in_libreoffice, in_word, through_libreoffice
from tests.returns.manners import CARRIERS, MANNERS
from tests.returns.scenarios import SCENARIOS
from tests.returns.tally import HEAD, Tally


def corpus(folder: Path) -> Iterator[tuple[str, Came]]:
    """Every file with the way it came."""
    for manner in MANNERS:
        for scenario in SCENARIOS:
            yield f"Word: {manner}", in_word(scenario, manner)
    sent, typed = folder / "sent", folder / "typed"
    sent.mkdir(parents=True)
    typed.mkdir()
    for way, came in through_libreoffice([s for s in SCENARIOS if s.tracked or not s.typed], sent):
        yield f"Word, then LibreOffice: {way}", came
    for way, came in in_libreoffice([s for s in SCENARIOS if s.typed], typed):
        yield f"LibreOffice: {way}", came


def main(folder: Path) -> int:
    """The table; 1 where a promise is broken."""
    tally = Tally()
    for way, came in corpus(folder):
        for carriers in CARRIERS:
            tally.judge(way, came, carriers)
    print("\n".join((HEAD, *tally.rows())))
    print("\n".join((*tally.said, *tally.broken())), file=sys.stderr)
    return bool(tally.broken())


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(main(Path(sys.argv[1])))
    with tempfile.TemporaryDirectory() as place:
        sys.exit(main(Path(place)))
