"""Draft the coding of articles: sentences, what is quoted or told and by whom, dates, names.

A draft is a proposal that spares typing. It validates, every row of it is marked as a draft that
nobody has reviewed, and nothing in it is more than a pattern found in the text.
"""

import csv
import hashlib
import io
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from slugify import slugify

from helpers import tables
from helpers.corpus import Corpus, load, quotes
from helpers.corpus.english import listed, plural
from helpers.corpus.files import alone, write_all
from helpers.corpus.read import separated
from helpers.corpus.schema import (
    BY_WORD,
    DRAFTED,
    DRAFTED_DATE,
    JOINED,
    NAME_IT,
    NAME_THEM,
    REVIEW,
)
from helpers.extend import layout
from helpers.extend.dated import Date, dates
from helpers.extend.people import mentions
from helpers.extend.spans import ABOVE, UNKNOWN, Reading, read

Rows = dict[str, list[dict]]
DRAFT = {REVIEW: DRAFTED}
WHO = "Who speaks?"  # begins the note of a claim whose speaker is open


class Refused(ValueError):
    """An article that cannot be drafted, with what to do."""


class Added(NamedTuple):
    """How many rows came to which table, and what a person should look at."""

    rows: dict[str, int]
    notes: list[str]


def add(folder: Path, *articles: Path) -> Added:
    """Copy articles into a corpus and add drafted rows to its tables; of one that is there already,
    only what is new: nothing that a person has edited is changed.

    No other command writes into the corpus from when its tables are read to when they are written.

    Raises
    ------
    Refused
        Where an article is no text, or another one lies in its place; then nothing is written.
    CorpusError
        Where the corpus is not in order.
    OSError
        Where a file cannot be written; then none is.
    """
    texts = {article: _read(article) for article in dict.fromkeys(articles)}
    added: Rows = {}
    changed: dict[str, dict[str, dict]] = {"claims": {}, "utterances": {}}
    contents: dict[str, str | bytes] = {}
    notes: list[str] = []
    with alone(folder):
        corpus = load(folder)
        for article, text in texts.items():
            path, digest = _path(corpus, article)
            same = corpus.sources[corpus.sources["sha256"] == digest]
            if len(same):
                new, found = _again(corpus, same.iloc[0].to_dict(), text, changed)
            else:
                new, found = _first(corpus, text, path, digest, article.stem)
                contents[path] = article.read_bytes()
            notes += [f"{article.name}: {note}" for note in found]
            for name, rows in new.items():
                added.setdefault(name, []).extend(rows)
            corpus = _with(corpus, new)
        for name in {n for n, rows in added.items() if rows} | {n for n, c in changed.items() if c}:
            file = folder / "data" / f"{name}.csv"
            contents[f"data/{name}.csv"] = _written(file, added.get(name, []), changed.get(name))
        write_all(folder, contents)
    return Added({n: len(rows) for n, rows in added.items() if rows}, notes)


def _with(corpus: Corpus, new: Rows) -> Corpus:
    """A corpus with drafted sources, actors and claims, for the ids and names of the next draft."""
    return corpus.replaced(
        **{
            name: pd.concat([corpus.tables[name], pd.DataFrame(new.get(name, []))])
            .astype(object)
            .fillna("")
            for name in ("sources", "actors", "claims", "events")
        }
    )


def _read(article: Path) -> str:
    try:
        text = article.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise Refused(f"there is no file {article}.") from error
    except UnicodeDecodeError as error:
        raise Refused(
            f"{article.name} is not UTF-8 text: save it as plain text with UTF-8 as its encoding."
        ) from error
    if "\0" in text or not re.search(r"\w", text):
        raise Refused(f"{article.name} has no words in it.")
    return text


def _path(corpus: Corpus, article: Path) -> tuple[str, str]:
    """Where the article is to lie in the corpus, and its SHA-256."""
    path, digest = f"seeds/{article.name}", hashlib.sha256(article.read_bytes()).hexdigest()
    for r in corpus.sources.itertuples():
        if r.path == path and r.sha256 != digest:
            raise Refused(
                f"{article.name} is in the corpus already, as {r.source_id}, with another text: "
                "rename the article, and it is drafted as one of its own."
            )
    there = corpus.folder / path
    if there.exists() and hashlib.sha256(there.read_bytes()).hexdigest() != digest:
        raise Refused(f"{path} is there already, with another text: rename the article.")
    return path, digest


