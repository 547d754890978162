"""The small tables behind the figures: one row is one mark, with its claim, quote and speaker."""

import numpy as np
import pandas as pd

from helpers import quotes
from helpers.corpus import Corpus
from helpers.once import once


@once
def claims(corpus: Corpus) -> pd.DataFrame:
    """All claims with names for ids, their codes in words, and the sentence around each.

    Returns
    -------
    DataFrame
        The columns of claims.csv and outlet, speaker, codes (list of ids), stances (list),
        before and after (what stands around the quote in its sentence).
    """
    table = corpus.claims.copy()
    names = corpus.actors.set_index("actor_id")["name"]
    outlets = corpus.sources.set_index("source_id")["outlet_id"].map(names)
    order = {code: i for i, code in enumerate(corpus.codebook["code"])}
    by_claim = corpus.codings.sort_values("code", key=lambda s: s.map(order)).groupby("claim_id")
    codes, stances = (by_claim[c].agg(list).to_dict() for c in ("code", "stance"))
    sentences = {s: quotes.sentence_spans(t) for s, t in corpus.texts.items()}
    context = [_context(corpus.texts[r.source_id], sentences[r.source_id], r.start, r.end) for r in table.itertuples()]
    return table.assign(
        outlet=table["source_id"].map(outlets),
        speaker=table["speaker_id"].map(names),
        codes=[codes.get(c, []) for c in table["claim_id"]],
        stances=[stances.get(c, []) for c in table["claim_id"]],
        before=[b for b, _ in context],
        after=[a for _, a in context],
    )


def _context(text: str, sentences: list[tuple[int, int]], start: int, end: int) -> tuple[str, str]:
    low = max((a for a, _ in sentences if a <= start), default=start)
    high = min((b for _, b in sentences if b >= end), default=end)
    return text[low:start].lstrip("\n\t •‣-*"), text[end : max(high, end)].rstrip("\n")


def coded(corpus: Corpus, *facets: str, target: str | None = None) -> pd.DataFrame:
    """Codings of some facets as marks.

    Returns
    -------
    DataFrame
        One row per coding: claim_id, source_id, outlet, speaker_id, speaker, voice, position,
        modality, target, utterance_id, quote, code, label, facet, stance, certainty, note; in
        the order of the codebook, then of the texts.
    """
    book = corpus.codebook[corpus.codebook["facet"].isin(facets)][["code", "label", "facet"]]
    codings = corpus.codings[["claim_id", "code", "stance", "certainty", "note"]]
    of_claim = ["claim_id", "source_id", "outlet", "speaker_id", "speaker", "voice", "position", "modality", "target", "utterance_id", "quote"]  # fmt: skip
    marks = book.merge(codings, on="code").merge(claims(corpus)[of_claim], on="claim_id")
    marks = marks if target is None else marks[marks["target"] == target]
    keys = book.reset_index(drop=True).reset_index().set_index("code")["index"]
    place = {c: i for i, c in enumerate(corpus.claims["claim_id"])}
    marks = marks.assign(a=marks["code"].map(keys), b=marks["claim_id"].map(place)).sort_values(["a", "b"])
    return marks[[*of_claim, "code", "label", "facet", "stance", "certainty", "note"]].reset_index(drop=True)


def without_opposites(corpus: Corpus, marks: pd.DataFrame) -> pd.DataFrame:
    """Drop a code's coding on a claim that carries its opposite as well: one question, once."""
    opposite = {c: o for c, o in zip(corpus.codebook["code"], corpus.codebook["opposite_of"], strict=True) if o}
    first = {c: i for i, c in enumerate(corpus.codebook["code"])}
    held = set(zip(marks["claim_id"], marks["code"], strict=True))
    again = [
        (claim, opposite.get(code, "")) in held and first[opposite[code]] < first[code]
        for claim, code in zip(marks["claim_id"], marks["code"], strict=True)
    ]
    return marks[~np.array(again, dtype=bool)].reset_index(drop=True)


