"""What was found, what it depends on, how two codings agree, and what a change changes."""

from helpers.findings.changes import committed, compare
from helpers.findings.checked import checked_words, reviewed
from helpers.findings.depends import (
    STEADY,
    dependence,
    readings,
    removals,
    under_coders,
    weightiest,
)
from helpers.findings.said import Said, said
from helpers.findings.statement import FILE, Finding, facts, finding, heading, of, tempting

__all__ = [
    "FILE",
    "STEADY",
    "Finding",
    "Said",
    "checked_words",
    "committed",
    "compare",
    "dependence",
    "facts",
    "finding",
    "heading",
    "of",
    "readings",
    "removals",
    "reviewed",
    "said",
    "tempting",
    "under_coders",
    "weightiest",
]
