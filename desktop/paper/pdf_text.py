"""The text of a PDF Qt wrote, put right: what is marked there and copied is what was painted.

Qt numbers the glyphs of an embedded font in the order they are first shown and says of each which
character it is (ToUnicode), but guesses it from the font: the lowest one that has the glyph. So 一
leaves as the radical ⼀ (U+2F00), and 𠮷, beyond U+FFFF, as nothing. We know what was painted, in
order, and say that. Qt also calls a subset by its font's bare name; here it gets its tag.
"""

import re
import zlib
from collections.abc import Iterable, Sequence

_SHOWN = re.compile(rb"/F(\d+) [\d.]+ Tf|<([0-9A-F]+)> Tj")  # a font, or glyphs of it
_REFERENCE = rb"(\d+) 0 R"
_NAMED = re.compile(rb"/FontName /(\w+\+)(\S+)")
_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{ranges}endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def with_text(data: bytes, painted: Iterable[str]) -> bytes:
    """The PDF `data` as Qt wrote it, saying the characters `painted`, in their order.

    Where the two do not tally, a font that may not be embedded was drawn as outlines: then Qt's
    own text stays.
    """
    table = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    objects = _objects(data, table)
    shown = [glyph for page in _pages(objects) for glyph in _glyphs(objects, page)]
    characters = list(painted)
    if len(shown) != len(characters):
        return data
    fonts: dict[int, dict[str, str]] = {}
    for (font, glyph), character in zip(shown, characters, strict=True):
        fonts.setdefault(font, {}).setdefault(glyph, character)
    for font, meanings in fonts.items():
        objects[_reference(objects[font], b"/ToUnicode")] = _stream(_cmap(meanings))
    for body in list(objects.values()):
        if named := _NAMED.search(body):
            tag, name = named.groups()
            for number, other in objects.items():
                bare = b"/BaseFont /" + name + b"\n"
                objects[number] = other.replace(bare, b"/BaseFont /" + tag + name + b"\n")
    return _file(data, table, objects)


def _objects(data: bytes, table: int) -> dict[int, bytes]:
    """What stands between “obj” and “endobj” of every object, in the order of the file."""
    count, entries = int(data[table:].split(None, 3)[2]), data[table:].split(b"\n", 2)[2]
    places = {
        int(entries[20 * number : 20 * number + 10]): number
        for number in range(count)
        if entries[20 * number + 17 : 20 * number + 18] == b"n"
    }
    starts = sorted(places)
    return {
        places[start]: data[data.index(b"obj", start) + 3 : data.rindex(b"endobj", start, end)]
        for start, end in zip(starts, [*starts[1:], table], strict=True)
    }


def _pages(objects: dict[int, bytes]) -> Sequence[bytes]:
    """The page objects in their order."""
    (kids,) = (found[1] for body in objects.values() if (found := _KIDS.search(body)))
    return [objects[int(number)] for number in re.findall(_REFERENCE, kids)]


_KIDS = re.compile(rb"/Kids\s*\[(.*?)\]", re.S)


def _glyphs(objects: dict[int, bytes], page: bytes) -> Iterable[tuple[int, str]]:
    """Font object and number of every glyph a page shows, in order."""
    stream = objects[_reference(page, b"/Contents")].partition(b"stream\n")[2]
    font = 0
    for name, glyphs in _SHOWN.findall(zlib.decompressobj().decompress(stream)):
        font = int(name) if name else font
        for start in range(0, len(glyphs), 4):
            yield font, glyphs[start : start + 4].decode()


def _reference(body: bytes, key: bytes) -> int:
    found = re.search(re.escape(key) + b" " + _REFERENCE, body)
    assert found, key
    return int(found[1])


def _cmap(meanings: dict[str, str]) -> bytes:
    """What each glyph of a font means, at most 100 to a block."""
    entries = [
        f"<{glyph}> <{character.encode('utf-16-be').hex().upper()}>\n"
        for glyph, character in sorted(meanings.items())
    ]
    blocks = [entries[start : start + 100] for start in range(0, len(entries), 100)]
    ranges = "".join(f"{len(b)} beginbfchar\n{''.join(b)}endbfchar\n" for b in blocks)
    return _CMAP.format(ranges=ranges).encode()


def _stream(data: bytes) -> bytes:
    packed = zlib.compress(data)
    head = f"\n<<\n/Length {len(packed)}\n/Filter /FlateDecode\n>>\nstream\n"
    return head.encode() + packed + b"\nendstream\n"


def _file(data: bytes, table: int, objects: dict[int, bytes]) -> bytes:
    """The file anew around `objects`, with their places."""
    made = bytearray(data[: data.index(b"1 0 obj")])
    places = {}
    for number, body in objects.items():
        places[number] = len(made)
        made += b"%d 0 obj" % number + body + b"endobj\n"
    start = len(made)
    count = max(places) + 1
    made += b"xref\n0 %d\n0000000000 65535 f \n" % count
    for number in range(1, count):
        made += b"%010d 00000 n \n" % places[number]
    trailer = data[data.index(b"trailer", table) : data.rindex(b"startxref")]
    return bytes(made + trailer + b"startxref\n%d\n%%%%EOF\n" % start)
