"""How answers leave their files behind: all of them or none, numbers as JSON knows them, tables for spreadsheets."""

import csv
import json
import math
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np

from andon.lake import BadInput, Refused, harmless


@contextmanager
def in_place(out: Path) -> Iterator[Path]:
    """A folder to write in, moved to `out` when all went well, removed when not. Raises BadInput."""
    out = out.expanduser().absolute()
    if out.exists() and not out.is_dir():
        raise BadInput(f"--out {out} is a file.", "Give a folder.")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as error:
        raise BadInput(
            f"--out {out} cannot be written: {error.strerror}.", "Give a folder you may write to."
        ) from None
    try:
        yield folder
        _move(folder, out)
    except OSError as error:
        raise BadInput(f"--out {out} cannot be written: {error.strerror}.", "Is there space left?") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _move(folder: Path, out: Path) -> None:
    """Into a new folder in one step; into one that exists file by file, without an earlier review's
    leftovers.
    """
    folder.chmod(0o755)
    if not out.exists():
        folder.rename(out)
        return
    for file in folder.iterdir():
        os.replace(file, out / file.name)
    if not (folder / "refused.csv").exists() and not any(
        f.name == "refused.csv" for f in out.iterdir() if f.stat().st_mtime >= folder.stat().st_mtime
    ):
        (out / "refused.csv").unlink(missing_ok=True)


def write_refused(path: Path, rows: Sequence[Refused]) -> None:
    """The refused rows as a table for a spreadsheet."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("file", "row", "column", "value", "reason"))
        writer.writerows((row.file, row.row, row.column, harmless(row.value), row.reason) for row in rows)


def write_json(path: Path, content: Any) -> None:
    """`content` holds nothing that JSON does not know: see `plain`."""
    text = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)
    path.write_text(text + "\n", "utf-8")


def plain(value: Any) -> Any:
    """As JSON knows it: NumPy's numbers as numbers, of which there is none as null."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [plain(one) for one in value]
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, int | np.integer):
        return int(value)
    if isinstance(value, float | np.floating):
        return float(f"{value:.8g}") if math.isfinite(value) else None
    return value
