"""What is handed to other software says what the tables say, in the form that software reads."""

import dataclasses
import hashlib
import io
import json
import os
import pickle
import re
import shutil
import subprocess
import sys
import uuid
import xml.etree.ElementTree as ET
import zipfile

import networkx as nx
import pandas as pd
import pytest
from conftest import write

from helpers import exchange, load, tables
from helpers.corpus import HOME
from helpers.corpus.files import harmless
from helpers.exchange import graph, refi

FORMATS = list(exchange.FORMATS)
# Letters beyond the first 65,536, an emoji of several code points, markup, and a form feed.
ODD = '<b>&amp;</b> "𝔘𝔫𝔦𝔱𝔢𝔡" it’s ]]> 👩🏽‍🚀'
ARTICLE = (
    f"{ODD} we stand, the minister’s “paper” says.\n\n"
    f"=1+1 is our 👩🏽‍🚀 pact, they said; {ODD} again.\n"
)
TABLES = {
    "sources": [
        {
            "source_id": "odd",
            "path": "seeds/odd.txt",
            "outlet_id": "paper",
            "headline": "“paper”",
            "language": "en",
            "published": "2025-03?",
            "published_basis": "stated",
        }
    ],
    "actors": [
        {"actor_id": "paper", "name": "=The <Paper> & Co", "kind": "outlet", "role": "a\x0cb"},
        {"actor_id": "land", "name": "Land 👩🏽‍🚀", "kind": "state"},
        {
            "actor_id": "ann",
            "name": "+Ann “𝔘” <O'Neil>",
            "kind": "person",
            "role": 'says "&"',
            "affiliation_id": "land",
            "country": "land",
        },
    ],
    "claims": [
        {
            "claim_id": "o1",
            "quote": f"{ODD} we stand, the minister’s “paper” says",
            "level": "primary",
            "voice": "outlet",
            "attribution": "none",
            "speaker_id": "paper",
            "proposition": f"P {ODD} \x0c.",
        },
        {
            "claim_id": "o2",
            "quote": "“paper”",
            "level": "nested",
            "voice": "outlet",
            "attribution": "none",
            "speaker_id": "paper",
            "proposition": "It is a paper.",
        },
        {
            "claim_id": "o3",
            "quote": "=1+1 is our 👩🏽‍🚀 pact",
            "level": "primary",
            "voice": "indirect",
            "attribution": "explicit",
            "speaker_id": "ann",
            "proposition": "=1+1",
            "utterance_id": "u1",
        },
        {
            "claim_id": "o4",
            "quote": f"they said; {ODD} again",
            "level": "primary",
            "voice": "direct",
            "attribution": "explicit",
            "speaker_id": "ann",
            "proposition": "\tAgain.",
        },
    ],
    "utterances": [
        {"utterance_id": "u1", "source_id": "odd", "speaker_id": "ann", "occasion": "meeting"}
    ],
    "reviews": [],
    "retired": [],
    "mentions": [],
    "events": [
        {
            "event_id": "meeting",
            "label": "A meeting",
            "kind": "statement",
            "date": "XXXX-01-26",
            "date_basis": "stated",
            "reasoning": "stated",
        }
    ],
    "codebook": [
        {
            "code": "one",
            "facet": "framing",
            "label": f"A {ODD}",
            "definition": f"D \x0c {ODD}",
            "colour": "#005a9c",
            "marker": "o",
        },
        {
            "code": "two",
            "facet": "framing",
            "label": "Same",
            "definition": "D",
            "colour": "#005a9c",
            "marker": "s",
        },
        {
            "code": "three",
            "facet": "framing",
            "label": "same",
            "definition": "D",
            "colour": "#005a9c",
            "marker": "v",
        },
        {
            "code": "four",
            "facet": "aim",
            "label": "Same",
            "definition": "D",
            "colour": "#005a9c",
            "marker": "o",
        },
        *(
            {
                "code": v,
                "facet": "voice",
                "label": v,
                "definition": "D",
                "colour": "#005a9c",
                "marker": "o",
            }
            for v in ("direct", "indirect", "outlet")
        ),
    ],
    "codings": [
        {
            "claim_id": "o1",
            "code": "one",
            "stance": "supports",
            "certainty": "arguable",
            "alternative": "none",
            "note": f"N {ODD}",
        },
        {"claim_id": "o1", "code": "two", "stance": "rejects", "certainty": "sure"},
        {"claim_id": "o3", "code": "one", "stance": "rejects", "certainty": "sure"},
        {"claim_id": "o4", "code": "one", "stance": "supports", "certainty": "sure"},
        {"claim_id": "o4", "code": "four", "stance": "supports", "certainty": "sure"},
    ],
    "omissions": [],
    "findings": [],
    "coders": [],
    "adjudication": [],
}


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """A small corpus whose every text is hard to write down."""
    folder = tmp_path_factory.mktemp("odd")
    for name in ("data", "seeds"):
        (folder / name).mkdir()
    (folder / "seeds" / "odd.txt").write_text(ARTICLE, "utf-8", newline="")
    shutil.copy(HOME / "data" / "datapackage.json", folder / "data")
    package = json.loads((HOME / "data" / "datapackage.json").read_text("utf-8"))
    always = {
        "source_id": "odd",
        "position": "body",
        "modality": "asserted",
        "target": "other",
        "sha256": hashlib.sha256(ARTICLE.encode()).hexdigest(),
    }
    for resource in package["resources"]:
        columns = [f["name"] for f in resource["schema"]["fields"]]
        records = [{c: (always | r).get(c, "") for c in columns} for r in TABLES[resource["name"]]]
        write(folder / "data" / resource["path"], records, columns)
    return load(folder)


