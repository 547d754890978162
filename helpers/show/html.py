"""HTML by the templates beside this module, and what tables, quotes and claims give them."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup

from helpers import tables
from helpers.charts import Chart, style
from helpers.corpus import Corpus
from helpers.corpus.english import plural
from helpers.corpus.problem import visible
from helpers.show.links import reading_room, told

if TYPE_CHECKING:
    from jinja2 import Environment

ID = re.compile(r"[a-z0-9][a-z0-9_.-]*\d")  # codes and files, which are listed too, end otherwise
CLAIM_COLUMNS = ("claim", "claim_id")
SIDES = ("left", "top", "width", "height")
TEMPLATES = Path(__file__).parent / "templates"
# Letters of the same width where DejaVu Sans is not installed.
FONTS = "'DejaVu Sans', 'Bitstream Vera Sans', Verdana, sans-serif"
# Of pages: whatever a reader's machine sets text in best.
READING = (
    "'Source Sans 3', 'Source Sans Pro', system-ui, 'Segoe UI', 'Helvetica Neue', Arial, "
    "'Liberation Sans', sans-serif"
)


def render(template: str, **values: Any) -> Markup:
    """A template filled with values; whatever is no `Markup`, as this itself gives, is text.

    Parameters
    ----------
    template : str
        The name of a file in templates/; its first lines say which values it takes.
    """
    return Markup(_environment().get_template(template).render(values))


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # only to show

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=_shown,
    )
    # The fonts are ours, and their quotation marks belong to CSS.
    given: dict[str, Any] = {"fonts": Markup(READING), "plural": plural, "style": style}
    given["room"] = lambda: reading_room(Path.cwd())
    made.globals.update(given)
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    return made


def _shown(value: Any) -> Any:
    """A text as it is shown: nothing in it turns the page around it."""
    return visible(value) if type(value) is str else value


def spoken(chart: Chart) -> str:
    """What a picture says to those who hear it: what it shows, and what that rests on."""
    return f"{chart.alt} {chart.wording.source}"


def claims_behind(chart: Chart) -> pd.DataFrame:
    """The claims that a chart's marks stand for.

    Returns
    -------
    DataFrame
        claim, and as far as the chart has them article, speaker, voice, quote.
    """
    columns = [c for c in ("claim_id", "outlet", "speaker", "voice", "quote") if c in chart.rows]
    rows = chart.rows[chart.rows["claim_id"].astype(bool)].drop_duplicates("claim_id")[columns]
    return rows.rename(columns={"claim_id": "claim", "outlet": "article"})


def table_html(frame: pd.DataFrame, caption: str) -> Markup:
    """A table as HTML with a caption and column headers."""
    names = list(map(str, frame.columns))
    rows = [
        [(*_cell(v), _claims(n, v)) for n, v in zip(names, row, strict=True)]
        for row in frame.itertuples(index=False, name=None)
    ]
    return render("table.html", columns=list(frame.columns), rows=rows, caption=caption)


def _claims(column: str, value: Any) -> list[str]:
    """The ids of claims that a cell holds, going by its column, or by how ids look in a list."""
    if isinstance(value, (list, tuple)):
        return [v for v in value if isinstance(v, str) and ID.fullmatch(v)]
    return [value] if column in CLAIM_COLUMNS and isinstance(value, str) and value else []


def _cell(value: Any) -> tuple[str, str]:
    """What a cell says, and the side at which it stands."""
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or "–", "left"
    side = "right" if isinstance(value, (int, float)) and not isinstance(value, bool) else "left"
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return "–", side
    return f"{value:.2f}" if isinstance(value, float) else str(value), side


def quotable(corpus: Corpus) -> dict[str, dict]:
    """Claims by id: the rows of `tables.claims`, with voice_label and who says it (by)."""
    voices = dict(zip(corpus.codebook["code"], corpus.codebook["label"], strict=True))
    known = {}
    for r in tables.claims(corpus).to_dict("records"):
        label = voices[r["voice"]]
        by = f"{r['speaker']}, {label}" if r["voice"] in ("direct", "indirect") else label
        known[r["claim_id"]] = {**r, "voice_label": label, "by": by}
    return known


def named(known: dict[str, dict], claim_ids: Iterable[str]) -> list[dict]:
    """Some claims of those that `quotable` gives; one that is not there is named."""
    unknown = [c for c in claim_ids if c not in known]
    if unknown:
        raise ValueError(f"no claim {', '.join(unknown)} in claims.csv")
    return [known[c] for c in claim_ids]


def linked_places(chart: Chart, places: Iterable[style.Place], room: str) -> list[dict]:
    """Places of marks as links for the template `linked`.

    Parameters
    ----------
    room : str
        The file in which claims have their ids; "" for the page itself.
    """
    return [
        {
            "name": ", ".join(place.claims),
            "title": told(chart.corpus, place.claims),
            "href": f"{room}#{place.claims[0]}",
            **{side: f"{100 * getattr(place, side):.2f}" for side in SIDES},
        }
        for place in places
    ]
