"""Files replaced whole, all of a command's files or none; and tables that no spreadsheet runs."""

import csv
import errno
import filecmp
import io
import json
import os
import shutil
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pandas as pd

from helpers import stopping
from helpers.corpus.english import plural

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

Contents = Mapping[str, str | bytes]
UNFINISHED = ".unfinished"  # in a folder while a command writes into it
NEW, OLD = "new", "old"  # in there: what is to come, what was; by the number of the file
# The journal: with the first name, all is prepared and is to be finished; with the second, undone.
FORWARD, BACK = "journal.json", "back.json"
REMEDY = {
    errno.EACCES: "Close the program that has it open, or make it and its folder writable",
    errno.EPERM: "Close the program that has it open, or make it and its folder writable",
    errno.EROFS: "The disk is read-only: work in a copy of the folder",
    errno.ENOSPC: "Make room on the disk",
    errno.EISDIR: "Move the folder of that name away",
    errno.EEXIST: "Move that file away, or name another folder",
    errno.ENOTDIR: "Move the file away that has the name of its folder",
}
_held: set[Path] = set()  # folders that this process writes into alone


def write_all(folder: Path, contents: Contents) -> list[Path]:
    """Replace files of a folder, all of them or none.

    All new files are prepared and all old ones kept in a hidden folder beside them, with a journal;
    then one after another is replaced. Where one cannot be, all are put back. After a kill, the
    next command on the folder finishes or undoes.

    Parameters
    ----------
    folder : Path
        A corpus, or any folder; made where it is not there.
    contents : dict of str to str or bytes
        By path from the folder. What stands there already is not touched.

    Returns
    -------
    list of Path
        All files of `contents`, as they are there now.

    Raises
    ------
    OSError
        With the file that cannot be written and what to do; or where another command writes there.
    """
    raw = {n: c.encode("utf-8") if isinstance(c, str) else c for n, c in contents.items()}
    with stopping.held(), _made(folder), alone(folder):
        changed = {n: c for n, c in raw.items() if _differs(folder / n, c)}
        if changed:
            try:
                _prepare(folder, changed)
            except (Exception, KeyboardInterrupt):
                _clear(folder / UNFINISHED)
                raise
            _finish(folder)
    return [folder / name for name in raw]


def write_into(folder: Path, contents: Contents) -> list[Path]:
    """Write files as `write_all` does, prepared in the corpus that the folder lies in, if it does.

    So the next command on that corpus knows of what was left unfinished.
    """
    whole = folder.resolve()
    corpus = next((p for p in (whole, *whole.parents) if is_corpus(p)), None)
    if corpus is None:
        return write_all(folder, contents)
    inside = whole.relative_to(corpus)
    write_all(corpus, {(inside / n).as_posix(): c for n, c in contents.items()})
    return [folder / name for name in contents]


@contextmanager
def temporary() -> Iterator[Path]:
    """A temporary folder that goes however the command ends; an error there is named by it."""
    with tempfile.TemporaryDirectory(prefix="helpers-", ignore_cleanup_errors=True) as place:
        try:
            with stopping.cleaned(partial(_sweep, Path(place))):
                yield Path(place)
        except OSError as error:
            if not error.strerror or error.filename:
                raise
            raise OSError(error.errno, error.strerror, place) from error


def _sweep(place: Path) -> None:
    """Remove a folder into which others, who are just being ended, may still write."""
    for _ in range(20):
        shutil.rmtree(place, ignore_errors=True)
        if not place.exists():
            break
        time.sleep(0.02)


def is_corpus(folder: Path) -> bool:
    """Whether a folder is a corpus, whole or not."""
    return (folder / "data" / "datapackage.json").exists()


def out_of_reach(folder: Path, path: Path) -> str:
    """Why a file is not read for a corpus; "" where it may be, or where there is none."""
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        return "leads out of the corpus folder: a corpus is read inside its folder alone."
    if path.exists() and not (path.is_file() or path.is_dir()):
        return "is no file that can be read to its end."
    return ""


def refuse_corpus(folder: Path) -> None:
    """Refuse a folder to write into that would mix with a corpus's own files.

    Raises
    ------
    ValueError
        Where it is a corpus, or lies among the tables or articles of one.
    """
    if is_corpus(folder):
        raise ValueError(f"{folder} is a corpus itself; name a folder of its own.")
    whole = folder.resolve()
    for part in (whole, *whole.parents):
        if part.name in ("data", "seeds") and is_corpus(part.parent):
            raise ValueError(f"{folder} lies in {part.name}/ of a corpus; name another folder.")


