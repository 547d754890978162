"""What a change of the data changes in the findings."""

import io
import subprocess
import tarfile
import tempfile

import pandas as pd

from helpers.corpus import Corpus, load
from helpers.findings.choices import robustness
from helpers.findings.sentences import compute


def compare(before: Corpus, after: Corpus) -> pd.DataFrame:
    """Findings that read otherwise after a change: finding_id, before, after."""
    return _unlike(*(compute(c).set_index("finding_id")["sentence"] for c in (before, after)))


def compare_sturdiness(before: Corpus, after: Corpus) -> pd.DataFrame:
    """Findings that are sturdy otherwise after a change: finding_id, before, after."""
    return _unlike(*(robustness(c).set_index("finding_id")["words"] for c in (before, after)))


def _unlike(before: pd.Series, after: pd.Series) -> pd.DataFrame:
    both = pd.concat([before, after], axis=1, keys=["before", "after"]).fillna("not stated")
    return both[both["before"] != both["after"]].reset_index()


def committed(folder) -> Corpus | None:
    """The corpus as last committed to git; None where the folder is no git checkout."""
    done = subprocess.run(
        ["git", "archive", "HEAD", "data", "seeds"], cwd=folder, capture_output=True
    )
    if done.returncode:
        return None
    with tempfile.TemporaryDirectory() as place:
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            archive.extractall(place, filter="data")
        return load(place)
