"""What was found, what it hangs on, how two codings agree, and what a change changes."""

from helpers.findings.changes import committed, compare, compare_sturdiness
from helpers.findings.choices import combinations, definitions, evaluate, left_out, one_by_one, robustness, under_coders
from helpers.findings.sentences import compute, problems, values_of

__all__ = [
    "combinations",
    "committed",
    "compare",
    "compare_sturdiness",
    "compute",
    "definitions",
    "evaluate",
    "left_out",
    "one_by_one",
    "problems",
    "robustness",
    "under_coders",
    "values_of",
]
