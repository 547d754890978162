"""Start a corpus, draft the coding of an article, and bring in what a person has coded."""
