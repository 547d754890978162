"""Read a corpus: a folder with articles in seeds/ and tables in data/."""

import contextlib
import csv
import gc
import hashlib
import io
import itertools
import json
import os
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.corpus import check, files
from helpers.corpus.english import plural
from helpers.corpus.losses import cut, losses, unfinished, untargeted
from helpers.corpus.model import HOME, Corpus
from helpers.corpus.problem import CorpusError, Problem, closest, meant
from helpers.corpus.rules import cells, package_problems
from helpers.corpus.schema import CODER_TABLES, DRAFTED, REVIEW, TABLES, coder_schema


def load(folder: str | Path | None = None) -> Corpus:
    """Load and check a corpus.

    Parameters
    ----------
    folder : path, optional
        A folder with `seeds/` and `data/`; by default the project's own.

    Raises
    ------
    CorpusError
        With every problem at once: file, row, column, what stands there, what to do.
    """
    root = HOME if folder is None else Path(folder)
    problems: list[Problem] = []
    notes: list[str] = []
    if not root.is_dir():
        raise CorpusError([Problem(str(folder), None, "", "", "", "there is no such folder.")])
    if left := files.unfinished(root):
        raise CorpusError([Problem(str(root), None, "", "", "", left)])
    problems += strays(root)
    with uncollected():
        package = read_package(root, problems)
        if not problems:
            tables = {r["name"]: r for r in package["resources"]}
            read = {
                n: read_table(root, f"data/{r['path']}", r, problems, notes)
                for n, r in tables.items()
            }
            texts = read_articles(root, read.get("sources"), problems)
            independent = read_coders(root, read.get("coders"), tables, problems, notes)
            checked, own, found = check.validate(package, read, texts, independent, problems)
    if problems:
        raise CorpusError(problems)
    notes += found + drafts(checked["claims"]) + proposed(checked["actors"])
    notes += unfinished(checked) + untargeted(package.get("main_target"), checked["claims"])
    notes += unlisted(root, checked["sources"]) + losses(root, checked, own)
    return Corpus(root, package, texts, checked, own, tuple(notes))


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Without the search for circles of objects: it takes long over very many rows and cells,
    which make none.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def drafts(claims: pd.DataFrame) -> list[str]:
    """A note for each article with claims that are a draft nobody has reviewed."""
    if REVIEW not in claims:
        return []
    counts = claims.loc[claims[REVIEW] == DRAFTED, "source_id"].value_counts(sort=False)
    return [
        f"{plural(n, 'claim')} of {s} {'is' if n == 1 else 'are'} a draft that nobody has reviewed."
        for s, n in counts.items()
    ]


def proposed(actors: pd.DataFrame) -> list[str]:
    """A note where actors are a draft that nobody has reviewed."""
    count = int((actors[REVIEW] == DRAFTED).sum()) if REVIEW in actors else 0
    return [f"{plural(count, 'actor')} of actors.csv: drafts to review."] if count else []


def unlisted(root: Path, sources: pd.DataFrame) -> list[str]:
    """A note for each text beside the articles that no row of sources.csv names."""
    listed = set(sources["path"])
    there = sorted(p for p in (root / "seeds").glob("*.txt") if f"seeds/{p.name}" not in listed)
    if there:  # perhaps written otherwise
        ways = {os.path.realpath(root / p) for p in listed}
        there = [p for p in there if os.path.realpath(p) not in ways]
    return [
        f"seeds/{p.name} stands in no row of sources.csv, so nothing of it is read." for p in there
    ]


def strays(root: Path) -> Iterator[Problem]:
    """What is no table and no article, is read or run all the same, and leads elsewhere."""
    folders = [root / name for name in ("notebooks", "figures")]
    inside = (path for f in folders if not f.is_symlink() for path in f.rglob("*"))
    also = (root / "README.md", root / "data" / "coders" / "instructions.md")
    for path in (*folders, *also, *sorted(inside)):
        if said := files.out_of_reach(root, path):
            yield Problem(path.relative_to(root).as_posix(), None, "", "", "", said)


