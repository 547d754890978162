"""Claims as W3C Web Annotations."""

import json

from helpers.corpus import Corpus
from helpers.exchange.common import OF_CLAIM, OF_CODING, OFFSETS, claims_of, filled, origin

AROUND = 32  # characters before and after a quote, which tell it from the same words elsewhere


def annotations(corpus: Corpus) -> str:
    """Claims as W3C Web Annotations in JSON-LD: one a claim, all on one page of one collection."""
    base, made, package = origin(corpus)
    sources, coders = corpus.sources.to_dict("records"), corpus.coders.to_dict("records")
    items = [
        {
            "id": f"{base}:claim:{claim['claim_id']}",
            "type": "Annotation",
            "motivation": "classifying",
            "creator": [f"{base}:coder:{c['coder_id']}" for c in coders],
            "generator": base,
            "speaker": {"id": f"{base}:actor:{claim['speaker_id']}", "name": claim["speaker"]},
            **filled(claim, OF_CLAIM),
            "body": _bodies(claim),
            "target": _target(corpus.texts[source["source_id"]], claim, source, base),
        }
        for source in sources
        for claim in claims_of(corpus, source["source_id"])
    ]
    page = {
        "id": f"{base}:annotations:1",
        "type": "AnnotationPage",
        "partOf": {"id": f"{base}:annotations", "type": "AnnotationCollection"},
        "startIndex": 0,
        "items": items,
    }
    own = {
        term: f"{base}:term:{term}"
        for term in ("speaker", "facet", "path", "offsets", *OF_CLAIM, *OF_CODING)
    }
    collection = {
        "@context": ["http://www.w3.org/ns/anno.jsonld", own],
        **page["partOf"],
        "label": package.get("title", made),
        "creator": [_coder(c, base) for c in coders],
        "generator": {"id": base, "type": "Software", "name": made},
        "offsets": OFFSETS,
        "total": len(items),
        "first": page,
        "last": page["id"],
    }
    return json.dumps(collection, ensure_ascii=False, indent=1) + "\n"


def _coder(coder: dict, base: str) -> dict:
    kind = "Person" if coder["kind"] == "human" else "Software"
    return {"id": f"{base}:coder:{coder['coder_id']}", "type": kind, "name": coder["coder_id"]}


def _bodies(claim: dict) -> list[dict]:
    """The proposition, and each code with what is its own."""
    text = {"type": "TextualBody", "format": "text/plain"}
    said = {**text, "purpose": "describing", "value": claim["proposition"], "language": "en"}
    codes = [
        {
            **text,
            "purpose": "classifying",
            "value": c["code"],
            **filled(c, ("label", "facet", *OF_CODING)),
        }
        for c in claim["codings"]
    ]
    return [said, *codes]


def _target(text: str, claim: dict, source: dict, base: str) -> dict:
    """The words of a claim, by what stands there and around, and by position in code points."""
    start, end = claim["start"], claim["end"]
    around = {"prefix": text[max(0, start - AROUND) : start], "suffix": text[end : end + AROUND]}
    article = {
        "type": "Text",
        "format": "text/plain",
        "language": source["language"],
        "path": source["path"],
    }
    return {
        "type": "SpecificResource",
        "source": {"id": f"{base}:source:{source['source_id']}", **article},
        "selector": [
            {"type": "TextQuoteSelector", "exact": text[start:end], **around},
            {"type": "TextPositionSelector", "start": start, "end": end},
        ],
    }
