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
ARTICLES = {MILITARNYI: "Militarnyi", RKSNEWS: "RksNews"}
SIGNATORIES = ("albania", "kosovo", "croatia")
ALLIANCE = ("label-alliance", "military-alliance")
DUTIES = ("defence", "offence", "neutrality", "non-aggression", "consultation")
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
}
# What the pact is said to mean: what it is, whom it is against, who may join.
MEANINGS = (
    "partnership",
    "open-to-others",
    "military-alliance",
    "hostile-to-serbia",
    "not-directed-against-anyone",
    "deterrent-signal",
    "unity",
    "against-russia-aligned",
)
# What suggests itself, with all that the articles have on it: none of them bears it out.
TEMPTING = (
    ("Serbia refused.", ("rks-01", "rks-18")),
    ("It is an alliance, or it is not: an article says what is in the text.", ("mil-24", "rks-50")),
    ("The warning names Serbia.", ("mil-03", "mil-15")),
    ("The countries aligned with Russia are Serbia.", ("rks-39",)),
    ("The drones are a project of the pact.", ("rks-28", "rks-30")),
    ("It is the first agreement of its kind.", ("mil-14",)),
    ("The tone softened with time.", ("mil-03", "mil-10", "rks-49")),
    ("One minister answers the other outlet.", ("rks-05", "rks-48")),
)


def who(claims: Said, verb: str) -> str:
    """Who speaks in some claims, with what they do."""
    return f"{claims.by} {does(verb, len(claims.speakers))}"


def together(said: Said, parts: Iterable[Said]) -> Said:
    """All claims of some parts."""
    return reduce(or_, parts, said - said)


@finding("Who signed what, when and where?", opening=True)
def signed(said: Said):
    told = said.telling("signing")
    formal, dated = told.asserting("atop-formal"), told.saying("2025")
    placed = told.where(level="nested").mentioning("albania")
    parties = [a for a in SIGNATORIES if formal.mentioning(a)]
    if not parties:
        return False, "No claim says who signed.", formal
    sentence = f"{said.named(parties)} signed a declaration on defence"
    sentence += f" in {said.place('signing')}" if placed else ""
    sentence += f" in {said.when('signing')}" if dated else ""
    return True, f"{sentence}.", formal.mentioning(*parties) | dated | placed


def subjects(said: Said, source: str = "") -> dict[str, Said]:
    """The claims on each subject of the pact, in one article or in all."""
    pact = said.where(target="pact")
    pact = pact.where(source_id=source) if source else pact
    found = {name: pact.asserting(*codes) for name, codes in SUBJECTS.items()}
    return {name: claims for name, claims in found.items() if claims}


@finding("What is it for?", opening=True)
def purpose(said: Said):
    stated = subjects(said)
    claims = together(said, stated.values())
    if not stated:
        return False, "No claim says what it is for.", claims
    return True, f"Its aims and fields, as reported: {listed(list(stated))}.", claims


@finding("Who calls it an alliance, and who denies it?", opening=True)
def called(said: Said):
    used, denied = said.asserting(*ALLIANCE), said.denying(*ALLIANCE)
    partners = said.asserting("label-partnership")
    sentence = f"{who(used, 'call')} it an alliance" if used else "Nobody calls it an alliance"
    if denied and partners and denied.speakers == partners.speakers:
        sentence += f"; {who(denied, 'say')} it is a partnership rather than a formal one"
    elif denied:
        sentence += f"; {who(denied, 'say')} it is not a formal one"
    elif partners:
        sentence += f"; {who(partners, 'call')} it a partnership"
    return used or denied or partners, f"{sentence}.", used | denied | partners


@finding("Against whom is it said to be, and by whom?", opening=True)
def against(said: Said):
    charges, denials = said.asserting(*CHARGES), said.asserting("not-directed-against-anyone")
    objects = charges.actors(part="object")
    sentence = (
        f"{who(charges, 'see')} it turned against {said.named(objects) if objects else 'somebody'}"
        if charges
        else "Nobody says that it is turned against somebody"
    )
    if denials:
        sentence += f"; {who(denials, 'say')} it is against nobody"
    return charges or denials, f"{sentence}.", charges | denials


@finding("Did Serbia accept the invitation to join?", opening=True)
def answered(said: Said):
    invited, declined = said.telling("invitation"), said.telling("serbia-declines")
    waiting = said.telling("no-response")
    parts = [f"{who(invited, 'say')} that Serbia was invited to join"] if invited else []
    if declined:
        only = declined.where(position="headline") == declined
        place = "a headline says" if only else "it is said"
        parts.append(f"{place} that Serbia declines")
    if waiting:
        parts.append(f"{who(waiting, 'say')} that no response has come")
    sentence = "; ".join(parts) if parts else "No claim tells of an invitation to Serbia"
    return bool(parts), f"{sentence}.", invited | declined | waiting


