"""What the formats share: where ids start, claims with their codings, text that XML can hold."""

import re

from helpers.corpus import Corpus, read_package

# What goes along as properties, or as lines of a description, wherever it is not blank.
OF_CLAIM = (
    "level",
    "position",
    "voice",
    "attribution",
    "modality",
    "about",
    "translation",
    "utterance_id",
    "event_id",
    "review",
)
SETTLED = "settled"  # whose coding it is, where it is nobody's own
# What a position counts, as the files say it themselves.
OFFSETS = "code points of the article, from 0, the end exclusive, without a byte order mark"
OF_CODING = ("stance", "certainty", "alternative", "alternative_stance", "note")
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def origin(corpus: Corpus) -> tuple[str, str, dict]:
    """The start of every urn, the name and version of the data, and the data package."""
    package = read_package(corpus.folder, [])
    name = package.get("name") or "corpus"
    base = "urn:" + re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")
    return base, f"{name} {package.get('version', '')}".strip(), package


def claims_of(corpus: Corpus, source_id: str, coder: str = SETTLED) -> list[dict]:
    """The claims of an article with speaker and codings, these with label and facet."""
    tables = corpus.tables if coder == SETTLED else corpus.independent[coder]
    marks = tables["codings"].merge(corpus.codebook[["code", "facet"]], on="code")
    marks.insert(marks.columns.get_loc("facet"), "label", marks["code"].map(corpus.labels))
    codings = {c: g.to_dict("records") for c, g in marks.groupby("claim_id")}
    names = corpus.names
    claims = tables["claims"][tables["claims"]["source_id"] == source_id]
    # in an annotation, “target” is what the annotation is about
    records = claims.rename(columns={"target": "about"}).to_dict("records")
    return [
        {**r, "speaker": names.get(r["speaker_id"], ""), "codings": codings.get(r["claim_id"], [])}
        for r in records
    ]


def filled(record: dict, columns: tuple[str, ...]) -> dict:
    return {c: record[c] for c in columns if record.get(c)}


def legal(text: str) -> str:
    """A text without the characters that XML cannot write at all, such as a form feed."""
    return NOT_XML.sub("\ufffd", text)


def one_line_end(text: str) -> tuple[str, list[int]]:
    """A text whose every line end is one \\n, and where each of its offsets was.

    Programs count line ends of several kinds each in its own way.

    Returns
    -------
    tuple
        The text, and for each offset in the old text, its end too, the one in the new.
    """
    offsets, gone = [], 0
    for i, letter in enumerate(text):
        offsets.append(i - gone)
        gone += letter == "\r" and text[i + 1 : i + 2] == "\n"
    return re.sub("\r\n?", "\n", text), [*offsets, len(text) - gone]
