"""The files of the corpus: scenarios done by LibreOffice and by Word's XML, and their ways home."""

import json
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from tests import rendering
from tests.returns.judging import Came
from tests.returns.letters import LETTERS
from tests.returns.manners import mannered
from tests.returns.scenarios import Scenario
from tests.returns.word import AT, done_in_word

WAYS = ("once", "thrice", "doc", "odt")
_KINDS = {"once": ("docx",), "thrice": ("docx",) * 3, "doc": ("doc", "docx")}
_KINDS["odt"] = ("odt", "docx")


def uno_missing() -> str:
    """Why LibreOffice cannot be driven here, or nothing."""
    if missing := rendering.tools_missing():
        return missing
    command = [rendering.PYTHON, "-c", "import uno"]
    if Path(command[0]).exists() and not subprocess.run(command, capture_output=True).returncode:
        return ""
    return "python3-uno"


def in_word(scenario: Scenario, manner: str) -> Came:
    """A scenario done in Word, with the manners of a program."""
    data = done_in_word(
        LETTERS[scenario.letter].data, scenario.deeds, scenario.author, tracked=scenario.tracked
    )
    return Came(scenario, mannered(data, manner), AT if scenario.tracked else "")


def in_libreoffice(
    scenarios: Sequence[Scenario], folder: Path, ways: Sequence[str] = WAYS
) -> Iterator[tuple[str, Came]]:
    """Scenarios done in one LibreOffice, each with its ways home."""
    jobs = []
    for number, scenario in enumerate(scenarios):
        file = folder / f"typed{number:03}.docx"
        file.write_bytes(LETTERS[scenario.letter].data)
        jobs.append(
            {
                "file": str(file),
                "folder": str(folder),
                "author": scenario.author,
                "tracked": scenario.tracked,
                "deeds": [asdict(deed) for deed in scenario.deeds],
                "ways": ways,
            }
        )
    today = datetime.now(UTC).date().isoformat()
    said = rendering.by_hand("tests.returns.hands", folder / "profile", said=json.dumps(jobs))
    for scenario, made in zip(scenarios, json.loads(said), strict=True):
        if "failed" in made:
            raise AssertionError(f"{scenario.name} ({scenario.letter}): {made['failed']}")
        for way, path in made.items():
            at = today if scenario.tracked else ""
            yield way, Came(scenario, Path(path).read_bytes(), at, way == "doc")


def through_libreoffice(
    scenarios: Iterable[Scenario], folder: Path, ways: Sequence[str] = WAYS
) -> Iterator[tuple[str, Came]]:
    """Scenarios done in Word and saved by LibreOffice, which signs as nobody."""
    came = {f"sent{n:03}": in_word(one, "word") for n, one in enumerate(scenarios)}
    for way in ways:
        files = [folder / f"{name}.docx" for name in came]
        for file in files:
            file.write_bytes(came[file.stem].data)
        for turn, kind in enumerate(_KINDS[way]):
            place = folder / f"{way}{turn}"
            place.mkdir()
            files = rendering.convert(files, place, kind)
        for file in files:
            one = came[file.stem]
            yield way, Came(one.scenario, file.read_bytes(), one.at[:16], way == "doc")
