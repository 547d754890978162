"""A person checks claims, and each finding says so."""

import re

import pandas as pd
import pytest
from conftest import rows, run

from helpers import charts, findings, load
from helpers.extend import review
from helpers.show import brief, notebook, rebuild

pytestmark = pytest.mark.slow  # it takes long, and seldom breaks alone


def wrote(folder, verdicts: dict[str, tuple[str, str]], **how):
    """A list filled in for some claims, as a spreadsheet saves it."""
    if not (folder / "review").exists():
        assert run("review", "--corpus", folder).returncode == 0
    table = pd.read_csv(
        folder / "review" / "review.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig"
    ).set_index("claim_id")
    for claim, (verdict, note) in verdicts.items():
        table.loc[claim, ["verdict", "note"]] = [verdict, note]
    table.reset_index().to_csv(folder / "filled.csv", index=False, **how)
    return folder / "filled.csv"


def read(folder, path, name="ana"):
    return run("review", "--read", path, "--as", name, "--corpus", folder)


@pytest.mark.parametrize("name", ["one", "two"])
def test_a_machine_is_no_person_who_checks(whole_copy, first, name):
    path = wrote(whole_copy, {first[0]: ("agree", "")})
    done = read(whole_copy, path, name)
    assert done.returncode == 1
    assert f"“{name}”: is a coding by a language model, and no person" in done.stdout
    assert load(whole_copy).reviews.empty


@pytest.fixture
def first(corpus) -> tuple[str, ...]:
    """The claims of the first finding."""
    return findings.of(corpus)["claims"].iloc[0]


def test_the_list_has_every_claim_that_a_finding_rests_on_in_its_sentence(copy, corpus):
    run("review", "--corpus", copy)
    wanted = {c for ids in findings.of(corpus)["claims"] for c in ids}
    # without notebooks there is no finding, and every claim is to be checked
    assert {r["claim_id"].lstrip("\ufeff") for r in _list(copy)} == set(
        load(copy).claims["claim_id"]
    )
    table = review.sheet(corpus, findings.weightiest(corpus))
    assert set(table["claim_id"]) == wanted
    assert len(table) == len(wanted)
    known = corpus.claims.set_index("claim_id")
    for r in table.itertuples():
        claim = known.loc[r.claim_id]
        assert r.quote == claim["quote"]
        assert f"{r.before}{r.quote}{r.after}" in corpus.texts[claim["source_id"]]
        assert r.says.startswith(corpus.names[claim["speaker_id"]])
        assert claim["proposition"] in r.says
    page = (copy / "review" / "review.html").read_text("utf-8")
    assert page.count("<section>") == len(load(copy).claims)
    for verdict in ("agree", "disagree", "unsure"):
        assert page.count(f"☐ {verdict}") == len(load(copy).claims)


def test_first_come_the_claims_on_which_most_depends(corpus):
    listed = findings.weightiest(corpus)
    alone = {c for ids in findings.dependence(corpus)["claims"] for c in ids}
    assert alone
    arguable = set(corpus.codings.loc[corpus.codings["certainty"] == "arguable", "claim_id"])
    first = [c in alone | arguable for c in listed]
    assert first == sorted(first, reverse=True)
    resting = [c for ids in findings.of(corpus)["claims"] for c in ids]
    counts = [resting.count(c) for c, early in zip(listed, first, strict=True) if not early]
    assert counts == sorted(counts, reverse=True)


def _list(folder):
    return [
        {k.lstrip("\ufeff"): v for k, v in r.items()} for r in rows(folder / "review/review.csv")
    ]


def test_what_the_coding_says_is_told_with_every_code_and_whether_it_is_denied(corpus):
    told, book = review.in_words(corpus), corpus.codebook.set_index("code")["label"]
    for r in corpus.codings.itertuples():
        words = told[r.claim_id].split(" Denies: ")
        if r.stance == "rejects":
            assert book[r.code] in words[1]
        else:
            assert book[r.code] in words[0].split("Asserts or uses: ")[1]
        assert ("Could be read otherwise" in told[r.claim_id]) or r.certainty == "sure"


@pytest.mark.parametrize("how", [{}, {"sep": ";", "encoding": "utf-8-sig"}, {"sep": "\t"}])
def test_verdicts_come_back_from_any_spreadsheet(copy, how):
    claims = list(load(copy).claims["claim_id"][:6])
    verdicts = dict.fromkeys(claims, ("Agree", "")) | {claims[1]: ("DISAGREE ", "=no, „nein“")}
    done = read(copy, wrote(copy, verdicts, **how))
    assert (done.returncode, done.stderr) == (0, "")
    assert "6 claims checked by ana: 5 agree, 1 disagree" in done.stdout
    found = rows(copy / "data" / "reviews.csv")
    assert [r["claim_id"] for r in found] == claims
    assert {(r["reviewer"], r["verdict"]) for r in found} == {("ana", "agree"), ("ana", "disagree")}
    assert found[1]["note"] == "'=no, „nein“"  # which no spreadsheet runs
    load(copy)


