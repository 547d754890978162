"""Every command on any corpus: it works there, and leaves all of its files or none."""

import contextlib
import errno
import functools
import io
import itertools
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import matplotlib.font_manager  # noqa: F401  (makes its folders now, not where writing fails)
import nbformat
import pandas as pd
import pytest
from conftest import Done, rows, run

from helpers import CorpusError, __main__, findings, load
from helpers.corpus import HOME, files
from helpers.extend import draft
from helpers.show import brief, figures, pages, rebuild

pytestmark = pytest.mark.slow  # it takes long, and seldom breaks alone

ARTICLE = """Ruritania and Graustark share a harbour

Ruritania and Graustark opened a harbour in May 2024.

“This harbour is for everybody. We expect other towns to use it,” said Rudolf Elphberg.

A spokesman of Graustark called it a “toy harbour.”
"""
COMMANDS = {
    "draft": ("draft", "../second.txt"),
    "figures": ("figures",),
    "other figures": ("figures", "01-voices", "--grey", "--format", "svg", "--format", "html"),
    "rebuild": ("rebuild",),
    "brief": ("brief",),
    "pages": ("pages",),
    "export": ("export", "graphml"),
    "kit": ("kit",),
    "review": ("review",),
}


def snapshot(folder: Path) -> dict[str, bytes | None]:
    """All that stands in a folder, hidden files too."""
    paths = sorted(folder.rglob("*"))
    return {str(p.relative_to(folder)): p.read_bytes() if p.is_file() else None for p in paths}


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A corpus as `new` and `draft` leave it, and a second article beside it."""
    place = tmp_path_factory.mktemp("made") / "my corpus č"
    (place.parent / "first.txt").write_text(ARTICLE, "utf-8")
    (place.parent / "second.txt").write_text(ARTICLE.replace("share", "sell"), "utf-8")
    assert run("new", place).returncode == 0
    assert run("draft", place.parent / "first.txt", "--corpus", place).returncode == 0
    return place


@pytest.fixture
def mine(made, tmp_path, monkeypatch) -> Path:
    """A copy of that corpus, beside the folder where commands are typed."""
    shutil.copytree(made.parent, tmp_path / "a")
    (tmp_path / "a" / "typed here").mkdir()
    monkeypatch.chdir(tmp_path / "a" / "typed here")
    return tmp_path / "a" / made.name


@pytest.fixture
def quick(monkeypatch, mine):
    """Nothing is drawn, run or printed; the files are as many as two charts have."""
    some = {n: figures.CHARTS[n] for n in ("01-voices", "04-labels", figures.FIRST)}
    monkeypatch.setattr(figures, "CHARTS", some)
    monkeypatch.setattr(figures, "make", functools.cache(figures.make))
    monkeypatch.setattr(figures, "content", lambda chart, form, *_: f"{chart.name}.{form}")
    monkeypatch.setattr(figures, "gallery", " ".join)
    monkeypatch.setattr(figures, "index", lambda charts: pd.DataFrame({"figure": list(charts)}))
    monkeypatch.setattr(pages, "plotly_script", lambda: "script")
    monkeypatch.setattr(rebuild, "executed", lambda path, place: (f"{path.name} run", 0.0, ""))
    monkeypatch.setattr(pages, "linked_picture", lambda corpus, chart, size: size)
    monkeypatch.setattr(pages, "make", lambda corpus, name: name)
    monkeypatch.setattr(brief, "html", lambda corpus: "brief")
    monkeypatch.setattr(brief, "contents", lambda corpus: {})
    monkeypatch.setattr(brief.word, "document", lambda said: b"document")
    monkeypatch.setattr(brief, "pdf", lambda page, browser: b"printed")
    read = load(mine)
    monkeypatch.setattr(__main__, "load", lambda folder=None: load() if folder is None else read)
    (mine / "figures" / "01-voices.svg").write_text("old")
    (mine / "brief").mkdir()
    (mine / "brief" / "brief.html").write_text("old")


class Broken:
    """Fails, or is killed, at one step of those that change files, counted from nought."""

    CHANGES = ((os, "replace"), (Path, "write_bytes"), (Path, "write_text"), (Path, "mkdir"))
    CLEARS = ((Path, "unlink"), (Path, "rmdir"), (shutil, "rmtree"))

    def __init__(self, at: int, error: BaseException, patch: pytest.MonkeyPatch):
        self.at, self.error, self.left, self.reached = at, error, at, False
        killed = not isinstance(error, Exception)
        for owner, name in (*self.CHANGES, (shutil, "copy2"), *(self.CLEARS if killed else ())):
            patch.setattr(owner, name, self.step(getattr(owner, name), killed))

    def step(self, function, killed: bool):
        def stepped(*given, **named):
            self.left -= 1
            if self.left == -1:
                self.reached = True
                if killed and function.__name__.startswith("write"):
                    function(given[0], given[1][: len(given[1]) // 2], *given[2:], **named)
                raise self.error
            return function(*given, **named)

        return stepped


class Killed(BaseException):
    """As a kill does, it leaves all as it is."""


def again(mine: Path, before: Path) -> None:
    """Put the corpus back to what it was."""
    shutil.rmtree(mine)
    shutil.copytree(before, mine)


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_where_a_file_cannot_be_written_none_is(mine, quick, tmp_path, command):
    before = snapshot(mine)
    for at in itertools.count():
        with pytest.MonkeyPatch.context() as patch:
            broken = Broken(at, OSError(errno.ENOSPC, "No space left on device"), patch)
            done = run(*COMMANDS[command], "--corpus", mine)
        if not broken.reached:
            break
        assert done.returncode == 1
        assert snapshot(mine) == before
        last = done.stdout.splitlines()[-1]
        assert re.search(r"^[^.]\S+ cannot be written: No space .* Nothing was changed\.", last)
    assert (done.returncode, at > 3) == (0, True)
    assert snapshot(mine) != before


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_what_a_kill_leaves_half_done_the_next_command_finishes_or_undoes(
    mine, quick, tmp_path, command
):
    shutil.copytree(mine, tmp_path / "before")
    old, states = snapshot(mine), set()
    assert run(*COMMANDS[command], "--corpus", mine).returncode == 0
    new = snapshot(mine)
    for at in itertools.count():
        again(mine, tmp_path / "before")
        with pytest.MonkeyPatch.context() as patch:
            broken = Broken(at, Killed(), patch)
            with contextlib.suppress(Killed):
                run(*COMMANDS[command], "--corpus", mine)
        if not broken.reached:
            break
        half = snapshot(mine)
        done = run("export", "codebook", "--to", tmp_path / "elsewhere", "--corpus", mine)
        assert done.returncode == 0
        assert snapshot(mine) in (old, new)
        if any(p.startswith(f"{files.UNFINISHED}/") for p in half):
            assert done.stdout.startswith("A command was stopped ")
            assert ("before it changed anything" in done.stdout) == (snapshot(mine) == old)
        states.add("old" if snapshot(mine) == old else "new")
    assert states == {"old", "new"}
    assert at > 5


@pytest.mark.slow
@pytest.mark.parametrize("error", [OSError(errno.EACCES, "Permission denied"), Killed()])
def test_a_new_corpus_is_whole_or_not_there(tmp_path, error, corpus, monkeypatch):
    monkeypatch.setattr(__main__, "load", lambda folder=None: load(folder) if folder else corpus)
    place = tmp_path / "deep" / "mine"
    for at in itertools.count():
        with pytest.MonkeyPatch.context() as patch:
            broken = Broken(at, error, patch)
            with contextlib.suppress(Killed):
                done = run("new", place)
        if not broken.reached:
            break
        if isinstance(error, OSError):
            assert (done.returncode, list(tmp_path.iterdir())) == (1, [])
        elif place.exists():
            done = run("check", "--corpus", place)
            assert done.returncode == 0 or not list(place.iterdir())
            shutil.rmtree(place)
    assert run("check", "--corpus", place).returncode == 0


@pytest.mark.slow
def test_a_process_that_is_killed_leaves_what_the_next_one_finishes(mine):
    script = """
