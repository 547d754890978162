"""A corpus of version 1 becomes one of version 2 by what data/README.md says."""

import json
import re

import pandas as pd

from helpers import load
from helpers.corpus import HOME

NEW = {
    "claims": ["note"],
    "mentions": ["part"],
    "actors": ["role_claim"],
    "codebook": ["dispute", "side"],
    "codings": ["words"],
    "adjudication": ["shown_first"],
    "coders": ["partial"],
}
TABLES = ("utterances", "reviews", "retired")


def table(path):
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def made_old(folder) -> None:
    """Take from a corpus of version 2 what version 1 had not."""
    data = folder / "data"
    package = json.loads((data / "datapackage.json").read_text("utf-8"))
    kept = [r for r in package["resources"] if r["name"] not in TABLES]
    for resource in kept:
        gone = NEW.get(resource["name"], [])
        schema = resource["schema"]
        schema["fields"] = [f for f in schema["fields"] if f["name"] not in gone]
    package |= {"resources": kept, "version": "1.0.0"}
    (data / "datapackage.json").write_text(json.dumps(package), "utf-8")
    occasions = dict(table(data / "utterances.csv")[["utterance_id", "occasion"]].to_numpy())
    for place in (data, *(p for p in (data / "coders").iterdir() if p.is_dir())):
        for name, gone in NEW.items():
            if (place / f"{name}.csv").exists():
                rows = table(place / f"{name}.csv").drop(columns=gone, errors="ignore")
                if name == "claims" and place == data:
                    rows["said_at"] = rows["utterance_id"].map(occasions).fillna("")
                if name == "codebook":
                    rows = rows[~rows["facet"].isin(["dispute", "side"])]
                rows.to_csv(place / f"{name}.csv", index=False)
        for name in TABLES:
            (place / f"{name}.csv").unlink(missing_ok=True)
        if place != data:
            (place / "mentions.csv").unlink()


def test_a_corpus_of_version_1_becomes_one_of_version_2(whole_copy, corpus):
    made_old(whole_copy)
    (steps,) = re.findall(
        r"```python\n(.*?)```", (HOME / "data/README.md").read_text("utf-8"), re.S
    )
    exec(steps, {"folder": whole_copy})
    made = load(whole_copy)
    assert made.package["version"] == "2.0.0"
    assert list(made.claims["claim_id"]) == list(corpus.claims["claim_id"])
    columns = ["utterance_id", "speaker_id", "occasion"]
    assert made.utterances[columns].equals(corpus.utterances[columns])
    assert len(made.codings) == len(corpus.codings)
    assert set(made.independent) == set(corpus.independent)
