"""Foreign files are read in a process of their own, which may fall without taking anything along.

`read` hands a file's bytes to the one warm child (`desktop.reader_process`) and gets a case back:
text, and nothing that was not text; `identify` and `bring_home` do so for a returned file (来稿).
The child has a limit of memory, a file a limit of time; whatever happens in there becomes a
sentence here, and the next file finds a new child. Over the pipes go frames: eight bytes of length,
then plain bytes; up go what is asked, as JSON, `{"do": "read", "today": …}`, and the file, down
comes JSON, `{"case": a case file, "notes": […], …}` or `{"refused": a sentence}`, with
`"spent": true` from a child that has taken much memory and asks to be replaced.
"""

import atexit
import json
import os
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from threading import Event, Lock, Thread
from time import monotonic, sleep
from typing import IO, Any, TypeVar

from desktop.errors import InputError
from desktop.letter import case_file
from desktop.letter.foreign import anatomy_file
from desktop.letter.homecoming import returned_file
from desktop.letter.homecoming.returned import Homecoming, Identity, Printed
from desktop.letter.model import Case, Issue
from desktop.letter.reading import Reading
from desktop.services import windows_job

ARGUMENT = "read-foreign-files"  # known to the program's door, to nobody's command line
HELLO = b"fuhan reads"
TIME_LIMIT, START_LIMIT = 10.0, 60.0  # seconds: for a file, for a cold disk to bring the process up
_GRAIN = 0.1  # seconds a limit may be late
MEMORY_LIMIT = 300 << 20  # bytes of address space, so of memory too
MAX_ANSWER = 16 << 20
MAX_REQUEST = MAX_ANSWER
_LENGTH = struct.Struct(">Q")
_ADVICE = "没有导入任何内容，文库没有改动，请在 Word/WPS 中打开它，把文字粘贴到新文档里再导入。"
TOO_MUCH = f"读这个文件要用的内存太多，已经停下，{_ADVICE}"
_TOO_LONG = f"读这个文件超过 {TIME_LIMIT:.0f} 秒，已经停下，{_ADVICE}"
_FELL = f"读这个文件的后台程序意外停下了，{_ADVICE}"
_NOT_STARTED = (
    "读文件的后台程序没能启动，没有导入任何内容，文库没有改动，"
    "请关掉一些程序后再导入，仍不行就重新启动电脑。"
)

_T = TypeVar("_T")


class ForeignReader:
    """The child process and who may talk to it: one thread at a time, the others wait."""

    def __init__(self, command: Sequence[str] = ()) -> None:
        """`command` starts another child than the program's own; it is started when needed."""
        self._command = command
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._let_go: Callable[[], object] = lambda: None
        self._ready = False

    @property
    def process_id(self) -> int | None:
        """Of the child, if there is one."""
        return self._process.pid if self._process else None

    def warm(self) -> None:
        """Have the child started (some milliseconds here, a quarter of a second there)."""
        with self._lock, suppress(InputError):
            self._living()

    def read(self, data: bytes, today: date) -> Reading:
        """The case in a file's bytes; `text` of the reading is empty.

        Raises `InputError`, also where a secrecy mark (密级标志) stands anywhere in the file.
        """
        return self._asked({"do": "read", "today": today.isoformat()}, data, _reading)

    def identify(self, data: bytes) -> Identity:
        """Who a returned file (来稿) says it is. Raises as `read`."""
        return self._asked({"do": "identify"}, data, returned_file.load_identity)

    def bring_home(
        self, data: bytes, base: Case | None, printed: Printed | None, today: date
    ) -> Homecoming:
        """What a returned file (来稿) says, set against `base`, the case that left.

        Without `base` the file's own carriers serve, without `printed` the settings it fits best.
        Raises as `read`, and where neither is known.
        """
        request = {
            "do": "home",
            "today": today.isoformat(),
            "base": base and case_file.dump_compact(base),
            "printed": printed and returned_file.dump_printed(printed),
        }
        home = self._asked(request, data, returned_file.load_home)
        if base is None or _is_sound(base):  # only a draft may come home as one
            case_file.check(home.case)
        return home

    def close(self) -> None:
        """End the child, whatever it does; who waits for it hears that it fell."""
        if process := self._process:
            process.kill()
            process.wait()
        if self._lock.acquire(blocking=False):  # else whoever holds it will
            try:
                self._discard()
            finally:
                self._lock.release()

    def _asked(
        self, request: Mapping[str, object], data: bytes, made: Callable[[dict[str, Any]], _T]
    ) -> _T:
        with self._lock:
            try:
                answer = self._answer(request, data)
                refused = answer.get("refused")
                found = None if refused else _believed(answer, made)
            except BaseException:  # nobody knows any more what the child would say next
                self._discard()
                raise
            if answer.get("spent"):
                self._discard()
        if found is None:
            raise InputError(str(refused))
        return found

    def _answer(self, request: Mapping[str, object], data: bytes) -> dict[str, Any]:
        process = self._living()
        assert process.stdin
        assert process.stdout
        if not self._ready:
            with _deadline(process, START_LIMIT, _NOT_STARTED, _NOT_STARTED):
                if read_frame(process.stdout, len(HELLO)) != HELLO:
                    raise ValueError
            self._ready = True
        with _deadline(process, TIME_LIMIT, _TOO_LONG, _FELL):
            write_frame(process.stdin, json.dumps(request).encode())
            write_frame(process.stdin, data)
            answer = json.loads(read_frame(process.stdout, MAX_ANSWER))
            if not isinstance(answer, dict):
                raise ValueError
            return answer

    def _living(self) -> subprocess.Popen[bytes]:
        if self._process and self._process.poll() is not None:
            self._discard()
        if not self._process:
            try:
                self._process = _started(self._command or _own_command())
            except OSError as error:
                raise InputError(_NOT_STARTED) from error
            self._let_go = windows_job.hold(self._process, MEMORY_LIMIT)
        return self._process

    def _discard(self) -> None:
        process, self._process, self._ready = self._process, None, False
        if not process:
            return
        self._let_go()
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):  # what was not sent is sent nowhere
                if pipe:
                    pipe.close()


