"""Fixtures, and what differs on other machines."""

import contextlib
import csv
import gc
import io
import os
import platform
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

import hypothesis
import pytest

from helpers import load
from helpers.corpus import HOME

hypothesis.settings.register_profile("short", max_examples=40, deadline=None)
hypothesis.settings.load_profile("short")
# Drawing makes many small objects; searching them for cycles takes a tenth of the time.
gc.set_threshold(200_000, 50, 100)


def pytest_configure(config):
    # what notebooks save goes where nobody looks
    elsewhere = tempfile.TemporaryDirectory(prefix="exports-")
    config.add_cleanup(elsewhere.cleanup)
    os.environ["HELPERS_EXPORTS"] = elsewhere.name
    # Letters come out a hair otherwise on other systems, so there the pictures inside the
    # notebooks are left out of the comparison; test_figures.py compares them with a tolerance.
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        config.option.nbval_sanitize_with = str(HOME / "tests" / "elsewhere.cfg")


# Every notebook: those that are read in order, and those of howto/.
NOTEBOOKS = [
    p for p in sorted((HOME / "notebooks").rglob("*.ipynb")) if ".ipynb_checkpoints" not in p.parts
]


@pytest.fixture(scope="session")
def corpus():
    return load()


@pytest.fixture
def whole_copy(tmp_path) -> Path:
    """A copy of the articles and tables to damage."""
    for name in ("seeds", "data"):
        shutil.copytree(HOME / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def copy(whole_copy) -> Path:
    """The same without the independent codings."""
    coders = whole_copy / "data" / "coders.csv"
    coders.write_text(coders.read_text("utf-8").split("\n")[0] + "\n", "utf-8")
    for folder in (p for p in (whole_copy / "data" / "coders").iterdir() if p.is_dir()):
        shutil.rmtree(folder)
    return whole_copy


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


def run(*arguments) -> Done:
    """Run a command as `python -m helpers` does, here; an exception would be a traceback."""
    from helpers.__main__ import main

    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(list(map(str, arguments)))
    return Done(code, out.getvalue(), err.getvalue())


def rows(path: Path) -> list[dict]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, records: list[dict], columns: list[str] | None = None) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(
            file, columns or list(records[0]), lineterminator="\n", extrasaction="ignore"
        )
        writer.writeheader()
        writer.writerows(records)
