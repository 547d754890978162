"""The findings of this corpus: one small function each, to be changed and added to.

A function takes all claims and returns whether the finding holds, a sentence that is true of
these claims, whichever they are, and the claims that the sentence rests on. What it depends on,
which claim, speaker or article turns it, is computed and printed after its sentence.
"""

from helpers.corpus.english import plural
from helpers.findings import Said, finding


# A count. It looks at the columns voice and quote of claims.csv, and at which spans are claims.
@finding("How much is quoted?", figure="voices")
def how_much_quoted(said: Said):
    quoted = said.where(voice="direct")
    sentence = (
        f"Of {plural(said.words, 'word')} in claims, {quoted.words} stand in quotation marks."
    )
    return quoted, sentence, quoted


# A comparison. It looks at voice, quote and speaker_id: a speaker that is wrong makes it wrong.
@finding("Has one speaker most of what is quoted?")
def most_quoted(said: Said):
    quoted = said.where(voice="direct")
    words = {s: quoted.where(speaker_id=s).words for s in quoted.speakers}
    if not words:
        return False, "Nobody is quoted.", quoted
    first = max(words, key=lambda speaker: words[speaker])
    most = 2 * words[first] > quoted.words
    share = "more than half" if most else "no more than half"
    sentence = (
        f"{said.named([first])} has {words[first]} of {plural(quoted.words, 'word')} in quotation "
        f"marks, {share}."
    )
    return most, sentence, quoted