def refuse_full(folder: Path) -> None:
    """Refuse a folder in which something stands already.

    Raises
    ------
    FileExistsError
    """
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise FileExistsError(f"{folder} is not empty; name a new folder.")


def unfinished(folder: Path) -> str:
    """What keeps a corpus from being read: a command that has not finished there; or ""."""
    if not (folder / UNFINISHED).exists():
        return ""
    return (
        "a command that wrote into this corpus was stopped halfway, or is still at it: "
        "run `python -m helpers check`, with `--corpus` and this folder, then load it again."
    )


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Write into a folder alone, once what was left unfinished there is settled.

    Raises
    ------
    OSError
        Where another command writes into the folder.
    """
    folder = folder.resolve()
    if folder in _held:
        yield
        return
    handle = _lock(folder)
    _held.add(folder)
    try:
        if said := _settle(folder):
            print(said, flush=True)
        yield
    finally:
        _held.discard(folder)
        os.close(handle)


def _lock(folder: Path) -> int:
    """A handle that no other process gets until it is closed; it leaves no file behind."""
    if sys.platform == "win32":  # there a folder has no handle; the file goes when it is closed
        flags = os.O_RDWR | os.O_CREAT | os.O_TEMPORARY
        handle = os.open(folder / f"{UNFINISHED}.lock", flags)
    else:
        handle = os.open(folder, os.O_RDONLY)
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        if error.errno not in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
            raise
        said = f"Another command is writing into {folder}: run this one when that has ended."
        raise OSError(said) from error
    return handle


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make a folder; one that nothing came into goes again."""
    new = [p for p in (folder, *folder.parents) if not p.exists()]
    try:
        with _named(str(folder), "cannot be made"):
            for missing in reversed(new):
                missing.mkdir()
            if not folder.is_dir():
                raise FileExistsError(errno.EEXIST, "a file has that name")
        yield
    finally:
        _remove_empty(new)


def _remove_empty(folders: list[Path]) -> None:
    for folder in folders:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _differs(path: Path, content: bytes) -> bool:
    if not path.is_file() or path.stat().st_size != len(content):
        return True
    return path.read_bytes() != content


@contextmanager
def _named(
    name: str, said: str = "cannot be written", end: str = "Nothing was changed."
) -> Iterator:
    """Say of an error which file it is about, and what to do."""
    try:
        yield
    except OSError as error:
        remedy = REMEDY.get(error.errno or 0, "Mend that")
        line = (
            f"{name} {said}: {error.strerror or error}. {end} {remedy}, then run the command again."
        )
        raise OSError(line) from error


def in_words(error: OSError) -> str:
    """An error in a sentence: the file, what is wrong with it, and what to do."""
    if not error.strerror:
        return str(error)
    remedy = REMEDY.get(error.errno or 0)
    also = f" {remedy}, then run the command again." if remedy else ""
    return f"{error.filename or 'A file'}: {error.strerror}.{also}"


