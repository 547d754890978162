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
OF_CODING = ("stance", "certainty", "alternative", "alternative_stance", "note")
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def origin(corpus: Corpus) -> tuple[str, str, dict]:
    """The start of every urn, the name and version of the data, and the data package."""
    package = read_package(corpus.folder, [])
    name = package.get("name") or "corpus"
    base = "urn:" + re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")
    return base, f"{name} {package.get('version', '')}".strip(), package


def claims_of(corpus: Corpus, source_id: str) -> list[dict]:
    """The claims of an article with speaker and codings, these with label and facet."""
    marks = corpus.codings.merge(corpus.codebook[["code", "label", "facet"]], on="code")
    codings = {c: g.to_dict("records") for c, g in marks.groupby("claim_id")}
    names = dict(zip(corpus.actors["actor_id"], corpus.actors["name"], strict=True))
    claims = corpus.claims[corpus.claims["source_id"] == source_id]
    # in an annotation, “target” is what the annotation is about
    records = claims.rename(columns={"target": "about"}).to_dict("records")
    return [
        {**r, "speaker": names[r["speaker_id"]], "codings": codings.get(r["claim_id"], [])}
        for r in records
    ]


def filled(record: dict, columns: tuple[str, ...]) -> dict:
    return {c: record[c] for c in columns if record.get(c)}


def legal(text: str) -> str:
    """A text without the characters that XML cannot write at all, such as a form feed."""
    return NOT_XML.sub("\ufffd", text)
