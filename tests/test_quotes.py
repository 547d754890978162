"""Quotes are found where they stand; one that has drifted is shown what does stand there."""

import itertools
import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.corpus import quotes

TEXT = "“We are united,” he said.\nWe are united – and open. Vučić’s pact: a pact.\nЇжа 2025."


def test_the_only_occurrence_needs_no_number():
    start, end, differs = quotes.locate(TEXT, "and open")
    assert (TEXT[start:end], differs) == ("and open", "")


def test_an_ambiguous_quote_says_how_often_it_stands_and_where():
    with pytest.raises(LookupError, match=r"stands 2 times.*1: “.*2: “"):
        quotes.locate(TEXT, "We are united")


def test_an_occurrence_is_counted_from_the_top():
    assert quotes.locate(TEXT, "pact", 2)[0] == TEXT.rindex("pact")


def test_an_occurrence_too_high_is_refused():
    with pytest.raises(LookupError, match="occurrence is 3, but this stands 2 times"):
        quotes.locate(TEXT, "pact", 3)


def test_a_drifted_quote_stands_nowhere_and_is_nearest_to_a_passage():
    with pytest.raises(quotes.NotThere):
        quotes.locate(TEXT, "We are untied – and opened")
    assert quotes.nearest(TEXT, "We are untied – and opened") == "We are united – and open"


@pytest.mark.parametrize("before", [0, 20, 5_000, 7_000])
def test_the_nearest_passage_is_found_wherever_it_stands_in_a_long_article(before):
    filling = "Nobody said a word. "
    text = filling * before + "The ministers signed the pact in March. " + filling * 5_000
    assert quotes.nearest(text, "The minister sings a pact in March") in text
    assert "signed the pact in March" in quotes.nearest(text, "The minister sings a pact in March")


def test_of_a_long_quote_the_beginning_is_sought():
    text = "Nobody said a word. " * 500 + "It ends."
    assert text.startswith(quotes.nearest(text, text[:9_000].replace("word", "ward")))
    assert len(quotes.nearest(text, text.replace("word", "ward"))) < 2 * quotes.HEAD


@pytest.mark.parametrize(
    ("typed", "found", "why"),
    [
        ('"We are united,"', "“We are united,”", "quotation marks"),
        ("Vučić's pact", "Vučić’s pact", "quotation marks"),
        (unicodedata.normalize("NFD", "Vučić’s"), "Vučić’s", "accents"),
        ("united - and", "united – and", "dashes"),
        ("he said.\r\nWe", "he said.\nWe", "line ends"),
        ("a\u00a0pact", "a pact", "spaces"),
        ("Їжа\u200b 2025", "Їжа 2025", "do not show"),
    ],
)
def test_what_pasting_changes_is_found_and_said(typed, found, why):
    start, end, differs = quotes.locate(TEXT, typed)
    assert TEXT[start:end] == found
    assert why in differs


@given(st.text(min_size=1), st.data())
def test_any_piece_of_any_text_is_found_in_its_place(text, data):
    a = data.draw(st.integers(0, len(text) - 1))
    b = data.draw(st.integers(a + 1, len(text)))
    hits = quotes.places(text, text[a:b])
    start, end, differs = quotes.locate(text, text[a:b], hits.index((a, b)) + 1)
    assert (start, end, differs) == (a, b, "")


@given(st.text(), st.text())
def test_a_quote_is_found_or_refused_in_words(text, quote):
    try:
        start, end, _ = quotes.locate(text, quote)
    except LookupError:
        return  # any other exception fails the test
    assert 0 <= start <= end <= len(text)


@given(st.text())
def test_folding_keeps_an_offset_for_each_character(text):
    folded, offsets = quotes.fold(text)
    assert len(offsets) == len(folded) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "de\u00adfence of the re\u00adpub\u00adlics",
            ["de\u00adfence", "of", "the", "re\u00adpub\u00adlics"],
        ),
        (unicodedata.normalize("NFD", "Đoković’s žuč"), ["Đoković’s", "žuč"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("می\u200cخواهم بروم", ["می\u200cخواهم", "بروم"]),
        ("مِنَ الْقُرْآن", ["مِنَ", "الْقُرْآن"]),
        ("ภาษาไทย", ["ภาษาไทย"]),
        ("semi-official co\u00ad-op’s a–b", ["semi-official", "co\u00ad-op’s", "a", "b"]),
        ("3.14 of 10,000; 5 % - ’tis", ["3.14", "of", "10,000", "5", "tis"]),
        ("👩\u200d👩\u200d👧 and 🇦🇱", ["and"]),
    ],
)
def test_a_word_is_one_whatever_stands_inside_it(text, found):
    found = [unicodedata.normalize("NFC", w) for w in found]
    words = list(quotes.words({"s": text})["word"])
    assert [unicodedata.normalize("NFC", w) for w in words] == found
    assert quotes.count(text) == len(found)


