"""The network of speakers and codes as a file for network programs."""

import io
from typing import TYPE_CHECKING

from helpers.corpus import Corpus
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
        Nodes actor:ID (bipartite 0; label, name, kind, role, country) and code:ID (bipartite 1;
        label, facet), those with a coding; edges with supports, rejects (numbers of claims),
        supported_in and rejected_in (claim ids, | between). What is blank is left out.
    """
    import networkx as nx

    marks = corpus.claims.merge(corpus.codings, on="claim_id")
    graph = nx.Graph(name=origin(corpus)[1])
    for a in corpus.actors[corpus.actors["actor_id"].isin(marks["speaker_id"])].to_dict("records"):
        about = {**a, "label": a["name"], "country": a["country"] and corpus.names[a["country"]]}
        about = filled(about, ("label", "name", "kind", "role", "country"))
        graph.add_node(
            f"actor:{a['actor_id']}", bipartite=0, **{k: legal(v) for k, v in about.items()}
        )
    for c in corpus.codebook[corpus.codebook["code"].isin(marks["code"])].to_dict("records"):
        graph.add_node(f"code:{c['code']}", bipartite=1, label=legal(c["label"]), facet=c["facet"])
    for (actor, code), group in marks.groupby(["speaker_id", "code"]):
        yes, no = (
            list(group.loc[group["stance"] == s, "claim_id"]) for s in ("supports", "rejects")
        )
        ids = filled(
            {"supported_in": "|".join(yes), "rejected_in": "|".join(no)},
            ("supported_in", "rejected_in"),
        )
        graph.add_edge(f"actor:{actor}", f"code:{code}", supports=len(yes), rejects=len(no), **ids)
    return graph


COUNTS = (
    "It has counts and claim ids but no words, places, voices, certainty, alternatives or dates; "
    "nested claims and both codes of a pair of opposites count like any other, and an actor or a "
    "code without a coding is left out."
)
