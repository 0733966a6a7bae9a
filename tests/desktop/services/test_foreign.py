"""The process that reads foreign files: whatever it does, we stand, and say what happened."""

import ctypes
import hashlib
import json
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db.enums import Form
from desktop.errors import InputError
from desktop.letter.case_file import dump, dump_compact
from desktop.letter.foreign import anatomy_file
from desktop.letter.foreign.anatomy import Anatomy
from desktop.letter.homecoming import returned_file
from desktop.letter.homecoming.home import bring_home
from desktop.letter.homecoming.identity import identify
from desktop.letter.homecoming.returned import (
    Homecoming,
    Mark,
    Placed,
    Printed,
    Remark,
    Trace,
    Unplaced,
)
from desktop.letter.model import Case, Paragraph, own
from desktop.letter.ooxml import el
from desktop.letter.pages.page import read_docx
from desktop.letter.reader import read_case
from desktop.letter.writer import letter_docx
from desktop.services import foreign, windows_job
from desktop.services.cases import read_file
from desktop.services.foreign import ForeignReader
from desktop.services.foreign_file import contents
from tests.cases import hard_case, plain_case
from tests.conftest import DATA, TODAY
from tests.docx_edits import edited, new_paragraph, paragraph

LETTER = (DATA / "twin-narrative.txt").read_bytes()
linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux has these limits and signals")
Made = Callable[..., ForeignReader]


@pytest.fixture
def reader_of() -> Iterator[Made]:
    """Makes a reader whose child is the program's own after this code has changed it."""
    readers: list[ForeignReader] = []

    def make(code: str = "", *arguments: object) -> ForeignReader:
        text = f"import sys\nfrom desktop import reader_process\n{code}\nreader_process.main()"
        command = [sys.executable, "-c", text, *map(str, arguments)]
        readers.append(ForeignReader(command if code else ()))
        return readers[-1]

    yield make
    for reader in readers:
        reader.close()


def refusal(reader: ForeignReader, data: bytes = LETTER) -> str:
    with pytest.raises(InputError) as caught:
        reader.read(data, TODAY)
    assert "没有导入任何内容" in str(caught.value)
    return str(caught.value)


def process_of(reader: ForeignReader) -> int:
    assert reader.process_id
    return reader.process_id


def ended(process: int) -> bool:
    """Whether a process that is not our child is gone, or goes within some seconds."""
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], 10)[0])
    finally:
        os.close(handle)


@pytest.mark.parametrize(
    "data",
    [
        letter_docx(hard_case(), TODAY),
        letter_docx(plain_case(), TODAY, final=True),
        dump(hard_case()).encode(),
        LETTER,
    ],
)
def test_what_it_reads_is_what_would_be_read_here(data: bytes) -> None:
    here = read_case(data, TODAY)
    assert foreign.read(data, TODAY) == replace(here, text="")


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7\n", b"PK\x03\x04 cut", b"{}", "购物清单".encode()]
)
def test_it_refuses_in_the_same_words(data: bytes) -> None:
    with pytest.raises(InputError) as here:
        read_case(data, TODAY)
    assert refusal(foreign._READER, data) == str(here.value)


def test_it_stays_warm() -> None:
    foreign.read(LETTER, TODAY)
    before = foreign._READER.process_id
    refusal(foreign._READER, b"{}")
    foreign.read(LETTER, TODAY)
    assert foreign._READER.process_id == before


def test_threads_wait_for_one_another(reader_of: Made) -> None:
    reader = reader_of()
    cases = [plain_case(text=f"已经办理，第{n}次。") for n in range(12)]
    with ThreadPoolExecutor(4) as pool:
        read = pool.map(lambda case: reader.read(dump(case).encode(), TODAY).case, cases)
        assert list(read) == cases


def test_a_child_that_was_killed_meanwhile_is_replaced(reader_of: Made) -> None:
    reader = reader_of()
    reader.read(LETTER, TODAY)
    os.kill(process_of(reader), signal.SIGTERM)
    reader._process.wait()  # type: ignore[union-attr]
    assert reader.read(LETTER, TODAY).case.proposals


LOOPS = {
    "Python": "while True: pass",
    "C, which lets nobody else run": "import re; re.match('(a+)+$', 'a' * 60 + 'b')",
}
FAULTY = "def read_case(data, today):\n {}\nreader_process.read_case = read_case"
CHANGED = "old = reader_process.read_case\n" + FAULTY.format("{}\n return old(data, today)")


