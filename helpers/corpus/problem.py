"""What is wrong in a corpus, and how it is said."""

import re
from collections import Counter
from collections.abc import Callable, Collection
from typing import Any, NamedTuple

MOST_ALIKE = 25
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # what follows stands in another order
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class Problem(NamedTuple):
    """Something wrong in a corpus: the file, the row as a spreadsheet counts, its id, the column,
    what stands there, and what to do.

    `hint` gives what is sought only where the problem is put into words, since seeking takes long.
    """

    file: str
    row: int | None
    row_id: str
    column: str
    value: str
    message: str
    hint: Callable[[], str] | None = None

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.row_id:
            place += f" ({self.row_id})"
        if self.column:
            place += f", column {self.column}"
        value = f" “{short(self.value)}”:" if self.value else ""
        return f"{place}:{value} {self.message}{self.hint() if self.hint else ''}"


class CorpusError(ValueError):
    """A corpus that cannot be used as it stands; `problems` has every reason at once.

    Of a column in which very many rows are wrong, the message names the first and counts the rest.
    """

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        alike = Counter((p.file, p.column) for p in problems)
        seen: Counter = Counter()
        lines = [f"{count} in the corpus:"]
        for p in problems:
            kind = p.file, p.column
            seen[kind] += 1
            if seen[kind] <= MOST_ALIKE:
                lines.append(f"- {p}")
            elif seen[kind] == alike[kind]:
                lines.append(
                    f"- {p.file}, column {p.column}: {alike[kind] - MOST_ALIKE} more such rows."
                )
        super().__init__("\n".join(lines))


def closest(word: str, choices: Collection[str]) -> str:
    """The nearest of some words to a mistyped one; "" where none is near."""
    from rapidfuzz import fuzz, process

    likeness: Any = fuzz.ratio
    found = process.extractOne(word, choices, scorer=likeness, score_cutoff=60)
    return found[0] if found else ""


def meant(word: str, choices: Collection[str], otherwise: str = "") -> str:
    """The nearest of some words, as a question to add to a message; or what to add otherwise."""
    near = closest(word, choices)
    return f" Did you mean “{near}”?" if near else otherwise


def some(values: Collection[str], most: int = 8) -> str:
    """The first of some values, and how many more there are."""
    kept = [v for v in dict.fromkeys(values) if v]
    return ", ".join(kept[:most]) + (f" and {len(kept) - most} more" if len(kept) > most else "")


def visible(text: str) -> str:
    """A text without the marks that turn round the order of letters around them."""
    return TURNING.sub("", text)


def short(value: object, width: int = 160) -> str:
    """A value on one line, cut where it is long; a terminal does nothing that it asks."""
    flat = " ".join(CONTROL.sub(lambda c: f"\\x{ord(c[0]):02x}", visible(str(value))).split())
    return flat if len(flat) <= width else flat[: width - 1] + "…"
