"""Which colours show on a white page."""

import re

PAPER = "#ffffff"
NEUTRAL = "#3f4a55"  # of what takes no side
RGB = re.compile("#[0-9a-f]{6}")
LEAST = 3.0  # contrast of what is no text (Web Content Accessibility Guidelines 2.2, 1.4.11)


def parts(colour: str) -> list[int]:
    """Red, green and blue of #rrggbb, 0 to 255."""
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, 0 to 1 (Web Content Accessibility Guidelines)."""
    linear = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
        for c in (p / 255 for p in parts(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(colour: str) -> float:
    """How much a colour stands out from the page, from 1 (not at all) to 21."""
    return (luminance(PAPER) + 0.05) / (luminance(colour) + 0.05)


def darkened(colour: str) -> str:
    """The same hue, as dark as it must be to be read as text (contrast 4.5)."""
    given = parts(colour)
    for share in range(100, -1, -1):
        made = "#" + "".join(f"{p * share // 100:02x}" for p in given)
        if contrast(made) >= 4.5:
            break
    return made