import os, signal, sys
from helpers.__main__ import main
replace, left = os.replace, [3]
def step(*given):
    left[0] -= 1
    os.kill(os.getpid(), signal.SIGKILL) if left[0] == 0 else replace(*given)
os.replace = step
main(["draft", "../second.txt", "--corpus", "."])
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=mine)
    assert done.returncode == -signal.SIGKILL
    with pytest.raises(CorpusError, match=r"stopped halfway.*run `python -m helpers check`"):
        load(mine)
    done = run("check", "--corpus", mine)
    assert re.match(
        r"A command was stopped .* and \d other files; that is finished now\.\n", done[1]
    )
    assert (done.returncode, len(load(mine).sources)) == (0, 2)


def half_done(mine: Path) -> None:
    """Leave a draft half written."""
    calls, replace = itertools.count(), os.replace

    def step(*given):
        if next(calls) == 2:
            raise Killed
        replace(*given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "replace", step)
        with pytest.raises(Killed):
            run("draft", "../second.txt", "--corpus", mine)


def test_a_file_that_was_edited_after_a_kill_is_not_written_over(mine):
    half_done(mine)
    waiting = json.loads((mine / files.UNFINISHED / files.FORWARD).read_text("utf-8"))["files"]
    edited = mine / waiting[-1]["name"]
    edited.write_text(edited.read_text("utf-8") + "mine\n", "utf-8")
    done = run("check", "--corpus", mine)
    assert done.returncode == 1
    assert done.stdout.startswith(f"{waiting[-1]['name']} was edited since a command was stopped")
    assert edited.read_text("utf-8").endswith("mine\n")


