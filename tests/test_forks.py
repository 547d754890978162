"""How far findings hang on choices: all combinations, each fork by its name, and words that follow."""

import shutil
import subprocess

import numpy as np
import pandas as pd
import pytest
from conftest import rows, run, write

from helpers import charts, findings, load
from helpers.findings import choices as forks
from helpers.show import figures


def test_all_combinations_are_there_once_and_none_is_padding(corpus):
    table = forks.combinations(corpus)
    assert len(table) == table.nunique().prod()
    assert set(table["coding"]) == {forks.AS_CODED["coding"], *corpus.independent}
    assert not table.duplicated().any()
    assert dict(table.iloc[0]) == forks.AS_CODED


def test_the_way_it_is_coded_is_what_the_findings_say(corpus):
    stands = forks.evaluate(corpus).iloc[0]
    holds = findings.compute(corpus).set_index("finding_id")["holds"]
    assert all(stands[f] == holds[f] for f in holds.index)


def evidence():
    columns = ["coding", "reading", "position", "voice"]
    return pd.DataFrame([
        ("settled", "sure", "body", "direct"),
        ("settled", "arguable", "body", "direct"),
        ("settled", "alternative", "body", "direct"),
        ("settled", "sure", "headline", "outlet"),
        ("one", "sure", "body", "direct"),
        ("", "", "body", "outlet"),
    ], columns=columns)  # fmt: skip


@pytest.mark.parametrize(
    ("choice", "which"),
    [
        ({}, [1, 1, 0, 1, 0, 1]),
        ({"arguable": "dropped"}, [1, 0, 0, 1, 0, 1]),
        ({"arguable": "swapped"}, [1, 0, 1, 1, 0, 1]),
        ({"headlines": "left out"}, [1, 1, 0, 0, 0, 1]),
        ({"outlet": "left out"}, [1, 1, 0, 0, 0, 0]),
        ({"coding": "one"}, [0, 0, 0, 0, 1, 1]),
    ],
)
def test_each_choice_keeps_the_rows_it_should(choice, which):
    keep = forks.kept(evidence(), pd.DataFrame([{**forks.AS_CODED, **choice}]))
    assert keep.astype(int).tolist() == [which]


def test_a_choice_that_removes_the_subject_of_a_finding_is_none_for_it(corpus):
    table = forks.evaluate(corpus)
    named = corpus.findings[corpus.findings["not_forks"] != ""]
    assert len(named)
    for r in named.to_dict("records"):
        for fork in forks.not_forks(r):
            assert table.loc[table[fork] != forks.AS_CODED[fork], r["finding_id"]].isna().all()


def test_the_most_fragile_finding_stands_first(corpus):
    table = forks.robustness(corpus)
    share = table["kept"] / table["of"]
    assert share.is_monotonic_increasing
    assert table["fragile"].tolist() == (share < 1).tolist()
    assert table["words"].str.startswith("Fragile").tolist() == table["fragile"].tolist()


def test_a_finding_that_rests_on_one_claim_names_it(corpus):
    out = forks.left_out(corpus)
    robust = forks.robustness(corpus).set_index("finding_id")
    for r in out[out["kind"] == "claim"].itertuples():
        for finding in r.overturned:
            assert r.which in robust.loc[finding, "words"]
    assert robust["hangs_on"].map(bool).any()


def test_leaving_out_a_claim_is_deleting_its_rows(corpus):
    out = forks.left_out(corpus)
    claim = next(r for r in out.itertuples() if r.kind == "claim" and r.overturned)
    gone = {
        t: getattr(corpus, t)[getattr(corpus, t)["claim_id"] != claim.which]
        for t in ("codings", "mentions")
    }
    claims = corpus.claims.assign(
        event_id=corpus.claims["event_id"].where(corpus.claims["claim_id"] != claim.which, "")
    )
    after = findings.compute(corpus.replaced(**gone, claims=claims)).set_index("finding_id")[
        "holds"
    ]
    before = findings.compute(corpus).set_index("finding_id")["holds"]
    assert set(before.index[before != after]) == set(claim.overturned)


def test_flipping_one_coding_changes_the_words(corpus):
    table = corpus.codings.copy()
    at = table.index[(table["claim_id"] == "rks-38") & (table["code"] == "label-alliance")]
    table.loc[at, "stance"] = "rejects"
    changed = corpus.replaced(codings=table)
    assert len(findings.compare(corpus, changed))
    assert forks.robustness(changed)["words"].tolist() != forks.robustness(corpus)["words"].tolist()