def voices(corpus: Corpus) -> pd.DataFrame:
    """Words of each article by what they stand in.

    Returns
    -------
    DataFrame
        source_id, outlet, part (a voice, or "left out"), speaker ("" where left out), words,
        share (of the article's words, boilerplate and repetition aside; missing for left out).
    """
    words = spoken_words(corpus)
    table = words.groupby(["source_id", "part", "speaker"], sort=False).size().rename("words").reset_index()
    said = table["part"] != "left out"
    whole = table[said].groupby("source_id")["words"].sum()
    table["share"] = (table["words"] / table["source_id"].map(whole)).where(said)
    order = {
        v: i for i, v in enumerate([*corpus.codebook.loc[corpus.codebook["facet"] == "voice", "code"], "left out"])
    }
    sources = {s: i for i, s in enumerate(corpus.sources["source_id"])}
    table = table.assign(a=table["source_id"].map(sources), b=table["part"].map(order))
    outlet = claims(corpus).drop_duplicates("source_id").set_index("source_id")["outlet"]
    table.insert(1, "outlet", table["source_id"].map(outlet))
    return (
        table.sort_values(["a", "b", "words"], ascending=[True, True, False])
        .drop(columns=["a", "b"])
        .reset_index(drop=True)
    )


def spoken_words(corpus: Corpus) -> pd.DataFrame:
    """Every word with its innermost claim: source_id, word, start, end, claim_id, part, speaker."""
    words = quotes.coverage(corpus.texts, corpus.claims, corpus.omissions)
    about = claims(corpus).set_index("claim_id")[["voice", "speaker"]]
    part = words["claim_id"].map(about["voice"]).fillna("left out")
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
        key: tuple(int(row.get(v, 0)) for v in ("direct", "indirect")) for key, row in spoken.to_dict("index").items()
    }
    count = named.groupby(["outlet", "actor_id"]).size().to_dict()
    by_name = persons.groupby("name").groups
    pairs = {p for p in count if p[1] in persons.index} | {(o, a) for o, name in said for a in by_name.get(name, [])}
    first, second = ({key: i for i, key in enumerate(keys)} for keys in (outlet.drop_duplicates(), persons.index))
    names, roles = persons["name"].to_dict(), persons["role"].to_dict()
    rows = []
    for outlet_name, actor in sorted(pairs, key=lambda p: (first[p[0]], second[p[1]])):
        mentions, words = count.get((outlet_name, actor), 0), said.get((outlet_name, names[actor]), (0, 0))
        if mentions or any(words):
            rows.append((outlet_name, names[actor], roles[actor], mentions, *words))
    table = pd.DataFrame(rows, columns=["outlet", "actor", "role", "mentions", "direct", "indirect"])
    return table.sort_values(["direct", "indirect"], ascending=False, kind="stable").reset_index(drop=True)


def timeline(corpus: Corpus) -> pd.DataFrame:
    """Events with their bounds, the claims that tell of them and the claims said at them.

    Returns
    -------
    DataFrame
        The columns of events.csv, earliest, latest, precision, words, told_in and said_in
        (lists of claim ids); dated events first, then the rest.
    """
    events = corpus.events.copy()
    told, said = (corpus.claims.groupby(c)["claim_id"].agg(list).to_dict() for c in ("event_id", "said_at"))
    events["told_in"] = [told.get(e, []) for e in events["event_id"]]
    events["said_in"] = [said.get(e, []) for e in events["event_id"]]
    dated = events["date"] != ""
    first = [e.isoformat() if e else "9999" for e in events["earliest"]]
    events = events.assign(dated=~dated, first=first).sort_values(["dated", "first"], kind="stable")
    return events.drop(columns=["dated", "first"]).reset_index(drop=True)


def only_and_both(corpus: Corpus, *facets: str, target: str) -> pd.DataFrame:
    """Which article states which code of a target.

    Returns
    -------
    DataFrame
        code, label, facet, one column per outlet (list of claim ids), where ("all", or the
        outlets that have it).
    """
    marks = coded(corpus, *facets, target=target)
    marks = marks[marks["stance"] == "supports"]
    outlets = list(claims(corpus)["outlet"].drop_duplicates())
    table = marks.drop_duplicates("code")[["code", "label", "facet"]].reset_index(drop=True)
    for outlet in outlets:
        ids = marks[marks["outlet"] == outlet].groupby("code")["claim_id"].agg(list).to_dict()
        table[outlet] = [ids.get(c, []) for c in table["code"]]
    has = [[o for o in outlets if row[o]] for _, row in table.iterrows()]
    return table.assign(where=["all" if len(h) == len(outlets) else ", ".join(h) for h in has])