def _free_name(corpus: Corpus, wanted: str) -> str:
    """The name, or the name with a number, with which no id of the corpus begins."""
    ids = [
        *corpus.sources["source_id"],
        *corpus.actors["actor_id"],
        *corpus.claims["claim_id"],
        *corpus.events["event_id"],
    ]
    names = itertools.chain([wanted], (f"{wanted}-{n}" for n in itertools.count(2)))
    return next(n for n in names if not any(i.startswith(f"{n}-") for i in ids))


def _first(corpus: Corpus, text: str, path: str, digest: str, stem: str) -> tuple[Rows, list[str]]:
    """Drafted rows of an article that is new, by table, and what a person should look at."""
    name = _free_name(corpus, slugify(stem) or "article")
    reading = read(corpus, text)
    known = _outlet(corpus, reading)
    source = {
        "source_id": f"{name}-article",
        "path": path,
        "sha256": digest,
        "outlet_id": known or f"{name}-outlet",
        "headline": text[slice(*reading.pieces[0][1:])],
        "language": reading.language,
        **_published(reading),
    }
    outlet = {"actor_id": f"{name}-outlet", "name": f"Outlet of {name} {NAME_IT}", "kind": "outlet"}
    out = _rows(corpus, text, name, source, reading, reading.spans)
    proposed = [] if known else [outlet | DRAFT]
    out |= {"sources": [source], "actors": [*proposed, *out["actors"]]}
    notes = layout.warnings(text, reading.flat, reading.pieces) + _notes(out, reading)
    guessed = f"language {reading.language} is guessed: mend it in sources.csv if it is another."
    return out, [guessed, *notes] if reading.language != "und" else notes


def _outlet(corpus: Corpus, reading: Reading) -> str:
    """The one outlet among the actors that a date line at the top names; "" where none is.

    A headline may name another outlet, as what the article is about.
    """
    lines = (p for p in reading.pieces[:ABOVE] if p.kind == "boilerplate")
    top = [reading.flat[p.start : p.end] for p in lines]
    outlets = corpus.actors[corpus.actors["kind"] == "outlet"]
    named = [r.actor_id for r in outlets.itertuples() if any(r.name in line for line in top)]
    return named[0] if len(named) == 1 else ""


def _published(reading: Reading) -> dict:
    """The date of a line of its own under the headline."""
    for piece in reading.pieces[:ABOVE]:
        found = list(dates(reading.flat[piece.start : piece.end], reading.language))
        if piece.kind == "boilerplate" and found:
            return {"published": found[0].edtf, "published_basis": "stated"}
    return {"published": "", "published_basis": "none"}


def _notes(out: Rows, reading: Reading) -> list[str]:
    """What the draft leaves open."""
    open_ = sum(r["speaker_id"] == UNKNOWN for r in out["claims"])
    notes = []
    if not reading.words.known:
        notes.append(
            f"reported speech is not understood in this language ({reading.language}): sentences "
            "are left whole, what stands in quotation marks is found, its speakers are open."
        )
    if open_:
        notes.append(f"who speaks is open in {plural(open_, 'claim')}: see their column note.")
    names = [r["name"] for r in out["actors"] if r["kind"] != "outlet" and r["actor_id"] != UNKNOWN]
    if names:
        notes.append(f"proposed as actors: {listed(names)}.")
    return notes