@pytest.mark.parametrize("loop", LOOPS)
def test_a_file_that_takes_for_ever_is_stopped(
    reader_of: Made, loop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = reader_of(FAULTY.format(LOOPS[loop]))
    monkeypatch.setattr(foreign, "TIME_LIMIT", 0.3)
    assert "超过 10 秒" in refusal(reader)
    assert reader.process_id is None


HOG = """
def read_case(data, today):
    import re
    kept = []
    try:
        while len(kept) < 400:
            kept.append(bytearray(b"x" * (1 << 20)))
    finally:
        peak = re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1]
        open(sys.argv[1], "w").write(str(int(peak) >> 10))
reader_process.read_case = read_case
"""


@linux
@pytest.mark.parametrize("limited", [True, False])
def test_a_file_that_eats_memory_is_stopped_below_the_limit(
    reader_of: Made, tmp_path: Path, limited: bool
) -> None:
    """The twin without the limit takes what it wants."""
    peak = tmp_path / "peak"
    code = HOG if limited else f"{HOG}\nreader_process._limit = lambda: None"
    reader = reader_of(code, peak)
    said = refusal(reader)
    assert ("内存太多" in said) == limited
    assert (int(peak.read_text()) <= 300) == limited
    if limited:
        assert reader.process_id is None, "its memory is in pieces: the next file wants a new one"


@linux
def test_it_leaves_no_core_file(reader_of: Made) -> None:
    code = "import resource; raise Exception(resource.getrlimit(resource.RLIMIT_CORE) == (0, 0))"
    answer = "reader_process.write_report = lambda error: str(error)"
    assert "True" in refusal(reader_of(f"{FAULTY.format(code)}\n{answer}"))


FALLS = {
    "segmentation fault": FAULTY.format("import ctypes; ctypes.string_at(0)"),
    "exit": FAULTY.format("import os; os._exit(3)"),
    "no JSON": "reader_process.json.dumps = lambda *_, **__: 'case'",
    "no case": "reader_process._answer = lambda *_: {'case': '{}', 'notes': []}",
    "half a case": "reader_process._answer = lambda *_: {'case': None, 'notes': 'x'}",
    "a list": "reader_process._answer = lambda *_: ['case']",
    "too much": "reader_process._answer = lambda *_: {'refused': 'x' * (17 << 20)}",
    "deep JSON": "reader_process.json.dumps = lambda *_, **__: '[' * 100_000",
}


@pytest.mark.parametrize("fall", FALLS)
def test_whatever_it_does_is_a_sentence(reader_of: Made, fall: str) -> None:
    reader = reader_of(FALLS[fall])
    assert "意外停下" in refusal(reader)
    assert reader.process_id is None
    assert foreign.read(LETTER, TODAY).case.proposals


def test_what_it_prints_is_no_answer(reader_of: Made) -> None:
    reader = reader_of(CHANGED.format("print('x' * 9999, flush=True)"))
    assert reader.read(LETTER, TODAY) == foreign.read(LETTER, TODAY)


def test_a_mistake_of_ours_names_its_report_and_the_child_goes_on(reader_of: Made) -> None:
    reader = reader_of(CHANGED.format("if data == b'x': raise KeyError('秘而不宣')"))
    said = refusal(reader, b"x")
    report = Path(said.rpartition("：")[2].removesuffix("。"))
    assert "KeyError" in (text := report.read_text(encoding="utf-8"))
    assert "秘而不宣" not in text
    report.unlink()
    process = reader.process_id
    assert reader.read(LETTER, TODAY).case.proposals
    assert reader.process_id == process


@pytest.mark.parametrize("command", [["/no/such/program"], [sys.executable, "-c", "pass"]])
def test_one_that_does_not_start_is_said(command: list[str]) -> None:
    reader = ForeignReader(command)
    reader.warm()
    assert "没能启动" in refusal(reader)
    reader.close()


def test_who_closes_it_does_not_wait_for_a_file(reader_of: Made) -> None:
    reader = reader_of(FAULTY.format("sys.stderr.close(); import time; time.sleep(60)"))
    said: list[str] = []
    thread = threading.Thread(target=lambda: said.append(refusal(reader)))
    thread.start()
    while not reader._ready:
        assert thread.is_alive()
    reader.close()
    thread.join(5)
    assert said
    assert reader.process_id is None


PARENT = """
import sys
from datetime import date
from desktop.services.foreign import ForeignReader
reader = ForeignReader(*([[sys.executable, "-c", sys.argv[1]]] if sys.argv[1:] else []))
reader.warm()
print(reader.process_id, flush=True)
if sys.argv[1:]:
    reader.read(b"x", date.today())
sys.stdin.read()
"""
BUSY = """
from desktop import reader_process
def read_case(data, today):
    open({!r}, "w").close()
    while True: pass
reader_process.read_case, reader_process._ALARM = read_case, 1
reader_process.main()
"""


@linux
@pytest.mark.parametrize("busy", [False, True])
def test_a_killed_parent_leaves_no_orphan(busy: bool, tmp_path: Path) -> None:
    """The idle child hears its pipe close; the busy one has its alarm."""
    begun = tmp_path / "begun"
    os.mkfifo(begun)
    command = [sys.executable, "-c", PARENT, *([BUSY.format(str(begun))] if busy else [])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        if busy:
            begun.read_bytes()
        parent.kill()
    assert ended(child)


@linux
def test_it_ends_with_us() -> None:
    text = "from desktop.services import foreign as f; f.warm(); print(f._READER.process_id)"
    said = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)
    assert said.stderr == ""
    assert ended(int(said.stdout))


def test_nothing_of_the_folder_we_stand_in_is_run(
    reader_of: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("open('ran', 'w')\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert reader_of().read(LETTER, TODAY).case.proposals
    assert not Path("ran").exists()


def test_the_bundle_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """test_bundle.py tries it; here only that no Python is looked for."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert foreign._own_command() == [sys.executable, foreign.ARGUMENT]


@pytest.mark.parametrize("name", ["PySide6", "peewee", "desktop.cli", "desktop.services.library"])
def test_the_child_knows_neither_window_nor_library(name: str) -> None:
    code = (
        f"import sys, desktop.__main__, desktop.reader_process; sys.exit({name!r} in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_the_windows_structure_has_its_size() -> None:
    """144 bytes in 64-bit Windows' headers; nothing more of it can be tried elsewhere."""
    assert ctypes.sizeof(windows_job.Limits) == 144


def test_a_secrecy_mark_is_found_in_there(tmp_path: Path) -> None:
    marked = tmp_path / "a.txt"
    marked.write_bytes(LETTER + "\n机密★1年".encode())
    with pytest.raises(InputError, match="密级标志"):
        read_file(marked, TODAY)


def test_an_answer_is_believed_as_little_as_a_file() -> None:
    anatomy = {**anatomy_file.dump(Anatomy("甲")), "marks": [["title", 0, 2, 0, ""]]}
    answer = {
        "case": dump(plain_case()),
        "notes": ["看过"],
        "anatomy": None,
        "proposal": None,
        "pack": "",
        "issue": ["2025-09-05", "叶青禾"],
    }
    assert foreign._believed(answer, foreign._reading).notes == ("看过",)
    with pytest.raises(InputError, match="没有导入"):
        foreign._believed({**answer, "anatomy": anatomy}, foreign._reading)


def marked_letter() -> bytes:
    case = plain_case()
    reply = replace(case.replies[0], paragraphs=(Paragraph("p1111111", "机密★1年"),))
    return letter_docx(replace(case, replies=(reply, *case.replies[1:])), TODAY)


def test_a_returned_file_says_who_it_is() -> None:
    case = hard_case()
    settings = replace(case, form=Form.RESULT_LIST, wording="standard")
    data = letter_docx(settings, TODAY, settings=case)
    said = foreign.identify(data)
    assert said == identify(read_docx(data))
    assert said.state == hashlib.sha256(dump_compact(case).encode()).hexdigest()
    assert said.printed == Printed(Form.RESULT_LIST, "standard", case.head, case.layout)


@pytest.mark.parametrize("base", [hard_case(), None])
def test_it_brings_home_what_would_be_brought_home_here(base: Case | None) -> None:
    def edit(root: Any) -> None:
        typed = el("ins", new_paragraph("并公开。")[0], id=1, author="王科长")
        paragraph(root, "移交办法").append(typed)
        paragraph(root, "尊敬的").addprevious(new_paragraph("送审"))
        paragraph(root, "全天开放").append(el("r", el("commentReference", id=1)))

    data = edited(letter_docx(hard_case(), TODAY), edit)
    here = bring_home(read_docx(data), base, None, TODAY)
    assert here.marks
    assert here.unplaced
    assert foreign.bring_home(data, base, None, TODAY) == here
    assert foreign.bring_home(data, base, identify(read_docx(data)).printed, TODAY) == here


def test_a_draft_that_breaks_a_rule_comes_home_all_the_same() -> None:
    case = plain_case()
    draft = replace(case, fields=replace(case.fields, contact=own("")))
    assert foreign.bring_home(letter_docx(case, TODAY), draft, None, TODAY).case == draft


def test_returned_files_are_refused_in_sentences() -> None:
    empty = edited(letter_docx(plain_case(), TODAY), lambda root: root[0].clear())
    for data, said in (
        (empty, "没有文字"),
        (b"%PDF-1.7\n", "PDF"),
        (letter_docx(plain_case(), TODAY)[:900], "损坏"),
        (marked_letter(), "密级标志"),
    ):
        with pytest.raises(InputError, match=said):
            foreign.identify(data)
        with pytest.raises(InputError, match=said):
            foreign.bring_home(data, plain_case(), None, TODAY)


def test_an_identity_is_believed_as_little() -> None:
    identity = identify(read_docx(letter_docx(hard_case(), TODAY)))
    said = json.loads(json.dumps(returned_file.dump_identity(identity)))
    assert returned_file.load_identity(said) == identity
    lies = {
        "kind": "will",
        "sha256": [],
        "suggestions": "abc",
        "case": "{}",
        "printed": ["list"],
        "lines": [1],
        "author": None,
    }
    for name, lie in lies.items():
        with pytest.raises(ValueError, match=r"no|not"):
            returned_file.load_identity({**said, name: lie})
    with pytest.raises(InputError, match="意外停下"):
        foreign._believed({}, returned_file.load_identity)


def test_a_homecoming_is_believed_as_little() -> None:
    home = Homecoming(
        plain_case(),
        ("说明",),
        (("salutation", (Mark(Trace.INSERTED, 0, 1, "甲"),)),),
        (Placed(Remark("看", 3, done=True), "salutation"),),
        (Unplaced("送审", where="页眉"),),
        "王科长",
    )
    said = json.loads(json.dumps(returned_file.dump_home(home)))
    assert returned_file.load_home(said) == home
    for name, lie in (
        ("case", "[]"),
        ("notes", [1]),
        ("marks", [["salutation", [["inserted", 0, "1", "甲", "", ""]]]]),
        ("marks", [["salutation", [["inserted", 0, 1, "甲", ""]]]]),
        ("remarks", [[["看", 3, 0, 0, "", "", "", 1], "salutation"]]),
        ("unplaced", [["送审"]]),
        ("author", None),
    ):
        with pytest.raises(ValueError, match="no "):
            returned_file.load_home({**said, name: lie})


def unreadable(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        contents(path)
    assert "没有导入任何内容" in str(caught.value)
    return str(caught.value)


@linux
def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        assert "不是文件" in unreadable(path)
    assert "文件夹" in unreadable(tmp_path)


@pytest.mark.parametrize("name", ["~$答复.docx", ".~lock.答复.docx#", ".~答复.docx"])
def test_what_word_leaves_beside_an_open_file_is_no_file(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\x06Mr. Wang" + bytes(150))
    assert "临时文件" in unreadable(tmp_path / name)


def test_a_name_no_file_can_have(tmp_path: Path) -> None:
    for name in ("a\0b", "长" * 2000):
        assert "读不出来" in unreadable(tmp_path / name)
    (tmp_path / "file").touch()
    assert "没有这个文件" in unreadable(tmp_path / "file" / "inside")


@linux
def test_a_file_the_disk_cannot_give() -> None:
    assert "读不出来" in unreadable(Path("/proc/self/mem"))


@linux
def test_a_file_we_may_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(LETTER)
    (tmp_path / "a.docx").chmod(0)
    if mighty := os.geteuid() == 0:
        os.seteuid(65534)
    try:
        said = unreadable(tmp_path / "a.docx")
    finally:
        if mighty:
            os.seteuid(0)
    assert "没有读取权限" in said


def test_a_child_of_a_big_process_is_kept_for_the_next_file() -> None:
    """Its peak is its own: Linux hands the one of its parent on."""
    ballast = bytearray(b"x" * (320 << 20))
    reader = ForeignReader()
    try:
        reader.read(LETTER, TODAY)
        first = reader.process_id
        reader.read(LETTER, TODAY)
        assert first
        assert reader.process_id == first
    finally:
        reader.close()
        del ballast


def sentence_of(path: Path) -> str:
    """The refusal, if it is one."""
    try:
        contents(path)
    except InputError as error:
        return str(error)
    return ""


def test_a_file_that_is_being_written(tmp_path: Path) -> None:
    growing = tmp_path / "a.docx"
    growing.write_bytes(bytes(29 << 20))
    stop, begun = threading.Event(), threading.Event()

    def grow() -> None:
        with growing.open("ab", buffering=0) as file:
            while not stop.is_set():
                file.write(b"x")
                begun.set()

    thread = threading.Thread(target=grow)
    thread.start()
    begun.wait()
    try:
        assert any("改写" in sentence_of(growing) for _ in range(50))  # it may pause for one
    finally:
        stop.set()
        thread.join()


def test_a_file_of_any_size_is_not_read_whole(tmp_path: Path) -> None:
    with (tmp_path / "a.docx").open("wb") as file:
        file.truncate(1 << 40)
    assert "超过 30 MB" in unreadable(tmp_path / "a.docx")


def test_the_memory_of_who_started_it_is_not_its_own(reader_of: Made) -> None:
    """A window that has grown large keeps its child; else every file would start a new one."""
    much = b"x" * foreign.MEMORY_LIMIT
    reader = reader_of()
    reader.read(LETTER, TODAY)
    assert reader.process_id
    del much
