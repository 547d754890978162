"""Compare two independent codings of the same texts.

Where the spans lie (unitizing) is another thing than what they are (coding), so both are measured
apart: `unitizing` compares places; `attributes` and `codes` compare what was said of the spans that
`match` could pair; `disagreements` lists every difference. "Undefined" is None: an alpha needs two
observed categories; it is then neither 0 nor 1.

Claims are tables with claim_id, source_id, start, end (code points, end exclusive), level and any
attributes; codings have claim_id, code, stance; words have source_id, start, end.
"""

import itertools
from collections.abc import Hashable, Iterable, Sequence

import numpy as np
import pandas as pd

from helpers.corpus import quotes
from helpers.corpus.schema import LEVELS
from helpers.findings.partial import both, read_by
from helpers.tables.pairs import match

RELIABLE, TENTATIVE = 0.800, 0.667  # Krippendorff (2004), Content Analysis, chapter 11
FEWEST = 5  # claims that carry a code, before its agreement is put in words
ABSENT = "absent"
GIVEN = "given"  # a code, whatever its stance


def unitizing(
    claims_a: pd.DataFrame, claims_b: pd.DataFrame, words: pd.DataFrame, overlap: float = 0.5
) -> pd.DataFrame:
    """Whether two coders put their spans in the same places, whatever they are.

    Returns
    -------
    DataFrame
        measure, value (int, float, or None where undefined): spans of each, matched pairs, F1
        (2 matched / all spans) at the stated overlap; and of primary and of nested spans apart:
        words inside one of each, alpha per word (inside one or not) and alpha per word (one begins
        there or not). Neighbouring words are not independent, so no interval is given.
    """
    pairs = len(match(claims_a, claims_b, overlap))
    spans = len(claims_a) + len(claims_b)
    rows = [
        ("spans of the one", len(claims_a)),
        ("spans of the other", len(claims_b)),
        (f"pairs with an overlap of {overlap:g} or more", pairs),
        ("F1 of the spans", 2 * pairs / spans if spans else None),
        ("words", len(words)),
    ]
    for level in LEVELS:
        inside_a, begins_a = _marks(claims_a, words, level)
        inside_b, begins_b = _marks(claims_b, words, level)
        rows += [
            (f"words inside a {level} span of the one", int(inside_a.sum())),
            (f"words inside a {level} span of the other", int(inside_b.sum())),
            (f"alpha per word, inside a {level} span or not", alpha(inside_a, inside_b)),
            (f"alpha per word, a {level} span begins or not", alpha(begins_a, begins_b)),
        ]
    return pd.DataFrame(
        {"measure": [m for m, _ in rows], "value": pd.Series([v for _, v in rows], dtype=object)}
    )


def _marks(claims: pd.DataFrame, words: pd.DataFrame, level: str) -> tuple[np.ndarray, np.ndarray]:
    """Which words stand inside a span of a level, and at which one begins."""
    inside, begins = np.zeros(len(words), bool), np.zeros(len(words), bool)
    places = words.reset_index(drop=True).groupby("source_id").indices
    for source, start, end in claims.loc[
        claims["level"] == level, ["source_id", "start", "end"]
    ].itertuples(index=False):
        at = places.get(source, np.array([], dtype=int))
        low = np.searchsorted(words["end"].to_numpy()[at], start, "right")
        high = np.searchsorted(words["start"].to_numpy()[at], end, "left")
        inside[at[low:high]] = True
        begins[at[low : low + 1] if low < high else []] = True
    return inside, begins


def alpha(a: Iterable[Hashable], b: Iterable[Hashable]) -> float | None:
    """Krippendorff's alpha for two coders and nominal values, by the krippendorff package.

    Krippendorff (2004), chapter 11: 1 - observed / expected disagreement. None where there is no
    pair or only one category.
    """
    import krippendorff

    codes = np.array(pd.factorize(pd.Series([*a, *b], dtype=object))[0], dtype=float).reshape(2, -1)
    if len(np.unique(codes)) < 2:
        return None
    return float(krippendorff.alpha(reliability_data=codes, level_of_measurement="nominal"))


