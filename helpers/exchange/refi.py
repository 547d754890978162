"""Codebook and codings as REFI-QDA has them."""

import uuid
import xml.etree.ElementTree as ET

import pandas as pd

from helpers import tables
from helpers.corpus import Corpus
from helpers.corpus.files import zipped
from helpers.corpus.names import told_apart
from helpers.exchange.common import (
    OF_CLAIM,
    OF_CODING,
    OFFSETS,
    SETTLED,
    claims_of,
    filled,
    legal,
    one_line_end,
    origin,
)

OF_CODE = (
    "code",
    "definition",
    "include",
    "exclude",
    "opposite_of",
    "reference",
    "belongs_to",
    "counts_as",
)


def codebook(corpus: Corpus) -> bytes:
    """The codebook as REFI-QDA has it (.qdc): facets as parents, their codes inside."""
    base, made, _ = origin(corpus)
    root = ET.Element("CodeBook", {"xmlns": "urn:QDA-XML:codebook:1.0", "origin": legal(made)})
    _codes(root, corpus, base)
    return _xml(root)


def project(corpus: Corpus) -> bytes:
    """Articles, codebook and codings as REFI-QDA has them (.qdpx), each coder with a user.

    A claim is a selection described by its proposition. Each coding is a selection of its own
    over the same words, since its description has to say whether it supports or rejects.
    """
    base, made, package = origin(corpus)
    root = _root(package.get("title", made), made)
    users = {c: _guid(f"{base}:user:{c}") for c in (SETTLED, *corpus.independent)}
    listed = _add(root, "Users")
    for coder, guid in users.items():
        _add(listed, "User", guid=guid, name=coder)
    _codes(_add(root, "CodeBook"), corpus, base)
    sources, files = _add(root, "Sources"), {}
    for source in corpus.sources.to_dict("records"):
        source_id = source["source_id"]
        text, offsets = one_line_end(corpus.texts[source_id])
        article = _article(sources, files, source_id, text, _guid(f"{base}:source:{source_id}"))
        _add(article, "Description", _lines(source, ("headline", "published", "language", "path")))
        for coder, user in users.items():
            taken: set[tuple] = set()
            for claim in claims_of(corpus, source_id, coder):
                claim |= {"start": offsets[claim["start"]], "end": offsets[claim["end"]]}
                where = base if coder == SETTLED else f"{base}:coder:{coder}"
                _selections(article, claim, f"{where}:claim:{claim['claim_id']}", base, user, taken)
    if not len(sources):  # the format has no list of none
        root.remove(sources)
    about = package.get("description", "")
    _add(root, "Description", f"{about}\nPositions are {OFFSETS}; a line end is one.".strip())
    return zipped({**files, "project.qde": _xml(root)})


def blank(corpus: Corpus, codes: pd.DataFrame, names: dict[str, str]) -> bytes:
    """A project to code in (.qdpx): articles and codes, and nobody's coding.

    It has no user: the first one would become the coder of whoever opens it.

    Parameters
    ----------
    codes : DataFrame
        category, id, name, description, colour; a category's codes stand together.
    names : dict of str to str
        What each article is called, by source_id.
    """
    base, made, package = origin(corpus)
    root = _root(package.get("title", made), made)
    inside = _add(_add(root, "CodeBook"), "Codes")
    for category, group in codes.groupby("category", sort=False):
        guid = _guid(f"{base}:kit:{category}")
        above = _add(inside, "Code", guid=guid, name=category, isCodable="false")
        for r in group.to_dict("records"):
            guid, colour = _guid(f"{base}:kit:{category}:{r['id']}"), r["colour"]
            code = _add(above, "Code", guid=guid, name=r["name"], isCodable="true", color=colour)
            _add(code, "Description", r["description"])
    sources, files = _add(root, "Sources"), {}
    for source_id, text in corpus.texts.items():
        guid = _guid(f"{base}:kit:source:{source_id}")
        _article(sources, files, names[source_id], one_line_end(text)[0], guid)
    return zipped({**files, "project.qde": _xml(root)})


def _root(name: str, made: str) -> ET.Element:
    about = {"name": legal(name), "origin": legal(made)}
    return ET.Element("Project", {"xmlns": "urn:QDA-XML:project:1.0", **about})


def _article(
    sources: ET.Element, files: dict[str, bytes], name: str, text: str, guid: str
) -> ET.Element:
    """An article, whose text becomes a file of the archive."""
    files[f"Sources/{guid}.txt"] = text.encode("utf-8")
    path = f"internal://{guid}.txt"
    return _add(sources, "TextSource", guid=guid, name=name, plainTextPath=path)


def _selections(
    article: ET.Element, claim: dict, urn: str, base: str, user: str, taken: set[tuple]
) -> None:
    """A claim and its codings; `taken` has what is marked: a doubled mark stops an import."""
    span = claim["start"], claim["end"]
    place = {
        "name": claim["claim_id"],
        "startPosition": span[0],
        "endPosition": span[1],
        "creatingUser": user,
    }
    said = _add(article, "PlainTextSelection", guid=_guid(urn), **place)
    _add(said, "Description", _lines(claim, ("proposition", "speaker", *OF_CLAIM)))
    for coding in claim["codings"]:
        if (span, coding["code"]) not in taken:
            taken.add((span, coding["code"]))
            mark = f"{urn}:{coding['code']}"
            words = _add(article, "PlainTextSelection", guid=_guid(f"{mark}:words"), **place)
            _add(words, "Description", _lines(coding, OF_CODING))
            coded = _add(words, "Coding", guid=_guid(mark), creatingUser=user)
            _add(coded, "CodeRef", targetGUID=_guid(f"{base}:code:{coding['code']}"))


def _lines(record: dict, columns: tuple[str, ...]) -> str:
    return "\n".join(
        f"{c.replace('_', ' ').capitalize()}: {v}" for c, v in filled(record, columns).items()
    )


def _codes(parent: ET.Element, corpus: Corpus, base: str) -> None:
    """Add the codes, each inside its facet."""
    codes = _add(parent, "Codes")
    book = corpus.codebook.assign(name=_names(corpus), colour=tables.inks(corpus))
    for facet, group in book.groupby("facet", sort=False):
        above = _add(
            codes, "Code", guid=_guid(f"{base}:facet:{facet}"), name=facet, isCodable="false"
        )
        for r in group.to_dict("records"):
            guid = _guid(f"{base}:code:{r['code']}")
            code = _add(
                above, "Code", guid=guid, name=r["name"], isCodable="true", color=r["colour"]
            )
            _add(code, "Description", _lines(r, OF_CODE))


def _names(corpus: Corpus) -> pd.Series:
    """A name for each code, which no other has: programs that go by names drop a second one."""
    codes = corpus.codebook["code"]
    facets = dict(zip(codes, corpus.codebook["facet"], strict=True))
    return codes.map(told_apart(corpus.labels, facets))


def _guid(urn: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, urn))


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: object) -> ET.Element:
    element = ET.SubElement(
        parent, tag, {name: legal(str(value)) for name, value in attributes.items()}
    )
    element.text = legal(text) or None
    return element


def _xml(root: ET.Element) -> bytes:
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)
