"""Made-up corpora of realistic shape, for tests and benchmarks: nothing in them is evidence."""

import csv
import hashlib
import json
import random
import shutil
from pathlib import Path

from helpers.corpus import HOME
from helpers.corpus.quotes import places

WORDS = [
    "council",
    "border",
    "grain",
    "levy",
    "treaty",
    "harbour",
    "minister",
    "ferry",
    "census",
    "vote",
    "canal",
    "festival",
    "audit",
    "bridge",
    "quota",
    "garrison",
    "pact",
    "truce",
    "market",
    "rail",
]
VERBS = [
    "supports",
    "rejects",
    "delays",
    "reviews",
    "extends",
    "limits",
    "explains",
    "questions",
    "repeats",
    "announces",
]
DATES = ["", "2024", "2024-05", "2024-05-17", "XXXX-01-26"]
TARGETS = ["pact", "bilateral", "other"]
FACETS = ["framing", "aim", "area", "label"]
Rows = dict[str, list[dict]]


def write(
    folder: Path, articles: int, claims: int, actors: int, codes: int = 30, seed: int = 1
) -> Path:
    """Write a corpus with so many articles, claims in all, actors and codes.

    There is one event per ten claims.
    """
    columns = started(folder)
    rows: Rows = {name: [] for name in columns}
    people = [f"person-{i}" for i in range(actors)]
    rows["actors"] += [{"actor_id": p, "name": f"Person {p[7:]}", "kind": "person"} for p in people]
    rows["codebook"] += codebook(codes)
    rng, outlets, first = random.Random(seed), max(1, articles // 2), 1
    for a in range(articles):
        outlet = f"outlet-{a % outlets}"
        if a < outlets:
            named = {"actor_id": outlet, "name": f"Outlet {outlet[7:]}", "kind": "outlet"}
            rows["actors"].append(named)
        share = claims // articles + (a < claims % articles)
        numbers = range(first, first + share)
        first += share
        article(folder, rows, a, outlet, people, codes, numbers, rng)
    write_tables(folder, rows, columns)
    return folder


def started(folder: Path) -> dict[str, list[str]]:
    """Make the folders and the data package; give the columns of each table."""
    (folder / "seeds").mkdir(parents=True)
    (folder / "data").mkdir()
    shutil.copyfile(HOME / "data" / "datapackage.json", folder / "data" / "datapackage.json")
    package = json.loads((HOME / "data" / "datapackage.json").read_text("utf-8"))
    return {r["name"]: [f["name"] for f in r["schema"]["fields"]] for r in package["resources"]}


def small(
    folder: Path,
    actors: list[dict],
    articles: list[dict],
    claims: list[dict],
    codes: tuple[dict, ...] = (),
    events: tuple[dict, ...] = (),
) -> Path:
    """Write a corpus of a few rows: each claim is a line of its article, the first its headline.

    A claim has source_id, quote, speaker_id (the outlet's own voice without one), codes (stances
    by code), and whatever else its row has. Mentioned is who speaks, or whom it names.
    """
    columns = started(folder)
    rows: Rows = {name: [] for name in columns}
    rows["actors"] += actors
    alike = {"definition": "Made up.", "colour": "", "marker": ""}
    rows["codebook"] += codebook(0) + [alike | code for code in codes]
    dated = {"kind": "happening", "reasoning": "Made up."}
    rows["events"] += [
        dated | {"date_basis": "stated" if "date" in e else "none"} | e for e in events
    ]
    outlets = {a["source_id"]: a["outlet_id"] for a in articles}
    for a in articles:
        lines = [c["quote"] for c in claims if c["source_id"] == a["source_id"]]
        path = folder / "seeds" / f"{a['source_id']}.txt"
        path.write_bytes(("\n".join(lines) + "\n").encode("utf-8"))
        rows["sources"].append(
            {
                "path": f"seeds/{a['source_id']}.txt",
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
                "headline": lines[0],
                "language": "en",
                "published_basis": "stated" if "published" in a else "none",
                **a,
            }
        )
    heads = {r["source_id"]: r["headline"] for r in rows["sources"]}
    for number, claim in enumerate(claims):
        source, who = claim["source_id"], claim.get("speaker_id", "")
        row = {
            "claim_id": f"c{number:03d}",
            "level": "primary",
            "position": "headline" if claim["quote"] == heads[source] else "body",
            "voice": "indirect" if who else "outlet",
            "attribution": "explicit" if who else "none",
            "speaker_id": outlets[source],
            "modality": "asserted",
            "target": "pact",
            "proposition": claim["quote"],
            **claim,
        }
        rows["claims"].append(row)
        for actor in claim.get("mentions", [who] * bool(who)):
            rows["mentions"].append({"claim_id": row["claim_id"], "actor_id": actor})
        for code, stance in claim.get("codes", {}).items():
            coded = {"claim_id": row["claim_id"], "code": code, "stance": stance}
            rows["codings"].append({**coded, "certainty": "sure"})
    write_tables(folder, rows, columns)
    return folder


def write_tables(folder: Path, rows: Rows, columns: dict[str, list[str]]) -> None:
    """Write the rows of each table, blank where they have no cell."""
    for name, records in rows.items():
        with (folder / "data" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(
                file, columns[name], restval="", extrasaction="ignore", lineterminator="\n"
            )
            writer.writeheader()
            writer.writerows(records)


def codebook(codes: int) -> list[dict]:
    """The voices of the project's own codebook, and made-up codes."""
    with (HOME / "data" / "codebook.csv").open(encoding="utf-8", newline="") as file:
        voices = [r for r in csv.DictReader(file) if r["facet"] == "voice"]
    alike = {"definition": "Made up.", "colour": "#005a9c", "marker": "o"}
    made = [
        {"code": f"code-{i}", "facet": FACETS[i % 4], "label": f"Code {i}", **alike}
        for i in range(codes)
    ]
    return voices + made


def article(
    folder: Path,
    rows: Rows,
    a: int,
    outlet: str,
    people: list[str],
    codes: int,
    numbers: range,
    rng: random.Random,
) -> None:
    """Write an article of claims with these numbers, and add its rows; every third is a speech."""
    source, lines = f"article-{a}", [f"Article {a} on the {rng.choice(WORDS)}"]
    attributions = []
    for i, number in enumerate(numbers):
        quote, who, position = lines[0], outlet, "headline"
        if i:
            subjects = f"{rng.choice(VERBS)} the {rng.choice(WORDS)} and the {rng.choice(WORDS)}"
            quote = f"{subjects} in case {number}".capitalize()
            position = "lead" if i == 1 else "body"
            if i % 3 == 1:
                attribution = f"said {rng.choice(people)}"
                lines.append(f"“{quote},” {attribution}.")
                start = sum(map(len, lines)) + len(lines) - 2 - len(attribution)
                attributions.append((attribution, start))
                who = rng.choice(people)
            else:
                lines.append(f"{quote}.")
        add_claim(rows, number, rng, codes, source, quote, position, outlet, who, people)
    text = "\n".join(lines) + "\n"
    for attribution, start in attributions:  # occurrences are counted in the finished text
        at = [i for i, _ in places(text, attribution)]
        left = {"source_id": source, "quote": attribution, "kind": "attribution", "reason": "who"}
        occurrence = str(at.index(start) + 1) if len(at) > 1 else ""
        rows["omissions"].append({**left, "occurrence": occurrence})
    path = folder / "seeds" / f"{source}.txt"
    path.write_bytes(text.encode("utf-8"))
    rows["sources"].append(
        {
            "source_id": source,
            "path": f"seeds/{source}.txt",
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "outlet_id": outlet,
            "headline": lines[0],
            "language": "en",
            "published_basis": "none",
        }
    )


def add_claim(
    rows: Rows,
    number: int,
    rng: random.Random,
    codes: int,
    source: str,
    quote: str,
    position: str,
    outlet: str,
    who: str,
    people: list[str],
) -> None:
    """Add a claim with an actor, one or two codes and, every tenth time, an event."""
    claim, event = f"c{number - 1:06d}", f"event-{number}" if number % 10 == 0 else ""
    if event:
        date = rng.choice(DATES)
        dated = {"date": date, "date_basis": "stated" if date else "none"}
        named = {"event_id": event, "label": f"Event {number}", "kind": "happening"}
        rows["events"].append({**named, **dated, "reasoning": "Made up."})
    rows["claims"].append(
        {
            "claim_id": claim,
            "source_id": source,
            "quote": quote,
            "level": "primary",
            "position": position,
            "voice": "direct" if who != outlet else "outlet",
            "attribution": "explicit" if who != outlet else "none",
            "speaker_id": who,
            "modality": "asserted",
            "target": rng.choice(TARGETS),
            "proposition": quote,
            "event_id": event,
        }
    )
    rows["mentions"].append({"claim_id": claim, "actor_id": rng.choice(people)})
    stance = "rejects" if number % 7 == 0 else "supports"
    for code in rng.sample(range(codes), 1 + number % 2):
        coded = {"claim_id": claim, "code": f"code-{code}", "stance": stance}
        rows["codings"].append({**coded, "certainty": "sure"})
