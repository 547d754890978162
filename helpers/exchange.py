"""Hand the settled coding to other software; `FORMATS` says what each format cannot hold.

A format is made of the tables alone, the same bytes each time: ids come from the data package's
name and the ids in the tables, and no clock is read.
"""

import csv
import io
import json
import re
import uuid
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from helpers.corpus import Corpus, closest, read_package
from helpers.files import harmless, write_whole

if TYPE_CHECKING:
    import networkx as nx

AROUND = 32  # characters before and after a quote, which tell it from the same words elsewhere
# What goes along as properties, or as lines of a description, wherever it is not blank.
OF_CLAIM = ("level", "position", "voice", "attribution", "modality", "about", "translation", "utterance_id", "event_id", "said_at", "review")  # fmt: skip
OF_CODING = ("stance", "certainty", "alternative", "alternative_stance", "note")
OF_CODE = ("code", "definition", "include", "exclude", "opposite_of", "reference", "belongs_to", "counts_as")
OF_STATEMENT = ("id", "document", "date", "person", "organization", "concept", "agreement", "start", "end", "text")
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def annotations(corpus: Corpus) -> str:
    """Claims as W3C Web Annotations in JSON-LD: one a claim, all on one page of one collection."""
    base, made, package = _origin(corpus)
    sources, coders = corpus.sources.to_dict("records"), corpus.coders.to_dict("records")
    items = [
        {
            "id": f"{base}:claim:{claim['claim_id']}",
            "type": "Annotation",
            "motivation": "classifying",
            "creator": [f"{base}:coder:{c['coder_id']}" for c in coders],
            "generator": base,
            "speaker": {"id": f"{base}:actor:{claim['speaker_id']}", "name": claim["speaker"]},
            **_filled(claim, OF_CLAIM),
            "body": _bodies(claim),
            "target": _target(corpus.texts[source["source_id"]], claim, source, base),
        }
        for source in sources
        for claim in _claims(corpus, source["source_id"])
    ]
    page = {"id": f"{base}:annotations:1", "type": "AnnotationPage", "partOf": f"{base}:annotations", "startIndex": 0, "items": items}  # fmt: skip
    own = {term: f"{base}:term:{term}" for term in ("speaker", "facet", "path", *OF_CLAIM, *OF_CODING)}
    collection = {
        "@context": ["http://www.w3.org/ns/anno.jsonld", own],
        "id": page["partOf"],
        "type": "AnnotationCollection",
        "label": package.get("title", made),
        "creator": [_coder(c, base) for c in coders],
        "generator": {"id": base, "type": "Software", "name": made},
        "total": len(items),
        "first": page,
        "last": page["id"],
    }
    return json.dumps(collection, ensure_ascii=False, indent=1) + "\n"


def _coder(coder: dict, base: str) -> dict:
    kind = "Person" if coder["kind"] == "human" else "Software"
    return {"id": f"{base}:coder:{coder['coder_id']}", "type": kind, "name": coder["coder_id"]}


def _bodies(claim: dict) -> list[dict]:
    """The proposition, and each code with what is its own."""
    text = {"type": "TextualBody", "format": "text/plain"}
    said = {**text, "purpose": "describing", "value": claim["proposition"], "language": "en"}
    codes = [
        {**text, "purpose": "classifying", "value": c["code"], **_filled(c, ("label", "facet", *OF_CODING))}
        for c in claim["codings"]
    ]
    return [said, *codes]


def _target(text: str, claim: dict, source: dict, base: str) -> dict:
    """The words of a claim, by what stands there and around, and by position in code points."""
    start, end = claim["start"], claim["end"]
    around = {"prefix": text[max(0, start - AROUND) : start], "suffix": text[end : end + AROUND]}
    article = {"type": "Text", "format": "text/plain", "language": source["language"], "path": source["path"]}
    return {
        "type": "SpecificResource",
        "source": {"id": f"{base}:source:{source['source_id']}", **article},
        "selector": [
            {"type": "TextQuoteSelector", "exact": text[start:end], **around},
            {"type": "TextPositionSelector", "start": start, "end": end},
        ],
    }


def codebook(corpus: Corpus) -> bytes:
    """The codebook as REFI-QDA has it (.qdc): facets as parents, their codes inside."""
    base, made, _ = _origin(corpus)
    root = ET.Element("CodeBook", {"xmlns": "urn:QDA-XML:codebook:1.0", "origin": _legal(made)})
    _codes(root, corpus, base)
    return _xml(root)


