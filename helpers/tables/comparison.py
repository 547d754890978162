"""What one article has and another has not, and who contradicts whom."""

import pandas as pd

from helpers.corpus import Corpus
from helpers.corpus.english import listed
from helpers.corpus.schema import HEADLINE, REJECTS, STANCES, SUPPORTS
from helpers.tables.coded_claims import across_facets, by, claims, coded
from helpers.tables.history import event_names


def only_and_both(corpus: Corpus, *facets: str, target: str | None = None) -> pd.DataFrame:
    """Which article states which code, of a target if one is given.

    Returns
    -------
    DataFrame
        code, label, facet, one column per article (list of claim ids), where ("all", or the
        articles that have it).
    """
    marks = across_facets(coded(corpus, *facets, target=target))
    marks = marks[marks["stance"] == SUPPORTS]
    outlets = list(corpus.outlets.values())
    table = marks.drop_duplicates("code")[["code", "label", "facet"]].reset_index(drop=True)
    for outlet in outlets:
        ids = marks[marks["outlet"] == outlet].groupby("code")["claim_id"].agg(list).to_dict()
        table[outlet] = [ids.get(c, []) for c in table["code"]]
    has = [[o for o in outlets if row[o]] for _, row in table.iterrows()]
    return table.assign(where=["all" if len(h) == len(outlets) else ", ".join(h) for h in has])


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
    marks["row"] = marks["label"].mask(marks["facet"] == "label", "called “" + marks["label"] + "”")
    table = claims(corpus)
    told = table[table["event_id"] != ""].assign(
        stance=SUPPORTS, section="Told of", code=lambda t: t["event_id"]
    )
    told["row"] = told["event_id"].map(event_names(corpus))
    both = pd.concat([told, marks])[[*marks.columns]]
    wanted = set(both.loc[both["position"] == HEADLINE, "code"])
    known = dict(zip(corpus.events["event_id"], corpus.events["after"], strict=True))
    forerunners = {known[c] for c in wanted if known.get(c)}
    # the forerunner itself, and what else came of it
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
    marks = across_facets(coded(corpus, *facets, target=target))
    outlets = list(corpus.outlets.values())
    rows = []
    for _, group in marks.groupby("code", sort=False):
        sides = {s: group[group["stance"] == s] for s in STANCES}
        yes, no = (set(sides[s]["outlet"]) for s in STANCES)
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
            relation = f"every article {'has it, none denies it' if yes else 'denies it'}"
        else:
            silent = [o for o in outlets if o not in yes | no]
            relation = f"{listed(silent)} {'is' if len(silent) == 1 else 'are'} silent"
        rows.append(
            (
                group["label"].iloc[0],
                by(corpus, sides[SUPPORTS]),
                by(corpus, sides[REJECTS]),
                relation,
                list(group["claim_id"].drop_duplicates()),
            )
        )
    return pd.DataFrame(rows, columns=["label", "asserted by", "denied by", "relation", "claims"])
