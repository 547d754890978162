"""The findings of this collection: one small function each, in the order in which they are read.

A function takes all claims and returns whether the finding holds, a sentence that is true of
these claims, whichever they are, and the claims that the sentence rests on.
"""

from helpers.corpus.english import plural
from helpers.findings import Said, finding

MILITARNYI, RKSNEWS = "militarnyi-article", "rksnews-article"
DUTIES = ("defence", "offence", "neutrality", "non-aggression", "consultation")

# What suggests itself, with all that the articles have on it: none of them bears it out.
TEMPTING = (
    ("Serbia refused.", ("rks-01", "rks-18")),
    ("It is an alliance, or it is not: an article says what is in the text.", ("mil-24", "rks-21")),
    ("The warning names Serbia.", ("mil-03", "mil-15")),
    ("The countries aligned with Russia are Serbia.", ("rks-39",)),
    ("The drones are a project of the pact.", ("rks-28", "rks-30")),
    ("It is the first agreement of its kind.", ("mil-14",)),
    ("The tone softened with time.", ("mil-03", "mil-10", "rks-15")),
    ("One minister answers the other outlet.", ("rks-05", "rks-03")),
)


@finding(
    "Whose word is “alliance”?",
    figure="labels",
    about={"voice": "outlet", "speaker_id": "vucic", "source_id": [MILITARNYI, RKSNEWS]},
)
def alliance_whose_word(said: Said):
    used, denied = said.asserting("label-alliance"), said.denying("military-alliance")
    here, there = used.where(source_id=MILITARNYI), used.where(source_id=RKSNEWS)
    holds = here and there and not set(here.speakers) & set(there.speakers)
    if holds:
        sentence = (
            f"“Alliance” is {here.by}’s own word ({here}); "
            f"in RksNews it is {there.by}’s alone ({there})"
        )
    elif used:
        places = {"in Militarnyi": here, "in RksNews": there, "elsewhere": used - here - there}
        sentence = "“Alliance” is used " + " and ".join(
            f"{place} by {claims.by} ({claims})" for place, claims in places.items() if claims
        )
    else:
        sentence = "No claim uses “alliance”"
    formal = f", and a formal one is denied by {denied.by}" if denied else ""
    return holds, f"{sentence}{formal}.", used | denied


@finding(
    "Does the reported content bear the word out?", figure="criteria", words=["label-alliance"]
)
def alliance_and_content(said: Said):
    used, duties = said.asserting("label-alliance"), said.asserting(*(f"atop-{d}" for d in DUTIES))
    sentence = (
        f"“Alliance” is used in {used}, and {duties} {'state' if len(duties) > 1 else 'states'} "
        "a duty to defend, to consult, to stay neutral or not to attack."
    )
    return used and not duties, sentence, used | duties


