"""The page on which a person checks claims with a pencil."""

import pandas as pd

from helpers.corpus import Corpus
from helpers.corpus.schema import VERDICTS
from helpers.show.html import render


def page(corpus: Corpus, claims: pd.DataFrame) -> str:
    """The claims of a list to check, as a page to print.

    Parameters
    ----------
    claims : DataFrame
        claim_id, article, before, quote, after, says.
    """
    title = f"To check: {corpus.package.get('title', corpus.folder.name)}"
    return render("review.html", title=title, claims=claims.to_dict("records"), verdicts=VERDICTS)
