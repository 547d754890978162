"""Discourse network measures on a tidy frame of coded statements.

A statement says that actor i supports (k = 1) or rejects (k = 0) concept j; x_ijk is the number
of such statements and a_i, the activity of actor i, is their sum over j and k. The measures are
those of Leifeld, P. (2017), 'Discourse Network Analysis: Policy Debates as Dynamic Networks', in
The Oxford Handbook of Political Networks, pp. 301-325, as his Discourse Network Analyzer (DNA)
computes them.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["affiliation", "relation"]

_AffiliationKind = Literal["ignore", "subtract", "combine"]
_AffiliationNorm = Literal["no", "activity", "prominence"]
_RelationKind = Literal["ignore", "congruence", "conflict", "subtract"]
_RelationNorm = Literal["no", "average", "jaccard", "dna-cosine", "cosine"]
_Duplicates = Literal["include", "document"]
_Array = npt.NDArray[np.float64]

_STANCES = ("rejects", "supports")  # k = 0 and k = 1
_ROWS_NAMED = 10  # a wrongly coded column would otherwise name every row of the frame


def affiliation(
    statements: pd.DataFrame,
    kind: _AffiliationKind = "ignore",
    normalise: _AffiliationNorm = "no",
    duplicates: _Duplicates = "include",
) -> pd.DataFrame:
    """Compute the two-mode network of actors and concepts.

    Parameters
    ----------
    statements : pandas.DataFrame
        One row per statement, with the columns ``actor``, ``concept``, ``stance`` ('supports' or
        'rejects') and, for ``duplicates="document"``, ``document``. Other columns are ignored.
    kind : {"ignore", "subtract", "combine"}
        - ignore: sum_k x_ijk
        - subtract: x_ij1 - x_ij0
        - combine: 0 for no statement, 1 supports only, 2 rejects only, 3 both
    normalise : {"no", "activity", "prominence"}
        - activity: divide by a_i = sum_jk x_ijk
        - prominence: divide by sum_ik x_ijk

        Both divide by gross counts for ``kind="subtract"`` too. 'combine' has codes for values and
        cannot be normalised.
    duplicates : {"include", "document"}
        - include: count every statement
        - document: count once per document, actor, concept and stance, or for ``kind="ignore"``
          once per document, actor and concept; activity and prominence count likewise

    Returns
    -------
    pandas.DataFrame
        Actors x concepts, labels sorted; int64 for ``normalise="no"``, float64 otherwise. Empty
        for an empty frame.

    Raises
    ------
    ValueError
        If an option is unknown, 'combine' is to be normalised, or the frame lacks a column, lacks
        a value in one, or has another stance; every problem of the frame is named.

    References
    ----------
    Leifeld (2017), see the module; DNA's network type 'twomode'.
    """
    _check_option("kind", kind, _AffiliationKind)
    _check_option("normalise", normalise, _AffiliationNorm)
    _check_option("duplicates", duplicates, _Duplicates)
    if kind == "combine" and normalise != "no":
        raise ValueError(
            f"normalise: {normalise!r} with kind='combine', expected 'no': its values are codes"
        )
    x, actors, concepts = _count(statements, duplicates, keep_stance=kind != "ignore")
    rejects, supports = x[:, :, 0], x[:, :, 1]
    if kind == "ignore":
        values = supports + rejects
    elif kind == "subtract":
        values = supports - rejects
    else:
        values = 1.0 * (supports > 0) + 2.0 * (rejects > 0)
    if normalise == "no":
        return pd.DataFrame(values.astype(np.int64), index=actors, columns=concepts)
    if normalise == "activity":
        values = _divide(values, x.sum(axis=(1, 2))[:, np.newaxis])
    else:
        values = _divide(values, x.sum(axis=(0, 2))[np.newaxis, :])
    return pd.DataFrame(values, index=actors, columns=concepts)


def relation(
    statements: pd.DataFrame,
    kind: _RelationKind = "ignore",
    normalise: _RelationNorm = "no",
    duplicates: _Duplicates = "include",
) -> pd.DataFrame:
    """Compute the one-mode network of actors i and i' over the concepts they share.

    Parameters
    ----------
    statements : pandas.DataFrame
        One row per statement, with the columns ``actor``, ``concept``, ``stance`` ('supports' or
        'rejects') and, for ``duplicates="document"``, ``document``. Other columns are ignored.
    kind : {"ignore", "congruence", "conflict", "subtract"}
        - ignore: sum_j (sum_k x_ijk) (sum_k x_i'jk)
        - congruence: sum_j sum_k x_ijk x_i'jk
        - conflict: sum_j sum_k x_ijk x_i'j(1-k)
        - subtract: congruence - conflict
    normalise : {"no", "average", "jaccard", "dna-cosine", "cosine"}
        - average: divide by (a_i + a_i') / 2
        - jaccard: divide by the sum over j and k of x_ijk where x_i'jk = 0, of x_i'jk where
          x_ijk = 0, and of x_ijk x_i'jk, whatever the kind
        - dna-cosine: divide by a_i a_i'. DNA calls this 'cosine'; it is not a true cosine, for
          a_i is the sum of the counts and not their Euclidean norm
        - cosine: the true one (not in DNA). Divide by the product of the Euclidean norms of the
          vectors that the kind multiplies: over j of sum_k x_ijk for ignore, over (j, k) of x_ijk
          for congruence and conflict, and over j of d_ij = x_ij1 - x_ij0 for subtract, since
          congruence - conflict = sum_j d_ij d_i'j

        A division by zero gives 0.
    duplicates : {"include", "document"}
        - include: count every statement
        - document: count once per document, actor, concept and stance, or for ``kind="ignore"``
          once per document, actor and concept; a_i and every other divisor count likewise

    Returns
    -------
    pandas.DataFrame
        Actors x actors, symmetric, zero on the diagonal, labels sorted; int64 for
        ``normalise="no"``, float64 otherwise. Empty for an empty frame.

    Raises
    ------
    ValueError
        If an option is unknown, or the frame lacks a column, lacks a value in one, or has another
        stance; every problem of the frame is named.

    Notes
    -----
    Where an actor both supports and rejects a concept in one document, ``kind="ignore"`` with
    ``duplicates="document"`` keeps the support, DNA the earlier statement. Only
    ``normalise="jaccard"``, which looks at k even then, depends on it.

    References
    ----------
    Leifeld (2017), see the module; DNA's network type 'onemode'.
    """
    _check_option("kind", kind, _RelationKind)
    _check_option("normalise", normalise, _RelationNorm)
    _check_option("duplicates", duplicates, _Duplicates)
    x, actors, _ = _count(statements, duplicates, keep_stance=kind != "ignore")
    # Each kind is one product of vectors, and the true cosine needs the norms of just these.
    if kind == "ignore":
        left = right = x.sum(axis=2)
    elif kind == "congruence":
        left = right = _flat(x)
    elif kind == "conflict":
        left, right = _flat(x), _flat(x[:, :, ::-1])
    else:
        left = right = x[:, :, 1] - x[:, :, 0]
    values = left @ right.T
    if normalise != "no":
        values = _divide(values, _pair_divisor(x, left, normalise))
    np.fill_diagonal(values, 0)
    if normalise == "no":
        values = values.astype(np.int64)
    return pd.DataFrame(values, index=actors, columns=actors)


def _pair_divisor(x: _Array, vectors: _Array, normalise: _RelationNorm) -> _Array:
    """Return the divisor of every pair of actors."""
    activity = x.sum(axis=(1, 2))
    divisor: _Array
    if normalise == "average":
        divisor = np.add.outer(activity, activity) / 2
    elif normalise == "dna-cosine":
        divisor = np.outer(activity, activity)
    elif normalise == "cosine":
        squares = (vectors**2).sum(axis=1)
        # One root of the product, not a product of roots: equal vectors then give exactly 1.
        divisor = np.sqrt(np.outer(squares, squares))
    else:
        counts = _flat(x)
        alone = counts @ (counts == 0).astype(np.float64).T
        divisor = alone + alone.T + counts @ counts.T
    return divisor


def _count(
    statements: pd.DataFrame, duplicates: _Duplicates, keep_stance: bool
) -> tuple[_Array, pd.Index, pd.Index]:
    """Return x_ijk (actors x concepts x 2) with the sorted actors and concepts."""
    columns = ["actor", "concept", "stance"]
    if duplicates == "document":
        columns.append("document")
    _check_statements(statements, columns)
    actor, actors = _encode(statements["actor"])
    concept, concepts = _encode(statements["concept"])
    supports = statements["stance"].isin(["supports"]).to_numpy().astype(np.int64)
    coded = pd.DataFrame({"actor": actor, "concept": concept, "supports": supports})
    if duplicates == "document":
        coded["document"] = pd.factorize(statements["document"])[0]
        key = ["document", "actor", "concept"] + ["supports"] * keep_stance
        # Sorted, so that the statement kept does not depend on the order of the rows.
        coded = coded.sort_values("supports", ascending=False).drop_duplicates(key)
    shape = (len(actors), len(concepts), 2)
    cell = (coded["actor"] * shape[1] + coded["concept"]) * 2 + coded["supports"]
    x = np.bincount(cell.to_numpy(), minlength=int(np.prod(shape))).reshape(shape)
    # Floats, for numpy multiplies integer matrices without BLAS, tens of times slower. They stay
    # exact: no sum exceeds the squared number of statements, below 2**53 up to 94 million.
    return x.astype(np.float64), actors, concepts


def _encode(labels: pd.Series) -> tuple[npt.NDArray[np.intp], pd.Index]:
    """Return the position of each label among the sorted distinct labels, and these."""
    # As objects: a categorical would sort by its own order, not by label.
    codes, distinct = pd.factorize(labels.astype(object), sort=True)
    return codes, pd.Index(distinct.tolist())


def _flat(x: _Array) -> _Array:
    """Return the counts of each actor as one vector over (j, k)."""
    return x.reshape(x.shape[0], x.shape[1] * x.shape[2])  # -1 fails on an empty frame


def _divide(values: _Array, divisor: _Array) -> _Array:
    """Divide, with 0 where the divisor is 0."""
    return np.divide(values, divisor, out=np.zeros_like(values), where=divisor != 0)


def _check_option(name: str, value: object, options: object) -> None:
    """Raise unless the value is one of the options."""
    if value not in get_args(options):
        expected = ", ".join(map(repr, get_args(options)))
        raise ValueError(f"{name}: unknown value {value!r}, expected one of {expected}")


def _check_statements(statements: pd.DataFrame, columns: list[str]) -> None:
    """Raise with every problem of the needed columns, not only the first."""
    problems: list[str] = []
    for name in columns:
        count = int((statements.columns == name).sum())
        if count != 1:
            why = " for duplicates='document'" if name == "document" else ""
            found = "missing" if count == 0 else f"there {count} times"
            problems.append(f"column {name!r} is {found}, expected once{why}")
            continue
        column = statements[name]
        missing = column.isna()
        problems += _name_rows(column[missing.to_numpy()], "no missing value")
        if name == "stance":
            unknown = ~column.isin(_STANCES) & ~missing
            problems += _name_rows(column[unknown.to_numpy()], "'supports' or 'rejects'")
    if problems:
        raise ValueError("the statements cannot be used:\n- " + "\n- ".join(problems))


def _name_rows(wrong: pd.Series, expected: str) -> list[str]:
    """Describe the wrong values of a column, one line per distinct value."""
    rows: dict[str, list[str]] = {}
    for label, value in wrong.items():
        rows.setdefault(repr(value), []).append(repr(label))
    lines: list[str] = []
    for value, labels in rows.items():
        more = f" and {len(labels) - _ROWS_NAMED} more" if len(labels) > _ROWS_NAMED else ""
        where = f"row{'s' * (len(labels) > 1)} {', '.join(labels[:_ROWS_NAMED])}{more}"
        lines.append(f"column {wrong.name!r}, {where}: value {value}, expected {expected}")
    return lines
