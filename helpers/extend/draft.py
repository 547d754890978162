"""Draft the coding of a new article: sentences, quoted speech and its speaker, dates, known actors.

A draft is a proposal that spares typing. It validates, every row of it is marked as a draft that
nobody has reviewed, and nothing in it is more than a pattern found in the text.
"""

import csv
import hashlib
import io
import itertools
import re
from pathlib import Path

import pandas as pd

from helpers import tables
from helpers.corpus import Corpus, dates, load, quotes
from helpers.corpus.files import alone, write_all
from helpers.corpus.read import separated
from helpers.extend.spans import UNKNOWN, named, spans

MONTH = "|".join(m for m in dates.MONTHS if m)
DATED = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}}) )?(?P<m>{MONTH})(?: (?P<d2>\d{{1,2}}))?(?:,? (?P<y>\d{{4}}))?\b"
    r"|\b(?P<iso>\d{4}-\d\d(?:-\d\d)?)\b|\bin (?P<year>(?:19|20)\d\d)\b"
)
Rows = dict[str, list[dict]]
DRAFTED = ("actors", "claims", "utterances", "mentions", "events", "codings", "omissions")


class Refused(ValueError):
    """An article that cannot be drafted, with what to do."""


def add(folder: Path, article: Path) -> dict[str, int]:
    """Copy an article into a corpus and add drafted rows to its tables.

    No other command writes into the corpus from when its tables are read to when they are written.

    Returns
    -------
    dict
        How many rows were added to which table.

    Raises
    ------
    Refused
        Where the article is no text, or is in the corpus already.
    CorpusError
        Where the corpus is not in order.
    OSError
        Where a file cannot be written; then none is.
    """
    text = _read(article)
    with alone(folder):
        corpus = load(folder)
        path, digest = _free_path(corpus, article)
        name = _free_name(corpus, _slug(article.stem))
        added = {n: new for n, new in _rows(corpus, text, name).items() if new}
        added["sources"] = [_source(name, path, digest, text)]
        contents: dict[str, str | bytes] = {
            f"data/{n}.csv": _appended(folder / "data" / f"{n}.csv", new)
            for n, new in added.items()
        }
        write_all(folder, {path: article.read_bytes(), **contents})
    return {n: len(new) for n, new in added.items()}


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


def _free_path(corpus: Corpus, article: Path) -> tuple[str, str]:
    """Where the article is to lie in the corpus, and its SHA-256."""
    path, digest = f"seeds/{article.name}", hashlib.sha256(article.read_bytes()).hexdigest()
    for r in corpus.sources.itertuples():
        if r.sha256 == digest or r.path == path:
            raise Refused(f"{article.name} is in the corpus already, as {r.source_id} ({r.path}).")
    there = corpus.folder / path
    if there.exists() and there.read_bytes() != article.read_bytes():
        raise Refused(f"{path} is there already, with another text: rename the article.")
    return path, digest


