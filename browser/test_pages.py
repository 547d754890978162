"""What `python -m helpers pages` makes, at the width of a desk and of a phone."""

import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext
from reading import HOME, KEPT, PYTHON, keep_on_this_machine

FOLDER = HOME / "pages"
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
    unloaded: [...document.images].filter(i => !(i.complete && i.naturalWidth))
      .map(i => i.src.slice(0, 100)) };
}"""

RUN_AXE = """async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
  .map(v => `${v.impact}: ${v.help} (${v.id}), ${v.nodes.length} times, `
    + `first at ${v.nodes[0].html.slice(0, 200)}`)"""


def build() -> list[str]:
    """Build the pages; gives their paths in the folder."""
    done = subprocess.run(
        [PYTHON, "-m", "helpers", "pages"], cwd=HOME, capture_output=True, text=True, timeout=300
    )
    pages = [p.relative_to(FOLDER).as_posix() for p in sorted(FOLDER.rglob("*.html"))]
    if done.returncode or not pages:
        said = (done.stdout + done.stderr)[-2000:]
        words = f"ended with {done.returncode} and {len(pages)} pages:\n{said}"
        raise RuntimeError(f"python -m helpers pages {words}")
    return pages


VISITS = [
    pytest.param((page, screen), id=f"{page}-{screen}") for page in build() for screen in SCREENS
]


@pytest.fixture(scope="module", params=VISITS)
def visit(request) -> tuple[str, str]:
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
    name, screen = visit
    asked, lost = keep_on_this_machine(context, "file"), []
    context.on("requestfailed", lambda r: lost.append(r.url) if r.url.startswith("file:") else None)
    page = context.new_page()
    in_sight[:] = [page]
    page.goto((FOLDER / name).as_uri(), wait_until="load")
    seen = page.evaluate(LOOK, SCREENS[screen])
    page.evaluate(AXE.read_text("utf-8"))
    return {
        "screen": SCREENS[screen],
        "asked": asked,
        "lost": lost,
        "axe": page.evaluate(RUN_AXE),
        **seen,
    }


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