def read_package(root: Path, problems: list[Problem]) -> dict[str, Any]:
    """Read data/datapackage.json, which says what tables and columns there are."""
    file = "data/datapackage.json"
    text = read_text(root, file, problems)
    try:
        package = json.loads(text) if text is not None else {}
        resources = package.get("resources", [])
        names = [_named(r) for r in resources]
    except (json.JSONDecodeError, RecursionError) as error:
        problems.append(
            Problem(file, None, "", "", "", f"is not a data package, since it is no JSON: {error}.")
        )
        return {}
    except (AttributeError, KeyError, TypeError):
        said = (
            "is not a data package: it needs resources, each with name, path and schema, whose "
            "fields have name and type; names, keys and allowed values are text."
        )
        problems.append(Problem(file, None, "", "", "", said))
        return {}
    for name in sorted(set(TABLES) - set(names)) if text is not None else ():
        problems.append(Problem(file, None, "", "resources", "", f"describes no table {name}."))
    if resources:
        own = package
        if root != HOME:
            own = json.loads((HOME / "data" / "datapackage.json").read_text("utf-8-sig"))
        problems += package_problems(package, own)
    return package


def _named(resource: dict) -> str:
    """The name of a table that is described in full; a key that stands alone becomes a list.

    Raises
    ------
    AttributeError, KeyError, TypeError
        Where something is missing or has another shape.
    """
    schema, fields = resource["schema"], resource["schema"]["fields"]
    keys = schema.get("foreignKeys", [])
    ends = [end for key in keys for end in (key, key["reference"])]
    for holder, name in [(schema, "primaryKey"), *((end, "fields") for end in ends)]:
        held = holder.setdefault(name, []) if holder is schema else holder[name]
        holder[name] = [held] if isinstance(held, str) else held
    lists = [schema["primaryKey"], *(end["fields"] for end in ends)]
    lists += [f.get("constraints", {}).get("enum", ["any"]) for f in fields]
    names = [resource["name"], resource["path"], *(key["reference"]["resource"] for key in keys)]
    names += [v for f in fields for v in (f["name"], f["type"])]
    if not all(isinstance(values, list) for values in lists) or not all(lists[1:]):
        raise TypeError("keys and allowed values are lists")
    if not all(v and isinstance(v, str) for v in [*names, *itertools.chain(*lists)]):
        raise TypeError("names, keys and allowed values are text")
    return resource["name"]


def read_text(root: Path, file: str, problems: list[Problem]) -> str | None:
    """The text of a file, without byte order mark and with its line ends as they are."""
    raw = read_bytes(root, file, problems)
    return None if raw is None else decoded(raw, file, problems)


def read_bytes(root: Path, file: str, problems: list[Problem]) -> bytes | None:
    """What stands in a file."""
    if said := files.out_of_reach(root, root / file):
        problems.append(Problem(file, None, "", "", "", said))
        return None
    try:
        return (root / file).read_bytes()
    except FileNotFoundError:
        said = f"there is no such file in {root.name or root}."
    except OSError as error:
        said = f"cannot be read: {error.strerror}."
    problems.append(Problem(file, None, "", "", "", said))
    return None


def decoded(raw: bytes, file: str, problems: list[Problem]) -> str | None:
    """The bytes of a file as text, without byte order mark."""
    try:
        text = raw.decode("utf-8-sig")
        at, said = text.find("\0"), "is no text: it has zero bytes in it."
    except UnicodeDecodeError as error:
        text, at = raw[: error.start].decode("utf-8-sig"), error.start
        said = (
            f"is not UTF-8 text (byte {error.start} is 0x{raw[error.start]:02x}): "
            "save it again as plain text, or CSV, with UTF-8 as its encoding."
        )
    if at < 0:
        return text
    row = _row(text[:at]) if file.endswith(".csv") else None
    problems.append(Problem(file, row, "", "", "", said))
    return None


def _row(text: str) -> int:
    """The row of a table that its end stands in, as a spreadsheet counts."""
    text, between = separated(text)
    rows = sum(1 for _ in csv.reader(io.StringIO(f"{text}.", newline=""), delimiter=between))
    return max(rows, 1)


def read_table(
    root: Path, file: str, resource: dict, problems: list[Problem], notes: list[str]
) -> pd.DataFrame | None:
    """Read a CSV table as text, one column `row` more: the row as a spreadsheet counts."""
    text = read_text(root, file, problems)
    if text is None:
        return None
    notes += cut(file, text)
    text, between = separated(text)
    lines: list[list[str]] = []
    try:
        lines.extend(csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True))
    except csv.Error as error:
        said = f"is no proper CSV from this row on ({error}): is a quotation mark never closed?"
        problems.append(Problem(file, len(lines) + 1, "", "", "", said))
        return None
    header = [c.strip() for c in lines[0]] if lines else []
    wanted = [f["name"] for f in resource["schema"]["fields"]]
    rows = [i for i, line in enumerate(lines[1:], 2) if "".join(line).strip()]
    lines = [lines[i - 1] for i in rows]
    wrong = [*_header_problems(file, header, wanted), *_width_problems(file, header, rows, lines)]
    problems += wrong
    if wrong:
        return None
    columns = dict(zip(header, zip(*lines, strict=True), strict=True)) if lines else {}
    # A person's own columns stay in the file: their names could be those that the project gives.
    kept = [c for c in header if c in (*wanted, REVIEW)]
    given = {
        c: columns.get(c, ()) if c == "quote" else list(map(str.strip, columns.get(c, ())))
        for c in kept
    }
    return pd.DataFrame(given, dtype="str").assign(row=rows)


