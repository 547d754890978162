"""Whom the subject of a verb of saying means: a name, an office, a pronoun, a body, a group."""

import functools
import re

from babel import Locale

from helpers.extend.language import NEVER, Words, languages
from helpers.extend.people import Actor, Cast, Speaker, bodies, by_office, mentions, runs
from helpers.extend.speech import JOINT

OBJECTS = {"him": "he", "her": "she", "them": "they"}
PAPER = (
    r"statement|report|letter|study|survey|poll|document|text|note|article|post|message|release"
    r"|inquiry|probe|review|investigation|programme|program|analysis|audit|paper|book|campaign"
)
AGED = r"\d\d-(?:year-olds?|[Jj]ährigen?r?)"  # "the 51-year-old": he or she
MOST = 6  # words of a name, with what belongs to it
GENERIC = (
    r"group|organi[sz]ation|association|company|firm|movement|institution|agency|body|club|team"
    r"|regulator|watchdog|charity|carrier|operator"
)
WHEN = r"\s(?:on|in|at|during|after|before|as|ce|am|le|nach|après|dopo|tras|после|posle|pas|po)\s"


def who(
    cast: Cast, subject: str, said_before: list[Speaker], nearby: list[Actor], before: str
) -> Speaker:
    """The actor that a subject means.

    Parameters
    ----------
    cast : Cast
        Somebody new is added to it.
    subject : str
        As a frame has it.
    said_before : list of Speaker
        Who spoke so far, the last one last.
    nearby : list of Actor
        Persons named in the sentence before.
    before : str
        The article up to this sentence.
    """
    words = cast.words
    first = re.sub(rf"^(?i:{JOINT})\s+", "", subject.strip(" ,"))
    first = OBJECTS.get(first, first) or "he or she"
    if re.match(rf"(?i:{words['the']})\s+{AGED}(?:\s|$)", first):
        first = "he or she"
    for pronoun in ("he or she", "he", "she", "they"):
        if re.match(rf"(?i:{pronoun if ' ' in pronoun else words[pronoun]})(?:\s|$)", first):
            return _pronoun(cast, pronoun, said_before, nearby, before)
    head = _np(first, words)
    named = [f for f in mentions(cast, head) if _is_head(head, *f, words)]
    found = [actor for *_, actor in named]
    persons = list(dict.fromkeys(a.actor_id for a in found if a.kind == "person"))
    namesakes = _namesakes(cast, head, named)
    if namesakes:
        last = next((s.actor_id for s in said_before[-1:] if s.actor_id in namesakes), "")
        return Speaker(last, "inferred", () if last else tuple(namesakes))
    if re.search(r"\w\s(?:and|und|et|y|e)\s", head) and len(persons) > 1:
        return Speaker("", "inferred", tuple(persons))
    if persons:
        return Speaker(persons[0], "explicit")
    if re.search(rf"(?i)(?<!\w)(?:{words['office']})(?!\w)", head):
        return _office(cast, head, first, said_before, nearby)
    if found:
        return Speaker(found[0].actor_id, "explicit")
    return _other(cast, head, said_before, before)


def _np(subject: str, words: Words) -> str:
    """A subject up to its own comma or to a verb of another kind."""
    head = subject.split(",")[0]
    verbs = rf"{words['says']}|is|was|are|were|has|had|have|will|would|[a-z]+ed|{words['who']}"
    cut = re.search(rf"\s(?:{verbs})(?!\w)", head)
    head = head[: cut.start()] if cut and cut.start() > 1 else head
    if re.match(words["nouns"], head):  # a verb is the first small word after what has capitals
        small = rf"(?:\s(?:{words['of']}|{words['the']}|der|des))*"
        noun = re.match(rf"(?:[^\W\d_A-ZÄÖÜ]\S*\s)*[A-ZÄÖÜ]\S*(?:{small}\s[A-ZÄÖÜ]\S*)*", head)
        return noun[0] if noun else head
    return head


def _namesakes(cast: Cast, head: str, named: list[tuple[int, int, Actor]]) -> list[str]:
    """Persons of the article who have the surname that stands there, where there are several."""
    form = next((head[a:b] for a, b, actor in named if actor.kind == "person"), "")
    alike = [a.actor_id for a in cast.actors if a.actor_id in cast.here and form in a.forms]
    return alike if form and len(alike) > 1 else []


def _is_head(phrase: str, start: int, end: int, actor: Actor, words: Words) -> bool:
    """Whether a name is what a phrase is about: not "X's lawyer", not "a spokesman for X"."""
    owns = re.match(r"['’]s?\b|['’](?=\s)", phrase[end:])
    the, office = rf"(?:\s(?i:{words['the']}))?", rf"(?:\s(?i:{words['office']}))?"
    after = re.search(rf"(?:^|\s)(?i:{words['of']}){the}{office}\s$", phrase[:start])
    return not owns and not after and actor.kind != "outlet"


