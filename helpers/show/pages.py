"""The reading edition: the notebooks as plain pages, code folded away, nothing from the network."""

import base64
import json
import re
from html import unescape
from pathlib import Path

from markupsafe import Markup

from helpers import findings, tables
from helpers.charts import Chart, coding_words
from helpers.corpus import Corpus
from helpers.corpus.files import write_into
from helpers.show import overview
from helpers.show.exports import SAVED
from helpers.show.figures import FIRST, PLOTLY, all_charts, drawn, make, plotly_script
from helpers.show.html import linked_places, render, spoken, table_html
from helpers.show.links import reading_room

FRONT = "index.html"
# A figure's own tag, its picture with the links on it, and the alt text, as figure.html has them.
FIGURE = re.compile(
    r'(<figure[^>]*>\s*)(<div style="position:relative"><img alt="([^"]*)".*?</div>)', re.S
)
MIME = "application/vnd.plotly.v1+json"
UNLINKED = {"a", "script", "pre", "sup", "summary", "option"}  # an id in these stays as it is


def write(corpus: Corpus, folder: Path) -> list[Path]:
    """Write a front page and one page a notebook, with what they share; return the files."""
    notebooks = corpus.folder / "notebooks"
    narrow = narrow_forms(corpus)
    bodies = {
        f"{p.stem}.html": fitted(body(json.loads(p.read_text("utf-8"))), narrow)
        for p in sorted(notebooks.glob("*.ipynb"))
    }
    if not bodies:
        raise ValueError(f"There is no notebook in {notebooks} to make a page of.")
    titles = {FRONT: "Front page", **{file: title(html) for file, html in bodies.items()}}
    bodies[FRONT] = fitted(front(corpus), narrow)
    homes = {
        claim: file
        for file, html in bodies.items()
        for claim in re.findall(r'<span id="([^"]+)"', html)
    }
    made = {file: page(file, titles, link_claims(b, homes, file)) for file, b in bodies.items()}
    return write_into(folder, {**made, PLOTLY: plotly_script()})


def front(corpus: Corpus) -> str:
    """The front page: facts, the first figure, who is who, findings, and where to read on."""
    depends = findings.dependence(corpus)[["finding_id", "words"]]
    found = findings.of(corpus).merge(depends.rename(columns={"words": "depends"}))
    rows = overview.overview(corpus).to_dict("records")
    html = render(
        "front.html",
        heading=corpus.package["title"],
        question=rows[0]["question"] if rows else "",
        most=overview.MOST_NAMED,
        facts=findings.facts(corpus).to_dict("records"),
        coding=coding_words(corpus, corpus.sources),
        picture=linked_picture(corpus, make(corpus, FIRST), "full"),
        who=table_html(tables.who_is_who(corpus), "Who is who"),
        findings=found.to_dict("records"),
        notebooks=rows,
        citation=overview.citation(corpus),
    )
    return _wide(_to_pages(html))


def linked_picture(corpus: Corpus, chart: Chart, size: str) -> str:
    """A chart in a size, each mark a link to its claim; "" where it has no mark."""
    if chart.nothing:
        return ""
    svg, places = drawn(chart, size)
    room = reading_room(corpus.folder / "notebooks")
    return render(
        "picture.html",
        picture=base64.b64encode(svg).decode("ascii"),
        alt=spoken(chart),
        places=linked_places(chart, places, room),
    )


def narrow_forms(corpus: Corpus) -> dict[str, str]:
    """The figures of the notebooks as a phone shows them, by their alt text."""
    made = all_charts(corpus).values()
    return {spoken(c): _to_pages(linked_picture(corpus, c, "column")) for c in made}


def fitted(html: str, narrow: dict[str, str]) -> str:
    """Beside each figure that has one its narrow form; the others scroll by themselves."""

    def both(found: re.Match) -> str:
        tag, picture, alt = found.groups()
        form = narrow.get(unescape(alt))
        if not form:
            return found[0].replace("<figure", '<figure class="scrolls" tabindex="0"', 1)
        return f'{tag}<div class="on-desk">{picture}</div><div class="on-phone">{form}</div>'

    return re.sub(FIGURE, both, html)


