"""The findings of a corpus: small functions in its notebooks/findings.py, and what they say."""

import inspect
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.corpus import Corpus
from helpers.corpus.model import CHOSEN_BY, remembered
from helpers.findings.said import Said, said

FILE = Path("notebooks") / "findings.py"
Answer = tuple[bool, str, Said]


@dataclass(frozen=True)
class Finding:
    """A function from claims to an answer, with what is known of it beforehand."""

    function: Callable[[Said], Answer]
    question: str
    figure: str
    about: Mapping[str, str | list[str]]
    opening: bool
    shows: Mapping[str, Any]

    @property
    def finding_id(self) -> str:
        """The name of its function, with hyphens."""
        return self.function.__name__.replace("_", "-")


def finding(
    question: str,
    figure: str = "",
    about: Mapping[str, str | list[str]] | None = None,
    opening: bool = False,
    **shows: Any,
) -> Callable[[Callable[[Said], Answer]], Finding]:
    """Make a function a finding.

    The function takes all claims (`Said`) and returns whether it holds, the sentence that is
    then true, and the claims that the sentence rests on. It has to say something true of any
    claims, of none too.

    Parameters
    ----------
    question : str
        What it answers.
    figure : str
        Name of the chart that it heads, if any.
    about : mapping
        Columns of claims.csv with the values that it is about: to leave these out is no test of it.
    opening : bool
        Whether it is one of the facts that come first, and no finding of its own.
    **shows
        What the chart that it heads is to be given besides the corpus.
    """

    if unknown := [c for c in about or {} if c not in CHOSEN_BY]:
        raise ValueError(f"about: no column {', '.join(unknown)}; there are {', '.join(CHOSEN_BY)}")

    def made(function: Callable[[Said], Answer]) -> Finding:
        return Finding(function, question, figure, about or {}, opening, shows)

    return made


def _names(corpus: Corpus) -> dict[str, Any]:
    """What a corpus's notebooks/findings.py defines; it is run for that, once for a folder.

    Raises
    ------
    ValueError
        Where the file cannot be run, with its name and line.
    """
    if FILE not in corpus.of_folder:
        corpus.of_folder[FILE] = _run(corpus.folder / FILE)
    return corpus.of_folder[FILE]


def _run(path: Path) -> dict[str, Any]:
    """What a file of findings defines; nothing where there is none."""
    if not path.exists():
        return {}
    module = types.ModuleType("findings of a corpus")
    module.__file__ = str(path)
    try:
        exec(compile(path.read_text("utf-8"), str(path), "exec"), module.__dict__)
    except Exception as error:
        raise ValueError(f"{FILE.as_posix()} cannot be run: {_place(error, path)}.") from error
    return vars(module)


def stated(corpus: Corpus, opening: bool = False) -> tuple[Finding, ...]:
    """The findings of a corpus, or its opening facts, in the order of its file."""
    found = (f for f in _names(corpus).values() if isinstance(f, Finding))
    return tuple(f for f in found if f.opening == opening)


def tempting(corpus: Corpus) -> pd.DataFrame:
    """What suggests itself and is not borne out, as `TEMPTING` of the same file has it.

    Returns
    -------
    DataFrame
        statement, claims (tuple of the ids of all that is said of it).
    """
    rows = _names(corpus.whole).get("TEMPTING", ())
    return pd.DataFrame([(text, tuple(ids)) for text, ids in rows], columns=["statement", "claims"])


def of(corpus: Corpus) -> pd.DataFrame:
    """The findings as the claims of a corpus, or of a selection of it, have them.

    Returns
    -------
    DataFrame
        finding_id, question, figure, holds (bool, None where it could not be computed),
        sentence, claims (tuple of the ids it rests on, in the order of the text).
    """
    return _of(corpus)


def facts(corpus: Corpus) -> pd.DataFrame:
    """The facts that come first, as the claims of a corpus, or of a selection, have them.

    Returns
    -------
    DataFrame
        The columns of `of`.
    """
    return _of(corpus, opening=True)


@remembered
def _of(corpus: Corpus, opening: bool = False) -> pd.DataFrame:
    rows = []
    for f in stated(corpus.whole, opening):
        holds, sentence, claims = answered(f, said(corpus), corpus.folder / FILE)
        rows.append((f.finding_id, f.question, f.figure, holds, sentence, claims))
    columns = ["finding_id", "question", "figure", "holds", "sentence", "claims"]
    return pd.DataFrame(rows, columns=columns)


def heading(corpus: Corpus, figure: str) -> Finding | None:
    """The fact or finding that heads a figure, if one does."""
    every = (*stated(corpus.whole, opening=True), *stated(corpus.whole))
    return next((f for f in every if f.figure == figure), None)


def answered(f: Finding, claims: Said, path: Path) -> tuple[bool | None, str, tuple[str, ...]]:
    """What a finding says of some claims; one that raises is named, with the line."""
    try:
        holds, sentence, evidence = f.function(claims)
        return bool(holds), sentence, evidence.claims
    except Exception as error:
        return None, f"“{f.question}” could not be answered: {_place(error, path)}.", ()


def _place(error: Exception, path: Path) -> str:
    """An error with the line of the file that it comes from."""
    lines = (
        [f.lineno for f in inspect.getinnerframes(error.__traceback__) if f.filename == str(path)]
        if (error.__traceback__)
        else []
    )
    if isinstance(error, SyntaxError):
        lines.append(error.lineno or 0)
    where = f"{path.name}, line {lines[-1]}: " if lines else ""
    return f"{where}{type(error).__name__}: {error}"
