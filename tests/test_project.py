"""The project keeps its word: what README names is there, what is frozen stays, names are data."""

import contextlib
import hashlib
import io
import json
import re
import sys

import pytest
import yaml
from conftest import rows

from helpers import findings
from helpers.__main__ import main
from helpers.corpus import HOME

sys.path.insert(0, str(HOME))  # benchmarks is no part of what is installed
from benchmarks import __main__ as benchmarks

PAGES = [HOME / "README.md", HOME / "CONTRIBUTING.md", HOME / "benchmarks" / "README.md"]
README, CONTRIBUTING = (page.read_text("utf-8") for page in PAGES[:2])
FOLDERS = [p.name for p in HOME.iterdir() if p.is_dir() and not p.name.startswith(".")]


def test_the_articles_are_the_ones_that_were_coded():
    for source in rows(HOME / "data" / "sources.csv"):
        assert hashlib.sha256((HOME / source["path"]).read_bytes()).hexdigest() == source["sha256"]


def test_each_code_that_the_coders_were_given_stands_as_it_was():
    """Others may have been added since."""
    given = rows(HOME / "data" / "coders" / "codebook_as_given.csv")
    now = {r["code"]: r for r in rows(HOME / "data" / "codebook.csv")}
    assert [{k: now[r["code"]][k] for k in r} for r in given] == given


def test_every_difference_of_the_codings_is_settled_with_a_reason():
    settled = rows(HOME / "data" / "adjudication.csv")
    assert settled
    assert all(r["reason"].strip() and r["settled"] in ("one", "two") for r in settled)


@pytest.mark.slow
def test_the_helpers_spell_no_name_from_the_data():
    names = set()
    for table, columns in {
        "actors": ["actor_id", "name", "short_name"],
        "sources": ["source_id"],
        "events": ["event_id"],
    }.items():
        names |= {r[c] for r in rows(HOME / "data" / f"{table}.csv") for c in columns}
    book = rows(HOME / "data" / "codebook.csv")
    names |= {r["code"] for r in book if r["facet"] != "voice" and "-" in r["code"]}
    names -= {"", "signing"}
    for path in (HOME / "helpers").rglob("*.py"):
        words = path.read_text("utf-8")
        for name in names:
            assert not re.search(rf"\b{re.escape(name)}\b", words), f"{path.name} spells {name}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(HOME).as_posix())
def test_links_of_a_page_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", page.read_text("utf-8"))
    for link in links:
        assert (page.parent / link).exists(), link


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_files_that_the_pages_name_exist(text):
    named = re.findall(rf"`((?:{'|'.join(FOLDERS)})/[^`*<>\s]*)`", text)
    assert named
    for name in named:
        assert (HOME / name).exists(), name


def test_readme_has_every_command_and_no_other():
    told = re.findall(r"^\| `(\w+)(?: [\w.]+)?` \|", README, re.M)
    with contextlib.redirect_stdout(io.StringIO()) as shown, pytest.raises(SystemExit):
        main(["--help"])
    assert sorted(told) == sorted(re.findall(r"^    (\w+) ", shown.getvalue(), re.M))


def test_readme_is_short():
    """Words outside commands and what is computed: whatever has a letter or digit in it."""
    findings_ = r"<!-- (facts|findings):.*?<!-- end of \1 -->"
    words = re.sub(rf"{findings_}|```.*?```", "", README, flags=re.S).split()
    assert sum(bool(re.search(r"\w", word)) for word in words) <= 700


def test_readme_states_every_finding_and_what_it_depends_on_as_they_are_computed(corpus):
    found = findings.of(corpus).merge(findings.dependence(corpus)[["finding_id", "words"]])
    assert len(found) == len(findings.of(corpus)) > 0
    lines = []
    for n, r in enumerate(found.itertuples(), 1):
        words = findings.checked_words(corpus, r.claims)
        checked = f" [{words}](data/reviews.csv)" if words else ""
        lines.append(f"{n}. **{r.sentence}** {r.words}{checked}")
    stated = re.search(r"<!-- findings:.*?-->\n(.*)\n<!-- end of findings -->", README, re.S)[1]
    assert stated.splitlines() == lines


def test_what_is_cited_is_said_alike_everywhere_and_no_licence_is_made_up():
    package = json.loads((HOME / "data" / "datapackage.json").read_text("utf-8"))
    cited = yaml.safe_load((HOME / "CITATION.cff").read_text("utf-8"))
    for name in ("title", "version", "keywords"):
        assert cited[name] == package[name], name
    assert {"cff-version", "message", "authors"} <= set(cited)
    assert {a["name"] for a in cited["authors"]} <= {c["title"] for c in package["contributors"]}
    kept = [n for n in ("LICENSE", "LICENCE", "COPYING") if list(HOME.glob(f"{n}*"))]
    if not kept:
        assert "licenses" not in package
        assert "license" not in cited
        assert "No licence has been chosen yet" in README


def test_the_data_package_names_each_article_as_a_source(corpus):
    told = [s["title"] for s in corpus.package["sources"]]
    assert len(told) == len(corpus.sources)
    for title, r in zip(told, corpus.sources.itertuples(), strict=True):
        assert r.headline in title
        assert corpus.names[r.outlet_id] in title
        assert r.path in title


def test_readme_and_its_findings_say_whether_a_person_has_checked(corpus):
    assert f"**{findings.reviewed(corpus)}**" in README


def test_ci_runs_the_command_that_readme_gives():
    script = (HOME / ".ci" / "run").read_text("utf-8")
    pattern = re.search(r"grep -m1 -E '(.+)' README\.md", script)[1]
    command = re.findall(pattern, README, re.M)[0]
    assert command in re.findall(r"```\n(.+)\n```", README)
    assert 'eval "$command"' in script


@pytest.mark.parametrize("line", (HOME / "requirements.txt").read_text("utf-8").splitlines())
def test_each_requirement_is_pinned_and_says_what_it_is_for(line):
    if line.strip() and not line.startswith(("#", "-")):
        assert re.match(r"[a-z0-9-]+(==|<)[\w.]+ +# .+", line), line


def test_what_is_said_of_speed_comes_from_the_run():
    records = rows(HOME / "benchmarks" / "results.csv")
    assert benchmarks.table(records) in (HOME / "benchmarks" / "README.md").read_text("utf-8")
    assert benchmarks.sentences(records) in README
