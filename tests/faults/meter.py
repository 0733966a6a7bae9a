"""What reading a file costs, and whether anything went out to the network for it."""

import os
import re
import socket
import threading
import time
from pathlib import Path
from typing import Self

from desktop.services.foreign import ARGUMENT

MAX_MEGABYTES = 300
MAX_SECONDS = 10.0 + 2.0  # a file's own, and what a new process needs to start on a busy machine
_POLL = 0.02  # seconds


class Meter:
    """What reading costs: the longest time in seconds, the highest memory in MB.

    Memory is what this process grows by or the peak of the one that reads, as Linux counts it.
    """

    def __init__(self) -> None:
        self.seconds = self.megabytes = 0.0
        self.worst = ""

    def __call__(self, name: str) -> "_Measured":
        """Measure what is done inside `with`."""
        return _Measured(self, name)

    def breaches(self) -> int:
        """How many of the two caps were broken."""
        return (self.seconds > MAX_SECONDS) + (self.megabytes > MAX_MEGABYTES)

    def __str__(self) -> str:
        return f"at most {self.megabytes:.0f} MB and {self.seconds:.1f} s ({self.worst})"


class _Measured:
    def __init__(self, meter: Meter, name: str) -> None:
        self._meter, self._name = meter, name
        self._peak, self._done = 0.0, threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        for process in ("self", *_readers()):
            _forget_peak(process)
        self._before = _memory("self", "VmRSS")
        self._watch.start()
        self._begun = time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        seconds = time.perf_counter() - self._begun
        self._done.set()
        self._watch.join()
        growth = _peak("self") - self._before
        peak = max([self._peak, growth, *map(_peak, _readers())])
        if seconds > self._meter.seconds or peak > self._meter.megabytes:
            self._meter.worst = self._name
        self._meter.seconds = max(seconds, self._meter.seconds)
        self._meter.megabytes = max(peak, self._meter.megabytes)

    def _look(self) -> None:
        """A child that is killed for its greed takes its figures along: they are read before."""
        while not self._done.wait(_POLL):
            self._peak = max([self._peak, *map(_peak, _readers())])


def _readers() -> list[str]:
    """The processes that read for us; a child that is still a copy of ourselves is none yet."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = place.read_text().rpartition(")")[2].split()[1]
            is_reader = ARGUMENT.encode() in place.with_name("cmdline").read_bytes()
        except OSError:  # it has ended
            continue
        if parent == str(os.getpid()) and is_reader:
            found.append(place.parent.name)
    return found


def _memory(process: str, name: str) -> float:
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    found = re.search(rf"{name}:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0


def _peak(process: str) -> float:
    return _memory(process, "VmHWM")


def _forget_peak(process: str) -> None:
    place = Path(f"/proc/{process}/clear_refs")
    if place.exists():
        place.write_text("5")


class Listener:
    """A web server's door on this machine; `visits` counts who came."""

    def __enter__(self) -> Self:
        self._door = socket.create_server(("localhost", 0))
        self._door.setblocking(False)
        self.address = f"http://localhost:{self._door.getsockname()[1]}"
        return self

    def visits(self) -> int:
        """How many have knocked since last asked."""
        count = 0
        while True:
            try:
                self._door.accept()[0].close()
            except BlockingIOError:
                return count
            count += 1

    def __exit__(self, *_: object) -> None:
        self._door.close()