@finding("What is not stated?", opening=True)
def unknown(said: Said):
    duties = said.asserting(*(f"atop-{d}" for d in DUTIES))
    signing, speech = said.telling("signing"), said.telling("press-conference")
    gaps = [] if duties else ["a duty to help a partner that is attacked"]
    if signing and "-" not in said.date("signing")[5:]:
        gaps.append("the day of the signing")
    if speech and said.date("press-conference").startswith("XXXX"):
        gaps.append("the year in which Albania’s minister spoke")
    sentence = f"No article states {listed(gaps, 'or')}." if gaps else "Nothing of it is missing."
    return bool(gaps), sentence, duties | signing.saying("2025") | speech


@finding(
    "Whose word is “alliance”?",
    figure="labels",
    about={"voice": "outlet", "speaker_id": "vucic", "source_id": [MILITARNYI, RKSNEWS]},
)
def alliance_whose_word(said: Said):
    used, denied = said.asserting(*ALLIANCE), said.denying(*ALLIANCE)
    here, there = used.where(source_id=MILITARNYI), used.where(source_id=RKSNEWS)
    holds = here and there and not set(here.speakers) & set(there.speakers)
    if holds:
        own = here.where(voice="outlet") == here
        word = "the outlet’s own word" if own else f"said by {here.by}"
        sentence = (
            f"In Militarnyi “alliance” is {word} ({here}), "
            f"in RksNews it is said only by {there.by} ({there})"
        )
    elif used:
        places = {"in Militarnyi": here, "in RksNews": there, "elsewhere": used - here - there}
        sentence = "“Alliance” is used " + " and ".join(
            f"{place} by {claims.by} ({claims})" for place, claims in places.items() if claims
        )
    else:
        sentence = "No claim uses “alliance”"
    formal = f"; {who(denied, 'say')} it is not a formal one" if denied else ""
    return holds, f"{sentence}{formal}.", used | denied


@finding("Are “partnership” and “formal” the minister’s own words?", about={"speaker_id": "vengu"})
def partnership_paraphrased(said: Said):
    named = said.asserting("label-partnership") | said.denying("label-alliance")
    quoted = named.where(voice="direct")
    own = said.where(voice="direct", speaker_id="vengu").asserting("label-agreement")
    if not named:
        sentence = "No claim calls it a partnership or denies that it is an alliance"
    elif quoted:
        sentence = f"“Partnership” or the denial of “alliance” stands in quoted words ({quoted})"
    else:
        sentence = (
            f"That it is a partnership rather than a formal alliance stands in paraphrase only "
            f"({named})"
        )
    if own:
        sentence += f"; in words quoted of him the minister calls it an “agreement” ({own})"
    return named and not quoted and own, f"{sentence}.", named | own


@finding("What is charged, and what is answered?", figure="framings")
def charge_and_answer(said: Said):
    charges = said.asserting(*CHARGES)
    answers = said.denying(*CHARGES) | said.asserting("not-directed-against-anyone")
    charged, met = charges.actors(part="object"), answers.actors(part="object")
    missed = [a for a in charged if a not in met]
    if not charges:
        return False, "No claim says that the pact is directed against somebody.", answers
    sentence = (
        f"{who(charges, 'say')} that the pact is or could be turned against "
        f"{said.named(charged) if charged else 'somebody'} ({charges})"
    )
    if not answers:
        return False, f"{sentence}; no claim denies it.", charges
    sentence += f"; {who(answers, 'deny')} it, naming {said.named(met)}"
    others = listed([said.named([a]) for a in missed], "or")
    sentence += f". No answer names {others}" if missed else ""
    return bool(missed), f"{sentence}.", charges | answers


@finding("Do those who deny hostility also warn?")
def denial_and_deterrence(said: Said):
    denials = said.asserting("not-directed-against-anyone") | said.denying("hostile-to-serbia")
    deniers = denials.speakers
    signals = said.asserting("deterrent-signal").where(speaker_id=deniers)
    others = [d for d in deniers if d not in signals.speakers]
    if not denials:
        return False, "No claim denies that the pact is directed against anyone.", denials
    several = len(deniers) > 1
    sentence = f"{who(denials, 'deny')} that the pact is directed against anyone ({denials})"
    signal = "a signal to those who would do harm"
    if signals and others:
        sends, not_ = does("send", len(signals.speakers)), does("do", len(others))
        sentence += f"; {said.titled(signals.speakers)} also {sends} {signal}, "
        sentence += f"{said.titled(others)} {not_} not"
    elif signals:
        sentence += f"; {'each of them' if several else 'the same speaker'} also sends {signal}"
    else:
        sentence += f"; {'none of them' if several else 'the speaker never'} sends {signal}"
    return several and signals and others, f"{sentence}.", denials | signals


