"""The project keeps its word: what README names is there, what is frozen stays, names are data."""

import hashlib
import re
import subprocess

import pytest
from conftest import rows

from helpers.corpus import HOME

README = (HOME / "README.md").read_text("utf-8")


def test_the_articles_are_the_ones_that_were_coded():
    for source in rows(HOME / "data" / "sources.csv"):
        assert hashlib.sha256((HOME / source["path"]).read_bytes()).hexdigest() == source["sha256"]


def test_the_codebook_is_the_one_the_coders_were_given():
    given = rows(HOME / "data" / "coders" / "codebook_as_given.csv")
    now = {r["code"]: r for r in rows(HOME / "data" / "codebook.csv")}
    assert [{k: now[r["code"]][k] for k in r} for r in given] == given
    added = set(now) - {r["code"] for r in given}
    assert {now[c]["facet"] for c in added} == {"voice"}


def test_every_difference_of_the_codings_is_settled_with_a_reason():
    settled = rows(HOME / "data" / "adjudication.csv")
    assert settled
    assert all(r["reason"].strip() and r["settled"] in ("one", "two") for r in settled)


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


def test_links_in_readme_lead_somewhere():
    links = re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", README)
    assert links
    for link in links:
        assert (HOME / link).exists(), link


def test_files_and_commands_that_readme_names_exist():
    for name in re.findall(
        r"`((?:seeds|data|helpers|notebooks|figures|tests)/[^`*<>\s]*)`", README
    ):
        assert (HOME / name).exists(), name
    commands = re.findall(r"-m helpers (\w+)", README)
    help_text = subprocess.run(
        [*_python(), "-m", "helpers", "--help"], capture_output=True, text=True, cwd=HOME
    ).stdout
    assert commands
    for command in commands:
        assert command in help_text, command


def _python():
    import sys

    return [sys.executable]


def test_readme_states_every_finding_as_it_is_computed(corpus):
    from helpers import findings

    for sentence in findings.compute(corpus)["sentence"]:
        assert sentence in README, sentence


def test_ci_runs_the_command_that_readme_gives():
    script = (HOME / ".ci" / "run").read_text("utf-8")
    assert "README.md" in script
    assert "-m pytest" in README


@pytest.mark.parametrize("line", (HOME / "requirements.txt").read_text("utf-8").splitlines())
def test_each_requirement_is_pinned_and_says_what_it_is_for(line):
    if line.strip() and not line.startswith(("#", "-")):
        assert re.match(r"[a-z0-9-]+(==|<)[\w.]+ +# .+", line), line


def test_the_table_on_speed_comes_from_the_run():
    import sys

    sys.path.insert(0, str(HOME))
    from benchmarks.__main__ import table

    assert table(rows(HOME / "benchmarks" / "results.csv")) in README
