"""Numbers and lists as English puts them."""


def plural(count: int, noun: str) -> str:
    """A number with its noun: "1 claim", "3 claims"."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def listed(items: list[str]) -> str:
    """Items in a sentence: "a", "a and b", "a, b and c"; "nobody" for none."""
    if not items:
        return "nobody"
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