def test_a_second_verdict_of_a_person_replaces_the_first_and_not_anothers(copy):
    one, two = load(copy).claims["claim_id"][:2]
    read(copy, wrote(copy, {one: ("agree", ""), two: ("agree", "")}))
    read(copy, wrote(copy, {one: ("unsure", "")}), "bob")
    done = read(copy, wrote(copy, {one: ("disagree", "")}))
    assert "in the place of earlier ones" in done.stdout
    found = {(r["claim_id"], r["reviewer"]): r["verdict"] for r in rows(copy / "data/reviews.csv")}
    assert found == {(one, "ana"): "disagree", (two, "ana"): "agree", (one, "bob"): "unsure"}


def test_all_that_is_wrong_in_a_list_is_named_and_nothing_is_read(copy):
    claims = list(load(copy).claims["claim_id"][:3])
    old = load(copy).retired.iloc[0]
    before = (copy / "data" / "reviews.csv").read_bytes()
    path = wrote(
        copy, {claims[0]: ("agre", ""), claims[1]: ("", "a note"), claims[2]: ("agree", "")}
    )
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{old['old_id']},,,,agree,\n{claims[2]},,,,unsure,\n{claims[0]}0,,,,agree,\n")
    done = read(copy, path)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("5 problems")
    assert "“agre”: expected one of agree, disagree, unsure. Did you mean “agree”?" in done.stdout
    assert "column note: “a note”: goes with a verdict" in done.stdout
    assert f"is a claim no more; for it stands {old['new_ids']}." in done.stdout
    assert "has a verdict already" in done.stdout
    assert f"no such claim. Did you mean “{claims[0]}”?" in done.stdout
    assert (copy / "data" / "reviews.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("text", "said"),
    {
        "claim_id,note\n": "column verdict: this column is missing",
        "claim_id,verdict\n": "is blank throughout",
        "": "column claim_id: this column is missing",
    }.items(),
)
def test_a_list_without_verdicts_is_refused(copy, text, said):
    (copy / "filled.csv").write_text(text, "utf-8")
    done = read(copy, copy / "filled.csv")
    assert done.returncode == 1
    assert said in done.stdout


def test_a_filled_list_is_not_written_over(copy):
    run("review", "--corpus", copy)
    done = run("review", "--corpus", copy)
    assert done.returncode == 1
    assert "not empty" in done.stdout


# What is said of it


def checked(corpus, *reviews):
    table = pd.DataFrame(reviews, columns=["claim_id", "reviewer", "verdict", "note"])
    return corpus.replaced(reviews=table)


def shown(corpus, monkeypatch) -> tuple[str, str]:
    """What a notebook shows of the findings: HTML and text."""
    out = []
    monkeypatch.setattr(notebook, "_display", lambda html, plain: out.append((str(html), plain)))
    notebook.findings(corpus)
    return out[0]


def test_a_finding_says_what_of_it_was_checked_wherever_it_stands(corpus, first, monkeypatch):
    marks = [(c, "ana", "agree", "") for c in first[1:]]
    some = checked(corpus, *marks, (first[0], "ana", "disagree", "not <b>so</b>"))
    words = f"Checked by a person: {len(first)} of {len(first)} claims, 1 disagreement."
    assert findings.checked_words(some, first) == words
    monkeypatch.chdir(corpus.folder / "notebooks")
    html, plain = shown(some, monkeypatch)
    assert f'<a href="../data/reviews.csv">{words}</a>' in html
    assert "not &lt;b&gt;so&lt;/b&gt;" in html
    assert words in plain.splitlines()[0]
    readme = rebuild.readme(some)["README.md"]
    line = next(x for x in readme.splitlines() if x.startswith("1. "))
    assert line.endswith(f"[{words}](data/reviews.csv)")
    assert words in brief.html(some)
    count = len(first)
    total = f"{count} of {len(corpus.claims)} claims, 1 disagreement."
    assert f"<!-- review -->**checked by a person: {total}**<!-- end of review -->" in readme
    assert f"{count} of {len(corpus.claims)} claims checked by a person" in brief.html(some)


def test_without_reviews_nothing_is_said_of_them(corpus, first, monkeypatch):
    none = checked(corpus)
    assert findings.checked_words(none, first) == ""
    assert "hecked by" not in "".join(shown(none, monkeypatch))
    readme = rebuild.readme(none)["README.md"]
    assert "**no human has reviewed it.**" in readme
    assert "hecked by" not in re.search("<!-- findings.*end of findings", readme, re.S)[0]
    assert "no human review" in charts.coding_words(none, none.sources)


def test_a_source_line_counts_the_claims_of_its_figure_alone(corpus):
    mine = list(dict.fromkeys(charts.labels(corpus).rows["claim_id"]))
    other = next(c for c in corpus.claims["claim_id"] if c not in mine)
    some = checked(corpus, (mine[0], "ana", "agree", ""), (other, "ana", "agree", ""))
    assert re.search(r"\b1 of \d+ claims checked by a person", charts.labels(some).wording.source)
    alone = checked(corpus, (other, "ana", "agree", ""))
    assert re.search(r"none of \d+ claims checked by a person", charts.labels(alone).wording.source)


def test_several_persons_count_once_a_claim_and_one_who_disagrees_is_not_outvoted(corpus, first):
    some = checked(
        corpus,
        (first[0], "ana", "agree", ""),
        (first[0], "bob", "disagree", ""),
        (first[1], "bob", "unsure", ""),
    )
    words = f"Checked by 2 persons: 2 of {len(first)} claims, 1 disagreement, 1 unsure."
    assert findings.checked_words(some, first) == words
