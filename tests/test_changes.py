"""What a change changes, and a coder's sheet that is filled in."""

import re
import shutil
import subprocess

import pandas as pd
import pytest
from conftest import rows, run, write

from helpers import charts, findings, load
from helpers.corpus import HOME
from helpers.corpus.schema import CODER_TABLES, REJECTS, SUPPORTS
from helpers.findings import agreement
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
    count = len(findings.of(load(committed)))
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        f"0 of {count} findings read otherwise than in the last commit.",
        f"0 of {count} findings depend on something else than in the last commit.",
    ]


OTHER = {SUPPORTS: REJECTS, REJECTS: SUPPORTS}
HOW = {
    "removed": lambda row: [],
    "flipped": lambda row: [{**row, "stance": OTHER[row["stance"]]}],
    "asserted and denied": lambda row: [row, {**row, "stance": OTHER[row["stance"]]}],
}


def changed(records: list[dict], row: dict, how: str) -> list[dict]:
    return [new for r in records for new in (HOW[how](r) if r == row else [r])]


@pytest.mark.parametrize("how", HOW)
def test_a_coding_that_is_changed_shows_in_the_findings_that_rest_on_it(committed, how):
    before = load(committed)
    records = rows(committed / "data" / "codings.csv")
    first = findings.of(before).set_index("finding_id")["sentence"]
    rests = set(findings.of(before)["claims"].explode())
    denied = [r for r in records if r["stance"] == REJECTS and r["claim_id"] in rests]
    assert denied
    for row in denied:
        codings = pd.DataFrame(changed(records, row, how))[list(before.codings)]
        after = before.replaced(codings=codings)
        table = findings.compare(before, after)
        reads = table[table["what"] == "reads"].set_index("finding_id")
        now = findings.of(after).set_index("finding_id")["sentence"]
        assert "not stated" not in set(table["after"])
        assert set(reads.index) == set(now.index[now != first])
        assert reads["before"].to_dict() == first[reads.index].to_dict()
        assert reads["after"].to_dict() == now[reads.index].to_dict()
        same = list(findings.of(after)["claims"]) == list(findings.of(before)["claims"])
        if how == "flipped" or (how == "removed" and not same):  # a claim may deny in two codes
            assert len(reads), row


@pytest.mark.parametrize("how", HOW)
def test_changes_tells_how_a_coding_was_changed_in_its_table(committed, how):
    path = committed / "data" / "codings.csv"
    before = findings.of(load(committed)).set_index("finding_id")["sentence"]
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
    now = findings.of(load(committed)).set_index("finding_id")["sentence"]
    other = now.index[now != before]
    assert len(other)
    for name in other:
        told = f"{name} reads otherwise\n  before: {before[name]}\n  now:    {now[name]}\n"
        assert told in done.stdout
    assert done.stdout.count(" reads otherwise\n") == len(other)
    assert f"{len(other)} of {len(now)} findings read otherwise than" in done.stdout


ONE_MORE = """

@finding("Is there one more?")
def one_more(said: Said):
    return True, f"There is, in {said}.", said
"""


def test_changes_tells_a_finding_that_was_changed_added_or_taken_away(committed):
    own, count = committed / FILE, len(findings.of(load(committed)))
    as_it_was = own.read_text("utf-8")
    own.write_text(as_it_was.replace("never quoted", "never ever quoted"), "utf-8")
    done = run("changes", "--corpus", committed)
    assert "named-not-quoted reads otherwise\n" in done.stdout
    assert re.search(r"now:    .*never ever quoted", done.stdout)
    assert f"1 of {count} findings read otherwise" in done.stdout
    own.write_text(as_it_was + ONE_MORE, "utf-8")
    done = run("changes", "--corpus", committed)
    words = f"There is, in {len(load(committed).claims)} claims."
    assert f"one-more reads otherwise\n  before: not stated\n  now:    {words}" in done.stdout
    assert f"1 of {count + 1} findings read otherwise" in done.stdout
    own.unlink()
    done = run("changes", "--corpus", committed)
    assert done.returncode == 0
    assert done.stdout.count("now:    not stated\n") == 2 * count


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


def test_a_blank_sheet_filled_in_is_compared_like_the_others(whole_copy, tmp_path):
    sheet = tmp_path / "sheet"
    done = run("sheet", "--to", sheet)
    assert (done.returncode, done.stderr) == (0, "")
    assert {"codebook.csv", "README.md", "instructions.md"} <= {p.name for p in sheet.iterdir()}
    articles = {p.name for p in (sheet / "articles").iterdir()}
    assert articles == {p.name for p in (whole_copy / "seeds").iterdir()}
    coder = rows(whole_copy / "data" / "coders.csv")[0]["coder_id"]
    for name in CODER_TABLES:
        path = whole_copy / "data" / "coders" / coder / f"{name}.csv"
        header = path.read_text("utf-8").split("\n")[0]
        assert (sheet / f"{name}.csv").read_text("utf-8").strip() == header
        shutil.copyfile(path, sheet / f"{name}.csv")
    shutil.copytree(sheet, whole_copy / "data" / "coders" / "ana")
    ana = {"coder_id": "ana", "kind": "human", "how": "By hand.", "had_seen": "The articles."}
    write(whole_copy / "data" / "coders.csv", [*rows(whole_copy / "data" / "coders.csv"), ana])
    corpus = load(whole_copy)
    assert f"{coder} and ana" in agreement.of_spans(corpus)
    same = agreement.of_attributes(corpus).query("coders == @coder + ' and ana'")
    assert (same["agree"] == len(rows(sheet / "claims.csv"))).all()
    assert "once by a person" in charts.coding_words(corpus, corpus.sources)
    assert "no human review" not in charts.coding_words(corpus, corpus.sources)


def test_a_sheet_is_not_written_over_something(tmp_path):
    (tmp_path / "kept.txt").write_text("mine")
    done = run("sheet", "--to", tmp_path)
    assert done.returncode == 1
    assert "not empty" in done.stdout
    assert "Traceback" not in done.stderr
