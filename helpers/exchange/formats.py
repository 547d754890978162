"""Hand the settled coding to other software; `FORMATS` says what each format cannot hold."""

from collections.abc import Callable
from pathlib import Path

from helpers.corpus import Corpus
from helpers.corpus.files import write_into
from helpers.corpus.problem import closest
from helpers.exchange.annotations import annotations
from helpers.exchange.graph import COUNTS, graphml
from helpers.exchange.refi import codebook, project

# Each format: the ending of its file, what makes it, and what it cannot hold.
FORMATS: dict[str, tuple[str, Callable[[Corpus], str | bytes], str]] = {
    "annotations": (
        ".jsonld",
        annotations,
        "A reader of the recommendation alone sees codes without stance, certainty and "
        "alternatives, which are properties of our own, and a nested claim only as words "
        "inside others; positions are code points, which a reader that counts UTF-16 units "
        "has to convert behind an emoji; omissions, mentions, events and the codings before they "
        "were settled are left out.",
    ),
    "codebook": (
        ".qdc",
        codebook,
        "It has no markers, and a code's id, opposite, reference and the definition it "
        "belongs to are lines of its description; claims and codings are no part of it.",
    ),
    "project": (
        ".qdpx",
        project,
        "A code that is rejected counts there like one that is asserted: stance, certainty "
        "and alternatives are only lines of a coding's description, speaker and voice of a "
        "claim's, and a nested claim is only words inside others; positions count code points, "
        "a line end as one, so a program that counts UTF-16 units is off behind an emoji; whoever "
        "opens it codes as its first user until another name is chosen; omissions, mentions and "
        "events are left out.",
    ),
    "graphml": (".graphml", graphml, COUNTS),
}


def write(corpus: Corpus, name: str, path: str | Path) -> None:
    """Write a corpus to a file in one of the formats.

    Raises
    ------
    ValueError
        Where there is no such format.
    OSError
        Where the file cannot be written.
    """
    path = Path(path)
    if name not in FORMATS:
        hint = closest(name, list(FORMATS)) or f"one of {', '.join(FORMATS)}"
        raise ValueError(f"there is no format “{name}”. Did you mean {hint}?")
    write_into(path.parent, {path.name: FORMATS[name][1](corpus)})
