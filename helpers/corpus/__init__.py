"""What stands in the articles and the tables: read, held to the rules, and kept as one corpus."""

from helpers.corpus.model import HOME, Corpus
from helpers.corpus.problem import CorpusError, Problem
from helpers.corpus.read import load, read_package

__all__ = ["HOME", "Corpus", "CorpusError", "Problem", "load", "read_package"]
