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


def write(
    folder: Path, articles: int, claims: int, actors: int, codes: int = 30, seed: int = 1
) -> Path:
    """Write a corpus with so many articles, claims in all, actors and codes; one event per ten claims."""
    rng = random.Random(seed)
    (folder / "seeds").mkdir(parents=True)
    (folder / "data").mkdir()
    shutil.copyfile(HOME / "data" / "datapackage.json", folder / "data" / "datapackage.json")
    package = json.loads((HOME / "data" / "datapackage.json").read_text("utf-8"))
    columns = {r["name"]: [f["name"] for f in r["schema"]["fields"]] for r in package["resources"]}
    rows: dict[str, list[dict]] = {name: [] for name in columns}
    people = [f"person-{i}" for i in range(actors)]
    rows["actors"] += [{"actor_id": p, "name": f"Person {p[7:]}", "kind": "person"} for p in people]
    with (HOME / "data" / "codebook.csv").open(encoding="utf-8", newline="") as file:
        book = [r for r in csv.DictReader(file) if r["facet"] == "voice"]
    facets = ["framing", "aim", "area", "label"]
    book += [
        {
            "code": f"code-{i}",
            "facet": facets[i % 4],
            "label": f"Code {i}",
            "definition": "Made up.",
            "colour": "#005a9c",
            "marker": "o",
        }
        for i in range(codes)
    ]
    rows["codebook"] = book
    number = 0
    for a in range(articles):
        outlets = max(1, articles // 2)
        source, outlet = f"article-{a}", f"outlet-{a % outlets}"
        if a < outlets:
            rows["actors"].append(
                {"actor_id": outlet, "name": f"Outlet {outlet[7:]}", "kind": "outlet"}
            )
        attributions = []
        lines, share = (
            [f"Article {a} on the {rng.choice(WORDS)}"],
            claims // articles + (a < claims % articles),
        )
        for i in range(share):
            speech = i % 3 == 1
            claim = f"c{number:06d}"
            number += 1
            if i == 0:
                quote, position = lines[0], "headline"
            else:
                quote = f"{rng.choice(VERBS)} the {rng.choice(WORDS)} and the {rng.choice(WORDS)} in case {number}".capitalize()
                position = "lead" if i == 1 else "body"
                lines.append(f"“{quote},” said {rng.choice(people)}." if speech else f"{quote}.")
            who = rng.choice(people) if speech and i else outlet
            event = f"event-{number}" if number % 10 == 0 else ""
            if event:
                date = rng.choice(["", "2024", "2024-05", "2024-05-17", "XXXX-01-26"])
                rows["events"].append({"event_id": event, "label": f"Event {number}", "kind": "happening", "date": date, "date_basis": "stated" if date else "none", "reasoning": "Made up."})  # fmt: skip
            rows["claims"].append({
                "claim_id": claim, "source_id": source, "quote": quote, "level": "primary", "position": position,
                "voice": "direct" if who != outlet else "outlet", "attribution": "explicit" if who != outlet else "none",
                "speaker_id": who, "modality": "asserted", "target": rng.choice(["pact", "bilateral", "other"]), "proposition": quote, "event_id": event,
            })  # fmt: skip
            if speech and i:
                attribution = lines[-1].rsplit("” ", 1)[1].rstrip(".")
                attributions.append((attribution, "\n".join(lines).rindex(attribution)))
            rows["mentions"].append({"claim_id": claim, "actor_id": rng.choice(people)})
            for code in rng.sample(range(codes), 1 + number % 2):
                rows["codings"].append({"claim_id": claim, "code": f"code-{code}", "stance": "rejects" if number % 7 == 0 else "supports", "certainty": "sure"})  # fmt: skip
        text = "\n".join(lines) + "\n"
        for attribution, start in attributions:  # occurrences are counted in the finished text
            at = [i for i, _ in places(text, attribution)]
            occurrence = str(at.index(start) + 1) if len(at) > 1 else ""
            rows["omissions"].append({"source_id": source, "quote": attribution, "occurrence": occurrence, "kind": "attribution", "reason": "who"})  # fmt: skip
        path = folder / "seeds" / f"{source}.txt"
        path.write_bytes(text.encode("utf-8"))
        rows["sources"].append({"source_id": source, "path": f"seeds/{source}.txt", "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "outlet_id": outlet, "headline": lines[0], "language": "en", "published_basis": "none"})  # fmt: skip
    for name, records in rows.items():
        with (folder / "data" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(
                file, columns[name], restval="", extrasaction="ignore", lineterminator="\n"
            )
            writer.writeheader()
            writer.writerows(records)
    return folder