def _again(
    corpus: Corpus, source: dict, text: str, changed: dict[str, dict[str, dict]]
) -> tuple[Rows, list[str]]:
    """What a new draft finds in an article that is there: speakers, and actors and codes that are
    new; its spans are a person's by now.
    """
    own = corpus.claims[corpus.claims["source_id"] == source["source_id"]]
    language = "" if source["language"] == "und" else source["language"]
    reading = read(corpus, text, language)
    out: Rows = {"actors": [], "mentions": [], "codings": [], "claims": []}
    _named_now(corpus, own, reading, out, changed)
    drafts = _unread(own)
    for table, column, proposed in (
        ("mentions", "actor_id", lambda q: _mentions(corpus, reading, q)),
        ("codings", "code", lambda q: _codings(corpus, q)),
    ):
        held = corpus.tables[table]
        known = set(held.loc[held["claim_id"].isin(own["claim_id"]), column])
        for r in drafts.itertuples():
            rows = [{"claim_id": r.claim_id, **p} for p in proposed(r.quote)]
            out[table] += [p for p in rows if p[column] not in known]
    return out, _notes(out, reading)


def _unread(claims: pd.DataFrame) -> pd.DataFrame:
    """Claims that are a draft still."""
    return claims[claims[REVIEW] == DRAFTED] if REVIEW in claims else claims.iloc[:0]


def _named_now(
    corpus: Corpus,
    claims: pd.DataFrame,
    reading: Reading,
    out: Rows,
    changed: dict[str, dict[str, dict]],
) -> None:
    """Name speakers of drafted claims that were open, an utterance at a time."""
    found = {(s["start"], s["end"]): s for s in reading.spans if s["kind"] == "claim"}
    unread = _unread(claims)
    for utterance, group in unread[unread["speaker_id"] == UNKNOWN].groupby("utterance_id"):
        now = [found.get(s, {}) for s in zip(group["start"], group["end"], strict=True)]
        speakers = {s.get("speaker", UNKNOWN) for s in now}
        whole = len(group) == int((corpus.claims["utterance_id"] == utterance).sum())
        if len(speakers) == 1 and whole and not speakers & {UNKNOWN, ""}:
            (speaker,) = speakers
            for claim, note, span in zip(group["claim_id"], group["note"], now, strict=True):
                kept = "" if note.startswith(WHO) else note
                row = {"speaker_id": speaker, "attribution": span["attribution"], "note": kept}
                changed["claims"][claim] = row
            changed["utterances"][utterance] = {"speaker_id": speaker}
            known = {*corpus.actors["actor_id"], *(r["actor_id"] for r in out["actors"])}
            out["actors"] += [r for r in _actors(reading, {speaker}) if r["actor_id"] not in known]


def _rows(
    corpus: Corpus, text: str, name: str, source: dict, reading: Reading, found: list[dict]
) -> Rows:
    """Drafted rows of spans, by table."""
    tables_ = ("actors", "claims", "utterances", "mentions", "events", "codings", "omissions")
    out: Rows = {t: [] for t in tables_}
    ids = {"c": _numbers(corpus.claims["claim_id"], f"{name}-c")}
    ids["d"] = _numbers(corpus.events["event_id"], f"{name}-date-")
    spoken = {s["speaker"] for s in found if s["kind"] == "claim"}
    introduced = {a.actor_id for a in reading.cast.actors if a.new and a.kind == "person"}
    out["actors"] += _actors(reading, spoken | introduced)
    if UNKNOWN in spoken and UNKNOWN not in set(corpus.actors["actor_id"]):
        name_ = f"Speaker not found {NAME_THEM}"
        out["actors"].append({"actor_id": UNKNOWN, "name": name_, "kind": "group"} | DRAFT)
    said = _utterances(corpus, name, source, found)
    out["utterances"] += list(said.values())
    for i, span in enumerate(found):
        at = _quote(text, span["start"], span["end"])
        if span["kind"] != "claim":
            left = {"source_id": source["source_id"], **at, "kind": span["kind"]}
            out["omissions"].append(left | {"reason": DRAFTED})
            continue
        utterance = said.get(span["utterance"], {}).get("utterance_id", "")
        claim = _claim(corpus, reading, source, span, at) | {"utterance_id": utterance}
        inner = [s for s in found[i + 1 :] if s["level"] == "nested" and s["end"] <= span["end"]]
        for date in _dates(text, reading.language, span, inner):
            _dated(text, claim, date, ids, out)
        if "claim_id" not in claim:
            _put(claim, ids, out)
        out["mentions"] += [
            {"claim_id": claim["claim_id"], **m}
            for m in _mentions(corpus, reading, at["quote"], out)
        ]
        out["codings"] += [
            {"claim_id": claim["claim_id"], **c} for c in _codings(corpus, at["quote"])
        ]
    return out


