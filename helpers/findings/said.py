"""The claims of a corpus, to be asked: who says what, of whom, in how many words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import pandas as pd

from helpers.corpus import Corpus, quotes
from helpers.corpus.english import listed, plural
from helpers.corpus.model import remembered
from helpers.corpus.names import told_apart
from helpers.corpus.problem import closest
from helpers.corpus.rules import cells
from helpers.corpus.schema import CLOSED, REJECTS, SUPPORTS

Sets = dict[str, frozenset[str]]
PERSON = "person"
COLUMNS = (
    "source_id",
    "speaker_id",
    "voice",
    "attribution",
    "position",
    "level",
    "target",
    "modality",
)


@dataclass(frozen=True)
class Index:
    """What is known of each claim, by what it is asked for; ids in the order of the text.

    `codes` maps code and stance to claims; `mentions`, `parts`, `events`, `utterances` and
    `columns` map values to claims; `words` is the number of words that stand in a claim and in
    none inside it; `quotes` are what it says; `titles` are names with the office before them;
    `known` is what may be asked for, in the whole corpus, by column, "code", "actor" and "event".
    """

    order: dict[str, int]
    columns: dict[str, Sets]
    speakers: dict[str, str]
    codes: dict[tuple[str, str], frozenset[str]]
    facets: dict[str, str]
    mentions: Sets
    parts: dict[tuple[str, str], frozenset[str]]
    kinds: dict[str, str]
    states: dict[str, str]
    events: Sets
    dates: dict[str, tuple[str, str, str]]
    utterances: Sets
    words: dict[str, int]
    quotes: dict[str, str]
    names: dict[str, str]
    titles: dict[str, str]
    known: dict[str, frozenset[str]]


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

    def _known(self, kind: str, asked: Iterable[str]) -> None:
        """Raise where something is asked for that the corpus does not have: a slip of the pen."""
        known = self.index.known[kind]
        for value in asked:
            if value not in known:
                hint = closest(value, sorted(known))
                also = f"; did you mean {hint}?" if hint else ""
                raise ValueError(f"there is no {kind} “{value}”{also}")

    def where(self, **wanted: str | list[str]) -> "Said":
        """Claims with these values in columns of claims.csv (a list: any of them; not_…: none)."""
        ids = self.ids
        for name, given in wanted.items():
            column, values = name.removeprefix("not_"), [given] if isinstance(given, str) else given
            self._known("column", [column])
            self._known(column, values)
            fits = _union(self.index.columns[column], values)
            ids = ids - fits if name.startswith("not_") else ids & fits
        return self._only(ids)

    def asserting(self, *codes: str) -> "Said":
        """Claims that assert one of these codes."""
        self._known("code", codes)
        return self._only(_union(self.index.codes, [(c, SUPPORTS) for c in codes]))

    def denying(self, *codes: str) -> "Said":
        """Claims that deny one of these codes."""
        self._known("code", codes)
        return self._only(_union(self.index.codes, [(c, REJECTS) for c in codes]))

    def mentioning(self, *actors: str, part: str = "") -> "Said":
        """Claims that mention one of these actors, as such a part if one is given."""
        self._known("actor", actors)
        if part:
            return self._only(_union(self.index.parts, [(a, part) for a in actors]))
        return self._only(_union(self.index.mentions, actors))

    def saying(self, word: str) -> "Said":
        """Claims in whose own words a word stands, whichever its capitals and its ending s."""
        fits = quotes.finder(word, inflected=True)
        return self._only(c for c in self.ids if fits(self.index.quotes[c]))

    def telling(self, *events: str) -> "Said":
        """Claims that tell of one of these events."""
        self._known("event", events)
        return self._only(_union(self.index.events, events))

    def when(self, event: str) -> str:
        """The date of an event in words, and "" where none is known."""
        return self.index.dates.get(event, ("", "", ""))[1]

    def date(self, event: str) -> str:
        """The date of an event as EDTF, and "" where none is known."""
        return self.index.dates.get(event, ("", "", ""))[0]

    def place(self, event: str) -> str:
        """The place of an event, and "" where none is known."""
        return self.index.dates.get(event, ("", "", ""))[2]

    def codes(self, *facets: str) -> list[str]:
        """Codes of these facets that some claim asserts, sorted."""
        self.asked.update(self.ids)
        return sorted(
            code
            for (code, stance), claims in self.index.codes.items()
            if stance == SUPPORTS and self.index.facets.get(code) in facets and claims & self.ids
        )

    def actors(self, kind: str = "", part: str = "") -> list[str]:
        """Actors that some claim mentions, of a kind or as a part if one is given, sorted."""
        self.asked.update(self.ids)
        found = {
            actor
            for (actor, as_), claims in self.index.parts.items()
            if claims & self.ids and part in ("", as_)
        }
        return sorted(a for a in found if kind in ("", self.index.kinds[a]))

    def of_state(self, *states: str) -> list[str]:
        """Persons that act for one of these states and that some claim mentions, sorted."""
        return [p for p in self.actors("person") if self.index.states.get(p) in states]

    @property
    def speakers(self) -> list[str]:
        """Who says it, sorted: ids of actors, the outlet's among them for its own voice."""
        return sorted({self.index.speakers[c] for c in self.ids})

    @property
    def by(self) -> str:
        """Their names in a sentence, with the office of a person."""
        return self.titled(self.speakers)

    @property
    def passages(self) -> int:
        """In how many utterances they stand."""
        self.asked.update(self.ids)
        return sum(bool(claims & self.ids) for u, claims in self.index.utterances.items() if u)

    @property
    def quoted(self) -> list[str]:
        """What they say, letter by letter, in quotation marks, in the order of the text."""
        return [f"“{self.index.quotes[c]}”" for c in self.claims]

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

    def titled(self, ids: Iterable[str]) -> str:
        """Names of actors in a sentence, each person with the office."""
        return listed([self.index.titles.get(i, i) for i in ids])

    def named(self, ids: Iterable[str]) -> str:
        """Names of actors, codes or the outlets of articles in a sentence: "a and b"; "nobody"."""
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


