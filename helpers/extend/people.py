"""Who is named in an article: actors of the corpus, and names that a draft proposes as actors."""

import itertools
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from slugify import slugify

from helpers.corpus import Corpus
from helpers.corpus.schema import DRAFTED, REVIEW
from helpers.extend.language import NEVER, Words

SHORT = re.compile(r"(?:[^\W\d_]|Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sen|Rep|Gov|St)\.")
WORD = re.compile(rf"&|(?<!\w){SHORT.pattern}|[^\W\d_][\w’'-]*")
PARTICLES = ("de", "van", "von", "der", "den", "al", "el", "bin", "da", "dos", "di", "du", "la")
JOINING = ("of", "for", "and", "de", "du", "des", "del", "di", "&")  # within names of bodies
PLACES = r"(?:lake|river|mount|new|north|south|east|west|lower|upper|saint|san|port|street|county)"
UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")


class Actor(NamedTuple):
    """An actor, with all that it is called."""

    actor_id: str
    name: str
    kind: str
    role: str
    forms: tuple[str, ...]
    new: bool
    place: str = ""  # country and affiliation, where the corpus has them


class Speaker(NamedTuple):
    """Who speaks: an actor, with how sure that is; or several who may."""

    actor_id: str
    attribution: str  # "explicit", or "inferred"
    candidates: tuple[str, ...] = ()


@dataclass
class Cast:
    """All actors of an article so far; those that it introduces are added as they come."""

    words: Words
    actors: list[Actor]
    taken: set[str] = field(default_factory=set)
    family: int = -1  # where the family name stands in a name
    here: set[str] = field(default_factory=set)  # whose whole name stands in the article
    said_he: dict[str, str] = field(default_factory=dict)  # "he" or "she", by actor

    def add(self, name: str, kind: str, role: str = "", *forms: str) -> Actor:
        """A new actor, or the one that has the name."""
        for actor in self.actors:
            if name.lower() in map(str.lower, (actor.name, *actor.forms)):
                return actor
        own = (
            name,
            *forms,
            *((name.split()[self.family],) if kind == "person" and " " in name else ()),
        )
        actor = Actor(self._free(name), name, kind, role, own, True)
        self.actors.append(actor)
        return actor

    def _free(self, name: str) -> str:
        slug = slugify(name, max_length=30, word_boundary=True) or "actor"
        ids = itertools.chain([slug], (f"{slug}-x{n}" for n in itertools.count(2)))
        actor_id = next(i for i in ids if i not in self.taken)
        self.taken.add(actor_id)
        return actor_id


def cast(
    corpus: Corpus, flat: str, words: Words, family: int = -1, own: Collection[str] = ()
) -> Cast:
    """The actors of a corpus, and the persons whom an article introduces by name and office.

    An office or a body without a name that was proposed for another article is nobody here; those
    of the article itself are in `own`.
    """
    actors = [
        Actor(r.actor_id, r.name, r.kind, r.role, tuple(_forms(r)), False, _place(corpus, r))
        for r in corpus.actors.itertuples()
        if r.actor_id in own or not _nameless(r, words)
    ]
    out = Cast(words, actors, set(corpus.actors["actor_id"]), family)
    for name, role in _introduced(flat, words):
        known = [a for a in out.actors if a.kind == "person" and name in a.forms]
        if not known:
            honour = _is(role, rf"(?:{words['mr']}|{words['ms']}|Dr|Prof|Herr|Frau)\.?")
            out.add(name, "person", "" if honour else role)
    out.here = {a.actor_id for a in out.actors if a.new or a.name in flat}
    for actor in out.actors:
        if pronoun := _he_or_she(actor, flat, words):
            out.said_he[actor.actor_id] = pronoun
    return out


