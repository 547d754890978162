"""What `python -m helpers pages` and `brief` make, at the width of a desk and of a phone."""

import re
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page
from reading import HOME, KEPT, PYTHON, keep_on_this_machine

PAGES, BRIEF = HOME / "pages", HOME / "brief"
AXE = KEPT / "node_modules/axe-core/axe.min.js"
SCREENS = {"desktop": 1280, "phone": 390}

# What is folded is opened first. A box that scrolls by itself may hold what is wider.
LOOK = """async width => {
  document.querySelectorAll('details').forEach(d => { d.open = true; });
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const name = e => e.tagName.toLowerCase() + (e.id && '#' + e.id)
    + [...e.classList].map(c => '.' + c).join('');
  const contained = e => {
    for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
    if (getComputedStyle(p).overflowX !== 'visible') return true; return false; };
  const wide = [...document.body.querySelectorAll('*')]
    .filter(e => e.getBoundingClientRect().right > width + 1 && !contained(e)).map(name);
  return { wide: [...new Set(wide)].slice(0, 5),
    width: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
    twice: [...document.querySelectorAll('.on-desk + .on-phone')]
      .filter(b => b.checkVisibility() === b.previousElementSibling.checkVisibility())
      .map(b => b.querySelector('img').alt),
    unloaded: [...document.images].filter(i => !(i.complete && i.naturalWidth))
      .map(i => i.src.slice(0, 100)) };
}"""

# Of each margin note and the paragraph beside it, where they stand.
NOTES = """() => [...document.querySelectorAll('[role=note]')].map(note => {
  const n = note.getBoundingClientRect();
  const p = note.previousElementSibling.getBoundingClientRect();
  return { left: n.left, top: n.top, text_right: p.right - 1, text_bottom: p.bottom - 1 };
})"""