def _office(
    cast: Cast, head: str, subject: str, said_before: list[Speaker], nearby: list[Actor]
) -> Speaker:
    """A person told by an office: with a name beside it, one that is known, or somebody new."""
    words = cast.words
    if beside := _beside(cast, head, subject):
        return beside
    definite = not re.match(r"(?i)(?:an?|another|one|eine?|une?|un[ao])\s", head)
    known = [a.actor_id for a in by_office(cast, head)] if definite else []
    if len(known) == 1:
        long = len(re.findall(r"\w{4,}", head)) > 1
        return Speaker(known[0], "explicit" if long else "inferred")
    if known:
        last = next((s.actor_id for s in said_before[-1:] if s.actor_id in known), "")
        return Speaker(last, "inferred", () if last else tuple(known))
    near = list(dict.fromkeys(a.actor_id for a in nearby if not a.role))
    if definite and len(near) == 1 == len(nearby) and len(head.split()) <= 2:
        return Speaker(near[0], "inferred")  # "the sociologist", of whom only a name was told
    if definite and words["nouns"] != NEVER:  # another word for somebody who has a name already
        persons = {a.actor_id for a in cast.actors if a.kind == "person"}
        spoke = [s.actor_id for s in said_before if s.actor_id in persons]
        here = [a.actor_id for a in nearby if a.actor_id in persons]
        named = tuple(dict.fromkeys(here)) or tuple(spoke[-1:])
        if named:
            alone = named[0] if len(named) == 1 else ""
            return Speaker(alone, "inferred", () if alone else named)
    name = re.split(WHEN, _without_article(head, words))[0]
    if first := _by_first_name(cast, name):
        return Speaker(first, "inferred")
    return Speaker(cast.add(name, "person").actor_id, "explicit")


def _beside(cast: Cast, head: str, subject: str) -> Speaker | None:
    """A name after a comma: "the minister, X"; in "a spokesman for the minister, X" it is open."""
    words = cast.words
    honour = (
        rf"\s*(?:[\w-]+\s+){{0,3}}?(?:(?:{words['office']}|{words['mr']}|{words['ms']})\.?\s*)*"
    )
    offices = re.findall(rf"(?i)(?<!\w)(?:{words['office']})(?!\w)", head)
    open_ = len(offices) > 1 and re.search(rf"\s(?:{words['of']})\s", head)
    for part in subject.split(",")[1:]:
        for start, _, actor in mentions(cast, part):
            if actor.kind == "person" and re.fullmatch(honour, part[:start]):
                one = (actor.actor_id,)
                return Speaker("", "inferred", one) if open_ else Speaker(*one, "explicit")
    return None


def _by_first_name(cast: Cast, phrase: str) -> str:
    """The one person of the article whose first name is the last word: "Dame Ruth"; or ""."""
    last = phrase.split()[-1] if phrase else ""
    persons = [a for a in cast.actors if a.kind == "person" and a.actor_id in cast.here]
    alike = [a.actor_id for a in persons if " " in a.name and a.name.split()[0] == last]
    return alike[0] if len(alike) == 1 else ""


def _without_article(phrase: str, words: Words) -> str:
    return re.sub(rf"^(?i:{words['the']})(?:\s+|(?<=[’']))", "", phrase).strip()


def _other(cast: Cast, head: str, said_before: list[Speaker], before: str) -> Speaker:
    """A body or a group: one that is known, or a new one; or somebody without a name."""
    words = cast.words
    bare = _without_article(head, words)
    cut = re.split(WHEN, bare)[0]
    if re.match(rf"(?:{words['of']})\s", cut):
        return Speaker("", "inferred", _last(said_before))  # "one of …"
    if first := _by_first_name(cast, bare):
        return Speaker(first, "inferred")
    body = re.search(rf"(?i)(?<!\w)(?:{words['body']}|{words['named']})(?!\w)", bare)
    same = _same_body(cast, body[0], before) if body and cut.islower() and head != bare else ""
    if same:
        return Speaker(same, "inferred")
    if re.fullmatch(rf"(?i:{words['group']})", cut):
        return Speaker(cast.add(cut, "group").actor_id, "explicit")
    named = [r for r in runs(cut, joining=True) if not r.possessive]
    if re.match(words["nouns"], cut) and not body and head != bare:
        named = []  # a thing: all nouns have capitals
    several = rf"(?i)(?<!\w)(?:{words['group']})(?!\w)"
    if body and named and not re.search(several, cut):
        # "the ministry of Santé", "Agence régionale de santé": a name that goes on in small letters
        first = named[0].words == (body[0],) and named[0].end < len(cut)
        of = re.match(rf"\s(?:{words['of']})\s*(?:(?:{words['the']})\s?)?", cut[body.end() :])
        whose = of and body.end() + of.end() == named[0].start
        if first or (whose and len(cut.split()) <= MOST):
            return Speaker(cast.add(cut, "organisation").actor_id, "explicit")
    if named:
        few = 2 <= len(named[0].words) <= 3 and not body and "&" not in named[0].name
        person = few and cut == head and named[0].end >= len(cut) - 1
        kind = "state" if named[0].name in _states() else "person" if person else "organisation"
        name = named[0].name
        if re.match(words["nouns"], cut) and re.fullmatch(rf"(?i:{words['body']})", name[:-1]):
            name = name[:-1]  # a genitive
        return Speaker(cast.add(name, kind).actor_id, "explicit")
    if body and len(cut.split()) <= MOST:
        return Speaker(cast.add(cut, "organisation").actor_id, "explicit")
    if re.search(several, cut) and len(cut.split()) <= MOST:
        return Speaker(cast.add(cut, "group").actor_id, "explicit")
    if re.match(r"(?:an?|one|another)\s(?!of\b)", head) and not re.search(
        rf"\b(?:{PAPER})\b", head
    ):
        return Speaker(cast.add(cut, "person").actor_id, "explicit")
    last = cut.split()[-1] if cut else ""
    alike = [a.actor_id for a in cast.actors if a.new and a.name.split()[-1] == last]
    if len(alike) == 1:
        return Speaker(alike[0], "inferred")
    return Speaker("", "inferred", _last(said_before))