@pytest.fixture(params=["the project's own", "odd"])
def each(request, corpus, odd):
    return odd if request.param == "odd" else corpus


def made(corpus, name, known={}):  # noqa: B006
    """A corpus in a format, made once for all tests."""
    if (corpus.folder, name) not in known:
        known[corpus.folder, name] = exchange.FORMATS[name][1](corpus)
    return known[corpus.folder, name]


def words(corpus):
    """The words of each claim, as its article has them."""
    return {
        r.claim_id: corpus.texts[r.source_id][r.start : r.end] for r in corpus.claims.itertuples()
    }


def coded(corpus):
    return {(r.claim_id, r.code, r.stance) for r in corpus.codings.itertuples()}


def legal(text):
    return text.replace("\x0c", "\ufffd")


# Any format


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_says_in_a_sentence_what_it_cannot_hold(name):
    ending, make, lacks = exchange.FORMATS[name]
    assert ending.startswith(".")
    assert make.__doc__
    assert re.fullmatch(r"[A-Z].{40,}\.", lacks)


@pytest.mark.slow
def test_every_format_is_the_same_bytes_on_another_day_in_another_process(
    tmp_path, corpus, monkeypatch
):
    monkeypatch.setattr("time.strftime", lambda *_: "1999-12-31")
    for name in FORMATS:
        exchange.write(corpus, name, tmp_path / name)
    script = """
import pathlib, pickle, sys
from helpers import exchange
corpus = pickle.load(sys.stdin.buffer)
for name in exchange.FORMATS:
    exchange.write(corpus, name, pathlib.Path(sys.argv[1]) / f"{name} again")
"""
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland"}
    given = pickle.dumps(dataclasses.replace(corpus, memo={}, of_folder={}))
    subprocess.run(
        [sys.executable, "-c", script, tmp_path], input=given, cwd=HOME, env=environment, check=True
    )
    for name in FORMATS:
        assert (tmp_path / name).read_bytes() == (tmp_path / f"{name} again").read_bytes(), name


def test_making_a_format_leaves_the_tables_as_they_were(odd):
    before = {n: t.copy() for n, t in odd.tables.items()}
    for _, make, _ in exchange.FORMATS.values():
        make(odd)
    for name, table in before.items():
        pd.testing.assert_frame_equal(getattr(odd, name), table)


