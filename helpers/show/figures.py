"""Figures as files: each with its caption, source, alt text and data, the same bytes every time."""

import base64
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape as xml_escape

import pandas as pd

from helpers import charts, findings
from helpers.charts import Chart, letters, style
from helpers.corpus import Corpus
from helpers.corpus.files import Contents, csv_text, write_into
from helpers.show.html import linked_places, named, quotable, render
from helpers.show.markdown import text

# Every figure of the notebooks; its number is that of the notebook which tells it.
CHARTS: dict[str, Callable[..., Chart]] = {
    "00-two-disputes": charts.two_disputes,
    "01-voices": charts.voices,
    "02-timeline": charts.timeline,
    "03-aims": charts.aims,
    "04-labels": charts.labels,
    "04-framings": charts.framings,
    "04-headline-body": charts.headline_body,
    "05-criteria": charts.criteria,
    "06-dependence": lambda corpus: charts.dependence(
        corpus, findings.of(corpus), findings.removals(corpus)
    ),
}
FIRST = "00-two-disputes"  # the figure that gives the answer
FORMATS = ("svg", "pdf", "png", "csv", "html")
PLOTLY = "plotly.min.js"
LONGEST = 150  # letters of a headline
# Without buttons of ours plotly has many, one of which offers to upload the chart to a service.
CONFIG = {
    "displaylogo": False,
    "modeBarButtons": [["zoom2d", "pan2d", "resetScale2d"]],
    "responsive": True,
}


def first_fact(sentence: str) -> tuple[str, str]:
    """A sentence as a headline, and what the caption has to add: one fact where it is long."""
    first, _, rest = sentence.partition("; ")
    if len(sentence) <= LONGEST or not rest:
        return sentence, ""
    return f"{first}.", f"{rest[:1].upper()}{rest[1:]}"


def headed(chart: Chart) -> Chart:
    """A chart with the finding that heads it; one of a part of the claims keeps its title."""
    corpus = chart.corpus
    heading = findings.heading(corpus, chart.name)
    if corpus.selection or chart.part or heading is None:
        return chart
    told = findings.facts(corpus) if heading.opening else findings.of(corpus)
    sentence = told.set_index("finding_id").loc[heading.finding_id, "sentence"]
    words = findings.dependence(corpus).set_index("finding_id")["words"].to_dict()
    headline, rest = first_fact(sentence)
    return chart.headed(headline, f"{rest} {words.get(heading.finding_id, '')}".strip())


def make(corpus: Corpus, name: str) -> Chart:
    """A figure of the notebooks by name, with its headline."""
    heading = findings.heading(corpus, name.split("-", 1)[1])
    return headed(CHARTS[name](corpus, **(heading.shows if heading else {})))


def picture(
    chart: Chart,
    form: str,
    size: str = "full",
    titled: bool = True,
    grey: bool = False,
    text: bool = False,
) -> bytes:
    """A chart as svg (letters as outlines, as text if wanted), pdf or png (300 dots an inch)."""
    import matplotlib

    metadata: dict[str, dict] = {
        "svg": {"Date": None, "Title": _allowed(chart.wording.headline)},
        "pdf": {"CreationDate": None, "Title": chart.wording.headline, "Subject": chart.alt},
        "png": {"Software": None, "Title": chart.wording.headline, "Description": chart.alt},
    }
    rc = {**style.RC, "svg.fonttype": "none" if text else "path"}
    with matplotlib.rc_context(rc), io.BytesIO() as file:
        figure = chart.draw(size, titled, grey)
        figure.savefig(file, format=form, dpi=300 if form == "png" else 72, metadata=metadata[form])
        raw = file.getvalue()
    return described(raw.decode("utf-8"), chart.alt).encode("utf-8") if form == "svg" else raw


def described(svg: str, alt: str) -> str:
    """An SVG with its alt text as description, for readers who hear it."""
    svg = re.sub(
        r"</title>", lambda m: f"</title>\n <desc>{xml_escape(_allowed(alt))}</desc>", svg, count=1
    )
    ours = ", ".join(f"'{family}'" for family in letters.FAMILIES)
    return svg.replace("<svg ", '<svg role="img" ', 1).replace(ours, style.FONTS)


