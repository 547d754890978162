"""Figures as files: each with its caption, source, alt text and data, the same bytes every time."""

import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape as xml_escape

import pandas as pd

from helpers import charts, findings
from helpers.charts import Chart, style
from helpers.corpus import Corpus
from helpers.corpus.files import Contents, csv_text, write_into
from helpers.show.html import FONTS, claims_behind, render, table_html

# Every figure of the notebooks; its number is that of the notebook which tells it.
CHARTS: dict[str, Callable[[Corpus], Chart]] = {
    "01-voices": charts.voices,
    "02-timeline": charts.timeline,
    "03-aims": charts.aims,
    "04-labels": charts.labels,
    "04-framings": charts.framings,
    "04-headline-body": charts.headline_body,
    "05-criteria": lambda corpus: charts.criteria(corpus, findings.labels_in(corpus, "criteria")),
    "06-sturdiness": lambda corpus: charts.sturdiness(corpus, *findings.sturdiness(corpus)),
}
FORMATS = ("svg", "pdf", "png", "csv", "html")
PLOTLY = "plotly.min.js"
# Without buttons of ours plotly has many, one of which offers to upload the chart to a service.
CONFIG = {
    "displaylogo": False,
    "modeBarButtons": [["zoom2d", "pan2d", "resetScale2d"]],
    "responsive": True,
}


def headed(chart: Chart) -> Chart:
    """A chart with the finding that heads it, and how sturdy it is; a selection keeps its title."""
    corpus = chart.corpus
    heading = corpus.findings.loc[corpus.findings["chart"] == chart.name, "finding_id"].head(1)
    if corpus.selection or heading.empty:
        return chart
    sentences = findings.compute(corpus).set_index("finding_id")["sentence"]
    words = findings.robustness(corpus).set_index("finding_id")["words"]
    return chart.headed(sentences[heading.iloc[0]], words[heading.iloc[0]])


def make(corpus: Corpus, name: str) -> Chart:
    """A figure of the notebooks by name, with its headline."""
    return headed(CHARTS[name](corpus))


def picture(
    chart: Chart, form: str, size: str = "full", titled: bool = True, grey: bool = False
) -> bytes:
    """A chart as svg (letters as letters), pdf (fonts embedded) or png (300 dots an inch)."""
    import matplotlib

    metadata: dict[str, dict] = {
        "svg": {"Date": None, "Title": chart.words.headline},
        "pdf": {"CreationDate": None, "Title": chart.words.headline, "Subject": chart.alt},
        "png": {"Software": None, "Title": chart.words.headline, "Description": chart.alt},
    }
    with matplotlib.rc_context({**style.RC, "svg.fonttype": "none"}), io.BytesIO() as file:
        figure = chart.draw(size, titled, grey)
        figure.savefig(file, format=form, dpi=300 if form == "png" else 72, metadata=metadata[form])
        raw = file.getvalue()
    return described(raw.decode("utf-8"), chart.alt).encode("utf-8") if form == "svg" else raw


def described(svg: str, alt: str) -> str:
    """An SVG with its alt text as description, for readers who hear it."""
    svg = re.sub(r"</title>", lambda m: f"</title>\n <desc>{xml_escape(alt)}</desc>", svg, count=1)
    return svg.replace("<svg ", '<svg role="img" ', 1).replace("'DejaVu Sans'", FONTS)


def bundle(chart: Chart) -> dict:
    """An interactive figure as JupyterLab and plotly's script take it: data, layout, config."""
    if chart.plotly is None:
        raise ValueError(f"{chart.name} has no interactive form")
    return {**json.loads(chart.interactive().to_json()), "config": CONFIG}


def page(chart: Chart) -> str:
    """The interactive figure as a page of its own, with caption, source and its claims."""
    return render(
        "interactive.html",
        title=chart.words.headline,
        plotly=PLOTLY,
        name=chart.name,
        figure=bundle(chart),
        caption=chart.caption,
        source=chart.words.source,
        table=table_html(claims_behind(chart), "The claims behind the marks"),
    )