def _sets(values: list[str], claims: list[str]) -> Sets:
    """Claims by value."""
    found: dict[str, set[str]] = {}
    for value, claim in zip(values, claims, strict=True):
        found.setdefault(value, set()).add(claim)
    return {value: frozenset(ids) for value, ids in found.items()}


@remembered
def said(corpus: Corpus) -> Said:
    """All claims of a corpus."""
    claims = corpus.claims
    ids = cells(claims, "claim_id")
    if corpus.whole is corpus:
        covered = cells(quotes.coverage(corpus.texts, claims, corpus.omissions), "claim_id")
        words: dict[str, int] = Counter(c for c in covered if c)
    else:  # a word of a claim within a claim is not the outer one's when the inner is left out
        words = said(corpus.whole).index.words
    actors, book, mentions = corpus.actors, corpus.codebook, corpus.mentions
    index = Index(
        order={c: i for i, c in enumerate(ids)},
        columns={c: _sets(cells(claims, c), ids) for c in COLUMNS},
        speakers=dict(zip(ids, cells(claims, "speaker_id"), strict=True)),
        codes=coded(corpus.codings),
        facets=dict(zip(cells(book, "code"), cells(book, "facet"), strict=True)),
        mentions=_sets(cells(mentions, "actor_id"), cells(mentions, "claim_id")),
        parts=_parts(mentions),
        kinds=dict(zip(cells(actors, "actor_id"), cells(actors, "kind"), strict=True)),
        states=dict(zip(cells(actors, "actor_id"), cells(actors, "affiliation_id"), strict=True)),
        events=_sets(cells(claims, "event_id"), ids),
        dates=_dates(corpus.events),
        utterances=_sets(cells(claims, "utterance_id"), ids),
        words=words,
        quotes=dict(zip(ids, cells(claims, "quote"), strict=True)),
        names=corpus.outlets | corpus.labels | corpus.names,
        known=_askable(corpus.whole),
        titles=_titles(actors, corpus.names),
    )
    return Said(index, frozenset(ids))


@remembered
def _askable(whole: Corpus) -> dict[str, frozenset[str]]:
    """What may be asked of any claims of a corpus, by kind of question."""
    columns = {c: {*whole.claims[c], *CLOSED.get(("claims", c), ())} for c in COLUMNS}
    columns["source_id"] = set(whole.sources["source_id"])
    columns["speaker_id"] = set(whole.actors["actor_id"])
    columns["target"] |= set(whole.categories("claims", "target"))
    others = {
        "column": set(COLUMNS),
        "code": set(whole.codebook["code"]),
        "actor": set(whole.actors["actor_id"]),
        "event": set(whole.events["event_id"]),
    }
    return {kind: frozenset(values) for kind, values in (columns | others).items()}


def _dates(events: pd.DataFrame) -> dict[str, tuple[str, str, str]]:
    """Date, date in words ("" without one) and place of each event."""
    columns = (cells(events, c) for c in ("event_id", "date", "words", "place"))
    return {
        event: (date, words if date else "", place)
        for event, date, words, place in zip(*columns, strict=True)
    }


def _titles(actors: pd.DataFrame, names: dict[str, str]) -> dict[str, str]:
    """Names of actors, those of persons short and with the office before them."""
    columns = ("actor_id", "role", "short_name", "name", "kind")
    titles = {
        actor: f"{role} {short or name}" if role and kind == PERSON else names[actor]
        for actor, role, short, name, kind in zip(*(cells(actors, c) for c in columns), strict=True)
    }
    return told_apart(titles, names)


def _parts(mentions: pd.DataFrame) -> dict[tuple[str, str], frozenset[str]]:
    """Claims by actor and part, "" where an actor is named otherwise."""
    found: dict[tuple[str, str], set[str]] = {}
    columns = (cells(mentions, c) for c in ("claim_id", "actor_id", "part"))
    for claim, actor, part in zip(*columns, strict=True):
        found.setdefault((actor, part), set()).add(claim)
    return {key: frozenset(claims) for key, claims in found.items()}


def coded(codings: pd.DataFrame) -> dict[tuple[str, str], frozenset[str]]:
    """Claims by code and stance."""
    found: dict[tuple[str, str], set[str]] = {}
    for claim, code, stance in zip(
        *(cells(codings, c) for c in ("claim_id", "code", "stance")), strict=True
    ):
        found.setdefault((code, stance), set()).add(claim)
    return {key: frozenset(claims) for key, claims in found.items()}
