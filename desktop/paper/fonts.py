"""The fonts of this computer as the letter needs them: measured for setting, at hand for painting.

Raw fonts belong to the thread they are made in, and so does all of this.
"""

import locale
import os
import sys
import threading
import unicodedata
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import TypeVar

from PySide6.QtCore import QHashSeed
from PySide6.QtGui import QFont, QGlyphRun, QGuiApplication, QRawFont, QTextLayout

from desktop.paper.faces import LATIN_WORD, Face, FaceTable, FaceTables
from desktop.paper.font_names import NAMES, UNITS, find_face, sentence_of

# where a character is looked for that its face lacks, before any other font: by number
_FALLBACKS = [list(Face).index(face) for face in (Face.FANGSONG, Face.SONG, Face.HEITI)]
_SIZES = 24  # raw fonts kept, of all faces and sizes
_MEMORY = 20_000  # characters or words kept of a face
_WIDE = "WFA"  # East Asian widths that take a whole cell

Glyph = tuple[int, int]  # which of the raw fonts, which glyph of it
BOX = -1  # in place of the raw font: no font of this computer has the character
UNSEEN = -2  # the character has no ink: marks of direction, joiners, controls

T = TypeVar("T")


@dataclass(frozen=True)
class Word:
    """A Latin word set in a face: a glyph and an advance (em) for each character."""

    glyphs: list[Glyph]
    advances: list[float]


