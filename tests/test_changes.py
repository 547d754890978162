"""What a change changes."""

import re
import shutil
import subprocess

import pandas as pd
import pytest
from conftest import rows, run, write

from helpers import findings, load
from helpers.corpus import HOME
from helpers.corpus.schema import REJECTS, SUPPORTS
from helpers.findings.statement import FILE


def commit(folder):
    """Commit a folder to a git checkout of its own."""
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def committed(copy):
    """A copy of the corpus with its findings, committed."""
    (copy / FILE).parent.mkdir()
    shutil.copy(HOME / FILE, copy / FILE)
    commit(copy)
    return copy


def test_nothing_changed_is_said(committed):
    done = run("changes", "--corpus", committed)
    count, told = len(findings.of(load(committed))), len(sentences(load(committed)))
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        f"0 of {told} facts and findings read otherwise than in the last commit.",
        f"0 of {count} findings depend on something else than in the last commit.",
    ]


def test_changes_tells_which_finding_no_longer_holds(committed):
    before = load(committed)
    claims = findings.dependence(before)["claims"]
    (gone, *_) = next(ids for ids in claims if ids)
    after = before.where(not_claim_id=gone)
    table = findings.compare(before, after)
    held = [findings.of(c).set_index("finding_id")["holds"] for c in (before, after)]
    fails = {f for f in held[0].index if held[0][f] and not held[1][f]}
    assert set(table.loc[table["what"] == "fails", "finding_id"]) == fails != set()
    assert set(findings.compare(after, before).query("what == 'holds'")["finding_id"]) == fails


def sentences(corpus) -> pd.Series:
    """What facts and findings say, by id."""
    told = pd.concat([findings.facts(corpus), findings.of(corpus)])
    return told.set_index("finding_id")["sentence"]


OTHER = {SUPPORTS: REJECTS, REJECTS: SUPPORTS}
HOW = {
    "removed": lambda row: [],
    "flipped": lambda row: [{**row, "stance": OTHER[row["stance"]]}],
    "asserted and denied": lambda row: [row, {**row, "stance": OTHER[row["stance"]]}],
}


def changed(records: list[dict], row: dict, how: str) -> list[dict]:
    return [new for r in records for new in (HOW[how](r) if r == row else [r])]


@pytest.mark.slow
@pytest.mark.parametrize("how", HOW)
def test_a_coding_that_is_changed_shows_in_the_findings_that_rest_on_it(committed, how):
    before = load(committed)
    records = rows(committed / "data" / "codings.csv")
    first = sentences(before)
    rests = set(findings.of(before)["claims"].explode())
    denied = [r for r in records if r["stance"] == REJECTS and r["claim_id"] in rests]
    assert denied
    for row in denied:
        codings = pd.DataFrame(changed(records, row, how))[list(before.codings)]
        after = before.replaced(codings=codings)
        table = findings.compare(before, after)
        reads = table[table["what"] == "reads"].set_index("finding_id")
        now = sentences(after)
        assert "no such finding" not in set(table["after"])
        assert set(reads.index) == set(now.index[now != first])
        assert reads["before"].to_dict() == first[reads.index].to_dict()
        assert reads["after"].to_dict() == now[reads.index].to_dict()
        same = list(findings.of(after)["claims"]) == list(findings.of(before)["claims"])
        if how == "flipped" or (how == "removed" and not same):  # a claim may deny in two codes
            assert len(reads), row


@pytest.mark.slow
@pytest.mark.parametrize("how", HOW)
def test_changes_tells_how_a_coding_was_changed_in_its_table(committed, how):
    path = committed / "data" / "codings.csv"
    before = sentences(load(committed))
    # A claim may not carry a code twice, so both stances are no change that can be read.
    row = next(
        r
        for r in rows(path)
        if r["stance"] == SUPPORTS and r["code"] == "label-alliance" and r["certainty"] == "sure"
    )
    write(path, changed(rows(path), row, how))
    done = run("changes", "--corpus", committed)
    if how == "asserted and denied":
        assert (done.returncode, "codings.csv" in done.stdout) == (1, True)
        return
    assert (done.returncode, done.stderr) == (0, "")
    now = sentences(load(committed))
    other = now.index[now != before]
    assert len(other)
    for name in other:
        told = f"{name} reads otherwise\n  before: {before[name]}\n  now:    {now[name]}\n"
        assert told in done.stdout
    assert done.stdout.count(" reads otherwise\n") == len(other)
    assert f"{len(other)} of {len(now)} facts and findings read otherwise than" in done.stdout


ONE_MORE = """

@finding("Is there one more?")
def one_more(said: Said):
    return True, f"There is, in {said}.", said
"""


def spelled_once(text: str, told: pd.Series) -> tuple[str, str]:
    """A finding, and words of its sentence that stand once in the file and in no other sentence."""
    for name, sentence in told.items():
        for words in re.findall(r"(?=\b(\w+ \w+ \w+ \w+)\b)", sentence):
            if text.count(words) == 1 == told.str.contains(words, regex=False).sum():
                return name, words
    raise AssertionError("no finding has words of its own")


@pytest.mark.slow
def test_changes_tells_a_finding_that_was_changed_added_or_taken_away(committed):
    own, count = committed / FILE, len(findings.of(load(committed)))
    opening = len(findings.facts(load(committed)))
    as_it_was = own.read_text("utf-8")
    name, words = spelled_once(as_it_was, sentences(load(committed)))
    own.write_text(as_it_was.replace(words, f"{words} indeed"), "utf-8")
    done = run("changes", "--corpus", committed)
    assert f"{name} reads otherwise\n" in done.stdout
    assert re.search(rf"now:    .*{words} indeed", done.stdout)
    assert f"1 of {count + opening} facts and findings read otherwise" in done.stdout
    own.write_text(as_it_was + ONE_MORE, "utf-8")
    done = run("changes", "--corpus", committed)
    words = f"There is, in {len(load(committed).claims)} claims."
    assert f"one-more reads otherwise\n  before: no such finding\n  now:    {words}" in done.stdout
    assert f"1 of {count + opening + 1} facts and findings read otherwise" in done.stdout
    own.unlink()
    done = run("changes", "--corpus", committed)
    assert done.returncode == 0
    assert done.stdout.count("now:    no such finding\n") == 2 * count + opening


def test_what_was_committed_keeps_its_findings_when_a_table_is_replaced(committed):
    before = findings.committed(committed)
    assert not before.folder.exists()
    same = before.replaced(codings=before.codings)
    assert findings.of(same).equals(findings.of(before))
    assert len(findings.of(before.where(voice="direct").replaced())) == len(findings.of(same)) > 0


def test_a_commit_with_a_link_out_of_the_folder_is_not_unpacked(committed):
    (committed / "data" / "link.csv").symlink_to("/etc/hostname")
    commit(committed)
    (committed / "data" / "link.csv").unlink()
    done = run("changes", "--corpus", committed)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("The last commit cannot be compared with: ")


def test_without_git_there_is_nothing_to_compare_with(copy):
    with pytest.raises(ValueError, match="lies in no git checkout"):
        findings.committed(copy)