def project(corpus: Corpus) -> bytes:
    """Articles, codebook and codings as REFI-QDA has them (.qdpx).

    A claim is a selection described by its proposition. Each coding is a selection of its own
    over the same words, since its description has to say whether it supports or rejects.
    """
    base, made, package = _origin(corpus)
    user = _guid(f"{base}:user")
    root = ET.Element("Project", {"xmlns": "urn:QDA-XML:project:1.0", "name": _legal(package.get("title", made)), "origin": _legal(made)})  # fmt: skip
    _add(_add(root, "Users"), "User", guid=user, name=made)
    _codes(_add(root, "CodeBook"), corpus, base)
    sources, files = _add(root, "Sources"), {}
    for source in corpus.sources.to_dict("records"):
        guid = _guid(f"{base}:source:{source['source_id']}")
        files[f"Sources/{guid}.txt"] = corpus.texts[source["source_id"]].encode("utf-8")
        article = _add(sources, "TextSource", guid=guid, name=source["source_id"], plainTextPath=f"internal://{guid}.txt", creatingUser=user)  # fmt: skip
        _add(article, "Description", _lines(source, ("headline", "published", "language", "path")))
        for claim in _claims(corpus, source["source_id"]):
            urn = f"{base}:claim:{claim['claim_id']}"
            place = {"name": claim["claim_id"], "startPosition": claim["start"], "endPosition": claim["end"], "creatingUser": user}  # fmt: skip
            said = _add(article, "PlainTextSelection", guid=_guid(urn), **place)
            _add(said, "Description", _lines(claim, ("proposition", "speaker", *OF_CLAIM)))
            for coding in claim["codings"]:
                mark = f"{urn}:{coding['code']}"
                words = _add(article, "PlainTextSelection", guid=_guid(f"{mark}:words"), **place)
                _add(words, "Description", _lines(coding, OF_CODING))
                coded = _add(words, "Coding", guid=_guid(mark), creatingUser=user)
                _add(coded, "CodeRef", targetGUID=_guid(f"{base}:code:{coding['code']}"))
    _add(root, "Description", package.get("description", ""))
    return _zip({**files, "project.qde": _xml(root)})


def graphml(corpus: Corpus) -> bytes:
    """The network of speakers and codes as GraphML."""
    import networkx as nx

    # not write_graphml, whose bytes depend on whether lxml is installed
    nx.write_graphml_xml(network(corpus), out := io.BytesIO())
    return out.getvalue()


def gexf(corpus: Corpus) -> bytes:
    """The network of speakers and codes as GEXF, without the day it was written."""
    import networkx as nx

    nx.write_gexf(network(corpus), out := io.BytesIO())
    return re.sub(rb'(<meta) lastmodifieddate="[^"]*"', rb"\1", out.getvalue(), count=1)


def network(corpus: Corpus) -> "nx.Graph":
    """Who asserts and who denies which code.

    Returns
    -------
    networkx.Graph
        Nodes actor:ID (bipartite 0; label, name, kind, role, country) and code:ID (bipartite 1;
        label, facet), those with a coding; edges with supports, rejects (numbers of claims),
        supported_in and rejected_in (claim ids, | between). What is blank is left out.
    """
    import networkx as nx

    marks = corpus.claims.merge(corpus.codings, on="claim_id")
    graph = nx.Graph(name=_origin(corpus)[1])
    for a in corpus.actors[corpus.actors["actor_id"].isin(marks["speaker_id"])].to_dict("records"):
        about = {**a, "label": a["name"], "country": a["country"] and corpus.name(a["country"])}
        about = _filled(about, ("label", "name", "kind", "role", "country"))
        graph.add_node(f"actor:{a['actor_id']}", bipartite=0, **{k: _legal(v) for k, v in about.items()})
    for c in corpus.codebook[corpus.codebook["code"].isin(marks["code"])].to_dict("records"):
        graph.add_node(f"code:{c['code']}", bipartite=1, label=_legal(c["label"]), facet=c["facet"])
    for (actor, code), group in marks.groupby(["speaker_id", "code"]):
        yes, no = (list(group.loc[group["stance"] == s, "claim_id"]) for s in ("supports", "rejects"))
        ids = _filled({"supported_in": "|".join(yes), "rejected_in": "|".join(no)}, ("supported_in", "rejected_in"))
        graph.add_edge(f"actor:{actor}", f"code:{code}", supports=len(yes), rejects=len(no), **ids)
    return graph


def dna(corpus: Corpus) -> str:
    """Statements as users of the Discourse Network Analyzer keep them: one row a coding.

    The date is that of the occasion the claim was said at or, where none is given, that of the
    article's publication, as stated (EDTF). A speaker that is no person, such as an outlet in its
    own voice, is the organization.
    """
    actors = corpus.actors.set_index("actor_id").to_dict("index")
    dates = dict(zip(corpus.events["event_id"], corpus.events["date"], strict=True))
    out = io.StringIO()
    # CRLF, for only then do older Pythons quote a cell with a bare carriage return
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(OF_STATEMENT)
    for source, published in zip(corpus.sources["source_id"], corpus.sources["published"], strict=True):
        for claim in _claims(corpus, source):
            speaker, start, end = actors[claim["speaker_id"]], claim["start"], claim["end"]
            office = speaker["affiliation_id"] and actors[speaker["affiliation_id"]]["name"]
            who = (speaker["name"], office) if speaker["kind"] == "person" else ("", speaker["name"])
            for c in claim["codings"]:
                what = c["code"], str(int(c["stance"] == "supports"))
                row = f"{claim['claim_id']}:{c['code']}", source, dates.get(claim["said_at"]) or published, *who, *what
                writer.writerow(map(harmless, [*row, str(start), str(end), corpus.texts[source][start:end]]))
    return out.getvalue()


