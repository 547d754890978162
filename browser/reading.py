"""A notebook as a reader sees it: JupyterLab as it starts on a fresh machine, and one notebook open in it."""

import json
import os
import re
import secrets
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlparse

import pytest
from playwright.sync_api import BrowserContext, Page
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import TimeoutError as TooSlow

HOME = Path(__file__).resolve().parents[1]
KEPT = HOME / ".browser"
PYTHON = HOME / ".venv/bin/python"
NOTEBOOKS = {p.stem: p for p in sorted((HOME / "notebooks").glob("*.ipynb"))}
PLOTLY = "application/vnd.plotly.v1+json"
PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook"
START, RUN, DRAW = 90_000, 120_000, 15_000  # milliseconds to wait at most

OVERRIDES = {
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none", "scrollPastEnd": False},
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},
}

STATUS = "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status"
READY = """() => {
  const w = window.jupyterapp?.shell.currentWidget;
  return !!w?.context?.isReady && w.sessionContext?.session?.kernel?.status === 'idle';
}"""

# Clears what is stored first, so that whatever is seen afterwards was made by this run.
RUN_ALL = """() => {
  const { commands } = window.jupyterapp;
  window.ended = false;
  commands.execute('notebook:clear-all-cell-outputs')
    .then(() => commands.execute('notebook:restart-run-all'))
    .finally(() => { window.ended = true; });
}"""

SCROLL_THROUGH = """async panel => {
  for (const cell of document.querySelectorAll(panel + ' .jp-Cell')) {
    cell.scrollIntoView();
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  }
}"""

RUNNING = """panel => [...document.querySelectorAll(panel + ' .jp-Cell')]
  .map((c, i) => [i, c.querySelector('.jp-InputPrompt')?.textContent]).filter(c => c[1] === '[*]:').map(c => c[0])"""

DRAWN = """([panel, pictures, plots]) => {
  const all = selector => [...document.querySelectorAll(panel + ' ' + selector)];
  const drawn = all('.js-plotly-plot').filter(p => p.querySelector('.main-svg'));
  const images = all('img').filter(i => i.getAttribute('src'));
  return images.length >= pictures && images.every(i => i.complete) && drawn.length >= plots;
}"""

# Plotly keeps a hidden preview image without a source in each figure: it is no picture.
LOOK = """panel => {
  const root = document.querySelector(panel), cells = [...root.querySelectorAll('.jp-Cell')];
  const seen = e => { const r = e.getBoundingClientRect(); return r.width > 1 && r.height > 1
    && e.checkVisibility({opacityProperty: true, visibilityProperty: true}); };
  const at = e => cells.indexOf(e.closest('.jp-Cell'));
  const model = [...window.jupyterapp.shell.currentWidget.content.model.cells];
  // What JupyterLab does not trust it replaces by words, by the plain text that goes with it, or by nothing.
  const withheld = cells.flatMap((cell, i) => {
    const stored = model[i].type === 'code' ? model[i].toJSON().outputs : [];
    const shown = [...cell.querySelectorAll('.jp-OutputArea-output')];
    const words = shown.map(o => o.textContent.trim().slice(0, 100))
      .filter(w => /Cannot display (an )?untrusted|Maybe you need to run the cell/i.test(w));
    if (shown.length !== stored.length) words.push(`${stored.length} outputs are stored, ${shown.length} shown`);
    else stored.forEach((o, k) => {
      const rich = Object.keys(o.data ?? {}).filter(kind => kind !== 'text/plain');
      if (rich.length && shown[k].dataset.mimeType === 'text/plain') words.push(`plain text is shown, not ${rich.join(', ')}`);
    });
    return words.map(w => ({ cell: i, words: w }));
  });
  return {
    pictures: [...root.querySelectorAll('img')].filter(i => i.getAttribute('src')).map(i => ({
      cell: at(i), alt: i.getAttribute('alt') ?? '', source: i.src.slice(0, 60),
      loaded: i.complete && i.naturalWidth > 0, seen: seen(i) })),
    plots: [...root.querySelectorAll('.js-plotly-plot')].map(p => ({
      cell: at(p), marks: p.querySelectorAll('.cartesianlayer .point').length, seen: !!p.querySelector('.main-svg') && seen(p) })),
    withheld,
    cells: model.map((c, i) => {
      const code = c.type === 'code', outputs = code ? c.toJSON().outputs : [];
      return { cell: i, code, source: c.sharedModel.getSource(), count: code ? c.executionCount : null, trusted: c.trusted,
        errors: outputs.filter(o => o.output_type === 'error').map(o => o.ename + ': ' + o.evalue),
        stderr: outputs.filter(o => o.name === 'stderr').map(o => [o.text].flat().join('')).join('') };
    }),
  };
}"""


