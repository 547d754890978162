"""What people wrote for another number of articles, and what else a new article asks of them."""

import json
import re
from collections.abc import Iterator

import pandas as pd

from helpers import findings
from helpers.corpus import Corpus
from helpers.show.rebuild import notebooks_of

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
PAIR = 2
# Said of two things, but for "both codings" and whatever else there are two of.
OF_TWO = r"both(?! (?!articles|texts|outlets)\w+s\b)|neither|the other"
OF_ALL = re.compile(r"(?<!`)\b(?:none|no article|no claim|neither)\b", re.I)
SENTENCE = re.compile(r"(?<=[.?!])\**\s+|\n\s*\n|\n(?=[-#|])")
WRITTEN = re.compile(r"<!-- \w+: written by .*?<!-- end of \w+ -->", re.S)


def outdated(corpus: Corpus) -> pd.DataFrame:
    """Sentences of README, notebooks and the data package that speak of another number of articles.

    Returns
    -------
    DataFrame
        file, cell (its place in the notebook, counted from 0; "" elsewhere), sentence.
    """
    other = _other_number(len(corpus.sources))
    rows = [
        (file, cell, " ".join(sentence.split()))
        for file, cell, text in _texts(corpus)
        for sentence in SENTENCE.split(text)
        if other.search(sentence)
    ]
    return pd.DataFrame(rows, columns=["file", "cell", "sentence"])


def to_read_again(corpus: Corpus) -> pd.DataFrame:
    """What `outdated` finds; and where it finds anything, what is said of all articles or of none.

    Returns
    -------
    DataFrame
        The columns of `outdated`.
    """
    found = outdated(corpus)
    if found.empty:
        return found
    general = [
        (file, cell, " ".join(sentence.split()))
        for file, cell, text in _texts(corpus)
        for sentence in SENTENCE.split(text)
        if OF_ALL.search(sentence)
    ]
    file = findings.FILE.as_posix()
    general += [(file, "", f"not borne out: {s}") for s in findings.tempting(corpus)["statement"]]
    more = pd.DataFrame(general, columns=found.columns)
    return pd.concat([found, more]).drop_duplicates(ignore_index=True)


def unnamed(corpus: Corpus) -> list[str]:
    """Titles of articles that a data package which names its sources does not name."""
    told = [s.get("title", "") for s in corpus.package.get("sources", [])]
    missing = [r for r in corpus.sources.itertuples() if not any(r.path in t for t in told)]
    return [
        f"“{r.headline}”, {corpus.outlets[r.source_id]}; date of publication "
        f"{r.published or 'not stated'} ({r.path})"
        for r in missing
        if told
    ]


def _other_number(count: int) -> re.Pattern[str]:
    """What says, in a sentence on articles, that there are more or fewer of them than so many."""
    numbers = [n for i, n in enumerate(NUMBERS[1:], start=PAIR) if i != count]
    counted = rf"(?<!first )\b(?:{'|'.join(numbers)}) (?!of the )(?:\w+ ){{0,2}}articles\b"
    of_two = rf"(?=.*\b(?:articles?|outlets?)\b)(?=.*\b(?:{OF_TWO})\b)"
    return re.compile(counted if count == PAIR else rf"{counted}|\A{of_two}", re.I | re.S)


def _texts(corpus: Corpus) -> Iterator[tuple[str, str, str]]:
    """What people wrote: file, cell and text."""
    for key in ("title", "description"):
        yield "data/datapackage.json", "", corpus.package.get(key, "")
    for r in corpus.coders.itertuples():
        yield "data/coders.csv", "", r.how
    for name in ("README.md", "CITATION.cff"):
        path = corpus.folder / name
        text = WRITTEN.sub("", path.read_text("utf-8")) if path.exists() else ""
        for part in text.split("\n") if path.suffix == ".cff" else [text]:
            yield name, "", part
    for path in notebooks_of(corpus):
        file = path.relative_to(corpus.folder).as_posix()
        for i, cell in enumerate(json.loads(path.read_text("utf-8"))["cells"]):
            if cell["cell_type"] == "markdown":
                yield file, str(i), "".join(cell["source"])
