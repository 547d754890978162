"""Small helpers for the close reading of articles: load and check the tables, then show them."""

from helpers import stopping  # noqa: F401 (first: what follows takes long to import)
from helpers.corpus import Corpus, CorpusError, load

__all__ = ["Corpus", "CorpusError", "load"]
