"""Codebook and codings as REFI-QDA has them."""

import io
import uuid
import xml.etree.ElementTree as ET
import zipfile
from typing import TYPE_CHECKING

import pandas as pd

from helpers.corpus import Corpus
from helpers.exchange.common import OF_CLAIM, OF_CODING, claims_of, filled, legal, origin

if TYPE_CHECKING:
    pass


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
    """Articles, codebook and codings as REFI-QDA has them (.qdpx).

    A claim is a selection described by its proposition. Each coding is a selection of its own
    over the same words, since its description has to say whether it supports or rejects.
    """
    base, made, package = origin(corpus)
    user = _guid(f"{base}:user")
    root = ET.Element(
        "Project",
        {
            "xmlns": "urn:QDA-XML:project:1.0",
            "name": legal(package.get("title", made)),
            "origin": legal(made),
        },
    )
    _add(_add(root, "Users"), "User", guid=user, name=made)
    _codes(_add(root, "CodeBook"), corpus, base)
    sources, files = _add(root, "Sources"), {}
    for source in corpus.sources.to_dict("records"):
        guid = _guid(f"{base}:source:{source['source_id']}")
        files[f"Sources/{guid}.txt"] = corpus.texts[source["source_id"]].encode("utf-8")
        article = _add(
            sources,
            "TextSource",
            guid=guid,
            name=source["source_id"],
            plainTextPath=f"internal://{guid}.txt",
            creatingUser=user,
        )
        _add(article, "Description", _lines(source, ("headline", "published", "language", "path")))
        for claim in claims_of(corpus, source["source_id"]):
            urn = f"{base}:claim:{claim['claim_id']}"
            place = {
                "name": claim["claim_id"],
                "startPosition": claim["start"],
                "endPosition": claim["end"],
                "creatingUser": user,
            }
            said = _add(article, "PlainTextSelection", guid=_guid(urn), **place)
            _add(said, "Description", _lines(claim, ("proposition", "speaker", *OF_CLAIM)))
            for coding in claim["codings"]:
                mark = f"{urn}:{coding['code']}"
                words = _add(article, "PlainTextSelection", guid=_guid(f"{mark}:words"), **place)
                _add(words, "Description", _lines(coding, OF_CODING))
                coded = _add(words, "Coding", guid=_guid(mark), creatingUser=user)
                _add(coded, "CodeRef", targetGUID=_guid(f"{base}:code:{coding['code']}"))
    if not len(sources):  # the format has no list of none
        root.remove(sources)
    _add(root, "Description", package.get("description", ""))
    return _zip({**files, "project.qde": _xml(root)})


def _lines(record: dict, columns: tuple[str, ...]) -> str:
    return "\n".join(
        f"{c.replace('_', ' ').capitalize()}: {v}" for c, v in filled(record, columns).items()
    )


def _codes(parent: ET.Element, corpus: Corpus, base: str) -> None:
    """Add the codes, each inside its facet."""
    codes = _add(parent, "Codes")
    book = corpus.codebook.assign(name=_names(corpus.codebook))
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


def _names(book: pd.DataFrame) -> pd.Series:
    """Labels, and what tells them apart: a program that knows codes by name drops a second one."""
    names = book["label"]
    for column in ("facet", "code"):
        alone = ~names.str.casefold().duplicated(keep=False)
        names = names.where(alone, names + " (" + book[column] + ")")
    return names


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


def _zip(files: dict[str, bytes]) -> bytes:
    """Files in an archive, the same bytes on every machine: no time, no compression."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, files[name])
    return out.getvalue()