def _slug(stem: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-") or "article"


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


def _rows(corpus: Corpus, text: str, name: str) -> Rows:
    """Drafted rows by table."""
    found = list(spans(corpus, text))
    out: Rows = {t: [] for t in DRAFTED}
    out["actors"].append(_actor(f"{name}-outlet", f"Outlet of {name} (name it)", "outlet"))
    known = set(corpus.actors["actor_id"])
    if UNKNOWN not in known and any(s["speaker"] == UNKNOWN for s in found):
        out["actors"].append(_actor(UNKNOWN, "Speaker not found (name him or her)", "group"))
    for span in found:
        if span["kind"] == "claim":
            _add_claim(corpus, text, name, span, out)
        else:
            out["omissions"].append(
                {
                    "source_id": f"{name}-article",
                    **_quote(text, span),
                    "kind": span["kind"],
                    "reason": "draft",
                }
            )
    return out


def _add_claim(corpus: Corpus, text: str, name: str, span: dict, out: Rows) -> None:
    """Add a claim with its event, mentions and codings to the drafted rows."""
    claim, at = f"{name}-{len(out['claims']) + 1:02d}", _quote(text, span)
    quote, outlet = at["quote"], span["voice"] == "outlet"
    event = _event(quote, name, len(out["events"]) + 1)
    out["events"] += [event] if event else []
    out["claims"].append(
        {
            "claim_id": claim,
            "source_id": f"{name}-article",
            **at,
            "level": span["level"],
            "position": span["position"],
            "voice": span["voice"],
            "attribution": "none" if outlet else "explicit",
            "speaker_id": f"{name}-outlet" if outlet else span["speaker"],
            "modality": "question" if quote.rstrip().endswith("?") else "asserted",
            "target": "other",
            "proposition": quote,
            "utterance_id": span["utterance"] and f"{name}-{span['utterance']}",
            "event_id": event["event_id"] if event else "",
            "review": "draft",
        }
    )
    utterance = out["claims"][-1]["utterance_id"]
    if utterance and utterance not in [u["utterance_id"] for u in out["utterances"][-1:]]:
        said = {"source_id": f"{name}-article", "speaker_id": span["speaker"]}
        out["utterances"].append({"utterance_id": utterance, **said})
    out["mentions"] += [{"claim_id": claim, "actor_id": a} for a in named(corpus, quote)]
    proposed = {
        "stance": "supports",
        "certainty": "arguable",
        "alternative": "none",
        "note": "proposed by the word alone; not reviewed",
    }
    out["codings"] += [{"claim_id": claim, "code": c, **proposed} for c in _words(corpus, quote)]


def _quote(text: str, span: dict) -> dict:
    """A span's words, and which occurrence of them it is, where there are several."""
    start, end = span["start"], span["end"]
    found = quotes.places(text, text[start:end])
    occurrence = str(found.index((start, end)) + 1) if len(found) > 1 else ""
    return {"quote": text[start:end], "occurrence": occurrence}


def _words(corpus: Corpus, piece: str) -> list[str]:
    """Codes of the facet label whose word stands in a piece of text."""
    labels = corpus.codebook[corpus.codebook["facet"] == "label"]
    return [r.code for r in labels.itertuples() if quotes.finder(r.label, inflected=True)(piece)]


def _event(quote: str, name: str, number: int) -> dict | None:
    """An event for the first date in a quote, if there is one."""
    found = DATED.search(quote)
    date = _edtf(found) if found else None
    if found is None or date is None:
        return None
    label = quote if len(quote) <= 60 else f"{quote[:59].rsplit(' ', 1)[0]}…"
    return {
        "event_id": f"{name}-date-{number}",
        "label": " ".join(label.split()),
        "kind": "happening",
        "date": date,
        "date_basis": "stated",
        "reasoning": f"Draft: the article says {found[0]}.",
    }


def _edtf(found: re.Match) -> str | None:
    """A date as found, in EDTF; a month alone is none, nor is a day that there is not."""
    day, date = found["d1"] or found["d2"], found["iso"] or found["year"]
    if not date and not found["y"] and not day:
        return None
    if not date:
        date = f"{found['y'] or 'XXXX'}-{dates.MONTHS.index(found['m']):02d}"
        date += f"-{int(day):02d}" if day else ""
    try:
        dates.parse(date)
    except ValueError:
        return None
    return date


def _actor(actor: str, name: str, kind: str) -> dict:
    return {"actor_id": actor, "name": name, "kind": kind}


def _source(name: str, path: str, digest: str, text: str) -> dict:
    return {
        "source_id": f"{name}-article",
        "path": path,
        "sha256": digest,
        "outlet_id": f"{name}-outlet",
        "headline": next(line.strip() for line in text.splitlines() if re.search(r"\w", line)),
        "language": "und",
        "published_basis": "none",
    }


def _appended(file: Path, new: list[dict]) -> str:
    """A table with rows added; a column that it lacks is added too."""
    text, between = separated(file.read_text("utf-8-sig"))
    old = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=between))
    columns = next(csv.reader(io.StringIO(text, newline=""), delimiter=between))
    columns += [c for c in new[0] if c not in columns]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", delimiter=between, lineterminator="\n")
    writer.writeheader()
    writer.writerows([*old, *new])
    return out.getvalue()


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
        found = [s for s in spans(corpus, corpus.texts[r.source_id]) if s["kind"] == "claim"]
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