def content(
    chart: Chart, form: str, size: str = "full", titled: bool = True, grey: bool = False
) -> str | bytes:
    """A chart in one form, as the content of a file."""
    if form == "csv":
        return csv_text(chart.rows)
    if form == "html":
        return page(chart)
    if form not in FORMATS:
        raise ValueError(f"no format {form!r}; there are {', '.join(FORMATS)}")
    return picture(chart, form, size, titled, grey)


def save(
    corpus: Corpus,
    names: list[str],
    folder: Path,
    forms: list[str],
    size: str = "full",
    titled: bool = True,
    grey: bool = False,
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
        for form in (f for f in forms if _has(chart, f)):
            drawn = form in ("svg", "pdf", "png")
            file = "_".join([name, *(parts if drawn else [])]) + f".{form}"
            files[file] = content(chart, form, size, titled, grey)
    script = {PLOTLY: plotly_script()} if any(f.endswith(".html") for f in files) else {}
    write_into(folder, {**files, **script})
    return list(files)


def _has(chart: Chart, form: str) -> bool:
    """Whether there is such a file of a chart: no page where nothing moves."""
    return form != "html" or chart.plotly is not None


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
        files = [f"{name}.{f}" for f in FORMATS if _has(chart, f)]
        claims = [c for c in dict.fromkeys(chart.rows["claim_id"]) if c]
        told = sorted((chart.corpus.folder / "notebooks").glob(f"{name[:2]}_*.ipynb"))
        notebook = told[0].name if told else ""
        words = chart.words.headline, chart.caption, chart.alt, chart.words.source
        rows.append((name, *words, notebook, files, claims))
    columns = ["figure", "headline", "caption", "alt", "source", "notebook", "files", "claims"]
    return pd.DataFrame(rows, columns=columns)


def gallery(made: dict[str, Chart]) -> str:
    """figures/README.md: each figure with its words, its files and its claims."""
    parts = [
        "# Figures for reports\n\nMade by `python -m helpers figures`; not edited by hand. All"
        " figures are full width (170 mm) and in colour; `python -m helpers figures --help` names"
        " other sizes, grey, and figures without their title. [captions.csv](captions.csv) has the"
        f" words below for machines. The pages (html) need `{PLOTLY}` beside them."
    ]
    for r in index(made).itertuples():
        links = " · ".join(f"[{f.rsplit('.', 1)[1]}]({f})" for f in r.files)
        told = f" Told in [{r.notebook}](../notebooks/{r.notebook})." if r.notebook else ""
        alt = r.alt.replace("[", "(").replace("]", ")")
        parts.append(
            f"## {r.figure}\n\n![{alt}]({r.figure}.svg)\n\n**{r.headline}**\n\n"
            f"Caption: {r.caption}\n\n{r.source}\n\nAlt text: {alt}\n\n"
            f"Files: {links}.{told} Claims: {', '.join(r.claims) or 'none'}."
        )
    return "\n\n".join(parts) + "\n"


def everything(corpus: Corpus) -> Iterator[tuple[str, Contents]]:
    """All files of figures/: for each figure its name and its files, then those they share."""
    made = all_charts(corpus)
    for name, chart in made.items():
        yield name, {f"{name}.{f}": content(chart, f) for f in FORMATS if _has(chart, f)}
    shared = {PLOTLY: plotly_script(), "captions.csv": csv_text(index(made))}
    yield "gallery, captions and script", {**shared, "README.md": gallery(made)}


def files(corpus: Corpus) -> dict[str, str | bytes]:
    """All files of figures/ by name, with a line for each figure as it is drawn."""
    made: dict[str, str | bytes] = {}
    for number, (name, some) in enumerate(everything(corpus), 1):
        made |= some
        print(f"[{number}/{len(CHARTS) + 1}] {name}", flush=True)
    return made


def svg(chart: Chart, size: str = "full", titled: bool = True) -> bytes:
    """A chart as SVG with its letters as outlines, the same bytes each time."""
    import matplotlib

    with matplotlib.rc_context(style.RC), io.BytesIO() as file:
        chart.draw(size, titled).savefig(
            file, format="svg", metadata={"Date": None, "Title": chart.words.headline}
        )
        return file.getvalue()
