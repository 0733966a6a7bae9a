"""The faces: found by any of their names, measured, and what stands in for them."""

import json
import os
import subprocess
import sys
import threading

import pytest

from desktop.paper import fonts as fonts_module
from desktop.paper.faces import Face
from desktop.paper.font_names import NAMES
from desktop.paper.fonts import BOX, UNSEEN, Fonts, load_fonts
from tests import rendering
from tests.conftest import ROOT

STAND_INS = {  # those of .ci/fonts.conf
    "仿宋_GB2312": "Noto Serif CJK SC",
    "楷体_GB2312": "AR PL UKai CN",
    "黑体": "Noto Sans CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC",
    "宋体": "Noto Serif CJK SC",
}
TOLD = """
import json
from desktop.paper.fonts import ensure_application, load_fonts
ensure_application()
fonts = load_fonts()
print(json.dumps([fonts.stand_ins, [fonts.raw(n, 16).styleName() for n in range(5)]]))
"""


@pytest.fixture
def fonts(qapp: object) -> Fonts:  # noqa: ARG001
    return load_fonts()


def started_with(configuration: str | None) -> list[object]:
    """What a process of its own finds."""
    environment = {k: v for k, v in os.environ.items() if k != "FONTCONFIG_FILE"}
    if configuration:
        environment["FONTCONFIG_FILE"] = configuration
    done = subprocess.run(
        [sys.executable, "-c", TOLD], env=environment, cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    told: list[object] = json.loads(done.stdout)
    return told


@pytest.mark.usefixtures("office_suite")  # which brings the faces
@pytest.mark.parametrize("configuration", [None, str(rendering.FONTS)])
def test_the_stand_ins_are_those_of_libreoffice_whatever_fontconfig_puts_in_place(
    configuration: str | None,
) -> None:
    stand_ins, styles = started_with(configuration)
    assert stand_ins == STAND_INS
    assert isinstance(styles, list)
    assert styles[3] == "Bold"
    assert styles[0] == styles[4] == "Regular"


@pytest.mark.usefixtures("office_suite", "qapp")
def test_a_face_is_found_by_any_of_its_names_and_then_not_missing() -> None:
    there = Fonts({**NAMES, Face.KAITI: ("没有的楷体", "ar pl ukai CN")})
    assert Face.KAITI not in there.stand_ins
    assert "楷体" not in there.sentence
    assert there.glyphs(Face.KAITI, "中") == load_fonts().glyphs(Face.KAITI, "中")


def test_what_is_missing_is_named_once(fonts: Fonts) -> None:
    for face, name in fonts.stand_ins.items():
        assert fonts.sentence.count(face.value) == 1
        assert fonts.sentence.count(name) == 1
    assert fonts.sentence.endswith("导出的 Word 函件不变。")
    assert "Times" not in fonts.sentence


def test_where_nothing_is_missing_nothing_is_said(fonts: Fonts) -> None:
    mine = {face: (fonts.stand_ins.get(face, ""), *NAMES[face]) for face in Face}
    assert Fonts(mine).sentence == ""


@pytest.mark.parametrize(
    ("character", "advance"),
    [
        ("国", 1.0),
        ("，", 1.0),
        ("〔", 1.0),
        ("𠮷", 1.0),
        ("\ue5e5", 1.0),
        ("\U0001e900", 0.5),
        *[("\u200b", 0.0), ("\u202e", 0.0), ("\u0301", 0.0), ("\n", 0.0), ("\ud842", 0.5)],
    ],
)
@pytest.mark.parametrize("face", [Face.FANGSONG, Face.KAITI, Face.HEITI])
def test_advances(fonts: Fonts, face: Face, character: str, advance: float) -> None:
    assert fonts.tables[face].advances[character] == pytest.approx(advance)


def test_latin_is_measured_not_guessed(fonts: Fonts) -> None:
    advances = fonts.tables[Face.FANGSONG].advances
    assert advances["i"] < advances["m"] < 1
    assert 0.4 < advances["1"] <= advances["8"] < 0.6


@pytest.mark.usefixtures("office_suite")
def test_a_character_its_face_lacks_comes_from_another(fonts: Fonts) -> None:
    ((_, glyph),) = found = fonts.glyphs(Face.KAITI, "𠮷")
    assert found == fonts.glyphs(Face.FANGSONG, "𠮷")
    assert glyph
    ((number, glyph),) = fonts.glyphs(Face.FANGSONG, "☭")  # DejaVu has it
    assert fonts.raw(number, 16).glyphIndexesForString("☭") == [glyph]


def test_what_no_font_has_is_a_box_and_what_has_no_ink_is_nothing(fonts: Fonts) -> None:
    found = fonts.glyphs(Face.FANGSONG, "\U0010fffd\ud842\u200d")
    assert [number for number, _ in found] == [BOX, BOX, UNSEEN]


@pytest.mark.usefixtures("office_suite")
def test_latin_words_are_shaped_as_libreoffice_shapes_them(fonts: Fonts) -> None:
    """Kerned, with the digits that stand beside letters, and never two letters in one glyph."""
    table = fonts.tables[Face.FANGSONG]
    assert table.words is not None
    assert sum(table.words["AVATAR"]) < sum(table.advances[c] for c in "AVATAR") - 0.3
    assert table.words["19"] != table.words["A19"][1:]
    assert fonts.glyphs(Face.FANGSONG, "19") != fonts.glyphs(Face.FANGSONG, "在A19")[2:]
    assert len(fonts.glyphs(Face.FANGSONG, "office")) == len(table.words["office"]) == 6


def test_raw_fonts_of_a_size_are_kept_but_not_of_every_size(fonts: Fonts) -> None:
    first = fonts.raw(0, 21.5)
    assert fonts.raw(0, 21.5) is first
    for size in range(100):
        fonts.raw(0, 10 + size)
    assert fonts.raw(0, 21.5) is not first
    assert len(fonts._sized) <= fonts_module._SIZES


def test_each_thread_has_fonts_of_its_own(fonts: Fonts) -> None:
    found: list[tuple[bool, float]] = []

    def look() -> None:
        mine = load_fonts()
        found.append((mine is fonts, mine.tables[Face.SONG].advances["国"]))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert found == [(False, 1.0)]
    assert load_fonts() is fonts