@pytest.mark.parametrize("name", ["../outside.txt", "/outside.txt"])
def test_a_journal_that_came_with_a_folder_writes_nothing_outside_it(mine, name):
    half_done(mine)
    journal = mine / files.UNFINISHED / files.FORWARD
    text = journal.read_text("utf-8")
    first = json.loads(text)["files"][-1]["name"]
    journal.write_text(text.replace(first, name), "utf-8")
    done = run("check", "--corpus", mine)
    assert done.returncode == 1
    assert "is none of ours" in done.stdout
    assert not (mine / name).exists()


def test_of_two_drafts_at_once_no_row_is_lost(mine):
    command = [sys.executable, "-m", "helpers", "draft", "--corpus", str(mine)]
    articles = []
    for name in ("third", "fourth"):
        articles.append(mine.parent / f"{name}.txt")
        articles[-1].write_text(f"{ARTICLE}\nSo says the {name}.\n", "utf-8")
    both = [
        subprocess.Popen([*command, str(a)], stdout=subprocess.PIPE, text=True) for a in articles
    ]
    said = [process.communicate()[0] for process in both]
    for process, words in zip(both, said, strict=True):
        assert process.returncode == 0 or "Another command is writing into" in words
    added = [process.returncode for process in both].count(0)
    assert added >= 1
    assert len(load(mine).sources) == 1 + added


def test_while_a_draft_reads_the_tables_no_other_command_writes_them(mine, monkeypatch):
    command = [sys.executable, "-m", "helpers", "draft", "../second.txt", "--corpus", str(mine)]
    others = []

    def reading(folder):
        others.append(subprocess.run(command, capture_output=True, text=True))
        return load(folder)

    monkeypatch.setattr(draft, "load", reading)
    (mine.parent / "third.txt").write_text(f"{ARTICLE}\nSo says the third.\n", "utf-8")
    draft.add(mine, mine.parent / "third.txt")
    (other,) = others
    assert (other.returncode, other.stderr, other.stdout.count("\n")) == (1, "", 1)
    assert "Another command is writing into" in other.stdout
    assert len(load(mine).sources) == 2


def test_a_folder_that_cannot_be_written_to_is_named_and_nothing_changed(mine):
    bound = [] if os.geteuid() else ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]
    if bound and not shutil.which(bound[0]):
        pytest.skip("the superuser writes into every folder")
    before = snapshot(mine)
    (mine / "data").chmod(0o555)
    command = [*bound, sys.executable, "-m", "helpers", "draft", "../second.txt", "--corpus", "."]
    done = subprocess.run(command, cwd=mine, capture_output=True, text=True)
    (mine / "data").chmod(0o755)
    assert (done.returncode, done.stderr) == (1, "")
    assert re.fullmatch(
        r"data/\w+\.csv cannot be written: Permission denied\. Nothing was changed\. Close .*\.\n",
        done.stdout,
    )
    assert snapshot(mine) == before


