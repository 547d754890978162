"""Who speaks: words by voice and speaker, persons, occasions."""

import numpy as np
import pandas as pd

from helpers.corpus import Corpus, quotes
from helpers.corpus.english import listed, plural
from helpers.corpus.model import remembered
from helpers.corpus.schema import DIRECT, INDIRECT, JOINED, SPEAKING, VOICES
from helpers.tables.coded_claims import claims
from helpers.tables.history import event_names, said_at

# Parts of an article that no claim of a selection has.
LEFT_OUT, NOT_CHOSEN = "left out", "not chosen"
PERSON = "person"  # the kind of actor that `people` lists


def voices(corpus: Corpus) -> pd.DataFrame:
    """Words of each article by what they stand in.

    Returns
    -------
    DataFrame
        source_id, outlet, part (a voice, "left out", or "not chosen" by a selection), speaker (""
        where there is none), words, share (of the words in claims; missing for the other parts).
    """
    table = _words_by_speaker(corpus).drop(columns="speaker_id")
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


@remembered
def _words_by_speaker(corpus: Corpus) -> pd.DataFrame:
    """How many words stand in what: source_id, part, speaker_id, speaker, words."""
    spoken = spoken_words(corpus)
    # Numbers are told apart more quickly than names, and there are many words.
    keys = np.zeros(len(spoken), dtype=np.int64)
    for column in ("source_id", "part", "speaker_id"):
        codes, values = pd.factorize(spoken[column])
        keys = keys * len(values) + codes
    kinds, _ = pd.factorize(keys)
    first = np.flatnonzero(~pd.Series(kinds).duplicated())
    columns = ["source_id", "part", "speaker_id", "speaker"]
    return spoken[columns].take(first).reset_index(drop=True).assign(words=np.bincount(kinds))


@remembered
def spoken_words(corpus: Corpus) -> pd.DataFrame:
    """Every word with its innermost claim.

    A word of a claim that a selection leaves out is not chosen, whatever else it stands in.

    Returns
    -------
    DataFrame
        source_id, word, start, end, claim_id ("" if none of the selection), part (a voice,
        "left out" or "not chosen"), speaker_id, speaker ("" if nobody).
    """
    words = _covered(corpus.whole)
    if corpus.whole is not corpus:
        words = words[words["source_id"].isin(list(corpus.texts))].reset_index(drop=True)
    about = claims(corpus)
    place = pd.Index(about["claim_id"]).get_indexer(words["claim_id"])
    left_out = (words["claim_id"] == "") & (words["omission"] != "")
    rest = np.where(left_out, LEFT_OUT, NOT_CHOSEN)
    # place is -1 where there is no claim, which takes the "" at the end
    of_claim = {c: np.append(about[c].to_numpy(dtype=object), "")[place] for c in ABOUT}
    return words[["source_id", "word", "start", "end"]].assign(
        claim_id=of_claim["claim_id"],
        part=np.where(place >= 0, of_claim["voice"], rest),
        speaker_id=of_claim["speaker_id"],
        speaker=of_claim["speaker"],
    )


ABOUT = ("claim_id", "voice", "speaker_id", "speaker")


@remembered
def _covered(corpus: Corpus) -> pd.DataFrame:
    return quotes.coverage(corpus.texts, corpus.claims, corpus.omissions)


