"""Numbers and lists as English puts them."""

import re


def plural(count: int, noun: str, several: str = "") -> str:
    """A number with its noun: "1 claim", "3 claims"."""
    return f"{count} {noun if count == 1 else several or f'{noun}s'}"


def does(verb: str, count: int) -> str:
    """A verb in the present as so many do it: "they say", "she says", "he denies"."""
    if count != 1:
        return verb
    if re.search("[^aeiou]y$", verb):
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith("o") else f"{verb}s"


def listed(items: list[str], joint: str = "and") -> str:
    """Items in a sentence: "a", "a and b", "a, b and c"; "nobody" for none."""
    if not items:
        return "nobody"
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {joint} {items[-1]}"