COUNTS = "It has counts and claim ids but no words, places, voices, certainty, alternatives or dates; nested claims and both codes of a pair of opposites count like any other, and an actor or a code without a coding is left out."  # fmt: skip
# Each format: the ending of its file, what makes it, and what it cannot hold.
FORMATS: dict[str, tuple[str, Callable[[Corpus], str | bytes], str]] = {
    "annotations": (".jsonld", annotations, "A reader of the recommendation alone sees codes without stance, certainty and alternatives, which are properties of our own, and a nested claim only as words inside others; omissions, mentions, events and the codings before they were settled are left out."),
    "codebook": (".qdc", codebook, "It has no markers, and a code's id, opposite, reference and the definition it belongs to are lines of its description; claims and codings are no part of it."),
    "project": (".qdpx", project, "A code that is rejected counts there like one that is asserted: stance, certainty and alternatives are only lines of a coding's description, speaker and voice of a claim's, and a nested claim is only words inside others; positions count characters, so a program that counts UTF-16 units is off behind an emoji; omissions, mentions, events and the codings before they were settled are left out."),
    "graphml": (".graphml", graphml, COUNTS),
    "gexf": (".gexf", gexf, COUNTS),
    "dna": (".csv", dna, "It has no certainty, alternatives, voice or modality; a nested claim is a row like any other, a claim without a code is left out, and a text that a spreadsheet would run as a formula has an apostrophe in front."),
}  # fmt: skip


def write(corpus: Corpus, name: str, path: str | Path) -> None:
    """Write a corpus to a file in one of the formats.

    Raises
    ------
    ValueError
        Where there is no such format.
    FileNotFoundError
        Where the folder of the file is not there.
    """
    path = Path(path)
    if name not in FORMATS:
        hint = closest(name, list(FORMATS)) or f"one of {', '.join(FORMATS)}"
        raise ValueError(f"there is no format “{name}”. Did you mean {hint}?")
    if not path.parent.is_dir():
        raise FileNotFoundError(f"{path.parent}: there is no such folder; make it first or name another.")
    write_whole(path, FORMATS[name][1](corpus))


def _origin(corpus: Corpus) -> tuple[str, str, dict]:
    """The start of every urn, the name and version of the data, and the data package."""
    package = read_package(corpus.folder, [])
    name = package.get("name") or "corpus"
    base = "urn:" + re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")
    return base, f"{name} {package.get('version', '')}".strip(), package


def _claims(corpus: Corpus, source_id: str) -> list[dict]:
    """The claims of an article, each with its speaker and its codings, these with label and facet."""
    marks = corpus.codings.merge(corpus.codebook[["code", "label", "facet"]], on="code")
    codings = {c: g.to_dict("records") for c, g in marks.groupby("claim_id")}
    names = dict(zip(corpus.actors["actor_id"], corpus.actors["name"], strict=True))
    claims = corpus.claims[corpus.claims["source_id"] == source_id]
    # in an annotation, “target” is what the annotation is about
    records = claims.rename(columns={"target": "about"}).to_dict("records")
    return [{**r, "speaker": names[r["speaker_id"]], "codings": codings.get(r["claim_id"], [])} for r in records]


def _filled(record: dict, columns: tuple[str, ...]) -> dict:
    return {c: record[c] for c in columns if record.get(c)}


def _lines(record: dict, columns: tuple[str, ...]) -> str:
    return "\n".join(f"{c.replace('_', ' ').capitalize()}: {v}" for c, v in _filled(record, columns).items())


def _codes(parent: ET.Element, corpus: Corpus, base: str) -> None:
    """Add the codes, each inside its facet."""
    codes = _add(parent, "Codes")
    book = corpus.codebook.assign(name=_names(corpus.codebook))
    for facet, group in book.groupby("facet", sort=False):
        above = _add(codes, "Code", guid=_guid(f"{base}:facet:{facet}"), name=facet, isCodable="false")
        for r in group.to_dict("records"):
            guid = _guid(f"{base}:code:{r['code']}")
            code = _add(above, "Code", guid=guid, name=r["name"], isCodable="true", color=r["colour"])
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
    element = ET.SubElement(parent, tag, {name: _legal(str(value)) for name, value in attributes.items()})
    element.text = _legal(text) or None
    return element


def _legal(text: str) -> str:
    """A text without the characters that XML cannot write at all, such as a form feed."""
    return NOT_XML.sub("\ufffd", text)


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