class _Kept(dict[str, T]):
    """What `make` makes of a text, made when first asked for; forgotten when it is too much."""

    def __init__(self, make: Callable[[str], T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, text: str) -> T:
        if len(self) >= _MEMORY:
            self.clear()
        made = self[text] = self._make(text)
        return made


class Fonts:
    """The fonts of this computer, by the faces of the letter. Belongs to the thread it is made in.

    `tables` measures for setting, `stand_ins` says what stands in for each missing face (""
    where there is nothing Chinese at all), `sentence` says it to the handler, "" if all is there.
    """

    def __init__(self, names: dict[Face, tuple[str, ...]] = NAMES) -> None:
        """Find the faces under `names`. Needs a QGuiApplication."""
        found = {face: find_face(face, names[face]) for face in Face}
        self._fonts = [found[face].raw for face in Face]  # the first are the faces', in order
        self._shaping = [found[face].font for face in Face]
        self._sized: OrderedDict[tuple[int, float], QRawFont] = OrderedDict()
        self._glyphs = {face: _Kept(partial(self._find, n)) for n, face in enumerate(Face)}
        self._words = {face: _Kept(partial(self._shape, n)) for n, face in enumerate(Face)}
        self.tables: FaceTables = {
            face: self._table(face, raw) for face, raw in zip(Face, self._fonts, strict=True)
        }
        self.stand_ins: dict[Face, str] = {
            face: font.name for face, font in found.items() if not (font.true or face is Face.ROMAN)
        }
        self.sentence = sentence_of(self.stand_ins)

    @property
    def legible(self) -> bool:
        """Whether this computer has any Chinese font."""
        return all(self.stand_ins.values())

    def raw(self, number: int, size: float) -> QRawFont:
        """Raw font `number` of a `Glyph` at `size` pixels an em, unhinted."""
        key = (number, size)
        font = self._sized.get(key)
        if font is None:
            font = QRawFont(self._fonts[number])
            font.setPixelSize(size)
            self._sized[key] = font
            if len(self._sized) > _SIZES:
                self._sized.popitem(last=False)
        else:
            self._sized.move_to_end(key)
        return font

    def glyphs(self, face: Face, text: str) -> list[Glyph]:
        """The glyphs of `text`, one a character; in a Latin word those that suit their neighbours,
        as the digits of COVID-19."""
        glyphs = list(map(self._glyphs[face].__getitem__, text))
        for word in LATIN_WORD.finditer(text):
            glyphs[word.start() : word.end()] = self._words[face][word[0]].glyphs
        return glyphs

    def _table(self, face: Face, raw: QRawFont) -> FaceTable:
        glyphs, words = self._glyphs[face], self._words[face]
        return FaceTable(
            _Kept(lambda character: self.measure(character, glyphs[character])),
            raw.ascent() / UNITS,
            raw.descent() / UNITS,
            _Kept(lambda word: words[word].advances),
        )

    def _find(self, number: int, character: str) -> Glyph:
        """The glyph of `character` in face `number`, in another font, or no more than a box."""
        kind = unicodedata.category(character)
        if kind in ("Cf", "Cc"):
            return UNSEEN, 0
        if kind == "Cs":  # half a character
            return BOX, 0
        for other in (number, *_FALLBACKS):
            (index,) = self._fonts[other].glyphIndexesForString(character)[:1] or (0,)
            if index:
                return other, index
        # what a private character means in a font nobody chose, nobody knows
        if kind == "Co" or not self._fonts[number].isValid():
            return BOX, 0
        return self._elsewhere(number, character)

    def measure(self, character: str, glyph: Glyph) -> float:
        """The advance of `character` set as `glyph`, in em."""
        number, index = glyph
        if number == UNSEEN or unicodedata.combining(character):
            return 0.0
        if number == BOX:
            return 1.0 if unicodedata.east_asian_width(character) in _WIDE else 0.5
        advances = self._fonts[number].advancesForGlyphIndexes(
            [index], QRawFont.LayoutFlag.UseDesignMetrics
        )
        return advances[0].x() / UNITS

    def _shape(self, number: int, word: str) -> Word:
        """A Latin word as face `number` sets it; character by character where that is not one
        glyph each of that very face."""
        raw = self._fonts[number]
        runs = _laid_out(word, self._shaping[number]) if raw.isValid() else []
        indexes = runs[0].glyphIndexes() if len(runs) == 1 and runs[0].rawFont() == raw else []
        if len(indexes) == len(word) and all(indexes):
            starts = [place.x() for place in runs[0].positions()]
            ends = [*starts[1:], runs[0].boundingRect().right()]
            advances = [(end - start) / UNITS for start, end in zip(starts, ends, strict=True)]
            return Word([(number, index) for index in indexes], advances)
        glyphs = [self._find(number, character) for character in word]
        return Word(glyphs, [self.measure(c, glyph) for c, glyph in zip(word, glyphs, strict=True)])

    def _elsewhere(self, number: int, character: str) -> Glyph:
        """The glyph in the font Qt falls back to."""
        for run in _laid_out(character, self._shaping[number]):
            if run.rawFont().isValid() and any(run.glyphIndexes()):
                return self._number(run.rawFont()), run.glyphIndexes()[0]
        return BOX, 0

    def _number(self, raw: QRawFont) -> int:
        """The number of a font, a new one if it is new here."""
        if raw not in self._fonts:
            self._fonts.append(raw)
        return self._fonts.index(raw)


_of_thread = threading.local()


def load_fonts() -> Fonts:
    """The fonts of this thread, found at its first call: raw fonts may not wander, and of a thread
    of the pool they last no longer than its task. Needs a QGuiApplication."""
    if not hasattr(_of_thread, "fonts"):
        _of_thread.fonts = Fonts()
    fonts: Fonts = _of_thread.fonts
    return fonts


@cache
def ensure_application() -> QGuiApplication:
    """A QGuiApplication for the command line: on Linux one that asks for no display."""
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    if sys.platform == "linux" and locale.getencoding().upper() != "UTF-8":
        os.environ["LC_ALL"] = "C.UTF-8"  # else Qt complains on stderr, in English
    QHashSeed.setDeterministicGlobalSeed()  # the same letter is the same PDF, but for its date
    screen = ["-platform", "offscreen"] if sys.platform == "linux" else []
    return QGuiApplication(["fuhan", *screen])


def _laid_out(text: str, font: QFont) -> list[QGlyphRun]:
    """`text` shaped by Qt, with its choice of fonts where `font` has not all of it."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return layout.glyphRuns()
