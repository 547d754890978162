"""What a change changes, and a coder's sheet that is filled in."""

import shutil
import subprocess

import pytest
from conftest import rows, run, write

from helpers import charts, findings, load
from helpers.corpus import HOME
from helpers.findings import agreement
from helpers.findings.statement import FILE


@pytest.fixture
def committed(copy):
    """A copy of the corpus with its findings, committed to a git checkout of its own."""
    (copy / FILE).parent.mkdir()
    shutil.copy(HOME / FILE, copy / FILE)
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *arguments], cwd=copy, check=True, capture_output=True)
    return copy


def test_nothing_changed_is_said(committed):
    done = run("changes", "--corpus", committed)
    count = len(findings.of(load(committed)))
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        f"0 of {count} findings read otherwise than in the last commit.",
        f"0 of {count} findings depend on something else than in the last commit.",
    ]


@pytest.mark.parametrize("how", ["removed", "flipped"])
def test_a_coding_that_is_changed_shows_in_the_findings_that_rest_on_it(committed, how):
    path = committed / "data" / "codings.csv"
    told = 0
    before = findings.committed(committed)
    denied = [r for r in rows(path) if r["stance"] == "rejects"]
    rests = set(findings.of(before)["claims"].explode())
    for row in denied:
        others = [r for r in rows(path) if r != row]
        kept = others if how == "removed" else [*others, {**row, "stance": "supports"}]
        codings = before.codings.iloc[:0].copy()
        codings = type(codings)(kept)[list(codings.columns)]
        table = findings.compare(before, before.replaced(codings=codings))
        told += row["claim_id"] in rests and (table["what"] == "reads").any()
    assert told >= len({r["claim_id"] for r in denied if r["claim_id"] in rests})


def test_changes_tells_a_coding_and_a_finding_that_were_changed(committed):
    path = committed / "data" / "codings.csv"
    rests = findings.of(load(committed)).set_index("finding_id")["claims"]
    first = rests.index[0]
    kept = [r for r in rows(path) if r["claim_id"] != rests[first][0]]
    write(path, kept)
    assert f"{first} reads otherwise" in run("changes", "--corpus", committed).stdout
    write(path, rows(HOME / "data" / "codings.csv"))
    own = committed / FILE
    own.write_text(own.read_text("utf-8").replace("never quoted", "never ever quoted"), "utf-8")
    done = run("changes", "--corpus", committed)
    assert "never ever quoted" in done.stdout
    assert "1 of " in done.stdout


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
    for name in ("claims", "codings", "omissions"):
        filled = rows(whole_copy / "data" / "coders" / coder / f"{name}.csv")
        assert (sheet / f"{name}.csv").read_text("utf-8").strip() == ",".join(filled[0])
        write(sheet / f"{name}.csv", filled)
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
