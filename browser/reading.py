"""A notebook as a reader sees it, open in JupyterLab as it starts on a fresh machine."""

import json
import os
import re
import secrets
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urlparse

import pytest
from playwright.sync_api import BrowserContext, Page
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import TimeoutError as TooSlow

HOME = Path(__file__).resolve().parents[1]
KEPT = HOME / ".browser"
README = HOME / "README.md"
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

# The links that JupyterLab turned into ones to files of the project, folded ones unfolded.
LINKS = """panel => {
  const root = document.querySelector(panel), found = {};
  root.querySelectorAll('details').forEach(d => { d.open = true; });
  root.querySelectorAll('.jp-Cell a[href]').forEach((link, i) => {
    const { origin, pathname } = new URL(link.href, location.href);
    if (origin !== location.origin || !pathname.startsWith('/files/')) return;
    link.dataset.number = i;
    found[decodeURIComponent(pathname.slice('/files/'.length))] ??= i;
  });
  return found;
}"""

OPENED = """path => {
  const w = window.jupyterapp?.shell.currentWidget;
  return w?.context?.path === path && w.context.isReady;
}"""

# Closes what a link has opened, its kernel with it, and comes back to the notebook.
BACK = """id => {
  const { shell } = window.jupyterapp, opened = shell.currentWidget;
  if (opened.id !== id) {
    opened.sessionContext?.shutdown().catch(() => {});
    opened.dispose();
  }
  shell.activateById(id);
}"""

RUNNING = """panel => [...document.querySelectorAll(panel + ' .jp-Cell')]
  .map((c, i) => [i, c.querySelector('.jp-InputPrompt')?.textContent])
  .filter(c => c[1] === '[*]:').map(c => c[0])"""

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
  // What JupyterLab does not trust it replaces by words, by its plain text, or by nothing.
  const withheld = cells.flatMap((cell, i) => {
    const stored = model[i].type === 'code' ? model[i].toJSON().outputs : [];
    const shown = [...cell.querySelectorAll('.jp-OutputArea-output')];
    const words = shown.map(o => o.textContent.trim().slice(0, 100))
      .filter(w => /Cannot display (an )?untrusted|Maybe you need to run the cell/i.test(w));
    if (shown.length !== stored.length)
      words.push(`${stored.length} outputs are stored, ${shown.length} shown`);
    else stored.forEach((o, k) => {
      const rich = Object.keys(o.data ?? {}).filter(kind => kind !== 'text/plain');
      if (rich.length && shown[k].dataset.mimeType === 'text/plain')
        words.push(`plain text is shown, not ${rich.join(', ')}`);
    });
    return words.map(w => ({ cell: i, words: w }));
  });
  return {
    pictures: [...root.querySelectorAll('img')].filter(i => i.getAttribute('src')).map(i => ({
      cell: at(i), alt: i.getAttribute('alt') ?? '', source: i.src.slice(0, 60),
      loaded: i.complete && i.naturalWidth > 0, seen: seen(i) })),
    plots: [...root.querySelectorAll('.js-plotly-plot')].map(p => ({
      cell: at(p), marks: p.querySelectorAll('.cartesianlayer .point').length,
      seen: !!p.querySelector('.main-svg') && seen(p) })),
    withheld,
    cells: model.map((c, i) => {
      const code = c.type === 'code', outputs = code ? c.toJSON().outputs : [];
      return { cell: i, code, source: c.sharedModel.getSource(),
        count: code ? c.executionCount : null, trusted: c.trusted,
        errors: outputs.filter(o => o.output_type === 'error').map(o => o.ename + ': ' + o.evalue),
        stderr: outputs.filter(o => o.name === 'stderr')
          .map(o => [o.text].flat().join('')).join('') };
    }),
  };
}"""


class Expected(NamedTuple):
    """How many figures and filters a notebook's file holds."""

    pictures: int
    plots: int
    filters: int


def expected(path: Path) -> Expected:
    """Count the figures and filters in a notebook's file, whatever a browser makes of them."""
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


class Lab(NamedTuple):
    """A JupyterLab that runs.

    `first` is the address that the command would open in a reader's browser; `notebook` that of
    a notebook, with its name to be filled in.
    """

    first: str
    notebook: str


def command_to_read() -> str:
    """The command that README gives to read the notebooks in JupyterLab, word for word."""
    return re.findall(r"^python3 .*jupyter lab.*$", README.read_text("utf-8"), re.M)[0]