def _prepare(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Lay new files and copies of the old ones into the hidden folder, and at last the journal."""
    place = folder / UNFINISHED
    files = []
    with _named(next(iter(contents))):
        for part in (NEW, OLD):
            (place / part).mkdir(parents=True)
    for number, (name, content) in enumerate(contents.items()):
        target, staged = folder / name, place / NEW / str(number)
        with _named(name):
            there = os.path.lexists(target)
            if there and not os.access(target, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            if there:
                shutil.copy2(target, place / OLD / str(number), follow_symlinks=False)
            staged.write_bytes(content)
            if there:
                shutil.copymode(target, staged)
        files.append({"name": name, "there": there})
    parents = {p for n in contents for p in Path(n).parents if not (folder / p).exists()}
    deepest_first = sorted((p.as_posix() for p in parents), key=len, reverse=True)
    journal = place / f"{FORWARD}.draft"
    with _named(next(iter(contents))):
        journal.write_text(json.dumps({"files": files, "folders": deepest_first}), "utf-8")
        os.replace(journal, place / FORWARD)


def _finish(folder: Path) -> None:
    """Put all prepared files in place; where one cannot be, put all old ones back."""
    place = folder / UNFINISHED
    journal = _journal(place / FORWARD)
    try:
        for number, step in enumerate(journal["files"]):
            target, staged = folder / step["name"], place / NEW / str(number)
            with _named(step["name"]):
                if staged.exists():  # else it was put in place before a kill
                    target.parent.mkdir(parents=True, exist_ok=True)
                    os.replace(staged, target)
    except (Exception, KeyboardInterrupt):
        with _named(UNFINISHED, "cannot be changed", "Half of the files may be written."):
            os.replace(place / FORWARD, place / BACK)
        _undo(folder)
        raise
    _clear(place)


def _undo(folder: Path) -> None:
    """Put all old files back."""
    place = folder / UNFINISHED
    journal = _journal(place / BACK)
    for number, step in enumerate(journal["files"]):
        target, staged, kept = (
            folder / step["name"],
            place / NEW / str(number),
            place / OLD / str(number),
        )
        replaced = not staged.exists()
        with _named(step["name"], "cannot be put back", "Half of the files are written."):
            if replaced and os.path.lexists(kept):
                os.replace(kept, target)
            elif replaced and not step["there"]:
                target.unlink(missing_ok=True)
    _remove_empty([folder / name for name in journal["folders"]])
    _clear(place)


def _journal(path: Path) -> dict:
    """What is to be done, as `_prepare` wrote it; a folder from elsewhere may bring another."""
    try:
        journal = json.loads(path.read_text("utf-8"))
        files, folders = journal["files"], journal["folders"]
        names = [Path(n) for n in (*(step["name"] for step in files), *folders)]
        whole = all("there" in step for step in files)
    except (ValueError, KeyError, TypeError) as error:
        raise OSError(f"{path} cannot be read: look into its folder, then remove that.") from error
    if not files or not whole or any(n.is_absolute() or ".." in n.parts for n in names):
        raise OSError(f"{path} is none of ours: look into its folder, then remove that.")
    return journal


def _clear(place: Path) -> None:
    """Remove the hidden folder, the journal last: without it nothing is half done."""
    with _named(UNFINISHED, "cannot be removed", "The next command here tries again."):
        for part in (OLD, NEW):
            if (place / part).exists():
                shutil.rmtree(place / part)
        for name in (f"{FORWARD}.draft", FORWARD, BACK):
            (place / name).unlink(missing_ok=True)
        if place.exists():
            place.rmdir()


def _settle(folder: Path) -> str:
    """Finish or undo what was left unfinished; say in a line what it was, "" if nothing."""
    place = folder / UNFINISHED
    path = next((place / n for n in (BACK, FORWARD) if (place / n).exists()), None)
    if path is None:
        begun = place.exists() and any(place.iterdir())
        _clear(place)
        words = "A command was stopped before it changed anything; what it had prepared is removed."
        return words if begun else ""
    files = _journal(path)["files"]
    if path.name == FORWARD:
        _refuse_edited(folder, files)
    (_finish if path.name == FORWARD else _undo)(folder)
    also = f" and {plural(len(files) - 1, 'other file')}" if files[1:] else ""
    done = "finished" if path.name == FORWARD else "undone"
    return f"A command was stopped while it wrote {files[0]['name']}{also}; that is {done} now."


def _refuse_edited(folder: Path, files: list[dict]) -> None:
    """Refuse to finish over a file that somebody has edited since."""
    place = folder / UNFINISHED
    for number, step in enumerate(files):
        waits = (place / NEW / str(number)).exists()
        kept, target = place / OLD / str(number), folder / step["name"]
        if waits and target.exists() and not (kept.exists() and filecmp.cmp(kept, target, False)):
            raise OSError(
                f"{step['name']} was edited since a command was stopped while it wrote. What that "
                f"wanted to write lies in {UNFINISHED}/{NEW}/{number}: take from it what you need, "
                f"remove {UNFINISHED}/, and run the command again."
            )


def harmless(cell: object) -> object:
    """A cell that a spreadsheet would run as a formula, as text: with an apostrophe before it."""
    return (
        f"'{cell}"
        if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r"))
        else cell
    )


def csv_text(table: pd.DataFrame) -> str:
    """A table as CSV; lists are joined by |, and no cell is a formula."""

    def cell(value: object) -> object:
        if isinstance(value, (list, tuple)):
            value = "|".join(map(str, value))
        return "" if value is None or value is pd.NA or value != value else harmless(value)

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([cell(v) for v in row] for row in table.itertuples(index=False))
    return out.getvalue()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Files in an archive, the same bytes on every machine: no time, no compression."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, files[name])
    return out.getvalue()
