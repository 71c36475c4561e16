"""A copy of every seal in a file beside the database, so that who may change the one may not also need the other."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from andon.evidence.seals import Statement

NAME = "seals.jsonl"


def keep(folder: Path, statement: Statement, signature: str) -> None:
    """Adds one line, written through to the disk."""
    folder.mkdir(parents=True, exist_ok=True)
    line = json.dumps(statement._asdict() | {"signature": signature}) + "\n"
    with os.fdopen(os.open(folder / NAME, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def kept(folder: Path) -> Iterator[tuple[Statement, str]]:
    """Every seal in the file; a line that cannot be read is left out, as the last one may be after a crash."""
    path = folder / NAME
    for line in path.read_text(errors="replace").splitlines() if path.exists() else ():
        try:
            row = json.loads(line)
            signature = row.pop("signature")
            yield Statement(**row), signature
        except (ValueError, TypeError, KeyError, AttributeError):
            continue
