"""A stand-in for QualCoder: projects as it writes them, from a coder's tables.

As its export of tests/data/qualcoder.qdpx shows: a byte order mark before each text, positions in
UTF-16 units, ids of its own, one selection a coding with the words as its name (their line ends are
those of its window), memos as descriptions, a source once for each time it was brought in.
"""

import html
import io
import itertools
import random
import uuid
import zipfile

import pandas as pd

from helpers.extend import kit

CLAIM = ("proposition", "translation", "utterance_id", "note")
UTTERANCE = ("verb", "time_words", "responds_to_actor", "responds_to_claim")
CODING = ("stance", "certainty", "alternative", "alternative_stance", "note")
COLUMNS = ["source_id", "start", "end", "code", "memo"]


def memo(row: dict, columns: tuple[str, ...]) -> str:
    return "\n".join(f"{c}: {row[c]}" for c in columns if row.get(c))


def marks(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """What a person who follows the kit marks to say what a coder's tables say."""
    rows, told = [], set()
    uttered = tables["utterances"].set_index("utterance_id").to_dict("index")
    claims = {r["claim_id"]: r for r in tables["claims"].to_dict("records")}
    for r in claims.values():
        place, utterance = [r[c] for c in COLUMNS[:3]], r["utterance_id"]
        about = memo(r, CLAIM)
        if utterance and utterance not in told:
            told.add(utterance)
            about += "\n" + memo(uttered[utterance], UTTERANCE)
        rows.append([*place, f"speaker_id={r['speaker_id']}", about])
        rows += [[*place, f"{c}={r[c]}", ""] for c in kit.AS_CODES if c != "speaker_id"]
    for r in tables["codings"].to_dict("records"):
        rows.append([*(claims[r["claim_id"]][c] for c in COLUMNS[:3]), r["code"], memo(r, CODING)])
    for r in tables["mentions"].to_dict("records"):
        place = [claims[r["claim_id"]][c] for c in COLUMNS[:3]]
        rows.append([*place, f"mention={r['actor_id']}", memo(r, ("part",))])
    for r in tables["omissions"].to_dict("records"):
        place = [r[c] for c in COLUMNS[:3]]
        rows.append([*place, f"omission={r['kind']}", memo(r, ("reason",))])
    return pd.DataFrame(rows, columns=COLUMNS)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def project(corpus, codings: dict[str, pd.DataFrame], seed: int = 0, named: bool = True) -> bytes:
    """A project with the marks of each user, in no order; codes without ids if not `named`."""
    lot = random.Random(seed)

    def guid() -> str:
        return str(uuid.UUID(int=lot.getrandbits(128), version=4))

    users = {name: guid() for name in codings}
    book = kit.codes(corpus)
    ids = {code: guid() for code in book["id"]}
    sources, names = {}, kit.article_names(corpus)
    listed = [f'<User guid="{g}" name="{html.escape(u)}" />' for u, g in users.items()]
    codes = []
    for category, group in book.sample(frac=1, random_state=seed).groupby("category", sort=False):
        codes.append(f'<Code guid="{guid()}" name="{html.escape(category)}" isCodable="false">')
        for r in group.itertuples():
            about = f"<Description>{html.escape(r.description)}</Description>" if named else ""
            named_ = f'guid="{ids[r.id]}" name="{html.escape(r.name)}"'
            codes.append(f'<Code {named_} isCodable="true" color="#7EA793">{about}</Code>')
        codes.append("</Code>")
    articles = []
    for (user, table), (source, text) in itertools.product(codings.items(), corpus.texts.items()):
        path = f"{guid()}.txt"
        sources[f"sources/{path}"] = ("\ufeff" + text.replace("\r\n", "\n")).encode("utf-8")
        article = f'name="{html.escape(names[source])}" plainTextPath="internal://{path}"'
        articles.append(f'<TextSource {article} guid="{guid()}" creatingUser="{users[user]}">')
        mine = table[table["source_id"] == source].sample(frac=1, random_state=seed)
        articles += [_selection(text, r, users[user], ids[r.code], guid) for r in mine.itertuples()]
        articles.append("</TextSource>")
    xml = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<Project name="mine.qda" origin="QualCoder 4.0 Beta" xmlns="urn:QDA-XML:project:1.0">',
        *("<Users>", *listed, "</Users>", "<CodeBook>", "<Codes>", *codes, "</Codes>"),
        *("</CodeBook>", "<Sources>", *articles, "</Sources>", "</Project>"),
    ]
    return archive({"project.qde": "\n".join(xml).encode("utf-8"), **sources})


def _selection(text: str, r, user: str, code: str, guid) -> str:
    low, high = (units(text[:p].replace("\r\n", "\n")) for p in (r.start, r.end))
    words = html.escape(text[r.start : r.end].replace("\r\n", "\n").replace("\n", "\u2029"))
    about = f"<Description>{html.escape(r.memo)}</Description>" if r.memo else ""
    return (
        f'<PlainTextSelection guid="{guid()}" startPosition="{low}" endPosition="{high}" '
        f'name="{words}" creatingUser="{user}">{about}<Coding guid="{guid()}" '
        f'creatingUser="{user}" ><CodeRef targetGUID="{code}" /></Coding></PlainTextSelection>'
    )


def archive(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()