def people(corpus: Corpus) -> pd.DataFrame:
    """Who is named in which article, and how many words of theirs are quoted or paraphrased.

    Returns
    -------
    DataFrame
        outlet, actor, role, mentions (claims), direct, indirect (words); persons only, largest
        number of direct words first.
    """
    actors = corpus.actors.set_index("actor_id")
    persons = actors[actors["kind"] == PERSON]
    source = claims(corpus).set_index("claim_id")["source_id"]
    named = corpus.mentions.assign(part="mentions", words=1)
    named["source_id"] = source.reindex(named["claim_id"]).to_numpy()
    spoken = _words_by_speaker(corpus).rename(columns={"speaker_id": "actor_id"})
    spoken = spoken[spoken["part"].isin(SPEAKING)]
    columns = ["source_id", "actor_id", "part", "words"]
    counted = pd.concat([named[columns], spoken[columns]])
    counted = counted[counted["actor_id"].isin(persons.index)]
    counted = counted.assign(outlet=counted["source_id"].map(corpus.outlets))
    table = counted.groupby(["outlet", "actor_id", "part"])["words"].sum().unstack("part")
    table = table.reindex(columns=["mentions", DIRECT, INDIRECT]).fillna(0).astype(int)
    table = table.reset_index()
    outlets = list(corpus.outlets.values())
    table = table.assign(
        a=pd.Index(outlets).get_indexer(table["outlet"]),
        b=persons.index.get_indexer(table["actor_id"]),
        actor=table["actor_id"].map(corpus.names),
        role=table["actor_id"].map(persons["role"]),
    )
    table = table.sort_values([DIRECT, INDIRECT, "a", "b"], ascending=[False, False, True, True])
    columns = ["outlet", "actor", "role", "mentions", DIRECT, INDIRECT]
    return table[columns].rename_axis(columns=None).reset_index(drop=True)


def who_is_who(corpus: Corpus) -> pd.DataFrame:
    """Every person that an article names, with the office and how it is heard.

    Returns
    -------
    DataFrame
        name, office, claim (the id of the claim that gives the office, or ""), heard (in words, by
        outlet), in the order of the actors.
    """
    heard: dict[str, list[str]] = {}
    for r in people(corpus).itertuples():
        parts = [f"{plural(r.direct, 'word')} quoted"] if r.direct else []
        parts += [f"{plural(r.indirect, 'word')} paraphrased"] if r.indirect else []
        heard.setdefault(r.actor, []).append(f"{r.outlet}: {listed(parts) if parts else 'named'}")
    persons = corpus.actors.assign(name=corpus.actors["actor_id"].map(corpus.names))
    persons = persons[persons["name"].isin(heard)]
    return pd.DataFrame(
        {
            "name": persons["name"],
            "office": persons["role"],
            "claim": persons["role_claim"],
            "heard": ["; ".join(heard[name]) for name in persons["name"]],
        }
    ).reset_index(drop=True)


def spoken(corpus: Corpus) -> pd.DataFrame:
    """Acts of speaking, as the articles tell them.

    Returns
    -------
    DataFrame
        outlet, speaker, verb, when (the words of the article), answers (claim ids), claims (ids),
        in the order of the articles; those of the claims chosen.
    """
    table = claims(corpus)
    held = table[table["utterance_id"] != ""].groupby("utterance_id")["claim_id"].agg(list)
    said = corpus.utterances
    return pd.DataFrame(
        {
            "outlet": said["source_id"].map(corpus.outlets),
            "speaker": said["speaker_id"].map(corpus.names),
            "verb": said["verb"],
            "when": said["time_words"],
            "answers": [list(filter(None, c.split(JOINED))) for c in said["responds_to_claim"]],
            "claims": [held[u] for u in said["utterance_id"]],
        }
    ).reset_index(drop=True)


def occasions(corpus: Corpus) -> pd.DataFrame:
    """What was said, and when: claims of speakers by the occasion the article gives.

    Returns
    -------
    DataFrame
        speaker, outlet, occasion (label of the event, or "no occasion given"), when (words),
        claims (list of ids).
    """
    table = claims(corpus)
    table = table[table["voice"].isin(SPEAKING)]
    events = corpus.events.set_index("event_id")
    said = dict(said_at(corpus)[["claim_id", "occasion"]].itertuples(index=False))
    labels, words = event_names(corpus), events["words"].to_dict()
    at = [said[claim] for claim in table["claim_id"]]
    occasion = [labels.get(event, "no occasion given") for event in at]
    when = [words.get(event, "not stated") for event in at]
    grouped = table.assign(occasion=occasion, when=when).groupby(
        ["speaker", "outlet", "occasion", "when"], sort=False
    )
    return grouped["claim_id"].agg(list).rename("claims").reset_index()
