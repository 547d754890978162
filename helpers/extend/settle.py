"""Decide the differences of two codings one by one, without names, in an order drawn by lot."""

from collections.abc import Callable, Iterator
from random import Random

import pandas as pd

from helpers import tables
from helpers.corpus import Corpus
from helpers.corpus.files import write_all
from helpers.corpus.problem import meant
from helpers.corpus.schema import REJECTS, SUPPORTS

FILE = "data/adjudication.csv"
OWN, CODE = "a claim of its own", "code "  # what `differences` calls them
LATER, STOP, NEITHER = "", "stop", "neither"
STANCES = {
    SUPPORTS: "It carries this code: asserted, or the word used.",
    REJECTS: "It carries this code: denied.",
    "given": "It carries this code.",
    "absent": "It does not carry this code.",
}
CLAIMED = {"yes": "These words are a claim of their own.", "no": "They are not."}
ASKED = "A, B or neither? (blank: later; stop) "


def pair(corpus: Corpus, named: list[str]) -> tuple[str, str]:
    """The two coders whose codings are compared: those named, or the first two.

    Raises
    ------
    ValueError
        Where there are no two, or one of them is not there.
    """
    known = list(corpus.independent)
    for coder in named:
        if coder not in known:
            also = meant(coder, known, f" There are {', '.join(known) or 'none'}.")
            raise ValueError(f"There is no coder “{coder}”.{also}")
    both = named or known[:2]
    if len(both) != 2 or both[0] == both[1]:
        raise ValueError("Two codings are compared: name two coders.")
    one, two = sorted(both, key=known.index)
    return one, two


def undecided(corpus: Corpus, differences: pd.DataFrame, one: str, two: str) -> pd.DataFrame:
    """The differences of two codings that no row of the adjudication has.

    Parameters
    ----------
    differences : DataFrame
        source_id, claim_a, claim_b, what, value_a, value_b, quote, of these two coders.

    Returns
    -------
    DataFrame
        The same, with claim_id (the settled claim at that place, or ""), and what as the
        adjudication has it.
    """
    own = [corpus.independent[c]["claims"] for c in (one, two)]
    settled = [dict(tables.match(t, corpus.claims)[["claim_a", "claim_b"]].to_numpy()) for t in own]
    rows = differences.reset_index(drop=True)
    ids = [
        settled[0].get(a) or settled[1].get(b) or ""
        for a, b in zip(rows["claim_a"], rows["claim_b"], strict=True)
    ]
    whose = "" if (one, two) == tuple(list(corpus.independent)[:2]) else f" ({one} and {two})"
    what = [
        (f"claim “{' '.join(quote.split())}”" if what == OWN else what) + whose
        for what, quote in zip(rows["what"], rows["quote"], strict=True)
    ]
    rows = rows.assign(kind=rows["what"], claim_id=ids, what=what)
    done = set(corpus.adjudication[["claim_id", "what"]].itertuples(index=False, name=None))
    left = [place not in done for place in zip(ids, what, strict=True)]
    return rows[left].reset_index(drop=True)


def decided(
    corpus: Corpus, rows: pd.DataFrame, ask: Callable[[str], str], lot: Random
) -> Iterator[dict[str, str]]:
    """Ask about one difference after the other; each choice as a row of the adjudication.

    Parameters
    ----------
    ask : callable
        From a question to the answer.
    """
    order = list(rows.to_dict("records"))
    lot.shuffle(order)
    for number, row in enumerate(order, 1):
        first = lot.choice(["one", "two"])
        names = {"a": first, "b": "two" if first == "one" else "one", NEITHER: NEITHER}
        question = f"\n{number} of {len(order)}\n{shown(corpus, row, first)}\n{ASKED}"
        answer = _answer(ask, question, names)
        if answer == STOP:
            return
        if answer != LATER:
            yield {
                "claim_id": row["claim_id"],
                "what": row["what"],
                "reading_one": _value(row, "value_a"),
                "reading_two": _value(row, "value_b"),
                "shown_first": first,
                "settled": names[answer],
                "reason": _reason(ask),
            }


def _answer(ask: Callable[[str], str], question: str, names: dict[str, str]) -> str:
    given = ask(question).strip().lower()
    while given not in (*names, LATER, STOP):
        given = ask(f"“{given}” is none of these. {ASKED}").strip().lower()
    return given


def _reason(ask: Callable[[str], str]) -> str:
    """Why; it cannot be blank."""
    given = ask("What in the text or the codebook decides it? ").strip()
    while not given:
        given = ask("A reason is needed, in a line: ").strip()
    return given


def shown(corpus: Corpus, row: dict, first: str) -> str:
    """A difference without names: the words, what is in question, and both readings."""
    kind, text = row["kind"], corpus.texts[row["source_id"]]
    low, high = max(0, row["start"] - 200), row["start"] + len(row["quote"]) + 200
    around = " ".join(text[low:high].split())
    readings = [in_words(corpus, kind, row[v]) for v in ("value_a", "value_b")]
    if first == "two":
        readings.reverse()
    lines = [f"The words: “{' '.join(row['quote'].split())}”", f"Where they stand: …{around}…"]
    if kind.startswith(CODE):
        code = corpus.codebook.set_index("code").loc[kind.removeprefix(CODE)]
        lines.append(f"In question: the code “{code['label']}”. {code['definition']}")
        lines += [f"{c.capitalize()}: {code[c]}" for c in ("include", "exclude") if code[c]]
    elif kind != OWN:
        lines.append(f"In question: {kind.removesuffix('_id').replace('_', ' ')}")
    return "\n".join([*lines, f"A: {readings[0]}", f"B: {readings[1]}"])


def in_words(corpus: Corpus, kind: str, value: str) -> str:
    """A reading in words."""
    if kind == OWN:
        return CLAIMED[value]
    return STANCES[value] if kind.startswith(CODE) else corpus.names.get(value, value)


def _value(row: dict, column: str) -> str:
    """A reading as the adjudication has it."""
    if row["kind"] == OWN:
        return "a claim of its own" if row[column] == "yes" else "no such claim"
    return str(row[column])


def write(corpus: Corpus, rows: list[dict[str, str]]) -> None:
    """Add choices to the adjudication.

    Raises
    ------
    OSError
        Where the file cannot be written; then it is as it was.
    """
    table = pd.concat([corpus.adjudication, pd.DataFrame(rows)])[[*corpus.adjudication]]
    write_all(corpus.folder, {FILE: table.to_csv(index=False, lineterminator="\n")})
