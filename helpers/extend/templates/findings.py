"""The findings of this corpus: one small function each, to be changed and added to.

A function takes all claims and returns whether the finding holds, a sentence that is true of
these claims, whichever they are, and the claims that the sentence rests on.
"""

from helpers.corpus.english import plural
from helpers.findings import Said, finding


@finding("How much is quoted?", figure="voices")
def how_much_quoted(said: Said):
    quoted = said.where(voice="direct")
    sentence = (
        f"Of {plural(said.words, 'word')} in claims, {quoted.words} stand in quotation marks."
    )
    return quoted, sentence, quoted


@finding("Who is named and never quoted?")
def named_not_quoted(said: Said):
    named, quoted = said.actors("person"), said.where(voice="direct").speakers
    silent = [person for person in named if person not in quoted]
    sentence = (
        f"Named and never quoted: {said.named(silent)}."
        if silent
        else "Whoever is named is quoted."
    )
    return silent, sentence, said.mentioning(*silent)
