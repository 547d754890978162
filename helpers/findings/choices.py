"""How far findings hang on choices, articles, speakers and single claims.

A fork is a choice that another careful reader could have made otherwise (Steegen, Tuerlinckx,
Gelman & Vanpaemel 2016, doi 10.1177/1745691616658637); a choice that is not arbitrary for a finding,
because the finding is about what it would remove, is none (Del Giudice & Gangestad 2021,
doi 10.1177/2515245920954925). All combinations are computed at once: a variant is a mask over rows
of evidence.
"""

import itertools

import numpy as np
import pandas as pd

from helpers.corpus import Corpus
from helpers.corpus.english import listed
from helpers.corpus.model import remembered
from helpers.findings.evidence import View, as_it_stands, coded
from helpers.findings.evidence import evidence as findings_evidence
from helpers.findings.measures import MEASURES
from helpers.findings.sentences import arguments, compute, outcomes
from helpers.tables.pairs import match

BLOCK = 500  # variants at once, so that memory does not grow with the square of the claims
AS_CODED = {
    "headlines": "counted",
    "outlet": "a speaker",
    "unit": "claim_id",
    "arguable": "kept",
    "coding": "settled",
}
OTHERWISE = {  # in a sentence, and as a heading
    ("headlines", "left out"): ("headlines are left out", "no headlines"),
    ("outlet", "left out"): ("the outlets’ own voice is left out", "no outlet’s voice"),
    ("unit", "utterance"): ("utterances are counted, not claims", "count utter-\nances"),
    ("arguable", "dropped"): ("arguable codings are dropped", "arguable dropped"),
    ("arguable", "swapped"): (
        "arguable codings give way to their alternatives",
        "arguable swapped",
    ),
}


def evidence(corpus: Corpus) -> pd.DataFrame:
    """Rows of evidence under every reading.

    Returns
    -------
    DataFrame
        The columns of `findings.evidence`, and coding ("settled", a coder's id, or "" for what
        is no coding) and reading ("sure", "arguable", "alternative", or "").
    """
    rows = findings_evidence(corpus)
    is_code = rows["kind"] == "code"
    rows = rows.assign(
        coding=np.where(is_code, "settled", ""), reading=rows["certainty"].where(is_code, "")
    )
    parts = [rows, _alternatives(corpus, rows[is_code], corpus.codings)]
    for coder, tables in corpus.independent.items():
        pairs = match(tables["claims"], corpus.claims)
        ids = dict(zip(pairs["claim_a"], pairs["claim_b"], strict=True))
        new = {c: ids.get(c, f"{coder}:{c}") for c in tables["claims"]["claim_id"]}
        claims, codings = (
            tables[t].assign(claim_id=tables[t]["claim_id"].map(new)) for t in ("claims", "codings")
        )
        own = coded(claims, codings, corpus.codebook)
        own = own.assign(coding=coder, reading=own["certainty"])
        parts += [own, _alternatives(corpus, own, codings).assign(coding=coder)]
    return pd.concat(parts, ignore_index=True)


