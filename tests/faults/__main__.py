"""`make faults`: every loop in full, printed as the table of the README."""

import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

LOOPS = ("autosave", "disk", "damage", "processes", "copies", "upgrades", "exports", "foreign")
HEAD = "| fault | tried | saves lost | damaged | destroyed | tracebacks | mute | twin | |"


def main() -> int:
    """Run them all, each line once it is known; the number of those that did harm."""
    print(HEAD)
    print("|---|--:|--:|--:|--:|--:|--:|---|---|")
    harmful = 0
    for loop in LOOPS:
        for fault in import_module(f"tests.faults.{loop}").FAULTS:
            begun = time.monotonic()
            with tempfile.TemporaryDirectory() as place:
                found = fault.run(Path(place))
            harmful += bool(found.harm)
            counts = (found.tried, found.lost, found.damaged, found.destroyed)
            cells = (fault.name, *counts, found.tracebacks, found.mute, found.twin, found.note)
            print(f"| {' | '.join(map(str, cells))} |", flush=True)
            print(f"{fault.name}: {time.monotonic() - begun:.0f} s", file=sys.stderr)
    return harmful


if __name__ == "__main__":
    sys.exit(main())