class Expected(NamedTuple):
    """How many figures and filters a notebook's file holds."""

    pictures: int
    plots: int
    filters: int


def expected(path: Path) -> Expected:
    """Count the figures and filters that stand in a notebook's file, whatever a browser makes of them."""
    try:
        cells = json.loads(path.read_text("utf-8"))["cells"]
    except (ValueError, KeyError) as error:
        raise ValueError(f"{path.name} is no notebook: {error}") from None
    bundles = [o.get("data", {}) for c in cells for o in c.get("outputs", [])]
    html = "".join("".join(b.get("text/html", "")) for b in bundles)
    prose = "".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    tags = len(re.findall(r"<img\b", html + prose)) + len(re.findall(r"!\[[^\]]*\]\(", prose))
    bare = sum(any(kind.startswith("image/") for kind in b) for b in bundles)
    return Expected(
        tags + bare,
        sum(PLOTLY in b for b in bundles),
        len(re.findall(r'<table class="filtered"', html)),
    )


@contextmanager
def jupyterlab(folder: Path) -> Iterator[str]:
    """Start JupyterLab as on a machine that has never run it; gives the address of its notebooks folder, to be filled in."""
    settings = folder / "settings"
    settings.mkdir()
    (settings / "overrides.json").write_text(json.dumps(OVERRIDES))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    # Data holds the signatures of notebooks that were trusted before, so it is a new folder too.
    own = {f"JUPYTER_{n}_DIR": str(folder / n.lower()) for n in ("CONFIG", "DATA", "RUNTIME")}
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    environment |= own | {"IPYTHONDIR": str(folder / "ipython"), "PYTHONUNBUFFERED": "1"}
    command = [HOME / ".venv/bin/jupyter", "lab", "--no-browser", "--allow-root", "--expose-app-in-browser",
               "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0",
               f"--ServerApp.root_dir={HOME}", f"--IdentityProvider.token={token}",
               f"--LabApp.app_settings_dir={settings}", f"--LabApp.user_settings_dir={folder / 'user'}",
               f"--LabApp.workspaces_dir={folder / 'workspaces'}",
               f"--FileCheckpoints.checkpoint_dir={folder / 'checkpoints'}"]  # fmt: skip
    KEPT.mkdir(exist_ok=True)
    log = KEPT / "jupyterlab.log"
    with log.open("w") as file:
        server = subprocess.Popen(
            command,
            cwd=HOME,
            env=environment,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_for(f"http://127.0.0.1:{port}/api?token={token}", server, log)
        yield f"http://127.0.0.1:{port}/lab/tree/notebooks/{{}}?reset&token={token}"
    finally:
        _stop(server)


def _wait_for(address: str, server: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + START / 1000
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
                address, timeout=2
            ) as answer:
                answer.read()
                return
        except OSError:
            time.sleep(0.2)
    what = (
        f"did not answer within {START // 1000} s"
        if server.poll() is None
        else f"ended with {server.returncode}"
    )
    last = "\n".join(log.read_text("utf-8").splitlines()[-5:])
    pytest.fail(f"JupyterLab {what}; the last lines of {log}:\n{last}", pytrace=False)


def _stop(server: subprocess.Popen) -> None:
    """End the server, its kernels with it."""
    for how, seconds in ((signal.SIGTERM, 10), (signal.SIGKILL, 5)):
        if server.poll() is None:
            os.killpg(server.pid, how)
            try:
                server.wait(seconds)
            except subprocess.TimeoutExpired:
                continue


def keep_on_this_machine(context: BrowserContext, *schemes: str) -> list[str]:
    """Let nothing be asked of another machine; gives a list that grows by every address that was asked for."""
    asked = []

    def local(address: str) -> bool:
        parts = urlparse(address)
        if parts.hostname:
            return parts.hostname in ("127.0.0.1", "localhost", "::1")
        return parts.scheme in ("data", "blob", "about", *schemes)

    def decide(route) -> None:
        if local(route.request.url):
            route.continue_()
        else:
            asked.append(route.request.url)
            route.abort()

    def listen(page: Page) -> None:
        page.on("websocket", lambda s: None if local(s.url) else asked.append(s.url))

    context.route("**/*", decide)
    context.on("page", listen)
    return asked


class Reading:
    """One notebook, open in the browser.

    `stored` is what was seen before anything was run; `ran()` what is seen after Restart Kernel and Run All Cells.
    """

    def __init__(self, path: Path, page: Page, address: str, asked: list[str]):
        self.path, self.page, self.asked = path, page, asked
        self.before = path.read_bytes()
        self.expected = expected(path)
        self._ran: dict | str = ""
        self._console: list[str] = []
        page.on(
            "console",
            lambda m: (
                self._console.append(m.text.splitlines()[0][:300]) if m.type == "error" else None
            ),
        )
        page.on("pageerror", lambda e: self._console.append(str(e).splitlines()[0][:300]))
        with self._failing_with(f"{path.name} could not be opened"):
            self._open(address.format(quote(path.name)))
            self.stored = self._look()

    def ran(self) -> dict:
        """What is seen once all cells were run; they are run the first time that it is asked for."""
        if self._ran == "":
            self._ran = (
                f"{self.path.name} did not run to the end; the first of its failures says why"
            )
            with self._failing_with(
                f"Restart Kernel and Run All Cells of {self.path.name} did not end"
            ):
                self._run()
                self._ran = self._look()
        if isinstance(self._ran, str):
            pytest.fail(self._ran, pytrace=False)
        return self._ran

    def _open(self, address: str) -> None:
        self.page.goto(address, timeout=START)
        self.page.wait_for_selector(f"{PANEL} .jp-Cell", timeout=START)
        self.page.wait_for_function(READY, timeout=START)

    def _run(self) -> None:
        self.page.evaluate(RUN_ALL)
        self.page.locator(".jp-Dialog button.jp-mod-accept").click(timeout=DRAW)
        self.page.wait_for_function("() => window.ended", timeout=RUN)
        self.page.wait_for_function(READY, timeout=DRAW)

    @contextmanager
    def _failing_with(self, words: str) -> Iterator[None]:
        """Turn an error of the browser, time-outs above all, into a failure that says what the page showed."""
        try:
            yield
        except BrowserError as error:
            lines = [f"{words}: {error.message.splitlines()[0]}"]
            with suppress(BrowserError):
                lines += [
                    f"dialog: {' '.join(d.split())}"
                    for d in self.page.locator(".jp-Dialog").all_inner_texts()
                ]
                lines += [f"the kernel is {self.page.evaluate(STATUS) or 'not there'}"]
                lines += [f"running: cell {i}" for i in self.page.evaluate(RUNNING, PANEL)[:1]]
            lines += [f"console: {line}" for line in self._console[-3:]]
            raise pytest.fail.Exception("\n".join(lines), pytrace=False) from None

    def _look(self) -> dict:
        """Everything that is judged, once all is drawn or the time for it is over."""
        self.page.evaluate(SCROLL_THROUGH, PANEL)
        wanted = [PANEL, self.expected.pictures, self.expected.plots]
        with suppress(TooSlow):  # what is missing then is what the tests name
            self.page.wait_for_function(DRAWN, arg=wanted, timeout=DRAW)
        return self.page.evaluate(LOOK, PANEL)

    def show(self, cell: int) -> None:
        """Scroll to a cell, so that a picture taken of a failure shows it."""
        self.page.evaluate(
            "([panel, i]) => document.querySelectorAll(panel + ' .jp-Cell')[i]?.scrollIntoView()",
            [PANEL, cell],
        )

    def close(self) -> None:
        """Stop the kernel."""
        with suppress(BrowserError):
            self.page.evaluate("window.jupyterapp?.shell.currentWidget?.sessionContext?.shutdown()")
