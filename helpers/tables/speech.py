"""Who speaks: words by voice and speaker, persons, occasions."""

import numpy as np
import pandas as pd

from helpers.corpus import Corpus, quotes
from helpers.corpus.schema import VOICES
from helpers.tables.coded_claims import claims

LEFT_OUT, NOT_CHOSEN = (
    "left out",
    "not chosen",
)  # parts of an article that no claim of a selection has


def voices(corpus: Corpus) -> pd.DataFrame:
    """Words of each article by what they stand in.

    Returns
    -------
    DataFrame
        source_id, outlet, part (a voice, "left out", or "not chosen" by a selection), speaker (""
        where there is none), words, share (of the words in claims; missing for the other parts).
    """
    words = spoken_words(corpus)
    table = (
        words.groupby(["source_id", "part", "speaker"], sort=False)
        .size()
        .rename("words")
        .reset_index()
    )
    said = table["part"].isin(VOICES)
    whole = table[said].groupby("source_id")["words"].sum()
    table["share"] = (table["words"] / table["source_id"].map(whole)).where(said)
    voices_ = corpus.codebook.loc[corpus.codebook["facet"] == "voice", "code"]
    order = {v: i for i, v in enumerate([*voices_, LEFT_OUT, NOT_CHOSEN])}
    sources = {s: i for i, s in enumerate(corpus.sources["source_id"])}
    table = table.assign(a=table["source_id"].map(sources), b=table["part"].map(order))
    table.insert(1, "outlet", table["source_id"].map(corpus.outlets))
    return (
        table.sort_values(["a", "b", "words"], ascending=[True, True, False])
        .drop(columns=["a", "b"])
        .reset_index(drop=True)
    )


def spoken_words(corpus: Corpus) -> pd.DataFrame:
    """Every word with its innermost claim: source_id, word, start, end, claim_id, part, speaker."""
    words = quotes.coverage(corpus.texts, corpus.claims, corpus.omissions)
    about = claims(corpus).set_index("claim_id")[["voice", "speaker"]]
    rest = np.where(words["covered"], LEFT_OUT, NOT_CHOSEN)
    part = words["claim_id"].map(about["voice"]).fillna(pd.Series(rest, index=words.index))
    return words.assign(part=part, speaker=words["claim_id"].map(about["speaker"]).fillna(""))


def people(corpus: Corpus) -> pd.DataFrame:
    """Who is named in which article, and how many words of theirs are quoted or paraphrased.

    Returns
    -------
    DataFrame
        outlet, actor, role, mentions (claims), direct, indirect (words); persons only, largest
        number of direct words first.
    """
    persons = corpus.actors[corpus.actors["kind"] == "person"].set_index("actor_id")
    outlet = claims(corpus).set_index("claim_id")["outlet"]
    named = corpus.mentions.assign(outlet=corpus.mentions["claim_id"].map(outlet))
    spoken = voices(corpus).pivot_table(
        index=["outlet", "speaker"], columns="part", values="words", aggfunc="sum", fill_value=0
    )
    said = {
        key: tuple(int(row.get(v, 0)) for v in ("direct", "indirect"))
        for key, row in spoken.to_dict("index").items()
    }
    count = named.groupby(["outlet", "actor_id"]).size().to_dict()
    by_name = persons.groupby("name").groups
    pairs = {p for p in count if p[1] in persons.index} | {
        (o, a) for o, name in said for a in by_name.get(name, [])
    }
    first, second = (
        {key: i for i, key in enumerate(keys)} for keys in (outlet.drop_duplicates(), persons.index)
    )
    names, roles = persons["name"].to_dict(), persons["role"].to_dict()
    rows = []
    for outlet_name, actor in sorted(pairs, key=lambda p: (first[p[0]], second[p[1]])):
        mentions, words = (
            count.get((outlet_name, actor), 0),
            said.get((outlet_name, names[actor]), (0, 0)),
        )
        if mentions or any(words):
            rows.append((outlet_name, names[actor], roles[actor], mentions, *words))
    table = pd.DataFrame(
        rows, columns=["outlet", "actor", "role", "mentions", "direct", "indirect"]
    )
    return table.sort_values(["direct", "indirect"], ascending=False, kind="stable").reset_index(
        drop=True
    )


def occasions(corpus: Corpus) -> pd.DataFrame:
    """What was said, and when: claims of speakers by the occasion the article gives.

    Returns
    -------
    DataFrame
        speaker, outlet, occasion (label of the event, or "no occasion given"), when (words),
        claims (list of ids).
    """
    table = claims(corpus)
    table = table[table["voice"].isin(["direct", "indirect"])]
    events = corpus.events.set_index("event_id")
    occasion = table["said_at"].map(events["label"]).fillna("no occasion given")
    when = table["said_at"].map(events["words"]).fillna("not stated")
    grouped = table.assign(occasion=occasion, when=when).groupby(
        ["speaker", "outlet", "occasion", "when"], sort=False
    )
    return grouped["claim_id"].agg(list).rename("claims").reset_index()