def test_a_format_that_is_not_there_is_named_with_the_one_that_may_be_meant(corpus, tmp_path):
    with pytest.raises(ValueError, match=r"no format “graphlm”\. Did you mean graphml"):
        exchange.write(corpus, "graphlm", tmp_path / "x")
    with pytest.raises(ValueError, match="one of annotations, codebook"):
        exchange.write(corpus, "zzz", tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


# Web annotations

TERMS = {
    "id",
    "type",
    "label",
    "creator",
    "generator",
    "name",
    "total",
    "first",
    "last",
    "partOf",
    "startIndex",
    "items",
    "motivation",
    "body",
    "target",
    "purpose",
    "value",
    "format",
    "language",
    "source",
    "selector",
    "exact",
    "prefix",
    "suffix",
    "start",
    "end",
}


def annotations(corpus):
    collection = json.loads(made(corpus, "annotations"))
    return collection, collection["first"]["items"]


def test_annotations_are_one_collection_with_all_of_them_on_its_page(each):
    collection, items = annotations(each)
    assert collection["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (collection["type"], collection["first"]["type"]) == (
        "AnnotationCollection",
        "AnnotationPage",
    )
    assert collection["total"] == len(items) == len(each.claims)
    assert collection["last"] == collection["first"]["id"]
    assert collection["first"]["partOf"] == {"id": collection["id"], "type": collection["type"]}
    assert "code points" in collection["offsets"]
    assert len({i["id"] for i in items}) == len(items)
    assert [i["id"].rsplit(":", 1)[1] for i in items] == list(each.claims["claim_id"])


def test_an_annotation_carries_proposition_speaker_and_codes_with_stance_and_certainty(each):
    claims, found = each.claims.set_index("claim_id"), set()
    for item in annotations(each)[1]:
        claim_id = item["id"].rsplit(":", 1)[1]
        said, *codes = item["body"]
        assert (item["type"], item["motivation"]) == ("Annotation", "classifying")
        assert {b["type"] for b in item["body"]} == {"TextualBody"}
        assert (said["purpose"], said["value"]) == (
            "describing",
            claims.loc[claim_id, "proposition"],
        )
        assert item["speaker"]["name"] == each.names[claims.loc[claim_id, "speaker_id"]]
        assert (item["voice"], item["level"]) == tuple(claims.loc[claim_id, ["voice", "level"]])
        found |= {
            (claim_id, c["value"], c["stance"], c["certainty"])
            for c in codes
            if c["purpose"] == "classifying"
        }
    assert found == {(r.claim_id, r.code, r.stance, r.certainty) for r in each.codings.itertuples()}


def test_an_annotations_selectors_lead_to_the_words_of_its_claim(each):
    sources, said_in = each.sources.set_index("source_id"), words(each)
    for item in annotations(each)[1]:
        source = item["target"]["source"]
        source_id = source["id"].rsplit(":", 1)[1]
        assert source["path"] == sources.loc[source_id, "path"]
        text = (each.folder / source["path"]).read_bytes().decode()
        by_quote, by_place = item["target"]["selector"]
        start, end = by_place["start"], by_place["end"]
        assert (by_quote["type"], by_place["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        assert text[start:end] == by_quote["exact"] == said_in[item["id"].rsplit(":", 1)[1]]
        around = by_quote["prefix"] + by_quote["exact"] + by_quote["suffix"]
        assert [m.start() for m in re.finditer(f"(?={re.escape(around)})", text)] == [
            start - len(by_quote["prefix"])
        ]
        assert len(by_quote["prefix"]) == min(32, start)
        assert len(by_quote["suffix"]) == min(32, len(text) - end)


def test_a_property_that_the_recommendation_has_not_is_told_in_the_context(each):
    collection, _ = annotations(each)
    own = collection["@context"].pop()
    assert not set(own) & TERMS
    assert all(iri.startswith("urn:") for iri in own.values())

    def properties(node):
        inside = node.values() if isinstance(node, dict) else node if isinstance(node, list) else []
        return set(node if isinstance(node, dict) else []).union(*map(properties, inside))

    assert properties({k: v for k, v in collection.items() if k != "@context"}) <= TERMS | set(own)


def test_no_web_address_is_made_up(each):
    told = made(each, "annotations") + made(each, "codebook").decode()
    assert set(re.findall(r"https?://[^\"\s]+", told)) == {"http://www.w3.org/ns/anno.jsonld"}


# REFI-QDA, from the published schemas: children in order, how many, and attributes with *
# where they are required

GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
BY = ["creatingUser", "creationDateTime", "modifyingUser", "modifiedDateTime"]
CODE = {
    "Codes": ("Code+", []),
    "Code": ("Description? NoteRef* Code*", ["guid*", "name*", "isCodable*", "color"]),
    "Description": ("", []),
}
CODEBOOK = {"CodeBook": ("Codes Sets?", ["origin"]), **CODE}
PROJECT = {
    "Project": (
        "Users? CodeBook? Variables? Cases? Sources? Notes? Links? Sets? Graphs? "
        "Description? NoteRef*",
        [
            "name*",
            "origin",
            "creatingUserGUID",
            "creationDateTime",
            "modifyingUserGUID",
            "modifiedDateTime",
            "basePath",
        ],
    ),
    "Users": ("User+", []),
    "User": ("", ["guid*", "name", "id"]),
    "CodeBook": ("Codes", []),
    **CODE,
    "Sources": ("TextSource+", []),
    "TextSource": (
        "Description? PlainTextContent? PlainTextSelection* Coding* NoteRef* VariableValue*",
        ["guid*", "name", "richTextPath", "plainTextPath", *BY],
    ),
    "PlainTextSelection": (
        "Description? Coding* NoteRef*",
        ["guid*", "name", "startPosition*", "endPosition*", *BY],
    ),
    "Coding": ("CodeRef NoteRef*", ["guid*", "creatingUser", "creationDateTime"]),
    "CodeRef": ("", ["targetGUID*"]),
}


def faults(element, schema, namespace):
    """What a schema has against an element and all inside it."""
    tag = element.tag.removeprefix(f"{{{namespace}}}")
    if tag not in schema:
        return [f"no such element {element.tag}"]
    order, attributes = schema[tag]
    pattern = "".join(
        f"(?:{w.rstrip('?*+')} ){w[-1] if w[-1] in '?*+' else ''}" for w in order.split()
    )
    children = "".join(c.tag.removeprefix(f"{{{namespace}}}") + " " for c in element)
    found = [] if re.fullmatch(pattern, children) else [f"{tag} has {children}"]
    found += [
        f"{tag} without {a}" for a in attributes if a.endswith("*") and a[:-1] not in element.attrib
    ]
    found += [
        f"{tag} with {a}" for a in element.attrib if a not in {a.rstrip("*") for a in attributes}
    ]
    rules = {
        "guid": GUID,
        "targetGUID": GUID,
        "creatingUser": GUID,
        "color": re.compile("#[0-9A-Fa-f]{6}"),
        "isCodable": re.compile("true|false"),
        "startPosition": re.compile(r"\d+"),
        "endPosition": re.compile(r"\d+"),
    }
    found += [
        f"{tag} {a}={v}"
        for a, v in element.attrib.items()
        if a in rules and not rules[a].fullmatch(v)
    ]
    return found + [f for c in element for f in faults(c, schema, namespace)]


def codebook(corpus):
    return ET.fromstring(made(corpus, "codebook")), "{urn:QDA-XML:codebook:1.0}"


def project(corpus):
    archive = zipfile.ZipFile(io.BytesIO(made(corpus, "project")))
    return archive, ET.fromstring(archive.read("project.qde")), "{urn:QDA-XML:project:1.0}"


def test_codebook_and_project_are_as_the_published_schemas_have_them(each):
    assert faults(codebook(each)[0], CODEBOOK, "urn:QDA-XML:codebook:1.0") == []
    assert faults(project(each)[1], PROJECT, "urn:QDA-XML:project:1.0") == []


def test_a_project_of_no_article_is_as_the_published_schema_has_it(corpus):
    empty = corpus.replaced(
        texts={}, **{n: corpus.tables[n].head(0) for n in ("sources", "claims", "omissions")}
    )
    assert faults(project(empty)[1], PROJECT, "urn:QDA-XML:project:1.0") == []


def test_every_code_stands_in_its_facet_with_colour_and_description(each):
    root, ns = codebook(each)
    found = []
    for facet in root.find(f"{ns}Codes"):
        assert facet.get("isCodable") == "false"
        for code in facet.findall(f"{ns}Code"):
            assert code.get("isCodable") == "true"
            lines = dict(
                line.split(": ", 1) for line in code.findtext(f"{ns}Description").split("\n")
            )
            found.append(
                (
                    lines["Code"],
                    facet.get("name"),
                    code.get("color"),
                    lines["Definition"],
                    lines.get("Exclude", ""),
                )
            )
    book = each.codebook.assign(colour=tables.inks(each))
    book = book[["code", "facet", "colour", "definition", "exclude"]]
    assert sorted(found) == sorted(tuple(map(legal, r)) for r in book.itertuples(index=False))


def test_codes_are_told_apart_by_name_alone(each, odd):
    root, ns = codebook(each)
    names = [
        c.get("name").casefold() for f in root.find(f"{ns}Codes") for c in f.findall(f"{ns}Code")
    ]
    assert len(set(names)) == len(names)
    wanted = {
        f"A {ODD}",
        "Same (two)",
        "same (three)",
        "Same",
        "direct",
        "indirect",
        "outlet",
    }
    assert set(refi._names(odd)) == wanted


def test_ids_are_made_of_the_tables_and_differ(each):
    _, root, ns = project(each)
    ids = [e.get("guid") for e in root.iter() if e.get("guid")]
    assert len(set(ids)) == len(ids)
    assert {uuid.UUID(i).version for i in ids} == {5}
    codes = [{c.get("guid") for c in r.iter(f"{n}Code")} for r, n in ((root, ns), codebook(each))]
    assert codes[0] == codes[1]


def test_a_projects_codings_lead_to_the_words_and_the_code_and_say_the_stance(each):
    archive, root, ns = project(each)
    users = {u.get("name"): u.get("guid") for u in root.iter(f"{ns}User")}
    books = {c.get("guid"): c.findtext(f"{ns}Description", "") for c in root.iter(f"{ns}Code")}
    found, said, said_in = set(), [], words(each)
    for source in root.iter(f"{ns}TextSource"):
        path = source.get("plainTextPath").replace("internal://", "Sources/")
        text = archive.read(path).decode("utf-8")
        assert text == each.texts[source.get("name")]
        for selection in source.findall(f"{ns}PlainTextSelection"):
            if selection.get("creatingUser") != users["settled"]:
                continue
            claim_id, lines = (
                selection.get("name"),
                selection.findtext(f"{ns}Description").split("\n"),
            )
            start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
            assert text[start:end] == said_in[claim_id]
            for coding in selection.findall(f"{ns}Coding"):
                book = books[coding.find(f"{ns}CodeRef").get("targetGUID")]
                code, stance = (
                    book.split("\n")[0].removeprefix("Code: "),
                    lines[0].removeprefix("Stance: "),
                )
                found.add((claim_id, code, stance))
            if not selection.findall(f"{ns}Coding"):
                said.append((claim_id, lines[0].removeprefix("Proposition: ")))
    assert found == coded(each)
    assert said == [(r.claim_id, legal(r.proposition)) for r in each.claims.itertuples()]


def test_a_project_has_one_user_a_coder_and_marks_no_span_twice_with_a_code(each):
    _, root, ns = project(each)
    users = {u.get("guid"): u.get("name") for u in root.iter(f"{ns}User")}
    assert list(users.values()) == ["settled", *each.independent]
    counts = dict.fromkeys(users.values(), 0)
    marked = []
    for source in root.iter(f"{ns}TextSource"):
        for selection in source.findall(f"{ns}PlainTextSelection"):
            place = [selection.get(k) for k in ("startPosition", "endPosition", "creatingUser")]
            for reference in selection.iter(f"{ns}CodeRef"):
                counts[users[place[-1]]] += 1
                marked.append((source.get("guid"), *place, reference.get("targetGUID")))
    assert len(set(marked)) == len(marked)
    own = {c: len(t["codings"]) for c, t in each.independent.items()}
    assert counts == {"settled": len(each.codings), **own}


def test_a_project_with_two_claims_on_one_span_marks_it_once(odd):
    claims, codings = odd.claims, odd.codings
    again = claims[claims["claim_id"] == "o1"].assign(claim_id="o9")
    more = codings[codings["claim_id"] == "o1"].assign(claim_id="o9")
    twice = odd.replaced(claims=pd.concat([claims, again]), codings=pd.concat([codings, more]))
    found = zipfile.ZipFile(io.BytesIO(refi.project(twice))).read("project.qde").decode()
    assert found.count("<CodeRef") == len(odd.codings)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_of_several_kinds_do_not_move_a_projects_places(odd, end):
    first, rest = odd.texts["odd"].split("\n", 1)
    text = f"{first}{end}{rest}"
    claims = odd.claims
    claims["start"] = [text.index(q) for q in claims["quote"]]
    claims["end"] = claims["start"] + claims["quote"].str.len()
    archive = zipfile.ZipFile(io.BytesIO(refi.project(odd.replaced({"odd": text}, claims=claims))))
    root, ns = ET.fromstring(archive.read("project.qde")), "{urn:QDA-XML:project:1.0}"
    source = root.find(f".//{ns}TextSource")
    path = source.get("plainTextPath").replace("internal://", "Sources/")
    written, said_in = archive.read(path).decode(), words(odd)
    assert "\r" not in written
    for selection in source.findall(f"{ns}PlainTextSelection"):
        start, end = (int(selection.get(f"{e}Position")) for e in ("start", "end"))
        assert written[start:end] == said_in[selection.get("name")]


def test_a_project_archive_is_sorted_and_holds_no_time(corpus):
    archive, _, _ = project(corpus)
    assert archive.namelist() == sorted(archive.namelist())
    assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {i.create_system for i in archive.infolist()} == {3}
    assert archive.testzip() is None


# Networks


@pytest.fixture
def graphs(each):
    read = nx.read_graphml(io.BytesIO(made(each, "graphml")))
    return each, graph.network(each), read


def test_networkx_reads_a_network_back_as_it_was(graphs):
    _, graph, read = graphs
    assert dict(read.nodes(data=True)) == dict(graph.nodes(data=True))
    assert {frozenset(e[:2]): e[2] for e in read.edges(data=True)} == {
        frozenset(e[:2]): e[2] for e in graph.edges(data=True)
    }
    assert not read.is_directed()
    assert len(read.edges) > 0


def test_a_network_counts_every_coding_on_the_edge_of_its_speaker_and_code(graphs):
    corpus, _, read = graphs
    speakers = dict(zip(corpus.claims["claim_id"], corpus.claims["speaker_id"], strict=True))
    found = set()
    for a, b, edge in read.edges(data=True):
        actor, code = sorted((a, b))
        ids = {
            s: edge.get(k, "").split("|") if k in edge else []
            for s, k in (("supports", "supported_in"), ("rejects", "rejected_in"))
        }
        assert {s: edge[s] for s in ids} == {s: len(i) for s, i in ids.items()}
        found |= {(c, code.removeprefix("code:"), s) for s, i in ids.items() for c in i}
        assert {f"actor:{speakers[c]}" for i in ids.values() for c in i} == {actor}
    assert found == coded(corpus)


def test_a_network_tells_speakers_from_codes_with_what_is_known_of_them(graphs):
    corpus, _, read = graphs
    actors, book = corpus.actors.set_index("actor_id"), corpus.codebook.set_index("code")
    for node, known in read.nodes(data=True):
        kind, name = node.split(":")
        if kind == "code":
            wanted = {
                "bipartite": 1,
                "type": True,
                "label": known["name"],
                "name": known["name"],
                "facet": book.loc[name, "facet"],
            }
        else:
            a = actors.loc[name]
            country = a["country"] and corpus.names[a["country"]]
            wanted = {
                "bipartite": 0,
                "type": False,
                "label": known["name"],
                "name": known["name"],
                "kind": a["kind"],
                "role": legal(a["role"]),
                "country": country,
            }
        assert known == {k: v for k, v in wanted.items() if v != ""}
        assert known["name"].startswith(a["name"] if kind == "actor" else book.loc[name, "label"])
    names = [known["name"].casefold() for _, known in read.nodes(data=True)]
    assert len(set(names)) == len(names)
    for _, _, edge in read.edges(data=True):
        assert edge["weight"] == edge["supports"] + edge["rejects"] > 0


def test_a_code_and_an_actor_of_one_name_are_told_apart(odd):
    actors = odd.actors
    actors.loc[actors["actor_id"] == "ann", "name"] = "same"
    names = [n["name"] for _, n in graph.network(odd.replaced(actors=actors)).nodes(data=True)]
    assert {"same (person)", "Same (two)", "Same (aim)"} <= set(names)


# Statements


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "- a list"])
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "a=1", "a - b", "'=1", "“=1”", "1-1", "–", "👩🏽‍🚀"])
def test_any_other_cell_stays_as_it_is(cell):
    assert harmless(cell) == cell