@finding("Whose word is “warning”?", about={"voice": "outlet", "source_id": MILITARNYI})
def signal_and_warning(said: Said):
    every = said.asserting("deterrent-signal")
    warnings = every.saying("warning")
    signals = every.where(voice=["direct", "indirect"]) - warnings
    told = warnings.where(voice="outlet")
    states = [a for a in every.actors(part="addressee") if said.index.kinds[a] == "state"]
    if not every:
        return False, "No claim tells of a warning or a signal.", every
    parts = []
    if signals:
        parts.append(f"{who(signals, 'speak')} of a signal to those who would do harm ({signals})")
    if told:
        to = said.named(told.actors(part="addressee"))
        parts.append(f"{told.by} in its own voice of “a warning” to {to} ({told})")
    sentence = ", ".join(parts) if parts else f"A warning or signal stands in {every}"
    spoken = warnings - told
    if told and not spoken:
        sentence += "; “warning” is no speaker’s word"
    elif spoken:
        sentence += f"; {who(spoken, 'say')} “warning” too"
    sentence += "" if states else ", and none of these claims names a state as the one warned"
    return signals and told and not spoken and not states, f"{sentence}.", every


@finding("Warned, or expected to join?", about={"voice": "outlet", "source_id": MILITARNYI})
def warned_and_wanted(said: Said):
    others = said.where(source_id=MILITARNYI).mentioning("other-countries")
    warned, wanted = others.asserting("deterrent-signal"), others.asserting("open-to-others")
    if warned and wanted:
        sentence = (
            f"One and the same article has “other countries” warned ({warned}, by {warned.by}) "
            f"and expected to join ({wanted}, by {wanted.by})."
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
    holds = headline and waiting and not text
    credited = [a for a in headline.speakers if said.index.kinds[a] != "outlet"]
    source = f", and credits {said.named(credited)} with it" if credited else ""
    if holds:
        sentence = f"Only the headline says that Serbia declines{source} ({headline})"
    elif headline and text:
        sentence = f"Headline and text say that Serbia declines ({declines})"
    elif declines:
        sentence = (
            f"The {'headline' if headline else 'text'} says that Serbia declines ({declines})"
        )
    else:
        sentence = "No claim of RksNews says that Serbia declines"
    response = (
        f"in the text {who(waiting, 'say')} that no response has come ({waiting})"
        if waiting
        else "none says that no response has come"
    )
    return holds, f"{sentence}; {response}.", declines | waiting


@finding("What does the critic call it?", about={"speaker_id": "vucic", "source_id": RKSNEWS})
def critic_words(said: Said):
    words = said.where(speaker_id="vucic", voice="direct").asserting("label-alliance")
    if not words:
        return False, "No words quoted of Serbia’s president call it an alliance.", words
    differ = len(set(words.quoted)) > 1
    order = ", in this order" if differ else ""
    return differ, f"RksNews quotes {words.by} with {listed(words.quoted)}{order}.", words


@finding(
    "Who is quoted, and who is not?",
    about={"source_id": [MILITARNYI, RKSNEWS], "speaker_id": ["maqedonci", "vengu"]},
)
def who_is_quoted(said: Said):
    quoted = said.where(voice="direct")
    theirs = {p: quoted.where(speaker_id=p) for p in said.of_state(*SIGNATORIES)}
    heard = [p for p, words in theirs.items() if words]
    silent = [p for p, words in theirs.items() if not words]
    states = [a for a in SIGNATORIES if not any(said.index.states[p] == a for p in heard)]
    each = [len([p for p in heard if theirs[p].where(source_id=a)]) for a in said.sources]
    if not heard:
        return False, "Nobody who acts for a signatory is quoted.", said.mentioning(*silent)
    one = len(each) > 1 and set(each) == {1}
    sentence = (
        f"Each article quotes one minister of the three signatories: {said.titled(heard)}"
        if one
        else f"Of those who act for the three signatories, {said.titled(heard)} "
        f"{'are' if len(heard) > 1 else 'is'} quoted"
    )
    if states:
        unheard = listed([said.named([a]) for a in states], "or")
        sentence += f". Nobody is quoted who acts for {unheard}"
    evidence = quoted.where(speaker_id=heard) | said.mentioning(*silent)
    return one and states, f"{sentence}.", evidence


@finding(
    "How much of each side is quoted?",
    figure="voices",
    about={"source_id": RKSNEWS, "speaker_id": ["vengu", "vucic"]},
)
def whose_words_quoted(said: Said):
    quoted = said.where(source_id=RKSNEWS, voice="direct")
    vengu, vucic = quoted.where(speaker_id="vengu"), quoted.where(speaker_id="vucic")
    if not quoted:
        return False, "No words stand in quotation marks in RksNews.", quoted
    parts = [
        f"{claims.by} with {plural(claims.words, 'word')} in {plural(claims.passages, 'passage')}"
        for claims in (vengu, vucic)
        if claims
    ]
    sentence = f"RksNews quotes {listed(parts)}" if parts else "RksNews quotes neither of the two"
    return vengu.words > vucic.words > 0, f"{sentence}.", vengu | vucic


@finding("What do both articles report?", figure="aims", about={"source_id": [MILITARNYI, RKSNEWS]})
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
            f"Of {plural(len(names), 'subject')} of the pact, {len(shared)} "
            f"{'stands' if len(shared) == 1 else 'stand'} in {articles}: {listed(shared)}."
        )
    else:
        where = articles if len(stated) > 1 else "a second article"
        sentence = f"Of {plural(len(names), 'subject')} of the pact, none stands in {where}."
    return shared, sentence, claims


