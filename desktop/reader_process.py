"""The process that reads foreign files, started by `desktop.services.foreign`: no Qt, no library.

It limits its own memory, dies by its own alarm where its parent was killed while it read, and ends
when its pipe does. What a file says is judged here, the secrecy mark too; only the case goes back.
"""

import json
import os
import signal
import sys
from contextlib import suppress
from datetime import date
from typing import IO, Any

from desktop.crash import write_report
from desktop.errors import FuhanError
from desktop.letter import case_file
from desktop.letter.foreign import anatomy_file
from desktop.letter.homecoming import returned_file
from desktop.letter.homecoming.home import bring_home
from desktop.letter.homecoming.identity import identify
from desktop.letter.homecoming.opinion_return import opinion_home
from desktop.letter.homecoming.pack_return import pack_home
from desktop.letter.reader import everything, read_case, read_returned
from desktop.letter.reading import MAX_FILE
from desktop.services import foreign, secrecy

_ALARM = int(foreign.TIME_LIMIT) + 2  # seconds: the parent, if it lives, is first


def main() -> int:
    """Answer one file after the other until nobody asks any more; returns the exit code."""
    requests, answers = _pipes()
    _limit()
    with suppress(EOFError, OSError, KeyboardInterrupt):
        foreign.write_frame(answers, foreign.HELLO)
        while True:
            request = json.loads(foreign.read_frame(requests, foreign.MAX_REQUEST))
            data = foreign.read_frame(requests, MAX_FILE)
            _alarm(_ALARM)
            answer = json.dumps(_answer(request, data), ensure_ascii=False)
            foreign.write_frame(answers, answer.encode(errors="replace"))
            _alarm(0)
    return 0


def _answer(request: dict[str, Any], data: bytes) -> dict[str, object]:
    deeds = {"read": _read, "identify": _identify, "home": _bring_home}
    try:
        return {**deeds[request["do"]](request, data), "spent": _is_spent()}
    except FuhanError as error:
        return {"refused": str(error), "spent": _is_spent()}
    except MemoryError:
        return {"refused": foreign.TOO_MUCH, "spent": True}
    except Exception as error:  # a mistake of ours
        sentence = "程序内部出错，没有导入任何内容，文库没有改动，请把这份报告交给维护人员："
        return {"refused": f"{sentence}{write_report(error)}。"}


def _read(request: dict[str, Any], data: bytes) -> dict[str, object]:
    reading = read_case(data, date.fromisoformat(request["today"]))
    secrecy.refuse(reading.text, *secrecy.texts(reading.case))
    return {
        "case": case_file.dump_compact(reading.case),
        "notes": reading.notes,
        "anatomy": reading.anatomy and anatomy_file.dump(reading.anatomy),
        "proposal": reading.proposal,
        "issue": reading.issue and [reading.issue.on.isoformat(), reading.issue.by],
        "pack": reading.pack,
    }


def _identify(_: dict[str, Any], data: bytes) -> dict[str, object]:
    page = read_returned(data)
    secrecy.refuse(everything(page))
    return returned_file.dump_identity(identify(page))


def _bring_home(request: dict[str, Any], data: bytes) -> dict[str, object]:
    page = read_returned(data)
    secrecy.refuse(everything(page))
    today, printed = date.fromisoformat(request["today"]), request["printed"]
    base = returned_file.parse_case(request["base"]) if request["base"] else None
    answers = base and (pack_home(page, base, today) or opinion_home(page, base, today))
    settings = returned_file.load_printed(printed) if printed else None
    return returned_file.dump_home(answers or bring_home(page, base, settings, today))


def _pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Where requests come from, and where answers go. A program without a console has no standard
    streams on Windows, but it has the handles of our pipes.
    """
    if sys.platform == "win32":
        import ctypes
        import msvcrt

        handle = ctypes.WinDLL("kernel32").GetStdHandle
        handle.restype = ctypes.c_void_p
        requests = msvcrt.open_osfhandle(handle(-10), os.O_BINARY | os.O_RDONLY)
        return os.fdopen(requests, "rb"), os.fdopen(
            msvcrt.open_osfhandle(handle(-11), os.O_BINARY), "wb"
        )
    answers = os.dup(1)
    os.dup2(2, 1)  # what a library may print is no answer
    return os.fdopen(0, "rb", closefd=False), os.fdopen(answers, "wb")


def _limit() -> None:
    if sys.platform == "win32":  # the parent holds us in a job
        return
    import resource

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent; our pipe tells us
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # it would hold what the file says
    if sys.platform == "linux":
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        limit = foreign.MEMORY_LIMIT
        if most != resource.RLIM_INFINITY:
            limit = min(limit, most)
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _alarm(seconds: int) -> None:
    """End this process in so many seconds; 0: not at all. No code of ours need run for that."""
    if sys.platform != "win32":
        signal.alarm(seconds)


def _is_spent() -> bool:
    """Whether a file took so much memory that the next one might find too little.

    Not by getrusage: its peak begins with that of the process that started us.
    """
    with suppress(OSError, StopIteration, ValueError), open("/proc/self/status", "rb") as status:
        peak = next(line for line in status if line.startswith(b"VmHWM:"))
        return int(peak.split()[1]) << 10 > foreign.MEMORY_LIMIT // 2
    return False
