"""Each notebook in JupyterLab: a fresh clone as it is opened, and all of its cells run again."""

import re
from html import unescape

import pytest
from playwright.sync_api import Locator
from reading import NOTEBOOKS, READY, START, Reading, expected

TELLING = 60  # letters of alt text at least, as in tests/test_notebooks.py
WITH_PLOTS = [n for n, path in NOTEBOOKS.items() if expected(path).plots]
WITH_ARTICLES = [n for n, path in NOTEBOOKS.items() if 'id=\\"' in path.read_text("utf-8")]
WITH_FILTERS = [n for n, path in NOTEBOOKS.items() if expected(path).filters]
PATH = "window.jupyterapp.shell.currentWidget?.context?.path"
AROUND = """async () => {
  const root = await window.jupyterapp.serviceManager.contents.get('');
  return root.content.map(file => file.name);
}"""
STATES = ["as opened", "after running"]

# In each trace the mark furthest from all other marks, and the texts that may answer there:
# its own, and those of marks so near that the mouse cannot tell them apart.
LONELIEST = """figure => {
  const middle = e => {
    const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; };
  const marks = [...figure.querySelectorAll('.cartesianlayer .trace')]
    .flatMap(t => [...t.querySelectorAll('.point')].map(mark => {
    const trace = t.__data__[0].trace.index, text = figure.data[trace].text;
    return { mark, trace, at: middle(mark),
      text: (Array.isArray(text) ? text[mark.__data__.i] : text) ?? '' };
  }));
  const apart = (a, b) => Math.hypot(a.at[0] - b.at[0], a.at[1] - b.at[1]);
  const best = {};
  for (const mark of marks) {
    mark.alone = Math.min(...marks.filter(m => m !== mark).map(m => apart(m, mark)));
    if (!best[mark.trace] || best[mark.trace].alone < mark.alone) best[mark.trace] = mark;
  }
  return Object.values(best).map(chosen => {
    chosen.mark.dataset.lonely = chosen.trace;
    const near = marks.filter(m => m !== chosen && apart(m, chosen) < 4).map(m => m.text);
    return { trace: chosen.trace, texts: [chosen.text, ...near] };
  });
}"""

# Whether the notes of each paragraph of an article stand at its right, with a line between.
BESIDE = """() => [...document.querySelectorAll('.jp-OutputArea-output div')].filter(note =>
    note.style.display === 'inline-block').map(note => {
  const n = note.getBoundingClientRect();
  const p = note.previousElementSibling.getBoundingClientRect();
  return n.left >= p.right && n.top < p.bottom && getComputedStyle(note).borderLeftWidth !== '0px';
})"""

FILTERED = """table => {
  const column = [...table.tHead.rows[0].cells].findIndex(c => c.textContent.trim() === 'speaker');
  return { words: table.previousElementSibling?.innerText ?? '',
    rows: [...table.tBodies[0].rows].map(r => ({
    speaker: r.cells[column].textContent, seen: r.getBoundingClientRect().height > 1 })) };
}"""


def only_on(names: list[str]):
    return pytest.mark.parametrize("name", names, indirect=True, scope="module")


in_both_states = pytest.mark.parametrize("state", STATES, ids=lambda s: s.replace(" ", "-"))


def seen(notebook: Reading, state: str) -> dict:
    return notebook.stored if state == "as opened" else notebook.ran()


def expect_none(notebook: Reading, faults: list[tuple[int | None, str]]) -> None:
    """Fail with every fault and the cell that it is in, where it is in one."""
    if faults:
        cells = [cell for cell, _ in faults if cell is not None]
        if cells:
            notebook.show(cells[0])
        lines = [
            f"{f'cell {c} of ' if c is not None else ''}{notebook.path.name}: {words}"
            for c, words in faults
        ]
        pytest.fail("\n".join(lines), pytrace=False)


def too_many_or_few(what: str, held: int, shown: int) -> list[tuple[None, str]]:
    return (
        [] if held == shown else [(None, f"the file holds {held} {what}, JupyterLab shows {shown}")]
    )


def test_the_command_opens_the_first_notebook_with_the_project_around_it(browser, lab, in_sight):
    page = browser.new_page()
    in_sight[:] = [page]
    page.goto(lab.first, timeout=START)
    page.wait_for_function(READY, timeout=START)
    opened, around = page.evaluate(PATH), page.evaluate(AROUND)
    assert opened == f"notebooks/{min(NOTEBOOKS)}.ipynb"
    assert {"data", "figures", "notebooks", "README.md"} <= set(around)


def test_a_fresh_clone_opens_untrusted(notebook):
    with_output = [c for c in notebook.stored["cells"] if c["code"] and c["count"]]
    faults = [
        (c["cell"], "is trusted although nobody has run it") for c in with_output if c["trusted"]
    ]
    expect_none(notebook, faults if with_output else [(None, "no output is stored")])


def test_restart_and_run_all_ends_without_an_error(notebook):
    cells = [c for c in notebook.ran()["cells"] if c["code"] and c["source"].strip()]
    errors = [(c["cell"], e) for c in cells for e in c["errors"]]
    expect_none(
        notebook, errors + [(c["cell"], "was not run") for c in cells if c["count"] is None]
    )


def test_restart_and_run_all_writes_nothing_to_stderr(notebook):
    expect_none(
        notebook,
        [(c["cell"], f"stderr: {c['stderr']}") for c in notebook.ran()["cells"] if c["stderr"]],
    )


@in_both_states
def test_nothing_is_withheld_as_untrusted(notebook, state):
    expect_none(notebook, [(o["cell"], o["words"]) for o in seen(notebook, state)["withheld"]])


