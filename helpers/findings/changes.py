"""What a change of the data changes in the findings."""

import io
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

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


def committed(folder: Path) -> Corpus:
    """The corpus of a folder as last committed to the git checkout that it lies in.

    Raises
    ------
    ValueError
        Where it lies in none, or the last commit has no such corpus.
    CorpusError
        Where what was committed cannot be read by the helpers as they are now.
    """
    if shutil.which("git") is None:
        raise ValueError("There is no git here, so there is no committed state to compare with.")
    if _git(folder, "rev-parse", "--is-inside-work-tree").returncode:
        raise ValueError(
            f"{folder} lies in no git checkout, so there is no committed state to compare with."
        )
    done = _git(folder, "archive", "HEAD", "data", "seeds")
    if done.returncode:
        raise ValueError(f"The last commit has no data/ and seeds/ of {folder} to compare with.")
    with tempfile.TemporaryDirectory() as place:
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            archive.extractall(place, filter="data")
        return load(place)


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True)
