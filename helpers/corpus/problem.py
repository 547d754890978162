"""What is wrong in a corpus, and how it is said."""

import difflib
from collections import Counter
from typing import NamedTuple

MOST_ALIKE = 25


class Problem(NamedTuple):
    """Something wrong in a corpus: the file, the row as a spreadsheet counts, its id, the column,
    what stands there, and what to do."""

    file: str
    row: int | None
    row_id: str
    column: str
    value: str
    message: str

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.row_id:
            place += f" ({self.row_id})"
        if self.column:
            place += f", column {self.column}"
        value = f" “{_short(self.value)}”:" if self.value else ""
        return f"{place}:{value} {self.message}"


class CorpusError(ValueError):
    """A corpus that cannot be used as it stands; `problems` has every reason at once.

    Of a column in which very many rows are wrong, the message names the first and counts the others.
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


def closest(word: str, choices: list[str]) -> str:
    """The nearest of some words to a mistyped one; "" where none is near."""
    return next(iter(difflib.get_close_matches(word, choices, 1, 0.6)), "")


def _short(value: str, width: int = 160) -> str:
    flat = " ".join(str(value).split())
    return flat if len(flat) <= width else flat[: width - 1] + "…"