def title(html: str) -> str:
    """The text of the first heading."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", html, re.S)
    return unescape(re.sub(r"<[^>]+>", "", found[1]).strip()) if found else "Notebook"


def page(file: str, titles: dict[str, str], html: str) -> str:
    """A whole page with links to the others; `titles` by file."""
    links = [{"file": f, "title": t, "here": f == file} for f, t in titles.items()]
    # What `body` and `front` give, with links put in.
    return render("page.html", title=titles[file], links=links, html=Markup(html))


def body(notebook: dict) -> str:
    """The cells of a notebook as HTML."""
    cells = [_prose(c) if c["cell_type"] == "markdown" else _code(c) for c in notebook["cells"]]
    figures = [o for c in cells for o in c.get("outputs", []) if "figure" in o]
    for number, output in enumerate(figures, 1):
        output["name"] = f"plot-{number}"
    return render("cells.html", cells=cells, plotly=PLOTLY if figures else "")


def _prose(cell: dict) -> dict:
    """A cell of text."""
    from nbconvert.filters import markdown2html

    html = _to_pages(markdown2html("".join(cell["source"])))
    # Authors write it, and may write HTML in it.
    return {"prose": Markup(re.sub(r'<a class="anchor-link"[^>]*>.*?</a>', "", html))}


def _code(cell: dict) -> dict:
    """A cell of code with its outputs: HTML, the data of an interactive figure, or text."""
    outputs: list[dict] = []
    for output in cell["outputs"]:
        data = output.get("data", {})
        if MIME in data:
            outputs.append({"figure": data[MIME]})
        elif "text/html" in data:
            # HTML by its kind; what the helpers show is made by their templates.
            outputs.append({"html": Markup(_wide(_to_pages("".join(data["text/html"]))))})
        elif text := "".join(output.get("text", data.get("text/plain", ""))).strip():
            outputs.append({"text": text})
    # What was saved is of no use to who reads a page.
    outputs = [o for o in outputs if not o.get("text", "").startswith(SAVED)]
    return {"code": "".join(cell["source"]), "outputs": outputs}


def _to_pages(html: str) -> str:
    """Links to notebooks become links to their pages; those in folders have none."""
    html = str(html)  # what is Markup would take the new words for text
    html = re.sub(r'href="([^":/]+)\.ipynb', r'href="\1.html', html)
    return re.sub(r'href="([^":/]+/[^":]+\.ipynb)', r'href="../notebooks/\1', html)


def _wide(html: str) -> str:
    """Tables in frames that scroll by themselves, so the page does not.

    Only tags are touched, so that tables in tables and whatever else a cell shows stay as they are.
    """
    frame = '<div class="wide" role="group" tabindex="0" aria-label="Table">'
    return html.replace("<table", f"{frame}<table").replace("</table>", "</table></div>")


def link_claims(html: str, homes: dict[str, str], here: str) -> str:
    """Make each claim's id a link to the place where it is marked in its article."""
    if not homes:
        return html
    ids = "|".join(map(re.escape, sorted(homes, key=len, reverse=True)))
    known = re.compile(rf"(?<![\w-])({ids})(?![\w-])")

    def link(found: re.Match) -> str:
        home, claim = homes[found[1]], Markup(found[1])  # as it stands in HTML
        return render("link.html", page="" if home == here else home, claim=claim)

    out, skip = [], 0
    for piece in re.split(r"(<[^>]+>)", html):
        if piece.startswith("<"):
            name = piece.lstrip("</").split(">")[0].split(" ")[0]
            if name in UNLINKED:
                skip += -1 if piece.startswith("</") else 1
            out.append(piece)
        else:
            out.append(piece if skip else known.sub(link, piece))
    return "".join(out)