_READER = ForeignReader()
warm, read, close = _READER.warm, _READER.read, _READER.close
identify, bring_home = _READER.identify, _READER.bring_home
atexit.register(close)


def write_frame(pipe: IO[bytes], data: bytes) -> None:
    """Send `data` as one frame; `OSError` where nobody listens."""
    pipe.write(_LENGTH.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def read_frame(pipe: IO[bytes], most: int) -> bytes:
    """The next frame; `EOFError` where there is none, `ValueError` above `most` bytes."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    if length > most:
        raise ValueError
    data = pipe.read(length)
    if len(data) < length:
        raise EOFError
    return data


def _own_command() -> list[str]:
    """The program itself, by its hidden argument: the bundle has no other door."""
    bundled = getattr(sys, "frozen", False)
    return [sys.executable, *([] if bundled else ["-P", "-m", "desktop"]), ARGUMENT]


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # our modules and nobody else's: with -P not those of the folder we were started in
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _believed(answer: dict[str, Any], made: Callable[[dict[str, Any]], _T]) -> _T:
    """The answer is believed as little as a file: `made` checks what it makes of it."""
    try:
        return made(answer)
    except (KeyError, TypeError, ValueError, InputError) as error:
        raise InputError(_FELL) from error


def _reading(answer: dict[str, Any]) -> Reading:
    case, notes, anatomy = answer["case"], answer["notes"], answer["anatomy"]
    proposal, pack = answer["proposal"], answer["pack"]
    if not isinstance(case, str) or not isinstance(notes, list) or not isinstance(pack, str):
        raise ValueError
    if not isinstance(proposal, dict | None):
        raise ValueError
    understood = anatomy_file.load(anatomy) if isinstance(anatomy, dict) else None
    return Reading(
        case_file.load(case),
        tuple(map(str, notes)),
        anatomy=understood,
        proposal=proposal,
        pack=pack,
        issue=_issue(answer["issue"]),
    )


def _issue(told: object) -> Issue | None:
    if told is None:
        return None
    if not isinstance(told, list):
        raise ValueError
    on, by = map(str, told)
    return Issue(date.fromisoformat(on), by)


def _is_sound(case: Case) -> bool:
    try:
        case_file.check(case)
    except InputError:
        return False
    return True


class _Watch:
    """Ends the child that takes too long. One thread for all files: to start one for each would
    take a tenth of the time that reading takes."""

    def __init__(self) -> None:
        self._deadlines: dict[subprocess.Popen[bytes], float] = {}
        self._any = Event()
        self._thread: Thread | None = None

    def begin(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        """Kill `process` after `seconds`, unless it is let go before."""
        self._deadlines[process] = monotonic() + seconds
        self._any.set()
        if not self._thread:
            self._thread = Thread(target=self._run, daemon=True)
            self._thread.start()

    def let_go(self, process: subprocess.Popen[bytes]) -> bool:
        """It has answered, or fallen; whether it was killed here."""
        return self._deadlines.pop(process, None) is None

    def _run(self) -> None:
        while self._any.wait():
            sleep(_GRAIN)
            self._any.clear()
            for process, until in list(self._deadlines.items()):
                if monotonic() < until:
                    self._any.set()
                elif self._deadlines.pop(process, None):
                    process.kill()


_WATCH = _Watch()


@contextmanager
def _deadline(
    process: subprocess.Popen[bytes], seconds: float, late: str, fell: str
) -> Iterator[None]:
    """Kill `process` after `seconds`; its end, or an answer that is none, is an `InputError`."""
    _WATCH.begin(process, seconds)
    try:
        yield
    except (OSError, EOFError, ValueError, RecursionError) as error:
        raise InputError(late if _WATCH.let_go(process) else fell) from error
    finally:
        _WATCH.let_go(process)
