"""Our styles are the .docx's: the figures of styles.xml, read and compared."""

from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import pytest

from desktop.letter.blocks import Role
from desktop.letter.layout import load_layout, pt_twips
from desktop.letter.writer import STYLES
from desktop.paper.setting import Align, ParagraphStyle
from desktop.paper.styles import mark_style, number_style, styles
from tests.conftest import ROOT

PART = ROOT / "resources" / "letter" / "base" / "word" / "styles.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ALIGN = {
    "both": Align.BOTH,
    "left": Align.LEFT,
    "center": Align.CENTRE,
    "right": Align.RIGHT,
}


@dataclass
class Named:
    """A style of the .docx with all it inherits: the attributes of each property by its tag."""

    found: dict[str, dict[str, str]] = field(default_factory=dict)

    def twips(self, tag: str, name: str) -> float:
        return int(self.found.get(tag, {}).get(name, 0)) / 20

    def on(self, tag: str) -> bool:
        return tag in self.found and self.found[tag].get("val", "1") != "0"


def read(path: Path = PART) -> dict[str, Named]:
    """The styles of the part; `run` and `paragraph` spacing are told apart."""
    root = ElementTree.parse(path).getroot()
    defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    elements = {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}

    def named(key: str) -> Named:
        style = elements[key]
        based = style.find(f"{W}basedOn")
        parent = named(based.get(f"{W}val", "")) if based is not None else Named()
        found = {tag: dict(values) for tag, values in parent.found.items()}
        groups = [(style.find(f"{W}pPr"), ""), (style.find(f"{W}rPr"), "run ")]
        if based is None:
            groups.insert(0, (defaults, "run "))
        for group, prefix in groups:
            for item in group if group is not None else ():
                values = {k.removeprefix(W): v for k, v in item.attrib.items()}
                found.setdefault(prefix + item.tag.removeprefix(W), {}).update(values)
        return Named(found)

    return {key: named(key) for key in elements if key.startswith("Gw")}


NAMED = read()


def compare(ours: ParagraphStyle, named: Named, pitch: float | None = None) -> None:
    """`pitch`: the line of the layout, where the style has Normal's."""
    normal = named.twips("spacing", "line") == 28.95
    assert ours.face == named.found["run rFonts"]["eastAsia"]
    assert ours.size == int(named.found["run sz"]["val"]) / 2
    assert ours.spacing == named.twips("run spacing", "val")
    assert ours.line == (pitch if normal and pitch else named.twips("spacing", "line"))
    assert ours.exact is (named.found["spacing"]["lineRule"] == "exact")
    assert ours.align is ALIGN[named.found["jc"]["val"]]
    assert ours.on_grid is (named.found.get("snapToGrid", {}).get("val") != "0")
    assert ours.left == named.twips("ind", "left")
    assert ours.right == named.twips("ind", "right")
    assert ours.first == named.twips("ind", "firstLine") - named.twips("ind", "hanging")


@pytest.mark.parametrize("layout", ["nominal", "measured"])
@pytest.mark.parametrize("role", list(Role))
def test_each_role_is_set_as_its_named_style(role: Role, layout: str) -> None:
    geometry = load_layout(layout)
    style, named = styles(geometry)[role], NAMED[STYLES[role]]
    compare(style.paragraph, named, pt_twips(geometry.body_line_pt) / 20)
    assert style.after == named.twips("spacing", "after")
    assert style.keep_next is named.on("keepNext")
    assert style.paragraph.red is False


def test_the_mark_is_set_as_its_named_style() -> None:
    ours = mark_style(36)
    named = NAMED["GwMark"]
    assert (ours.face, ours.align) == (
        named.found["run rFonts"]["eastAsia"],
        ALIGN[named.found["jc"]["val"]],
    )
    assert ours.red is (named.found["run color"]["val"] == "FF0000")
    assert (ours.spacing, ours.line, ours.on_grid) == (0, 36, False)


def test_the_page_number_is_set_as_its_named_style() -> None:
    for page, side, other in ((2, "left", "right"), (3, "right", "left")):
        ours = number_style(page)
        assert ours.face == NAMED["GwPage"].found["run rFonts"]["eastAsia"]
        assert ours.size * 2 == int(NAMED["GwPage"].found["run sz"]["val"])
        assert ours.line == NAMED["GwPage"].twips("spacing", "line")
        assert (getattr(ours, side), getattr(ours, other)) == (14, 0)
        assert ours.align == side
