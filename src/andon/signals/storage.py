"""Keeps the bytes of what is brought, before anything reads them."""

import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from andon.people import saying

CHUNK = 1024 * 1024


class Kept(NamedTuple):
    """Bytes that lie in the uploads: where, their SHA-256 and how many."""

    path: Path
    sha256: str
    size: int


def keep(content: BinaryIO | Path | str, name: str, folder: Path, most: int | None = None) -> Kept:
    """Writes `content` to `folder` under a safe form of `name`; whole or not at all.

    Raises ValidationError when it is empty, larger than `most` bytes, or a path that holds no file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / safe(name)
    part = path.with_name(path.name + ".part")
    try:
        digest, size = _write(_chunks(content), part, most)
    except BaseException:
        drop(folder)
        raise
    os.replace(part, path)
    return Kept(path, digest, size)


def safe(name: str) -> str:
    """A file name without folders or odd characters; its endings, such as .csv.gz, are kept."""
    last = re.split(r"[/\\]", name)[-1]
    return re.sub(r"[^\w.\- ]", "_", last).strip(". ")[-120:] or "file"


def _chunks(content: BinaryIO | Path | str) -> Iterator[bytes]:
    if not isinstance(content, (str, Path)):
        yield from _blocks(content)
        return
    try:
        with open(content, "rb") as file:
            yield from _blocks(file)
    except OSError as error:
        raise ValidationError(
            _("“%(content)s” cannot be opened: %(strerror)s. Check the name and who may read it.")
            % {"content": content, "strerror": error.strerror}
        ) from None


def _blocks(file) -> Iterator[bytes]:
    if hasattr(file, "chunks"):  # what a browser sent
        yield from file.chunks(CHUNK)
        return
    while block := file.read(CHUNK):
        yield block


def _write(blocks: Iterable[bytes], part: Path, most: int | None) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with open(part, "wb") as file:
        for block in blocks:
            size += len(block)
            if most is not None and size > most:
                raise ValidationError(
                    _("The file is larger than %(n)s MB. Bring it in parts, or as Parquet.")
                    % {"n": saying.thousands(most // CHUNK)}
                )
            digest.update(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    if not size:
        raise ValidationError(_("The file is empty. Export it again and look into it before bringing it."))
    return digest.hexdigest(), size


def drop(folder: Path) -> None:
    """Forgets bytes that are kept elsewhere already."""
    shutil.rmtree(folder, ignore_errors=True)
