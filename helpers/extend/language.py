"""The language of an article, and the words by which one tells in it who speaks."""

import functools
import re
import tomllib
from pathlib import Path

WORDS = Path(__file__).parent / "templates" / "speech.toml"
NEVER = r"\b\B"
ENOUGH = 10  # words from which a language is guessed
ALIKE = {"bs": "sr", "hr": "sr", "me": "sr", "sh": "sr"}  # the same words of saying


class Words(dict[str, str]):
    """Regular expressions, as templates/speech.toml explains them; never matching where unknown."""

    known = False


def guess(text: str) -> str:
    """The language of a text, as BCP 47 has it; "und" where there is too little of it."""
    from py3langid import classify

    letters = re.findall(r"[^\W\d_]+", text)
    spaced = len(letters) >= ENOUGH or len("".join(letters)) >= 5 * ENOUGH
    return classify(text)[0] if spaced else "und"


@functools.cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(WORDS.read_text("utf-8"))


def languages() -> list[str]:
    """The languages in which reported speech is understood."""
    return list(_table())


@functools.cache
def words(language: str) -> Words:
    """The words of a language; of one that the table lacks, none."""
    table = _table()
    own = table.get(ALIKE.get(language, language))
    found = {**{key: NEVER for known in table.values() for key in known}, **(own or {})}
    if own and "inverts" not in own:
        found["inverts"] = found["says"]
    found["inverts"] = re.sub(r"\(\?=[^)]*\)", "", found["inverts"])  # a verb alone is held to it
    out = Words(found)
    out.known = own is not None
    return out
