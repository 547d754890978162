"""Draft the coding of a new article: sentences, quoted speech and its speaker, dates, known actors.

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

import pandas as pd

from helpers import tables as tables_
from helpers.corpus import Corpus, dates, quotes
from helpers.corpus.files import write_whole
from helpers.corpus.read import separator

SAYING = r"(?:said|says|stated|states|explained|noted|told|added|emphasi[sz]ed|highlighted|stressed|called|announced|warned|argued|claimed|suggested|declared|insisted|denied|replied|asked)"
PAIRS = (("“", "”"), ('"', '"'), ("„", "“"), ("«", "»"))
MONTH = "|".join(m for m in dates.MONTHS if m)
DATED = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}}) )?(?P<m>{MONTH})(?: (?P<d2>\d{{1,2}}))?(?:,? (?P<y>\d{{4}}))?\b|\b(?P<iso>\d{{4}}-\d\d(?:-\d\d)?)\b|\bin (?P<year>(?:19|20)\d\d)\b"
)
UNKNOWN = "speaker-not-found"
FRAGMENT = 5  # quoted words fewer than these are a fragment inside a paraphrase


class Refused(ValueError):
    """An article that cannot be drafted, with what to do."""


def add(corpus: Corpus, article: Path) -> dict[str, int]:
    """Copy an article into the corpus and add drafted rows to its tables.

    Returns
    -------
    dict
        How many rows were added to which table.
    """
    text = _read(article)
    name = _free_name(
        corpus, re.sub(r"[^a-z0-9]+", "-", article.stem.lower()).strip("-") or "article"
    )
    source, path = f"{name}-article", f"seeds/{article.name}"
    digest = hashlib.sha256(article.read_bytes()).hexdigest()
    for r in corpus.sources.itertuples():
        if r.sha256 == digest or r.path == path:
            raise Refused(f"{article.name} is in the corpus already, as {r.source_id} ({r.path}).")
    there = corpus.folder / path
    if there.exists() and there.read_bytes() != article.read_bytes():
        raise Refused(f"{path} is there already, with another text: rename the article.")
    rows = tables(corpus, text, source, name)
    rows["sources"] = [{"source_id": source, "path": path, "sha256": digest, "outlet_id": f"{name}-outlet", "headline": _headline(text), "language": "und", "published": "", "published_basis": "none"}]  # fmt: skip
    contents = {
        corpus.folder / "data" / f"{n}.csv": _appended(corpus.folder / "data" / f"{n}.csv", new)
        for n, new in rows.items()
        if new
    }
    (corpus.folder / "seeds").mkdir(exist_ok=True)
    write_whole(corpus.folder / path, article.read_bytes())
    for file, content in contents.items():
        write_whole(file, content)
    return {n: len(new) for n, new in rows.items() if new}


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


def tables(corpus: Corpus, text: str, source: str, name: str) -> dict[str, list[dict]]:
    """Drafted rows by table: actors, claims, mentions, events, codings, omissions."""
    outlet = f"{name}-outlet"
    spans = list(pieces(corpus, text))
    out: dict[str, list[dict]] = {
        n: [] for n in ("actors", "claims", "mentions", "events", "codings", "omissions")
    }
    out["actors"].append(_actor(outlet, f"Outlet of {name} (name it)", "outlet"))
    if any(s["speaker"] == UNKNOWN for s in spans) and UNKNOWN not in set(
        corpus.actors["actor_id"]
    ):
        out["actors"].append(_actor(UNKNOWN, "Speaker not found (name him or her)", "group"))
    number = 0
    for s in spans:
        quote, occurrence = text[s["start"] : s["end"]], _occurrence(text, s["start"], s["end"])
        if s["kind"] != "claim":
            out["omissions"].append(
                {
                    "source_id": source,
                    "quote": quote,
                    "occurrence": occurrence,
                    "kind": s["kind"],
                    "reason": "draft",
                }
            )
            continue
        number += 1
        claim = f"{name}-{number:02d}"
        speaker = outlet if s["voice"] == "outlet" else s["speaker"]
        event = _event(quote, name, len(out["events"]) + 1)
        if event:
            out["events"].append(event)
        out["claims"].append({
            "claim_id": claim, "source_id": source, "quote": quote, "occurrence": occurrence, "level": s["level"],
            "position": s["position"], "voice": s["voice"], "attribution": "none" if s["voice"] == "outlet" else "explicit",
            "speaker_id": speaker, "modality": "question" if quote.rstrip().endswith("?") else "asserted", "target": "other",
            "proposition": quote, "translation": "", "utterance_id": s["utterance"] and f"{name}-{s['utterance']}",
            "event_id": event["event_id"] if event else "", "said_at": "", "review": "draft",
        })  # fmt: skip
        out["mentions"] += [{"claim_id": claim, "actor_id": a} for a in named(corpus, quote)]
        out["codings"] += [{"claim_id": claim, "code": c, "stance": "supports", "certainty": "arguable", "alternative": "none", "alternative_stance": "", "note": "proposed by the word alone; not reviewed"} for c in words_for_it(corpus, quote)]  # fmt: skip
    return out


def pieces(corpus: Corpus, text: str) -> Iterator[dict]:
    """The spans of an article in order: claims and what is left out."""
    headline, led, seen, utterance = False, False, set(), 0
    for line in re.finditer(r"[^\n]+", text):
        start, end = _trim(text, line.start(), line.end())
        piece = text[start:end]
        if not re.search(r"\w", piece):
            continue
        bullet = bool(re.match(r"[•‣*–-]\s", piece))
        if not headline:
            headline = True
            seen.add(piece)
            yield _claim(start, end, "headline")
            continue
        if any(piece in earlier for earlier in seen):
            yield {**_claim(start, end, ""), "kind": "repetition"}
            continue
        if not re.search(r"[.!?…:][”’\"')\]»]*$", piece) and not bullet and len(piece.split()) < 12:
            kind = (
                "heading"
                if re.search(r"[A-Za-zА-я]{4}", piece) and not re.search(r"\d{5}", piece)
                else "boilerplate"
            )
            yield {**_claim(start, end, ""), "kind": kind}
            continue
        seen.add(piece)
        position = "list" if bullet else "body" if led else "lead"
        led = led or not bullet
        for low, high in quotes.sentences(text, start, end, whole_quotations=True):
            utterance += 1
            yield from _sentence(corpus, text, low, high, position, f"u{utterance}")


def _sentence(
    corpus: Corpus, text: str, start: int, end: int, position: str, utterance: str
) -> Iterator[dict]:
    """A sentence: quoted speech apart from who says it, or a paraphrase, or the outlet's own."""
    piece = text[start:end]
    speech = [(a + start, b + start) for a, b in quoted(piece)]
    long = [s for s in speech if len(text[slice(*s)].split()) >= FRAGMENT]
    if long:
        outside = "".join(
            c if not any(a <= i + start < b for a, b in long) else " " for i, c in enumerate(piece)
        )
        who = speaker_in(corpus, outside) or UNKNOWN
        at = start
        for a, b in long:
            yield from _outside(text, at, a, position)
            for low, high in quotes.sentences(text, a, b):
                low, high = _trim(text, low, high, ' \t,"“”„«»')
                yield {
                    **_claim(low, high, position),
                    "voice": "direct",
                    "speaker": who,
                    "utterance": utterance,
                }
            at = b
        yield from _outside(text, at, end, position)
        return
    said = re.match(rf"(?P<who>[^,;:]*?(?:,[^,]*,)?[^,;:]*?)\b{SAYING}\b(?:\s+that\b)?", piece)
    speaker = speaker_in(corpus, said["who"]) if said else None
    if said and speaker and said.end() < len(piece) - 3:
        low, high = _trim(text, start + said.end(), end, " \t,.:")
        yield {**_claim(start, start + said.end(), position), "kind": "attribution"}
        yield {
            **_claim(low, high, position),
            "voice": "indirect",
            "speaker": speaker,
            "utterance": utterance,
        }
    else:
        low, high = _trim(text, start, end, " \t.•‣*")
        yield _claim(low, high, position)
    for a, b in speech:
        if low <= a and b <= high and (a, b) != (low, high):
            yield {**_claim(a, b, position), "level": "nested", "voice": "direct", "speaker": speaker or speaker_in(corpus, piece) or UNKNOWN, "utterance": utterance}  # fmt: skip