@in_both_states
def test_every_picture_is_loaded_and_visible(notebook, state):
    pictures = seen(notebook, state)["pictures"]
    faults = [
        (p["cell"], f"picture not loaded: {p['source']}") for p in pictures if not p["loaded"]
    ]
    faults += [
        (p["cell"], f"picture not visible: {p['source']}") for p in pictures if not p["seen"]
    ]
    expect_none(
        notebook, faults + too_many_or_few("pictures", notebook.expected.pictures, len(pictures))
    )


@in_both_states
def test_every_picture_has_a_telling_alt_text(notebook, state):
    few = [p for p in seen(notebook, state)["pictures"] if len(p["alt"].strip()) < TELLING]
    expect_none(
        notebook, [(p["cell"], f"the alt text of a picture is only {p['alt']!r}") for p in few]
    )


@in_both_states
def test_every_interactive_figure_is_drawn(notebook, state):
    plots = seen(notebook, state)["plots"]
    faults = [(p["cell"], "interactive figure not drawn") for p in plots if not p["seen"]]
    faults += [
        (p["cell"], "interactive figure without a mark")
        for p in plots
        if p["seen"] and not p["marks"]
    ]
    expect_none(
        notebook,
        faults + too_many_or_few("interactive figures", notebook.expected.plots, len(plots)),
    )


@only_on(WITH_PLOTS)
def test_hovering_over_a_mark_shows_its_text(notebook):
    plots = notebook.ran()["plots"]
    figures = notebook.page.locator(".jp-Notebook .js-plotly-plot").all()
    faults = too_many_or_few("interactive figures", notebook.expected.plots, len(plots))
    for figure, plot in zip(figures, plots, strict=True):
        marks = figure.evaluate(LONELIEST)
        if not marks:
            faults.append((plot["cell"], "interactive figure has no mark to hover over"))
        faults += [(plot["cell"], words) for mark in marks for words in hover(figure, **mark)]
    expect_none(notebook, faults)


def hover(figure: Locator, trace: int, texts: list[str]) -> list[str]:
    """Move the mouse onto a trace's loneliest mark; what is wrong with what appears."""
    wanted = [squeezed(unescape(re.sub(r"<[^>]*>", "", text))) for text in texts]
    if not all(wanted):
        return [f"the marks of trace {trace} have no text to show"]
    mark = figure.locator(f"[data-lonely='{trace}']")
    mark.evaluate("mark => mark.scrollIntoView({block: 'center'})")
    box, mouse = mark.bounding_box(), figure.page.mouse
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse.move(5, 5)
    mouse.move(x - 3, y - 3)
    mouse.move(x, y, steps=3)
    for _ in range(30):
        shown = "".join(figure.locator(".hoverlayer .hovertext").all_text_contents())
        if any(words in squeezed(shown) for words in wanted):
            return []
        figure.page.wait_for_timeout(100)
    return [f"the mouse over a mark of trace {trace} shows {shown!r}, not {texts[0]!r}"]


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


@only_on(WITH_ARTICLES)
def test_notes_stand_beside_their_paragraph(notebook):
    """As opened: no style sheet of ours is there, and what is not trusted is cleaned."""
    beside = notebook.page.evaluate(BESIDE)
    assert len(beside) > 10
    assert all(beside)


@only_on(WITH_FILTERS)
def test_filter_above_the_claims_leaves_only_the_chosen_speaker(notebook):
    notebook.ran()
    table = notebook.page.locator(".jp-Notebook table.filtered")
    notebook.page.locator("details:has(> table.filtered) > summary").click()  # it is folded
    choice = table.locator(
        "xpath=preceding-sibling::div[1]//label[starts-with(normalize-space(), 'speaker')]//select"
    )
    if (count := choice.count()) != 1:
        expect_none(
            notebook,
            [(None, f"{count} filters by speaker stand above the table of claims, not one")],
        )
    choice.scroll_into_view_if_needed()
    everyone = [r["speaker"] for r in table.evaluate(FILTERED)["rows"]]
    speakers = sorted(set(everyone))
    missing = {*speakers, "all"} - set(choice.locator("option").all_inner_texts())
    faults = [f"{', '.join(sorted(missing))} cannot be chosen"] if missing else []
    for speaker in [s for s in (*speakers, "all") if s not in missing]:
        choice.select_option(speaker)
        now = table.evaluate(FILTERED)
        left = [r["speaker"] for r in now["rows"] if r["seen"]]
        theirs = [s for s in everyone if speaker in (s, "all")]
        counted, right = (
            re.findall(r"\d+ of \d+ claims", now["words"]),
            f"{len(theirs)} of {len(everyone)} claims",
        )
        if left != theirs:
            faults.append(
                f"{speaker!r} leaves {len(left)} rows, not {len(theirs)}: {sorted(set(left))}"
            )
        if counted != [right]:
            faults.append(f"{speaker!r} chosen, the count says {counted or 'nothing'}, not {right}")
    expect_none(notebook, [(None, f"filter by speaker: {words}") for words in faults])


def test_every_link_to_a_file_opens_it(notebook):
    links, held = notebook.links(), notebook.linked()
    faults = [f"JupyterLab shows no link to {file}" for file in sorted(held - set(links))]
    faults += [fault for link in links.items() if (fault := notebook.follow(*link))]
    expect_none(notebook, [(None, words) for words in faults])


def test_nothing_is_asked_of_another_machine(notebook):
    notebook.ran()
    expect_none(
        notebook, [(None, f"asks for {address}") for address in dict.fromkeys(notebook.asked)]
    )


def test_file_on_disk_is_unchanged(notebook):
    notebook.ran()
    if notebook.path.read_bytes() != notebook.before:
        expect_none(notebook, [(None, "the file on disk is another since it was opened")])
