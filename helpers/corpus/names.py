"""Names kept apart: what is called the same gets the shortest words that say which it is."""

from collections.abc import Mapping


def told_apart(names: Mapping[str, str], *tellers: Mapping[str, str]) -> dict[str, str]:
    """Names by id, each of one id alone, capitals or not.

    Parameters
    ----------
    names : mapping of str to str
        Names by id.
    *tellers : mapping of str to str
        Words by id that may tell names apart. Of those that differ for all of one name the
        shortest go into brackets after it; the ids where there are none.
    """
    groups: dict[str, list[str]] = {}
    for which, name in names.items():
        groups.setdefault(name.casefold(), []).append(which)
    apart = dict(names)
    for ids in groups.values():
        if len(ids) > 1:
            words = _shortest(ids, tellers)
            apart |= {which: f"{names[which]} ({words[which]})" for which in ids}
    # a name may be spelt as another one is told apart
    taken: dict[str, int] = {}
    for name in map(str.casefold, apart.values()):
        taken[name] = taken.get(name, 0) + 1
    return {w: n if taken[n.casefold()] == 1 else f"{n} ({w})" for w, n in apart.items()}


def _shortest(ids: list[str], tellers: tuple[Mapping[str, str], ...]) -> Mapping[str, str]:
    """The teller whose words differ for all of some ids, in fewest letters."""
    telling = []
    for teller in tellers:
        words = {teller.get(which, "").casefold() for which in ids} - {""}
        if len(words) == len(ids):
            telling.append((sum(map(len, words)), len(telling), teller))
    return min(telling)[2] if telling else {which: which for which in ids}
