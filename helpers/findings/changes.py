"""What a change of the data or of the findings changes in what they say."""

import io
import shutil
import subprocess
import tarfile
from pathlib import Path

import pandas as pd

from helpers.corpus import Corpus, load
from helpers.corpus.files import temporary
from helpers.findings.depends import dependence
from helpers.findings.statement import FILE, facts, of, stated


def compare(before: Corpus, after: Corpus) -> pd.DataFrame:
    """Facts and findings that no longer hold, read otherwise, or depend on something else.

    Returns
    -------
    DataFrame
        finding_id, question, what ("fails" or "holds": now, and not before; "reads"; "depends"),
        before, after ("no such finding" where there is none).
    """
    said = [pd.concat([facts(c), of(c)]).set_index("finding_id") for c in (before, after)]
    questions = pd.concat([table["question"] for table in said])
    depends = [dependence(c).set_index("finding_id")["words"] for c in (before, after)]
    parts = []
    for what, now in (("reads", [table["sentence"] for table in said]), ("depends", depends)):
        both = pd.concat(now, axis=1, keys=["before", "after"]).fillna("no such finding")
        changed = both[both["before"] != both["after"]].reset_index(names="finding_id")
        parts.append(changed.assign(what=what))
        if what == "reads":
            held = pd.concat([table["holds"] for table in said], axis=1, keys=["before", "after"])
            for now_, turned in ((False, "fails"), (True, "holds")):
                ids = held.index[(held["before"] == (not now_)) & (held["after"] == now_)]
                parts.insert(0, both.loc[ids].reset_index(names="finding_id").assign(what=turned))
    table = pd.concat(parts, ignore_index=True)
    asked = questions[~questions.index.duplicated()]
    table.insert(1, "question", table["finding_id"].map(asked))
    return table[["finding_id", "question", "what", "before", "after"]]


def committed(folder: Path) -> Corpus:
    """The corpus of a folder with its findings, as last committed to its git checkout.

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
    own = (
        [FILE.as_posix()]
        if _git(folder, "cat-file", "-e", f"HEAD:./{FILE}").returncode == 0
        else []
    )
    done = _git(folder, "archive", "HEAD", "data", "seeds", *own)
    if done.returncode:
        raise ValueError(f"The last commit has no data/ and seeds/ of {folder} to compare with.")
    with temporary() as place:
        try:
            with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
                archive.extractall(place, filter="data")
        except tarfile.FilterError as error:  # a link that leads out of the folder
            raise ValueError(f"The last commit cannot be compared with: {error}.") from error
        corpus = load(place)
        stated(corpus)  # now, for the folder is soon gone
        return corpus


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True)