def _numbers(ids: pd.Series, prefix: str) -> Iterator[str]:
    """Ids with a prefix that are free, in order; none looks like a date to a spreadsheet."""
    taken = set(ids)
    return (f"{prefix}{n:02d}" for n in itertools.count(1) if f"{prefix}{n:02d}" not in taken)


def _actors(reading: Reading, wanted: set[str]) -> list[dict]:
    """Rows of proposed actors."""
    rows = []
    for a in reading.cast.actors:
        if a.new and a.actor_id in wanted:
            short = (
                a.name.split()[reading.cast.family]
                if a.kind == "person" and a.name[0].isupper()
                else ""
            )
            row = {"actor_id": a.actor_id, "name": a.name, "short_name": short, "kind": a.kind}
            rows.append(row | {"role": a.role} | DRAFT)
    return rows


def _utterances(corpus: Corpus, name: str, source: dict, found: list[dict]) -> dict[str, dict]:
    """A row for each utterance, by its number in the reading."""
    free = _numbers(corpus.utterances["utterance_id"], f"{name}-u")
    out: dict[str, dict] = {}
    for span in (s for s in found if s["kind"] == "claim" and s["utterance"]):
        if span["utterance"] not in out:
            row = {"utterance_id": next(free), "source_id": source["source_id"]}
            out[span["utterance"]] = row | {"speaker_id": span["speaker"], "verb": ""}
        row = out[span["utterance"]]
        verbs = [*filter(None, row["verb"].split(JOINED)), *filter(None, [span["verb"]])]
        row["verb"] = JOINED.join(dict.fromkeys(verbs))
    return out


def _claim(corpus: Corpus, reading: Reading, source: dict, span: dict, at: dict) -> dict:
    """A drafted claim, without its id."""
    names = {a.actor_id: a.name for a in reading.cast.actors}
    outlet = span["voice"] == "outlet"
    may = [names[c] for c in span["candidates"] if c in names]
    open_ = f"{WHO} Perhaps {listed(may, 'or')}." if may else f"{WHO} Nobody is named beside it."
    return {
        "source_id": source["source_id"],
        **at,
        "level": span["level"],
        "position": span["position"],
        "voice": span["voice"],
        "attribution": span["attribution"],
        "speaker_id": source["outlet_id"] if outlet else span["speaker"],
        "modality": "question" if at["quote"].rstrip().endswith(("?", "？")) else "asserted",
        "target": "other",
        "proposition": " ".join(at["quote"].split()),
        "note": open_ if span["speaker"] == UNKNOWN else "",
        **DRAFT,
    }


def _put(claim: dict, ids: dict, out: Rows) -> None:
    """Give a claim its id, and put it in its place."""
    claim["claim_id"] = next(ids["c"])
    out["claims"].append(claim)


def _dates(text: str, language: str, span: dict, inner: list[dict]) -> list[Date]:
    """The dates of a claim, but for those in a claim inside it, with their place in the article."""
    start = span["start"]
    found = [
        d._replace(start=d.start + start, end=d.end + start)
        for d in dates(text[start : span["end"]], language)
    ]
    return [d for d in found if not any(s["start"] <= d.start < s["end"] for s in inner)]


def _dated(text: str, claim: dict, date: Date, ids: dict, out: Rows) -> None:
    """An event for a date: the claim's own, or of a second date, with a claim inside the claim."""
    event = next(ids["d"])
    label = (
        quotes.around(text, date.start, date.end) if "claim_id" in claim else _short(claim["quote"])
    )
    words = " ".join(text[date.start : date.end].split())
    out["events"].append(
        {
            "event_id": event,
            "label": label,
            "kind": "happening",
            "date": date.edtf,
            "date_basis": "stated",
            "reasoning": f"{DRAFTED_DATE}the article says {words}.",
        }
    )
    if "claim_id" not in claim:
        _put(claim | {"event_id": event}, ids, out)
        claim |= out["claims"][-1]
    else:
        at = _quote(text, date.start, date.end)
        nested = {**claim, **at, "level": "nested", "event_id": event, "proposition": words}
        _put(nested, ids, out)


