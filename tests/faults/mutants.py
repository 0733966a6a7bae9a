"""Mutated letters (变异的文档): real .docx changed by chance, in bytes, parts and XML.

Whatever comes of one: a case that can be stored, shown, exported and set on pages, or a sentence.
"""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

from docx import Document
from lxml import etree

from desktop.errors import FuhanError
from desktop.letter import case_file
from desktop.letter.clean import clean_text
from desktop.letter.model import Case
from desktop.letter.ooxml import w
from desktop.letter.writer import letter_docx
from desktop.paths import SAMPLES
from desktop.press import Press
from desktop.services import cases, secrecy
from desktop.services.exports import export_case
from desktop.services.letters import sheet_of
from desktop.services.library import library
from tests.conftest import TODAY
from tests.docx_edits import DOCUMENT
from tests.faults.figures import Figures
from tests.faults.hostile import LINES
from tests.faults.meter import Meter
from tests.faults.pasting import application

_EXTREMES = (
    *("", "0", "-1", "99999999999999999999", "2147483648", "1e309", "NaN", "true", "off"),
    *("一" * 5000, "\u202e倒", "\n\n", "\ue000999999\ue001", "]]>", "../../x", "w:p", "{", "第号"),
)
_TAGS = ("p", "r", "t", "tbl", "tr", "tc", "ins", "del", "sdt", "br", "rPr", "vanish", "body")
_FAVOURITES = (DOCUMENT, "docProps/custom.xml", "customXml/item1.xml", "[Content_Types].xml")


