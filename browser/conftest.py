"""One JupyterLab, one browser, one notebook open at a time; a picture of whatever fails."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as BrowserError
from reading import HOME, KEPT, NOTEBOOKS, Lab, Reading, jupyterlab, keep_on_this_machine

FAILURES = KEPT / "failures"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
pages_in_sight: list[Page] = []


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def lab(tmp_path_factory) -> Iterator[Lab]:
    with jupyterlab(tmp_path_factory.mktemp("jupyter")) as running:
        yield running


@pytest.fixture(scope="session")
def in_sight() -> list[Page]:
    """The page that is open, for the picture of a failure."""
    return pages_in_sight


@pytest.fixture(scope="module", params=NOTEBOOKS)
def name(request) -> str:
    """The name of a notebook."""
    return request.param


@pytest.fixture(scope="module")
def context(name, browser) -> Iterator[BrowserContext]:
    """A browser that remembers nothing, closed only after a failure was photographed."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, service_workers="block")
    yield context
    context.close()


@pytest.fixture(scope="module")
def notebook(name, context, lab, in_sight) -> Iterator[Reading]:
    """A notebook, opened as a reader opens it first."""
    asked = keep_on_this_machine(context)
    page = context.new_page()
    in_sight[:] = [page]
    reading = Reading(NOTEBOOKS[name], page, lab.notebook, asked)
    yield reading
    reading.close()


def pytest_sessionstart(session):
    shutil.rmtree(FAILURES, ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.failed and report.when != "teardown":
        name = Path(re.sub(r"[^\w-]+", "-", item.name).strip("-") + ".png")
        for page in pages_in_sight:
            try:
                FAILURES.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=FAILURES / name, timeout=10_000)
                report.sections.append(("picture", str((FAILURES / name).relative_to(HOME))))
            except BrowserError as error:
                report.sections.append(
                    ("picture", f"none could be taken: {error.message.splitlines()[0]}")
                )
    return report
