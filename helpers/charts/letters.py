"""Which letters a figure can draw, how wide they are, and the box that stands for another."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

import font_source_sans_pro

from helpers.corpus.english import listed

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.ft2font import FT2Font
    from matplotlib.text import Text

# A letter comes from the first of them that has it.
FAMILIES = ["Source Sans Pro", "DejaVu Sans"]
BOX = "□"
MOST_NAMED = 8


@lru_cache(maxsize=2)
def _faces(bold: bool) -> list["FT2Font"]:
    """The fonts of a weight, in the order of the families, which matplotlib knows from now on."""
    from matplotlib import font_manager
    from matplotlib.ft2font import FT2Font

    known = font_manager.fontManager
    paths = font_source_sans_pro.font_files_ttf
    path = paths["SourceSansPro" + "Bold" * bold]
    for one in (paths["SourceSansPro" + "Bold" * bold + "It"], path):
        known.addfont(one)
        # before a font of that name that the system may have, so that figures are alike everywhere
        known.ttflist.insert(0, known.ttflist.pop())
    look = font_manager.FontProperties(family=FAMILIES[1], weight="bold" if bold else "normal")
    return [FT2Font(path), FT2Font(font_manager.findfont(look))]


@lru_cache(maxsize=2)
def _known(bold: bool) -> frozenset[str]:
    every = frozenset(chr(code) for face in _faces(bold) for code in face.get_charmap())
    return every - {"\ufeff"}  # which is not to be seen, and which matplotlib cannot set in a PDF


@lru_cache(maxsize=10_000)
def advance(letter: str, bold: bool = False) -> float:
    """How far a letter, or the box in its place, moves the next, as a share of the size of type."""
    from matplotlib.ft2font import LoadFlags

    letter = letter if letter in _known(bold) else BOX
    face = next(f for f in _faces(bold) if f.get_char_index(ord(letter)))
    return face.load_char(ord(letter), flags=LoadFlags.NO_SCALE).horiAdvance / face.units_per_EM


def whole(text: str) -> list[str]:
    """The letters of a text as they are read: an accent, or what is joined, is part of one."""
    from wcwidth import iter_graphemes

    return list(text) if text.isascii() else list(iter_graphemes(text))


def _drawn(letter: str, known: frozenset[str]) -> str:
    """What is drawn for a letter: itself, a box, a space, or nothing if it is not to be seen."""
    if letter.isspace():
        return letter if letter == "\n" or known.issuperset(letter) else " "
    seen = "".join(c for c in letter if c in known or unicodedata.category(c) != "Cf")
    return seen if known.issuperset(seen) else BOX


def boxed(text: str, bold: bool = False) -> str:
    """A text with a box in place of each letter that no font has."""
    known = _known(bold)
    if known.issuperset(text):
        return text
    return "".join(_drawn(letter, known) for letter in whole(text))


def undrawn(text: str, bold: bool = False) -> list[str]:
    """The letters of a text that no font has, each once."""
    known = _known(bold)
    if known.issuperset(text):
        return []
    lacking = (c for c in whole(text) if c != BOX and _drawn(c, known) == BOX)
    return list(dict.fromkeys(lacking))


def named(lacking: Iterable[str]) -> str:
    """Which letters a figure does not draw, in a sentence, with their numbers in Unicode."""
    names = []
    for letter in lacking:
        codes = " ".join(f"U+{ord(c):04X}" for c in letter)
        names.append(f"{letter} ({codes})" if letter[0].isprintable() else codes)
    if not names:
        return ""
    rest = len(names) - MOST_NAMED
    shown = [*names[:MOST_NAMED], f"{rest} more"] if rest > 0 else names
    return f"Letters not drawn: {listed(shown)}."


def lacking_in(figure: "Figure") -> list[str]:
    """The letters of all texts of a figure that no font has, each once."""
    texts = (undrawn(t.get_text(), _bold(t)) for t in _texts(figure))
    return list(dict.fromkeys(letter for some in texts for letter in some))


def box(figure: "Figure") -> "Figure":
    """Put the boxes into the texts of a figure."""
    for text in _texts(figure):
        text.set_text(boxed(text.get_text(), _bold(text)))
    return figure


def _texts(figure: "Figure") -> list["Text"]:
    from matplotlib.text import Text

    return figure.findobj(Text)


def _bold(text: "Text") -> bool:
    return text.get_fontweight() == "bold"
