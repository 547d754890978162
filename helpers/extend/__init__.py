"""Start a corpus, and draft the coding of an article."""
