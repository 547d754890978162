"""The network of speakers and codes as a file for network programs."""

import io
from typing import TYPE_CHECKING

import pandas as pd

from helpers.corpus import Corpus
from helpers.corpus.names import told_apart
from helpers.exchange.common import filled, legal, origin

if TYPE_CHECKING:
    import networkx as nx


def graphml(corpus: Corpus) -> bytes:
    """The network of speakers and codes as GraphML."""
    import networkx as nx

    # not write_graphml, whose bytes depend on whether lxml is installed
    nx.write_graphml_xml(network(corpus), out := io.BytesIO())
    return out.getvalue()


def network(corpus: Corpus) -> "nx.Graph":
    """Who asserts and who denies which code.

    Returns
    -------
    networkx.Graph
        Nodes actor:ID (type False; kind, role, country) and code:ID (type True; facet), those
        with a coding, each with bipartite (0 or 1) and a name of its own, the same as label;
        edges with weight (claims in all), supports, rejects (numbers of claims), supported_in and
        rejected_in (claim ids, | between). What is blank is left out.
    """
    import networkx as nx

    marks = corpus.claims.merge(corpus.codings, on="claim_id")
    graph = nx.Graph(name=origin(corpus)[1])
    for vertex in _vertices(corpus, marks).to_dict("records"):
        about = filled(vertex, ("kind", "role", "country", "facet"))
        graph.add_node(
            vertex["id"],
            bipartite=int(vertex["type"]),
            type=vertex["type"],
            name=legal(vertex["name"]),
            label=legal(vertex["name"]),
            **{k: legal(v) for k, v in about.items()},
        )
    for (actor, code), group in marks.groupby(["speaker_id", "code"]):
        yes, no = (
            list(group.loc[group["stance"] == s, "claim_id"]) for s in ("supports", "rejects")
        )
        ids = filled(
            {"supported_in": "|".join(yes), "rejected_in": "|".join(no)},
            ("supported_in", "rejected_in"),
        )
        counts = {"weight": len(yes) + len(no), "supports": len(yes), "rejects": len(no)}
        graph.add_edge(f"actor:{actor}", f"code:{code}", **counts, **ids)
    return graph


def _vertices(corpus: Corpus, marks: pd.DataFrame) -> pd.DataFrame:
    """Actors and codes with a coding: id, type, name (each once), what is known of them."""
    actors = corpus.actors[corpus.actors["actor_id"].isin(marks["speaker_id"])]
    named = {c: corpus.names[c] for c in actors["country"] if c}
    actors = actors.assign(
        id="actor:" + actors["actor_id"],
        type=False,
        name=actors["actor_id"].map(corpus.names),
        country=[named.get(c, "") for c in actors["country"]],
    )
    codes = corpus.codebook[corpus.codebook["code"].isin(marks["code"])]
    codes = codes.assign(
        id="code:" + codes["code"], type=True, name=codes["code"].map(corpus.labels)
    )
    columns = ["id", "type", "name", "kind", "role", "country", "facet"]
    both = pd.concat([actors, codes])[columns].fillna("").reset_index(drop=True)
    tellers = both["facet"].where(both["type"], both["kind"])
    names, telling = (dict(zip(both["id"], c, strict=True)) for c in (both["name"], tellers))
    return both.assign(name=both["id"].map(told_apart(names, telling)))


COUNTS = (
    "It has counts and claim ids but no words, places, voices, certainty, alternatives or dates; "
    "nested claims and both codes of a pair of opposites count like any other, and an actor or a "
    "code without a coding is left out."
)
