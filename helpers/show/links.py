"""From a mark or an id to the sentence behind it: what is said on hover, where a click leads."""

import json
import re
from functools import cache
from pathlib import Path

from helpers import tables
from helpers.corpus import Corpus
from helpers.corpus.model import remembered
from helpers.corpus.schema import ARGUABLE, REJECTS, SPEAKING

MOST_TOLD = 4  # claims that one hover text quotes


@remembered
def sentences(corpus: Corpus) -> dict[str, str]:
    """What is said of each claim on hover: who speaks and how, the sentence, the codes."""
    labels, roles = (
        corpus.labels,
        dict(zip(corpus.actors["actor_id"], corpus.actors["role"], strict=True)),
    )
    codes: dict[str, list[str]] = {}
    for r in corpus.codings.itertuples():
        said = labels[r.code] + (" (denied)" if r.stance == REJECTS else "")
        if r.certainty == ARGUABLE:
            said += f" (arguable: {r.note})" if r.note else " (arguable)"
        codes.setdefault(r.claim_id, []).append(said)
    told = {}
    for r in tables.claims(corpus).itertuples():
        who = f"{r.speaker}, {roles[r.speaker_id]}" if roles[r.speaker_id] else r.speaker
        voice = labels[r.voice]
        lines = [
            f"{who}: {voice}" if r.voice in SPEAKING else f"{r.outlet}: {voice}",
            f"“{' '.join(f'{r.before}{r.quote}{r.after}'.split())}”",
            *([f"In English: {r.translation}"] if r.translation else []),
            *([f"Codes: {'; '.join(codes[r.claim_id])}"] if r.claim_id in codes else []),
            f"{r.outlet}, {r.position}; claim {r.claim_id}",
        ]
        told[r.claim_id] = "\n".join(lines)
    return told


def told(corpus: Corpus, claims: tuple[str, ...]) -> str:
    """The hover text of a mark that stands for some claims."""
    known = sentences(corpus)
    texts = [known[c] for c in claims[:MOST_TOLD] if c in known]
    more = [f"and {len(claims) - MOST_TOLD} more"] if len(claims) > MOST_TOLD else []
    return "\n\n".join([*texts, *more])


def room_of(corpus: Corpus) -> str:
    """The reading room for claims of a corpus, from the folder that a notebook runs in."""
    here = Path.cwd()
    return reading_room(here) if here.is_relative_to(corpus.folder.resolve()) else ""


def table_of(corpus: Corpus, name: str) -> str:
    """A table's file, from the folder that a notebook runs in; "" where that is elsewhere."""
    here, root = Path.cwd(), corpus.folder.resolve()
    if not here.is_relative_to(root):
        return ""
    return "../" * len(here.relative_to(root).parts) + f"data/{name}.csv"


@cache
def reading_room(folder: Path) -> str:
    """Where claims are marked in their articles, from a notebook's folder; "" for nowhere.

    It is the first notebook, in this folder or the one above, that shows an article.
    """
    for place in ("", "../"):
        for path in sorted((folder / place).glob("*.ipynb")):
            cells = json.loads(path.read_text("utf-8"))["cells"]
            code = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")
            if re.search(r"^\s*article\(", code, re.M):
                return f"{place}{path.name}"
    return ""