def _alternatives(corpus: Corpus, rows: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """Rows for the codes that an opponent would put in place of arguable ones."""
    other = codings[~codings["alternative"].isin(["", "none"])]
    swapped = rows.merge(
        other[["claim_id", "code", "alternative", "alternative_stance"]],
        left_on=["claim_id", "value"],
        right_on=["claim_id", "code"],
    )
    facets = corpus.codebook.set_index("code")["facet"]
    return swapped.assign(
        value=swapped["alternative"], stance=swapped["alternative_stance"], facet=swapped["alternative"].map(facets), reading="alternative"
    ).drop(columns=["code", "alternative", "alternative_stance"])  # fmt: skip


def combinations(corpus: Corpus) -> pd.DataFrame:
    """Every combination of choices, one per row, the way it is coded first."""
    options = {
        "headlines": ["counted", "left out"],
        "outlet": ["a speaker", "left out"],
        "unit": ["claim_id", "utterance"],
        "arguable": ["kept", "dropped", "swapped"],
        "coding": ["settled", *corpus.independent],
    }
    return pd.DataFrame(list(itertools.product(*options.values())), columns=list(options))


def kept(rows: pd.DataFrame, choices: pd.DataFrame) -> np.ndarray:
    """Which rows of evidence count under which choices, as a mask (choices x rows)."""
    chosen = {c: choices[c].to_numpy()[:, None] for c in choices}
    reading, coding = (rows[c].to_numpy()[None, :] for c in ("reading", "coding"))
    keep = (coding == "") | (coding == chosen["coding"])
    keep &= (chosen["arguable"] == "kept") | (reading != "arguable")
    keep &= (chosen["arguable"] == "swapped") | (reading != "alternative")
    keep &= (chosen["headlines"] == "counted") | (rows["position"].to_numpy() != "headline")[
        None, :
    ]
    keep &= (chosen["outlet"] == "a speaker") | ~rows["voice"].isin(
        ["outlet", "editorial"]
    ).to_numpy()[None, :]
    return keep


def evaluate(corpus: Corpus, choices: pd.DataFrame | None = None) -> pd.DataFrame:
    """Whether each finding holds under each combination of choices.

    Parameters
    ----------
    choices : DataFrame, optional
        Columns as `combinations` gives; all combinations by default.

    Returns
    -------
    DataFrame
        The choices, and one column of booleans per finding; missing where a choice is no fork
        for the finding (findings.csv, not_forks).
    """
    if choices is None:
        return _all(corpus)
    choices = choices.reset_index(drop=True)
    rows = evidence(corpus)
    keep = kept(rows, choices)
    table = choices.copy()
    for name in corpus.findings["finding_id"]:
        table[name] = pd.Series(pd.NA, index=table.index, dtype="boolean")
    for unit in choices["unit"].unique():
        at = np.flatnonzero(choices["unit"] == unit)
        for name, outcome in outcomes(corpus.findings, View(rows, keep[at], unit)).items():
            table.loc[at, name] = outcome.holds
    for r in corpus.findings.to_dict("records"):
        for fork in not_forks(r):
            table.loc[table[fork] != AS_CODED[fork], r["finding_id"]] = pd.NA
    return table


@remembered
def _all(corpus: Corpus) -> pd.DataFrame:
    return evaluate(corpus, combinations(corpus))


def not_forks(finding: dict) -> list[str]:
    """The choices that are none for a finding, since it is about what they would remove."""
    return [f.strip() for f in finding["not_forks"].split("|") if f.strip()]


def one_by_one(every: pd.DataFrame) -> pd.DataFrame:
    """The way it is coded, and every single choice made otherwise.

    Parameters
    ----------
    every : DataFrame
        All combinations, as `evaluate` gives them.

    Returns
    -------
    DataFrame
        Those rows, with otherwise (the choice in a sentence) and short (as a heading).
    """
    changed = (every[list(AS_CODED)] != pd.Series(AS_CODED)).sum(axis=1)
    single = every[changed <= 1].reset_index(drop=True)
    words = []
    for row in single[list(AS_CODED)].to_dict("records"):
        what = [(f, v) for f, v in row.items() if v != AS_CODED[f]]
        default = [(f"coder {v} is followed", f"coder {v}") for _, v in what] or [
            ("as it is coded", "as coded")
        ]
        words.append(OTHERWISE.get(what[0], default[0]) if what else default[0])
    return single.assign(otherwise=[w for w, _ in words], short=[s for _, s in words])


@remembered
def left_out(corpus: Corpus) -> pd.DataFrame:
    """What overturns a finding when it is left out: an article, a speaker, a claim.

    Returns
    -------
    DataFrame
        kind (article, speaker, claim), which (its id), overturned (list of finding ids).
    """
    rows = findings_evidence(corpus)
    without, columns = [], {"article": "source_id", "speaker": "speaker_id", "claim": "claim_id"}
    for kind, column in columns.items():
        without += [(kind, column, v) for v in dict.fromkeys(corpus.claims[column])]
    cells = {column: rows[column].to_numpy() for column in columns.values()}
    found = []
    for start in range(0, len(without) if len(corpus.findings) else 0, BLOCK):
        block = without[start : start + BLOCK]
        keep = np.array(
            [np.ones(len(rows)), *(cells[column] != value for _, column, value in block)],
            dtype=bool,
        )
        holds = {
            name: outcome.holds
            for name, outcome in outcomes(corpus.findings, View(rows, keep)).items()
        }
        for i, (kind, _, value) in enumerate(block, 1):
            found.append((kind, value, [f for f, h in holds.items() if h[i] != h[0]]))
    return pd.DataFrame(found, columns=["kind", "which", "overturned"])


def definitions(corpus: Corpus) -> pd.DataFrame:
    """Findings about criteria, under each definition in the codebook.

    Returns
    -------
    DataFrame
        finding_id, definition, criteria (those that make the difference: "one of", or else all),
        holds.
    """
    book = corpus.codebook[corpus.codebook["facet"] == "criterion"]
    view, rows = as_it_stands(corpus), []
    for r in corpus.findings.to_dict("records"):
        function = MEASURES[r["measure"]]
        given = arguments(r["arguments"], function)
        if not set(given.get("codes", [])) & set(book["code"]):
            continue
        for definition, group in book.groupby("belongs_to", sort=False):
            one_of = group[group["counts_as"] == "one of"]
            codes = list((one_of if len(one_of) else group)["code"])
            outcome = function(view, **{**given, "codes": codes})
            rows.append((r["finding_id"], definition, len(codes), bool(outcome.holds[0])))
    return pd.DataFrame(rows, columns=["finding_id", "definition", "criteria", "holds"])


def sturdiness(corpus: Corpus) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The findings, how sturdy they are, and each choice alone, as the chart of them takes them."""
    return compute(corpus), robustness(corpus), one_by_one(evaluate(corpus))


@remembered
def robustness(corpus: Corpus) -> pd.DataFrame:
    """How sturdy each finding is, in numbers and in words.

    Returns
    -------
    DataFrame
        finding_id, kept and of (combinations), overturned_by (list of words, one choice each),
        hangs_on (claim ids, each of which overturns it when left out), fragile (bool), words;
        the most fragile first.
    """
    table, out = evaluate(corpus), left_out(corpus)
    single = one_by_one(table)
    claims = out[out["kind"] == "claim"]
    rows = []
    for name in corpus.findings["finding_id"]:
        known = table[name].dropna()
        now = bool(single[name].iloc[0])
        stays = int((known == now).sum())
        flips = list(single.loc[(single[name] != now).fillna(False), "otherwise"])
        hangs = [
            c for c, over in zip(claims["which"], claims["overturned"], strict=True) if name in over
        ]
        rows.append(
            (
                name,
                stays,
                len(known),
                flips,
                hangs,
                stays < len(known),
                _in_words(stays, len(known), flips, hangs),
            )
        )
    columns = ["finding_id", "kept", "of", "overturned_by", "hangs_on", "fragile", "words"]
    table = pd.DataFrame(rows, columns=columns)
    share = table["kept"] / table["of"]
    return table.iloc[np.lexsort((-table["hangs_on"].map(len), share))].reset_index(drop=True)


def _in_words(stays: int, of: int, flips: list[str], hangs: list[str]) -> str:
    if stays == of:
        text = f"Sturdy under these choices: the same in all {of} combinations."
    elif flips:
        text = f"Fragile: the same under {stays} of {of} combinations of choices; overturned if {' or '.join(flips)}."
    else:
        text = f"Fragile: the same under {stays} of {of} combinations of choices; only several together overturn it."
    if hangs:
        but = "But it hangs" if stays == of else "It hangs"
        text += f" {but} on {listed(hangs)}: left out, {'each' if len(hangs) > 1 else 'that claim'} alone would overturn it."
    return text


def under_coders(corpus: Corpus) -> pd.DataFrame:
    """Each finding as it reads under the settled coding and under each coder's own.

    Returns
    -------
    DataFrame
        finding_id, settled and one column per coder (sentences).
    """
    rows = evidence(corpus)
    table = corpus.findings[["finding_id"]].reset_index(drop=True)
    for coding in ["settled", *corpus.independent]:
        choice = pd.DataFrame([{**AS_CODED, "coding": coding}])
        table[coding] = compute(corpus, View(rows, kept(rows, choice)))["sentence"]
    return table
