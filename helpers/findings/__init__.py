"""What was found, what it hangs on, how two codings agree, and what a change changes."""

from helpers.findings.changes import committed, compare, compare_sturdiness
from helpers.findings.choices import (
    combinations,
    definitions,
    evaluate,
    left_out,
    one_by_one,
    robustness,
    sturdiness,
    under_coders,
)
from helpers.findings.sentences import compute, labels_in, problems

__all__ = [
    "combinations",
    "committed",
    "compare",
    "compare_sturdiness",
    "compute",
    "definitions",
    "evaluate",
    "labels_in",
    "left_out",
    "one_by_one",
    "problems",
    "robustness",
    "sturdiness",
    "under_coders",
]
