"""The reading edition: the notebooks as plain pages, code folded away, nothing from the network."""

import json
import re
from html import escape, unescape
from pathlib import Path

from helpers.charts import style
from helpers.corpus import HOME
from helpers.corpus.files import write_whole
from helpers.show.figures import FONTS, PLOTLY, plotly_script

CSS = f"""
body {{ font-family: {FONTS}; line-height: 1.5; color: {style.INK}; background: {style.PAPER}; max-width: 50rem; margin: 0 auto; padding: 0 1rem 3rem; overflow-wrap: break-word; }}
h1, h2 {{ line-height: 1.25; margin-top: 2em; }} h1 {{ margin-top: 1em; }}
a {{ color: #004a80; }} img {{ max-width: 100%; height: auto; }} figure {{ margin: 1em 0 !important; overflow-x: auto; }} figure img {{ min-width: 34rem; }}
nav {{ border-bottom: 1px solid {style.GRID}; padding: .6em 0; font-size: .9em; }}
table {{ border-collapse: collapse; }} caption {{ padding: .3em 0; }}
td, th {{ padding: .25em .6em; border-bottom: 1px solid {style.GRID}; text-align: left; vertical-align: top; }}
.wide {{ overflow-x: auto; margin: 1em 0; }} figure:focus, .wide:focus {{ outline: 2px solid {style.ACCENT}; }}
blockquote {{ border-left: 4px solid {style.GRID}; padding-left: 1em; }}
details.code {{ font-size: .85em; color: {style.MUTED}; margin: .5em 0; }} pre {{ overflow-x: auto; background: #f4f5f6; padding: .6em; color: {style.INK}; }}
sup {{ font-size: .7em; }} select {{ max-width: 100%; }} :target {{ outline: 3px solid {style.ALARM}; }}
@media print {{ nav, details.code, .twin {{ display: none; }} a {{ color: inherit; text-decoration: none; }} figure, tr, blockquote {{ break-inside: avoid; }} figure img {{ min-width: 0; }} }}
"""


def write(folder: Path) -> list[str]:
    """Write one page a notebook, with what they share; return the files' names."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = sorted((HOME / "notebooks").glob("*.ipynb"))
    bodies = {p: body(json.loads(p.read_text("utf-8"))) for p in paths}
    titles = {p: title(b) for p, b in bodies.items()}
    homes = {
        claim: f"{p.stem}.html"
        for p, b in bodies.items()
        for claim in re.findall(r'<span id="([^"]+)"', b)
    }
    for path, html in bodies.items():
        write_whole(
            folder / f"{path.stem}.html",
            page(path, titles, link_claims(html, homes, f"{path.stem}.html")),
        )
    write_whole(folder / PLOTLY, plotly_script())
    contents = "".join(
        f'<li><a href="{p.stem}.html">{escape(t)}</a></li>' for p, t in titles.items()
    )
    write_whole(
        folder / "index.html",
        page(None, titles, f"<h1>{escape(titles[paths[0]])}</h1>\n<ul>{contents}</ul>"),
    )
    return [*(f"{p.stem}.html" for p in paths), PLOTLY, "index.html"]


def title(html: str) -> str:
    """The text of the first heading."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", html, re.S)
    return unescape(re.sub(r"<[^>]+>", "", found[1]).strip()) if found else "Notebook"


def page(path: Path | None, titles: dict[Path, str], html: str) -> str:
    """A whole page with links to the others; none of them is the list of contents."""
    links = " · ".join(
        f'<strong aria-current="page">{escape(t)}</strong>'
        if p == path
        else f'<a href="{p.stem}.html">{escape(t)}</a>'
        for p, t in titles.items()
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(titles[path] if path else 'Contents')}</title>\n<style>{CSS}</style>\n"
        f'</head>\n<body>\n<nav aria-label="Notebooks">{links}</nav>\n<main>\n{html}\n</main>\n</body>\n</html>\n'
    )


def body(notebook: dict) -> str:
    """The cells of a notebook as HTML."""
    from nbconvert.filters import markdown2html

    parts, plots = [], 0
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            html = markdown2html(source)
            parts.append(
                re.sub(
                    r'<a class="anchor-link"[^>]*>.*?</a>',
                    "",
                    re.sub(r'href="([^":]+)\.ipynb', r'href="\1.html', html),
                )
            )
            continue
        parts.append(
            f'<details class="code"><summary>Code</summary><pre tabindex="0">{escape(source)}</pre></details>'
        )
        for output in cell["outputs"]:
            data = output.get("data", {})
            if "application/vnd.plotly.v1+json" in data:
                plots += 1
                parts.append(plot(f"plot-{plots}", data["application/vnd.plotly.v1+json"]))
            elif "text/html" in data:
                parts.append(
                    wide(
                        re.sub(
                            r'href="([^":]+)\.ipynb', r'href="\1.html', "".join(data["text/html"])
                        )
                    )
                )
            elif text := "".join(output.get("text", data.get("text/plain", ""))):
                parts.append(f'<pre tabindex="0">{escape(text)}</pre>')
    if plots:
        parts.insert(0, f'<script src="{PLOTLY}"></script>')
    return "\n".join(parts)


def wide(html: str) -> str:
    """Tables and pictures in frames that scroll by themselves, so that the page does not on a phone."""
    html = html.replace("<figure", '<figure tabindex="0"')
    html = re.sub(
        r"<table", '<div class="wide" role="group" tabindex="0" aria-label="Table"><table', html
    )
    return html.replace("</table>", "</table></div>")


def plot(name: str, figure: dict) -> str:
    """An interactive figure; it takes the width there is."""
    text = json.dumps(figure, ensure_ascii=False).replace("</", "<\\/")
    return (
        f'<div class="twin wide" role="group" tabindex="0" aria-label="Interactive figure"><div id="{name}" style="min-width:44rem"></div></div>'
        f"<script>{{const f = {text}; Plotly.newPlot({json.dumps(name)}, f.data, f.layout, {{displaylogo: false, responsive: true}});}}</script>"
    )


def link_claims(html: str, homes: dict[str, str], here: str) -> str:
    """Make each claim's id a link to the place where it is marked in its article."""
    if not homes:
        return html
    known = re.compile(
        r"(?<![\w-])("
        + "|".join(map(re.escape, sorted(homes, key=len, reverse=True)))
        + r")(?![\w-])"
    )
    out, skip = [], 0
    for piece in re.split(r"(<[^>]+>)", html):
        if piece.startswith("<"):
            name = piece.lstrip("</").split(">")[0].split(" ")[0]
            if name in ("a", "script", "pre", "sup", "summary", "option"):
                skip += -1 if piece.startswith("</") else 1
            out.append(piece)
        else:
            out.append(
                piece
                if skip
                else known.sub(
                    lambda m: (
                        f'<a href="{"" if homes[m[1]] == here else homes[m[1]]}#{m[1]}">{m[1]}</a>'
                    ),
                    piece,
                )
            )
    return "".join(out)
