"""Hand the coding to other software, and measure networks of who says what."""

from helpers.exchange.formats import FORMATS, write

__all__ = ["FORMATS", "write"]