def test_the_swapped_reading_is_the_opponents(corpus):
    rows_ = forks.evidence(corpus)
    other = rows_[(rows_["reading"] == "alternative") & (rows_["coding"] == "settled")]
    wanted = corpus.codings[~corpus.codings["alternative"].isin(["", "none"])]
    assert set(zip(other["claim_id"], other["value"], other["stance"], strict=True)) == set(
        zip(wanted["claim_id"], wanted["alternative"], wanted["alternative_stance"], strict=True)
    )


def test_a_definition_whose_criteria_are_stated_turns_the_finding(corpus):
    table = forks.definitions(corpus)
    assert table["holds"].any()
    assert not table["holds"].all()


def test_the_caption_of_a_fragile_finding_says_so(corpus):
    robust = forks.robustness(corpus).set_index("finding_id")["words"]
    shown = corpus.findings[corpus.findings["chart"] == "labels"]["finding_id"].iloc[0]
    assert robust[shown] in figures.make(corpus, "04-labels").caption


def test_no_share_is_stated_where_counts_are_few(corpus):
    for words in [*forks.robustness(corpus)["words"], *findings.compute(corpus)["sentence"]]:
        assert "%" not in words
        assert "per cent" not in words


def test_a_blank_sheet_filled_in_is_compared_like_the_others(whole_copy, tmp_path):
    sheet = tmp_path / "sheet"
    done = run("sheet", "--to", sheet)
    assert (done.returncode, done.stderr) == (0, "")
    assert {p.name for p in sheet.iterdir()} >= {
        "claims.csv",
        "codings.csv",
        "omissions.csv",
        "codebook.csv",
        "README.md",
        "instructions.md",
    }
    articles = {p.name for p in (sheet / "articles").iterdir()}
    assert articles == {p.name for p in (whole_copy / "seeds").iterdir()}
    for name in ("claims", "codings", "omissions"):
        filled = rows(whole_copy / "data" / "coders" / "one" / f"{name}.csv")
        assert (sheet / f"{name}.csv").read_text("utf-8").strip() == ",".join(filled[0])
        write(sheet / f"{name}.csv", filled)
    shutil.copytree(sheet, whole_copy / "data" / "coders" / "ana")
    coders = rows(whole_copy / "data" / "coders.csv")
    write(
        whole_copy / "data" / "coders.csv",
        [
            *coders,
            {"coder_id": "ana", "kind": "human", "how": "By hand.", "had_seen": "The articles."},
        ],
    )
    corpus = load(whole_copy)
    from helpers.findings import agreement

    assert "one and ana" in agreement.of_spans(corpus)
    same = agreement.of_attributes(corpus).query("coders == 'one and ana'")
    assert (same["agree"] == len(rows(sheet / "claims.csv"))).all()
    assert "once by a person" in charts.coding_words(corpus, corpus.sources)
    assert "no human review" not in charts.coding_words(corpus, corpus.sources)


def test_a_sheet_is_not_written_over_something(tmp_path):
    (tmp_path / "kept.txt").write_text("mine")
    done = run("sheet", "--to", tmp_path)
    assert done.returncode == 1
    assert "not empty" in done.stdout
    assert "Traceback" not in done.stderr


def test_changes_since_the_last_commit_are_named(copy):
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *arguments], cwd=copy, check=True, capture_output=True)
    path = copy / "data" / "codings.csv"
    write(
        path, [r for r in rows(path) if (r["claim_id"], r["code"]) != ("rks-38", "label-alliance")]
    )
    before, after = findings.committed(copy), load(copy)
    table = findings.compare(before, after)
    first, then = table.set_index("finding_id").loc["alliance-whose-word", ["before", "after"]]
    assert first != then
    sturdy = findings.compare_sturdiness(before, after).set_index("finding_id")
    assert "rks-38" not in sturdy.loc["alliance-whose-word", "after"]


def test_without_git_there_is_nothing_to_compare_with(copy):
    with pytest.raises(ValueError, match="lies in no git checkout"):
        findings.committed(copy)


def test_masks_and_single_views_agree(corpus):
    every = forks.evaluate(corpus)
    some = every.iloc[np.linspace(0, len(every) - 1, 7).astype(int)]
    for _, row in some.iterrows():
        one = forks.evaluate(corpus, pd.DataFrame([row[list(forks.AS_CODED)]]))
        for f in corpus.findings["finding_id"]:
            assert (pd.isna(one[f].iloc[0]) and pd.isna(row[f])) or one[f].iloc[0] == row[f]
