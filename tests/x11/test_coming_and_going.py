"""The program among others on a real X server: closed, ended, dropped upon."""

from desktop.paths import SAMPLES
from tests.x11.desk import Desk

NUMBER, ASKED = "2025201", "明确管护责任主体，消除交接空档。"
ANSWER = "已会同区城管局和各街道签订管护责任书41份。"
REPLY = "建议1的答复"


def begin(desk: Desk) -> None:
    """A fresh user who fills in nothing yet."""
    desk.start()
    desk.wait_for("欢迎使用复函")
    desk.key("Escape")
    desk.wait_for("新建提案", focus=True)


def write_a_case(desk: Desk) -> None:
    """A number, one suggestion, its reply."""
    desk.key("ctrl+n")
    desk.wait_for("编号", focus=True)
    desk.type(NUMBER)
    desk.key("ctrl+shift+n")
    desk.wait_for("建议1", focus=True)
    desk.type_hanzi(ASKED)
    desk.tab_to(REPLY)
    desk.type_hanzi(ANSWER)
    desk.wait_for(REPLY, text=ANSWER)


def test_closed_and_started_again_it_stands_as_it_stood(desk: Desk) -> None:
    begin(desk)
    write_a_case(desk)
    desk.close("ctrl+q")
    desk.start()
    desk.wait_for("建议1", text=ASKED)
    desk.wait_for(REPLY, text=ANSWER)
    desk.key("alt+3")
    desk.close("ctrl+q")
    desk.start()
    desk.wait_for("标题")
    desk.key("alt+1")
    desk.wait_for("编号", text=NUMBER)


def test_sigterm_saves_what_was_typed_the_moment_before(desk: Desk) -> None:
    begin(desk)
    write_a_case(desk)
    desk.terminate()
    desk.start()
    desk.wait_for(REPLY, text=ANSWER)


def test_files_dragged_from_another_program_are_imported(desk: Desk) -> None:
    begin(desk)
    files = Desk(desk.screen, "files")
    files.start(*sorted(SAMPLES.glob("*.json")), module="tests.x11.drag_source")
    try:
        files.drag("文件", (800, 600))
        desk.wait_for("导入 2 份", enabled=True)
        desk.click("导入 2 份")
        desk.wait_for("完成", enabled=True)  # both are in
        desk.key("Return")
        desk.wait_for("全部提案 2 件")
        desk.wait_for("建议1")
    finally:
        files.stop()
