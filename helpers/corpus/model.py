"""A corpus: articles and tables, checked, which nothing changes any more."""

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

import pandas as pd

from helpers.corpus.dates import in_words
from helpers.corpus.english import listed, plural
from helpers.corpus.names import told_apart
from helpers.corpus.problem import closest
from helpers.corpus.schema import CERTAINTIES, CLOSED, PARTIAL

HOME = Path(__file__).resolve().parents[2]
# Columns of claims by which a selection is made, and how it is put in words.
CHOSEN_BY = {
    "claim_id": "{}",
    "source_id": "{}",
    "speaker_id": "{}",
    "voice": "{}",
    "position": "the {}",
    "level": "{} claims",
    "target": "claims on {}",
    "modality": "{} claims",
    "attribution": "claims with {} attribution",
    "event_id": "claims on “{}”",
    "utterance_id": "utterance {}",
}
CERTAINTY = "certainty"  # drops codings, not claims
Result = TypeVar("Result")


def _table(name: str) -> property:
    """A table as a copy of its own, so that an edit of it leaves the corpus as it is."""
    return property(lambda self: self.tables[name].copy(deep=False), doc=f"The rows of {name}.csv.")


@dataclass(frozen=True, eq=False, repr=False)
class Corpus:
    """Articles and tables, checked; claims and omissions carry start and end in their article,
    in code points.

    Cells are text, "" where blank. A corpus is compared by identity and never changes: `where`
    and `replaced` give a new one, and what is computed from it may be remembered in it. Each
    table of `tables` is an attribute too, given as a copy whose changes stay outside.

    Attributes
    ----------
    folder : Path
    package : dict
        data/datapackage.json.
    texts : dict of str to str
        The articles by source_id.
    tables : dict of str to DataFrame
        By name, without ".csv".
    independent : dict of str to dict of str to DataFrame
        Each coder's own claims, codings and omissions.
    notes : tuple of str
        What was read generously, such as a quote with straight quotation marks.
    selection : str
        What `where` has chosen, in words; "" for everything.
    """

    folder: Path
    package: dict[str, Any]
    texts: dict[str, str]
    tables: dict[str, pd.DataFrame]
    independent: dict[str, dict[str, pd.DataFrame]]
    notes: tuple[str, ...] = ()
    selection: str = ""
    chosen_from: "Corpus | None" = None
    memo: dict = field(default_factory=dict)
    of_folder: dict = field(default_factory=dict)  # read from it once, whatever the tables are

    sources = _table("sources")
    actors = _table("actors")
    claims = _table("claims")
    utterances = _table("utterances")
    mentions = _table("mentions")
    events = _table("events")
    codebook = _table("codebook")
    codings = _table("codings")
    omissions = _table("omissions")
    coders = _table("coders")
    adjudication = _table("adjudication")
    reviews = _table("reviews")
    retired = _table("retired")

    def __repr__(self) -> str:
        chosen = f", your selection: {self.selection}" if self.selection else ""
        counts = f"{plural(len(self.texts), 'article')}, {plural(len(self.claims), 'claim')}"
        return f"<Corpus {self.folder.name}: {counts}{chosen}>"

    @property
    def whole(self) -> "Corpus":
        """The corpus that a selection was made from; itself where nothing was chosen."""
        return self.chosen_from or self

    @property
    def names(self) -> dict[str, str]:
        """Names of actors by id, each of one actor alone."""
        return dict(_names(self.whole))

    @property
    def labels(self) -> dict[str, str]:
        """Labels of codes, voices included, by id; each of one code of its facet alone."""
        return dict(_labels(self.whole))

    @property
    def outlets(self) -> dict[str, str]:
        """What each article is called, by source_id: its outlet, and which article if several."""
        names = _articles(self.whole)
        return {source: names[source] for source in self.tables["sources"]["source_id"]}

    @property
    def main_target(self) -> str | None:
        """The target that the corpus is about, if its data package names one."""
        return self.package.get("main_target")

    @property
    def partial(self) -> set[str]:
        """Coders whose coding is one in part: what is blank in it was not given."""
        coders = self.tables["coders"]
        return set(coders.loc[coders[PARTIAL] != "", "coder_id"])

    def categories(self, table: str, column: str) -> dict[str, str]:
        """Values of an open list with names: the data package’s, then others as they stand."""
        fields = {
            (r["name"], f["name"]): f
            for r in self.package.get("resources", [])
            for f in r["schema"]["fields"]
        }
        named = {
            c["value"]: c["label"] for c in fields.get((table, column), {}).get("categories", [])
        }
        found = dict.fromkeys(self.whole.tables[table][column])
        return {**named, **{v: v.replace("-", " ") for v in found if v and v not in named}}

    def where(self, **wanted: object) -> "Corpus":
        """Choose claims; all that hangs on them follows.

        Parameters
        ----------
        **wanted
            A column of claims.csv (`CHOSEN_BY`) or `certainty`, with a value or a list of values;
            `not_` before it leaves these out. None chooses nothing. `certainty` drops codings,
            not claims.

        Returns
        -------
        Corpus
            Codings and mentions follow their claims, events and omissions their article; the
            independent codings are chosen from likewise.

        Raises
        ------
        ValueError
            Where there is no such column or no such value, with the nearest there is.
        """
        chosen = self
        for name, given in wanted.items():
            if given is not None:
                column = name.removeprefix("not_")
                values = [given] if isinstance(given, str) else list(cast(Iterable[str], given))
                self._known(name, column, values)
                chosen = chosen._narrowed(column, values, name.startswith("not_"))
        return chosen

    def _known(self, name: str, column: str, values: list[str]) -> None:
        """Raise where there is no such column or value."""
        if column not in (*CHOSEN_BY, CERTAINTY):
            hint = closest(column, [*CHOSEN_BY, CERTAINTY])
            also = (
                f"did you mean {hint}?"
                if hint
                else f"there are {', '.join([*CHOSEN_BY, CERTAINTY])}"
            )
            raise ValueError(f"no column {name} to choose by; {also}")
        there = set(self._values(column))
        for value in values:
            if value not in there:
                hint = closest(value, sorted(there))
                also = f"did you mean {hint}?" if hint else f"there are {', '.join(sorted(there))}"
                raise ValueError(f"{name}: nothing has “{value}”; {also}")

    def _values(self, column: str) -> Iterable[str]:
        """What a column may be chosen by, whether a claim has it or not."""
        tables = self.whole.tables
        if column == CERTAINTY:
            return CERTAINTIES
        if column == "speaker_id":
            return tables["actors"]["actor_id"]
        if column == "source_id":
            return tables["sources"]["source_id"]
        return [*CLOSED.get(("claims", column), ()), *self.categories("claims", column)]

    def _narrowed(self, column: str, values: list[str], without: bool) -> "Corpus":
        """Only, or all but, what has one of these values in a column."""

        def keep(table: pd.DataFrame) -> pd.DataFrame:
            return table[table[column].isin(values) != without]

        def of_coder(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
            if column == CERTAINTY:
                return {**tables, "codings": keep(tables["codings"])}
            claims = keep(tables["claims"]) if column in tables["claims"] else tables["claims"]
            omissions = keep(tables["omissions"]) if column == "source_id" else tables["omissions"]
            return {**tables, "claims": claims, "omissions": omissions}

        tables = of_coder(self.tables)
        if column == "source_id":
            tables["sources"] = keep(tables["sources"])
        independent = {c: _consistent(of_coder(t)) for c, t in self.independent.items()}
        tables = _consistent(tables)
        texts = {s: t for s, t in self.texts.items() if s in set(tables["sources"]["source_id"])}
        if len(texts) < len(self.texts):
            tables["events"] = self._events_of(texts)
        changed = any(
            len(tables[n]) < len(self.tables[n]) for n in ("claims", "codings", "sources")
        )
        words = [self.selection] * bool(self.selection) + [
            self._in_words(column, values, without)
        ] * changed
        return Corpus(
            self.folder,
            self.package,
            texts,
            _tidy(tables),
            {c: _tidy(t) for c, t in independent.items()},
            self.notes,
            ", ".join(words),
            self.whole,
            of_folder=self.of_folder,
        )

    def _events_of(self, texts: Mapping[str, str]) -> pd.DataFrame:
        """Events that a claim of these articles tells of or was made at, selected or not."""
        claims = self.whole.tables["claims"]
        mine = claims[claims["source_id"].isin(list(texts))]
        events = self.tables["events"]
        said = self.whole.tables["utterances"]
        said = said[said["utterance_id"].isin(mine["utterance_id"])]
        return events[events["event_id"].isin({*mine["event_id"], *said["occasion"]})]

    def _in_words(self, column: str, values: list[str], without: bool) -> str:
        whole = self.whole
        known: dict[str, Callable[[], dict[str, str]]] = {
            "source_id": lambda: whole.outlets,
            "speaker_id": lambda: whole.names,
            "voice": lambda: whole.labels,
            "target": lambda: whole.categories("claims", "target"),
            "event_id": lambda: dict(
                zip(whole.events["event_id"], whole.events["label"], strict=True)
            ),
        }
        names = known.get(column, dict)()
        said = listed([names.get(v, v) for v in values]) if values else "nothing"
        return (
            f"{'without' if without else 'only'} {CHOSEN_BY.get(column, '{} codings').format(said)}"
        )

    def replaced(self, texts: dict[str, str] | None = None, **tables: pd.DataFrame) -> "Corpus":
        """The same corpus with some tables or the texts replaced; what hangs on claims follows.

        Its findings are the same functions, also where the folder is gone by now.
        """
        unknown = set(tables) - set(self.tables)
        if unknown:
            raise ValueError(
                f"no table {', '.join(sorted(unknown))}; there are {', '.join(self.tables)}"
            )
        new = _tidy(_consistent({**self.tables, **tables}))
        return Corpus(
            self.folder,
            self.package,
            self.texts if texts is None else texts,
            new,
            self.independent,
            self.notes,
            self.selection,
            of_folder=self.of_folder,
        )


def _consistent(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Codings, mentions, utterances, reviews of claims that are there; adjudication of none too."""
    claims, uttered = (set(tables["claims"][c]) for c in ("claim_id", "utterance_id"))
    kept = dict(tables)
    for name in ("codings", "mentions", "reviews", "adjudication"):
        if name in tables:
            none = {""} if name == "adjudication" else set()
            kept[name] = tables[name][tables[name]["claim_id"].isin(claims | none)]
    if "utterances" in tables:
        kept["utterances"] = tables["utterances"][
            tables["utterances"]["utterance_id"].isin(uttered)
        ]
    return kept


def _tidy(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return {name: table.reset_index(drop=True) for name, table in tables.items()}


def remembered(function: Callable[..., Result]) -> Callable[..., Result]:
    """Compute once for a corpus: what a function gives is kept in the corpus itself.

    The arguments after the corpus are hashable. A table is given as a copy of its own.
    """

    @functools.wraps(function)
    def recalled(corpus: Corpus, *arguments: Any, **named: Any) -> Result:
        key = function.__module__, function.__qualname__, arguments, tuple(sorted(named.items()))
        if key not in corpus.memo:
            corpus.memo[key] = function(corpus, *arguments, **named)
        kept = corpus.memo[key]
        return cast(Result, kept.copy(deep=False)) if isinstance(kept, pd.DataFrame) else kept

    return recalled


@remembered
def _names(corpus: Corpus) -> dict[str, str]:
    names, *tellers = (
        _by_id(corpus.tables["actors"], c)
        for c in ("name", "kind", "role", "country", "affiliation_id")
    )
    tellers[2:] = [{a: names.get(of, "") for a, of in teller.items()} for teller in tellers[2:]]
    return told_apart(names, *tellers)


@remembered
def _labels(corpus: Corpus) -> dict[str, str]:
    book = corpus.tables["codebook"]
    labels, belongs_to, disputes = (_by_id(book, c) for c in ("label", "belongs_to", "dispute"))
    disputes = {code: labels.get(of, "") for code, of in disputes.items()}
    apart = dict(labels)
    for _, codes in book.groupby("facet", sort=False)["code"]:
        apart |= told_apart({c: labels[c] for c in codes}, belongs_to, disputes)
    return apart


@remembered
def _articles(corpus: Corpus) -> dict[str, str]:
    outlets, published = (_by_id(corpus.tables["sources"], c) for c in ("outlet_id", "published"))
    named, bare = _names(corpus), _by_id(corpus.tables["actors"], "name")
    which = {s: named[outlet][len(bare[outlet]) :].strip(" ()") for s, outlet in outlets.items()}
    days = {s: in_words(date) if date else "" for s, date in published.items()}
    return told_apart({s: bare[outlet] for s, outlet in outlets.items()}, which, days)


def _by_id(table: pd.DataFrame, column: str) -> dict[str, str]:
    """A column of actors, codes or sources by id."""
    key = next(c for c in ("actor_id", "source_id", "code") if c in table)
    return dict(zip(table[key], table[column], strict=True))
