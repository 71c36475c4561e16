"""Looking into a file that was brought: its first rows, and what its columns may be."""

from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from andon.lake import did_you_mean, guess_columns, open_source, preview
from andon.signals.columns import WORDS


def look(path: Path, holds: str) -> dict:
    """What the page for naming columns shows: `columns` (name, kind), `rows` (texts), `guess`, `notes`.

    Raises BadInput when the file cannot be read or has no rows.
    """
    seen = preview(open_source([path]))
    return {
        "columns": [{"name": name, "kind": kind} for name, kind in seen.columns.items()],
        "rows": seen.rows,
        "guess": guess_columns(seen.columns, {word.name: word.aliases for word in WORDS[holds]}),
        "notes": seen.notes,
    }


def check_mapping(dataset, mapping: Mapping[str, str]) -> None:
    """Raises ValidationError, a sentence for each thing that is wrong."""
    words = {word.name: word for word in WORDS[dataset.holds]}
    columns = [column["name"] for column in dataset.preview.get("columns", [])]
    needed = [word for word in words.values() if word.needed and word.name not in mapping]
    wrong = [_("Name the column that says “%(what)s”.") % {"what": word.label} for word in needed]
    for word, column in mapping.items():
        if words and word not in words:
            wrong.append(
                _("“%(word)s” is not something a column may be.") % {"word": word}
                + " "
                + did_you_mean(word, words)
            )
        if column not in columns:
            wrong.append(
                _("The file has no column “%(column)s”.") % {"column": column}
                + " "
                + did_you_mean(column, columns)
            )
    if dataset.holds == "signals" and not {"text", "rating"} & mapping.keys():
        wrong.append(_("Name the column of what the customer said, or of the rating, or both."))
    if wrong:
        raise ValidationError(wrong)
