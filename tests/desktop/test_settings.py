"""The window's settings: kept, checked, and never in the way."""

from pathlib import Path

import pytest

from desktop.settings import FILE, SCALES, Settings

CHOSEN = {
    "theme": "dark",
    "scale": 130,
    "last_folder": "D:\\答复；函,件=1",
    "geometry": b"\x01\x00\xff;=\n",
    "state": b"\x00" * 40,
    "paste_limit": 3000,
    "sort": "-due",
    "list_width": 312,
}


def values(settings: Settings) -> dict[str, object]:
    return {name: getattr(settings, name) for name in CHOSEN}


@pytest.fixture
def defaults(tmp_path: Path) -> dict[str, object]:
    return values(Settings(tmp_path / "nowhere"))


def test_a_new_user_has_the_defaults(defaults: dict[str, object]) -> None:
    assert defaults["theme"] == "system"
    assert defaults["scale"] == 100
    assert defaults["paste_limit"] == 2500


def test_what_is_chosen_is_there_next_time(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    for name, value in CHOSEN.items():
        setattr(settings, name, value)
    assert settings.problem == ""
    again = Settings(tmp_path)
    assert values(again) == CHOSEN
    assert {type(value) for value in values(again).values()} == {str, int, bytes}


@pytest.mark.parametrize("scale", SCALES)
def test_every_scale_is_kept(tmp_path: Path, scale: int) -> None:
    settings = Settings(tmp_path)
    settings.scale = scale
    settings.store.sync()
    assert Settings(tmp_path).scale == scale


@pytest.mark.parametrize(
    "content",
    [
        b"[General]\ntheme=pink\nscale=1000\npaste_limit=many\nlist_width=-4\ngeometry=plain\n"
        b"last_folder=a, b, c\nstate=@Variant(\\0\\0)\n",
        b"\x00\xff\xfe garbage ]]] without sense",
        b"",
        "[General\ntheme".encode("utf-16"),
    ],
)
def test_a_broken_file_gives_the_defaults(
    tmp_path: Path, content: bytes, defaults: dict[str, object]
) -> None:
    (tmp_path / FILE).write_bytes(content)
    settings = Settings(tmp_path)
    assert values(settings) == defaults
    settings.theme = "dark"
    assert settings.theme == "dark"


def test_a_file_without_sense_is_said_so(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"garbage ]]] without sense")
    assert "按默认打开" in Settings(tmp_path).problem


def test_what_cannot_be_written_is_said_and_used(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()  # a folder where the file should be: no one can write it
    settings = Settings(tmp_path)
    settings.theme = "dark"
    assert settings.theme == "dark"
    assert "存不下来" in settings.problem


def test_offsets_are_kept_by_printer(tmp_path: Path) -> None:
    offsets = {"三楼文印室=1；a,b": (1.5, -0.5), "HP \\\\server\\打印机": (0.0, 30.0)}
    settings = Settings(tmp_path)
    assert settings.print_offsets == {}
    settings.print_offsets = offsets
    settings.store.sync()
    assert Settings(tmp_path).print_offsets == offsets


@pytest.mark.parametrize(
    "kept",
    [
        *("", "[1, 2]", "5", "null", "{", '{"a": 1}', '{"a": [1]}', '{"a": [1, "b"]}'),
        *('{"a": [1, 31]}', '{"a": [NaN, 0]}', '{"a": [0, NaN]}', '{"a": [0, -Infinity]}'),
    ],
)
def test_offsets_without_sense_are_none(tmp_path: Path, kept: str) -> None:
    settings = Settings(tmp_path)
    settings.store.setValue("print_offsets", kept)
    assert settings.print_offsets == {}
