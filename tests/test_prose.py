"""Prose that is true of another number of articles is listed, and nothing else is."""

import dataclasses
import json

import pytest
from conftest import run

from helpers import load
from helpers.corpus import HOME
from helpers.show import prose

pytestmark = pytest.mark.slow  # it takes long, and seldom breaks alone

EXAMPLE = HOME / "notebooks" / "howto" / "example_article.txt"


def told_in(folder, readme: str, cell: str = ""):
    """A corpus with some words in its README and in a cell of a notebook."""
    (folder / "README.md").write_text(readme, "utf-8")
    (folder / "notebooks").mkdir(exist_ok=True)
    cells = [{"cell_type": "markdown", "source": [cell]}]
    (folder / "notebooks" / "a.ipynb").write_text(json.dumps({"cells": cells}), "utf-8")
    return prose.outdated(load(folder))


@pytest.mark.parametrize(
    "sentence",
    ["The thirteen of them are {other} long articles.", "There are {other} articles."],
)
def test_another_number_of_articles_is_found_in_its_sentence(whole_copy, sentence):
    count = len(load(whole_copy).sources)
    for n, word in enumerate(prose.NUMBERS[1:], start=prose.PAIR):
        said = sentence.format(other=word)
        found = told_in(whole_copy, f"First. {said} Last.", said)
        mine = found[~found["file"].str.startswith("data/")]
        places = [("README.md", "", said), ("notebooks/a.ipynb", "0", said)]
        assert list(mine.itertuples(index=False, name=None)) == (places if n != count else [])


PAIRS = "Both articles are short. Neither article has a date. Both codings of articles are here."


@pytest.mark.parametrize("count", [2, 3])
def test_words_for_a_pair_are_found_where_there_is_none(count):
    found = [s for s in prose.SENTENCE.split(PAIRS) if prose._other_number(count).search(s)]
    assert found == ([] if count == 2 else prose.SENTENCE.split(PAIRS)[:2])


def test_what_a_command_writes_is_not_prose(whole_copy):
    for word in prose.NUMBERS:
        written = f"<!-- facts: written by `x` -->\nOf {word} articles.\n<!-- end of facts -->"
        assert "README.md" not in set(told_in(whole_copy, written)["file"])


def test_two_of_the_articles_is_true_of_any_number(whole_copy):
    assert (
        told_in(whole_copy, "It had read two of the articles.").query("file == 'README.md'").empty
    )


def test_what_is_said_of_all_articles_or_none_is_to_be_read_again_with_the_rest(whole_copy):
    count = len(load(whole_copy).sources)
    right, wrong = prose.NUMBERS[count - 1], prose.NUMBERS[count]
    general = "None states a date."
    for word in (right, wrong):
        told_in(whole_copy, f"These are {word} articles. {general}")
        read = load(whole_copy)
        read = read.replaced(coders=read.coders.assign(how=""))
        package = {**read.package, "title": "", "description": ""}
        again = prose.to_read_again(dataclasses.replace(read, package=package, memo={}))
        assert (general in set(again["sentence"])) == (word == wrong)


def test_check_names_prose_and_sources_after_one_more_article(whole_copy):
    word = prose.NUMBERS[len(load(whole_copy).sources) - 1]
    told_in(whole_copy, f"These are {word} news articles.", f"**The {word} articles.**")
    before = run("check", "--corpus", whole_copy).stdout
    assert "README.md: is this still true" not in before
    assert "among its sources" not in before
    assert not run("draft", EXAMPLE, "--corpus", whole_copy).returncode
    after = run("check", "--corpus", whole_copy).stdout
    asked = f"is this still true of {len(load(whole_copy).sources)} articles?"
    assert f"note: README.md: {asked} “These are {word} news articles.”" in after
    assert f"note: notebooks/a.ipynb, cell 0: {asked} “**The {word} articles.**”" in after
    assert "data/datapackage.json does not name among its sources: “" in after