def _he_or_she(actor: Actor, flat: str, words: Words) -> str:
    """ "he" or "she" where a title, an office or its article tells; "" where none does."""
    for title, pronoun in (("mr", "he"), ("ms", "she")):
        if re.search(rf"\b(?:{words[title]})\.? {re.escape(actor.forms[-1])}\b", flat):
            return pronoun
    if re.match(rf"(?i){words['female']}\b", actor.role):
        return "she"
    male = r"(?i).*(?:(?<!wo)man|\bson|\bking|\bhusband|\bfather)\b"
    head = re.escape(actor.role.split()[0]) if actor.role else NEVER
    if re.search(rf"(?i)\b(?:la|die|una|une|eine) {head}\b", flat):
        return "she"
    he = re.match(male, actor.role) or re.search(rf"(?i)\b(?:le|el|il|der|un|ein) {head}\b", flat)
    return "he" if he else ""


def _nameless(actor, words: Words) -> bool:
    """Whether an actor is a draft that stands for somebody told by an office or a body alone."""
    proposed = getattr(actor, REVIEW, "") == DRAFTED
    return proposed and bool(actor.name.islower() or _is(actor.name, words["body"]))


def _forms(actor) -> Iterator[str]:
    """What an actor of the corpus is called."""
    yield from (n for n in (actor.name, actor.short_name, *actor.also_named.split("|")) if n)
    if actor.kind == "person" and len(actor.name.split()) > 1:
        yield actor.name.split()[-1]


def _place(corpus: Corpus, actor) -> str:
    """Names of an actor's country and of whom it speaks for."""
    names = corpus.names
    return " ".join(names.get(i, "") for i in (actor.country, actor.affiliation_id)).strip()


class Run(NamedTuple):
    """Words with capital letters, one after another, and where they stand."""

    words: tuple[str, ...]
    start: int
    end: int
    possessive: bool

    @property
    def name(self) -> str:
        return " ".join(self.words)


def runs(text: str, joining: bool = False) -> Iterator[Run]:
    """Words with capital letters, one after another; with `joining`, over "of" and its like."""
    found: list[re.Match] = []
    between = (*PARTICLES, *(JOINING if joining else ()))
    for word in [*WORD.finditer(text), None]:
        gap = text[found[-1].end() : word.start()] if found and word else ""
        goes_on = gap == " " and (found[-1][0][-1] != "." or SHORT.fullmatch(found[-1][0]))
        joins = word and (word[0][0].isupper() or word[0] in between)
        if word and joins and goes_on and (joining or not _possessive(found[-1][0])):
            found.append(word)
            continue
        while found and not found[-1][0][0].isupper():
            found.pop()
        if found:
            last = re.sub(r"['’]s?$", "", found[-1][0])
            end = found[-1].start() + len(last)
            own = _possessive(found[-1][0])
            yield Run((*(f[0] for f in found[:-1]), last), found[0].start(), end, own)
        found = [word] if word and word[0][0].isupper() else []


def _possessive(word: str) -> bool:
    return bool(re.search(r"['’]s?$", word))