def _outside(text: str, start: int, end: int, position: str) -> Iterator[dict]:
    """What stands around quoted speech: who says it, or a claim of the outlet."""
    start, end = _trim(text, start, end, ' \t.,"“”„«»:')
    if end > start and re.search(r"\w", text[start:end]):
        piece = text[start:end]
        short = re.search(rf"\b{SAYING}\b", piece) and len(piece.split()) < 14
        yield (
            {**_claim(start, end, position), "kind": "attribution"}
            if short
            else _claim(start, end, position)
        )


def quoted(piece: str) -> list[tuple[int, int]]:
    """Words in quotation marks, without the marks."""
    found: list[tuple[int, int]] = []
    for left, right in PAIRS:
        for match in re.finditer(f"{left}([^{left}{right}]+){right}", piece):
            span = _trim(piece, match.start(1), match.end(1), " ,.")
            if not any(span[0] < b and a < span[1] for a, b in found) and span[1] > span[0]:
                found.append(span)
    return sorted(found)


def named(corpus: Corpus, piece: str) -> list[str]:
    """Known actors whose name, short name or other name stands in a piece of text."""
    out = []
    for r in corpus.actors.itertuples():
        names = [n for n in (r.name, r.short_name, *r.also_named.split("|")) if n]
        if any(re.search(rf"(?<!\w){re.escape(n)}(?!\w)", piece) for n in names):
            out.append(r.actor_id)
    return out