def bare(corpus: Corpus) -> pd.DataFrame:
    """Claims about events and aims for which nobody but the outlet answers, with their codes."""
    table = claims(corpus)
    return table[(table["attribution"] == "none") & (table["target"] == "pact")].reset_index(drop=True)


def sides(corpus: Corpus, supports: list[str], rejects: list[str]) -> pd.DataFrame:
    """Claims that assert one of some codes or reject one of others, each once.

    Strongest first: the best of each code, quoted speech before paraphrase, then the second best
    of each, and so on.
    """
    marks = coded(corpus, *corpus.codebook["facet"].unique())
    on = (marks["code"].isin(supports) & (marks["stance"] == "supports")) | (
        marks["code"].isin(rejects) & (marks["stance"] == "rejects")
    )
    order = list(corpus.codebook.loc[corpus.codebook["facet"] == "voice", "code"])
    marks = marks[on].assign(rank=marks["voice"].map(order.index)).sort_values("rank", kind="stable")
    marks = marks.drop_duplicates("claim_id")
    best = marks.groupby(["code", "stance"], sort=False).cumcount()
    return (
        marks.assign(best=best)
        .sort_values(["best", "rank"], kind="stable")
        .drop(columns=["best", "rank"])
        .reset_index(drop=True)
    )


def headline_and_body(corpus: Corpus) -> pd.DataFrame:
    """What headlines carry, as marks, with where else it stands in any article.

    Framings, labels and events that some headline carries; and, for an event told in a headline,
    the events with the same forerunner, which it may be confused with.

    Returns
    -------
    DataFrame
        The columns of `coded` (event rows with stance "supports"), section and row.
    """
    marks = coded(corpus, "framing", "label").assign(section="Coded as", row=lambda t: t["label"])
    words = {r.code: f"called “{r.label}”" for r in corpus.codebook[corpus.codebook["facet"] == "label"].itertuples()}
    marks["row"] = marks["code"].map(words).fillna(marks["label"])
    table = claims(corpus)
    events = corpus.events.set_index("event_id")
    told = table[table["event_id"] != ""].assign(stance="supports", section="Told of", code=lambda t: t["event_id"])
    told["row"] = told["event_id"].map(events["label"])
    both = pd.concat([told, marks])[[*marks.columns]]
    wanted = set(both.loc[both["position"] == "headline", "code"])
    known = events["after"].to_dict()
    forerunners = {known[c] for c in wanted if known.get(c)}
    # what was declined is what was asked, and it may be confused with what else came of it
    wanted |= forerunners | {e for e, after in known.items() if after in forerunners}
    return both[both["code"].isin(wanted)].reset_index(drop=True)


def conflicts(corpus: Corpus, *facets: str, target: str | None = None) -> pd.DataFrame:
    """Who asserts and who denies each code, and whether that is within or between articles.

    Returns
    -------
    DataFrame
        label, asserted by, denied by (speaker, article in brackets where there are several),
        relation (in words), claims (list of ids).
    """
    marks = coded(corpus, *facets, target=target)
    outlets = list(claims(corpus)["outlet"].drop_duplicates())
    rows = []
    for _, group in marks.groupby("code", sort=False):
        sides = {s: group[group["stance"] == s] for s in ("supports", "rejects")}
        yes, no = (set(sides[s]["outlet"]) for s in ("supports", "rejects"))
        if yes and no:
            within = [o for o in outlets if o in yes & no]
            between = len(yes | no) > 1
            relation = " and ".join(
                [
                    *([f"denied and asserted within {', '.join(within)}"] if within else []),
                    *(["asserted in one article, denied in another"] if between else []),
                ]
            )
        elif len(yes | no) == len(outlets):
            relation = "every article has it, none denies it" if yes else "every article denies it"
        else:
            silent = [o for o in outlets if o not in yes | no]
            relation = f"{', '.join(silent)} {'is' if len(silent) == 1 else 'are'} silent"
        rows.append(
            (
                group["label"].iloc[0],
                _by(sides["supports"]),
                _by(sides["rejects"]),
                relation,
                list(group["claim_id"].drop_duplicates()),
            )
        )
    return pd.DataFrame(rows, columns=["label", "asserted by", "denied by", "relation", "claims"])