def _introduced(flat: str, words: Words) -> Iterator[tuple[str, str]]:
    """Names of persons that the text introduces, each with the office beside it, longest first."""
    found: dict[str, str] = {}
    title = flat.split("\n", 1)[0]
    if sum(w[0].isupper() for w in title.split()) > 0.6 * len(title.split()):
        flat = " " * len(title) + flat[len(title) :]  # in a headline all words may have capitals
    all_ = [(run, *_without_office(run, words)) for run in runs(flat)]
    alone = {name for _, name, role in all_ if name and " " not in name}
    for run, name, role in all_:
        if not name or re.search(
            rf"(?i)\b(?:{words['body']}|{words['named']})\b|(?-i:\b[A-Z]{{3,}}\b)", name
        ):
            continue
        line = flat.rfind("\n", 0, run.start) + 1, flat.find("\n", run.end)
        before = flat[max(line[0], run.start - 60) : run.start]
        after = flat[run.end : run.end + 90][: line[1] - run.end if line[1] >= 0 else None]
        if re.match(r"I[’']", name):
            continue
        if run.words[0] == "By" and run.start == line[0]:
            continue  # who wrote the article
        if run.possessive and re.match(rf".?\s(?i:{words['body']})\b", after):
            continue  # "the Fishers' Guild"
        if re.search(r"(?<!\bvan )(?<!\bvon )\bde[rn]\b", name):
            continue  # German nouns with capitals, one of another
        role = role or _office_beside(before, after, words)
        several = 2 <= len(name.split()) <= 4 and not re.match(rf"(?i){PLACES}\b", name)
        again = (
            several
            and {name.split()[0], name.split()[-1]} & alone
            and not re.search(r"\b(?:in|at) $", before)
        )
        speaks = several and _speaks(before, after, words)
        apposed = several and re.match(
            rf", (?:\d\d,|an? |(?!which\b)(?:{words['who']})\b)| who ", after
        )
        of = rf"\b(?i:{words['of']}|{words['lead']}|{words['the']})\s+$"
        owned = bool(re.search(of, before))
        meant = several and _pronoun_follows(flat[run.end : run.end + 500], words)
        evident = role or apposed or (not owned and speaks)
        if words["nouns"] == NEVER:  # else any noun may come again, or before "she said"
            evident = evident or again or (not owned and meant)
        if len(name.split()) <= 4 and evident:
            found[name] = found.get(name) or role
    first = {n.split()[0] for n in found if " " in n}
    for name in sorted(found, key=lambda n: -len(n.split())):
        if name not in first:
            yield name, found[name]


def _without_office(run: Run, words: Words) -> tuple[str, str]:
    """The name in a run of capitals, and the office that stands in it."""
    offices = [i for i, w in enumerate(run.words) if _is(w.rstrip("."), words["office"])]
    start = offices[-1] + 1 if offices else 0
    kept = list(run.words[start:])
    if start and kept and _is(kept[0], words["the"]):
        return "", ""  # "the chair of the guild" in languages that say "chair the-guild's"
    before_names = "|".join(words[w] for w in ("the", "lead", "according", "and", "beside"))
    while kept and _is(kept[0], before_names):
        kept = kept[1:]
    for i, word in enumerate(kept):  # "Ilse Karg von der Universität Stellin"
        if i and word in PARTICLES and any(_is(w, words["body"]) for w in kept[i:]):
            kept = kept[:i]
            break
    office = run.words[1:start] if start and _is(run.words[0], words["the"]) else run.words[:start]
    return " ".join(kept), " ".join(office)


def _is(word: str, pattern: str) -> bool:
    return bool(re.fullmatch(rf"(?i:{pattern})", word))


def _office_beside(before: str, after: str, words: Words) -> str:
    """An office directly before a name, or between commas after it."""
    office = words["office"]
    of_what = r"(?:(?:[A-Z][\w.’'-]*(?: of)? )+|[\w-]+ )?"
    for_whom = rf"(?: (?:{words['of']}|{words['the']}|della?) [\w’' ]+(?=,))?"
    left = re.search(
        rf"(?<![’'])\b({of_what}(?i:\b(?:{office})){for_whom}),? $",
        before,
    )
    if left:
        return re.sub(rf"(?i)^(?:{words['the']}|{words['of']}|{words['says']}|\w\w?) ", "", left[1])
    right = re.match(
        rf", (?:\d\d, )?((?:[\w’'-]+ ){{0,5}}?(?i:{office})\b(?! [A-Z])[^,.;“”\"]*)", after
    )
    if right and not re.search(rf"\b(?i:{words['says']}|{words['who']})\b", right[1]):
        return re.sub(rf"(?i)^(?:{words['the']}) ", "", right[1]).strip()
    return ""


def _speaks(before: str, after: str, words: Words) -> bool:
    """Whether a verb of saying stands beside a name."""
    return bool(
        re.match(rf"(?: \w+)? (?:{words['says']})\b", after)
        or re.search(rf"\b(?:{words['inverts']})(?: \w+)? $", before)
        or re.search(rf"(?i)\b(?:{words['according']}) $", before)
    )


