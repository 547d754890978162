"""Write files whole or not at all, and tables that no spreadsheet runs."""

import csv
import io
import os
import tempfile
from pathlib import Path

import pandas as pd


def write_whole(path: Path, content: str | bytes) -> None:
    """Replace a file in one step, so that an interrupted run leaves the old one.

    Raises
    ------
    OSError
        With the file's name, where the folder cannot be written to.
    """
    raw = content.encode("utf-8") if isinstance(content, str) else content
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise OSError(
            f"{path.name} cannot be written to {path.parent.name}/: {error.strerror}."
        ) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
        os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def empty_folder(folder: Path) -> None:
    """Make a folder that nothing stands in yet.

    Raises
    ------
    FileExistsError
        Where the folder is there and holds something.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty; name a new folder")
    folder.mkdir(parents=True, exist_ok=True)


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