def _header_problems(file: str, header: list[str], wanted: list[str]) -> Iterator[Problem]:
    """Columns that stand there twice, or not at all."""
    for column in sorted({c for c in header if c and header.count(c) > 1}):
        yield Problem(file, 1, "", column, "", "stands more than once in the header.")
    for column in (c for c in wanted if c not in header):
        near = closest(column, [c for c in header if c not in wanted])
        also = f" Is “{near}” meant for it?" if near else ""
        yield Problem(file, 1, "", column, "", f"this column is missing.{also}")


def _width_problems(
    file: str, header: list[str], rows: list[int], lines: list[list[str]]
) -> Iterator[Problem]:
    """Rows with more or fewer cells than the header."""
    if set(map(len, lines)) <= {len(header)}:
        return
    for row, line in zip(rows, lines, strict=True):
        if len(line) != len(header):
            said = (
                f"has {len(line)} cells, the header {len(header)}: "
                "a comma in a cell needs quotation marks around the cell."
            )
            yield Problem(file, row, line[0][:40], "", "", said)


def separated(text: str) -> tuple[str, str]:
    """A table without a first line that only names its separator, and what separates its cells.

    Where no line names it, it is the comma, semicolon or tab of the header.
    """
    if named := re.match(r"sep=([,;\t])\r?\n", text):
        return text[named.end() :], named[1]
    return text, max(",;\t", key=text.split("\n", 1)[0].count)


def read_articles(
    root: Path, sources: pd.DataFrame | None, problems: list[Problem]
) -> dict[str, str]:
    """The articles by source_id, held to their SHA-256."""
    texts: dict[str, str] = {}
    if sources is None:
        return texts
    names = ("row", "source_id", "path", "sha256")
    for row, source, path, digest in zip(*(cells(sources, n) for n in names), strict=True):
        place = ("data/sources.csv", row, source)
        if not path or files.out_of_reach(root, root / path):
            said = "must be a file inside the corpus folder."
            problems.append(Problem(*place, "path", path, said))
            continue
        if not (root / path).is_file() and not (root / path).is_symlink():
            hint = partial(_meant_file, root, path)
            problems.append(Problem(*place, "path", path, "there is no such file.", hint))
            continue
        raw = read_bytes(root, path, problems)
        text = None if raw is None else decoded(raw, path, problems)
        if raw is None or text is None:
            continue
        texts[source] = text
        there = hashlib.sha256(raw).hexdigest()
        if there != digest:
            said = (
                f"the article {path} is not the one that was coded: its SHA-256 is {there}. Bring "
                "the article back; if the change is meant, read it again, mend the claims, then "
                "put this digest here."
            )
            problems.append(Problem(*place, "sha256", digest, said))
    return texts


def _meant_file(root: Path, path: str) -> str:
    return meant(path, [f"seeds/{p.name}" for p in (root / "seeds").glob("*.txt")])


def read_coders(
    root: Path,
    coders: pd.DataFrame | None,
    resources: dict,
    problems: list[Problem],
    notes: list[str],
) -> dict[str, dict[str, pd.DataFrame | None]]:
    """Each independent coding's own tables, from data/coders/NAME/."""
    independent: dict[str, dict[str, pd.DataFrame | None]] = {}
    for row, coder in [] if coders is None else zip(coders["row"], coders["coder_id"], strict=True):
        if coder == "settled":
            said = "is what the settled coding is called: choose another."
            problems.append(Problem("data/coders.csv", row, coder, "coder_id", coder, said))
        independent[coder] = dict.fromkeys(CODER_TABLES)
        folder = root / "data" / "coders"
        if not coder:
            continue  # which is named as an empty cell
        if not (folder / coder).exists():
            said, there = "has no folder in data/coders/.", [p.name for p in folder.glob("*")]
            hint = partial(meant, coder, there)
            problems.append(Problem("data/coders.csv", row, coder, "coder_id", coder, said, hint))
            continue
        for name in CODER_TABLES:
            file = f"data/coders/{coder}/{name}.csv"
            independent[coder][name] = read_table(
                root, file, coder_schema(resources[name]), problems, notes
            )
    return independent