@contextmanager
def jupyterlab(folder: Path) -> Iterator[Lab]:
    """Run README's command as on a machine that has never run JupyterLab, and has no screen."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    environment = headless(folder, port, token)
    KEPT.mkdir(exist_ok=True)
    log = KEPT / "jupyterlab.log"
    with log.open("w") as file:
        server = subprocess.Popen(
            ["bash", "-c", command_to_read()],
            cwd=HOME,
            env=environment,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_for(lambda: _ask(port, token, "api"), server, log)
        (page,) = (folder / "runtime").glob("jpserver-file-to-run-*-open.html")
        first = re.search(r'href="(.*?)"', page.read_text("utf-8"))[1]
        first = re.sub("^http://[^:/]+", "http://127.0.0.1", first)
        yield Lab(first, f"{first.rpartition('/')[0]}/{{}}?reset&token={token}")
    finally:
        _stop(server, lambda: _ask(port, token, "api/shutdown", data=b""))


def headless(folder: Path, port: int, token: str) -> dict[str, str]:
    """An environment in which JupyterLab knows no earlier run and wants no screen.

    Data holds the signatures of notebooks that were trusted before, so it is a new folder too.
    """
    names = ("config", "data", "runtime", "settings", "user", "workspaces", "checkpoints")
    places = {name: folder / name for name in names}
    for name in ("config", "settings"):
        places[name].mkdir()
    (places["settings"] / "overrides.json").write_text(json.dumps(OVERRIDES))
    server = {"open_browser": False, "allow_root": True, "ip": "127.0.0.1", "port": port}
    app = {
        "expose_app_in_browser": True,
        "app_settings_dir": str(places["settings"]),
        "user_settings_dir": str(places["user"]),
        "workspaces_dir": str(places["workspaces"]),
    }
    settings = {
        "ServerApp": server | {"port_retries": 0},
        "IdentityProvider": {"token": token},
        "LabApp": app,
        "FileCheckpoints": {"checkpoint_dir": str(places["checkpoints"])},
    }
    (places["config"] / "jupyter_config.json").write_text(json.dumps(settings))
    own = {f"JUPYTER_{n.upper()}_DIR": str(places[n]) for n in ("config", "data", "runtime")}
    own |= {"IPYTHONDIR": str(folder / "ipython"), "PYTHONUNBUFFERED": "1"}
    return {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | own


def _ask(port: int, token: str, path: str, data: bytes | None = None) -> None:
    """Ask the server for something, past any proxy; an OSError where it does not answer."""
    address = f"http://127.0.0.1:{port}/{path}?token={token}"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(address, data, timeout=2) as answer:
        answer.read()


def _wait_for(answer: Callable, server: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + START / 1000
    while time.monotonic() < end and server.poll() is None:
        try:
            return answer()
        except OSError:
            time.sleep(0.2)
    what = f"did not answer within {START // 1000} s"
    if server.poll() is not None:
        what = f"ended with {server.returncode}"
    last = "\n".join(log.read_text("utf-8").splitlines()[-5:])
    pytest.fail(f"JupyterLab {what}; the last lines of {log}:\n{last}", pytrace=False)


def _stop(server: subprocess.Popen, ask: Callable) -> None:
    """End the server, its kernels with it."""
    with suppress(OSError, subprocess.TimeoutExpired):
        ask()
        server.wait(20)
    if server.poll() is None:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(5)


def keep_on_this_machine(context: BrowserContext, *schemes: str) -> list[str]:
    """Let nothing be asked of another machine; give a list that grows by each address asked for."""
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

    `stored` is what was seen before anything was run; `ran()` what is seen after Restart Kernel
    and Run All Cells.
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
        """What is seen once all cells were run; they are run when it is first asked for."""
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
        """Turn an error of the browser into a failure that says what the page showed."""
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

    def linked(self) -> set[str]:
        """The files of the project that the notebook's file links to."""
        cells = json.loads(self.path.read_text("utf-8"))["cells"]
        prose = "".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
        bundles = [o.get("data", {}) for c in cells for o in c.get("outputs", [])]
        html = "".join("".join(b.get("text/html", "")) for b in bundles)
        links = re.findall(r"\]\(([^)\s]+)\)", prose) + re.findall(r'\shref="([^"]+)"', html)
        files = {unquote(link.partition("#")[0]) for link in links if not urlparse(link).scheme}
        return {os.path.normpath(f"notebooks/{file}") for file in files if file}

    def links(self) -> dict[str, int]:
        """The files that JupyterLab has links to, each with the number of the first of them."""
        return self.page.evaluate(LINKS, PANEL)

    def follow(self, file: str, number: int) -> str:
        """Click on a link and come back; what is wrong with what it opens, or nothing."""
        mine = self.page.evaluate("window.jupyterapp.shell.currentWidget.id")
        try:
            self.page.locator(f"{PANEL} a[data-number='{number}']").click(timeout=DRAW)
            self.page.wait_for_function(OPENED, arg=file, timeout=DRAW)
        except TooSlow:
            now = self.page.evaluate("window.jupyterapp.shell.currentWidget?.context?.path")
            return f"a click on the link to {file} leads to {now}"
        dialogs = self.page.locator(".jp-Dialog").all_inner_texts()
        self.page.evaluate(BACK, mine)
        return f"the link to {file} opens a dialog: {dialogs[0]!r}" if dialogs else ""

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