def _by(marks: pd.DataFrame) -> str:
    pairs = marks.drop_duplicates(["outlet", "speaker"])
    names = [s if s == o else f"{s} (in {o})" for s, o in zip(pairs["speaker"], pairs["outlet"], strict=True)]
    return ", ".join(names) or "nobody"


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
    grouped = table.assign(occasion=occasion, when=when).groupby(["speaker", "outlet", "occasion", "when"], sort=False)
    return grouped["claim_id"].agg(list).rename("claims").reset_index()


def criteria(corpus: Corpus) -> pd.DataFrame:
    """What is stated of each criterion of each definition.

    Returns
    -------
    DataFrame
        definition, criterion, counts as (needed, or one of several), state ("stated", "denied",
        "stated and denied" or "not stated"), certainty ("sure" if one coding at least is, "arguable",
        or "–"), by (speakers), voices, claims (list of ids), would count (what would have to stand
        in a text), reference.
    """
    book = corpus.codebook[corpus.codebook["facet"] == "criterion"]
    marks = coded(corpus, "criterion")
    rows = []
    for r in book.itertuples():
        mine = marks[marks["code"] == r.code]
        stances = set(mine["stance"])
        state = (
            " and ".join(w for s, w in (("supports", "stated"), ("rejects", "denied")) if s in stances) or "not stated"
        )
        voices = ", ".join(dict.fromkeys(corpus.label(v) for v in mine["voice"]))
        rows.append(
            (
                r.belongs_to,
                r.label,
                r.counts_as,
                state,
                "sure" if (mine["certainty"] == "sure").any() else "arguable" if len(mine) else "–",
                _by(mine),
                voices or "–",
                list(mine["claim_id"]),
                r.include,
                r.reference,
            )
        )
    return pd.DataFrame(
        rows,
        columns=[
            "definition",
            "criterion",
            "counts as",
            "state",
            "certainty",
            "by",
            "voices",
            "claims",
            "would count",
            "reference",
        ],
    )


def definitions(corpus: Corpus) -> pd.DataFrame:
    """How far the texts go towards each definition, in counts and in words.

    Returns
    -------
    DataFrame
        definition, needed (criteria), of these stated, one of (alternatives), of these stated,
        arguable (stated ones whose every coding is arguable), in words.
    """
    rows = []
    for name, group in criteria(corpus).groupby("definition", sort=False):
        stated = group["state"].str.startswith("stated")
        needed, one_of = group["counts as"] == "needed", group["counts as"] == "one of"
        missing = [*group.loc[needed & ~stated, "criterion"]]
        if one_of.any() and not (one_of & stated).any():
            missing.append(f"any of {', '.join(group.loc[one_of, 'criterion'])}")
        words = f"not stated: {'; '.join(missing)}"
        if not missing:
            words = "all that is needed is stated somewhere, by somebody"
            words += f", and {(one_of & stated).sum()} of {one_of.sum()} alternatives" if one_of.any() else ""
        rows.append(
            (
                name,
                int(needed.sum()),
                int((needed & stated).sum()),
                int(one_of.sum()),
                int((one_of & stated).sum()),
                int((stated & (group["certainty"] == "arguable")).sum()),
                words,
            )
        )
    return pd.DataFrame(
        rows,
        columns=[
            "definition",
            "needed",
            "needed and stated",
            "alternatives",
            "alternatives stated",
            "arguable",
            "in words",
        ],
    )


def statements(corpus: Corpus, *facets: str) -> pd.DataFrame:
    """Codings as statements for `helpers.network`: actor, concept, stance, document.

    Facets that say what is stood for by default: framings, aims and labels.
    """
    marks = coded(corpus, *(facets or ("framing", "aim", "label")))
    columns = {"speaker": "actor", "label": "concept", "stance": "stance", "source_id": "document"}
    return marks[list(columns)].rename(columns=columns)