def _last(said_before: list[Speaker]) -> tuple[str, ...]:
    """Who spoke last, where that is known."""
    return tuple(s.actor_id for s in said_before[-1:] if s.actor_id)


@functools.cache
def _states() -> set[str]:
    """Names of states in the languages that are known."""
    locales = [Locale.parse(tag) for tag in languages()]
    bodies_ = ("EU", "EZ", "UN")  # that babel counts among them
    known = [one.territories.items() for one in locales]
    return {n for one in known for code, n in one if code.isalpha() and code not in bodies_}


def _same_body(cast: Cast, word: str, before: str) -> str:
    """The body named last that "the ministry", "the party" may mean; "" where there is none."""
    found = [name for name, kind in bodies(before, cast.words) if kind.lower() == word.lower()]
    proper = [name for name in found if not name.islower()]
    known = [a for a in cast.actors if a.kind in ("organisation", "state", "group")]
    if re.fullmatch(GENERIC, word.lower()):  # the one that was named right before
        here = before[before.rfind("\n") + 1 :]
        near = [name for name, _ in bodies(here, cast.words) if not name.islower()]
        proper = near or proper or _only_name(cast, here)
    if proper:
        return next((a.actor_id for *_, a in mentions(cast, proper[-1]) if a in known), "") or (
            cast.add(proper[-1], "organisation").actor_id
        )
    return next((a.actor_id for a in reversed(known) if word.lower() in a.name.lower()), "")


def _only_name(cast: Cast, here: str) -> list[str]:
    """The name of several words in the sentence before, if one stands there that is no person's."""
    last = re.split(r"[.!?”\"]\s", here.strip())[-1]
    names = [r.name for r in runs(last, joining=True) if len(r.words) > 1 and not r.possessive]
    known = {f for a in cast.actors if a.kind == "person" for f in a.forms}
    found = [n for n in dict.fromkeys(names) if not known & {n, n.split()[-1]}]
    return found if len(found) == 1 else []


def _pronoun(
    cast: Cast, pronoun: str, said_before: list[Speaker], nearby: list[Actor], before: str
) -> Speaker:
    """Whom a pronoun means: who spoke last, or the only one who was named since."""
    kinds = {a.actor_id: a.kind for a in cast.actors}
    other = {"he": "she", "she": "he"}.get(pronoun, "")

    def fits(actor_id: str) -> bool:
        person = kinds.get(actor_id) == "person"
        right = not other or cast.said_he.get(actor_id) != other
        return bool(actor_id) and person != (pronoun == "they") and right

    near = list(dict.fromkeys(a.actor_id for a in nearby if fits(a.actor_id)))
    if pronoun == "they":
        near = _bodies_near(cast, before)
    last = next((s.actor_id for s in reversed(said_before) if fits(s.actor_id)), "")
    if len(near) == 1 or (not near and last):
        chosen = near[0] if near else last
    elif last in near:
        chosen = last
    else:
        fitting = [a.actor_id for a in cast.actors if fits(a.actor_id) and a.new]
        return Speaker("", "inferred", tuple(near or fitting[:3]))
    if other:
        cast.said_he.setdefault(chosen, pronoun)
    return Speaker(chosen, "inferred")


def _bodies_near(cast: Cast, before: str) -> list[str]:
    """Bodies that the sentence before names."""
    last = re.split(r"[.!?”\"]\s", before.strip())[-1]
    names = dict.fromkeys(name for name, _ in bodies(last, cast.words))
    return [cast.add(name, "organisation").actor_id for name in names]
