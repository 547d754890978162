"""Charts in which each claim is a mark in a matrix."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from helpers import tables
from helpers.charts import matrix, style
from helpers.charts.chart import MOST_ROWS, Chart, no_code, short_names, the_rest, weights
from helpers.corpus import Corpus
from helpers.corpus.colours import NEUTRAL
from helpers.corpus.english import listed, plural
from helpers.corpus.schema import ARGUABLE, HEADLINE, POSITIONS, REJECTS

A_CLAIM = "A mark is a claim."
OTHERWISE = "Others"


def labels(corpus: Corpus) -> Chart:
    """Which words name what the articles are about, by speaker and voice."""
    marks = _by_side(corpus, _by_speaker(corpus, tables.coded(corpus, "label")))
    named = _facets(corpus)["label"]
    reading = "A mark is a claim; its shape says whose words stand there."
    title = f"{named}, by who uses them"
    chart = _matrix(corpus, "labels", title, reading, marks, named)
    return replace(chart, lacking=no_code(corpus, "label"))


def framings(corpus: Corpus) -> Chart:
    """Who supports and who rejects which framing, in claims on the main target, if there is one."""
    target = corpus.main_target
    coded = tables.coded(corpus, "framing", target=target)
    marks = _by_side(corpus, _by_speaker(corpus, coded))
    named = _facets(corpus)["framing"]
    targets = corpus.categories("claims", "target")
    on = f" in claims on {targets.get(target, target)}" if target else ""
    reading = f"{A_CLAIM[:-1]}, in each row that its words belong to."
    chart = _matrix(corpus, "framings", f"{named}{on}, by speaker", reading, marks, named)
    return replace(chart, lacking=no_code(corpus, "framing", target=target))


def aims(corpus: Corpus) -> Chart:
    """Aims and areas: in which article, of what, in which voice."""
    facets, targets = _facets(corpus), corpus.categories("claims", "target")
    marks = tables.coded(corpus, "aim", "area")
    marks = marks.assign(
        section=marks["facet"].map(facets),
        row=marks["label"],
        column=("of " + marks["target"].map(targets)).fillna(""),  # a corpus may do without targets
        group=marks["outlet"],
        rank=marks["target"].map({t: i for i, t in enumerate(targets)}),
    )
    named = f"{facets['aim']} and {_small(facets['area'])}"
    title = f"{named}, by article and by what they are said of"
    reading = f"{A_CLAIM[:-1]}; its shape says whose words stand there."
    columns_are = "what it is said of, by article"
    chart = _matrix(corpus, "aims", title, reading, marks, named, columns_are)
    return replace(chart, lacking=no_code(corpus, "aim", "area"))


def headline_body(corpus: Corpus) -> Chart:
    """What headlines carry, held against the rest of the article."""
    marks = tables.headline_and_body(corpus)
    rank = marks["position"].map(POSITIONS.index)
    marks = marks.assign(column=marks["position"], group=marks["outlet"], rank=rank)
    if len(marks[["group", "column"]].drop_duplicates()) > MOST_COLUMNS:
        # of many articles the headline and the rest, so that they stay apart
        text = marks["position"] != HEADLINE
        marks = marks.assign(column=marks["column"].mask(text, "text"), rank=text.astype(int))
    title = "What the headlines carry, and where else it stands in any article"
    columns_are = "places in the article, by article"
    chart = _matrix(corpus, "headline-body", title, A_CLAIM, marks, "What is said", columns_are)
    carries = "no claim in a headline carries a framing, a label or an event"
    heads = (corpus.claims["position"] == HEADLINE).any()
    return replace(chart, lacking=carries if heads else "no claim stands in a headline")


def criteria(corpus: Corpus, words: Sequence[str] = ()) -> Chart:
    """What is stated of the criteria of definitions from the literature.

    Parameters
    ----------
    words : sequence of str, optional
        Codes of the facet label, whose uses stand above the criteria.
    """
    book = corpus.codebook[corpus.codebook["facet"] == "criterion"]
    marks = tables.coded(corpus, "label", "criterion")
    marks = marks[(marks["facet"] == "criterion") | marks["code"].isin(words)]
    marks = marks.assign(row=marks["label"], column="", group=marks["outlet"], rank=0)
    sections = dict(zip(book["code"], book["belongs_to"], strict=True))
    marks = marks.assign(section=marks["code"].map(sections).fillna("The word"))
    uses = marks["facet"] == "label"
    marks["row"] = marks["row"].mask(uses, "called “" + marks["label"] + "”")
    every = [("The word", r) for r in dict.fromkeys(marks.loc[uses, "row"])]
    every += zip(book["belongs_to"], book["code"].map(corpus.labels), strict=True)
    title = "What is stated of each criterion, by article"
    named = "criteria of definitions"
    if words:
        title, named = f"Uses of the word, and {_small(title)}", f"The word and the {named}"
    reading = f"{A_CLAIM[:-1]}; “not stated” is not “no”."
    chart = _matrix(corpus, "criteria", title, reading, marks, named, "articles", every_row=every)
    return replace(chart, lacking=no_code(corpus, "criterion"))


def _facets(corpus: Corpus) -> dict[str, str]:
    """What the codes of each facet are, as the corpus names it."""
    known = corpus.categories("codebook", "facet")
    return {f: known.get(f, f) for f in (*known, "framing", "aim", "area", "label")}


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _by_side(corpus: Corpus, marks: pd.DataFrame) -> pd.DataFrame:
    """Rows in sections by dispute and side, as the codebook has them; others follow.

    What nobody disputes has no heading where nothing else stands.
    """
    book = corpus.codebook.set_index("code")
    names = {}
    for dispute, label in tables.disputes(corpus).items():
        for side in tables.sides_of(corpus, dispute).itertuples():
            names[side.code] = f"{label} {side.label.capitalize()}"
    sides = book["side"].to_dict()
    of = [names.get(sides[code], "") for code in marks["code"]]
    if not any(of):
        return marks
    order = {name: i for i, name in enumerate([*names.values(), OTHERWISE])}
    of = [name or OTHERWISE for name in of]
    at = [order[name] for name in of]
    return marks.assign(section=of, at=at).sort_values("at", kind="stable").drop(columns="at")


def _by_speaker(corpus: Corpus, marks: pd.DataFrame) -> pd.DataFrame:
    """Rows by code, columns by speaker, the outlet first."""
    order = {s: i for i, s in enumerate(dict.fromkeys(corpus.claims["speaker_id"]))}
    own = marks["speaker_id"].isin(corpus.sources["outlet_id"])
    rank = marks["speaker_id"].map(order).where(~own, -1)
    return marks.assign(
        row=marks["label"],
        column=marks["speaker_id"].map(short_names(corpus)),
        group=marks["outlet"],
        rank=rank,
    )


def _matrix(
    corpus: Corpus,
    name: str,
    title: str,
    reading: str,
    marks: pd.DataFrame,
    named: str,
    columns_are: str = "speakers by article",
    every_row: list[tuple[str, str]] | None = None,
) -> Chart:
    """A chart of marks that have row, column, group (the article), rank, voice and stance."""
    marks = marks.assign(section=marks.get("section", ""))
    marks, note, rest = _condensed(marks, every_row is not None)
    order = {o: i for i, o in enumerate(corpus.outlets.values())}
    placed = marks.assign(place=marks["group"].map(order).fillna(-1))
    placed = placed.sort_values(["place", "rank"], kind="stable")
    columns = list(dict.fromkeys(zip(placed["group"], placed["column"], strict=True)))
    counts = marks.groupby(["section", "row"], sort=False)["claim_id"].nunique()
    sections = list(dict.fromkeys(marks["section"]))
    rows = every_row or sorted(
        counts.index, key=lambda r: (sections.index(r[0]), r[1].endswith(OTHERS), -counts[r])
    )
    looks = _counted(marks[["section", "row", "group", "column"]].join(_look(corpus, marks)))
    note += " A number counts marks." if (looks["text"] != "").any() else ""
    empty = "not stated" if every_row else ""
    grid = matrix.Matrix(looks, rows, columns, _key(corpus, marks), empty)
    most = listed([f"{r} ({c})" for (_, r), c in counts.nlargest(3).items()])
    silent = [r for s, r in rows if (s, r) not in counts.index]
    where = "in your selection" if corpus.selection else "anywhere"
    unsaid = f" Not stated {where}: {'; '.join(silent)}." if silent else ""

    def describe(headline: str) -> str:
        return (
            f"Matrix of marks. Rows: {_small(named)}, {len(rows)} in all; columns: {columns_are}, "
            f"{len(columns)} in all. Each mark is one claim, denials included. "
            f"Most claims: {most}.{unsaid} {headline}"
        )

    def paint(wording: style.Wording, size: str, titled: bool, grey: bool) -> Any:
        return matrix.draw(grid, wording, size, titled, grey)

    def plotly(wording: style.Wording) -> Any:
        return matrix.interactive(grid, _hovers(corpus, marks.loc[looks.index]), wording)

    kept = marks.drop(columns=["rank"])
    reading = f"{reading} {note}".strip()
    return Chart(name, corpus, title, reading, kept, describe, paint, plotly, rest=rest)


MOST_GROUPS, MOST_COLUMNS, MOST_MARKS, OTHERS = 3, 10, 12, "more"


def _condensed(marks: pd.DataFrame, keep_rows: bool) -> tuple[pd.DataFrame, str, str]:
    """Marks of many articles and speakers: the largest on their own, the rest counted together.

    Returns
    -------
    tuple
        The marks with row, column and group as they are drawn, what the subtitle says of it, and
        the list of what is counted together.
    """
    notes, lists = [], []
    weight = weights(marks)
    few = marks["column"].nunique() <= 2 and marks["group"].nunique() * 2 <= MOST_COLUMNS
    if (marks["group"].nunique() > MOST_GROUPS and not few) or marks[
        ["group", "column"]
    ].drop_duplicates().shape[0] > MOST_COLUMNS:
        sizes = weight.groupby(marks["column"], sort=False).sum()
        sizes = sizes.sort_values(ascending=False, kind="stable")
        if marks["group"].nunique() > 1:
            notes.append(f"{plural(marks['group'].nunique(), 'article')} together.")
        marks = marks.assign(group="")
        if len(sizes) > MOST_COLUMNS:
            marks = marks.assign(rank=-marks["column"].map(sizes))
            last = list(sizes.index[MOST_COLUMNS - 1 :])
            lists.append(the_rest("In the last column", last))
            rest = marks["column"].isin(last)
            marks = marks.assign(
                column=marks["column"].mask(rest, f"{len(last)} {OTHERS}"),
                rank=marks["rank"].mask(rest, 1),
            )
            notes.append(
                f"The {MOST_COLUMNS - 1} columns with most marks, in headlines and leads above "
                f"all; {len(last)} more in the last one."
            )
    once = marks.assign(weight=weight).drop_duplicates(["section", "row", "claim_id"])
    rows = once.groupby(["section", "row"])["weight"].sum()
    rows = rows.sort_values(ascending=False, kind="stable")
    if not keep_rows and len(rows) > MOST_ROWS:
        last = list(rows.index[MOST_ROWS - 1 :])
        lists.append(the_rest("Rows together", [row for _, row in last]))
        rest = pd.Series(
            [k in last for k in zip(marks["section"], marks["row"], strict=True)], index=marks.index
        )
        names = {s: f"{sum(1 for t, _ in last if t == s)} {OTHERS}" for s, _ in last}
        marks = marks.assign(row=marks["row"].mask(rest, marks["section"].map(names)))
        notes.append(
            f"The {MOST_ROWS - 1} rows with most claims, in headlines and leads above all; "
            f"{len(last)} more together."
        )
    return marks, " ".join(notes), " ".join(lists)


def _counted(looks: pd.DataFrame) -> pd.DataFrame:
    """Where a cell has more marks than can be told apart, their number stands instead."""
    keys = ["section", "row", "group", "column"]
    cells = looks.groupby(keys, sort=False)
    crowded = cells["claim_id"].transform("size") > MOST_MARKS
    if not crowded.any():
        return looks
    # the number takes the place of the cell's first mark
    first = looks[crowded & (cells.cumcount() == 0)]
    denied = looks.groupby(keys, sort=False)["struck"].transform("sum")[first.index]
    sizes = cells["claim_id"].transform("size")[first.index]
    texts = [f"{n} ({d} denied)" if d else f"{n}" for n, d in zip(sizes, denied, strict=True)]
    claims = looks.groupby(keys, sort=False)["claim_id"].transform("|".join)[first.index]
    return pd.concat([looks[~crowded], first.assign(text=texts, claim_id=claims)])


def _look(corpus: Corpus, marks: pd.DataFrame) -> pd.DataFrame:
    """Marker of each mark by voice, colour by the side it takes, fill by stance and certainty."""
    voices = corpus.codebook[corpus.codebook["facet"] == "voice"].set_index("code")
    denied = marks["stance"] == REJECTS
    fill = pd.Series("full", index=marks.index).mask(denied, "hollow")
    if "certainty" in marks:
        fill = fill.mask(marks["certainty"] == ARGUABLE, "pale")
    ending = pd.Series("", index=marks.index).mask(denied, ", denied")
    looks = {
        "marker": marks["voice"].map(voices["marker"]),
        "colour": _inks(corpus, marks),
        "fill": fill,
        "struck": denied,
        "text": "",
        "name": marks["voice"].map(voices["label"]) + ending,
        "claim_id": marks["claim_id"],
    }
    return pd.DataFrame(looks, index=marks.index)


def _inks(corpus: Corpus, marks: pd.DataFrame) -> list[str]:
    """The colour of the side that each mark takes; of what takes none, the neutral one."""
    taken = tables.sides_taken(corpus)
    keys = zip(taken["code"], taken["stance"], strict=True)
    inks = dict(zip(keys, taken["colour"], strict=True))
    at = zip(marks["code"], marks["stance"], strict=True)
    return [inks.get(key, NEUTRAL) for key in at]


def _hovers(corpus: Corpus, marks: pd.DataFrame) -> pd.Series:
    """What each mark says in an interactive figure."""
    labels = corpus.labels
    codings = corpus.codings[corpus.codings["claim_id"].isin(marks["claim_id"])]
    ending = codings["stance"].map({REJECTS: " (denied)"}).fillna("")
    coded = codings["code"].map(labels) + ending
    said = coded.groupby(codings["claim_id"]).agg(list).to_dict()
    texts = [
        matrix.hover(m, said.get(m["claim_id"], []), labels[m["voice"]])
        for m in marks.to_dict("records")
    ]
    return pd.Series(texts, index=marks.index, dtype=object)


def _key(corpus: Corpus, marks: pd.DataFrame) -> list[dict]:
    """Key entries for the voices, stances and certainties that are drawn."""
    voices = corpus.codebook[corpus.codebook["facet"] == "voice"]
    used = voices[voices["code"].isin(marks["voice"])]
    entries = [{"marker": r.marker, "colour": NEUTRAL, "label": r.label} for r in used.itertuples()]
    if (
        "certainty" in marks
        and ((marks["certainty"] == ARGUABLE) & (marks["stance"] != REJECTS)).any()
    ):
        entries.append(
            {"marker": "o", "colour": NEUTRAL, "fill": "pale", "label": "pale: arguable"}
        )
    if (marks["stance"] == REJECTS).any():
        entries.append(
            {
                "marker": "o",
                "colour": NEUTRAL,
                "fill": "hollow",
                "struck": True,
                "label": "struck through: denied",
            }
        )
    return entries