def _pronoun_follows(after: str, words: Words) -> bool:
    """Whether in the next sentence he or she speaks."""
    he, says = rf"(?:{words['he']}|{words['she']})", rf"(?:{words['says']})"
    sentence = re.match(r"[^.?!\n]{0,150}[.?!]\s+[^\n]{0,300}", after)
    return bool(sentence and re.search(rf"(?i)\b(?:{he} {says}|{says} {he})\b", sentence[0]))


def mentions(cast: Cast, piece: str) -> list[tuple[int, int, Actor]]:
    """Actors named in a piece of text, in its order; of names within one another the longest."""
    found: list[tuple[int, int, Actor]] = []
    for actor in cast.actors:
        for form in dict.fromkeys(actor.forms):
            edge = r"" if UNSPACED.search(form) else r"\b"
            for m in re.finditer(rf"{edge}{re.escape(form)}{edge}", piece):
                if not _within_name(piece, m, actor):
                    found.append((*m.span(), actor))
    # of two with one surname, who is named in full in this article
    found.sort(key=lambda f: (f[0], -f[1], f[2].actor_id not in cast.here, f[2].new))
    out: list[tuple[int, int, Actor]] = []
    for start, end, actor in found:
        if not out or start >= out[-1][1]:
            out.append((start, end, actor))
    return out


def _within_name(piece: str, found: re.Match, actor: Actor) -> bool:
    """Whether one word that names a body is the end of a longer name of another."""
    alone = actor.kind == "organisation" and " " not in found[0]
    return alone and bool(re.search(r"\b[A-Z][\w’'-]* $", piece[: found.start()]))


def bodies(text: str, words: Words) -> Iterator[tuple[str, str]]:
    """Organisations in a text, in its order, each with the word that tells what it is."""
    body, inner = rf"(?i:{words['body']})", rf"{words['body']}|{words['named']}"
    small = rf"\b(?i:{words['the']})\s((?:[a-z-]+\s){{0,2}}?({words['body']}))(?!\w)"
    reached = 0
    for m in re.finditer(rf"{small}|[A-Z]", text):
        if m[1]:
            yield m[1], m[2]
            continue
        if m.start() < reached or re.search(r"[\w’'-]$", text[: m.start()]):
            continue
        run = next(runs(text[m.start() : m.start() + 80], joining=True), None)
        if run is None or run.start:
            continue
        reached = m.start() + run.end
        after = text[reached:]
        beside = re.match(rf", (?:the|an?) (?:[\w-]+ ){{0,4}}({body})(?!\w)", after)
        inside = [w for w in run.words if _is(w, inner)]
        if beside or inside:
            yield run.name, beside[1] if beside else inside[-1]


def by_office(cast: Cast, phrase: str) -> list[Actor]:
    """Persons whose office a phrase may be: the same head, and no word that speaks against it."""
    heads = {w.lower() for w in re.findall(r"[\w-]+", phrase) if _is(w, cast.words["office"])}
    out = []
    for actor in cast.actors:
        # where nothing says of which country or body somebody is, none speaks against it
        placed = actor.place or re.search(r"[’']s\b", actor.role)
        asked = _content(phrase if placed else re.sub(r"\S+[’']s?\s", "", phrase), cast.words)
        own = _content(f"{actor.role} {actor.name} {actor.place}", cast.words)
        same = actor.kind == "person" and heads & {w.lower() for w in actor.role.split()}
        if same and all(any(_same(a, b) for b in own) for a in asked):
            out.append(actor)
    return out


def _content(phrase: str, words: Words) -> list[str]:
    drop = rf"(?:{words['the']}|{words['of']}|of|the|s)"
    found = re.findall(r"[^\W\d_]+", re.sub(r"[’']s\b", "", phrase))
    return [w.lower().replace("defense", "defence") for w in found if not _is(w, drop)]


def _same(one: str, two: str) -> bool:
    """The same word, or a country and its adjective: Ruritania, Ruritanian."""
    return one == two or (len(one) > 4 and len(two) > 4 and one[:5] == two[:5])