def _allowed(text: str) -> str:
    """A text as XML may hold it: without control characters."""
    return re.sub("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)


def bundle(figure: Any) -> dict:
    """A plotly figure as JupyterLab and plotly's script take it: data, layout, config."""
    return {**json.loads(figure.to_json()), "config": CONFIG}


def page(chart: Chart) -> str:
    """A page of its own: the picture, wide and narrow; its marks lead to the claims below it."""
    forms = {}
    for screen, size in (("on-desk", "full"), ("on-phone", "column")):
        svg, places = drawn(chart, size, titled=False)
        links = linked_places(chart, places, "")
        forms[screen] = {"picture": base64.b64encode(svg).decode("ascii"), "places": links}
    ids = [c for c in dict.fromkeys(chart.rows["claim_id"]) if c]
    return render(
        "figure_page.html",
        title=chart.wording.headline,
        alt=chart.alt,
        forms=forms,
        caption=f"{chart.wording.subtitle} {chart.remark}".rstrip(),
        claims=named(quotable(chart.corpus), ids),
    )


def content(
    chart: Chart,
    form: str,
    size: str = "full",
    titled: bool = True,
    grey: bool = False,
    text: bool = False,
) -> str | bytes:
    """A chart in one form, as the content of a file."""
    if form == "csv":
        return csv_text(chart.rows)
    if form == "html":
        return page(chart)
    if form not in FORMATS:
        raise ValueError(f"no format {form!r}; there are {', '.join(FORMATS)}")
    return picture(chart, form, size, titled, grey, text)


def save(
    corpus: Corpus,
    names: list[str],
    folder: Path,
    forms: list[str],
    size: str = "full",
    titled: bool = True,
    grey: bool = False,
    text: bool = False,
) -> list[str]:
    """Write some figures in some forms; return the files' names.

    The name says how a figure differs from the committed one: `04-labels_column_grey.svg`.
    """
    unknown = [n for n in names if n not in CHARTS]
    if unknown:
        raise ValueError(f"no figure {', '.join(unknown)}; there are {', '.join(CHARTS)}")
    parts = [size] * (size != "full") + ["untitled"] * (not titled) + ["grey"] * grey
    files: dict[str, str | bytes] = {}
    for name in names:
        chart = make(corpus, name)
        for form in forms:
            shaped = parts if form in ("svg", "pdf", "png") else []
            editable = ["text"] * (text and form == "svg")
            file = "_".join([name, *shaped, *editable]) + f".{form}"
            files[file] = content(chart, form, size, titled, grey, text)
    write_into(folder, files)
    return list(files)


def plotly_script() -> str:
    """The script that the interactive pages share, from plotly's own package."""
    from plotly.offline import get_plotlyjs

    return get_plotlyjs()


def all_charts(corpus: Corpus) -> dict[str, Chart]:
    """Every figure of the notebooks by name."""
    return {name: make(corpus, name) for name in CHARTS}


def index(made: dict[str, Chart]) -> pd.DataFrame:
    """All that a report needs beside the files, for charts by name.

    Returns
    -------
    DataFrame
        figure, headline, caption, alt, source, notebook ("" where the corpus has none for it),
        files (list), claims (list of ids).
    """
    rows = []
    for name, chart in made.items():
        files = [f"{name}.{f}" for f in FORMATS]
        claims = [c for c in dict.fromkeys(chart.rows["claim_id"]) if c]
        told = sorted((chart.corpus.folder / "notebooks").glob(f"{name[:2]}_*.ipynb"))
        notebook = told[0].name if told else ""
        words = chart.wording.headline, chart.caption, chart.alt, chart.wording.source
        rows.append((name, *words, notebook, files, claims))
    columns = ["figure", "headline", "caption", "alt", "source", "notebook", "files", "claims"]
    return pd.DataFrame(rows, columns=columns)


def gallery(made: dict[str, Chart]) -> str:
    """figures/README.md: each figure with its words, its files and its claims."""
    parts = [
        "# Figures for reports\n\nMade by `python -m helpers figures`; not edited by hand. All"
        " figures are full width (170 mm) and in colour; `python -m helpers figures --help` names"
        " other sizes, grey, figures without their title, and SVG whose text can be edited."
        " [captions.csv](captions.csv) has the"
        " words below for machines. In the pages (html) each mark leads to its sentence."
    ]
    for r in index(made).itertuples():
        links = " · ".join(f"[{f.rsplit('.', 1)[1]}]({f})" for f in r.files)
        name = text(r.notebook)
        told = f" Told in [{name}](../notebooks/{quote(r.notebook)})." if name else ""
        alt = text(r.alt)
        parts.append(
            f"## {r.figure}\n\n![{alt}]({r.figure}.svg)\n\n**{text(r.headline)}**\n\n"
            f"Caption: {text(r.caption)}\n\n{text(r.source)}\n\nAlt text: {alt}\n\n"
            f"Files: {links}.{told} Claims: {text(', '.join(r.claims)) or 'none'}."
        )
    return "\n\n".join(parts) + "\n"


def everything(corpus: Corpus) -> Iterator[tuple[str, Contents]]:
    """All files of figures/: for each figure its name and its files, then those they share."""
    made = all_charts(corpus)
    for name, chart in made.items():
        yield name, {f"{name}.{f}": content(chart, f) for f in FORMATS}
    yield (
        "gallery and captions",
        {"captions.csv": csv_text(index(made)), "README.md": gallery(made)},
    )


def files(corpus: Corpus) -> dict[str, str | bytes]:
    """All files of figures/ by name, with a line for each figure as it is drawn."""
    made: dict[str, str | bytes] = {}
    for number, (name, some) in enumerate(everything(corpus), 1):
        made |= some
        print(f"[{number}/{len(CHARTS) + 1}] {name}", flush=True)
    return made


def drawn(chart: Chart, size: str = "full", titled: bool = True) -> tuple[bytes, list[style.Place]]:
    """A chart as SVG with letters as outlines, the same bytes each time; places of its marks."""
    import matplotlib

    with matplotlib.rc_context(style.RC), io.BytesIO() as file:
        figure = chart.draw(size, titled)
        metadata = {"Date": None, "Title": _allowed(chart.wording.headline)}
        figure.savefig(file, format="svg", metadata=metadata)
        return file.getvalue(), style.places(figure)