def speaker_in(corpus: Corpus, piece: str) -> str | None:
    """The person that a piece of text names, by name or by office."""
    persons = corpus.actors[corpus.actors["kind"] == "person"]
    by_name = [a for a in named(corpus, piece) if a in set(persons["actor_id"])]
    if by_name:
        return by_name[0]
    low = piece.lower()
    return next(
        (r.actor_id for r in persons.itertuples() if r.role and r.role.lower() in low), None
    )


def words_for_it(corpus: Corpus, piece: str) -> list[str]:
    """Codes of the facet label whose word stands in a piece of text."""
    labels = corpus.codebook[corpus.codebook["facet"] == "label"]
    return [
        r.code
        for r in labels.itertuples()
        if re.search(rf"\b{re.escape(r.label)}s?\b", piece, re.I)
    ]


def compare(corpus: Corpus) -> pd.DataFrame:
    """How much of each coded article a draft would have got right.

    Returns
    -------
    DataFrame
        outlet, claims (settled), drafted, matched (overlap of a half or more), and of the matched:
        same voice, same speaker.
    """
    outlets = tables_.claims(corpus).drop_duplicates("source_id").set_index("source_id")
    rows = []
    for source, text in corpus.texts.items():
        settled = corpus.claims[corpus.claims["source_id"] == source]
        spans = [s for s in pieces(corpus, text) if s["kind"] == "claim"]
        own = pd.DataFrame(spans).assign(
            source_id=source, claim_id=[str(i) for i in range(len(spans))]
        )
        own["speaker_id"] = own["speaker"].where(
            own["voice"] != "outlet", corpus.sources.set_index("source_id").loc[source, "outlet_id"]
        )
        pairs = tables_.match(settled, own)
        a, b = (
            settled.set_index("claim_id").loc[pairs["claim_a"]],
            own.set_index("claim_id").loc[pairs["claim_b"]],
        )
        same = [int((a[c].to_numpy() == b[c].to_numpy()).sum()) for c in ("voice", "speaker_id")]
        rows.append((outlets.loc[source, "outlet"], len(settled), len(own), len(pairs), *same))
    return pd.DataFrame(
        rows, columns=["outlet", "claims", "drafted", "matched", "same voice", "same speaker"]
    )


def _claim(start: int, end: int, position: str) -> dict:
    return {
        "kind": "claim",
        "start": start,
        "end": end,
        "position": position,
        "level": "primary",
        "voice": "outlet",
        "speaker": "",
        "utterance": "",
    }


def _trim(text: str, start: int, end: int, marks: str = " \t\r\u00a0") -> tuple[int, int]:
    while start < end and text[start] in marks:
        start += 1
    while end > start and text[end - 1] in marks:
        end -= 1
    return start, end


def _occurrence(text: str, start: int, end: int) -> str:
    found = quotes.places(text, text[start:end])
    return str(found.index((start, end)) + 1) if len(found) > 1 else ""


def _event(quote: str, name: str, number: int) -> dict | None:
    found = DATED.search(quote)
    if not found:
        return None
    day = found["d1"] or found["d2"]
    if found["iso"] or found["year"]:
        date = found["iso"] or found["year"]
    else:
        month = f"{dates.MONTHS.index(found['m']):02d}"
        date = f"{found['y'] or 'XXXX'}-{month}" + (f"-{int(day):02d}" if day else "")
        if not found["y"] and not day:
            return None
    label = quote if len(quote) <= 60 else f"{quote[:59].rsplit(' ', 1)[0]}…"
    return {"event_id": f"{name}-date-{number}", "label": " ".join(label.split()), "kind": "happening", "date": date, "date_basis": "stated", "after": "", "before": "", "reasoning": f"Draft: the article says {found[0]}.", "place": ""}  # fmt: skip


def _actor(actor: str, name: str, kind: str) -> dict:
    return {
        "actor_id": actor,
        "name": name,
        "short_name": "",
        "kind": kind,
        "role": "",
        "affiliation_id": "",
        "country": "",
        "also_named": "",
    }


def _headline(text: str) -> str:
    return next(line.strip() for line in text.splitlines() if re.search(r"\w", line))


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


def _appended(file: Path, new: list[dict]) -> str:
    """A table with rows added; a column that it lacks is added too."""
    text = file.read_text("utf-8-sig")
    between = separator(text)
    old = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=between))
    columns = next(csv.reader(io.StringIO(text, newline=""), delimiter=between))
    columns += [c for c in new[0] if c not in columns]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", delimiter=between, lineterminator="\n")
    writer.writeheader()
    writer.writerows([*old, *new])
    return out.getvalue()
