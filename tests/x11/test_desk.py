"""The desk itself: hands that reach a window through the X server, Chinese through fcitx5."""

from pathlib import Path

import pytest

from tests.x11.desk import Desk

WINDOW = "tests.x11.plain_window"
SENTENCE = "建成移交后由谁保洁，由区城管局会同街道落实（2025年底前）。"


def test_hands_and_eyes(desk: Desk, tmp_path: Path) -> None:
    desk.start(module=WINDOW)
    assert "input method: fcitx5" in desk.said
    desk.click("正文")
    desk.wait_for("正文", focus=True)
    desk.type_pinyin("ceshi")
    desk.wait_for("正文", text="测试")
    desk.type("No.7 ")
    desk.type_hanzi(SENTENCE)
    desk.wait_for("正文", text=f"测试No.7 {SENTENCE}")
    assert desk.wait_for(f"测试No.7 {SENTENCE}").height > 0, "a line of an editor can be pointed at"

    desk.drag("建议二", "右")
    assert desk.wait_for("建议二").x > desk.wait_for("右").x
    assert len(desk.where("建议二")) == 1

    desk.key("alt+a")
    desk.wait_for("姓名", focus=True)
    desk.type_hanzi("周明远")
    desk.screenshot(tmp_path / "dialog.png")
    desk.click("确定")
    desk.wait_gone("问题")
    desk.wait_for("编号", text="周明远")
    desk.wait_for("左", focus=True)  # the keyboard is back where it was

    desk.click("文件(F)")
    desk.click("清空(C)")
    desk.wait_for("正文", text="")
    assert (tmp_path / "dialog.png").stat().st_size > 1000


@pytest.mark.parametrize("desk", ["1093x614"], indirect=True)
def test_a_smaller_screen(desk: Desk) -> None:
    desk.start(module=WINDOW)
    assert desk.screen.run("xdotool", "getdisplaygeometry") == "1093 614"
    desk.double_click("编号")
    desk.wait_for("编号", focus=True)
    assert desk.focus() == "编号"
