"""What every chart has, and the words that belong to a figure."""

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from helpers import findings
from helpers.charts import style
from helpers.corpus import Corpus
from helpers.corpus.english import listed, plural

if TYPE_CHECKING:
    from matplotlib.figure import Figure


MOST_ROWS = 28


class Chart(NamedTuple):
    """A figure with all that belongs to it.

    `rows` are the marks drawn, with claim ids and quotes; `draw(size, titled, grey)` gives the
    matplotlib figure, `twin()` the interactive plotly one, where there is one.
    """

    name: str
    words: style.Words
    alt: str
    caption: str
    rows: pd.DataFrame
    draw: Callable[..., "Figure"]
    twin: Callable[[], Any] | None = None


def short_names(corpus: Corpus) -> dict[str, str]:
    """Names for where room is short, each of one actor alone."""
    names = {r.actor_id: r.short_name or r.name for r in corpus.actors.itertuples(index=False)}
    shared = {n for n, count in Counter(names.values()).items() if count > 1}
    return {actor: f"{name} ({actor})" if name in shared else name for actor, name in names.items()}


# Words that belong to a figure


def source_line(corpus: Corpus, rows: pd.DataFrame) -> str:
    """What a figure rests on: articles, outlets, number of claims, and how they were coded."""
    names = corpus.actors.set_index("actor_id")["name"]
    used = corpus.sources[corpus.sources["source_id"].isin(rows["source_id"])]
    outlets = listed(list(dict.fromkeys(used["outlet_id"].map(names))))
    articles = "article" if len(used) == 1 else "articles"
    drafted = f" {plural(len(unread), 'claim')} an unreviewed draft." if (unread := _drafted(corpus, rows)) else ""
    if len(outlets) > 60:
        outlets = f"{used['outlet_id'].nunique()} outlets"
    return f"Source: {len(used)} news {articles} ({outlets}); {plural(rows['claim_id'].nunique(), 'claim')} of {len(corpus.claims)}.{drafted} {coding_words(corpus, used)}"


def _drafted(corpus: Corpus, rows: pd.DataFrame) -> set[str]:
    """Claims among the rows that nobody has reviewed."""
    if "review" not in corpus.claims:
        return set()
    return set(corpus.claims.loc[corpus.claims["review"] == "draft", "claim_id"]) & set(rows["claim_id"])


def coding_words(corpus: Corpus, sources: pd.DataFrame) -> str:
    """How the coding of some articles came about, in a sentence."""
    coded = {s for tables_ in corpus.independent.values() for s in tables_["claims"]["source_id"]}
    others = len(set(sources["source_id"]) - coded)
    kinds = list(corpus.coders["kind"])
    machine, human = kinds.count("language-model"), kinds.count("human")
    times = {1: "once", 2: "twice"}
    parts = [
        f"{times.get(n, f'{n} times')} by {who}" for n, who in ((machine, "a language model"), (human, "a person")) if n
    ]
    if not parts:
        return "How it was coded is not stated."
    but = f"; {plural(others, 'article')} without an independent coding" if others else ""
    return f"Coded {' and '.join(parts)}{but}{'' if human else '; no human review'}."


def headline_of(corpus: Corpus, chart: str, otherwise: str) -> str:
    """The finding that findings.csv gives a chart, or else words computed from its marks."""
    mine = (corpus.findings["chart"] == chart).to_numpy()
    return findings.compute(corpus)["sentence"][mine].iloc[0] if mine.any() else otherwise


def caption_of(corpus: Corpus, chart: str, words: style.Words) -> str:
    """Headline, what is shown, and how sturdy the finding in the headline is."""
    mine = corpus.findings.loc[corpus.findings["chart"] == chart, "finding_id"].head(1)
    robust = findings.robustness(corpus).set_index("finding_id")["words"]
    sturdy = "".join(f" {robust[f]}" for f in mine)
    return f"{words.headline.rstrip('.')}. {words.subtitle}{sturdy}"