@finding("Who says what it contains, and who what it means?", about={"voice": "outlet"})
def message_and_contents(said: Said):
    pact = said.where(target="pact")
    contents = pact.asserting(*(c for codes in SUBJECTS.values() for c in codes))
    meaning = pact.asserting(*MEANINGS) | pact.denying(*MEANINGS)
    bare, spoken = contents.where(voice="outlet"), meaning.where(voice=["direct", "indirect"])
    if not contents and not meaning:
        return False, "No claim says what the pact contains or means.", contents
    parts = []
    if contents:
        parts.append(f"what the pact contains, in {len(bare)} of {contents}")
    if meaning:
        parts.append(f"what it means, in {len(meaning - spoken)} of {meaning}")
    sentence = f"The outlets say in their own voice {listed(parts)}; the rest is a speaker’s."
    holds = len(bare) == len(contents) and 2 * len(spoken) > len(meaning)
    return holds, sentence, contents | meaning


@finding(
    "Does the reported content bear the word out?", figure="criteria", words=["label-alliance"]
)
def alliance_and_content(said: Said):
    used, duties = said.asserting("label-alliance"), said.asserting(*(f"atop-{d}" for d in DUTIES))
    reports = "report" if len(duties) > 1 else "reports"
    sentence = (
        f"“Alliance” is used in {used}, and {duties} {reports} a duty to defend a partner, to "
        "consult, to stay neutral or not to attack each other."
    )
    return used and not duties, sentence, used | duties


@finding("Whose ties are told besides?")
def ties_of_two(said: Said):
    ties = said.where(target="bilateral")
    croatia = ties.mentioning("croatia")
    pair = ties.mentioning("albania") & ties.mentioning("kosovo") - croatia
    if not ties:
        return False, "No claim is about two of the parties alone.", ties
    verb = "is" if len(ties) == 1 else "are"
    sentence = f"{ties} {verb} about two of the parties alone"
    sentence += f", {len(croatia)} with Croatia" if croatia else ", and Croatia is in none of them"
    counts = [(len(ties.where(source_id=source)), name) for source, name in ARTICLES.items()]
    where = [f"{n} in {name}" for n, name in counts if n]
    sentence += f": {listed(where)}" if len(where) > 1 else ""
    return pair and not croatia, f"{sentence}.", ties


@finding("Which words for it stand in one article only?")
def words_of_one_article(said: Said):
    labels = said.index.names
    parts, claims = [], said - said
    for source, name in ARTICLES.items():
        here, there = said.where(source_id=source), said.where(not_source_id=source)
        own = sorted(set(here.codes("label")) - set(there.codes("label")))
        if own:
            parts.append(f"{listed([f'“{labels[c]}”' for c in own])} only in {name}")
            claims = claims | here.asserting(*own)
    if not parts:
        return False, "No word for the document stands in one article only.", claims
    sentence = "; ".join(parts)
    return len(parts) > 1, f"The document is called {sentence}.", claims
