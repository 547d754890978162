"""Text of articles and tables in files of Markdown, where HTML and links would work."""

import html
import re

from helpers.corpus.problem import visible

# What is markup anywhere in a line, and what makes a bare address a link.
MARKS = re.compile(r"[\\`*_\[\]#|~$@]|:(?=//)|(?<=www)\.", re.I)


def text(words: str) -> str:
    """Words that stand in Markdown as they are: none of them is markup, an image or a link."""
    flat = " ".join(visible(words).split())
    return MARKS.sub(r"\\\g<0>", html.escape(flat, quote=False))