def test_a_folder_where_a_file_is_to_stand_is_named(mine, quick):
    (mine / "figures" / "01-voices.svg").unlink()
    (mine / "figures" / "01-voices.svg").mkdir()
    before = snapshot(mine)
    done = run("figures", "--corpus", mine)
    last = done.stdout.splitlines()[-1]
    assert last.startswith("figures/01-voices.svg cannot be written: Is a directory.")
    assert (done.returncode, snapshot(mine)) == (1, before)


AS_TYPED = """
import builtins, os, runpy, signal, sys
def interrupt(): os.kill(os.getpid(), signal.SIGINT)
sys.argv = ["-m"]  # as Python has it while it imports the package of a command
{}
import helpers
sys.argv = ["helpers", *{!r}]
runpy.run_module("helpers", run_name="__main__", alter_sys=True)
"""
WHILE_IMPORTING = """
real = builtins.__import__
def importing(name, *given, **named):
    if name == {!r}:
        interrupt()
    return real(name, *given, **named)
builtins.__import__ = importing
"""
WHERE_IT_IS_SWALLOWED = """
from helpers.show import figures
def content(*_):
    try:
        interrupt()
    except BaseException:
        pass
    return "drawn"
figures.content = content
"""
WHILE_IT_WRITES = """
replace, left = os.replace, [{}]
def step(*given):
    if left[0]:
        left[0] -= 1
        interrupt()
    replace(*given)
os.replace = step
"""
AT_ONCE = "Stopped. Each file is as it was, or written whole."


def stopped(mine: Path, script: str, *command, place: Path | None = None) -> Done:
    """Run a command, with something in it that interrupts it."""
    code = AS_TYPED.format(script, [*command, "--corpus", str(mine)])
    kept = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    kept |= {"TMPDIR": str(place)} if place else {}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=mine, env=kept, timeout=60
    )
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("name", ["pandas", "numpy", "helpers.show", "argparse"])
def test_an_interrupt_while_modules_are_imported_is_one_line(mine, name):
    done = stopped(mine, WHILE_IMPORTING.format(name), "check")
    assert done == (130, f"{AT_ONCE}\n", "")


def test_an_interrupt_that_a_library_would_swallow_ends_the_command(mine):
    before = snapshot(mine)
    done = stopped(mine, WHERE_IT_IS_SWALLOWED, "figures", "01-voices")
    assert done == (130, f"{AT_ONCE}\n", "")
    assert snapshot(mine) == before


@pytest.mark.parametrize(("times", "articles"), [(1, 2), (2, 1)])
def test_files_are_written_to_the_end_or_put_back_where_a_second_interrupt_asks_so(
    mine, times, articles
):
    done = stopped(mine, WHILE_IT_WRITES.format(times), "draft", "../second.txt")
    assert done == (130, f"{AT_ONCE}\n", "")
    assert not (mine / files.UNFINISHED).exists()
    assert len(load(mine).sources) == articles


def test_an_interrupt_ends_the_kernels_and_leaves_nothing(mine, tmp_path):
    place = tmp_path / "temporary"
    place.mkdir()
    (mine / "notebooks" / "00_start_here.ipynb").unlink()
    source = "import os, signal, time\nopen('pid', 'w').write(str(os.getpid()))\n"
    source += "os.kill(os.getppid(), signal.SIGINT)\ntime.sleep(50)"
    cells = [nbformat.v4.new_code_cell(source)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), mine / "notebooks" / "1.ipynb")
    began = time.monotonic()
    done = stopped(mine, "", "rebuild", place=place)
    assert time.monotonic() - began < 40
    assert (done.returncode, done.stderr) == (130, "")
    assert done.stdout.splitlines()[-1] == AT_ONCE
    assert list(place.iterdir()) == []
    kernel = int((mine / "notebooks" / "pid").read_text())
    status = Path(f"/proc/{kernel}/status")
    assert not status.exists() or "zombie" in status.read_text()


def test_a_full_disk_is_named_with_what_to_do(monkeypatch):
    def full(_):
        with files.temporary():
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(__main__, "load", full)
    done = run("check")
    said = r"/\S*helpers-\S+: No space left on device\. Make room on the disk, then run .*\n"
    assert re.fullmatch(said, done.stdout)
    assert done.returncode == 1


def test_a_brief_is_printed_without_the_time():
    a, b = (b"/CreationDate (D:202%d0101000000+00'00') /Title (a)" % i for i in (5, 6))
    assert brief.undated(a) == brief.undated(b)
    assert len(brief.undated(a)) == len(a)
    assert b"/Title (a)" in brief.undated(a)


