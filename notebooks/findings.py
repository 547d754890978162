"""The facts and findings of this collection: one small function each, in the order they are read.

A function takes all claims and returns whether the finding holds, a sentence that is true of
these claims, whichever they are, and the claims that the sentence rests on.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from helpers.corpus.english import does, listed, plural
from helpers.findings import Said, finding

MILITARNYI, RKSNEWS = "militarnyi-article", "rksnews-article"
SIGNATORIES = ("albania", "kosovo", "croatia")
SPOKEN = ["direct", "indirect"]
ALLIANCE = ("label-alliance", "military-alliance")
DUTIES = {
    "atop-defence": "to defend a partner",
    "atop-offence": "to join an attack",
    "atop-consultation": "to consult",
    "atop-neutrality": "to stay neutral",
    "atop-non-aggression": "not to attack",
}
CHARGES = ("hostile-to-serbia", "against-russia-aligned")
# What the pact is for and what is done under it, aim and field of one subject together.
SUBJECTS = {
    "defence capability": ("aim-capability",),
    "the defence industry": ("aim-industry", "area-production"),
    "hybrid threats": ("aim-hybrid-threats",),
    "training and education": (
        "aim-training-education",
        "area-training-exercises",
        "area-education",
    ),
    "forces that can work together": ("aim-interoperability", "area-interoperability"),
    "resilience": ("aim-resilience",),
    "Euro-Atlantic integration": ("aim-euro-atlantic",),
    "regional defence": ("aim-regional-security",),
    "military coordination": ("area-coordination",),
    "exchange of information": ("area-information",),
    "help to a partner": ("aim-assistance", "area-assistance"),
    "a warning or signal to others": ("aim-deterrence",),
}
# What suggests itself, with the claims nearest to it: they do not bear it out.
TEMPTING = (
    ("Serbia refused.", ("rks-01", "rks-18")),
    ("The articles settle whether it is an alliance.", ("mil-02", "rks-35", "rks-38")),
    ("The warning is to Serbia.", ("mil-03", "mil-15")),
    ("“Countries aligned with Russia” means Serbia.", ("rks-39",)),
    ("The drones are built under the pact.", ("rks-28", "rks-30")),
    ("The tone of the signatories softened with time.", ("mil-03", "mil-10", "rks-49")),
    ("One minister answers what the other outlet wrote.", ("rks-05", "rks-48")),
)


def who(claims: Said, verb: str) -> str:
    """Who speaks in some claims, with what they do."""
    return f"{claims.by} {does(verb, len(claims.speakers))}"


def not_one(denials: Said) -> str:
    """Who says that it is no alliance, or no formal one; "" where nobody does."""
    formal = denials.saying("formal")
    kinds = {"not a formal one": formal, "not an alliance": denials - formal}
    return "".join(f"; {who(own, 'say')} it is {kind}" for kind, own in kinds.items() if own)


def together(said: Said, parts: Iterable[Said]) -> Said:
    """All claims of some parts."""
    return reduce(or_, parts, said - said)


def subjects(said: Said, source: str = "") -> dict[str, Said]:
    """The claims on each subject of the pact, in one article or in all."""
    pact = said.where(target="pact")
    pact = pact.where(source_id=source) if source else pact
    found = {name: pact.asserting(*codes) for name, codes in SUBJECTS.items()}
    return {name: claims for name, claims in found.items() if claims}


def charged(charges: Said) -> str:
    """What each speaker says that the pact is, or could be, turned against."""
    parts = []
    for speaker in dict.fromkeys(charges.index.speakers[c] for c in charges.claims):
        own = charges.where(speaker_id=speaker)
        could = own.where(modality="conditional")
        sure = (own - could).actors(part="object")
        whom = [own.named([a]) if a != speaker else "its interests" for a in sure]
        says = [f"that it is against {listed(whom)}"] if sure else []
        if objects := could.actors(part="object"):
            says.append(f"that it could be used against {own.named(objects)}")
        parts.append(f"{own.by} says {listed(says) if says else 'that it is hostile'}")
    return "; ".join(parts)


@finding("Who signed it, when and where?", figure="timeline", opening=True)
def signed(said: Said):
    told = said.telling("signing")
    formal, dated = told.asserting("atop-formal"), told.saying("2025")
    placed = told.where(level="nested").mentioning("albania")
    parties = [a for a in SIGNATORIES if formal.mentioning(a)]
    if not parties:
        return False, "No claim says who signed.", formal
    sentence = f"{said.named(parties)} signed a document on defence"
    sentence += f" in {said.place('signing')}" if placed else ""
    on = "on" if "-" in said.date("signing")[5:] else "in"
    sentence += f" {on} {said.when('signing')}" if dated else ""
    return True, f"{sentence}.", formal.mentioning(*parties) | dated | placed


@finding("What do the outlets call it?", opening=True)
def outlets_words(said: Said):
    own = said.where(voice="outlet")
    words = [
        f"{said.named([source])} calls it {listed([f'“{said.named([c])}”' for c in codes])}"
        for source in own.sources
        if (codes := own.where(source_id=source).codes("label"))
    ]
    if not words:
        return False, "No outlet has a word of its own for it.", own - own
    claims = own.asserting(*own.codes("label"))
    return True, f"In its own voice {'; '.join(words)}.", claims


@finding("What is it for?", opening=True)
def purpose(said: Said):
    stated = subjects(said)
    claims = together(said, stated.values())
    if not stated:
        return False, "No claim says what it is for.", claims
    return True, f"It is reported to be about {listed(list(stated))}.", claims


@finding("Who calls it an alliance, and who denies it?", figure="two-disputes", opening=True)
def called(said: Said):
    used, denied = said.asserting(*ALLIANCE), said.denying(*ALLIANCE)
    formal = denied.saying("formal")
    partners = said.asserting("label-partnership", "partnership")
    sentence = f"{who(used, 'call')} it an alliance" if used else "Nobody calls it an alliance"
    if formal and formal.speakers == partners.speakers:
        sentence += f"; {who(formal, 'say')} it is a partnership rather than a formal alliance"
        sentence += not_one(denied - formal)
    else:
        sentence += not_one(denied)
        sentence += f"; {who(partners, 'call')} it a partnership" if partners else ""
    return used or denied or partners, f"{sentence}.", used | denied | partners


@finding("Against whom is it said to be, and by whom?", opening=True)
def against(said: Said):
    charges, denials = said.asserting(*CHARGES), said.asserting("not-directed-against-anyone")
    sentence = charged(charges) if charges else "Nobody says that it is against somebody"
    sentence += f"; {who(denials, 'say')} it threatens or is against nobody" if denials else ""
    return charges or denials, f"{sentence}.", charges | denials


@finding("Did Serbia accept the invitation to join?", opening=True)
def answered(said: Said):
    invited, declined = said.telling("invitation"), said.telling("serbia-declines")
    waiting = said.telling("no-response")
    parts = []
    bidden = f"{who(invited, 'say')} that Serbia was invited to join"
    if invited and invited.speakers == waiting.speakers:
        parts.append(f"{bidden} and that no answer has come")
    elif invited or waiting:
        parts += [bidden] if invited else []
        parts += [f"{who(waiting, 'say')} that no answer has come"] if waiting else []
    if declined:
        only = declined.where(position="headline") == declined
        titles = "headline" if len(declined.sources) == 1 else "headlines"
        where = f"only in the {titles} of {said.named(declined.sources)} is it said"
        parts.append(f"{where if only else who(declined, 'say')} that Serbia declines")
    sentence = "; ".join(parts) if parts else "No claim tells of an invitation to Serbia"
    return bool(parts), f"{sentence}.", invited | declined | waiting


@finding("What is not stated?", opening=True)
def unknown(said: Said):
    duties = said.asserting(*DUTIES)
    defence = duties.asserting("atop-defence") | said.denying("atop-defence")
    signing, speech = said.telling("signing"), said.telling("press-conference")
    gaps = [] if defence else ["whether the partners must help one that is attacked"]
    if signing and "-" not in said.date("signing")[5:]:
        gaps.append("on which day it was signed")
    if signing and not signing.actors("person"):
        gaps.append("who signed for each country")
    if speech and said.date("press-conference").startswith("XXXX"):
        gaps.append("in which year Albania’s minister spoke")
    sentence = f"Not stated: {', '.join(gaps)}." if gaps else "Nothing of it is missing."
    return bool(gaps), sentence, duties | defence | signing | speech


@finding(
    "Whose word is “alliance”?",
    figure="labels",
    about={"voice": "outlet", "speaker_id": "vucic", "source_id": [MILITARNYI, RKSNEWS]},
)
def alliance_whose_word(said: Said):
    used, denied = said.asserting(*ALLIANCE), said.denying(*ALLIANCE)
    here, there = used.where(source_id=MILITARNYI), used.where(source_id=RKSNEWS)
    elsewhere = used - here - there
    holds = here and there and not set(here.speakers) & set(there.speakers)
    if holds:
        own = here.where(voice="outlet") == here
        word = "the outlet’s own word" if own else f"said by {here.by}"
        sentence = (
            f"In Militarnyi “alliance” is {word} ({here}), "
            f"in RksNews only {who(there, 'use')} it ({there})"
        )
        if elsewhere:
            sentence += f", in {said.named(elsewhere.sources)} {who(elsewhere, 'use')} it"
            sentence += f" ({elsewhere})"
    elif used:
        places = {"in Militarnyi": here, "in RksNews": there, "elsewhere": elsewhere}
        sentence = "“Alliance” is used " + " and ".join(
            f"{place} by {claims.by} ({claims})" for place, claims in places.items() if claims
        )
    else:
        sentence = "No claim calls it an alliance"
    return holds, f"{sentence}{not_one(denied)}.", used | denied


@finding("Is the dispute in every article?", about={"source_id": [MILITARNYI, RKSNEWS]})
def critics_in_one_article(said: Said):
    charges, serbia = said.asserting(*CHARGES), said.mentioning("serbia")
    with_, without = charges.sources, [s for s in said.sources if s not in charges.sources]
    silent = [s for s in without if not serbia.where(source_id=s)]
    if not charges:
        return False, "No claim says that the pact is against somebody.", charges
    only = "Only " if without else ""
    sentence = f"{only}{said.named(with_)} {does('report', len(with_))} a critic of the pact"
    sentence += f" ({charges})"
    if silent:
        sentence += f"; {said.named(silent)} never {does('name', len(silent))} Serbia"
    return bool(without and silent), f"{sentence}.", charges | serbia


@finding("What is charged, and what is answered?", about={"source_id": RKSNEWS})
def charge_and_answer(said: Said):
    charges = said.asserting(*CHARGES)
    answers = said.denying(*CHARGES) | said.asserting("not-directed-against-anyone")
    met = answers.actors(part="object")
    naming = answers.mentioning(*met, part="object") if met else answers - answers
    missed = [a for a in charges.actors(part="object") if a not in met]
    if not charges:
        return False, "No claim says that the pact is directed against somebody.", answers
    sentence = f"{charged(charges)} ({charges})"
    if naming:
        sentence += f". {who(naming, 'deny')} that it is against {said.named(met)} ({naming})"
    else:
        sentence += ". No answer names anyone" if answers else ". No claim denies it"
    if naming and missed:
        names = sorted((said.named([a]) for a in missed), key=len)  # “or” binds the last alone
        others = listed(names, "or")
        sentence += f"; no answer names {others}"
    return naming and missed, f"{sentence}.", charges | answers


@finding("Is it said to be against nobody?", figure="framings")
def denial_and_deterrence(said: Said):
    denials = said.asserting("not-directed-against-anyone") | said.denying("hostile-to-serbia")
    deniers = denials.speakers
    signals = said.asserting("deterrent-signal").where(speaker_id=deniers)
    others = [d for d in deniers if d not in signals.speakers]
    if not denials:
        return False, "No claim denies that the pact is against anyone.", denials
    sentence = f"{who(denials, 'say')} that the pact threatens or is against nobody ({denials})"
    if signals and others:
        count = len(signals.speakers)
        sentence += f"; {said.named(signals.speakers)} also {does('warn', count)} or "
        sentence += f"{does('send', count)} a signal"
        sentence += f", and no such words of {said.named(others)} are reported"
    elif signals:
        sentence += f"; {'all' if len(deniers) > 1 else 'the same speaker'} also "
        sentence += f"{does('warn', len(deniers))} or {does('send', len(deniers))} a signal"
    else:
        sentence += "; no words that warn are reported of them"
    return len(deniers) > 1 and signals and others, f"{sentence}.", denials | signals


@finding("Whose word is “warning”?", about={"voice": "outlet", "source_id": MILITARNYI})
def signal_and_warning(said: Said):
    every = said.asserting("deterrent-signal")
    warnings, signals = every.saying("warning"), every.saying("signal").where(voice=SPOKEN)
    told = warnings.where(voice="outlet")
    states = [a for a in every.actors(part="addressee") if said.index.kinds[a] == "state"]
    if not every:
        return False, "No claim tells of a warning or a signal.", every
    parts = []
    if signals:
        to = said.named(signals.actors(part="addressee"))
        parts.append(f"{who(signals, 'speak')} of a “signal” to {to} ({signals})")
    if told:
        to = said.named(told.actors(part="addressee"))
        parts.append(f"a “warning” to {to} is the wording of {told.by} ({told})")
    sentence = "; ".join(parts) if parts else f"A warning or signal is told of in {every}"
    if spoken := warnings - told:
        sentence += f"; {who(spoken, 'say')} “warning” too"
    sentence += "" if states else "; no state is named as the one warned"
    return signals and told and not spoken and not states, f"{sentence}.", every


@finding("Warned, or expected to join?", about={"voice": "outlet", "source_id": MILITARNYI})
def warned_and_wanted(said: Said):
    others = said.where(source_id=MILITARNYI).mentioning("other-countries")
    warned, wanted = others.asserting("deterrent-signal"), others.asserting("open-to-others")
    if warned and wanted:
        sentence = (
            f"In Militarnyi “other countries” are warned, in words of {warned.by} ({warned}), and "
            f"expected to join, in words of {wanted.by} ({wanted})."
        )
    elif warned:
        sentence = (
            f"“Other countries” are warned ({warned}, by {warned.by}), "
            "and no claim expects them to join."
        )
    elif wanted:
        sentence = (
            f"“Other countries” are expected to join ({wanted}, by {wanted.by}), "
            "and no claim warns them."
        )
    else:
        sentence = "No claim of Militarnyi warns “other countries” or expects them to join."
    return warned and wanted, sentence, warned | wanted


@finding(
    "Did Serbia decline?",
    figure="headline-body",
    about={"position": "headline", "source_id": RKSNEWS},
)
def headline_exceeds_body(said: Said):
    here = said.where(source_id=RKSNEWS)
    declines = here.telling("serbia-declines")
    headline, text = declines.where(position="headline"), declines.where(not_position="headline")
    waiting = here.telling("no-response").where(not_position="headline")
    elsewhere = said.telling("serbia-declines") - declines
    holds = headline and waiting and not text
    if holds:
        credited = [a for a in headline.speakers if said.index.kinds[a] != "outlet"]
        source = f", on the word of {said.named(credited)}" if credited else ""
        first = "Of RksNews only the" if elsewhere else "Only RksNews’s"
        sentence = f"{first} headline says that Serbia declines{source} ({headline})"
    elif headline and text:
        sentence = f"Headline and text say that Serbia declines ({declines})"
    elif declines:
        place = "headline" if headline else "text"
        sentence = f"The {place} says that Serbia declines ({declines})"
    else:
        sentence = "No claim of RksNews says that Serbia declines"
    if waiting:
        sentence += f"; in the text {who(waiting, 'say')} that no answer has come ({waiting})"
    else:
        sentence += "; none says that no answer has come"
    if elsewhere:
        sentence += f"; in {said.named(elsewhere.sources)} {who(elsewhere, 'say')} so too "
        sentence += f"({elsewhere})"
    return holds, f"{sentence}.", declines | waiting | elsewhere


@finding("Are “partnership” and “formal” the minister’s own words?", about={"speaker_id": "vengu"})
def partnership_paraphrased(said: Said):
    partners, denied = said.asserting("label-partnership"), said.denying(*ALLIANCE)
    named = (partners | denied).where(speaker_id="vengu")
    quoted, others = named.where(voice="direct"), partners - named
    own = said.where(voice="direct", speaker_id="vengu")
    words = own.asserting(*own.codes("label"))
    if not named:
        sentence = "Albania’s minister neither calls it a partnership nor denies an alliance"
    elif quoted:
        sentence = f"“Partnership”, or that it is no formal alliance, is quoted ({quoted})"
    else:
        sentence = f"“Partnership” and “formal alliance” are paraphrase only ({named})"
    if words:
        called_ = listed([f"“{said.named([c])}”" for c in own.codes("label")])
        sentence += f"; in words quoted of him, Albania’s minister says {called_} ({words})"
    sentence += f"; {who(others, 'call')} it a partnership" if others else ""
    sentence += not_one(denied - named)
    return named and not quoted, f"{sentence}.", partners | denied | words


@finding("Which noun goes with whom?", about={"source_id": RKSNEWS})
def paraphrase_words(said: Said):
    told = said.where(source_id=RKSNEWS, voice="indirect", not_position="headline")
    parts, words = [], []
    for speaker in told.speakers:
        own = told.where(speaker_id=speaker)
        if codes := [c for c in own.codes("label") if c not in ("label-partnership",)]:
            words.append(set(codes))
            nouns = listed([f"“{said.named([c])}”" for c in codes])
            parts.append(f"{nouns} where it paraphrases {said.titled([speaker])}")
    claims = told.asserting(*told.codes("label")) if parts else told - told
    if not parts:
        return False, "No paraphrase of RksNews has a noun for the document.", claims
    apart = len(words) > 1 and not set.intersection(*words)
    return apart, f"RksNews writes {listed(parts)}.", claims


@finding("What does the critic call it?", about={"speaker_id": "vucic", "source_id": RKSNEWS})
def critic_words(said: Said):
    own = said.where(source_id=RKSNEWS, speaker_id="vucic")
    words = own.where(voice="direct").asserting("label-alliance")
    outside = own.where(voice="indirect").saying("hostile").where(level="primary")
    outside = outside.asserting("hostile-to-serbia")
    if not words:
        return False, "RksNews quotes no words of Serbia’s president for an alliance.", words
    differ = len(set(words.quoted)) > 1
    order = "first with {}, then with {}" if len(words) == 2 else "with {}"
    quoted = words.quoted if len(words) == 2 else [listed(words.quoted)]
    sentence = f"RksNews quotes {words.by} {order.format(*quoted)}"
    if outside and words.saying("hostile"):
        sentence += "; “hostile” is once outside and once inside the quotation marks"
    return differ, f"{sentence}.", words | outside


@finding(
    "Who is quoted, and who is not?",
    about={"source_id": [MILITARNYI, RKSNEWS], "speaker_id": ["maqedonci", "vengu"]},
)
def who_is_quoted(said: Said):
    quoted = said.where(voice="direct")
    people = said.of_state(*SIGNATORIES)
    heard = [p for p in people if quoted.where(speaker_id=p)]
    told = said.where(speaker_id=[p for p in people if p not in heard], voice="indirect")
    states = [a for a in SIGNATORIES if not any(said.index.states[p] == a for p in heard)]
    each = [len(set(quoted.where(source_id=a).speakers) & set(heard)) for a in said.sources]
    evidence = quoted.where(speaker_id=heard) | told | said.mentioning(*people)
    if not heard:
        return False, "Nobody who acts for a signatory is quoted.", evidence
    one = len(each) > 1 and set(each) == {1}
    sentence = (
        f"Each article quotes one minister of the signatories: {said.titled(heard)}"
        if one
        else f"Of those who act for the signatories, {said.titled(heard)} "
        f"{'are' if len(heard) > 1 else 'is'} quoted"
    )
    if states:
        unheard = listed([said.named([a]) for a in states], "or")
        sentence += f"; nobody who acts for {unheard} is"
        sentence += f", though {told.by} is paraphrased ({told})" if told else ""
    return one and states, f"{sentence}.", evidence


@finding(
    "How much of each side is quoted?",
    figure="voices",
    about={"source_id": RKSNEWS, "speaker_id": ["vengu", "vucic"]},
)
def whose_words_quoted(said: Said):
    here = said.where(source_id=RKSNEWS)
    counts = {}
    for speaker in ("vengu", "vucic"):
        own = here.where(speaker_id=speaker)
        counts[speaker] = [own.where(voice=voice) for voice in SPOKEN]
    if not any(claims for pair in counts.values() for claims in pair):
        return False, "RksNews has no words of either of the two.", here - here
    quoted, told = (
        [
            f"{said.titled([speaker])} {joint} {plural(pair[at].words, 'word')}"
            for speaker, pair in counts.items()
            if pair[at]
        ]
        for at, joint in enumerate(("with", "in"))
    )
    parts = [f"RksNews quotes {listed(quoted)}"] if quoted else []
    parts += [f"it paraphrases {listed(told)}"] if told else []
    (vengu, _), (vucic, _) = counts.values()
    every = together(said, [c for pair in counts.values() for c in pair])
    sentence = "; ".join(parts)
    return vengu.words > vucic.words > 0, f"{sentence[0].upper()}{sentence[1:]}.", every


@finding("What does every article say it means?", about={"source_id": [MILITARNYI, RKSNEWS]})
def shared_meanings(said: Said):
    pact = said.where(target="pact")
    stated = [set(pact.where(source_id=s).codes("framing")) for s in pact.sources]
    shared = sorted(set.intersection(*stated)) if len(stated) > 1 else []
    claims = pact.asserting(*shared) if shared else pact - pact
    if not shared:
        return False, "No way of presenting the pact is in more than one article.", claims
    articles = "both articles" if len(stated) == 2 else f"all {len(stated)} articles"
    names = listed([f"“{said.named([c])}”" for c in shared])
    return True, f"Claims of {articles} are coded {names} ({claims}).", claims


@finding(
    "What does every article report?",
    figure="aims",
    about={"source_id": [MILITARNYI, RKSNEWS]},
)
def shared_contents(said: Said):
    stated = [subjects(said, source) for source in said.sources]
    names = list(subjects(said))
    shared = [n for n in names if len(stated) > 1 and all(n in found for found in stated)]
    claims = together(said, [found[n] for n in shared for found in stated])
    articles = "both articles" if len(stated) == 2 else f"all {len(stated)} articles"
    if not names:
        sentence = "No claim says what the pact is for or what is done under it."
    elif shared:
        sentence = (
            f"Of {plural(len(names), 'purpose or field', 'purposes and fields')} of the pact, "
            f"{len(shared)} {'is' if len(shared) == 1 else 'are'} in {articles}: {listed(shared)}."
        )
    else:
        where = articles if len(stated) > 1 else "a second article"
        named = plural(len(names), "purpose or field", "purposes and fields")
        sentence = f"Of {named} of the pact, none is in {where}."
    return shared, sentence, claims


@finding("Who says what it contains?", about={"voice": "outlet"})
def contents_by_outlets(said: Said):
    contents = together(said, subjects(said).values())
    spoken = contents.where(voice=SPOKEN)
    if not contents:
        return False, "No claim says what the pact is for or what is done under it.", contents
    sentence = (
        f"What the pact is for and what is done under it is told in the outlets’ own voice in "
        f"{len(contents - spoken)} of {contents}"
    )
    if spoken:
        sentence += f", and by {spoken.by} in {len(spoken)}"
    return 2 * len(spoken) < len(contents), f"{sentence}.", contents


@finding("Are duties of an alliance reported?", figure="criteria", words=["label-alliance"])
def alliance_and_content(said: Said):
    used, duties = said.asserting("label-alliance"), said.asserting(*DUTIES)
    reported = [duty for code, duty in DUTIES.items() if said.asserting(code)] or list(
        DUTIES.values()
    )
    count = str(duties) if duties else "No claim"
    sentence = (
        f"{count} {does('report', max(len(duties), 1))} a duty {listed(reported, 'or')}; "
        f"“alliance” is used in {used}."
    )
    return used and not duties, sentence, used | duties


@finding("Whose ties are told besides?")
def ties_of_two(said: Said):
    ties = said.where(target="bilateral")
    croatia = ties.mentioning("croatia")
    pair = ties.mentioning("albania") & ties.mentioning("kosovo") - croatia
    if not ties:
        return False, "No claim is about ties between two of the parties.", ties
    verb = "is" if len(ties) == 1 else "are"
    sentence = f"{ties} {verb} about ties between two of the parties"
    sentence += f", {len(croatia)} with Croatia" if croatia else ", and Croatia is in none of them"
    counts = [(len(ties.where(source_id=s)), said.named([s])) for s in ties.sources]
    where = [f"{n} in {name}" for n, name in counts]
    sentence += f": {listed(where)}" if len(where) > 1 else ""
    return pair and not croatia, f"{sentence}.", ties


@finding("Is Kosovo’s status questioned?", about={"source_id": [MILITARNYI, RKSNEWS]})
def kosovo_status(said: Said):
    doubts, named = said.asserting("kosovo-status-contested"), said.mentioning("kosovo")
    silent = [s for s in named.sources if s not in doubts.sources]
    if not doubts:
        return False, "No claim marks Kosovo’s status as contested.", doubts
    marks, names = does("mark", len(doubts.sources)), does("name", len(silent))
    sentence = f"{said.named(doubts.sources)} {marks} Kosovo’s status as contested ({doubts})"
    sentence += f"; {said.named(silent)} {names} Kosovo without that" if silent else ""
    return bool(silent), f"{sentence}.", doubts


@finding("Which words for it are in one article only?")
def words_of_one_article(said: Said):
    parts, claims = [], said - said
    for source in said.sources:
        here, there = said.where(source_id=source), said.where(not_source_id=source)
        own = sorted(set(here.codes("label")) - set(there.codes("label")))
        if own:
            parts.append(
                f"only {said.named([source])} has {listed([f'“{said.named([c])}”' for c in own])}"
            )
            claims = claims | here.asserting(*own)
    if not parts:
        return False, "No word for the document is in one article only.", claims
    return len(parts) > 1, f"Of words for the document {'; '.join(parts)}.", claims
