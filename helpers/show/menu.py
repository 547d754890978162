"""A figure with a menu of selections, all of them drawn beforehand: no kernel is asked."""

from collections.abc import Callable
from html import escape
from typing import Any

from helpers import charts, findings
from helpers.charts import Chart
from helpers.corpus import Corpus
from helpers.corpus.schema import DIRECT, EDITORIAL, HEADLINE, OUTLET, SURE
from helpers.show.figures import headed

MOST_ARTICLES = 6
UNDER_KEY = 58  # pixels from the axis to the menu, past two lines of the key


def selections(corpus: Corpus) -> list[Corpus]:
    """All claims, and what another reader may want to look at alone."""
    articles = list(corpus.texts) if len(corpus.texts) <= MOST_ARTICLES else []
    return [
        corpus,
        corpus.where(voice=DIRECT),
        corpus.where(not_voice=[OUTLET, EDITORIAL]),
        corpus.where(not_position=HEADLINE),
        corpus.where(certainty=SURE),
        *(corpus.where(source_id=source) for source in articles),
    ]


def with_menu(corpus: Corpus, make: Callable[[Corpus], Chart] = charts.framings) -> Any:
    """A plotly figure in which marks, title and finding change with the selection.

    Parameters
    ----------
    make : callable
        The chart of a corpus.
    """
    import plotly.graph_objects as go

    drawn = [_titled(make(seen)) for seen in selections(corpus)]
    figure, buttons, first = go.Figure(layout=drawn[0].layout), [], 0
    count = sum(len(d.data) for d in drawn)
    for seen, one in zip(selections(corpus), drawn, strict=True):
        for trace in one.data:
            trace.visible = first == 0
            figure.add_trace(trace)
        mine = range(first, first + len(one.data))
        layout = one.layout.to_plotly_json()
        keys = ("title", "xaxis", "yaxis", "annotations", "shapes", "height", "margin")
        changed = {k: layout.get(k, []) for k in keys}
        changed["margin"] = {**layout["margin"], "b": UNDER_KEY + 50}
        changed["height"] = layout["height"] + 60
        shown = {"visible": [i in mine for i in range(count)]}
        label = escape(seen.selection or "all claims")
        buttons.append({"label": label, "method": "update", "args": [shown, changed]})
        first += len(one.data)
    place = {"x": 0, "xanchor": "left", "y": 0, "yanchor": "top", "pad": {"t": UNDER_KEY}}
    figure.update_layout(buttons[0]["args"][1])
    figure.update_layout(updatemenus=[{"buttons": buttons, "direction": "up", **place}])
    return figure


def _titled(chart: Chart) -> Any:
    """The interactive figure of a chart with the finding that heads it, as these claims have it."""
    chart = headed(chart)
    finding = findings.heading(chart.corpus, chart.name)
    if finding:
        said = findings.of(chart.corpus).set_index("finding_id").loc[finding.finding_id, "sentence"]
        title = f"{chart.wording.headline}. In these claims: " if chart.corpus.selection else ""
        chart = chart.headed(f"{title}{said}")
    return chart.interactive()
