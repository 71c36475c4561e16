"""Which files a user means, and what each one truly is (by its first bytes, not by its name)."""

import glob
import gzip
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from andon.lake.errors import BadInput, did_you_mean

Kind = Literal["parquet", "text", "gzip", "excel"]
READABLE = "Andon reads Parquet, CSV (also gzipped) and Excel."
_DATA_SUFFIXES = (".parquet", ".pq", ".csv", ".tsv", ".txt", ".gz", ".xlsx", ".xls", ".xlsb", ".xlsm", ".ods")
_OTHER = (
    (b"%PDF", "a PDF"), (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"),
    (b"SQLite format 3", "an SQLite database"), (b"ORC", "an ORC file"), (b"Obj\x01", "an Avro file"),
    (b"ARROW1", "an Arrow file"), (b"BZh", "a bzip2 archive"), (b"\xfd7zXZ", "an xz archive"),
    (b"(\xb5/\xfd", "a zstd archive"), (b"7z\xbc\xaf", "a 7z archive"), (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"), (b"{\\rtf", "a rich text document"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class File:
    """One file to read and what it is."""

    path: Path
    kind: Kind


def _inside(folder: Path) -> list[Path]:
    files = sorted(
        path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in _DATA_SUFFIXES
    )
    files = [path for path in files if not path.name.startswith((".", "_"))]
    parquet = [path for path in files if path.suffix.lower() in (".parquet", ".pq")]
    if not files:
        raise BadInput(f"The folder {folder} holds no data.", READABLE)
    return parquet or files


def _expand(path: str) -> list[Path]:
    here = Path(path).expanduser()
    if here.is_dir():
        return _inside(here)
    if here.is_file():
        return [here]
    found = sorted(Path(name) for name in glob.glob(str(here), recursive=True) if Path(name).is_file())
    if found:
        return found
    if here.exists():
        raise BadInput(f"{path} is neither a file nor a folder.", READABLE)
    near = [p.name for p in here.parent.iterdir() if p.is_file()] if here.parent.is_dir() else []
    matching = did_you_mean(here.name, near[:500]) if near else "Check the path."
    raise BadInput(f"There is no file {path}.", matching if matching.startswith("Did") else "Check the path.")


def _zipped(path: Path) -> Kind:
    try:
        names = zipfile.ZipFile(path).namelist()
    except zipfile.BadZipFile:
        raise BadInput(f"{path} is cut short or damaged.", "Copy or export it again.") from None
    if any(name.startswith("xl/") or name == "content.xml" for name in names):
        return "excel"
    raise BadInput(f"{path} is a zip archive.", "Unpack it and give the files inside.")


def _parquet(path: Path) -> Kind:
    with path.open("rb") as file:
        file.seek(-4, 2)
        if file.read(4) != b"PAR1":
            raise BadInput(f"{path} is a Parquet file that is cut short.", "Copy or export it again.")
    return "parquet"


def _gzipped(path: Path) -> Kind:
    try:
        with gzip.open(path) as file:
            head = file.read(512)
    except (OSError, EOFError, zlib.error):
        raise BadInput(
            f"{path} is a gzip file that is cut short or damaged.", "Copy or export it again."
        ) from None
    if not head:
        raise BadInput(f"{path} is empty.", "Give a file with a line of column names and rows below it.")
    _refuse_other(path, head)
    return "gzip"


def _refuse_other(path: Path, head: bytes) -> None:
    for magic, name in _OTHER:
        if head.startswith(magic):
            raise BadInput(f"{path} is {name}.", READABLE)
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"{", b"[{", b"[\n", b"[\r\n")):
        raise BadInput(f"{path} is JSON.", READABLE)
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<table")):
        raise BadInput(f"{path} is a web page or XML.", READABLE)


def identify(path: Path) -> File:
    """What a file is. Raises BadInput for one that is empty, cut short or of another kind."""
    try:
        with path.open("rb") as file:
            head = file.read(512)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from None
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \r\n\t\x00"):
        raise BadInput(f"{path} is empty.", "Give a file with a line of column names and rows below it.")
    if head.startswith(b"PAR1"):
        return File(path, _parquet(path))
    if head.startswith(b"PK"):
        return File(path, _zipped(path))
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return File(path, "excel")
    if head.startswith(b"\x1f\x8b"):
        return File(path, _gzipped(path))
    _refuse_other(path, head)
    return File(path, "text")


def find(paths: Sequence[str | Path] | Iterable[str | Path]) -> list[File]:
    """All files behind paths, globs and folders, each once, in order."""
    found = [path for given in paths for path in _expand(str(given))]
    if not found:
        raise BadInput("No file was given.", READABLE)
    return [identify(path) for path in dict.fromkeys(found)]