def originals() -> list[bytes]:
    """Our own exports of both samples, and a letter as python-docx makes one."""
    samples = (path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.json")))
    return [*(letter_docx(case_file.load(text), TODAY) for text in samples), _foreign()]


def mutants(count: int, seed: int) -> Iterator[bytes]:
    """So many files, the same for the same seed."""
    chance, letters = Random(seed), originals()
    ways = (_bytes, _bytes, _part_bytes, _parts, *[_markup] * 6)
    for number in range(count):
        data = letters[number % len(letters)]
        yield chance.choice(ways)(data, chance)


def _foreign() -> bytes:
    document = Document()
    for line in LINES:
        document.add_paragraph(line)
    table = document.add_table(2, 3)
    for cell in table._cells:
        cell.text = "落实情况"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _bytes(data: bytes, chance: Random) -> bytes:
    """Bits turned, a piece taken out, doubled or put elsewhere, the file cut."""
    changed = bytearray(data)
    start = chance.randrange(len(data))
    piece = data[start : start + chance.choice((1, 4, 50, 5000))]
    match chance.randrange(5):
        case 0:
            for _ in range(chance.randint(1, 30)):
                changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        case 1:
            del changed[start : start + len(piece)]
        case 2:
            changed[start:start] = piece
        case 3:
            changed[start : start + len(piece)] = chance.randbytes(len(piece))
        case _:
            del changed[start:]
    return bytes(changed)


def _part_bytes(data: bytes, chance: Random) -> bytes:
    """The same done to the bytes of one part, in an archive that is whole."""
    parts = _unpacked(data)
    name = _chosen(parts, chance)
    return _packed([(n, _bytes(p, chance) if n == name else p) for n, p in parts])


def _parts(data: bytes, chance: Random) -> bytes:
    """A part dropped, doubled, renamed, or given what another one holds."""
    parts = _unpacked(data)
    one, other = chance.randrange(len(parts)), chance.randrange(len(parts))
    name, part = parts[one]
    match chance.randrange(4):
        case 0:
            del parts[one]
        case 1:
            parts.append((f"word/again{one}.xml", part))
        case 2:
            parts[one] = (name.upper(), part)
        case _:
            parts[one], parts[other] = (name, parts[other][1]), (parts[other][0], part)
    return _packed(parts)


def _markup(data: bytes, chance: Random) -> bytes:
    """One to ten changes to the XML of a part."""
    parts = _unpacked(data)
    name = _chosen(parts, chance)
    root = etree.fromstring(dict(parts)[name])
    for _ in range(chance.randint(1, 10)):
        elements = [element for element in root.iter() if isinstance(element.tag, str)]
        _change(chance.choice(elements), elements, chance)
    changed = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return _packed([(n, changed if n == name else part) for n, part in parts])


def _change(element: Any, elements: Sequence[Any], chance: Random) -> None:
    deed: Callable[[Any, Sequence[Any], Random], None] = chance.choice(
        (_drop, _double, _move, _rename, _attribute, _attribute, _text, _text, _wrap)
    )
    deed(element, elements, chance)


def _drop(element: Any, _: Sequence[Any], __: Random) -> None:
    if element.getparent() is not None:
        element.getparent().remove(element)


def _double(element: Any, _: Sequence[Any], chance: Random) -> None:
    if element.getparent() is not None:
        for _ in range(chance.choice((1, 2, 200))):
            element.addnext(deepcopy(element))


def _move(element: Any, elements: Sequence[Any], chance: Random) -> None:
    target = chance.choice(elements)
    if element not in target.iterancestors() and element is not target:
        target.insert(0, element)


def _rename(element: Any, _: Sequence[Any], chance: Random) -> None:
    element.tag = w(chance.choice(_TAGS))


def _attribute(element: Any, _: Sequence[Any], chance: Random) -> None:
    if element.attrib:
        name = chance.choice(list(element.attrib))
        element.set(name, chance.choice([x for x in _EXTREMES if "\n" not in x]))


def _text(element: Any, elements: Sequence[Any], chance: Random) -> None:
    written = [part for part in elements if part.text and part.text.strip()]
    target = chance.choice(written) if written else element
    extreme = chance.choice(_EXTREMES)
    place = chance.randint(0, len(target.text or ""))
    kept = (target.text or "")[:place]
    target.text = chance.choice((extreme, kept + extreme, kept))


def _wrap(element: Any, _: Sequence[Any], chance: Random) -> None:
    parent = element.getparent()
    if parent is not None:
        outer = etree.Element(w(chance.choice(_TAGS)))
        parent.replace(element, outer)
        outer.append(element)


def _chosen(parts: Sequence[tuple[str, bytes]], chance: Random) -> str:
    names = [name for name, _ in parts if name.endswith((".xml", ".rels"))]
    favourites = [name for name in _FAVOURITES if name in names]
    return chance.choice([*names, *favourites * 3, *[DOCUMENT] * len(names)])


def _unpacked(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def _packed(parts: Sequence[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts:
            archive.writestr(name, part)
    return stream.getvalue()


def mutated_letters(folder: Path, tried: int, seed: int) -> Figures:
    """Import each; what came in is stored, shown, exported and set on pages.

    The twin is python-docx: how many of the same files it answers with something that is no
    sentence.
    """
    application()
    found, meter, press = Figures(), Meter(), Press()
    wrong: list[str] = []
    seen: set[str] = set()
    read = fallen = 0
    path, target = folder / "来文.docx", folder / "out"
    target.mkdir()
    with library(folder / "library") as database:
        for number, data in enumerate(mutants(tried, seed)):
            path.write_bytes(data)
            fallen += _falls(data)
            before = database.connection().total_changes
            found.tried += 1
            try:
                with meter(f"mutant {number}"):
                    came = cases.import_file(path, TODAY, as_new=True)
            except FuhanError as error:
                found.refused(str(error))
                found.damaged += database.connection().total_changes != before
                continue
            except Exception as error:
                found.tracebacks += 1
                wrong.append(f"mutant {number}: {error!r}")
                continue
            read += 1
            try:
                _use(came.key, target, press, seen, found)
            except FuhanError as error:  # it lacks something, and says so
                found.refused(str(error))
            except Exception as error:
                found.tracebacks += 1
                wrong.append(f"mutant {number}, in use: {error!r}")
    found.damaged += meter.breaches()
    found.twin = f"{fallen} with python-docx alone"
    note = f"{read} read, {len(seen)} of them different, {found.tried - read} refused"
    found.note = "; ".join([note, str(meter), *wrong])
    return found


def _use(key: str, target: Path, press: Press, seen: set[str], found: Figures) -> None:
    """All that is done with a case; one like another is only looked at."""
    case = cases.find_case(key)
    found.damaged += case_file.load(case_file.dump(case)) != case
    found.damaged += any(clean_text(text) != text for text in secrecy.texts(case))
    digest = _digest(case)
    if digest not in seen:
        seen.add(digest)
        export_case(key, target, TODAY, overwrite=True)
        press.pages(sheet_of(case, TODAY), case)


def _digest(case: Case) -> str:
    """Of what it says; its keys are new each time."""
    keys = {case.key, *(p.key for p in case.proposals), *(r.key for r in case.replies)}
    keys |= {s.key for s in case.suggestions()}
    keys |= {p.key for r in case.replies for p in r.paragraphs}
    said = "\0".join(text for text in secrecy.texts(case) if text not in keys)
    return hashlib.sha256(said.encode()).hexdigest()


def _falls(data: bytes) -> bool:
    try:
        Document(io.BytesIO(data))
    except Exception:  # whatever: none of it is a sentence
        return True
    return False