@pytest.mark.parametrize(
    ("sought", "text"),
    [
        ("alliance", "an Al\u00adliances’ pact"),
        ("žuč", unicodedata.normalize("NFD", "a Žuč")),
        ("हिन्दी", "यह हिन्दी है"),
    ],
)
def test_a_word_is_found_whatever_stands_inside_it(sought, text):
    assert quotes.finder(sought, inflected=True)(text)


@pytest.mark.parametrize(
    ("sought", "text"), [("हिन्द", "हिन्दी"), ("ally", "rally"), ("a b", "a bc")]
)
def test_a_piece_of_a_word_is_not_found(sought, text):
    assert not quotes.finder(sought, inflected=True)(text)


def test_words_count_once_at_the_innermost_span():
    text = "one two three four five"
    claims = pd.DataFrame(
        {"claim_id": ["outer", "inner"], "source_id": "s", "start": [0, 4], "end": [18, 7]}
    )
    left = pd.DataFrame({"source_id": ["s"], "start": [19], "end": [23], "kind": ["boilerplate"]})
    table = quotes.coverage({"s": text}, claims, left)
    assert list(table["claim_id"]) == ["outer", "inner", "outer", "outer", ""]
    assert list(table["omission"]) == ["", "", "", "", "boilerplate"]
    assert table["covered"].all()


def test_a_word_that_no_span_reaches_is_uncovered():
    claims = pd.DataFrame({"claim_id": ["c"], "source_id": ["s"], "start": [0], "end": [3]})
    none = pd.DataFrame({"source_id": [], "start": [], "end": [], "kind": []})
    assert list(quotes.coverage({"s": "one two"}, claims, none)["covered"]) == [True, False]


def sentences(text, **how):
    return [text[a:b] for a, b in quotes.sentences(text, **how)]


PLACES = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=6)


@given(st.text(alphabet="ab'’- .\u00ad\u0301\u200dि", max_size=40), PLACES)
def test_words_left_over_are_those_that_coverage_finds_uncovered(text, places):
    taken = [(a, min(a + n, len(text))) for a, n in places if a < len(text)]
    claims = pd.DataFrame(taken, columns=["start", "end"], dtype=int)
    claims = claims.assign(claim_id="c", source_id="s")
    none = pd.DataFrame({"source_id": [], "start": [], "end": [], "kind": []})
    table = quotes.coverage({"s": text}, claims, none)
    uncovered = list(table.loc[~table["covered"], "start"])
    left = quotes.left_over(text, taken)
    found = [m.start() for a, b, _ in left for m in quotes.WORD.finditer(text, a, b)]
    assert found == uncovered
    assert sum(count for *_, count in left) == len(uncovered)


def test_sentences_end_with_their_closing_quotation_mark():
    assert sentences(TEXT) == [
        "“We are united,” he said.",
        "We are united – and open.",
        "Vučić’s pact: a pact.",
        "Їжа 2025.",
    ]


@pytest.mark.parametrize(
    "found",
    [
        ["Mr. Smith met Dr. Jones at 5 p.m. in the U.S. Senate.", "It rained."],
        ["He asked: “Why not join?” and left.", "“Why?”", "Nobody knew."],
        ["He said: “We came.", "We saw.”", "Then he left."],
        ["«Ми відкриті.", "Для всіх», — сказав міністр.", "Кінець."],
        ["„Wir kommen.", "Alles gut.“", "Er ging."],
        ["An “open mark.", "Another sentence."],
    ],
)
def test_sentences_are_told_from_shortened_words_and_from_quotations(found):
    assert sentences(" ".join(found)) == found


@pytest.mark.parametrize("word", ["May", "no", "art", "June"])
def test_a_whole_word_ends_a_sentence_before_a_name_too(word):
    text = f"It came to {word}. Rosa left on No. 5. Gen. Oster stayed."
    assert [text[a:b] for a, b in quotes.sentences(text)] == [
        f"It came to {word}.",
        "Rosa left on No. 5.",
        "Gen. Oster stayed.",
    ]


def test_a_quotation_of_several_sentences_is_left_whole_for_who_asks_who_says_it():
    said = "“We came. We saw,” she said."
    assert sentences(f"{said} It rained.", whole_quotations=True) == [said, "It rained."]


@given(st.text(alphabet="Ab .?!“”\"«»’'()\n\r–й语🚀") | st.text(), st.booleans())
def test_each_letter_stands_in_one_sentence(text, whole):
    spans = quotes.sentences(text, whole_quotations=whole)
    assert all(a < b for a, b in spans)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans))
    inside = {i for a, b in spans for i in range(a, b)}
    assert all(i in inside for i, c in enumerate(text) if c.isalnum())


def test_marks_that_are_never_closed_are_sought_in_a_piece_of_the_text_only(monkeypatch):
    import sentencex

    lengths = []
    find = sentencex.get_sentence_boundaries

    def noted(language, text):
        lengths.append(len(text))
        return find(language, text)

    monkeypatch.setattr(sentencex, "get_sentence_boundaries", noted)
    text = "“We came. " * 10_000
    assert len(sentences(text)) == 10_000
    assert max(lengths) <= quotes.WINDOW
    assert sum(lengths) < 2 * len(text)