def _short(quote: str) -> str:
    """A quote in a few words."""
    words = " ".join(quote.split())
    return words if len(words) <= 60 else f"{words[:59].rsplit(' ', 1)[0]}…"


def _mentions(corpus: Corpus, reading: Reading, quote: str, out: Rows | None = None) -> list[dict]:
    """Actors that a claim names: those of the corpus, and those that this draft proposes."""
    known = {*corpus.actors["actor_id"], *(r["actor_id"] for r in (out or {}).get("actors", []))}
    found = dict.fromkeys(a.actor_id for *_, a in mentions(reading.cast, quote))
    return [{"actor_id": a} for a in found if a in known]


def _codings(corpus: Corpus, quote: str) -> list[dict]:
    """Codes whose word stands in a claim."""
    proposed = {
        "stance": "supports",
        "certainty": "arguable",
        "alternative": "none",
        "note": BY_WORD,
    }
    return [{"code": c, **proposed} for c in _words(corpus, quote)]


def _quote(text: str, start: int, end: int) -> dict:
    """A span's words, and which occurrence of them it is, where there are several."""
    found = quotes.places(text, text[start:end])
    occurrence = str(found.index((start, end)) + 1) if len(found) > 1 else ""
    return {"quote": text[start:end], "occurrence": occurrence}


def _words(corpus: Corpus, piece: str) -> list[str]:
    """Codes of the facet label whose word stands in a piece of text."""
    labels = corpus.codebook[corpus.codebook["facet"] == "label"]
    return [r.code for r in labels.itertuples() if quotes.finder(r.label, inflected=True)(piece)]


def _written(file: Path, new: list[dict], changed: dict[str, dict] | None) -> str:
    """A table with rows added and cells filled; byte order mark and line ends stay as they were.

    A column that it lacks is added.
    """
    raw = file.read_bytes().decode("utf-8")
    text, between = separated(raw.removeprefix("\ufeff"))
    ends = "\r\n" if "\r\n" in text.split("\n", 1)[0] + "\n" else "\n"
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=between)
    old, columns = list(reader), list(reader.fieldnames or [])
    columns += dict.fromkeys(c for row in new for c in row if c not in columns)
    for row in old:
        row |= (changed or {}).get((row[columns[0]] or "").strip(), {})
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", delimiter=between, lineterminator=ends)
    writer.writeheader()
    writer.writerows([*old, *new])
    return "\ufeff" * raw.startswith("\ufeff") + out.getvalue()


def compare(corpus: Corpus) -> pd.DataFrame:
    """How much of each coded article a draft would have got right.

    Returns
    -------
    DataFrame
        outlet, claims (settled), drafted, matched (overlap of a half or more), and of the matched:
        same voice, same speaker.
    """
    rows = []
    for r in corpus.sources.itertuples():
        settled = corpus.claims[corpus.claims["source_id"] == r.source_id].set_index("claim_id")
        reading = read(corpus, corpus.texts[r.source_id], r.language)
        found = [s for s in reading.spans if s["kind"] == "claim"]
        own = pd.DataFrame(found).assign(
            source_id=r.source_id, claim_id=[str(i) for i in range(len(found))]
        )
        own["speaker_id"] = own["speaker"].where(own["voice"] != "outlet", r.outlet_id)
        pairs = tables.match(settled.reset_index(), own)
        a = settled.loc[pairs["claim_a"]]
        b = own.set_index("claim_id").loc[pairs["claim_b"]]
        same = [int((a[c].to_numpy() == b[c].to_numpy()).sum()) for c in ("voice", "speaker_id")]
        outlet = corpus.outlets[r.source_id]
        rows.append((outlet, len(settled), len(found), len(pairs), *same))
    return pd.DataFrame(
        rows, columns=["outlet", "claims", "drafted", "matched", "same voice", "same speaker"]
    )
