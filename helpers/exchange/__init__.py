"""Hand the coding to other software, take one back, and measure networks of who says what."""

from helpers.exchange.formats import FORMATS, write
from helpers.exchange.opened import opened
from helpers.exchange.refi import blank

__all__ = ["FORMATS", "blank", "opened", "write"]