def test_what_stands_there_already_is_not_touched(mine, quick):
    run("figures", "--corpus", mine)
    times = {p: p.stat().st_mtime_ns for p in (mine / "figures").iterdir()}
    assert run("figures", "--corpus", mine).returncode == 0
    assert {p: p.stat().st_mtime_ns for p in (mine / "figures").iterdir()} == times


@pytest.mark.parametrize("place", [".", "data", "seeds/new", "data/coders/two"])
@pytest.mark.parametrize(
    "command", [c for c in COMMANDS.values() if c[0] not in ("draft", "rebuild")]
)
def test_nothing_is_written_among_the_tables_and_articles_of_a_corpus(mine, command, place):
    before = snapshot(mine)
    for done in (run(*command, "--to", mine / place), run("new", mine / place / "data")):
        assert done.returncode == 1
        assert re.fullmatch(
            r".* (is a corpus itself|lies in \w+/ of a corpus); name .*\.\n", done[1]
        )
        if place == ".":
            break
    assert snapshot(mine) == before


def test_a_notebook_that_fails_is_named_and_nothing_is_stored(mine, monkeypatch):
    monkeypatch.setattr(figures, "CHARTS", {})
    for name, source in {"1": "1 + 1", "2": "1 / 0", "3": "import os; os._exit(1)"}.items():
        cells = [nbformat.v4.new_markdown_cell("Words."), nbformat.v4.new_code_cell(source)]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), mine / "notebooks" / f"{name}.ipynb")
    (mine / "notebooks" / "00_start_here.ipynb").unlink()
    before = snapshot(mine)
    done = run("rebuild", "--corpus", mine)
    *_, second, third, last = done.stdout.splitlines()
    assert (done.returncode, done.stderr, snapshot(mine)) == (1, "", before)
    assert second == "2.ipynb, cell 2: ZeroDivisionError: division by zero"
    assert third.startswith("3.ipynb, ")
    assert last == "Nothing was changed."


def test_what_is_printed_in_several_pieces_is_stored_as_one(tmp_path):
    cells = [nbformat.v4.new_code_cell("print(1, flush=True)\nprint(2)")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "a.ipynb")
    (output,) = json.loads(rebuild.executed(tmp_path / "a.ipynb", tmp_path)[0])["cells"][0][
        "outputs"
    ]
    assert output["text"] == ["1\n", "2\n"]


def test_each_command_is_listed_with_one_line(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit) as stopped:
        __main__.main(["--help"])
    lines = capsys.readouterr().out.split("command\n")[1].split("\n\n")[0].splitlines()
    names = ["check", "changes", "rebuild", "figures", "brief", "pages", "draft", "new", "export"]
    assert stopped.value.code == 0
    assert [line.split()[0] for line in lines] == [*names, "review", "kit", "settle"]
    assert all(re.fullmatch(r"    \w+ +\S.*", line) for line in lines)


def texts(folder: Path) -> dict[str, str]:
    """All text files of a folder, those in archives too; plotly's script is not of our writing."""
    found = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and ".git" not in p.parts):
        raw = {path.name: path.read_bytes()}
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(io.BytesIO(raw[path.name])) as archive:
                raw = {f"{path.name}/{n}": archive.read(n) for n in archive.namelist()}
        for name, content in raw.items():
            if not name.endswith((".png", ".pdf", figures.PLOTLY)):
                found[name] = content.decode("utf-8")
    return found


def lists_its_findings(mine: Path) -> None:
    """README of a corpus has the findings of its own file, each with what it depends on."""
    corpus, readme = load(mine), (mine / "README.md").read_text("utf-8")
    between = re.search(r"<!-- findings:.*?-->\n(.*?)<!-- end of findings -->", readme, re.S)[1]
    found, depends = findings.of(corpus), findings.dependence(corpus)
    assert len(found) == len(depends) == 2
    assert re.findall(r"^\d+\. .*$", between, re.M) == [
        f"{n}. **{sentence}** {words}"
        for n, (sentence, words) in enumerate(
            zip(found["sentence"], depends["words"], strict=True), 1
        )
    ]
    assert "None yet." not in between
    assert "Note: " in between  # its rows are drafts


