"""`make faults`: every loop in full, printed as the table of the README."""

import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

LOOPS = ("autosave", "disk", "damage", "processes", "copies", "upgrades", "exports", "foreign")
HEAD = "| fault | tried | saves lost | damaged | destroyed | tracebacks | mute | twin | |"


def main(loops: list[str]) -> int:
    """Run them, each line once it is known; 1 where one did harm."""
    if loops:
        return any([run(loop) for loop in loops])
    print(HEAD)
    print("|---|--:|--:|--:|--:|--:|--:|---|---|", flush=True)
    # a process each: some loops fork, some have windows
    commands = [[sys.executable, "-m", "tests.faults", loop] for loop in LOOPS]
    return any([subprocess.run(command).returncode for command in commands])


def run(loop: str) -> bool:
    """The faults of one module; whether one did harm."""
    harmful = False
    for fault in import_module(f"tests.faults.{loop}").FAULTS:
        begun = time.monotonic()
        with tempfile.TemporaryDirectory() as place:
            found = fault.run(Path(place))
        harmful |= bool(found.harm)
        counts = (found.tried, found.lost, found.damaged, found.destroyed)
        cells = (fault.name, *counts, found.tracebacks, found.mute, found.twin, found.note)
        print(f"| {' | '.join(map(str, cells))} |", flush=True)
        print(f"{fault.name}: {time.monotonic() - begun:.0f} s", file=sys.stderr)
    return harmful


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