# The words of interactive figures that reach beyond their figure.
CUT = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
  const room = plot.getBoundingClientRect();
  return [...plot.querySelectorAll('text')].filter(t => {
    const b = t.getBoundingClientRect();
    return b.width && (b.right > room.right + 1 || b.left < room.left - 1);
  }).map(t => t.textContent);
})"""

LEFT = """() => {
  const table = document.querySelector('table.filtered');
  const heads = [...table.tHead.rows[0].cells].map(head => head.textContent);
  return [...table.tBodies[0].rows].filter(row => row.getBoundingClientRect().height > 1)
    .map(row => ({ id: row.cells[0].textContent, text: row.textContent,
      codings: JSON.parse(row.dataset.codings),
      ...Object.fromEntries(heads.map((head, i) => [head, row.cells[i].textContent])) }));
}"""

RUN_AXE = """async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
  .map(v => `${v.impact}: ${v.help} (${v.id}), ${v.nodes.length} times, `
    + `first at ${v.nodes[0].html.slice(0, 200)}`)"""


def build(folder: Path, *to: str) -> list[Path]:
    """Write pages or brief, as their folder is called; gives the pages."""
    command = [PYTHON, "-m", "helpers", folder.name, *to]
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, timeout=300)
    pages = sorted(folder.rglob("*.html"))
    if done.returncode or not pages:
        said = (done.stdout + done.stderr)[-2000:]
        words = f"ended with {done.returncode} and {len(pages)} pages:\n{said}"
        raise RuntimeError(f"python -m helpers {folder.name} {words}")
    return pages


VISITS = [
    pytest.param((page, screen), id=f"{page.name}-{screen}")
    for page in [*build(PAGES), *build(BRIEF)]
    for screen in SCREENS
]


@pytest.fixture(scope="module", params=VISITS)
def visit(request) -> tuple[Path, str]:
    """The path of a page and the screen that it is looked at on."""
    return request.param


@pytest.fixture(scope="module")
def context(visit, browser) -> Iterator[BrowserContext]:
    """A desktop or a phone."""
    screen = visit[1]
    phone = {"is_mobile": True, "has_touch": True} if screen == "phone" else {}
    context = browser.new_context(
        viewport={"width": SCREENS[screen], "height": 844},
        reduced_motion="reduce",
        service_workers="block",
        **phone,
    )
    yield context
    context.close()


@pytest.fixture(scope="module")
def seen(visit, context, in_sight) -> dict:
    """What is seen of a page, and what was asked for to show it."""
    path, screen = visit
    asked, lost = keep_on_this_machine(context, "file"), []
    context.on("requestfailed", lambda r: lost.append(r.url) if r.url.startswith("file:") else None)
    page = context.new_page()
    in_sight[:] = [page]
    page.goto(path.as_uri(), wait_until="load")
    seen = page.evaluate(LOOK, SCREENS[screen])
    page.evaluate(AXE.read_text("utf-8"))
    return {
        "screen": SCREENS[screen],
        "asked": asked,
        "lost": lost,
        "axe": page.evaluate(RUN_AXE),
        **seen,
    }


@pytest.fixture(params=SCREENS)
def article(request, browser) -> Iterator[Page]:
    """The page with the articles and the table of claims, on a desktop and on a phone."""
    (path,) = (p for p in PAGES.glob("*.html") if 'role="note"' in p.read_text("utf-8"))
    size = {"width": SCREENS[request.param], "height": 844}
    page = browser.new_page(viewport=size, reduced_motion="reduce")
    page.goto(path.as_uri(), wait_until="load")
    yield page
    page.close()


def expect_none(faults: list[str]) -> None:
    if faults:
        pytest.fail("\n".join(dict.fromkeys(faults)), pytrace=False)


def test_page_does_not_scroll_sideways(seen):
    if seen["width"] > seen["screen"]:
        wide = ", ".join(seen["wide"]) or "no element by itself"
        expect_none(
            [f"{seen['width']} px wide on a screen of {seen['screen']} px; too wide: {wide}"]
        )


def test_axe_finds_nothing(seen):
    expect_none(seen["axe"])


def test_every_file_and_picture_of_the_page_is_there(seen):
    expect_none(
        [f"not there, or not to be shown: {address}" for address in seen["lost"] + seen["unloaded"]]
    )


def test_page_asks_nothing_of_another_machine(seen):
    expect_none([f"asks for {address}" for address in seen["asked"]])


def test_only_one_form_of_each_figure_is_seen(seen):
    expect_none(seen["twice"])


@pytest.mark.parametrize("width", [660, SCREENS["desktop"]])
def test_no_word_of_an_interactive_figure_is_cut(browser, width):
    paths = [p for p in PAGES.glob("*.html") if "Plotly.newPlot" in p.read_text("utf-8")]
    assert paths
    page = browser.new_page(viewport={"width": width, "height": 844})
    for path in paths:
        page.goto(path.as_uri(), wait_until="load")
        page.wait_for_selector(".js-plotly-plot .main-svg")
        expect_none([f"{path.name}: “{text}” is cut" for text in page.evaluate(CUT)])
    page.close()


def test_notes_stand_beside_their_paragraph_or_below_it_on_a_phone(article):
    notes = article.evaluate(NOTES)
    assert len(notes) > 10
    beside = [n["left"] >= n["text_right"] and n["top"] < n["text_bottom"] for n in notes]
    below = [n["top"] >= n["text_bottom"] for n in notes]
    assert all(beside if article.viewport_size["width"] > 1000 else below)


def left(page: Page) -> list[dict]:
    """Claims that are seen in the table: what stands in their cells, and their codings."""
    return page.evaluate(LEFT)


def test_the_table_of_claims_is_filtered_by_every_choice_and_by_typed_words(article):
    article.locator("details:has(table.filtered) > summary").click()
    bar = article.locator("table.filtered").locator("xpath=preceding-sibling::div[1]")
    every, count = left(article), bar.locator("output")
    assert count.inner_text() == f"{len(every)} of {len(every)} claims"

    def expect(fits) -> None:
        wanted = [row["id"] for row in every if fits(row)]
        assert [row["id"] for row in left(article)] == wanted
        assert count.inner_text() == f"{len(wanted)} of {len(every)} claims"

    for name in ("article", "speaker", "voice"):
        choice = bar.get_by_label(name, exact=True)
        for value in {row[name] for row in every}:
            choice.select_option(value)
            expect(lambda row, n=name, v=value: row[n] == v)
        choice.select_option("")
    denied = next(code for row in every for code, stance in row["codings"] if stance == "denied")
    bar.get_by_label("stance").select_option("denied")
    expect(lambda row: "denied" in {stance for _, stance in row["codings"]})
    bar.get_by_label("code").select_option(denied)
    expect(lambda row: [denied, "denied"] in row["codings"])
    bar.get_by_label("stance").select_option("asserted")
    expect(lambda row: [denied, "asserted"] in row["codings"])
    for label in ("code", "stance"):
        bar.get_by_label(label).select_option("")
    name = next(row["speaker"] for row in every if not row["speaker"].isascii())
    bare = unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode("ascii").upper()
    bar.get_by_label("words").fill(bare)
    words = name.lower().split()
    expect(lambda row: all(word in row["text"].lower() for word in words))


def test_the_table_of_claims_stands_whole_where_no_script_runs(browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    (path,) = (p for p in PAGES.glob("*.html") if 'class="filtered"' in p.read_text("utf-8"))
    page.goto(path.as_uri())
    rows = page.locator("table.filtered tbody tr")
    page.locator("details:has(table.filtered) > summary").click()
    assert rows.count() == len([row for row in rows.all() if row.is_visible()]) > 14
    context.close()


def test_the_brief_is_printed_on_two_pages_and_is_the_same_bytes_each_time(tmp_path):
    build(BRIEF, "--to", str(tmp_path))
    for name in ("brief.html", "brief.docx", "brief.pdf"):
        assert (tmp_path / name).read_bytes() == (BRIEF / name).read_bytes(), name
    printed = (BRIEF / "brief.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 2
