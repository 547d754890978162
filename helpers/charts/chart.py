"""What every chart has, and the words that belong to a figure."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.charts import letters, style
from helpers.corpus import Corpus
from helpers.corpus.english import does, listed, plural
from helpers.corpus.names import told_apart
from helpers.corpus.schema import DRAFTED, HEADLINE, REVIEW
from helpers.tables import checked

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_ROWS = 28
LONG = 60  # letters of names in a source line; more are counted
LISTED = 1000  # letters of names of what is not drawn on its own; more are counted
FIRST = (HEADLINE, "lead")  # where articles say what they are about
HEADED = 5  # how many claims one in a headline or lead counts for, in what to draw


@dataclass(frozen=True, eq=False, repr=False)
class Chart:
    """A figure with all that belongs to it.

    Attributes
    ----------
    name : str
    corpus : Corpus
        What is drawn, a selection maybe.
    title : str
        What the figure shows, in plain words.
    reading : str
        How to read it.
    rows : DataFrame
        The marks drawn, with claim ids and quotes.
    describe : callable
        The alt text for a headline.
    paint : callable
        The matplotlib figure for a wording, size, titled, grey.
    plotly : callable, optional
        The interactive figure for a wording.
    headline : str
        What is to be seen in it, from whoever shows the chart; the title where there is none.
    remark : str
        What the caption adds to a headline.
    lacking : str
        Why there would be no mark, as far as the chart knows.
    part : str
        How much is drawn of what there is, "" for all.
    rest : str
        What is not drawn on its own, listed.
    """

    name: str
    corpus: Corpus
    title: str
    reading: str
    rows: pd.DataFrame
    describe: Callable[[str], str]
    paint: Callable[[style.Wording, str, bool, bool], "Figure"]
    plotly: Callable[[style.Wording], Any] | None = None
    headline: str = ""
    remark: str = ""
    lacking: str = ""
    part: str = ""
    rest: str = ""

    def headed(self, headline: str, remark: str = "") -> "Chart":
        """The chart with a headline, and what its caption says of it."""
        return replace(self, headline=headline, remark=remark)

    @property
    def wording(self) -> style.Wording:
        """Headline, subtitle and source line, which names the letters that are not drawn."""
        words, lacking = self._words, letters.named(self.undrawn)
        return words._replace(source=f"{words.source} {lacking}".rstrip())

    @cached_property
    def undrawn(self) -> list[str]:
        """Letters of the figure that no font has; a box stands in place of each."""
        return letters.lacking_in(self._painted(self._words, "full", True, False))

    @property
    def _words(self) -> style.Wording:
        chosen = self.corpus.selection
        title = f"{self.title} ({self.part})" if self.part else self.title
        title = f"{title} (your selection: {chosen})" if chosen else title
        source = source_line(self.corpus, self.rows)
        if not self.headline:
            return style.Wording(title, self.reading, source, self.rest)
        stop = "" if title.endswith("?") else "."
        subtitle = f"{title}{stop} {self.reading}"
        return style.Wording(self.headline, subtitle, source, self.rest)

    @property
    def alt(self) -> str:
        """What the figure shows, for those who hear it."""
        headline = self._words.headline
        if self.nothing:
            return f"{headline.rstrip('.')}. {self.nothing}"
        return f"{self.describe(headline)} {self.rest}".rstrip()

    @property
    def nothing(self) -> str:
        """Why there is no mark; "" where there are marks."""
        if not self.rows.empty:
            return ""
        count = len(self.corpus.claims)
        if not count:
            return "Nothing to draw: there is no claim."
        why = self.lacking or f"of {plural(count, 'claim')}, none has what this figure shows"
        return f"Nothing to draw: {why}."

    @property
    def caption(self) -> str:
        """Headline, subtitle, and what is to be said of the headline."""
        wording = self._words
        return f"{wording.headline.rstrip('.')}. {wording.subtitle} {self.remark}".rstrip()

    def draw(self, size: str = "full", titled: bool = True, grey: bool = False) -> "Figure":
        """The static figure, a matplotlib one; a ValueError names the sizes if there is no such."""
        if size not in style.SIZES:
            raise ValueError(f"no size {size!r}; there are {', '.join(style.SIZES)}")
        return letters.box(self._painted(self.wording, size, titled, grey))

    def _painted(self, wording: style.Wording, size: str, titled: bool, grey: bool) -> "Figure":
        if self.nothing:
            return style.blank(wording, size, titled, self.nothing)
        return self.paint(wording, size, titled, grey)

    def interactive(self) -> Any:
        """The interactive figure, a plotly one; None where there is none."""
        if self.plotly is None:
            return None
        if self.nothing:
            return style.plotly_blank(self.wording, self.nothing)
        return self.plotly(self.wording)


def short_names(corpus: Corpus) -> dict[str, str]:
    """Names for where room is short, each of one actor alone: the whole name if need be."""
    full = corpus.names
    short = {r.actor_id: r.short_name or full[r.actor_id] for r in corpus.actors.itertuples()}
    counts = Counter(map(str.casefold, short.values()))
    return told_apart({a: s if counts[s.casefold()] == 1 else full[a] for a, s in short.items()})


def weights(claims: pd.DataFrame) -> pd.Series:
    """How much each claim counts in what to draw, by its position."""
    return claims["position"].isin(FIRST) * (HEADED - 1) + 1


def the_rest(named: str, names: Collection[str]) -> str:
    """What is not drawn on its own, counted and listed; "" for nothing."""
    if not names:
        return ""
    shown, letters_ = [], 0
    for name in names:
        letters_ += len(name) + 2
        if letters_ > LISTED:
            break
        shown.append(name)
    more = [f"and {len(names) - len(shown)} more"] if len(shown) < len(names) else []
    return f"{named}, {len(names)}: {'; '.join([*shown, *more])}."


def no_code(corpus: Corpus, *facets: str, target: str | None = None) -> str:
    """Why no claim, or none on a target, is drawn that carries a code of some facets."""
    book = corpus.codebook[corpus.codebook["facet"].isin(facets)]
    if book.empty:
        return f"the codebook has no code of the facet {listed([*facets], 'or')}"
    carry = corpus.codings.loc[corpus.codings["code"].isin(book["code"]), "claim_id"]
    claims = corpus.claims[corpus.claims["claim_id"].isin(carry)]
    such = f"of {plural(len(book), 'code')} of the facet {listed([*facets], 'or')}"
    if claims.empty or target is None:
        chosen = " in your selection" if corpus.selection else ""
        return f"none {such} is on any of {plural(len(corpus.claims), 'claim')}{chosen}"
    targets = corpus.categories("claims", "target")
    others = [
        f"{count} on {targets.get(on, on) or 'no target'}"
        for on, count in claims["target"].value_counts(sort=False).items()
    ]
    return (
        f"{plural(len(claims), 'claim')} {does('carry', len(claims))} one {such}, but none on "
        f"{targets.get(target, target)}, the main target of the data package: {listed(others)}"
    )


def source_line(corpus: Corpus, rows: pd.DataFrame) -> str:
    """What a figure rests on: articles, outlets, number of claims, and how they were coded."""
    used = corpus.sources
    if not rows.empty:
        used = used[used["source_id"].isin(rows["source_id"])]
    if used.empty:
        return "Source: no news article."
    outlets = listed(list(dict.fromkeys(corpus.names[o] for o in used["outlet_id"])))
    if len(outlets) > LONG:
        outlets = f"{used['outlet_id'].nunique()} outlets"
    unread = _drafted(corpus, rows)
    drafted = f" {plural(len(unread), 'claim')} an unreviewed draft." if unread else ""
    ids = set(rows["claim_id"]) - {""}
    claims = f"{plural(len(ids), 'claim')} of {len(corpus.whole.claims)}"
    articles = plural(len(used), "news article")
    return f"Source: {articles} ({outlets}); {claims}.{drafted} {coding_words(corpus, used, ids)}"


def _drafted(corpus: Corpus, rows: pd.DataFrame) -> set[str]:
    """Claims among the rows that nobody has reviewed."""
    claims = corpus.claims
    if REVIEW not in claims:
        return set()
    return set(claims.loc[claims[REVIEW] == DRAFTED, "claim_id"]) & set(rows["claim_id"])


def coding_words(
    corpus: Corpus, sources: pd.DataFrame, claims: Collection[str] | None = None
) -> str:
    """How the coding of some articles came about, in a sentence, and what of it a person checked.

    Parameters
    ----------
    claims : collection of str, optional
        The claims that are told of; all of the articles if left out.
    """
    coders = corpus.whole.independent.values()
    coded = {source for tables_ in coders for source in tables_["claims"]["source_id"]}
    others = len(set(sources["source_id"]) - coded)
    entire = corpus.coders[~corpus.coders["coder_id"].isin(corpus.partial)]
    machine, human = (list(entire["kind"]).count(k) for k in ("language-model", "human"))
    times = {1: "once", 2: "twice"}
    parts = [
        f"{times.get(n, f'{n} times')} by {who}"
        for n, who in ((machine, "a language model"), (human, "a person"))
        if n
    ] + ["in part by a person"] * bool(corpus.partial)
    if not parts:
        return str(corpus.package.get("how_coded") or "How it was coded is not stated.")
    but = f"; {plural(others, 'article')} without an independent coding" if others else ""
    if claims is None:
        claims = list(
            corpus.claims.loc[corpus.claims["source_id"].isin(sources["source_id"]), "claim_id"]
        )
    read = len(checked(corpus, claims))
    review = "" if human or corpus.partial else "; no human review"
    if not corpus.whole.reviews.empty:
        review = f"; {read or 'none'} of {plural(len(set(claims)), 'claim')} checked by a person"
    return f"Coded {' and '.join(parts)}{but}{review}."