def project() -> dict[str, bytes | None]:
    """What a command could have changed here."""
    parts = ("data", "seeds", "notebooks", "figures", "helpers/extend", "helpers/show")
    held = {f"{part}/{n}": raw for part in parts for n, raw in snapshot(HOME / part).items()}
    top = {p.name: None for p in HOME.iterdir()} | {"README.md": (HOME / "README.md").read_bytes()}
    return {n: raw for n, raw in (held | top).items() if "cache" not in n}


def does(*command) -> str:
    """What a command says that goes well."""
    done = run(*command)
    assert (done.returncode, done.stderr) == (0, ""), (command, done.stdout)
    return done.stdout


def starts(mine: Path, *corpus: str) -> None:
    """A corpus is started, rebuilt while it is empty, drafted and committed."""
    does("new", "../my corpus č")
    assert {p.name for p in mine.iterdir()} >= {"seeds", "data", "notebooks", "figures"}
    does("rebuild", *corpus)  # of no article at all
    for path, words in {
        "notebooks/00_start_here.ipynb": "Nothing to draw",
        "figures/README.md": "#",
    }.items():
        assert words in (mine / path).read_text("utf-8")
    does("draft", "../article.txt", *corpus)
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-C", str(mine)]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *arguments], check=True, capture_output=True)


def rebuilds(mine: Path, *corpus: str) -> None:
    """Figures and findings are those of the corpus, and nothing else has changed."""
    does("rebuild", *corpus)
    stored = snapshot(mine / "figures")
    shared = {"captions.csv", "README.md", ".gitkeep"}
    assert set(stored) == shared | {f"{n}.{f}" for n in figures.CHARTS for f in figures.FORMATS}
    lists_its_findings(mine)
    (mine / "figures" / "01-voices.svg").unlink()
    does("figures", *corpus)
    assert snapshot(mine / "figures") == stored
    assert "0 left over" in does("check", *corpus)
    assert "0 of 2 findings" in does("changes", *corpus)


def hands_out(mine: Path, *corpus: str) -> None:
    """Whatever else can be written of a corpus lies in its folders, or where it was wanted."""
    does("figures", "01-voices", "--size", "column", "--format", "svg", *corpus)
    for form in ("annotations", "codebook", "project", "graphml"):
        does("export", form, *corpus)
    for command in ("brief", "pages", "review", "kit"):
        does(command, *corpus)
    folders = [mine / folder for folder in ("brief", "exports", "pages", "review", "kit")]
    made = {p.name for folder in folders for p in folder.iterdir()}
    some = {"brief.html", "01-voices_column.svg", "project.qdpx", "index.html", "kit.qdpx"}
    assert made >= some | {"review.html"}
    does("pages", "--to", mine.parent / "there", *corpus)
    assert snapshot(mine.parent / "there") == snapshot(mine / "pages")


@pytest.mark.slow
def test_every_command_does_its_work_in_a_corpus_elsewhere_and_speaks_of_nothing_here(
    tmp_path, monkeypatch
):
    place, mine = tmp_path / "typed here", tmp_path / "my corpus č"
    place.mkdir()
    monkeypatch.chdir(place)
    (tmp_path / "article.txt").write_text(ARTICLE, "utf-8")
    before = project()
    for work in (starts, rebuilds, hands_out):
        work(mine, "--corpus", "../my corpus č")
    assert list(place.iterdir()) == []
    assert project() == before
    named = [r[c] for r in rows(HOME / "data" / "actors.csv") for c in ("name", "short_name")]
    words = [rf"\b{re.escape(n)}\b" for n in named if n] + [
        r"(?i:\b(pact|declaration|alliance)s?\b)"
    ]
    for name, text in texts(mine).items():
        for word in words:
            assert not re.search(word, text), (name, word, re.search(f".*{word}.*", text)[0][:300])


def test_a_folder_that_lies_in_a_checkout_is_compared_with_what_was_committed_of_it(mine):
    assert "lies in no git checkout" in run("changes", "--corpus", mine).stdout
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-C", str(mine.parent)]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "x"], check=True)
    assert "has no data/ and seeds/ of" in run("changes", "--corpus", mine).stdout
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-qm", "y"], check=True)
    done = run("changes", "--corpus", mine)
    assert (done.returncode, done.stdout.count("0 of 2 ")) == (0, 2)
