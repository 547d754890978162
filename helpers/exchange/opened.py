"""Read a REFI-QDA project (.qdpx) that may come from anywhere."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError

import pandas as pd
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

MOST = 100_000_000  # bytes, packed and unpacked: a hundred times a project of two coders
MOST_TAGS = 3_000_000  # of its XML, each of which takes room
PIECE = 1_000_000  # bytes that are unpacked at once
ENDING = ".qde"
READ = (ENDING, ".txt")
INTERNAL = "internal://"


class Project(NamedTuple):
    """What stands in a project.

    Attributes
    ----------
    origin : str
        The program that wrote it.
    codes : DataFrame
        guid, name, category, description.
    texts : list of (str, str)
        Name and text of each article, as the project has them.
    selections : DataFrame
        text (which of the texts), user, start, end, words, memo, guid (of its code).
    """

    origin: str
    codes: pd.DataFrame
    texts: list[tuple[str, str]]
    selections: pd.DataFrame


def opened(path: Path) -> Project:
    """Read a project.

    Raises
    ------
    ValueError
        Where it is none, or could do harm: why, in a sentence.
    """
    files = _unpacked(path)
    named = [n for n in files if PurePosixPath(n).suffix.lower() == ENDING]
    if len(named) != 1:
        raise ValueError(f"{path} holds {len(named)} files *{ENDING}; a REFI-QDA project has one.")
    root = _parsed(files[named[0]], path)
    users = {e.get("guid", ""): e.get("name", "") for e in root.iter("User")}
    articles = list(root.iter("TextSource"))
    texts = [(e.get("name", ""), _text(e, files, path)) for e in articles]
    marks = [m for i, e in enumerate(articles) for m in _marks(i, e, users)]
    columns = ["text", "user", "start", "end", "words", "memo", "guid"]
    codes = pd.DataFrame(_codes(root, ""), columns=["guid", "name", "category", "description"])
    selections = pd.DataFrame(marks, columns=columns)
    return Project(root.get("origin", ""), codes, texts, selections)


def _unpacked(path: Path) -> dict[str, bytes]:
    """The files of an archive, none of which lies outside it or is too large."""
    if path.stat().st_size > MOST:
        raise ValueError(f"{path} has {path.stat().st_size:,} bytes; at most {MOST:,} are read.")
    try:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            members = [m for m in archive.infolist() if not m.is_dir()]
            _refuse(path, members)
            wanted = [m for m in members if PurePosixPath(m.filename).suffix.lower() in READ]
            return {m.filename: _read(archive, m) for m in wanted}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise ValueError(
            f"{path} is no REFI-QDA project (.qdpx), or is damaged: {error}"
        ) from error


def _refuse(path: Path, members: list[zipfile.ZipInfo]) -> None:
    """Refuse files that lie elsewhere, that are too large, or whose packing has no bound."""
    for member in members:
        parts = member.filename.replace("\\", "/").split("/")
        if ".." in parts or parts[0] == "" or ":" in parts[0]:
            raise ValueError(f"{path} has a file that lies outside it, “{member.filename}”.")
    if (size := sum(m.file_size for m in members)) > MOST:
        raise ValueError(f"{path} would unpack to {size:,} bytes; at most {MOST:,} are read.")
    if not {m.compress_type for m in members} <= {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise ValueError(f"{path} is packed in a way that is not read: pack it as a plain zip.")


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """A file of an archive, piece by piece: what it says of its size may be a lie."""
    with archive.open(member) as file:
        return b"".join(iter(lambda: file.read(PIECE), b""))


def _parsed(raw: bytes, path: Path) -> Element:
    """The XML of a project; one that declares a type of document could blow up, and none needs to.

    Namespaces are left out: programs write several.
    """
    if (tags := raw.count(b"<")) > MOST_TAGS:
        raise ValueError(f"{path}: its XML has {tags:,} tags; at most {MOST_TAGS:,} are read.")
    try:
        root = fromstring(raw, forbid_dtd=True)
    except (DefusedXmlException, ParseError, ValueError, LookupError) as error:
        raise ValueError(f"{path}: its XML is not read ({error}).") from error
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    if root.tag != "Project":
        raise ValueError(f"{path} is no REFI-QDA project: its XML begins with {root.tag}.")
    return root


def _codes(parent: Element, category: str) -> list[tuple[str, str, str, str]]:
    """Every code under an element, with the code above it as its category."""
    found, left = [], [(e, category) for e in parent.iter("Codes")]
    while left:
        above, named = left.pop()
        for code in above.findall("Code"):
            name = code.get("name", "")
            about = code.findtext("Description") or ""
            found.append((code.get("guid", "").lower(), name, named, about))
            left.append((code, name))
    return found


def _text(article: Element, files: dict[str, bytes], path: Path) -> str:
    """The text of an article: in a file of the archive, or in the XML itself."""
    name, inside = article.get("plainTextPath", ""), article.findtext("PlainTextContent")
    if not name and inside is not None:
        return inside
    wanted = f"sources/{name.removeprefix(INTERNAL)}".lower()
    raw = next((raw for n, raw in files.items() if n.lower() == wanted), None)
    if raw is None or not name.startswith(INTERNAL):
        title = article.get("name", "")
        raise ValueError(f"{path} has no plain text of “{title}” in it: it says “{name}”.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: {wanted} is not UTF-8 text ({error}).") from error


def _marks(number: int, article: Element, users: dict[str, str]) -> Iterator[tuple]:
    """The codings of an article; a selection without a code is one with the guid ""."""
    for selection in article.findall("PlainTextSelection"):
        place = [_whole(selection.get(f"{end}Position", "")) for end in ("start", "end")]
        words, memo = selection.get("name", ""), selection.findtext("Description") or ""
        maker = selection.get("creatingUser", "")
        codings = [
            (c.get("creatingUser") or maker, reference.get("targetGUID", "").lower())
            for c in selection.findall("Coding")
            for reference in c.findall("CodeRef")
        ]
        for user, guid in codings or [(maker, "")]:
            yield (number, users.get(user, user), *place, words, memo, guid)


def _whole(given: str) -> int:
    """A position; -1 for what is none."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 12 else -1
