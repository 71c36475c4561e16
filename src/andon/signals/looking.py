"""Looking into a file that was brought: its first rows, and what its columns may be."""

from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ValidationError

from andon.lake.errors import did_you_mean
from andon.signals.columns import WORDS


def look(path: Path, holds: str) -> dict:
    """What the page for naming columns shows. Raises BadInput when the file cannot be read."""
    return {"columns": [], "rows": [], "guess": {}}


def check_mapping(dataset, mapping: Mapping[str, str]) -> None:
    """Raises ValidationError, a sentence for each thing that is wrong."""
    words = {word.name: word for word in WORDS[dataset.holds]}
    columns = [column["name"] for column in dataset.preview.get("columns", [])]
    needed = [word for word in words.values() if word.needed and word.name not in mapping]
    wrong = [f"Name the column that says: {word.label.lower()}." for word in needed]
    for column in mapping.values():
        if column not in columns:
            wrong.append(f"The file has no column “{column}”. {did_you_mean(column, columns)}")
    if wrong:
        raise ValidationError(wrong)
