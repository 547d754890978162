"""The claims of a corpus, to be asked: who says what, of whom, in how many words."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import pandas as pd

from helpers.corpus import Corpus, quotes
from helpers.corpus.english import listed, plural
from helpers.corpus.model import remembered
from helpers.corpus.schema import REJECTS, SUPPORTS

Sets = dict[str, frozenset[str]]
COLUMNS = ("source_id", "speaker_id", "voice", "attribution", "position", "level", "target")


@dataclass(frozen=True)
class Index:
    """What is known of each claim, by what it is asked for; ids in the order of the text.

    `codes` maps code and stance to claims; `mentions`, `events` and `columns` map values to
    claims; `words` is the number of words that stand in a claim and in none inside it.
    """

    order: dict[str, int]
    columns: dict[str, Sets]
    speakers: dict[str, str]
    codes: dict[tuple[str, str], frozenset[str]]
    facets: dict[str, str]
    mentions: Sets
    kinds: dict[str, str]
    events: Sets
    words: dict[str, int]
    names: dict[str, str]


@dataclass(frozen=True)
class Said:
    """Some claims of a corpus; every question gives those of them that fit.

    `asked` gathers all claims that an answer has ever held: what is in none of them cannot
    matter to who asked.
    """

    index: Index
    ids: frozenset[str]
    asked: set[str] = field(default_factory=set, compare=False)

    def _only(self, ids: Iterable[str]) -> "Said":
        kept = self.ids.intersection(ids)
        self.asked.update(kept)
        return replace(self, ids=kept)

    def where(self, **wanted: str | list[str]) -> "Said":
        """Claims with these values in columns of claims.csv (a list: any of them; not_…: none)."""
        ids = self.ids
        for name, given in wanted.items():
            column = self.index.columns[name.removeprefix("not_")]
            fits = _union(column, [given] if isinstance(given, str) else given)
            ids = ids - fits if name.startswith("not_") else ids & fits
        return self._only(ids)

    def asserting(self, *codes: str) -> "Said":
        """Claims that assert one of these codes."""
        return self._only(_union(self.index.codes, [(c, SUPPORTS) for c in codes]))

    def denying(self, *codes: str) -> "Said":
        """Claims that deny one of these codes."""
        return self._only(_union(self.index.codes, [(c, REJECTS) for c in codes]))

    def mentioning(self, *actors: str) -> "Said":
        """Claims that are about one of these actors."""
        return self._only(_union(self.index.mentions, actors))

    def telling(self, *events: str) -> "Said":
        """Claims that tell of one of these events."""
        return self._only(_union(self.index.events, events))

    def codes(self, *facets: str) -> list[str]:
        """Codes of these facets that some claim asserts, sorted."""
        self.asked.update(self.ids)
        return sorted(
            code
            for (code, stance), claims in self.index.codes.items()
            if stance == SUPPORTS and self.index.facets.get(code) in facets and claims & self.ids
        )

    def actors(self, kind: str) -> list[str]:
        """Actors of a kind that some claim is about, sorted."""
        self.asked.update(self.ids)
        found = self.index.mentions.items()
        return sorted(a for a, claims in found if self.index.kinds[a] == kind and claims & self.ids)

    @property
    def speakers(self) -> list[str]:
        """Who says it, sorted: ids of actors, the outlet's among them for its own voice."""
        return sorted({self.index.speakers[c] for c in self.ids})

    @property
    def by(self) -> str:
        """Their names in a sentence."""
        return self.named(self.speakers)

    @property
    def sources(self) -> list[str]:
        """The articles it stands in, sorted."""
        return [
            s for s, claims in sorted(self.index.columns["source_id"].items()) if claims & self.ids
        ]

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids in the order of the text."""
        return tuple(sorted(self.ids, key=self.index.order.__getitem__))

    @property
    def words(self) -> int:
        """How many words stand there."""
        return sum(self.index.words.get(c, 0) for c in self.ids)

    @property
    def longest(self) -> int:
        """How many words the longest claim has."""
        return max((self.index.words.get(c, 0) for c in self.ids), default=0)

    def named(self, ids: Iterable[str]) -> str:
        """Names of actors or codes in a sentence: "a", "a and b"; "nobody"."""
        return listed([self.index.names.get(i, i) for i in ids])

    def __len__(self) -> int:
        return len(self.ids)

    def __str__(self) -> str:
        return plural(len(self), "claim") if self else "no claim"

    def __or__(self, other: "Said") -> "Said":
        return replace(self, ids=self.ids | other.ids)

    def __and__(self, other: "Said") -> "Said":
        return replace(self, ids=self.ids & other.ids)

    def __sub__(self, other: "Said") -> "Said":
        return replace(self, ids=self.ids - other.ids)


def _union(sets: dict, keys: Iterable) -> frozenset[str]:
    return frozenset().union(*(sets.get(k, frozenset()) for k in keys))


def _sets(values: pd.Series, claims: pd.Series) -> Sets:
    """Claims by value."""
    found: dict[str, set[str]] = {}
    for value, claim in zip(values, claims, strict=True):
        found.setdefault(value, set()).add(claim)
    return {value: frozenset(ids) for value, ids in found.items()}


@remembered
def said(corpus: Corpus) -> Said:
    """All claims of a corpus."""
    claims = corpus.claims
    ids = claims["claim_id"]
    covered = quotes.coverage(corpus.texts, claims, corpus.omissions)["claim_id"]
    actors, book = corpus.actors, corpus.codebook
    index = Index(
        order={c: i for i, c in enumerate(ids)},
        columns={c: _sets(claims[c], ids) for c in COLUMNS},
        speakers=dict(zip(ids, claims["speaker_id"], strict=True)),
        codes=coded(corpus.codings),
        facets=dict(zip(book["code"], book["facet"], strict=True)),
        mentions=_sets(corpus.mentions["actor_id"], corpus.mentions["claim_id"]),
        kinds=dict(zip(actors["actor_id"], actors["kind"], strict=True)),
        events=_sets(claims["event_id"], ids),
        words={str(c): int(n) for c, n in covered[covered != ""].value_counts().items()},
        names=corpus.labels | corpus.names,
    )
    return Said(index, frozenset(ids))


def coded(codings: pd.DataFrame) -> dict[tuple[str, str], frozenset[str]]:
    """Claims by code and stance."""
    found: dict[tuple[str, str], set[str]] = {}
    for claim, code, stance in zip(
        *(codings[c] for c in ("claim_id", "code", "stance")), strict=True
    ):
        found.setdefault((code, stance), set()).add(claim)
    return {key: frozenset(claims) for key, claims in found.items()}