def interval(
    a: Sequence[Hashable], b: Sequence[Hashable], seed: int = 1, draws: int = 1000
) -> dict:
    """Bootstrap interval of alpha over units (2.5 to 97.5 per cent), all draws at once.

    Returns
    -------
    dict
        low, high (None where no draw has an alpha) and undefined_draws, the draws left out
        because only one category came up. Where no pair disagrees the interval is 1 to 1, which
        says nothing about certainty.
    """
    # sorted, so that it is the same whoever is named first
    values = pd.factorize(pd.Series([*a, *b], dtype=object).map(repr), sort=True)[0].reshape(2, -1)
    if not values.size:
        return {"low": None, "high": None, "undefined_draws": draws}
    kinds, counts = np.unique(np.sort(values, axis=0), axis=1, return_counts=True)
    drawn = np.random.default_rng(seed).multinomial(
        values.shape[1], counts / counts.sum(), size=draws
    )
    alphas = closed_form(drawn, kinds)
    defined = alphas[~np.isnan(alphas)]
    if not defined.size:
        return {"low": None, "high": None, "undefined_draws": draws}
    low, high = np.percentile(defined, [2.5, 97.5])
    return {"low": float(low), "high": float(high), "undefined_draws": draws - defined.size}


def closed_form(counts: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    """Nominal alpha of many samples at once.

    alpha = 1 - (n - 1)(n - sum o_cc) / (n^2 - sum n_c^2), Krippendorff (2004), chapter 11.

    Parameters
    ----------
    counts : array (samples x kinds)
        How often each kind of pair comes up.
    kinds : array (2 x kinds)
        The two values of each kind of pair, from 0.

    Returns
    -------
    array (samples)
        nan where alpha is undefined.
    """
    uses = np.zeros((kinds.shape[1], kinds.max() + 1))
    for side in kinds:
        np.add.at(uses, (np.arange(kinds.shape[1]), side), 1)
    n = 2.0 * counts.sum(axis=1)
    apart = 2.0 * counts @ (kinds[0] != kinds[1])
    expected = n**2 - ((counts @ uses) ** 2).sum(axis=1)
    ratio = np.full(n.shape, np.nan)
    np.divide((n - 1) * apart, expected, out=ratio, where=expected > 0)
    return 1 - ratio


def verdict(low: float | None, positives: int | None = None) -> str:
    """The lower bound of an alpha's interval in words, at the bars of Krippendorff (2004).

    Of a code that fewer than five claims carry (by either coder) nothing is said.
    """
    if low is None:
        return "undefined"
    if positives is not None and positives < FEWEST:
        return f"fewer than {FEWEST} claims"
    value = round(low, 9)
    return (
        "reliable"
        if value >= RELIABLE
        else "tentative"
        if value >= TENTATIVE
        else "below the usual bar"
    )


def attributes(
    matches: pd.DataFrame, claims_a: pd.DataFrame, claims_b: pd.DataFrame, columns: Sequence[str]
) -> pd.DataFrame:
    """Agreement on attributes of matched claims; what one of them leaves blank is not compared.

    Returns
    -------
    DataFrame
        One row per attribute: attribute, pairs, agree, categories, alpha, low, high, verdict.
    """
    rows = []
    for column in columns:
        a, b = _both_given(
            claims_a.set_index("claim_id")[column].reindex(matches["claim_a"]),
            claims_b.set_index("claim_id")[column].reindex(matches["claim_b"]),
        )
        rows.append(
            {
                "attribute": column,
                "pairs": len(a),
                "agree": _same(a, b),
                "categories": len({*a, *b}),
                **_measured(a, b),
            }
        )
    return pd.DataFrame(rows)


def certainty(
    matches: pd.DataFrame, codings_a: pd.DataFrame, codings_b: pd.DataFrame
) -> pd.DataFrame:
    """Agreement on how sure a coding is, over codings that both gave to matched claims.

    Returns
    -------
    DataFrame
        One row, the columns of `attributes`; pairs are codings.
    """
    known = dict(zip(matches["claim_a"], matches["claim_b"], strict=True))
    same = codings_a.assign(claim_id=codings_a["claim_id"].map(known))
    given = same.merge(codings_b, on=["claim_id", "code"], suffixes=("_a", "_b"))
    a, b = _both_given(given["certainty_a"], given["certainty_b"])
    row = {"attribute": "certainty", "pairs": len(a), "agree": _same(a, b)}
    return pd.DataFrame([{**row, "categories": len({*a, *b}), **_measured(a, b)}])


def _both_given(a: pd.Series, b: pd.Series) -> tuple[list, list]:
    """Values of pairs without those that a coding in part leaves blank."""
    pairs = [(x, y) for x, y in zip(a, b, strict=True) if x != "" and y != ""]
    return [x for x, _ in pairs], [y for _, y in pairs]


def codes(
    matches: pd.DataFrame,
    codings_a: pd.DataFrame,
    codings_b: pd.DataFrame,
    code_list: Sequence[str],
) -> pd.DataFrame:
    """Agreement on each code over matched claims: its stance, or that it is absent.

    Returns
    -------
    DataFrame
        One row per code: code, pairs, of the one, of the other, both (claims that carry it),
        agree, alpha, low, high, verdict, and after one flip: the least alpha when one agreeing
        pair is made to disagree, which shows how far a rare code's alpha hangs on one claim.
    """
    rows = []
    codings_a, codings_b = _alike(codings_a, codings_b)
    for code in code_list:
        a, b = (
            _stances(matches["claim_a"], codings_a, code),
            _stances(matches["claim_b"], codings_b, code),
        )
        has_a, has_b = ([v != ABSENT for v in side] for side in (a, b))
        rows.append(
            {
                "code": code,
                "pairs": len(a),
                "of the one": sum(has_a),
                "of the other": sum(has_b),
                "both": sum(x and y for x, y in zip(has_a, has_b, strict=True)),
                "agree": _same(a, b),
                **_measured(a, b, sum(x or y for x, y in zip(has_a, has_b, strict=True))),
                "after one flip": one_flip(a, b),
            }
        )
    return pd.DataFrame(rows)


def _alike(a: pd.DataFrame, b: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Two codings on what both have: where one leaves stances blank, a code is given or not."""
    if (a["stance"] != "").all() and (b["stance"] != "").all():
        return a, b
    return a.assign(stance=GIVEN), b.assign(stance=GIVEN)


def one_flip(a: Sequence[str], b: Sequence[str]) -> float | None:
    """The least alpha after one agreeing pair is made to disagree; None where no pair agrees."""
    agreed = {x for x, y in zip(a, b, strict=True) if x == y}
    present = agreed - {ABSENT}
    results = []
    for value in present or agreed:
        at = next(i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x == y == value)
        others = {ABSENT} if present else ({*a, *b} - {ABSENT} or {"supports"})
        results += [alpha([*a[:at], other, *a[at + 1 :]], b) for other in others]
    defined = [r for r in results if r is not None]
    return min(defined) if defined else None


def disagreements(
    matches: pd.DataFrame,
    claims_a: pd.DataFrame,
    claims_b: pd.DataFrame,
    codings_a: pd.DataFrame,
    codings_b: pd.DataFrame,
    columns: Sequence[str],
) -> pd.DataFrame:
    """Every difference of two codings, one per row, in the order of the text.

    Returns
    -------
    DataFrame
        source_id, start, claim_a, claim_b, what ("a claim of its own", an attribute, or "code"
        and its name), value_a, value_b.
    """
    a, b = claims_a.set_index("claim_id"), claims_b.set_index("claim_id")
    rows = []
    for side, claims, paired in ((0, a, set(matches["claim_a"])), (1, b, set(matches["claim_b"]))):
        for claim, row in claims[~claims.index.isin(paired)].iterrows():
            ids = (claim, "") if side == 0 else ("", claim)
            values = ("yes", "no") if side == 0 else ("no", "yes")
            rows.append((row["source_id"], row["start"], *ids, "a claim of its own", *values))
    stance_a, stance_b = map(_stances_of, _alike(codings_a, codings_b))
    for x, y in zip(matches["claim_a"], matches["claim_b"], strict=True):
        place = (a.loc[x, "source_id"], a.loc[x, "start"], x, y)
        rows += [
            (*place, c, a.loc[x, c], b.loc[y, c])
            for c in columns
            if a.loc[x, c] != b.loc[y, c] and "" not in (a.loc[x, c], b.loc[y, c])
        ]
        one, two = stance_a.get(x, {}), stance_b.get(y, {})
        for code in sorted({*one, *two}):
            if one.get(code) != two.get(code):
                rows.append((*place, f"code {code}", one.get(code, ABSENT), two.get(code, ABSENT)))
    table = pd.DataFrame(
        rows, columns=["source_id", "start", "claim_a", "claim_b", "what", "value_a", "value_b"]
    )
    return table.sort_values(["source_id", "start"], kind="stable").reset_index(drop=True)


def _stances_of(codings: pd.DataFrame) -> dict[str, dict[str, str]]:
    """The stance of each code of each claim."""
    said: dict[str, dict[str, str]] = {}
    for claim, code, stance in codings[["claim_id", "code", "stance"]].itertuples(index=False):
        said.setdefault(claim, {})[code] = stance
    return said


def _stances(ids: pd.Series, codings: pd.DataFrame, code: str) -> list[str]:
    given = codings[codings["code"] == code].set_index("claim_id")["stance"]
    return list(given.reindex(ids).fillna(ABSENT))


def _same(a: Sequence[Hashable], b: Sequence[Hashable]) -> int:
    return sum(x == y for x, y in zip(a, b, strict=True))


def _measured(
    a: Sequence[Hashable], b: Sequence[Hashable], positives: int | None = None
) -> dict[str, object]:
    value, bounds = alpha(a, b), interval(a, b)
    low = bounds["low"]
    said = verdict(None if value is None else low, positives)
    return {"alpha": value, "low": low, "high": bounds["high"], "verdict": said}


# All pairs of coders of a corpus

BY = {"language-model": "a language model", "human": "a person"}
# What the agreement of two codings shows, by how many of them are a person's.
SHOWS = (
    "consistency of the machine, and no more",
    "whether a person reads the articles as the machine does",
    "whether two persons read the articles alike",
)
COMPARED = ("level", "position", "voice", "attribution", "speaker_id", "modality", "target")


def coder_pairs(corpus) -> list[tuple[str, str]]:
    """Every two independent codings of a corpus, by coder id."""
    return list(itertools.combinations(corpus.independent, 2))


def of_pairs(corpus) -> pd.DataFrame:
    """What is compared, and what agreement then shows.

    Returns
    -------
    DataFrame
        coders ("one and two"), made by, shows: in words.
    """
    kinds = corpus.coders.set_index("coder_id")["kind"].to_dict()
    rows = []
    for pair in coder_pairs(corpus):
        people = [kinds[c] == "human" for c in pair]
        words = [f"{BY[kinds[c]]}{', in part' if c in corpus.partial else ''}" for c in pair]
        rows.append((" and ".join(pair), "; ".join(words), SHOWS[sum(people)]))
    return pd.DataFrame(rows, columns=["coders", "made by", "shows"])


def of_spans(corpus) -> pd.DataFrame:
    """`unitizing` for every two coders, one column each."""
    words = quotes.words(corpus.texts)
    table = pd.DataFrame()
    for one, two in coder_pairs(corpus):
        a, b = (t["claims"] for t in both(corpus, one, two))
        shared = words["source_id"].isin(set(a["source_id"]) | set(b["source_id"]))
        found = unitizing(a, b, read_by(corpus, words[shared], one, two))
        table = found[["measure"]] if table.empty else table
        table = table.assign(**{f"{one} and {two}": found["value"]})
    return table


def of_attributes(corpus) -> pd.DataFrame:
    """`attributes` for every two coders, with their names in column coders."""
    parts = [pd.DataFrame()]
    for one, two in coder_pairs(corpus):
        a, b = both(corpus, one, two)
        pairs = match(a["claims"], b["claims"])
        sure = certainty(pairs, a["codings"], b["codings"])
        table = attributes(pairs, a["claims"], b["claims"], COMPARED)
        parts.append(pd.concat([table, sure]).assign(coders=f"{one} and {two}"))
    return pd.concat(parts, ignore_index=True)


def of_codes(corpus) -> pd.DataFrame:
    """`codes` for every two coders, of codes that matched claims carry, the least agreed first."""
    parts = [pd.DataFrame()]
    for one, two in coder_pairs(corpus):
        a, b = both(corpus, one, two)
        pairs = match(a["claims"], b["claims"])
        paired = [(a, pairs["claim_a"]), (b, pairs["claim_b"])]
        given = {
            code
            for tables, ids in paired
            for code in tables["codings"].loc[tables["codings"]["claim_id"].isin(ids), "code"]
        }
        used = [c for c in corpus.codebook["code"] if c in given]
        table = codes(pairs, a["codings"], b["codings"], used)
        parts.append(table.assign(code=[corpus.labels[c] for c in used], coders=f"{one} and {two}"))
    table = pd.concat(parts, ignore_index=True)
    return table.sort_values("agree", kind="stable", ignore_index=True) if len(table) else table


def settled(corpus) -> pd.DataFrame:
    """How many differences were settled each way.

    Returns
    -------
    DataFrame
        settled (whose reading stands, or neither), differences, share.
    """
    counts = corpus.adjudication["settled"].value_counts().rename_axis("settled")
    table = counts.rename("differences").reset_index()
    return table.assign(share=table["differences"] / max(len(corpus.adjudication), 1))


def differences(corpus) -> pd.DataFrame:
    """`disagreements` for every two coders, with the words that the spans stand for."""
    parts = [pd.DataFrame()]
    for one, two in coder_pairs(corpus):
        a, b = both(corpus, one, two)
        pairs = match(a["claims"], b["claims"])
        table = disagreements(pairs, a["claims"], b["claims"], a["codings"], b["codings"], COMPARED)
        quoted = [
            dict(zip(t["claims"]["claim_id"], t["claims"]["quote"], strict=True)) for t in (a, b)
        ]
        said = [
            quoted[0].get(x) or quoted[1].get(y)
            for x, y in zip(table["claim_a"], table["claim_b"], strict=True)
        ]
        parts.append(table.assign(quote=said, coders=f"{one} and {two}"))
    return pd.concat(parts, ignore_index=True)