@finding("Warned, or expected to join?", about={"voice": "outlet", "source_id": MILITARNYI})
def warned_and_wanted(said: Said):
    others = said.where(source_id=MILITARNYI).mentioning("other-countries")
    warned, wanted = others.asserting("deterrent-signal"), others.asserting("partnership")
    if warned and wanted:
        sentence = (
            f"“Other countries” are warned in one sentence ({warned}, by {warned.by}) "
            f"and expected to join in another ({wanted}, by {wanted.by})."
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


@finding("Do the signatories deny hostility?", figure="framings")
def denial_and_deterrence(said: Said):
    denials = said.asserting("not-directed-against-anyone") | said.denying("hostile-to-serbia")
    deniers = denials.speakers
    signals = said.asserting("deterrent-signal").where(speaker_id=deniers)
    others = [s for s in deniers if s not in signals.speakers]
    if not denials:
        return False, "No claim denies that the pact is directed against anyone.", denials
    several = len(deniers) > 1
    sentence = (
        f"{denials.by} {'deny' if several else 'denies'} that the pact is directed against anyone "
        f"({denials})"
    )
    signal = "a signal to those who would do harm"
    if signals and others:
        sentence += f"; that it is {signal} is added by {signals.by}, not by {said.named(others)}."
    elif signals:
        sentence += f"; {'each of them' if several else 'the same speaker'} calls it {signal}."
    else:
        sentence += f"; {'none of them' if several else 'the speaker never'} calls it {signal}."
    return several and signals and others, sentence, denials | signals


@finding(
    "Did Serbia decline?",
    figure="headline-body",
    about={"position": "headline", "source_id": RKSNEWS, "voice": "outlet"},
)
def headline_exceeds_body(said: Said):
    here = said.where(source_id=RKSNEWS)
    declines = here.telling("serbia-declines")
    headline, text = declines.where(position="headline"), declines.where(not_position="headline")
    waiting = here.telling("no-response").where(not_position="headline")
    holds = headline and waiting and not text
    if holds:
        sentence = f"Only the headline says that Serbia declines ({headline})"
    elif headline and text:
        sentence = f"Headline and text say that Serbia declines ({declines})"
    elif declines:
        sentence = (
            f"The {'headline' if headline else 'text'} says that Serbia declines ({declines})"
        )
    else:
        sentence = "No claim of RksNews says that Serbia declines"
    response = (
        f"the text says that no response has come ({waiting})"
        if waiting
        else ("none says that no response has come")
    )
    return holds, f"{sentence}; {response}.", declines | waiting


@finding(
    "Whose words are quoted?",
    figure="voices",
    about={"source_id": RKSNEWS, "speaker_id": ["vengu", "vucic"]},
)
def whose_words_quoted(said: Said):
    quoted = said.where(source_id=RKSNEWS, voice="direct")
    vengu, vucic = quoted.where(speaker_id="vengu"), quoted.where(speaker_id="vucic")
    if not quoted:
        return False, "No words stand in quotation marks in RksNews.", quoted
    sentence = (
        f"Of {plural(quoted.words, 'word')} in quotation marks in RksNews, {vengu.words} "
        f"{'is' if vengu.words == 1 else 'are'} Vengu’s and {vucic.words} Vučić’s"
    )
    if vengu.words > vucic.words > 0:
        sentence += (
            f"; the longest claim quoted of Vengu runs to {plural(vengu.longest, 'word')}, "
            f"of Vučić to {vucic.longest}"
        )
    return vengu.words > vucic.words > 0, f"{sentence}.", vengu | vucic


@finding("Who is present and never quoted?")
def named_not_quoted(said: Said):
    named, quoted = said.actors("person"), said.where(voice="direct").speakers
    silent = [p for p in named if p not in quoted]
    if not named:
        sentence = "No person is named."
    elif silent:
        sentence = (
            f"{len(silent)} of the {plural(len(named), 'person')} named "
            f"{'is' if len(silent) == 1 else 'are'} never quoted in words of their own: "
            f"{said.named(silent)}."
        )
    else:
        sentence = f"Nobody who is named ({plural(len(named), 'person')}) is left unquoted."
    return silent, sentence, said.mentioning(*silent)


@finding("Who answers for the contents?", about={"voice": "outlet"})
def contents_unattributed(said: Said):
    codes = [c for c in said.codes("aim", "area") if c != "aim-deterrence"]
    contents = said.where(target="pact").asserting(*codes)
    bare = contents.where(attribution="none", voice="outlet")
    if not contents:
        return (
            False,
            "Deterrence apart, no claim says what the document is for or covers.",
            contents,
        )
    sentence = (
        "Deterrence apart, what the document is for and what it covers is told in the outlets’ own "
        f"voice, and no speaker answers for it, in {len(bare)} of {contents}."
    )
    return len(bare) == len(contents), sentence, contents


@finding(
    "What do both articles bear out?",
    figure="aims",
    about={"voice": "outlet", "source_id": [MILITARNYI, RKSNEWS]},
)
def shared_contents(said: Said):
    pact = said.where(target="pact")
    stated = [set(pact.where(source_id=s).codes("aim", "area")) for s in said.sources]
    anywhere = set().union(*stated)
    shared = sorted(set.intersection(*stated)) if len(stated) > 1 else []
    articles = "both articles" if len(stated) == 2 else f"all {len(stated)} articles"
    contents = "aim or field" if len(anywhere) == 1 else "aims and fields"
    of = f"Of {len(anywhere)} {contents} of the pact"
    if not anywhere:
        sentence = "No aim or field of the pact is stated."
    elif shared:
        stand = "stands" if len(shared) == 1 else "stand"
        sentence = f"{of}, {len(shared)} {stand} in {articles}: {said.named(shared)}."
    else:
        sentence = f"{of}, none stands in {articles if len(stated) > 1 else 'a second article'}."
    return shared, sentence, pact.asserting(*shared)


@finding("Whom does the warning name?", about={"source_id": [MILITARNYI, RKSNEWS]})
def warning_names_nobody(said: Said):
    warned = said.where(source_id=MILITARNYI).asserting("deterrent-signal")
    serbia = said.mentioning("serbia")
    here, there = serbia.where(source_id=MILITARNYI), serbia.where(not_source_id=MILITARNYI)
    if not warned:
        return False, "No claim of Militarnyi tells of a warning or a signal.", warned
    sentence = f"The article that tells of a warning or a signal ({warned}) "
    if here:
        sentence += f"mentions Serbia in {here}."
    else:
        others = "the other article does" if len(said.sources) < 3 else "other articles do"
        sentence += (
            f"never mentions Serbia; {others}, in {there}." if there else "never mentions Serbia."
        )
    return there and not here, sentence, warned | here


@finding("Does anybody say both?")
def two_camps(said: Said):
    hostile, partners = said.asserting("hostile-to-serbia"), said.asserting("partnership")
    both = sorted(set(hostile.speakers) & set(partners.speakers))
    presents = "it as a partnership, as open or as an invitation"
    if both:
        says = "say" if len(both) > 1 else "says"
        sentence = (
            f"{said.named(both)} {says} that the pact is hostile to Serbia, and "
            f"{says.replace('say', 'present')} {presents}."
        )
    elif hostile and partners:
        sentence = (
            f"Nobody who says the pact is hostile to Serbia ({hostile.by}) presents {presents} "
            f"({partners.by})."
        )
    elif hostile:
        sentence = (
            f"The pact is called hostile to Serbia by {hostile.by}, and nobody presents {presents}."
        )
    elif partners:
        verb = "present" if len(partners.speakers) > 1 else "presents"
        sentence = (
            f"No claim says that the pact is hostile to Serbia; {partners.by} {verb} {presents}."
        )
    else:
        sentence = (
            f"No claim says that the pact is hostile to Serbia, and none presents {presents}."
        )
    return hostile and partners and not both, sentence, hostile | partners
